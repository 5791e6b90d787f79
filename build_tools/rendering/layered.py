"""A layered picture of what hangs on what, drawn at build as SVG: nodes and edges in, markup out. Both are links.

The layout is Sugiyama's: circles are opened, each node stands one layer behind the last it hangs on (longest path), edges
over several layers run through waypoints, layers are ordered by barycentres in sweeps and, in pictures of a size to be
looked at, by exchanging neighbours until no exchange saves a crossing. Heights are the least squares that keep the order.
Near linear, no chance and no clock in it: the same input gives the same bytes. A narrow page gets a drawing of its own, one
node to a row with arcs beside it. The table twin is the page's business. Called by `dependencies`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from markupsafe import Markup

from build_tools.rendering.svg import LETTER, as_svg, number

NODE_WIDTH, NODE_HEIGHT, GAP, LAYERS_APART = 196, 54, 10, 60
WAYPOINT_HEIGHT, LINE = 4, 14
NARROW_WIDTH, ARC = 356, 9
SWEEPS = 12
LONGEST_ROUTE = 8
"""Layers; a longer edge is drawn without waypoints, or a chain with many shortcuts would cost its square."""
MOST_EXCHANGED = 500
"""Edges up to which neighbours are exchanged."""

STARTS, MOST_RESTARTED = 40, 120
"""Orders from which a part of up to so many edges is begun; for the first archive that halves the crossings."""
MIXER = 40_503
"""Knuth's multiplier for 16 bits: neighbouring numbers are dealt far apart."""

Edges = Sequence[tuple[str, str]]
Way = tuple[str, float, float, bool]
"""A path, where its tip is, and whether it points to the right."""
Slot = int
"""Number of a node or waypoint within a layout."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its name, a line below it, where it leads, and the class of its colour."""

    id: str
    title: str
    below: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from what is hung upon to what hangs on it; `words` says so in a sentence, `kind` is its class."""

    start: str
    end: str
    words: str
    href: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: layer and height (of the middle) of each node, and the points of each edge."""

    places: Mapping[str, tuple[int, float]]
    routes: Mapping[tuple[str, str], tuple[tuple[int, float], ...]]
    layers: int
    height: float
    crossings: int


# --- layout -----------------------------------------------------------------------------------------------------------


def laid_out(nodes: Sequence[str], edges: Edges) -> Layout:
    """Every node and edge placed; parts that hang together stand together, the largest first."""
    places: dict[str, tuple[int, float]] = {}
    routes: dict[tuple[str, str], tuple[tuple[int, float], ...]] = {}
    layers, top, crossings = 0, 0.0, 0
    for members, within in components(nodes, edges):
        part = _Part(members, within)
        part.arrange()
        heights = part.heights()
        for name, slot in part.slots.items():
            places[name] = (part.layer[slot], heights[slot] + top)
        for edge, way in part.ways.items():
            routes[edge] = tuple((part.layer[slot], heights[slot] + top) for slot in way)
        layers = max(layers, len(part.order))
        crossings += part.crossings()
        top += max(heights) + NODE_HEIGHT / 2 + GAP
    return Layout(places, routes, layers, top - GAP, crossings)


def components(nodes: Sequence[str], edges: Edges) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """The parts that hang together, largest first; loops and edges to what is not there are left out, doubles too."""
    known = set(nodes)
    sound = sorted({edge for edge in edges if edge[0] != edge[1] and known.issuperset(edge)})
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in sound:
        beside[start].append(end)
        beside[end].append(start)
    part_of: dict[str, int] = {}
    parts: list[tuple[list[str], list[tuple[str, str]]]] = []
    for first in sorted(known):
        if first in part_of:
            continue
        members, waiting = [], [first]
        part_of[first] = len(parts)
        while waiting:
            name = waiting.pop()
            members.append(name)
            for other in beside[name]:
                if other not in part_of:
                    part_of[other] = len(parts)
                    waiting.append(other)
        parts.append((sorted(members), []))
    for edge in sound:
        parts[part_of[edge[0]]][1].append(edge)
    return sorted(parts, key=lambda part: (-len(part[0]), part[0][0]))


