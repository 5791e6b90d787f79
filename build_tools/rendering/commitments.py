"""The pages of one commitment: its record, and its trace from the promise to the end.

The record says who owes whom what, where it is stated (quoted in context, by type, and side by side where several documents
state it), what it hangs on and what hangs on it, drawn and listed, and what came of it, on a line of time and step by step
with sources. The trace tells the same in the order of time, to be printed. The lists are made by `commitment_lists`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from build_tools.dates import read_date
from build_tools.identifiers import Reference, commitment_anchor, dependency_anchor, step_anchor, url_of
from build_tools.model import Commitment, Document, Message, PassageQuoted, PassageRole, Record, Source
from build_tools.output import Page
from build_tools.rendering.addressing import Cited, Here, Link, passage_words
from build_tools.rendering.as_of import as_of_url, since
from build_tools.rendering.dependencies import SENSES, neighbourhood, picture
from build_tools.rendering.fate_line import Mark, fate_line
from build_tools.rendering.records import agents_in_words, date_link, day_links, ends_of, entity_pages, known
from build_tools.rendering.templates import render
from build_tools.rendering.wording import comparisons
from build_tools.standing import course_of, last_status

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
ROLES: dict[PassageRole, str] = {
    "states": "Stated",
    "repeats": "Repeated",
    "reports": "Reported",
    "qualifies": "Qualified",
    "denies": "Denied",
    "withdraws": "Withdrawn",
    "fulfils": "Fulfilled",
}
"""Type of a passage -> the heading under which a commitment's page quotes it."""
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

    anchor: str
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
    day: str
    """The first day of the date of its state, to be ordered by; empty if it has none."""


def commitment_pages(record: Record[Commitment], out: Here) -> tuple[Page, ...]:
    """The page of one commitment, those of its further mentions, and its trace."""
    here = out.at(url_of(record.reference))
    value = record.value
    hangs_on = tuple(_related(Reference("commitment", one.commitment), one.sense, here) for one in value.depends_on)
    dependants = tuple(
        _related(one, _sense_of(one, record.id, here), here) for one in here.links.dependants(record.id)[:NEAR]
    )
    members, hanging, unshown = neighbourhood(record.id, here, NEAR)
    drawn = picture(members, hanging, here, f"What {value.name!r} hangs on", centre=record.id) if hanging else ""
    places = [_place(passage, index, record.id, here) for index, passage in enumerate(value.passages)]
    course, _ = course_of(value)
    pages = entity_pages(
        record,
        here,
        "commitment.html",
        by=agents_in_words(value.by, here),
        toward=agents_in_words(value.toward, here),
        stated=_by_role(tuple(_stated(passage, index, record.id, here) for index, passage in enumerate(value.passages))),
        wording=comparisons(value, places, _documents(value, here), here),
        picture=drawn,
        unshown=unshown,
        hangs_on=hangs_on,
        anchors=tuple(map(dependency_anchor, range(len(hangs_on)))),
        senses=SENSES,
        dependants=dependants,
        more_dependants=len(here.links.dependants(record.id)) - len(dependants),
        steps=_steps(value, here),
        line=_line(value),
        disputed=known(value.disputed, here),
        sources=_cited(value.sources, here),
        messages=tuple(here.link(Reference("message", one)) for one in value.messages),
        days=day_links((*value.dates, *ends_of((*value.dates, *(step.date for step in value.fate)))), here),
        state=last_status(value),
        states=tuple(
            (Link(since(one), here.to(as_of_url(one.day))), one.step.status if one.step else "made") for one in course
        ),
        trace=here.to(f"{here.url}trace/"),
    )
    return (*pages, _trace_page(record, out))


def _documents(value: Commitment, here: Here) -> list[Document]:
    """The documents that its passages stand in, in the order of their dates."""
    names = dict.fromkeys(passage.document for passage in value.passages)
    return sorted((_document(name, here) for name in names), key=lambda one: (_when(one.header.date), one.id))


def _document(name: str, here: Here) -> Document:
    """The documents of an archive are in the order of their ids."""
    return here.archive.documents[bisect_left(here.archive.documents, name, key=lambda one: one.id)]


def _when(edtf: str) -> tuple[date, date, str, str]:
    """What has no date comes last."""
    return read_date(edtf).sort_key() if edtf else (date.max, date.max, "", "")


