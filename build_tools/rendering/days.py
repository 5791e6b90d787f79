"""Days, months and years: a page for each that anything touches, each with its neighbours and its place in the calendar.

A day's page groups what was written, sent, happened, was in force, became of a promise, or is referred to, and what covers
the day without naming it. What is dated to a month or a year stands on the page of that. Doubtful dates keep their doubt
in words. The drawings of time are `chronology`'s.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from build_tools.dates import MONTHS, WEEKDAYS, HistoricalDate, in_words, read_date
from build_tools.identifiers import Reference, url_of
from build_tools.linking import GROUPS, DayEntry
from build_tools.model import Commitment
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link, passage_words
from build_tools.rendering.spans import Broad, RelativeDate, Spans
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
"""Things that a list of days names for one of them; the day's own page has them all."""
ON_ONE_PAGE = 250
"""Things on one page of a day, and of those dated to a month or year; beyond that the page goes on in others."""
WEEK = (*WEEKDAYS[6:], *WEEKDAYS[:6])
"""The days of the week from Sunday, as American calendars have them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that touches a day."""

    link: Link
    words: str
    places: tuple[Link, ...]
    certainty: str
    kind: str


@dataclass(frozen=True, slots=True)
class Covering:
    """A relative date on the page of a day that it covers: what it was counted from and by which convention."""

    words: str
    place: Link
    span: str
    anchor: Link | None
    assumption: str
    otherwise: str
    """What the convention alone would give, where the edition decided otherwise."""
    certainty: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in a week or month: its number, where it leads, and how much is there; 0 leads to the nearest day."""

    number: int
    href: str
    count: int
    title: str
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day in a list of days."""

    link: Link
    entries: tuple[Entry, ...]
    references: int


@dataclass(frozen=True, slots=True)
class BroadEntry:
    """Something that is dated to a month, a year or a span."""

    link: Link
    when: str


# --- a day ----------------------------------------------------------------------------------------------------------


def day_pages(out: Here, spans: Spans) -> Iterator[Page]:
    """`/dates/<day>/` for every day that something touches, each with the days before and after it."""
    shown = calendar_of(out)
    days = shown.days
    for before, day, after in zip(["", *days], days, [*days[1:], ""], strict=False):
        yield from _day_pages(day, before, after, shown, out, spans)


def _day_pages(day: str, before: str, after: str, shown: Calendar, out: Here, spans: Spans) -> Iterator[Page]:
    here = out.at(url_of(Reference("date", day)))
    ordered = [
        (group, source, entries)
        for group in GROUPS
        for source, entries in _by_source([one for one in here.links.days[day] if one.group == group])
    ]
    starts = range(0, len(ordered), ON_ONE_PAGE)
    urls = [here.url if not start else f"{here.url}{start // ON_ONE_PAGE + 1}/" for start in starts]
    for url, start in zip(urls, starts, strict=True):
        there = here.at(url)
        html = render(
            "day.html",
            here=there,
            day=day,
            title=in_words(day),
            groups=tuple(
                (HEADINGS[group], tuple(_entry(source, entries, there) for _, source, entries in found))
                for group, found in groupby(ordered[start : start + ON_ONE_PAGE], key=lambda one: one[0])
            ),
            covering=tuple(_covering(one, there) for one in spans.on_day.get(day, ())) if not start else (),
            more_covering=spans.more.get(day, 0) if not start else 0,
            week=week_of(date.fromisoformat(day), shown, there),
            weekdays=WEEK,
            month=Link(in_words(day[:7]), there.to(period_url(day[:7]))),
            before=_day_link(before, there) if before else None,
            after=_day_link(after, there) if after else None,
            pages=_pages(urls, url, there),
        )
        yield _page(url, in_words(day), html, f"What the archive holds of {in_words(day)}.", "record")


def _pages(urls: Sequence[str], url: str, here: Here) -> tuple[Link, ...]:
    """The pages over which a list goes, this one without an address; nothing if it is one page."""
    if len(urls) < 2:
        return ()
    return tuple(Link(str(number), "" if other == url else here.to(other)) for number, other in enumerate(urls, 1))


def _page(url: str, title: str, html: str, description: str, body_class: str = "list") -> Page:
    return Page(url=url, title=title, html=html, section="chronology", body_class=body_class, description=description)


def _by_source(entries: list[DayEntry]) -> Iterator[tuple[Reference, list[DayEntry]]]:
    """What refers to the day, each with the places where it does, in the order of the first of them."""
    found: dict[Reference, list[DayEntry]] = {}
    for entry in entries:
        found.setdefault(entry.source.whole, []).append(entry)
    yield from found.items()