def without_circles(nodes: Sequence[str], edges: Edges) -> list[tuple[str, str, bool]]:
    """The same edges, those that close a circle turned round (and marked so): what is left has none."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    for start, end in edges:
        after[start].append(end)
    done: dict[str, bool] = {}
    turned: set[tuple[str, str]] = set()
    for first in nodes:
        if first in done:
            continue
        done[first] = False
        path = [(first, iter(after[first]))]
        while path:
            name, rest = path[-1]
            step = next(rest, None)
            if step is None:
                done[name] = True
                path.pop()
            elif step not in done:
                done[step] = False
                path.append((step, iter(after[step])))
            elif not done[step]:
                turned.add((name, step))
    return [(end, start, True) if (start, end) in turned else (start, end, False) for start, end in edges]


def in_layers(nodes: Sequence[str], edges: Edges) -> dict[str, int]:
    """Node -> its layer: one behind the last that it hangs on; what hangs on nothing stands right before its first."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    missing: dict[str, int] = dict.fromkeys(nodes, 0)
    for start, end in edges:
        after[start].append(end)
        missing[end] += 1
    layer = dict.fromkeys(nodes, 0)
    ready = [name for name in nodes if not missing[name]]
    roots = list(ready)
    for name in ready:  # grows as it is walked
        for other in after[name]:
            layer[other] = max(layer[other], layer[name] + 1)
            missing[other] -= 1
            if not missing[other]:
                ready.append(other)
    for name in roots:
        layer[name] = min((layer[other] for other in after[name]), default=1) - 1
    least = min(layer.values(), default=0)
    return {name: number - least for name, number in layer.items()}


