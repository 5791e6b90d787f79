"""The chronology: documents, messages, events and the lives of commitments drawn along time, at three distances.

`/chronology/` has the three fullest weeks, `/chronology/months/` the three fullest months, `/chronology/all/` everything;
there stretches without anything are shortened and marked. Below each picture stand the same things in a table, and the
way to every day. What is not sure fades at its edges. A lane with too much for single marks has one for each day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from build_tools.dates import HistoricalDate, in_words, read_date
from build_tools.identifiers import Reference
from build_tools.linking import DayEntry
from build_tools.model import Commitment, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.days import period_url, summaries
from build_tools.rendering.graphics import NARROW, WIDE, Lane, Mark, Scale, time_chart
from build_tools.rendering.templates import render

MANY = 60
"""Marks of one lane; beyond that each day of it has a mark that says how much there is."""
LIVES = "Lives of commitments"
LONGEST_LABEL = 34
LONGEST_GAP = 12
"""Days without anything that are drawn at their full length, where everything is drawn."""


@dataclass(frozen=True, slots=True)
class Level:
    """A distance from which time is looked at; `days` is 0 for all of it."""

    url: str
    title: str
    days: int
    tick: int


LEVELS = (
    Level("chronology/", "Three weeks", 21, 7),
    Level("chronology/months/", "Three months", 92, 14),
    Level("chronology/all/", "All of it", 0, 0),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in a lane: a document, message, event, or the life of a commitment."""

    reference: Reference
    label: str
    when: tuple[HistoricalDate, ...]
    """The date of it; of a life every date that is known, first and last among them."""
    kind: str = ""
    is_moment: bool = True
    """It happened at one time, so that a span says only between what days."""
    goes_on: bool = False
    """A life whose end is not known."""

    @property
    def start(self) -> date:
        return min(one.earliest for one in self.when)

    @property
    def end(self) -> date | None:
        ends = [one.latest for one in self.when]
        return None if None in ends else max(filter(None, ends))


@dataclass(frozen=True, slots=True)
class Row:
    """A thing in the table below the picture."""

    lane: str
    link: Link
    kind: str
    when: str


def chronology_pages(out: Here) -> Iterator[Page]:
    """The three levels, each with its picture, its table and the way to all days."""
    lanes = _lanes(out)
    for level in LEVELS:
        yield _page(level, lanes, out)


def chronology_picture(here: Here) -> Markup:
    """The three fullest weeks as the home page shows them: what happened, without the lives of commitments."""
    return _picture(LEVELS[0], [lane for lane in _lanes(here) if lane[0] != LIVES], here)


def _page(level: Level, lanes: Sequence[tuple[str, tuple[Thing, ...]]], out: Here) -> Page:
    here = out.at(level.url)
    first, last = _window(level, here)
    shown = tuple((title, tuple(one for one in things if _overlaps(one, first, last))) for title, things in lanes)
    rows = tuple(_row(title, one, here) for title, things in shown if len(things) <= MANY for one in things)
    days = [day for day in here.links.days if first.isoformat() <= day <= last.isoformat()]
    title = "Chronology" if level.url == "chronology/" else f"Chronology: {level.title.lower()}"
    html = render(
        "chronology.html",
        here=here,
        title=title,
        levels=tuple(Link(one.title, "" if one is level else here.to(one.url)) for one in LEVELS),
        span=_span_words(first, last) if days else "",
        shortened=not level.days,
        picture=_picture(level, lanes, here),
        rows=rows,
        crowded=tuple(title for title, things in shown if len(things) > MANY),
        days=summaries(days, here) if level.days and level.days <= LEVELS[0].days else (),
        months=_months(here),
        count=len(here.links.days),
    )
    return Page(
        url=here.url,
        title=title,
        html=html,
        section="chronology",
        body_class="list",
        description="Documents, messages, events and what became of promises, along time.",
    )


