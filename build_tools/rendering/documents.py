"""The annotated page of a document, its transcription line by line, and the list of documents.

Comes in: a Document and `Here`. Goes out: two pages, and the certificate of `fidelity`. On the annotated page every
passage is a row: its number as a permalink, its text, and beside it the commitments that it states and the notes on it. Stamps
and footers of other hands and times stand between the passages, set apart. The transcription page is the text as
received, numbered by its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import Literal

from markupsafe import Markup

from build_tools.citations.item import Known, citable_item, known_of
from build_tools.dates import WEEKDAYS
from build_tools.fidelity import deviations
from build_tools.identifiers import (
    Kind,
    Reference,
    commitment_anchor,
    deviation_mark,
    note_anchor,
    note_mark,
    url_of,
)
from build_tools.ledger import passage_pasts
from build_tools.linking import Anchored
from build_tools.location import Location
from build_tools.model import Commitment, Document, Header, Note, Passage
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link, passage_words
from build_tools.rendering.blocks import Furniture, blocks_of, furniture_of
from build_tools.rendering.bodies import body_html
from build_tools.rendering.diplomatic import diplomatic_page, side_by_side_page
from build_tools.rendering.document_lists import further, list_pages, quotations_shown, quoted_shown
from build_tools.rendering.document_map import Spot, Stop, document_map, is_crowded, listed_stops
from build_tools.rendering.fidelity import fidelity_page
from build_tools.rendering.gone import gone_of
from build_tools.rendering.metadata import metadata_of
from build_tools.rendering.passages import (
    Mark,
    node_html,
    page_anchor,
    page_words,
    passage_html,
)
from build_tools.rendering.records import KIND_WORDS, agents_in_words, date_words
from build_tools.rendering.registers import document_rows, documents_by_date
from build_tools.rendering.related import Listed, listed, related_pages, shown
from build_tools.rendering.templates import render
from build_tools.rendering.views import views_of
from build_tools.text import as_text, elements, lines_of

MARK_KINDS = (
    ("people", "people"),
    ("places", "places"),
    ("things", "weapons and terms"),
    ("dates", "dates"),
    ("messages", "messages"),
    ("commitments", "commitments"),
    ("readings", "doubtful readings"),
    ("notes", "notes"),
)
"""Kinds of marks that a reader may hide: the name that the style sheet and `early.js` know, and what it is called."""
NAMED: tuple[Kind, ...] = ("person", "organisation", "place", "weapon", "term", "message", "date", "work")
"""What the foot of a document lists, in this order."""

ON_ONE_PAGE = 150
"""Documents in one list; it goes on in others, which no id of a document can stand in the way of."""
BESIDE = 30
"""Commitments, and again those that are limited, that the margin of a passage names; of more nobody would read."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A commitment in the margin of a passage."""

    kind: str
    parties: str
    link: Link