class _Part:
    """One part that hangs together: slots (nodes and waypoints) in layers, in an order that is improved."""

    def __init__(self, members: Sequence[str], edges: Edges) -> None:
        sound = without_circles(members, edges)
        layer_of = in_layers(members, [(start, end) for start, end, _ in sound])
        self.slots = {name: slot for slot, name in enumerate(members)}
        self.layer = [layer_of[name] for name in members]
        self.before: list[list[Slot]] = [[] for _ in members]
        self.after: list[list[Slot]] = [[] for _ in members]
        self.ways: dict[tuple[str, str], list[Slot]] = {}
        self.edges = 0
        for start, end, turned in sound:
            way = self._way(self.slots[start], self.slots[end])
            self.ways[(end, start) if turned else (start, end)] = way[::-1] if turned else way
        self.order: list[list[Slot]] = [[] for _ in range(max(self.layer) + 1)]
        self._first_order()

    def _way(self, start: Slot, end: Slot) -> list[Slot]:
        first, last = self.layer[start] + 1, self.layer[end]
        way = [start]
        if last - first < LONGEST_ROUTE:
            for layer in range(first, last):
                self.layer.append(layer)
                self.before.append([])
                self.after.append([])
                way.append(len(self.layer) - 1)
            for one, other in pairwise([*way, end]):
                self.after[one].append(other)
                self.before[other].append(one)
                self.edges += 1
        return [*way, end]

    def _first_order(self) -> None:
        """Depth first from the roots, so that what hangs together begins together."""
        seen = [False] * len(self.layer)
        for root in sorted(range(len(self.layer)), key=lambda slot: (self.layer[slot], slot)):
            waiting = [root]
            while waiting:
                slot = waiting.pop()
                if seen[slot]:
                    continue
                seen[slot] = True
                self.order[self.layer[slot]].append(slot)
                waiting.extend(reversed(self.after[slot]))

    def arrange(self) -> None:
        """The best order found; a small part is begun anew from other orders, for sweeps stop at the nearest good one."""
        self._improve()
        best, least = self.order, self.crossings()
        if self.edges > MOST_RESTARTED:
            return
        for start in range(1, STARTS):
            if not least:
                break
            self.order = [_dealt(sorted(row), start) for row in best]
            self._improve()
            found = self.crossings()
            if found < least:
                best, least = self.order, found
        self.order = best

    def _improve(self) -> None:
        """Sweeps, of which the best is kept, then exchanges."""
        best, least = [list(row) for row in self.order], self.crossings()
        for sweep in range(SWEEPS):
            if not least:
                break
            down = sweep % 2 == 0
            rows = range(1, len(self.order)) if down else range(len(self.order) - 2, -1, -1)
            for row in rows:
                self._by_barycentre(row, self.before if down else self.after, row - 1 if down else row + 1)
            found = self.crossings()
            if found < least:
                best, least = [list(row) for row in self.order], found
        self.order = best
        if least and self.edges <= MOST_EXCHANGED:
            self._exchange()

    def _by_barycentre(self, row: int, beside: list[list[Slot]], fixed: int) -> None:
        at = {slot: index for index, slot in enumerate(self.order[fixed])}
        own = {slot: float(index) for index, slot in enumerate(self.order[row])}

        def centre(slot: Slot) -> float:
            near = beside[slot]
            return sum(at[one] for one in near) / len(near) if near else own[slot]

        self.order[row].sort(key=centre)

    def crossings(self) -> int:
        """How often edges cross between neighbouring layers, counted as inversions in n log n."""
        return sum(self._crossings_behind(row) for row in range(len(self.order) - 1))

    def _crossings_behind(self, row: int) -> int:
        at = {slot: index for index, slot in enumerate(self.order[row + 1])}
        tree = [0] * (len(at) + 1)
        found = passed = 0
        for slot in self.order[row]:
            ends = sorted(at[other] for other in self.after[slot])
            for end in ends:  # those that ended further on, of earlier starts
                smaller, index = 0, end + 1
                while index > 0:
                    smaller += tree[index]
                    index -= index & -index
                found += passed - smaller
            for end in ends:
                index = end + 1
                while index < len(tree):
                    tree[index] += 1
                    index += index & -index
            passed += len(ends)
        return found

    def _exchange(self) -> None:
        """Neighbours of a layer change places while that saves a crossing."""
        saved = True
        while saved:
            saved = False
            for row, slots in enumerate(self.order):
                beside = [
                    ({slot: index for index, slot in enumerate(self.order[fixed])}, near)
                    for fixed, near in ((row - 1, self.before), (row + 1, self.after))
                    if 0 <= fixed < len(self.order)
                ]
                for index in range(len(slots) - 1):
                    one, other = slots[index], slots[index + 1]
                    now = sum(_inverted(near[one], near[other], at) for at, near in beside)
                    then = sum(_inverted(near[other], near[one], at) for at, near in beside)
                    if then < now:
                        slots[index], slots[index + 1] = other, one
                        saved = True

    def heights(self) -> list[float]:
        """The height of each slot's middle: as near as the order allows to the mean of what it is joined to."""
        heights = [0.0] * len(self.layer)
        for slots in self.order:
            for slot, offset in zip(slots, self._offsets(slots), strict=True):
                heights[slot] = offset
        both = [[*before, *after] for before, after in zip(self.before, self.after, strict=True)]
        for wanted in (self.before, self.after, self.before, self.after, both):
            for slots in reversed(self.order) if wanted is self.after else self.order:
                self._settle(slots, wanted, heights)
        least = min(height - self._size(slot) / 2 for slot, height in enumerate(heights))
        return [round(height - least, 1) for height in heights]

    def _settle(self, slots: list[Slot], wanted: list[list[Slot]], heights: list[float]) -> None:
        """Isotonic regression (pool adjacent violators): the order stays, and what is beside each other keeps a gap."""
        pools: list[tuple[float, int]] = []
        offsets = self._offsets(slots)
        for slot, offset in zip(slots, offsets, strict=True):
            near = wanted[slot]
            target = sum(heights[one] for one in near) / len(near) if near else heights[slot]
            mean, count = target - offset, 1
            while pools and pools[-1][0] > mean:
                other, many = pools.pop()
                mean, count = (mean * count + other * many) / (count + many), count + many
            pools.append((mean, count))
        settled = (mean for mean, count in pools for _ in range(count))
        for slot, mean, offset in zip(slots, settled, offsets, strict=True):
            heights[slot] = mean + offset

    def _offsets(self, slots: list[Slot]) -> list[float]:
        """How far below the first of a layer each must at least stand."""
        offsets = [0.0]
        for one, other in pairwise(slots):
            offsets.append(offsets[-1] + (self._size(one) + self._size(other)) / 2 + GAP)
        return offsets

    def _size(self, slot: Slot) -> int:
        return NODE_HEIGHT if slot < len(self.slots) else WAYPOINT_HEIGHT


