"""Checks that every date of a record can be read, and that no span ends before it begins.

Single attributes of an edition have been asked by `reading`; here are what two of them say together, and all records.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.dates import FORM, ReversedDateError, day_of, read_date
from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import AnyRecord, Archive, Commitment, DateGiven, Document, Event, Message, Record
from build_tools.problem import Problem
from build_tools.reading.tei import date_of
from build_tools.text import elements


def check_dates(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """All dates of documents, records and the edition are dates."""
    problems = [problem for document in archive.documents for problem in _of_document(document)]
    problems += [problem for record in archive.records() for problem in _of_record(record)]
    return (*problems, *_of_edition(archive.edition.date))


def _of_edition(date: str) -> Iterator[Problem]:
    """An edition has a day: it dates every page, and stands for the clock wherever a build would ask it."""
    place = Location("sources/archive.yml")
    faults = list(_bad(date, place))
    yield from faults
    if not faults and day_of(date) is None:
        yield Problem(
            "bad-date", place, f"the date of the edition is {date!r}, not a day", "Give a day, such as 2026-11-24"
        )


def _of_document(document: Document) -> Iterator[Problem]:
    if "/" in document.header.date:
        yield from _bad(document.header.date, Location(document.path))
    for element in elements(document.body):
        if element.name == "date" and not element.get("when") and not element.get("when-custom"):
            when = date_of(element)
            if when:
                yield from _bad(when, element.location)


def _of_record(record: Record[AnyRecord]) -> Iterator[Problem]:
    value = record.value
    if isinstance(value, Event):
        yield from _given(record, "when", value.when)
    elif isinstance(value, Message):
        yield from _given(record, "sent", value.sent)
    elif isinstance(value, Commitment):
        for index, date in enumerate(value.dates):
            yield from _bad(date, record.at("dates", index))
        for index, step in enumerate(value.fate):
            yield from _bad(step.date, record.at("fate", index, "date"))


def _given(record: Record[AnyRecord], key: str, given: DateGiven) -> Iterator[Problem]:
    faults = list(_bad(given.date, record.at(key, "date")))
    yield from faults
    if given.time and not faults:
        yield from _bad(given.date, record.at(key, "time"), given.time)


def _bad(edtf: str, place: Location, time: str = "") -> Iterator[Problem]:
    try:
        read_date(edtf, time=time)
    except ReversedDateError as reversed_date:
        yield Problem("reversed-date", place, str(reversed_date), "Put the earlier date first")
    except ValueError as unreadable:
        yield Problem("bad-date", place, str(unreadable), "Write it as hh:mm" if time else FORM)