def entries_of(entries: list[DayEntry], here: Here) -> tuple[Entry, ...]:
    """One line for each thing, with all the places where it refers to the day."""
    return tuple(_entry(source, same, here) for source, same in _by_source(entries))


def _entry(source: Reference, same: list[DayEntry], here: Here) -> Entry:
    link = here.link(source)
    places = tuple(here.link(one.source, passage_words(one.source.fragment)) for one in same if one.source.fragment)
    words = "; ".join(dict.fromkeys(one.words for one in same if one.words != link.words))
    value = here.records.get(source)
    kind = value.kind if isinstance(value, Commitment) else ""
    return Entry(link, words, tuple(dict.fromkeys(places)), same[0].certainty, kind)


def _covering(one: RelativeDate, here: Here) -> Covering:
    words = f"{here.link(one.source.whole).words}, {passage_words(one.source.fragment)}"
    by_rule = read_date(one.by_rule.edtf) if one.by_rule else None
    differs = by_rule is not None and (by_rule.earliest, by_rule.latest) != (one.when.earliest, one.when.latest)
    return Covering(
        one.words,
        here.link(one.source, words),
        in_words(one.when),
        _day_link(one.anchor.isoformat(), here) if one.anchor else None,
        one.by_rule.assumption if one.by_rule else "",
        in_words(by_rule) if by_rule and differs else "",
        one.certainty,
    )


def _day_link(day: str, here: Here) -> Link:
    return Link(in_words(day), here.href(Reference("date", day)), "date")


# --- the calendar ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that have a page, in order, and how much touches each."""

    days: tuple[str, ...]
    counts: Mapping[str, int]


def calendar_of(here: Here) -> Calendar:
    """The calendar of the archive, counted once for all pages that show a part of it."""
    days = here.links.days
    counts = {day: len({(entry.group, entry.source.whole) for entry in days[day]}) for day in days}
    return Calendar(tuple(days), counts)


def week_of(this: date, shown: Calendar, here: Here) -> tuple[Cell, ...]:
    """The seven days of its week from Sunday, as far as the calendar goes; an empty day leads to the nearest that is not."""
    sunday = this.toordinal() - (this.weekday() + 1) % 7
    week = [date.fromordinal(number) for number in range(sunday, sunday + 7) if 1 <= number <= date.max.toordinal()]
    return tuple(_cell(day, shown, here, is_this=day == this) for day in week)


def _cell(day: date, shown: Calendar, here: Here, *, is_this: bool = False) -> Cell:
    name = day.isoformat()
    count = shown.counts.get(name, 0)
    if count:
        things = "1 thing" if count == 1 else f"{count} things"
        return Cell(day.day, here.href(Reference("date", name)), count, f"{in_words(name)}: {things}", is_this)
    near = nearest(name, shown.days)
    title = f"{in_words(name)}: nothing; the nearest day is {in_words(near)}" if near else ""
    return Cell(day.day, here.href(Reference("date", near)) if near else "", 0, title, is_this)


def nearest(day: str, days: Sequence[str]) -> str:
    """Of the days that have a page, which are in order, the one nearest to `day`; of two equally near the earlier."""
    at = bisect_left(days, day)
    around = days[max(at - 1, 0) : at + 1]
    this = date.fromisoformat(day)
    return min(around, key=lambda one: abs(date.fromisoformat(one) - this), default="")


def period_url(period: str) -> str:
    """The address of the page of a month `yyyy-mm` or a year `yyyy`."""
    return f"dates/{period}/"


def period_pages(out: Here, spans: Spans) -> Iterator[Page]:
    """`/dates/`, and a page for each year and month in which something has a day, or to which something is dated."""
    shown = calendar_of(out)
    days = shown.days
    broad: dict[str, list[Broad]] = {}
    for one in spans.broad:
        for period in _periods(one.when):
            broad.setdefault(period, []).append(one)
    months = sorted({day[:7] for day in days} | {period for period in broad if len(period) == 7})
    years = sorted({month[:4] for month in months} | set(broad) - set(months))
    yield _index_page(years, months, out)
    for before, year, after in zip(["", *years], years, [*years[1:], ""], strict=False):
        yield from _year_pages(year, (before, after), months, broad.get(year, []), out)
    for before, month, after in zip(["", *months], months, [*months[1:], ""], strict=False):
        yield from _month_pages(month, (before, after), shown, broad.get(month, []), out)


def _periods(when: HistoricalDate) -> Iterator[str]:
    """The months or years on whose pages a broad date stands: its own, or those of the ends of a span."""
    for part in when.parts:
        if part:
            length = 4 if part.precision == "year" else 7
            yield from dict.fromkeys((part.earliest.isoformat()[:length], part.latest.isoformat()[:length]))


