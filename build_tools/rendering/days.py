"""Days: a page for each that anything touches, and the chronology that draws and lists them all.

A day's page groups what was written, sent, happened, was in force, became of a promise, or is referred to, with the day
before and after that have a page. Doubtful dates keep their doubt in words and in the drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from build_tools.dates import in_words
from build_tools.identifiers import Reference, url_of
from build_tools.linking import GROUPS, DayEntry
from build_tools.model import Commitment, Message
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link, passage_words
from build_tools.rendering.graphics import Lane, Mark, time_line
from build_tools.rendering.templates import render

HEADINGS = {
    "written": "Written",
    "sent": "Sent",
    "happened": "Happened",
    "in force": "Promised, demanded or in force",
    "fate": "What became of promises",
    "referred to": "Referred to",
}
LISTED = 12
"""Things that the chronology names for one day; the day's own page has them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that touches a day."""

    link: Link
    words: str
    places: tuple[Link, ...]
    certainty: str
    kind: str


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day in the list of the chronology."""

    link: Link
    entries: tuple[Entry, ...]
    references: int


def day_pages(out: Here) -> Iterator[Page]:
    """`/dates/<day>/` for every day that something touches, each with the days before and after it."""
    days = list(out.links.days)
    for before, day, after in zip(["", *days], days, [*days[1:], ""], strict=False):
        yield _day_page(day, before, after, out)


def _day_page(day: str, before: str, after: str, out: Here) -> Page:
    here = out.at(url_of(Reference("date", day)))
    entries = here.links.days[day]
    groups = tuple(
        (HEADINGS[group], _entries([entry for entry in entries if entry.group == group], here)) for group in GROUPS
    )
    html = render(
        "day.html",
        here=here,
        day=day,
        title=in_words(day),
        groups=tuple(group for group in groups if group[1]),
        week=_week(day, here),
        before=_day_link(before, here) if before else None,
        after=_day_link(after, here) if after else None,
    )
    return Page(
        url=here.url,
        title=in_words(day),
        html=html,
        section="chronology",
        body_class="record",
        description=f"What the archive holds of {in_words(day)}.",
    )


def chronology_page(out: Here) -> Page:
    """`/chronology/`: the weeks of the negotiation drawn, and every day of the archive listed with what happened."""
    here = out.at("chronology/")
    days = tuple(
        DaySummary(
            _day_link(day, here),
            _entries([one for one in entries if one.group not in {"referred to", "in force"}], here)[:LISTED],
            sum(one.group in {"referred to", "in force"} for one in entries),
        )
        for day, entries in here.links.days.items()
    )
    months = tuple(
        (in_words(month), tuple(group))
        for month, group in groupby(days, key=lambda one: one.link.href.split("/")[-2][:7])
    )
    html = render("chronology.html", here=here, picture=chronology_picture(here), months=months, count=len(days))
    return Page(
        url=here.url,
        title="Chronology",
        html=html,
        section="chronology",
        body_class="list",
        description="The days of the archive, drawn and listed.",
    )


def chronology_picture(here: Here, first: date | None = None, last: date | None = None) -> str:
    """Lanes of documents and letters, telegrams, events and steps of promises, over the densest four weeks."""
    dense = _densest(here) if first is None or last is None else (first, last)
    if dense is None:
        return ""
    first, last = dense
    lanes = (
        Lane("Documents and letters", _marks(here, lambda entry: entry.group == "written" or _is_letter(entry, here))),
        Lane("Telegrams", _marks(here, lambda entry: entry.group == "sent" and _is_telegram(entry, here))),
        Lane("Events", _marks(here, lambda entry: entry.group == "happened")),
        Lane("Promises: undertaken, narrowed, met, lapsed", _promises(here)),
    )
    return time_line(
        lanes, first, last, f"What happened from {in_words(first.isoformat())} to {in_words(last.isoformat())}"
    )


def _densest(here: Here) -> tuple[date, date] | None:
    """The four weeks in which most was written, sent or happened."""
    counts = {
        date.fromisoformat(day): sum(entry.group in {"written", "sent", "happened"} for entry in entries)
        for day, entries in here.links.days.items()
    }
    if not counts:
        return None
    span = timedelta(days=27)
    first = max(sorted(counts), key=lambda day: sum(n for other, n in counts.items() if day <= other <= day + span))
    return first, first + span


def _marks(here: Here, wanted: Callable[[DayEntry], bool]) -> tuple[Mark, ...]:
    """One mark for each thing, from the first to the last of its days; a day with many gets one that says how many."""
    days: dict[Reference, list[date]] = {}
    entries: dict[Reference, DayEntry] = {}
    for day, found in here.links.days.items():
        for entry in found:
            if wanted(entry):
                days.setdefault(entry.source.whole, []).append(date.fromisoformat(day))
                entries.setdefault(entry.source.whole, entry)
    first_days = Counter(found[0] for found in days.values())
    single = tuple(
        Mark(_label(entry, here), here.href(source), days[source][0], days[source][-1], "", bool(entry.certainty))
        for source, entry in entries.items()
        if first_days[days[source][0]] <= LISTED
    )
    crowded = tuple(
        Mark(f"{count}", here.href(Reference("date", day.isoformat())), day, day)
        for day, count in sorted(first_days.items())
        if count > LISTED
    )
    return (*single, *crowded)


def _promises(here: Here) -> tuple[Mark, ...]:
    """A mark for each day on which something became of promises, leading to the day."""
    found: list[Mark] = []
    for day, entries in here.links.days.items():
        fates = [entry for entry in entries if entry.group == "fate"]
        if fates:
            when = date.fromisoformat(day)
            kinds = {_kind_of(entry, here) for entry in fates}
            kind = kinds.pop() if len(kinds) == 1 else ""
            found.append(Mark(str(len(fates)), here.href(Reference("date", day)), when, when, kind))
    return tuple(found)


def _is_letter(entry: DayEntry, here: Here) -> bool:
    value = here.records.get(entry.source.whole)
    return isinstance(value, Message) and value.form != "telegram" and entry.group == "sent" and not value.document


def _is_telegram(entry: DayEntry, here: Here) -> bool:
    value = here.records.get(entry.source.whole)
    return isinstance(value, Message) and value.form == "telegram"


def _label(entry: DayEntry, here: Here) -> str:
    value = here.records.get(entry.source.whole)
    if isinstance(value, Message) and value.form == "telegram" and value.number:
        return value.number
    name = here.link(entry.source.whole).words.partition(",")[0]  # the day that follows stands on the axis
    return name if len(name) <= 34 else name[:33].rstrip() + "…"


def _kind_of(entry: DayEntry, here: Here) -> str:
    value = here.records.get(entry.source.whole)
    return value.kind if isinstance(value, Commitment) else ""


def _entries(entries: list[DayEntry], here: Here) -> tuple[Entry, ...]:
    """One line for each thing, with all the places where it refers to the day."""
    found: list[Entry] = []
    for source, group in groupby(sorted(entries, key=lambda one: one.source.whole), key=lambda one: one.source.whole):
        same = list(group)
        link = here.link(source)
        places = tuple(here.link(one.source, passage_words(one.source.fragment)) for one in same if one.source.fragment)
        words = "; ".join(dict.fromkeys(one.words for one in same if one.words != link.words))
        found.append(Entry(link, words, tuple(dict.fromkeys(places)), same[0].certainty, _kind_of(same[0], here)))
    return tuple(found)


def _day_link(day: str, here: Here) -> Link:
    return Link(in_words(day), here.href(Reference("date", day)), "date")


def _week(day: str, here: Here) -> tuple[tuple[str, str, bool], ...]:
    """The seven days of its week from Sunday, as American calendars have it: number, address, whether it is this."""
    this = date.fromisoformat(day)
    sunday = this - timedelta(days=(this.weekday() + 1) % 7)
    week = [sunday + timedelta(days=number) for number in range(7)]
    return tuple((str(one.day), here.href(Reference("date", one.isoformat())), one == this) for one in week)
