"""What hangs on what: `/commitments/graph/`, and the neighbourhood of one commitment as its page draws it.

Comes in: the commitments with their dependencies. Goes out: a layered drawing and its table twin. Never a hairball: a part
that is too large to be read is not drawn but listed, and a neighbourhood has a limit. Called by `pages` and `commitments`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_tools.identifiers import Reference, dependency_anchor, url_of
from build_tools.model import Commitment, Sense
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.layered import Edge, Node, components, layered_picture
from build_tools.rendering.templates import render
from build_tools.standing import last_status

DRAWN = 40
"""Nodes of a part that is drawn whole."""
LISTED = 300
"""Edges that the table on the page of the graph has."""
SENSES: dict[Sense, str] = {
    "condition of": "is conditional on",
    "limited by": "is limited by",
    "verified by": "is verified by",
    "answers": "answers",
    "restates": "restates",
    "replaces": "replaces",
}
"""How one commitment stands to what it hangs on, between their names."""

Hanging = tuple[str, str, Sense]
"""Id of what hangs, id of what it hangs on, in which sense."""


@dataclass(frozen=True, slots=True)
class Row:
    """A dependency in words."""

    hanging: Link
    words: str
    upon: Link
    states: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Commitments that hang together: a drawing if they are not too many, and the rows of the table."""

    count: int
    picture: str
    rows: tuple[Row, ...]
    unlisted: int


def graph_page(out: Here) -> Page:
    """`/commitments/graph/`: every part that hangs together, drawn and in words; what stands alone is counted."""
    here = out.at("commitments/graph/")
    hanging = [
        (record.id, one.commitment, one.sense) for record in here.archive.commitments for one in record.value.depends_on
    ]
    found = components([record.id for record in here.archive.commitments], [(upon, name) for name, upon, _ in hanging])
    part_of = {name: index for index, (members, _) in enumerate(found) for name in members}
    within: list[list[Hanging]] = [[] for _ in found]
    for one in hanging:
        if one[0] in part_of:
            within[part_of[one[0]]].append(one)
    parts: list[Part] = []
    left = LISTED
    for (members, edges), senses in zip(found, within, strict=True):
        if not edges or not left:
            continue
        rows = tuple(_row(one, here) for one in senses[:left])
        left -= len(rows)
        drawn = picture(members, senses, here, "What hangs on what") if len(members) <= DRAWN else ""
        parts.append(Part(len(members), drawn, rows, len(senses) - len(rows)))
    joined = [part for part in found if part[1]]
    html = render(
        "graph.html", here=here, groups=tuple(parts), more=len(joined) - len(parts), alone=len(found) - len(joined)
    )
    return Page(
        url=here.url,
        title="What hangs on what",
        html=html,
        section="commitments",
        body_class="list",
        description="The commitments and what they are conditional on, limited by and verified by, drawn and listed.",
    )


def picture(members: Sequence[str], hanging: Iterable[Hanging], here: Here, label: str, *, centre: str = "") -> str:
    """The drawing of these commitments; each arrow leads to where the page of what hangs tells of it."""
    shown = set(members)
    edges = [
        Edge(
            upon,
            name,
            f"{_value(name, here).name} {SENSES[sense]}: {_value(upon, here).name}",
            here.to(f"{url_of(Reference('commitment', name))}#{_anchor(name, upon, sense, here)}"),
            sense.replace(" ", "-"),
        )
        for name, upon, sense in dict.fromkeys(hanging)
        if name in shown and upon in shown
    ]
    return layered_picture([_node(name, here) for name in members], edges, label, centre=centre)


def neighbourhood(commitment: str, here: Here, most: int) -> tuple[list[str], list[Hanging], int]:
    """The commitment with what it hangs on and what hangs on it, how they hang, and how many were left out.

    What hangs between those is left to their own pages: the drawing has three layers, and room on the page.
    """
    upon: list[Hanging] = [(commitment, one.commitment, one.sense) for one in _value(commitment, here).depends_on]
    above: list[Hanging] = [
        (dependant.id, commitment, one.sense)
        for dependant in here.links.dependants(commitment)[:most]
        for one in _value(dependant.id, here).depends_on
        if one.commitment == commitment
    ]
    near = [
        name for name in dict.fromkeys((*(one[1] for one in upon), *(one[0] for one in above))) if name != commitment
    ]
    members = [commitment, *near[:most]]
    shown = set(members)
    unseen = max(len(here.links.dependants(commitment)) - most, 0)
    hanging = [one for one in (*upon, *above) if one[0] in shown and one[1] in shown]
    return members, hanging, len(near) - len(members) + 1 + unseen


def _row(one: Hanging, here: Here) -> Row:
    name, upon, sense = one
    return Row(
        here.link(Reference("commitment", name)),
        SENSES[sense],
        here.link(Reference("commitment", upon)),
        (last_status(_value(name, here)), last_status(_value(upon, here))),
    )


def _node(name: str, here: Here) -> Node:
    value = _value(name, here)
    href = here.href(Reference("commitment", name))
    return Node(name, value.name, f"{value.kind} · {last_status(value)}", href, value.kind)


def _anchor(name: str, upon: str, sense: Sense, here: Here) -> str:
    number = next(
        index
        for index, one in enumerate(_value(name, here).depends_on)
        if one.commitment == upon and one.sense == sense
    )
    return dependency_anchor(number)


def _value(name: str, here: Here) -> Commitment:
    value = here.records[Reference("commitment", name)]
    assert isinstance(value, Commitment)
    return value
