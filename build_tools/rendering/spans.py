"""Dates that are more than a day, gathered once for the pages of days, months and years.

A date such as `earlier this week` covers days that it does not name; one such as `November 1962` names no day at all. The
first stand on the page of every day they cover, with what they were counted from; the second on that of their month or
year. Comes in: the archive. Goes out: `Spans`. Called by `pages`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from build_tools.dates import HistoricalDate, day_of, days_touched, read_date
from build_tools.identifiers import Reference
from build_tools.model import Archive, Commitment, Document, Event, Message
from build_tools.reading.tei import date_of
from build_tools.relative import Resolved, resolve
from build_tools.text import Element, as_text, elements

LONGEST_FOR_DAYS = 62
"""Days; a longer relative span stands at its two ends only."""

LISTED = 40
"""Relative dates that one day's page shows; a day that a thousand documents call next week needs no list of them."""


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """An expression of a document that was turned into days by counting."""

    source: Reference
    words: str
    when: HistoricalDate
    anchor: date | None
    """The day it is counted from: that of the document."""
    certainty: str
    """As the edition has it: `high`, `medium`, `low`, or nothing."""
    by_rule: Resolved | None
    """What the words mean by the calendar alone; None if they are no expression that the archive can count."""


@dataclass(frozen=True, slots=True)
class Broad:
    """Something dated to a month, a year or a long span, that stands on the page of no day."""

    source: Reference
    when: HistoricalDate


@dataclass(frozen=True, slots=True)
class Spans:
    """What is dated more broadly than to a day."""

    relative: tuple[RelativeDate, ...]
    on_day: Mapping[str, tuple[RelativeDate, ...]]
    """`yyyy-mm-dd` -> the relative dates that cover it; of very many the first."""
    more: Mapping[str, int]
    """`yyyy-mm-dd` -> how many more cover it than are listed."""
    broad: tuple[Broad, ...]


def spans_of(archive: Archive) -> Spans:
    """Every relative date and every broad one, in the order of documents and records."""
    relative = tuple(one for document in archive.documents for one in relative_dates(document))
    on_day: defaultdict[str, list[RelativeDate]] = defaultdict(list)
    more: Counter[str] = Counter()
    for one in relative:
        for day in _days_of(one.when):
            if len(on_day[day]) < LISTED:
                on_day[day].append(one)
            else:
                more[day] += 1
    return Spans(relative, {day: tuple(on_day[day]) for day in sorted(on_day)}, more, tuple(_broad(archive)))


def relative_dates(document: Document) -> Iterator[RelativeDate]:
    """The dates that the edition marks as relative, in the order of the text."""
    anchor = day_of(document.header.date)
    seen: set[int] = set()
    for passage in document.passages:
        source = Reference("document", document.id, passage.id)
        for element in elements(passage.element):
            if element.name == "date" and element.get("type") == "relative" and id(element) not in seen:
                seen.add(id(element))
                found = _relative(element, source, anchor)
                if found:
                    yield found


def _relative(element: Element, source: Reference, anchor: date | None) -> RelativeDate | None:
    try:
        when = read_date(date_of(element))
    except ValueError:  # which stands in the way of building
        return None
    words = as_text(element)
    return RelativeDate(source, words, when, anchor, element.get("cert"), resolve(words, anchor) if anchor else None)


def _days_of(when: HistoricalDate) -> Iterator[str]:
    first = None if when.open_start else when.earliest
    last = when.latest
    if first and last and (last - first).days <= LONGEST_FOR_DAYS:
        yield from ((first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1))
    else:
        yield from (day.isoformat() for day in (first, last) if day)


def _broad(archive: Archive) -> Iterator[Broad]:
    for document in archive.documents:
        yield from _unless_a_day(document.reference, document.header.date)
    for record in archive.records():
        value = record.value
        if isinstance(value, Event):
            yield from _unless_a_day(record.reference, value.when.date)
        elif isinstance(value, Message):
            yield from _unless_a_day(record.reference, value.sent.date)
        elif isinstance(value, Commitment):
            for edtf in dict.fromkeys((*value.dates, *(step.date for step in value.fate))):
                yield from _unless_a_day(record.reference, edtf)


def _unless_a_day(source: Reference, edtf: str) -> Iterator[Broad]:
    if edtf:
        when = read_date(edtf)
        if not days_touched(when):
            yield Broad(source, when)
