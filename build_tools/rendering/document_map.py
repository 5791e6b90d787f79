"""A document as a small picture to jump by: its passages to scale, with the commitments and notes that stand in them.

Comes in: passages with their lengths, and marks with their offsets. Goes out: SVG whose every block and mark is a link
within the page. The picture is for the pointer; the list that stands with it says the same in words, and is what
keyboards and screen readers use. Of a crowded document, whose marks would be too small to hit, several passages share a
block and a line of the list, and the marks are one path of each kind: so neither ever grows. Called by `documents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

HEIGHT = 480.0
"""Of the picture; its width is WIDTH, and the style sheet scales both."""
WIDTH, BLOCK, COMMITMENTS, NOTES = 48, 16, 20, 39
"""Where the columns begin, but for the first, the blocks, which is BLOCK wide."""
LANES, LANE, BAR, DOT = 3, 6, 5, 7
"""Commitments beside each other, how far apart, how wide; and how wide the mark of a note is."""
LEAST, THICK = 5.0, 3.4
"""The least height of a block where there is room, and that of a mark."""
MOST = 240
"""Blocks and marks that may each be a link; of more, the document is crowded."""
SHARED = 8.0
"""The least height of a block in the picture of a crowded document: there are at most HEIGHT / SHARED."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A commitment or note in a passage: where it begins, in characters, and where it leads."""

    start: int
    href: str
    words: str
    kind: str = ""
    """Of the commitment; empty for a note."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A passage on the map."""

    href: str
    words: str
    """What a reader calls it, with its first words."""
    sign: str
    length: int
    spots: tuple[Spot, ...] = ()

    @property
    def commitments(self) -> tuple[Spot, ...]:
        return tuple(one for one in self.spots if one.kind)

    @property
    def notes(self) -> tuple[Spot, ...]:
        return tuple(one for one in self.spots if not one.kind)


Placed = tuple[Stop, float, float]
"""A passage with the top and the height of its block."""


def is_crowded(stops: Sequence[Stop]) -> bool:
    """Whether there are more passages and marks than can be pointed at."""
    return sum(1 + len(stop.spots) for stop in stops) > MOST


def listed_stops(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """What the list beside the picture leads to: each passage, or where the document is crowded each shared block."""
    if not is_crowded(stops):
        return tuple(stops)
    return tuple(_together([stop for stop, *_ in group]) for group in _grouped(_placed(stops)))


def document_map(stops: Sequence[Stop]) -> Markup:
    """The picture, as high as HEIGHT however long the document is; nothing for a document without passages."""
    if not stops:
        return Markup("")
    placed = _placed(stops)
    drawn = _crowded(placed) if is_crowded(stops) else [one for each in placed for one in _linked(*each)]
    return Markup('<svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg>').format(
        WIDTH, int(HEIGHT), Markup("").join(drawn)
    )


def _placed(stops: Sequence[Stop]) -> list[Placed]:
    gap = min(2.0, HEIGHT / len(stops) / 4)
    least = min(LEAST, HEIGHT / len(stops) / 2)
    rest = HEIGHT - len(stops) * (gap + least)
    characters = sum(stop.length for stop in stops) or 1
    placed = []
    y = 0.0
    for stop in stops:
        height = least + rest * stop.length / characters
        placed.append((stop, y, height))
        y += height + gap
    return placed


def _linked(stop: Stop, top: float, height: float) -> list[Markup]:
    return [_link(stop.href, stop.words, _block(top, height)), *_spots(stop, top, height)]


def _block(top: float, height: float) -> Markup:
    return Markup('<rect y="{}" width="{}" height="{}"/>').format(_n(top), BLOCK, _n(height))


def _grouped(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Passages that share a block, together at least SHARED high, but for the last."""
    group: list[Placed] = []
    for stop, top, height in placed:
        group.append((stop, top, height))
        if top + height - group[0][1] >= SHARED:
            yield group
            group = []
    if group:
        yield group


def _together(stops: Sequence[Stop]) -> Stop:
    """Passages as one stop, which leads to the first of them; it has the words of that and the numbers of all."""
    first, last = stops[0], stops[-1]
    sign = f"{first.sign}–{last.sign}" if len(stops) > 1 else first.sign
    return replace(first, sign=sign, spots=tuple(spot for stop in stops for spot in stop.spots))


def _crowded(placed: Sequence[Placed]) -> list[Markup]:
    """Blocks that several passages share, leading to the first of them, and the marks that do not hide each other."""
    drawn = []
    slots: dict[int, list[str]] = {}
    for group in _grouped(placed):
        (first, begins, _), (_, top, height) = group[0], group[-1]
        drawn.append(_link(first.href, first.words, _block(begins, top + height - begins)))
    for stop, top, height in placed:
        for spot in stop.spots:
            at = min(HEIGHT - THICK, top + height * spot.start / max(stop.length, 1))
            kinds = slots.setdefault(int(at / THICK), [])
            if spot.kind not in kinds:
                kinds.append(spot.kind)
    marks: dict[str, list[str]] = {}
    for slot, kinds in sorted(slots.items()):
        lanes = sorted(filter(None, kinds))[:LANES]
        for kind in sorted(kinds):
            if kind and kind not in lanes:
                continue
            x, wide = (COMMITMENTS + lanes.index(kind) * LANE, BAR) if kind else (NOTES, DOT)
            top = min(slot * THICK, HEIGHT - THICK)
            marks.setdefault(kind, []).append(f"M{x} {_n(top)}h{wide}v{_n(THICK - 1)}h-{wide}z")
    for kind, paths in sorted(marks.items()):
        drawn.append(Markup('<path class="{}" d="{}"/>').format(f"bar k {kind}" if kind else "n", "".join(paths)))
    return drawn


def _spots(stop: Stop, top: float, height: float) -> list[Markup]:
    thick = min(THICK, height)
    lane = 0
    last = -THICK
    drawn = []
    for spot in sorted(stop.spots, key=lambda one: (one.start, one.href)):
        y = min(height - thick, height * spot.start / max(stop.length, 1))
        if not spot.kind:
            bar = Markup('<rect class="n" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(
                NOTES, _n(top + y), DOT, _n(thick)
            )
        else:
            lane = (lane + 1) % LANES if y - last < thick else 0
            last = y
            bar = Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
                COMMITMENTS + lane * LANE, _n(top + y), BAR, _n(thick)
            )
        drawn.append(_link(spot.href, spot.words, bar, f"k {spot.kind}" if spot.kind else ""))
    return drawn


def _link(href: str, words: str, drawn: Markup, css: str = "") -> Markup:
    kind = Markup(' class="{}"').format(css) if css else Markup("")
    return Markup('<a href="{}" tabindex="-1"{}><title>{}</title>{}</a>').format(href, kind, words, drawn)


def _n(value: float) -> str:
    """A coordinate without needless digits; the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
