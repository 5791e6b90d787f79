"""Lists: the index of each register, the documents, all registers together, the search page, the home page.

Each works without scripts; each name leads to its page. Lists of names go by initial, with a count of mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from unicodedata import normalize

from build_tools.identifiers import FOLDERS, Kind
from build_tools.model import AnyRecord, Document, Organisation, Person, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.chronology import chronology_picture
from build_tools.rendering.commitments import KINDS
from build_tools.rendering.records import KIND_WORDS, SECTIONS, date_words
from build_tools.rendering.templates import render

REGISTERS: tuple[Kind, ...] = ("person", "organisation", "place", "weapon", "term", "event", "work")
GISTS: dict[Kind, str] = {
    "person": "Who wrote, received, spoke or is spoken of.",
    "organisation": "Governments, missions and committees that made promises or sent messages.",
    "place": "Where it happened and what it was about.",
    "weapon": "What had to leave Cuba, what might stay, and what watched over it.",
    "term": "The words of the documents and of this edition, explained.",
    "event": "What happened, with its sources.",
    "work": "What the statements of this archive rest on, and how it was seen.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a register."""

    link: Link
    remark: str
    summary: str
    mentions: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: its day, its summary, and how many commitments of each kind it carries."""

    link: Link
    date: str
    summary: str
    commitments: tuple[tuple[str, int], ...]
    status: str


def register_page(kind: Kind, out: Here) -> Page:
    """`/people/` and its like: every record of one kind by initial."""
    here = out.at(f"{FOLDERS[kind]}/")
    records = [record for record in here.archive.records() if record.reference.kind == kind]
    by_initial = tuple(
        (initial, tuple(_row(record, here) for record in group))
        for initial, group in groupby(sorted(records, key=_filed), key=_initial)
    )
    html = render(
        "register.html",
        here=here,
        title=KIND_WORDS[kind][1],
        gist=GISTS[kind],
        groups=by_initial,
        count=len(records),
        others=tuple(Link(KIND_WORDS[one][1], here.to(f"{FOLDERS[one]}/")) for one in REGISTERS),
    )
    return Page(
        url=here.url,
        title=KIND_WORDS[kind][1],
        html=html,
        section=SECTIONS.get(kind, "registers"),
        body_class="list",
        description=GISTS[kind],
    )


def registers_page(out: Here) -> Page:
    """`/registers/`: the way to each register."""
    here = out.at("registers/")
    rows = tuple(
        Row(
            Link(KIND_WORDS[kind][1], here.to(f"{FOLDERS[kind]}/")),
            "",
            GISTS[kind],
            sum(record.reference.kind == kind for record in here.archive.records()),
        )
        for kind in REGISTERS
    )
    html = render("registers.html", here=here, rows=rows)
    return Page(
        url=here.url,
        title="Registers",
        html=html,
        section="registers",
        body_class="list",
        description="People, organisations, places, weapons, terms, events and sources.",
    )


def search_page(out: Here) -> Page:
    """`/search/`: the form, and the lists for those without scripts."""
    here = out.at("search/")
    lists = tuple(
        Link(KIND_WORDS[kind][1], here.to(f"{FOLDERS[kind]}/"))
        for kind in ("document", "commitment", "message", *REGISTERS)
    )
    html = render("search.html", here=here, lists=(*lists, Link("Chronology", here.to("chronology/"))))
    return Page(
        url=here.url,
        title="Search",
        html=html,
        section="search",
        body_class="list",
        description="Search the passages, notes and records of the archive.",
    )


def home_page(out: Here) -> Page:
    """`/`: what this is, the ways in, the documents, the weeks drawn."""
    here = out.at("")
    edition = here.archive.edition
    html = render(
        "home.html",
        here=here,
        edition=edition,
        documents=document_rows(here),
        commitments=len(here.archive.commitments),
        messages=len(here.archive.messages),
        days=len(here.links.days),
        picture=chronology_picture(here),
    )
    return Page(
        url="",
        title=edition.title,
        html=html,
        section="home",
        body_class="home",
        description=edition.description,
    )


def document_rows(here: Here) -> tuple[DocumentRow, ...]:
    """The documents by date."""
    documents = sorted(here.archive.documents, key=lambda one: (one.header.date or "9999", one.id))
    return tuple(_document_row(document, here) for document in documents)


def _document_row(document: Document, here: Here) -> DocumentRow:
    anchored = {one.source for one in here.links.anchored.get(document.id, ()) if one.source.kind == "commitment"}
    kinds = [here.records[reference].kind for reference in anchored]  # type: ignore[union-attr]  # they are commitments
    counts = tuple((kind, kinds.count(kind)) for kind in KINDS if kind in kinds)
    date = date_words(document.header.date) if document.header.date else "undated"
    header = document.header
    return DocumentRow(here.link(document.reference, header.title), date, header.summary, counts, header.status)


def _row(record: Record[AnyRecord], here: Here) -> Row:
    value = record.value
    remark = (
        value.office if isinstance(value, Person) else value.abbreviation if isinstance(value, Organisation) else ""
    )
    link = here.link(record.reference, value.sort or value.name)
    return Row(link, remark, value.summary, len(here.links.mentions_of(record.reference)))


def _filed(record: Record[AnyRecord]) -> tuple[str, str]:
    return (normalize("NFD", record.value.sort or record.value.name).casefold(), record.id)


def _initial(record: Record[AnyRecord]) -> str:
    first = normalize("NFD", record.value.sort or record.value.name)[:1].upper()
    return first if first.isalpha() else "0–9"