def _span_words(first: date, last: date) -> str:
    return in_words(read_date(f"{first.isoformat()}/{last.isoformat()}"))


def _months(here: Here) -> tuple[tuple[Link, tuple[tuple[Link, int], ...]], ...]:
    """Every year, and its months that have days."""
    counts = Counter(day[:7] for day in here.links.days)
    return tuple(
        (
            Link(in_words(year), here.to(period_url(year))),
            tuple((Link(in_words(month).split()[0], here.to(period_url(month))), counts[month]) for month in months),
        )
        for year, months in groupby(sorted(counts), key=lambda month: month[:4])
    )


# --- what stands in the lanes ---------------------------------------------------------------------------------------


def _lanes(here: Here) -> tuple[tuple[str, tuple[Thing, ...]], ...]:
    archive = here.archive
    documents = [
        Thing(document.reference, document.header.short_title, (read_date(document.header.date),))
        for document in archive.documents
        if document.header.date
    ]
    messages = [
        Thing(
            record.reference,
            record.value.number if record.value.form == "telegram" and record.value.number else record.value.name,
            (read_date(record.value.sent.date),),
        )
        for record in archive.messages
        if not record.value.document
    ]
    events = [
        Thing(record.reference, record.value.name, (read_date(record.value.when.date),), is_moment=False)
        for record in archive.events
    ]
    lives = [life for record in archive.commitments for life in _life(record)]
    lanes = (("Documents", documents), ("Messages", messages), ("Events", events), (LIVES, lives))
    return tuple((title, tuple(sorted(things, key=_thing_order))) for title, things in lanes if things)


def _life(record: Record[Commitment]) -> Iterator[Thing]:
    """From the day it was made to the last that anything is known of it."""
    value = record.value
    dates = tuple(map(read_date, dict.fromkeys((*value.dates, *(step.date for step in value.fate)))))
    if dates:
        last = max(value.fate, key=lambda step: read_date(step.date).sort_key()).status if value.fate else "open"
        ended = last in {"met", "lapsed"}
        yield Thing(record.reference, value.name, dates, value.kind, is_moment=False, goes_on=not ended)


def _thing_order(one: Thing) -> tuple[date, date, str]:
    return (one.start, one.end or date.max, str(one.reference))


def _overlaps(one: Thing, first: date, last: date) -> bool:
    return one.start <= last and (one.end or date.max) >= first


def _row(lane: str, one: Thing, here: Here) -> Row:
    if len(one.when) == 1:
        words = in_words(one.when[0])
    else:
        start, end = min(one.when, key=HistoricalDate.sort_key), max(one.when, key=HistoricalDate.sort_key)
        words = f"from {in_words(start)} to {in_words(end)}"
    return Row(lane, here.link(one.reference), one.kind, words + (", and on" if one.goes_on else ""))


# --- the window -----------------------------------------------------------------------------------------------------


def _window(level: Level, here: Here) -> tuple[date, date]:
    """The days of a level: the span of its length in which most was written, sent or happened; or all that there are."""
    days = here.links.days
    if not days:
        return date(1, 1, 1), date(1, 1, 2)
    if not level.days:
        return date.fromisoformat(min(days)), date.fromisoformat(max(days))
    counts = {
        date.fromisoformat(day): sum(entry.group in {"written", "sent", "happened"} for entry in entries)
        for day, entries in days.items()
    }
    return fullest(counts, level.days)


def fullest(counts: dict[date, int], length: int) -> tuple[date, date]:
    """The first and last of `length` days, beginning with one of the days counted, that have most; the earliest of equals."""
    ordered = sorted(counts)
    sums = [0]
    for day in ordered:
        sums.append(sums[-1] + counts[day])
    best, most = ordered[0], -1
    for index, day in enumerate(ordered):
        end = date.fromordinal(min(day.toordinal() + length, date.max.toordinal()))
        found = sums[bisect_left(ordered, end)] - sums[index]
        if found > most:
            best, most = day, found
    return best, date.fromordinal(min(best.toordinal() + length - 1, date.max.toordinal()))