def _dealt(row: list[Slot], start: int) -> list[Slot]:
    """The row dealt out anew: another order for each start, and always the same for that one."""
    return sorted(row, key=lambda slot: ((slot + 1) * (2 * start + 1) * MIXER % 65_521, slot))


def _inverted(first: list[Slot], second: list[Slot], at: Mapping[Slot, int]) -> int:
    """How often edges cross if the first stands before the second."""
    ends = sorted(at[slot] for slot in second)
    return sum(bisect_left(ends, at[slot]) for slot in first)


# --- drawing ----------------------------------------------------------------------------------------------------------


def layered_picture(nodes: Sequence[Node], edges: Sequence[Edge], label: str, *, centre: str = "") -> Markup:
    """Left what is hung upon, right what hangs on it; and the same in one column for a narrow page.

    `centre` is the id of the node that the page is about: it is no link.
    """
    layout = laid_out([node.id for node in nodes], [(edge.start, edge.end) for edge in edges])
    drawn = [edge for edge in edges if (edge.start, edge.end) in layout.routes]
    ordered = sorted(nodes, key=lambda node: (layout.places[node.id], node.id))
    return Markup('<div class="picture wide">{}</div><div class="picture narrow">{}</div>').format(
        _wide(ordered, drawn, layout, label, centre), _narrow(nodes, drawn, layout, label, centre)
    )


def _wide(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout, label: str, centre: str) -> Markup:
    step = NODE_WIDTH + LAYERS_APART
    arrows = [_arrow(edge, _curve(layout.routes[edge.start, edge.end], step)) for edge in edges]
    boxes = []
    for node in nodes:
        layer, middle = layout.places[node.id]
        boxes.append(
            _box(node, layer * step + 1, middle - NODE_HEIGHT / 2 + 1, NODE_WIDTH, is_centre=node.id == centre)
        )
    width = layout.layers * step - LAYERS_APART + 2
    return as_svg(width, layout.height + 2, label, [*arrows, *boxes])


def _curve(route: tuple[tuple[int, float], ...], step: int) -> Way:
    """The path through the points to the tip; an edge that was turned round runs to the left."""
    forward = route[0][0] < route[-1][0]
    out, into = (NODE_WIDTH + 1, 1) if forward else (1, NODE_WIDTH + 1)
    x, y = route[0][0] * step + out, route[0][1] + 1
    path = f"M{number(x)} {number(y)}"
    for layer, height in route[1:]:
        x2, y2 = layer * step + into, height + 1
        bend = (x + x2) / 2
        path += f"C{number(bend)} {number(y)} {number(bend)} {number(y2)} {number(x2)} {number(y2)}"
        x, y = x2, y2
        if (layer, height) != route[-1]:
            x = layer * step + out
            path += f"H{number(x)}"
    return path, x, y, forward


def _arrow(edge: Edge, way: Way, touched: str = "") -> Markup:
    """A path with its tip; what can be pointed at is wider than the path, and the whole of it unless `touched` says less."""
    path, x, y, right = way
    tip = f"M{number(x)} {number(y)}l{'-7' if right else '7'} -3.5v7z"
    return Markup(
        '<a class="edge {}" href="{}" aria-label="{}"><path class="hit" d="{}"/><path d="{}"/><path class="tip" d="{}"/></a>'
    ).format(edge.kind, edge.href, edge.words, touched or path, path, tip)