def _by_role(stated: tuple[Stated, ...]) -> tuple[tuple[str, tuple[Stated, ...]], ...]:
    """Heading and passages of each type, in the order of ROLES."""
    found = ((heading, tuple(one for one in stated if one.role == role)) for role, heading in ROLES.items())
    return tuple(group for group in found if group[1])


def _steps(value: Commitment, here: Here) -> tuple[Step, ...]:
    return tuple(
        Step(
            step_anchor(index),
            day_links((step.date,), here)[0],
            step.status,
            step.text,
            _cited(step.sources, here),
        )
        for index, step in enumerate(value.fate)
    )


def _line(value: Commitment) -> str:
    """The steps along time, without those of which nothing is known but that they came before or after a day."""
    marks: list[Mark] = []
    for index, step in enumerate(value.fate):
        when = read_date(step.date)
        first = when.earliest if not when.open_start else when.latest
        last = when.latest or first
        if first and last:
            doubtful = when.uncertain or when.approximate or first != last
            marks.append(Mark(step.status, f"#{step_anchor(index)}", first, last, doubtful))
    return fate_line(marks, value.kind, f"What came of {value.name!r}, along time")


# --- the trace --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traced:
    """Something that happened to a commitment or says so: when, what it is, in which words, on what grounds."""

    when: Link
    what: str
    link: Link | None
    text: str
    quotations: tuple[Stated, ...] = ()
    sources: tuple[Cited, ...] = ()


def _trace_page(record: Record[Commitment], out: Here) -> Page:
    """`/commitments/<id>/trace/`: documents, messages and steps in the order of time, from the promise to the end."""
    here = out.at(f"{url_of(record.reference)}trace/")
    value = record.value
    traced: list[tuple[tuple[date, date, str, str], int, Traced]] = []
    for document in _documents(value, here):
        quoted = tuple(
            _stated(passage, index, record.id, here)
            for index, passage in enumerate(value.passages)
            if passage.document == document.id
        )
        when = day_links((document.header.date,), here)[0] if document.header.date else Link("without a date", "")
        traced.append((_when(document.header.date), 0, Traced(when, "document", here.link(document.reference), "", quoted)))
    held = {_message(name, here).document for name in value.messages} & {one.document for one in value.passages}
    for name in value.messages:
        message = _message(name, here)
        if message.document in held and message.document:
            continue  # told as a document, with its words
        one = Traced(
            date_link(message.sent, here), "message", here.link(Reference("message", name)), message.summary, (),
            _cited(message.printed, here),
        )  # fmt: skip
        traced.append((_when(message.sent.date), 1, one))
    for step in value.fate:
        one = Traced(
            day_links((step.date,), here)[0], step.status, None, step.text, sources=_cited(step.sources, here)
        )
        traced.append((_when(step.date), 2, one))
    html = render(
        "trace.html",
        here=here,
        value=value,
        back=here.link(record.reference),
        ledger=here.to("commitments/"),
        by=agents_in_words(value.by, here),
        toward=agents_in_words(value.toward, here),
        hangs_on=tuple(_related(Reference("commitment", one.commitment), one.sense, here) for one in value.depends_on),
        senses=SENSES,
        disputed=known(value.disputed, here),
        traced=tuple(one for _, _, one in sorted(traced, key=lambda one: one[:2])),
        state=last_status(value),
    )
    return Page(
        url=here.url,
        title=f"{value.name}: from the promise to the end",
        html=html,
        section="commitments",
        body_class="list",
        description=f"{value.name}, traced through documents, messages and days, with sources.",
    )


def _message(name: str, here: Here) -> Message:
    value = here.records[Reference("message", name)]
    assert isinstance(value, Message)
    return value


# --- pieces -----------------------------------------------------------------------------------------------------------


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
        read_date(value.fate[-1].date).earliest.isoformat() if value.fate else "",
    )


def _stated(passage: PassageQuoted, index: int, commitment: str, here: Here) -> Stated:
    """The passage cut around the words, at word borders."""
    anchored = next(
        one
        for one in here.links.anchored[passage.document]
        if one.source == Reference("commitment", commitment) and one.index == index
    )
    document = _document(passage.document, here)
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