@dataclass(frozen=True, slots=True)
class NoteBeside:
    """A note in the margin: its number, its words, where it stands in the text."""

    number: int
    anchor: str
    mark: str
    title: str
    html: Markup
    see_also: tuple[Link, ...]
    length: int
    """Of its words, in characters."""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the page from top to bottom: a passage with what stands beside it, a page break, or furniture."""

    form: Literal["passage", "heading", "words", "page", "furniture"]
    anchor: str = ""
    label: str = ""
    html: Markup | None = None
    commitments: tuple[Beside, ...] = ()
    notes: tuple[NoteBeside, ...] = ()
    first_words: str = ""
    sign: str = ""
    """What stands in the margin: the number, or a sign where the passage has none."""
    limits: tuple[Link, ...] = ()
    """Commitments that words of the passage limit, and that it does not state."""
    spots: tuple[Spot, ...] = ()
    """Where commitments and notes stand in it, for the map."""
    furniture: tuple[Furniture, ...] = ()
    css: str = ""
    length: int = 0
    """Of its words, in characters."""
    more: int = 0
    """Commitments that the margin has no room to name."""

    @property
    def has_aside(self) -> bool:
        return bool(self.commitments or self.notes or self.limits)


def document_pages(document: Document, out: Here, known: Known | None = None) -> tuple[Page, ...]:
    """The annotated page, the transcription, the certificate of fidelity, and the views beside the annotated page."""
    here = out.at(url_of(document.reference))
    rows = rows_of(document, here)
    annotated = annotated_page(document, here, rows, known)
    return (
        annotated,
        replace(transcription_page(document, out), meta=annotated.meta),
        fidelity_page(document, out),
        replace(diplomatic_page(document, out), meta=annotated.meta),
        replace(side_by_side_page(document, out), meta=annotated.meta),
        *list_pages(document, _stops(rows), out),
        *related_pages(
            _cited_by(document, out), document.header.short_title, "documents", out.at(url_of(document.reference))
        ),
    )


def annotated_page(document: Document, here: Here, rows: tuple[Row, ...], known: Known | None = None) -> Page:
    """`/documents/<id>/`, which `here` stands at, made of its rows."""
    header = document.header
    spots = {one.place: one.number for one in deviations(document) if one.has_spot}
    gone = gone_of(here).get(document.reference, ())
    citing = _cited_by(document, here)
    stops = _stops(rows)
    breaks = [element for element in elements(document.body) if element.name == "pb"]
    html = render(
        "document.html",
        here=here,
        document=document,
        views=views_of(document, here),
        header=header,
        date=date_words(header.date) if header.date else "",
        cited_date=_without_weekday(date_words(header.date)) if header.date else "",
        day=here.href(Reference("date", header.date)) if header.date else "",
        authors=tuple(here.link(reference) for reference in header.authors),
        addressees=tuple(here.link(reference) for reference in header.addressees),
        stretches=in_parts(rows),
        parts_read=PARTS_READ,
        stops=stops,
        listed=listed_stops(stops),
        crowded=is_crowded(stops),
        picture=document_map(stops),
        mark_kinds=MARK_KINDS,
        pages=len(breaks),
        named=tuple((one.title, tuple(here.link(*thing) for thing in one.things)) for one in _named(document, here)),
        declarations=tuple(
            (one.name.capitalize(), Markup("").join(node_html(child, here) for child in one.children))
            for one in header.editorial_declarations
        ),
        cited_by=tuple(
            (one.title, len(one.things), links) for one, (_, links) in zip(citing, shown(citing, here), strict=True)
        ),
        quotation_rows=quotations_shown(document, here),
        further_quotations=further("quotations", document, stops, here),
        quoted_in=quoted_shown(document, here),
        further_quoted=further("quoted", document, stops, here),
        history=_history(header),
        gone=gone,
        revised=len(passage_pasts(document, here.archive)),
    )
    return Page(
        url=here.url,
        title=header.title,
        html=html,
        section="documents",
        body_class="document",
        description=header.summary,
        anchors=(
            *(row.anchor for row in rows if row.anchor and row.form != "page"),
            *filter(None, map(page_anchor, breaks)),
            *(anchor for row in rows for note in row.notes for anchor in (note.anchor, note.mark)),
            *(
                commitment_anchor(one.source.id, one.index)
                for one in here.links.anchored.get(document.id, ())
                if one.source.kind == "commitment"
            ),
            *map(deviation_mark, spots.values()),
            *(one.anchor for one in gone),
        ),
        meta=metadata_of(document, citable_item(document, known or known_of(here.records), here.archive.edition)),
    )


def transcription_page(document: Document, out: Here) -> Page:
    """`/documents/<id>/transcription/`: the text as received, line by line."""
    here = out.at(f"{url_of(document.reference)}transcription/")
    lines = lines_of(document.transcription)
    html = render("transcription.html", here=here, document=document, lines=lines, back=here.link(document.reference))
    return Page(
        url=here.url,
        title=f"Transcription: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"The text of {document.header.title} as received, line by line.",
        anchors=tuple(f"l-{number}" for number in range(1, len(lines) + 1)),
    )


def documents_pages(out: Here) -> Iterator[Page]:
    """`/documents/`: all documents by date; of very many it goes on at `/registers/documents/2/`."""
    ordered = documents_by_date(out)
    starts = range(0, len(ordered) or 1, ON_ONE_PAGE)
    urls = ["documents/" if not start else f"registers/documents/{start // ON_ONE_PAGE + 1}/" for start in starts]
    for start, url in zip(starts, urls, strict=True):
        here = out.at(url)
        rows = document_rows(ordered[start : start + ON_ONE_PAGE], here)
        pages = tuple(Link(str(number), "" if other == url else here.to(other)) for number, other in enumerate(urls, 1))
        yield Page(
            url=url,
            title=f"Documents, from {start + 1}" if start else "Documents",
            html=render("documents.html", here=here, rows=rows, pages=pages),
            section="documents",
            body_class="list",
            description="The documents of the archive, by date.",
        )


# --- rows -------------------------------------------------------------------------------------------------------------


def rows_of(document: Document, here: Here) -> tuple[Row, ...]:
    """The annotated page of the document, which `here` stands at, from top to bottom."""
    spots = {one.place: one.number for one in deviations(document) if one.has_spot}
    return made_up(tuple(_rows(document, here, spots)))


def _rows(document: Document, here: Here, spots: Mapping[Location, int]) -> Iterator[Row]:
    passages = {passage.element.location: passage for passage in document.passages}
    anchored: dict[str, list[Anchored]] = {}
    for one in here.links.anchored.get(document.id, ()):
        anchored.setdefault(one.passage, []).append(one)
    notes = {note_anchor(note.id): note for note in document.notes}
    numbers = _numbers(document, anchored)
    for is_furniture, blocks in groupby(blocks_of(document), key=lambda element: element.name == "fw"):
        if is_furniture:
            yield Row("furniture", furniture=tuple(furniture_of(element, document) for element in blocks))
            continue
        for element in blocks:
            passage = passages.get(element.location)
            if passage is not None:
                yield _passage(passage, anchored.get(passage.id, []), notes, numbers, spots, here)
            elif element.name == "pb":
                yield Row("page", page_anchor(element), page_words(element))
            else:
                yield Row("words", html=passage_html(element, here), length=len(as_text(element)))


def _numbers(document: Document, anchored: dict[str, list[Anchored]]) -> dict[str, int]:
    """Notes are numbered in the order in which their words end."""
    ordered = [
        one.source.fragment
        for passage in document.passages
        for one in sorted(anchored.get(passage.id, []), key=lambda one: (one.end, one.start, one.source))
        if one.source.kind == "document"
    ]
    return {fragment: number for number, fragment in enumerate(ordered, start=1)}


def _passage(
    passage: Passage,
    anchored: list[Anchored],
    notes: dict[str, Note],
    numbers: dict[str, int],
    spots: Mapping[Location, int],
    here: Here,
) -> Row:
    titles = {fragment: note.value.title for fragment, note in notes.items()}
    marks = [mark for one in anchored for mark in _marks(one, numbers, titles, here)]
    beside: dict[Reference, Beside] = {}
    noted: list[NoteBeside] = []
    limits: dict[Reference, Link] = {}
    for one in sorted(anchored, key=lambda one: (one.start, one.end, one.source)):
        if one.source.kind == "commitment" and one.role != "qualifies":
            beside.setdefault(one.source, _beside(one, here))
        elif one.source.kind == "commitment":
            limits.setdefault(one.source, here.link(one.source))
    for one in sorted((a for a in anchored if a.source.fragment in numbers), key=lambda a: numbers[a.source.fragment]):
        note = notes[one.source.fragment]
        noted.append(
            NoteBeside(
                numbers[one.source.fragment],
                note_anchor(note.id),
                note_mark(note.id),
                note.value.title,
                body_html(note.body, here),
                tuple(here.read(text) for text in note.value.see_also),
                sum(len(as_text(node)) for node in note.body),
            )
        )
    limited = [link for reference, link in limits.items() if reference not in beside]
    heading = passage.element.name == "head"
    return Row(
        "heading" if heading else "passage",
        passage.id,
        passage.label,
        passage_html(passage.element, here, marks, spots),
        tuple(beside.values())[:BESIDE],
        tuple(noted),
        _first_words(passage.text),
        "§" if heading else passage.label if len(passage.label) <= 3 else "¶",
        tuple(limited[:BESIDE]),
        tuple(_spots(anchored, notes, here)),
        css=passage.element.get("rend"),
        length=len(passage.text),
        more=max(0, len(beside) - BESIDE) + max(0, len(limited) - BESIDE),
    )


def _spots(anchored: Iterable[Anchored], notes: Mapping[str, Note], here: Here) -> Iterator[Spot]:
    for one in anchored:
        if one.source.kind == "commitment":
            value = here.records[one.source]
            assert isinstance(value, Commitment)
            words = f"{'limits the ' if one.role == 'qualifies' else ''}{value.kind}: {value.name}"
            yield Spot(one.start, f"#{commitment_anchor(one.source.id, one.index)}", words, value.kind)
        elif one.source.fragment in notes:
            yield Spot(one.end, f"#{one.source.fragment}", f"note: {notes[one.source.fragment].value.title}")


def _stops(rows: Iterable[Row]) -> tuple[Stop, ...]:
    """The passages, as the map of the document shows them."""
    return tuple(_stop(row) for row in rows if row.form in {"passage", "heading"})


def _stop(row: Row) -> Stop:
    words = "Heading" if row.form == "heading" else f"{row.label} {row.first_words}"
    spots = tuple(sorted(row.spots, key=lambda one: (one.start, one.href)))
    return Stop(f"#{row.anchor}", words, row.sign, row.length, spots)


def _marks(one: Anchored, numbers: dict[str, int], titles: dict[str, str], here: Here) -> Iterator[Mark]:
    if one.source.kind == "commitment":
        value = here.records[one.source]
        assert isinstance(value, Commitment)
        qualifies = one.role == "qualifies"
        yield Mark(
            one.start,
            one.end,
            commitment_anchor(one.source.id, one.index),
            f"k {value.kind} qualifies" if qualifies else f"k {value.kind}",
            f"limits the {value.kind}: {value.name}" if qualifies else f"{value.kind}: {value.name}",
            commitment=one.source.id,
            qualifies=qualifies,
        )
    elif one.source.fragment in numbers:
        note = one.source.fragment.removeprefix("n-")
        title = titles[one.source.fragment]
        yield Mark(one.end, one.end, "", label=title, number=numbers[one.source.fragment], note=note)


def _beside(one: Anchored, here: Here) -> Beside:
    value = here.records[one.source]
    assert isinstance(value, Commitment)
    by = ", ".join(link.words for link in agents_in_words(value.by, here))
    toward = ", ".join(link.words for link in agents_in_words(value.toward, here))
    return Beside(value.kind, f"{by} → {toward}", here.link(one.source))


def _first_words(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")


# --- making up the page -----------------------------------------------------------------------------------------------

TEXT_LINE, TEXT_HEIGHT, TEXT_GAP = 66, 28, 19
ASIDE_LINE, ASIDE_HEIGHT, ASIDE_GAP = 44, 20, 6
"""Characters in a line, pixels of a line and between blocks, on a wide screen; rough, as letters differ."""
TOLERATED = 30
"""Pixels by which what stands beside a passage may be longer than it."""


def made_up(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with those notes open for which there is room beside the text; the others wait to be opened.

    What stands beside a passage may extend over the rows after it that have nothing beside them. Where commitments and
    titles alone are longer than that, what stands beside the next passage begins lower, and has less room.
    """
    made: list[Row] = []
    lower = 0
    for index, row in enumerate(rows):
        if not row.has_aside:
            made.append(row)
            continue
        span = 1
        while index + span < len(rows) and not rows[index + span].has_aside:
            span += 1
        room = sum(_height(one) for one in rows[index : index + span]) + TOLERATED - lower
        room -= sum(_lines(one.link.words) + _lines(one.parties) + ASIDE_GAP for one in row.commitments)
        room -= _lines("; ".join(link.words for link in row.limits)) + ASIDE_GAP if row.limits else 0
        room -= (ASIDE_HEIGHT + ASIDE_GAP) * len(row.notes)
        notes = []
        for note in row.notes:
            needed = ceil(note.length / ASIDE_LINE) * ASIDE_HEIGHT + ASIDE_HEIGHT + ASIDE_GAP
            fits = needed <= room
            room -= needed if fits else 0
            notes.append(replace(note, is_open=fits))
        lower = max(0, TOLERATED - room)
        made.append(replace(row, notes=tuple(notes)))
    return tuple(made)


