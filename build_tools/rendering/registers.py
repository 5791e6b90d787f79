"""Lists: the index of each register, the documents, all registers together, the search page, the home page.

Each works without scripts; each name leads to its page. Lists of names go by initial, with a count of mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from build_tools.dates import read_date
from build_tools.identifiers import FOLDERS, Kind
from build_tools.model import AnyRecord, Document, Organisation, Person, Record
from build_tools.output import Page, Section
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

ON_ONE_PAGE = 300
"""Names in one list; beyond that each initial has pages of its own."""
ON_HOME = 20
"""Documents that the home page names, the earliest; the list of documents has all."""
BY_INITIAL, A_TO_Z = "by-initial", "registers/a-z/"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a register."""

    link: Link
    remark: str
    summary: str
    mentions: int
    part: str = ""
    """Its part in commitments and messages."""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: its day, its summary, and how many commitments of each kind it carries."""

    link: Link
    date: str
    summary: str
    commitments: tuple[tuple[str, int], ...]
    status: str


def register_pages(kind: Kind, out: Here) -> Iterator[Page]:
    """`/people/` and its like: every record of one kind by initial; of very many a page for each initial."""
    records = sorted((one for one in out.archive.records() if one.reference.kind == kind), key=_filed)
    url = f"{FOLDERS[kind]}/"
    rows = [(_initial(record), record) for record in records]
    yield from _by_initial(url, KIND_WORDS[kind][1], GISTS[kind], SECTIONS.get(kind, "registers"), rows, out)


def index_pages(out: Here) -> Iterator[Page]:
    """`/registers/a-z/`: every name of every register by initial, with the other forms that lead to it."""
    records = [record for record in out.archive.records() if record.reference.kind in REGISTERS]
    rows = [(_initial(record), record) for record in sorted(records, key=_filed)]
    gist = "Every name of every register, with the other forms in which it is written."
    yield from _by_initial(A_TO_Z, "All names", gist, "registers", rows, out)


def _by_initial(
    url: str, title: str, gist: str, section: Section, rows: Sequence[tuple[str, Record[AnyRecord]]], out: Here
) -> Iterator[Page]:
    """One page with all initials, or a page of initials and some for each of them."""
    groups: dict[str, list[Record[AnyRecord]]] = {}
    for initial, record in rows:  # signs are filed before the letters and behind them, under one heading
        groups.setdefault(initial, []).append(record)
    if len(rows) <= ON_ONE_PAGE:
        yield _list_page(url, title, gist, section, groups, (), out)
        return
    ways: list[tuple[str, str, int]] = []
    pages: list[tuple[str, str, str, list[Record[AnyRecord]]]] = []
    for initial, records in groups.items():
        for start in range(0, len(records), ON_ONE_PAGE):
            part = start // ON_ONE_PAGE + 1
            name = initial if part == 1 else f"{initial} {part}"
            there = f"{url}{BY_INITIAL}/{_slug(initial)}/" + (f"{part}/" if part > 1 else "")
            chunk = records[start : start + ON_ONE_PAGE]
            ways.append((name, there, len(chunk)))
            pages.append((name, initial, there, chunk))
    yield _list_page(url, title, gist, section, {}, ways, out)
    for name, initial, there, chunk in pages:
        yield _list_page(there, f"{title}: {name}", gist, section, {initial: chunk}, ways, out)


def _list_page(
    url: str,
    title: str,
    gist: str,
    section: Section,
    groups: Mapping[str, Sequence[Record[AnyRecord]]],
    ways: Sequence[tuple[str, str, int]],
    out: Here,
) -> Page:
    here = out.at(url)
    mixed = url.startswith(A_TO_Z)
    html = render(
        "register.html",
        here=here,
        title=title,
        gist=gist,
        groups=tuple(
            (initial, _slug(initial), tuple(_row(record, here, mixed=mixed) for record in records))
            for initial, records in groups.items()
        ),
        ways=tuple((Link(name, "" if there == url else here.to(there)), count) for name, there, count in ways),
        count=sum(map(len, groups.values())) + len(ways),
        others=(
            Link("All names", here.to(A_TO_Z)),
            *(Link(KIND_WORDS[one][1], here.to(f"{FOLDERS[one]}/")) for one in REGISTERS),
        ),
    )
    return Page(url=url, title=title, html=html, section=section, body_class="list", description=gist)


def _slug(initial: str) -> str:
    """An initial as a part of an address: `k`, `0-9`, `u0436` of what is not a Latin letter."""
    plain = initial.lower().replace("\u2013", "-")
    return plain if plain.isascii() else "-".join(f"u{ord(one):04x}" for one in plain)


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
    documents = document_rows(documents_by_date(here)[:ON_HOME], here)
    shown = {kind for row in documents for kind, _ in row.commitments}
    html = render(
        "home.html",
        here=here,
        edition=edition,
        documents=documents,
        kinds=tuple(kind for kind in KINDS if kind in shown),
        more_documents=max(0, len(here.archive.documents) - ON_HOME),
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


def documents_by_date(here: Here) -> list[Document]:
    """The documents by their earliest day, of one such day the certain before the doubtful; those without a date last."""
    return sorted(here.archive.documents, key=lambda one: (not one.header.date, _dated(one), one.id))


def _dated(document: Document) -> tuple[object, ...]:
    return read_date(document.header.date).sort_key() if document.header.date else ()


def document_rows(documents: Sequence[Document], here: Here) -> tuple[DocumentRow, ...]:
    """The documents as a list has them."""
    return tuple(_document_row(document, here) for document in documents)


def _document_row(document: Document, here: Here) -> DocumentRow:
    anchored = {one.source for one in here.links.anchored.get(document.id, ()) if one.source.kind == "commitment"}
    kinds = [here.records[reference].kind for reference in anchored]  # type: ignore[union-attr]  # they are commitments
    counts = tuple((kind, kinds.count(kind)) for kind in KINDS if kind in kinds)
    date = date_words(document.header.date) if document.header.date else "undated"
    header = document.header
    return DocumentRow(here.link(document.reference, header.title), date, header.summary, counts, header.status)


def _row(record: Record[AnyRecord], here: Here, *, mixed: bool) -> Row:
    """In a list of all kinds the kind and the other forms of the name, else what sets it apart within its kind."""
    value = record.value
    link = here.link(record.reference, value.sort or value.name)
    mentions = len(here.links.mentions_of(record.reference))
    if mixed:
        return Row(link, KIND_WORDS[record.reference.kind][0].lower(), "", mentions, variants=value.variants)
    remark = (
        value.office if isinstance(value, Person) else value.abbreviation if isinstance(value, Organisation) else ""
    )
    return Row(link, remark, value.summary, mentions, _part_in_it(record, here))


def _part_in_it(record: Record[AnyRecord], here: Here) -> str:
    """How many commitments and messages name it, and as what: `commitments: 7 by, 2 toward; messages: sent 3`."""
    mentions = here.links.mentions_of(record.reference)
    roles = {
        role: len({one.source.whole for one in mentions if one.role == role})
        for role in ("by", "toward", "sender", "addressee")
    }
    promised = [f"{roles[role]} {role}" for role in ("by", "toward") if roles[role]]
    sent = [f"{word} {roles[role]}" for role, word in (("sender", "sent"), ("addressee", "received")) if roles[role]]
    parts = [f"commitments: {', '.join(promised)}" if promised else "", f"messages: {', '.join(sent)}" if sent else ""]
    return "; ".join(filter(None, parts))


def _filed(record: Record[AnyRecord]) -> tuple[str, str]:
    return (normalize("NFD", record.value.sort or record.value.name).casefold(), record.id)


def _initial(record: Record[AnyRecord]) -> str:
    first = normalize("NFD", record.value.sort or record.value.name)[:1].upper()
    return first if first.isalpha() else "0–9"
