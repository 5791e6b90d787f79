"""Dates as the styles write them: `November 3, 1962`, `3 Nov. 1962`, `1962, November 3`.

A day, month or year and an interval between two of them have a form in each style. What no style knows (open ends,
choices, seasons) is said in the words of `dates.in_words`, alike in all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from build_tools.dates import MONTHS, HistoricalDate, Part, in_words

Order = Literal["month first", "day first"]
ABBREVIATED = ("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
PLAIN = frozenset({"day", "month", "year"})


def parts_of(when: HistoricalDate) -> tuple[Part, ...]:
    """The one part of a date, or the two ends of an interval, if a style has a form for it; else nothing."""
    given = tuple(part for part in when.parts if part is not None)
    styled = len(given) == len(when.parts) and all(part.precision in PLAIN for part in given)
    if not styled or when.edtf[:1] in "[{" or not (len(given) == 1 or when.joined == "to"):
        return ()
    if len({part.precision for part in given}) > 1:
        return ()
    return given[:1] if len(given) == 2 and given[0].earliest == given[1].earliest else given


def in_other_words(when: HistoricalDate) -> str:
    """A date for which the styles have no form, without its time of day."""
    return in_words(replace(when, time=""))


def written(when: HistoricalDate, order: Order) -> str:
    """The date in full months and the American order, or in MLA's abbreviated months with the day first; unqualified."""
    parts = parts_of(when)
    if not parts:
        return in_other_words(when)
    if len(parts) == 1:
        return _written(parts[0], order)
    start, end = parts
    same_year = start.earliest.year == end.earliest.year
    same_month = same_year and start.precision == "day" and start.earliest.month == end.earliest.month
    if same_month and order == "month first":
        return f"{MONTHS[start.earliest.month]} {start.earliest.day}–{end.earliest.day}, {end.earliest.year}"
    if same_month:
        return f"{start.earliest.day}–{_written(end, order)}"
    if same_year and start.precision != "year":
        return f"{_written(start, order, year=False)}–{_written(end, order)}"
    return f"{_written(start, order)}–{_written(end, order)}"


def years(when: HistoricalDate) -> str:
    """`1962`, `1962–1963`; in words what has no such form."""
    parts = parts_of(when)
    return "–".join(dict.fromkeys(str(part.earliest.year) for part in parts)) or in_other_words(when)


def months_and_days(when: HistoricalDate) -> str:
    """What APA puts behind the year: `November 3`, `October 28–November 3`; empty if only the year is known."""
    parts = parts_of(when)
    if not parts or parts[0].precision == "year":
        return ""
    if len(parts) == 2 and parts[0].precision == "day" and _month(parts[0]) == _month(parts[1]):
        return f"{MONTHS[parts[0].earliest.month]} {parts[0].earliest.day}–{parts[1].earliest.day}"
    return "–".join(_written(part, "month first", year=False) for part in parts)


def _month(part: Part) -> tuple[int, int]:
    return part.earliest.year, part.earliest.month


def _written(part: Part, order: Order, *, year: bool = True) -> str:
    day = part.earliest
    if part.precision == "year":
        return str(day.year)
    if order == "day first":
        words = f"{day.day} " if part.precision == "day" else ""
        return f"{words}{ABBREVIATED[day.month]}" + (f" {day.year}" if year else "")
    if part.precision == "month":
        return MONTHS[day.month] + (f" {day.year}" if year else "")
    return f"{MONTHS[day.month]} {day.day}" + (f", {day.year}" if year else "")
