"""The state of the edition: what was checked and how often, what is not known, what is wanted, and what changed.

Made from the archive and its links and never by hand, so that no figure can be out of date. Every count is n of m, and m
is everything there is, not what was looked at. Shown by `rendering.edition`, written as data by `exporting.state`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import get_args

from build_tools.dates import read_date
from build_tools.fidelity import certificate, deviations
from build_tools.identifiers import FOLDERS, Kind, Reference
from build_tools.linking import Links
from build_tools.model import AnyRecord, Archive, Grade, Holding, LedgerEntry, Message, Record, Source
from build_tools.quotations import Quotation, Verdict
from build_tools.reading.tei import date_of
from build_tools.text import Node, elements

WITH_IDENTIFIERS: tuple[Kind, ...] = ("person", "organisation", "place", "term")
"""Kinds of record that an outside authority may know."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many; `list_url` is the page that lists them, from the root of the site."""

    id: str
    words: str
    n: int
    of: int
    list_url: str


@dataclass(frozen=True, slots=True)
class Section:
    """Counts of one subject."""

    title: str
    remark: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that is cited and whose text is not held, where it should be, and what depends on it."""

    message: Reference
    holding: Holding
    archival_source: str
    printed: tuple[Source, ...]
    cited_by: tuple[Reference, ...]
    """Documents and their passages."""
    commitments: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition and what it did to the addresses of the archive."""

    edition: str
    date: str
    summary: str
    counts: tuple[tuple[str, int], ...]
    """Fate -> how many addresses."""
    changes: tuple[LedgerEntry, ...]
    """What was revised, redirected, split, merged or withdrawn."""


@dataclass(frozen=True, slots=True)
class State:
    """All that can be said of the edition as a whole."""

    sections: tuple[Section, ...]
    wanted: tuple[Wanted, ...]
    editions: tuple[Edition, ...]


def state_of(archive: Archive, links: Links) -> State:
    """The state of the archive as it is read, linked and checked."""
    return State(
        sections=(
            Section(
                "Texts", "The lines of each transcription against its encoding, and who read it again.", _texts(archive)
            ),
            Section("Dates in the texts", "Each date that a text names, in figures or in words.", _dates(archive)),
            Section("Messages", "Telegrams, letters and statements that are cited here.", _messages(archive)),
            Section(
                "Quotations in the documents",
                "What the writers of the documents quote, compared with its source.",
                _verdicts("documents", [one for found in links.quotations.standing.values() for one in found]),
            ),
            Section(
                "Quotations in notes and records",
                "What the editors quote. One that is not as its source has it cannot be published.",
                _verdicts("ours", links.quotations.ours),
            ),
            Section(
                "Sources by grade",
                "Each source of a statement, a date, a step or a sentence of commentary, as often as it is cited.",
                _grades(archive),
            ),
            Section(
                "Identifiers", "Records that an outside authority knows; given only where verified.", _known(archive)
            ),
        ),
        wanted=_wanted(archive, links),
        editions=_editions(archive),
    )


# --- counts -----------------------------------------------------------------------------------------------------------


def _texts(archive: Archive) -> tuple[Count, ...]:
    certificates = [certificate(document) for document in archive.documents]
    lines = sum(one.lines for one in certificates)
    passages = sum(len(document.passages) for document in archive.documents)
    twice = sum(
        len(document.passages)
        for document in archive.documents
        if any(change.is_second_reading for change in document.header.changes)
    )
    differing = sum(len(deviations(document)) for document in archive.documents)
    recovered = sum(one.lines for one in certificates if one.is_equal)
    read = "passages that were read a second time against their witness"
    listed = "deviations of a reading text from its transcription that are listed with their reason"
    return (
        Count(
            "lines-recovered", "lines that the encoding gives back, letter for letter", recovered, lines, "documents/"
        ),
        Count("passages-read-twice", read, twice, passages, "documents/"),
        Count("deviations-explained", listed, differing, differing, "documents/"),
    )


