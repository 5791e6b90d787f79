"""The pages of commitments: the ledger of all of them, and one page each.

One page says who owes whom what, where it is stated (quoted in context), what it hangs on and what hangs on it, drawn and
listed, and what came of it, step by step with sources. The ledger is a table for each kind, readable without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.identifiers import Reference, commitment_anchor, url_of
from build_tools.model import Commitment, PassageQuoted, Record, Source
from build_tools.output import Page
from build_tools.rendering.addressing import Cited, Here, Link, passage_words
from build_tools.rendering.dependencies import SENSES, dependency_anchor, neighbourhood, picture
from build_tools.rendering.records import agents_in_words, day_links, entity_pages, known
from build_tools.standing import last_status

KINDS = {
    "undertaking": ("Undertakings", "what a party said that it would do"),
    "assurance": ("Assurances", "what a party gave its word would be or would not be done"),
    "demand": ("Demands", "what a party required of the other"),
    "condition": ("Conditions", "on what the keeping of another promise depends"),
    "reservation": ("Reservations", "what a party kept itself free to do"),
    "position": ("Positions", "how a party read what had been agreed"),
    "directive": ("Directives", "what was ordered within one party"),
}
"""Kind -> its heading and gist, in the order of the ledger."""
CONTEXT = 140
NEAR = 16
"""Commitments around one that its page draws and lists."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A passage that states or qualifies the commitment, cut out with its context."""

    role: str
    before: str
    words: str
    after: str
    place: Link


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a commitment's fate as the page shows it."""

    when: Link
    status: str
    text: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A commitment that this one hangs on, or that hangs on this one."""

    sense: str
    link: Link
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger."""

    link: Link
    kind: str
    by: tuple[Link, ...]
    toward: tuple[Link, ...]
    statement: str
    places: tuple[Link, ...]
    state: str
    since: Link


def commitment_pages(record: Record[Commitment], out: Here) -> tuple[Page, ...]:
    """The page of one commitment, and those of its further mentions."""
    here = out.at(url_of(record.reference))
    value = record.value
    hangs_on = tuple(
        _related(Reference("commitment", one.commitment), one.sense, here) for one in value.depends_on
    )
    dependants = tuple(
        _related(one, _sense_of(one, record.id, here), here)
        for one in here.links.dependants(record.id)
    )
    members, hanging, unshown = neighbourhood(record.id, here, NEAR)
    drawn = picture(members, hanging, here, f"What {value.name!r} hangs on", centre=record.id) if hanging else ""
    return entity_pages(
        record,
        here,
        "commitment.html",
        by=agents_in_words(value.by, here),
        toward=agents_in_words(value.toward, here),
        stated=tuple(_stated(passage, index, record.id, here) for index, passage in enumerate(value.passages)),
        picture=drawn,
        unshown=unshown,
        hangs_on=hangs_on,
        anchors=tuple(map(dependency_anchor, range(len(hangs_on)))),
        senses=SENSES,
        dependants=dependants[:NEAR],
        more_dependants=max(len(dependants) - NEAR, 0),
        steps=tuple(
            Step(day_links((step.date,), here)[0], step.status, step.text, _cited(step.sources, here))
            for step in value.fate
        ),
        disputed=known(value.disputed, here),
        sources=_cited(value.sources, here),
        messages=tuple(here.link(Reference("message", one)) for one in value.messages),
        days=day_links(value.dates, here),
        state=last_status(value),
    )


def row_of(record: Record[Commitment], here: Here) -> Row:
    """What a list shows of a commitment."""
    value = record.value
    first: dict[tuple[str, str], Link] = {}
    stating = any(passage.role == "states" for passage in value.passages)
    for index, passage in enumerate(value.passages):
        if passage.role == "states" or not stating:
            first.setdefault((passage.document, passage.passage), _place(passage, index, record.id, here))
    return Row(
        here.link(record.reference),
        value.kind,
        agents_in_words(value.by, here),
        agents_in_words(value.toward, here),
        value.statement,
        tuple(first.values()),
        last_status(value),
        day_links((value.fate[-1].date,), here)[0] if value.fate else Link("", ""),
    )


def _stated(passage: PassageQuoted, index: int, commitment: str, here: Here) -> Stated:
    """The passage cut around the words, at word borders."""
    anchored = next(
        one
        for one in here.links.anchored[passage.document]
        if one.source == Reference("commitment", commitment) and one.index == index
    )
    document = next(one for one in here.archive.documents if one.id == passage.document)
    text = next(one for one in document.passages if one.id == anchored.passage).text
    start, end = anchored.start, anchored.end
    left = max(0, start - CONTEXT)
    right = min(len(text), end + CONTEXT)
    before = text[left:start] if left == 0 else "… " + text[left:start].partition(" ")[2]
    after = text[end:right] if right == len(text) else text[end:right].rpartition(" ")[0] + " …"
    place = _place(passage, index, commitment, here)
    return Stated(passage.role, before, text[start:end], after, place)


def _place(passage: PassageQuoted, index: int, commitment: str, here: Here) -> Link:
    document = Reference("document", passage.document)
    words = f"{here.link(document).words}, {passage_words(passage.passage)}"
    return Link(words, here.href(Reference("document", passage.document, commitment_anchor(commitment, index))))


def _related(reference: Reference, sense: str, here: Here) -> Related:
    value = here.records[reference]
    assert isinstance(value, Commitment)
    return Related(sense, here.link(reference), value.kind, last_status(value))


def _sense_of(dependant: Reference, commitment: str, here: Here) -> str:
    value = here.records[dependant]
    assert isinstance(value, Commitment)
    return next(one.sense for one in value.depends_on if one.commitment == commitment)


def _cited(sources: tuple[Source, ...], here: Here) -> tuple[Cited, ...]:
    return tuple(here.cited(source) for source in sources)
