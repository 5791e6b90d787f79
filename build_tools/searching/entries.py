"""What can be found: for each document, note and record the words a reader may type, and where the hit opens.

Comes in: the linked archive. Goes out: one Entry for each page in the order of addresses, its parts with the anchors of
the page. Called by `site`. There are no filters by date and no sort keys, which would need each date to be one day: a date
is words to be found and shown, with its doubt in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.dates import HistoricalDate, in_words, read_date
from build_tools.identifiers import note_anchor, url_of
from build_tools.model import AnyRecord, Archive, Commitment, Document, Event, Message, Organisation, Person, Record
from build_tools.text import Node, as_text


@dataclass(frozen=True, slots=True)
class Part:
    """Words that one place of a page holds; `label` is what the result calls it, `anchor` may be empty."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as search sees it."""

    url: str
    title: str
    kind: str
    parts: tuple[Part, ...]
    dates: tuple[str, ...] = ()
    """Its dates in words, the earliest first, each with its doubt: `probably 3 November 1962`, never as a day alone."""


def search_entries(archive: Archive) -> Iterator[Entry]:
    """One entry for each document (its passages and notes as parts) and each record, in the order of addresses."""
    entries = [_document_entry(document) for document in archive.documents]
    entries.extend(_record_entry(record) for record in archive.records())
    yield from sorted(entries, key=lambda entry: entry.url)


def _document_entry(document: Document) -> Entry:
    header = document.header
    described = " ".join((header.summary, header.classification, header.reference_code, header.fonds))
    passages = tuple(Part(passage.id, f"Passage {passage.label}", passage.text) for passage in document.passages)
    notes = tuple(Part(note_anchor(note.id), f"Note: {note.value.title}", _words(note.body)) for note in document.notes)
    dates = dates_in_words((header.date,))
    parts = (Part("", "", described), *passages, *notes)
    return Entry(url_of(document.reference), header.title, "document", parts, dates)


def dates_in_words(dates: Iterable[str]) -> tuple[str, ...]:
    """Each date once, ordered by its earliest day and the doubtful after the certain, in the words that pages use for it."""
    read = sorted((read_date(one) for one in dates if one), key=HistoricalDate.sort_key)
    return tuple(dict.fromkeys(map(in_words, read)))


def _dates_of(value: AnyRecord) -> tuple[str, ...]:
    if isinstance(value, Message):
        return (value.sent.date,)
    if isinstance(value, Event):
        return (value.when.date,)
    if isinstance(value, Commitment):
        return (*value.dates, *(step.date for step in value.fate))
    return ()


def _record_entry(record: Record[AnyRecord]) -> Entry:
    value = record.value
    words = [*value.variants, value.summary, *(statement.text for statement in value.statements)]
    if isinstance(value, Commitment):
        words += [value.statement, value.verification, *(step.text for step in value.fate)]
        words += [passage.exact for passage in value.passages]
    if isinstance(value, Message):
        words += [value.number, value.classification, value.archival_source]
    if isinstance(value, Person):
        words.append(value.office)
    if isinstance(value, Organisation):
        words.append(value.abbreviation)
    text = " ".join(filter(None, (*words, _words(record.body))))
    dates = dates_in_words(_dates_of(value))
    return Entry(url_of(record.reference), value.name, record.reference.kind, (Part("", "", text),), dates)


def _words(body: tuple[Node, ...]) -> str:
    return " ".join(as_text(node) for node in body)