def _dates(archive: Archive) -> tuple[Count, ...]:
    dates = [date_of(one) for document in archive.documents for one in elements(document.body) if one.name == "date"]
    resolved = [date for date in dates if date]
    exact = [date for date in resolved if _is_day(date)]
    return (
        Count("dates-resolved", "dates that are resolved to days of the calendar", len(resolved), len(dates), "dates/"),
        Count("dates-exact", "of those, single days without a doubt", len(exact), len(resolved), "dates/"),
    )


def _is_day(edtf: str) -> bool:
    date = read_date(edtf)
    return date.earliest == date.latest and not (date.uncertain or date.approximate)


def _messages(archive: Archive) -> tuple[Count, ...]:
    holdings = Counter(record.value.holding for record in archive.messages)
    return tuple(
        Count(f"messages-{holding.replace(' ', '-')}", holding, holdings[holding], len(archive.messages), "messages/")
        for holding in get_args(Holding)
    )


def _verdicts(where: str, quotations: Iterable[Quotation]) -> tuple[Count, ...]:
    verdicts = Counter(one.verdict for one in quotations)
    total = sum(verdicts.values())
    return tuple(
        Count(
            f"quotations-{where}-{verdict.replace(' ', '-')}", verdict, verdicts[verdict], total, "edition/quotations/"
        )
        for verdict in get_args(Verdict)
    )


def _grades(archive: Archive) -> tuple[Count, ...]:
    grades = Counter(grade for record in archive.records() for grade in _grades_of(record))
    for document in archive.documents:
        for note in document.notes:
            grades.update(_grades_cited(note.body))
    total = sum(grades.values())
    return tuple(Count(f"grade-{grade.lower()}", grade, grades[grade], total, "data/") for grade in get_args(Grade))


def _grades_of(record: Record[AnyRecord]) -> Iterator[str]:
    for source in sources_within(record.value):
        yield source.grade
    yield from _grades_cited(record.body)


def sources_within(value: object) -> Iterator[Source]:
    """Every source that stands anywhere in a value of the model."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from sources_within(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from sources_within(getattr(value, one.name))


def _grades_cited(body: tuple[Node, ...]) -> Iterator[str]:
    for block in body:
        for one in elements(block):
            if one.name == "bibl" and one.get("ana"):
                yield one.get("ana")


def _known(archive: Archive) -> tuple[Count, ...]:
    return tuple(
        Count(
            f"identified-{kind}",
            FOLDERS[kind],
            sum(bool(record.value.identifiers) for record in archive.records() if record.reference.kind == kind),
            sum(record.reference.kind == kind for record in archive.records()),
            f"{FOLDERS[kind]}/",
        )
        for kind in WITH_IDENTIFIERS
    )


# --- lists ------------------------------------------------------------------------------------------------------------


def _wanted(archive: Archive, links: Links) -> tuple[Wanted, ...]:
    """Messages that are not held, those on which most depends first."""
    found = [_wanted_of(record, links) for record in archive.messages if record.value.holding != "held"]
    return tuple(sorted(found, key=lambda one: (-len(one.commitments), -len(one.cited_by), one.message.id)))


def _wanted_of(record: Record[Message], links: Links) -> Wanted:
    citing = {one.source for one in links.mentions_of(record.reference) if _is_passage(one.source)}
    return Wanted(
        message=record.reference,
        holding=record.value.holding,
        archival_source=record.value.archival_source,
        printed=record.value.printed,
        cited_by=tuple(sorted(citing, key=str)),
        commitments=links.commitments_carried_by(record.id),
    )


def _is_passage(reference: Reference) -> bool:
    return reference.kind == "document" and bool(reference.fragment) and not reference.fragment.startswith("n-")


def _editions(archive: Archive) -> tuple[Edition, ...]:
    """The editions of the ledger and this one, the first one first."""
    known = {one.edition: (one.date, one.summary) for one in archive.edition.releases}
    known[archive.edition.edition] = (archive.edition.date, "This edition.")
    order = list(dict.fromkeys([*(one.edition for one in archive.ledger), *known]))
    made = []
    for name in order:
        entries = [one for one in archive.ledger if one.edition == name]
        counts = Counter(one.fate for one in entries)
        date, summary = known.get(name, ("", ""))
        changes = tuple(one for one in entries if one.fate != "current")
        made.append(Edition(name, date, summary, tuple(sorted(counts.items())), changes))
    return tuple(made)
