"""Checks that every date of a record can be read, that no span ends before it begins, and that no two dates contradict.

Single attributes of an edition have been asked by `reading`; here are what two of them say together, and all records.
Two dates contradict where no day fits both: that of a message and of the document that is its text, or what an edition
takes `next week` for and what it can mean on the day of writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_tools.dates import FORM, HistoricalDate, ReversedDateError, clock_of, day_of, in_words, read_date
from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import AnyRecord, Archive, Commitment, DateGiven, Document, Event, Message, Record
from build_tools.problem import Problem
from build_tools.reading.tei import date_of
from build_tools.relative import resolve
from build_tools.text import Element, as_text, elements


def check_dates(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """All dates of documents, records and the edition are dates."""
    problems = [problem for document in archive.documents for problem in _of_document(document)]
    problems += [problem for record in archive.records() for problem in _of_record(record)]
    documents = {document.id: document for document in archive.documents}
    problems += [problem for record in archive.messages for problem in _of_its_text(record, documents)]
    return (*problems, *_of_edition(archive.edition.date))


def _of_edition(edtf: str) -> Iterator[Problem]:
    """An edition has a day: it dates every page, and stands for the clock wherever a build would ask it."""
    place = Location("sources/archive.yml")
    faults = list(_bad(edtf, place))
    yield from faults
    if not faults and day_of(edtf) is None:
        yield Problem(
            "bad-date", place, f"the date of the edition is {edtf!r}, not a day", "Give a day, such as 2026-11-24"
        )


def _of_document(document: Document) -> Iterator[Problem]:
    if "/" in document.header.date:
        yield from _bad(document.header.date, Location(document.path))
    for element in elements(document.body):
        when = date_of(element) if element.name == "date" else ""
        if when and not element.get("when") and not element.get("when-custom"):
            yield from _bad(when, element.location)
        if when and element.get("type") == "relative":
            yield from _relative(element, when, day_of(document.header.date))


def _relative(element: Element, edtf: str, anchor: date | None) -> Iterator[Problem]:
    """What is taken for a relative date must have a day in common with what the words can mean."""
    resolved = resolve(as_text(element), anchor) if anchor else None
    given = _read(edtf)
    if anchor and resolved and given and not _meet(given, read_date(resolved.edtf)):
        words = " ".join(as_text(element).split())
        meant = f"means {in_words(resolved.edtf)} if written on {in_words(anchor.isoformat())}"
        message = f"{words!r} is encoded as {in_words(given)}, but {meant}"
        hint = f"Correct the date of the expression or that of the document ({resolved.assumption})"
        yield Problem("contradictory-date", element.location, message, hint)


def _of_its_text(record: Record[Message], documents: dict[str, Document]) -> Iterator[Problem]:
    document = documents.get(record.value.document)
    sent, written = _read(record.value.sent.date), _read(document.header.date) if document else None
    if document and sent and written and not _meet(sent, written):
        message = (
            f"the message is dated {in_words(sent)}, but its text {document.id!r} {in_words(written)} ({document.path})"
        )
        hint = "Correct one of the two; if both are right, the text is not this message"
        yield Problem("contradictory-date", record.at("sent", "date"), message, hint)


def _meet(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Whether a day fits both, an approximate end being taken as an open one."""
    (start, end), (other_start, other_end) = _bounds(one), _bounds(other)
    return start <= other_end and other_start <= end


def _bounds(when: HistoricalDate) -> tuple[date, date]:
    first, last = when.parts[0], when.parts[-1]
    return (
        date.min if first and first.approximate else when.earliest,
        date.max if last and last.approximate else when.latest or date.max,
    )


def _read(edtf: str) -> HistoricalDate | None:
    try:
        return read_date(edtf)
    except ValueError:  # which is reported where it stands
        return None


def _of_record(record: Record[AnyRecord]) -> Iterator[Problem]:
    value = record.value
    if isinstance(value, Event):
        yield from _given(record, "when", value.when)
    elif isinstance(value, Message):
        yield from _given(record, "sent", value.sent)
    elif isinstance(value, Commitment):
        for index, edtf in enumerate(value.dates):
            yield from _bad(edtf, record.at("dates", index))
        for index, step in enumerate(value.fate):
            yield from _bad(step.date, record.at("fate", index, "date"))


def _given(record: Record[AnyRecord], key: str, given: DateGiven) -> Iterator[Problem]:
    faults = list(_bad(given.date, record.at(key, "date")))
    yield from faults
    if given.time and not faults:
        yield from _bad(given.date, record.at(key, "time"), given.time)
    try:
        clock_of(given.zone)
    except ValueError as unknown:
        hint = "Name the place whose clock it was, such as Washington or Moscow, or give an offset such as -05:00"
        yield Problem("unknown-zone", record.at(key, "zone"), str(unknown), hint)


def _bad(edtf: str, place: Location, time: str = "") -> Iterator[Problem]:
    try:
        read_date(edtf, time=time)
    except ReversedDateError as reversed_date:
        yield Problem("reversed-date", place, str(reversed_date), "Put the earlier date first")
    except ValueError as unreadable:
        yield Problem("bad-date", place, str(unreadable), "Write it as hh:mm" if time else FORM)