def _index_page(years: Sequence[str], months: Sequence[str], out: Here) -> Page:
    here = out.at("dates/")
    groups = tuple((_period_link(year, here), _months_of(year, months, here)) for year in years)
    html = render("dates.html", here=here, groups=groups, count=len(here.links.days))
    return _page(here.url, "Days", html, "Every year, month and day of the archive.")


def _months_of(year: str, months: Sequence[str], here: Here) -> tuple[tuple[Link, int], ...]:
    return tuple(
        (_period_link(month, here, MONTHS[int(month[5:])]), sum(day.startswith(month) for day in here.links.days))
        for month in months
        if month.startswith(year)
    )


def _year_pages(
    year: str, neighbours: tuple[str, str], months: Sequence[str], broad: Sequence[Broad], out: Here
) -> Iterator[Page]:
    here = out.at(period_url(year))
    crumbs = ("Days",)
    own = {"weeks": (), "months": _months_of(year, months, here), "days": ()}
    yield from _in_pages(year, crumbs, neighbours, broad, own, here)


def _month_pages(
    month: str, neighbours: tuple[str, str], shown: Calendar, broad: Sequence[Broad], out: Here
) -> Iterator[Page]:
    here = out.at(period_url(month))
    days = summaries([day for day in shown.days if day.startswith(month)], here)
    own = {"weeks": _weeks(int(month[:4]), int(month[5:]), shown, here), "months": (), "days": days}
    yield from _in_pages(month, ("Days", month[:4]), neighbours, broad, own, here)


def _in_pages(
    period: str,
    crumbs: tuple[str, ...],
    neighbours: tuple[str, str],
    broad: Sequence[Broad],
    own: Mapping[str, object],
    here: Here,
) -> Iterator[Page]:
    """The page of a month or year; what is dated to it goes on in others, without what is its `own`, if there is much."""
    ordered = _in_order(broad)
    starts = range(0, len(ordered) or 1, ON_ONE_PAGE)
    urls = [here.url if not start else f"{here.url}{start // ON_ONE_PAGE + 1}/" for start in starts]
    for start, url in zip(starts, urls, strict=True):
        there = here.at(url)
        html = render(
            "period.html",
            here=there,
            title=in_words(period),
            crumbs=tuple(
                _period_link(one, there) if one != "Days" else Link(one, there.to("dates/")) for one in crumbs
            ),
            weekdays=WEEK,
            broad=tuple(BroadEntry(there.link(source), when) for source, when in ordered[start : start + ON_ONE_PAGE]),
            neighbours=_neighbours(neighbours, there),
            pages=_pages(urls, url, there),
            **(own if not start else {"weeks": (), "months": (), "days": ()}),
        )
        yield _page(url, in_words(period), html, f"What the archive holds of {in_words(period)}.")


def _weeks(year: int, month: int, shown: Calendar, here: Here) -> tuple[tuple[Cell | None, ...], ...]:
    """The month as a calendar has it, in weeks from Sunday; None where a week belongs to another month."""
    weeks = calendar.Calendar(firstweekday=6).monthdayscalendar(year, month)
    return tuple(
        tuple(_cell(date(year, month, number), shown, here) if number else None for number in week) for week in weeks
    )


def _neighbours(periods: tuple[str, str], here: Here) -> tuple[Link, ...]:
    return tuple(
        _period_link(period, here, f"{arrow} {in_words(period)}" if arrow == "←" else f"{in_words(period)} {arrow}")
        for period, arrow in zip(periods, "←→", strict=True)
        if period
    )


def _period_link(period: str, here: Here, words: str = "") -> Link:
    return Link(words or in_words(period), here.to(period_url(period)), "date")


def _in_order(broad: Sequence[Broad]) -> list[tuple[Reference, str]]:
    """What is dated broadly, once for each of its dates, with the date in words."""
    ordered = sorted(broad, key=lambda one: (*one.when.sort_key(), str(one.source)))
    return list(dict.fromkeys((one.source, in_words(one.when)) for one in ordered))


def summaries(days: Sequence[str], here: Here) -> tuple[DaySummary, ...]:
    """The days with what was written, sent, happened or became of promises on them; of more than LISTED the first."""
    found = []
    for day in days:
        entries = here.links.days[day]
        named = [one for one in entries if one.group not in {"referred to", "in force"}]
        found.append(DaySummary(_day_link(day, here), entries_of(named, here)[:LISTED], len(entries) - len(named)))
    return tuple(found)