PART_HEIGHT = 500
"""Pixels of text that make a part."""
PARTS_READ = 3
"""Parts that a browser reads between two pauses; the first is after the first of them, so that it can be painted. More pauses
would not be felt here, but a browser that asks the host anew each time would ask too often."""
LONG = 12_000
"""Pixels of text up to which a document is one part."""


def in_parts(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    """The rows of a long document in parts of about a screen, so that a browser need only lay out those in view.

    A part begins where something stands beside the text, if that is near: what stands beside a part ends with it.
    """
    if sum(map(_height, rows)) <= LONG:
        return (rows,) if rows else ()
    parts: list[tuple[Row, ...]] = []
    begun = height = 0
    for index, row in enumerate(rows):
        if height >= PART_HEIGHT * (1 if row.has_aside else 2):
            parts.append(rows[begun:index])
            begun, height = index, 0
        height += _height(row)
    return (*parts, rows[begun:])


def _height(row: Row) -> int:
    lines = ceil(row.length / TEXT_LINE) if row.length else 1
    return max(lines, len(row.furniture)) * TEXT_HEIGHT + TEXT_GAP


def _lines(words: str) -> int:
    return ceil(len(words) / ASIDE_LINE) * ASIDE_HEIGHT


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry of the revision history, with the names of those who answer for it."""

    when: str
    text: str
    who: str


def _history(header: Header) -> tuple[Changed, ...]:
    """`#ed` is the editor of that id; whoever is named in words stands as written."""
    names = {f"#{one.id}": one.name for one in header.responsible}
    return tuple(
        Changed(
            one.when, one.text, ", ".join(names.get(who, who) for who in one.who.split()) if "#" in one.who else one.who
        )
        for one in header.changes
    )


# --- the foot ---------------------------------------------------------------------------------------------------------


def _named(document: Document, here: Here) -> tuple[Listed, ...]:
    """What the document and its notes name, by kind."""
    return _by_kind(here.links.outgoing.get(document.reference, ()), NAMED, here)


def _cited_by(document: Document, here: Here) -> tuple[Listed, ...]:
    """Records, and passages and notes of other documents, that refer to this one."""
    places: dict[Reference, str] = {}
    whole: set[Reference] = set()
    for mention in here.links.mentions_of(document.reference):
        source = mention.source
        if source.whole == document.reference:
            continue
        if source.fragment:
            words = f"{here.link(source.whole).words}, {passage_words(source.fragment)}: “{mention.words}”"
            places.setdefault(source, words)
        else:
            whole.add(source)
    lists = (
        Listed("Passages and notes", tuple((one, places[one]) for one in sorted(places))),
        *_by_kind(sorted(whole), tuple(KIND_WORDS), here),
    )
    return tuple(one for one in lists if one.things)


def _by_kind(references: Iterable[Reference], kinds: tuple[Kind, ...], here: Here) -> tuple[Listed, ...]:
    """Heading and things of each kind that has any."""
    found = [one for one in references if one in here.links.targets]
    groups = (listed(KIND_WORDS[kind][1], [one for one in found if one.kind == kind]) for kind in kinds)
    return tuple(group for group in groups if group.things)


def _without_weekday(words: str) -> str:
    """As a citation gives a date."""
    first, _, rest = words.partition(" ")
    return rest if first in WEEKDAYS else words
