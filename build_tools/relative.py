"""What an expression such as `earlier this week` means on the day on which it was written, and what is taken for granted.

Comes in: the words and the day they are counted from. Goes out: the days, as EDTF, and the convention that was needed to
find them; None for what is no expression known here. The editors' own judgement, in the edition, is not replaced by
this: `checking.dates` reports where the two cannot both be right, and the pages of days show both. Weeks run from Sunday
to Saturday, as American calendars have them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

NUMBERS = {word: number for number, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
)}  # fmt: skip
COUNT = rf"(?P<count>{'|'.join(NUMBERS)}|a|[0-9]{{1,3}})"
UNIT = r"(?P<unit>day|week|month)s?"
WEEKS = "weeks run from Sunday to Saturday"
COUNTED = "counted in whole days from the day of writing"
VAGUE = "how many is not said; the end is approximate"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression covers, and the convention it was counted by."""

    edtf: str
    assumption: str


def resolve(words: str, anchor: date) -> Resolved | None:
    """What the words mean if they were written on `anchor`; None if they are not understood, or lead out of the calendar."""
    plain = " ".join(words.casefold().replace("\u2019", "'").split())
    for pattern, rule in RULES:
        found = pattern.search(plain)
        if found:
            try:
                return rule(anchor, found)
            except OverflowError:
                return None
    return None


def sunday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _span(first: date, last: date, assumption: str) -> Resolved:
    return Resolved(first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}", assumption)


def _week(weeks: int) -> Callable[[date, re.Match[str]], Resolved]:
    def rule(anchor: date, _: re.Match[str]) -> Resolved:
        first = sunday_of(anchor) + timedelta(weeks=weeks)
        return _span(first, first + timedelta(days=6), WEEKS)

    return rule


def _earlier_this_week(anchor: date, _: re.Match[str]) -> Resolved:
    return _span(sunday_of(anchor), anchor, f"{WEEKS}; up to the day of writing")


def _later_this_week(anchor: date, _: re.Match[str]) -> Resolved:
    return _span(anchor, sunday_of(anchor) + timedelta(days=6), f"{WEEKS}; from the day of writing on")


def _weekend(anchor: date, _: re.Match[str]) -> Resolved:
    """Of a Saturday or Sunday the one it is; else the coming one."""
    saturday = anchor - timedelta(days=1) if anchor.weekday() == 6 else anchor + timedelta(days=5 - anchor.weekday())
    return _span(saturday, saturday + timedelta(days=1), "Saturday and Sunday")


def _day(days: int) -> Callable[[date, re.Match[str]], Resolved]:
    def rule(anchor: date, _: re.Match[str]) -> Resolved:
        day = anchor + timedelta(days=days)
        return _span(day, day, "counted from the day of writing")

    return rule


def _count(found: re.Match[str]) -> int:
    written = found["count"]
    return 1 if written == "a" else NUMBERS.get(written) or int(written)


def _length(found: re.Match[str]) -> timedelta:
    days = {"day": 1, "week": 7, "month": 30}[found["unit"]]
    return timedelta(days=days * _count(found))


def _last_many(anchor: date, found: re.Match[str]) -> Resolved:
    return _span(anchor - _length(found), anchor, COUNTED + _months(found))


def _next_many(anchor: date, found: re.Match[str]) -> Resolved:
    return _span(anchor, anchor + _length(found), COUNTED + _months(found))


def _ago(anchor: date, found: re.Match[str]) -> Resolved:
    day = anchor - _length(found)
    return _span(day, day, COUNTED + _months(found))


def _months(found: re.Match[str]) -> str:
    return "; a month taken as thirty days" if found["unit"] == "month" else ""


def _few(sign: int) -> Callable[[date, re.Match[str]], Resolved]:
    """A few, several, a couple: one at least; how many more is left open by the mark for what is approximate."""

    def rule(anchor: date, found: re.Match[str]) -> Resolved:
        days = {"day": 2, "week": 21, "month": 90}[found["unit"]]
        other = anchor + timedelta(days=sign * days)
        first, last = sorted((anchor, other))
        marks = ("~", "") if sign < 0 else ("", "~")
        return Resolved(f"{first.isoformat()}{marks[0]}/{last.isoformat()}{marks[1]}", VAGUE)

    return rule


def _month(months: int) -> Callable[[date, re.Match[str]], Resolved]:
    def rule(anchor: date, _: re.Match[str]) -> Resolved:
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError
        return Resolved(f"{year:04}-{month + 1:02}", "the calendar month")

    return rule


FEW = r"(?:few|several|couple of)"
RULES: tuple[tuple[re.Pattern[str], Callable[[date, re.Match[str]], Resolved]], ...] = tuple(
    (re.compile(rf"\b{pattern}\b"), rule)
    for pattern, rule in (
        (r"earlier this week", _earlier_this_week),
        (r"later this week", _later_this_week),
        (r"this week", _week(0)),
        (r"(?:last|past) week", _week(-1)),
        (r"next week", _week(1)),
        (r"this weekend", _weekend),
        (r"this month", _month(0)),
        (r"last month", _month(-1)),
        (r"next month", _month(1)),
        (r"yesterday", _day(-1)),
        (r"(?:today|tonight)", _day(0)),
        (r"tomorrow", _day(1)),
        (rf"(?:last|past) {FEW} {UNIT}", _few(-1)),
        (rf"(?:next|within|coming) {FEW} {UNIT}", _few(1)),
        (rf"(?:last|past) {COUNT} {UNIT}", _last_many),
        (rf"(?:next|within|coming) {COUNT} {UNIT}", _next_many),
        (rf"{COUNT} {UNIT} ago", _ago),
    )
)