def _box(node: Node, x: float, y: float, width: float, *, is_centre: bool) -> Markup:
    lines = wrapped(node.title, int((width - 20) / LETTER), 2)
    text_y = y + (17 if len(lines) == 2 else 24)
    drawn = Markup(
        '<g class="k {}{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<rect class="bar" x="{}" y="{}" width="4" height="{}"/>{}<text class="sub" x="{}" y="{}">{}</text></g>'
    ).format(
        node.kind, " me" if is_centre else "", number(x), number(y), number(width), NODE_HEIGHT,
        number(x), number(y), NODE_HEIGHT,
        Markup("").join(
            Markup('<text x="{}" y="{}">{}</text>').format(number(x + 12), number(text_y + index * LINE), line)
            for index, line in enumerate(lines)
        ),
        number(x + 12), number(text_y + (len(lines) - 1) * LINE + 15), node.below,
    )  # fmt: skip
    if is_centre:
        return drawn
    return Markup('<a href="{}" aria-label="{}, {}">{}</a>').format(node.href, node.title, node.below, drawn)


def wrapped(text: str, longest: int, most: int) -> list[str]:
    """The text in at most so many lines, broken between words, the last cut off with dots if need be."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= longest or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= longest else line[: longest - 1].rstrip() + "…" for line in lines]


def _narrow(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout, label: str, centre: str) -> Markup:
    """One node to a row, part by part, what is hung upon above; the arcs of each have a lane on the left."""
    parts = components([node.id for node in nodes], [(edge.start, edge.end) for edge in edges])
    ordered = [name for members, _ in parts for name in sorted(members, key=lambda name: (layout.places[name], name))]
    row = {name: index for index, name in enumerate(ordered)}
    by_id = {node.id: node for node in nodes}
    lanes = _lanes(edges, row)
    left = (max(lanes.values(), default=-1) + 1) * ARC + 16
    apart = NODE_HEIGHT + GAP
    drawn: list[Markup] = []
    arriving = _ports(edges, row)
    for edge in edges:
        start, end = (row[name] * apart + 1 + NODE_HEIGHT / 2 for name in (edge.start, edge.end))
        start, end = (start + 16 if start < end else start - 16), end + arriving[edge.start, edge.end, edge.kind]
        lane = number(left - 16 - lanes[edge.start] * ARC)
        path = f"M{number(left)} {number(start)}H{lane}V{number(end)}H{number(left)}"
        drawn.append(_arrow(edge, (path, left, end, True), f"M{lane} {number(end)}H{number(left)}"))
    for name in ordered:
        drawn.append(_box(by_id[name], left, row[name] * apart + 1, NARROW_WIDTH - left - 2, is_centre=name == centre))
    return as_svg(NARROW_WIDTH, len(ordered) * apart - GAP + 2, label, drawn)


def _ports(edges: Sequence[Edge], row: Mapping[str, int]) -> dict[tuple[str, str, str], float]:
    """How far above or below the middle of its box each edge arrives, so that no two arrive at one point."""
    at: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        at[edge.end].append(edge)
    ports: dict[tuple[str, str, str], float] = {}
    for many in at.values():
        step = min(8.0, (NODE_HEIGHT - 22) / max(len(many), 1))
        for index, edge in enumerate(sorted(many, key=lambda one: (-row[one.start], one.kind))):
            ports[edge.start, edge.end, edge.kind] = (index - (len(many) - 1) / 2) * step
    return ports


def _lanes(edges: Sequence[Edge], row: Mapping[str, int]) -> dict[str, int]:
    """Each node that something hangs on, with the first lane that is free over all rows that its arcs pass."""
    reach: defaultdict[str, list[int]] = defaultdict(list)
    for edge in edges:
        reach[edge.start] += [row[edge.start], row[edge.end]]
    lanes: dict[str, int] = {}
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    opened = 0
    for first, last, name in sorted((min(rows), max(rows), name) for name, rows in reach.items()):
        while busy and busy[0][0] < first:
            heappush(free, heappop(busy)[1])
        if free:
            lanes[name] = heappop(free)
        else:
            lanes[name], opened = opened, opened + 1
        heappush(busy, (last, lanes[name]))
    return lanes
