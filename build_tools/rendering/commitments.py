"""The pages of one commitment: its record, and its trace from the promise to the end.

The record says who owes whom what, where it is stated (quoted in context, by type, and side by side where several documents
state it), what it hangs on and what hangs on it, drawn and listed, and what came of it, on a line of time and step by step
with sources. The trace tells the same in the order of time, to be printed. The lists are made by `commitment_lists`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

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
from build_tools.rendering.wording import Comparison, comparisons, seen_from
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
QUOTED = 60
"""Passages, rows of compared wording, and things in the order of time that stand on one page; the rest go on in others."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A passage that states or qualifies the commitment, cut out with its context."""

    role: PassageRole
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
    """The page of one commitment, those of its further mentions, and its trace; long lists go on in pages of their own."""
    here = out.at(url_of(record.reference))
    value = record.value
    hangs_on = tuple(_related(Reference("commitment", one.commitment), one.sense, here) for one in value.depends_on)
    dependants = tuple(
        _related(one, _sense_of(one, record.id, here), here) for one in here.links.dependants(record.id)[:NEAR]
    )
    members, hanging, unshown = neighbourhood(record.id, here, NEAR)
    drawn = picture(members, hanging, here, f"What {value.name!r} hangs on", centre=record.id) if hanging else ""
    course, _ = course_of(value)
    ordered = _by_type(value)
    compared = _compared(record, here)
    pages = entity_pages(
        record,
        here,
        "commitment.html",
        by=agents_in_words(value.by, here),
        toward=agents_in_words(value.toward, here),
        stated=_by_role(ordered[:QUOTED], record, here),
        further_stated=_further_links("passages", [QUOTED] * (len(ordered) // QUOTED) + [len(ordered) % QUOTED], here),
        wording=compared[0] if compared else (),
        further_wording=_further_links("wording", [len(one) for one in compared], here),
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
    return (
        *pages,
        *_further_passages(record, ordered, out),
        *_further_wording(record, compared, out),
        *_trace_pages(record, out),
    )


def _by_type(value: Commitment) -> list[int]:
    """Indices of its passages, by their type in the order of ROLES."""
    types = list(ROLES)
    return sorted(range(len(value.passages)), key=lambda index: types.index(value.passages[index].role))


def _further_url(base: str, what: str, number: int) -> str:
    return f"{base}{what}/{number}/"


def _further_links(what: str, sizes: Sequence[int], here: Here) -> tuple[Link, ...]:
    """The pages on which a list goes on, `sizes` being how many things stand on each, the first one among them."""
    found: list[Link] = []
    before = 0
    for number, size in enumerate(sizes, 1):
        if number > 1 and size:
            found.append(Link(f"{before + 1}–{before + size}", here.to(_further_url(here.url, what, number))))
        before += size
    return tuple(found)


def _further_passages(record: Record[Commitment], ordered: Sequence[int], out: Here) -> Iterator[Page]:
    for number, start in enumerate(range(QUOTED, len(ordered), QUOTED), 2):
        there = out.at(_further_url(url_of(record.reference), "passages", number))
        stated = _by_role(ordered[start : start + QUOTED], record, there)
        yield _further_page(record, f"where it is stated, page {number}", there, stated=stated, wording=())


def _compared(record: Record[Commitment], here: Here) -> list[tuple[Comparison, ...]]:
    """The comparisons of its wording, as many on each page as have together some QUOTED rows."""
    value = record.value
    places = [_place(passage, index, record.id, here) for index, passage in enumerate(value.passages)]
    pages: list[list[Comparison]] = []
    rows = QUOTED
    for one in comparisons(value, places, _documents(value, here), here):
        if rows >= QUOTED:
            pages.append([])
            rows = 0
        pages[-1].append(one)
        rows += len(one.pairs)
    return [tuple(page) for page in pages]


def _further_wording(
    record: Record[Commitment], compared: Sequence[tuple[Comparison, ...]], out: Here
) -> Iterator[Page]:
    base = url_of(record.reference)
    for number, wording in enumerate(compared[1:], 2):
        there = out.at(_further_url(base, "wording", number))
        moved = tuple(seen_from(one, there.to(base)) for one in wording)
        yield _further_page(record, f"its wording, page {number}", there, stated=(), wording=moved)


def _further_page(record: Record[Commitment], what: str, there: Here, **lists: object) -> Page:
    value = record.value
    html = render(
        "commitment-further.html", here=there, back=there.link(record.reference), what=what, value=value, **lists
    )
    return Page(
        url=there.url,
        title=f"{value.name}: {what}",
        html=html,
        section="commitments",
        body_class="list",
        description=f"{value.name}: {what}.",
    )


def _documents(value: Commitment, here: Here) -> list[Document]:
    """The documents that its passages stand in, in the order of their dates."""
    names = dict.fromkeys(passage.document for passage in value.passages)
    return sorted((_document(name, here) for name in names), key=lambda one: (_when(one.header.date), one.id))


def _document(name: str, here: Here) -> Document:
    """The documents of an archive are in the order of their ids."""
    return here.archive.documents[bisect_left(here.archive.documents, name, key=lambda one: one.id)]


def _when(edtf: str) -> tuple[date, date, bool, str, str]:
    """What has no date comes last."""
    return read_date(edtf).sort_key() if edtf else (date.max, date.max, True, "", "")


def _by_role(
    indices: Iterable[int], record: Record[Commitment], here: Here
) -> tuple[tuple[str, tuple[Stated, ...]], ...]:
    """Heading and passages of each type, in the order given."""
    stated = (_stated(record.value.passages[index], index, record.id, here) for index in indices)
    return tuple((ROLES[role], tuple(many)) for role, many in groupby(stated, key=lambda one: one.role))


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


def _trace_pages(record: Record[Commitment], out: Here) -> Iterator[Page]:
    """`/commitments/<id>/trace/`: documents, messages and steps in the order of time, from the promise to the end.

    A long trace goes on in pages of some QUOTED quotations and steps.
    """
    base = f"{url_of(record.reference)}trace/"
    pages: list[list[_Told]] = [[]]
    weight = 0
    for one in _in_order_of_time(record.value, out):
        for start in range(0, len(one.passages) or 1, QUOTED):
            part = replace(one, passages=one.passages[start : start + QUOTED])
            if weight and weight + (len(part.passages) or 1) > QUOTED:
                pages.append([])
                weight = 0
            pages[-1].append(part)
            weight += len(part.passages) or 1
    urls = [base, *(f"{base}{number}/" for number in range(2, len(pages) + 1))]
    for url, told in zip(urls, pages, strict=True):
        here = out.at(url)
        yield _trace_page(record, tuple(_traced(one, record, here) for one in told), urls, here)


@dataclass(frozen=True, slots=True)
class _Told:
    """A document with the indices of its passages, a message, or the index of a step of the fate."""

    what: Document | Message | int
    id: str = ""
    passages: tuple[int, ...] = ()


def _in_order_of_time(value: Commitment, here: Here) -> list[_Told]:
    told: list[tuple[tuple[date, date, bool, str, str], int, _Told]] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, passage in enumerate(value.passages):
        places[passage.document].append(index)
    for document in _documents(value, here):
        one = _Told(document, document.id, tuple(places[document.id]))
        told.append((_when(document.header.date), 0, one))
    for name in value.messages:
        message = _message(name, here)
        if message.document not in places:  # else it is told as a document, with its words
            told.append((_when(message.sent.date), 1, _Told(message, name)))
    for index, step in enumerate(value.fate):
        told.append((_when(step.date), 2, _Told(index)))
    return [one for _, _, one in sorted(told, key=lambda one: one[:2])]


def _traced(one: _Told, record: Record[Commitment], here: Here) -> Traced:
    if isinstance(one.what, Document):
        day = one.what.header.date
        when = day_links((day,), here)[0] if day else Link("without a date", "")
        quoted = tuple(_stated(record.value.passages[index], index, record.id, here) for index in one.passages)
        return Traced(when, "document", here.link(one.what.reference), "", quoted)
    if isinstance(one.what, Message):
        link = here.link(Reference("message", one.id))
        sources = _cited(one.what.printed, here)
        return Traced(date_link(one.what.sent, here), "message", link, one.what.summary, (), sources)
    step = record.value.fate[one.what]
    return Traced(day_links((step.date,), here)[0], step.status, None, step.text, sources=_cited(step.sources, here))


def _trace_page(record: Record[Commitment], told: tuple[Traced, ...], urls: Sequence[str], here: Here) -> Page:
    value = record.value
    number = urls.index(here.url) + 1
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
        traced=told,
        pages=tuple(Link(str(at), "" if url == here.url else here.to(url)) for at, url in enumerate(urls, 1)),
        is_first=number == 1,
        is_last=number == len(urls),
        state=last_status(value),
    )
    return Page(
        url=here.url,
        title=f"{value.name}: from the promise to the end" + (f", page {number}" if number > 1 else ""),
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
    source = Reference("commitment", commitment)
    anchored = next(one for one in here.links.anchored[passage.document] if one.index == index and one.source == source)
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