# --- the picture ----------------------------------------------------------------------------------------------------


def _picture(level: Level, lanes: Sequence[tuple[str, tuple[Thing, ...]]], here: Here) -> Markup:
    if not here.links.days:
        return Markup("")
    first, last = _window(level, here)
    drawn = []
    for title, things in lanes:
        shown = [one for one in things if _overlaps(one, first, last)]
        if len(shown) > MANY:
            drawn.append(Lane(title, tuple(_counted(shown, first, last, here))))
        elif shown:
            drawn.append(Lane(title, tuple(_mark(one, first, last, here) for one in shown)))
    label, name = f"What happened, {_span_words(first, last)}", level.url.strip("/").replace("/", "-")
    return Markup('<div class="picture wide">{}</div><div class="picture narrow">{}</div>').format(
        time_chart(drawn, _scale(level, first, last, lanes, here, WIDE), label, name),
        time_chart(drawn, _scale(level, first, last, lanes, here, NARROW), label, f"{name}-narrow"),
    )


def _scale(
    level: Level, first: date, last: date, lanes: Sequence[tuple[str, tuple[Thing, ...]]], here: Here, width: int
) -> Scale:
    """Even for a level of some days, with a tick every so many; for all of it gaps count as LONGEST_GAP days at most."""
    if level.days:
        ticks = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, level.tick)]
        return Scale.even(first, last, ticks, width)
    busy = {date.fromisoformat(day) for day, entries in here.links.days.items() if _is_told(entries)} | {first, last}
    for _, things in lanes:
        busy.update(day for one in things for day in (one.start, one.end) if day and first <= day <= last)
    return Scale.shortened(sorted(busy), LONGEST_GAP, width)


def _is_told(entries: Iterable[DayEntry]) -> bool:
    """Whether something was done on the day, rather than only spoken of."""
    return any(entry.group in {"written", "sent", "happened", "fate"} for entry in entries)


def _mark(one: Thing, first: date, last: date, here: Here) -> Mark:
    """Edges fade where the date is doubtful or approximate, where it runs out of the picture, or is no day at all."""
    earliest, latest = _sharp(one, min), _sharp(one, max)
    return Mark(
        _label(one),
        here.href(one.reference),
        max(one.start, first),
        min(one.end or last, last),
        one.kind,
        fades_before=not earliest or one.start < first,
        fades_after=not latest or one.end is None or one.end > last or one.goes_on,
        steps=tuple(
            sorted(
                {when.earliest for when in one.when if when.earliest == when.latest and first <= when.earliest <= last}
            )
        )
        if len(one.when) > 1
        else (),
    )


def _sharp(one: Thing, which: Callable[..., HistoricalDate]) -> bool:
    """Whether the first, or the last, of its dates is a day without doubt, or the end of a span that really lasted."""
    found = which(one.when, key=HistoricalDate.sort_key)
    if found.uncertain or found.approximate or found.open_start or found.open_end:
        return False
    return found.earliest == found.latest or (found.joined == "to" and not one.is_moment)


def _counted(things: Sequence[Thing], first: date, last: date, here: Here) -> Iterator[Mark]:
    """One mark for all that begins on a day, or in a month where many years are drawn; it leads there."""
    by_month = (last - first).days > 400
    counts = Counter(max(one.start, first).replace(day=1) if by_month else max(one.start, first) for one in things)
    for day, count in sorted(counts.items()):
        at = here.to(period_url(day.isoformat()[:7]))
        href = at if by_month else here.href(Reference("date", day.isoformat())) or at
        start = max(day, first)
        yield Mark(f"{count}", href, start, start)


def _label(one: Thing) -> str:
    name = one.label.partition(",")[0]  # the day that follows stands on the axis
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
