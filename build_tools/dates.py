"""Historical dates: EDTF (ISO 8601-2) in, bounds, words and the days that are touched out.

A date of the archive may be a day, a month, a year, a season, an interval with open ends, a choice or a list, each
doubtful (`?`), approximate (`~`) or both (`%`). The plain forms, nearly all there are, are read here in a microsecond;
what is rarer goes to the `edtf` package, imported when first needed, whose parser takes some ten milliseconds. Its
traps are closed here: it accepts reversed intervals, blanks at the end and the year 0, and loses the time of day
(ADR 0011).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as clock_time
from functools import lru_cache
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

Precision = Literal["day", "month", "year", "season", "span"]
Joined = Literal["", "to", "or", "and"]

LONGEST = 200
"""Characters; the parser behind takes time that grows with the text."""
LONGEST_SHORT_INTERVAL = 31
"""Days; see `days_touched`."""
QUALIFIED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(?::[0-9]{2})?)?")
UNKNOWN_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-XX([?~%]?)")
DECADE = re.compile(r"([0-9]{3})X([?~%]?)")
OFFSET = re.compile(r"Z|[+-][0-9]{2}(?::[0-9]{2})?")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
JULIAN = re.compile(r"julian|@#d|[0-9] ?(?:j|o\.? ?s\.?)$", re.IGNORECASE)
"""How people write that a date is of the old style: `1917-10-25 O.S.`, `1917-10-25J`."""
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
"""EDTF's numbers in the place of the month, with the first month of three; of the northern hemisphere."""
FORM = "Write it as EDTF: 1962-11-03, 1962-11, 1962-10-28/1962-11-03, with ? if uncertain, ~ if approximate"
"""What a Problem about a date advises."""


class ReversedDateError(ValueError):
    """An interval ends before it begins."""


@dataclass(frozen=True, slots=True)
class Part:
    """One day, month, year, season or other span of a date, and how it is qualified."""

    edtf: str
    precision: Precision
    earliest: date
    latest: date
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """When something was: the EDTF text, its bounds, and what limits them.

    `earliest` and `latest` are the first and last day it can mean; `earliest` is `date.min` where the start is open or
    unknown, `latest` is None where the end is. `parts` has one member for a plain date, two for an interval (None for
    an open end), more for a choice (`joined` is "or") or a list ("and").
    """

    edtf: str
    earliest: date
    latest: date | None
    parts: tuple[Part | None, ...]
    joined: Joined = ""
    uncertain: bool = False
    approximate: bool = False
    open_start: bool = False
    open_end: bool = False
    time: str = ""
    """`hh:mm` or `hh:mm:ss`, as the clock of `zone` showed it."""
    zone: str = ""
    """As given: `Washington`, `Z`, `-04:00`; empty if unknown."""
    as_written: str = ""

    def sort_key(self) -> tuple[date, date, bool, str, str]:
        """Orders by earliest day, latest day, the doubtful after the certain, time, then text; an open end comes last."""
        return (self.earliest, self.latest or date.max, self.uncertain or self.approximate, self.time, self.edtf)


@dataclass(frozen=True, slots=True, order=True)
class TouchedDay:
    """A day `yyyy-mm-dd` and how sure it is: empty, `probably`, `about`, `probably about`."""

    day: str
    certainty: str = ""


# --- reading --------------------------------------------------------------------------------------------------------


def read_date(text: str, *, time: str = "", zone: str = "", as_written: str = "") -> HistoricalDate:
    """The date that the EDTF `text` means, with the time of day that stands beside it.

    Raises ValueError with a sentence that says what is wrong; ReversedDateError if an interval ends before it begins.
    """
    if time and not CLOCK.fullmatch(time):
        raise ValueError(f"{time!r} is not a time of day; write it as hh:mm, from 00:00 to 23:59")
    found = _read(text)
    if not (time or zone or as_written):
        return found
    return replace(found, time=time or found.time, zone=zone or found.zone, as_written=as_written)


@lru_cache(maxsize=65_536)
def _read(text: str) -> HistoricalDate:
    if not text or len(text) > LONGEST:
        raise ValueError(f"{'there is no date' if not text else 'the date is too long'}")
    if JULIAN.search(text):
        raise ValueError(f"{text!r} is of the Julian calendar; give the Gregorian day, and this one under as_written")
    if text.split() != [text]:
        raise ValueError(f"{text!r} has blanks in it")
    if with_time := WITH_TIME.fullmatch(text):
        if not CLOCK.fullmatch(with_time[2]):
            raise ValueError(f"{text!r} has no such time of day")
        part = _part(with_time[1])
        return replace(_alone(part, text), time=with_time[2].removesuffix(":00"), zone=with_time[3] or "")
    if "/" in text and text[0] not in "[{":
        return _interval(text)
    if text[0] in "[{":
        return _set(text)
    return _alone(_part(text), text)


def _alone(part: Part, text: str) -> HistoricalDate:
    return HistoricalDate(
        text, part.earliest, part.latest, (part,), uncertain=part.uncertain, approximate=part.approximate
    )


def _interval(text: str) -> HistoricalDate:
    if text.count("/") != 1:
        raise ValueError(f"{text!r} has more than two ends")
    written_start, written_end = text.split("/")
    start = None if written_start in {"", ".."} else _part(written_start)
    end = None if written_end in {"", ".."} else _part(written_end)
    return _between(start, end, text)


def _between(start: Part | None, end: Part | None, text: str) -> HistoricalDate:
    if not start and not end:
        raise ValueError(f"{text!r} has no end that is known")
    if start and end and start.earliest > end.latest:
        raise ReversedDateError(f"{text!r} ends before it begins")
    given = [part for part in (start, end) if part]
    return HistoricalDate(
        text,
        earliest=start.earliest if start else date.min,
        latest=end.latest if end else None,
        parts=(start, end),
        joined="to",
        uncertain=any(part.uncertain for part in given),
        approximate=any(part.approximate for part in given),
        open_start=start is None,
        open_end=end is None,
    )


def _set(text: str) -> HistoricalDate:
    """`[a,b]` one of them, `{a,b}` all of them, with `..` for what lies between, before or after."""
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 3:
        raise ValueError(f"{text!r} is not closed")
    members = [_member(member, text) for member in text[1:-1].split(",")]
    if len(members) == 1:
        return replace(members[0], edtf=text, uncertain=members[0].uncertain or text[0] == "[")
    latest = [member.latest for member in members]
    return HistoricalDate(
        text,
        earliest=min(member.earliest for member in members),
        latest=None if None in latest else max(filter(None, latest)),
        parts=tuple(part for member in members for part in member.parts),
        joined="or" if text[0] == "[" else "and",
        uncertain=text[0] == "[" or any(member.uncertain for member in members),
        approximate=any(member.approximate for member in members),
        open_start=any(member.open_start for member in members),
        open_end=any(member.open_end for member in members),
    )


def _member(member: str, text: str) -> HistoricalDate:
    if not member:
        raise ValueError(f"{text!r} has an empty member")
    start, dots, end = member.partition("..")
    if not dots:
        return _alone(_part(member), member)
    return _between(_part(start) if start else None, _part(end) if end else None, text)


def _part(text: str) -> Part:
    """One date without ends: by our own way if it is plain, else through the `edtf` package."""
    if plain := QUALIFIED.fullmatch(text):
        year, month, day, mark = int(plain[1]), int(plain[2] or 0), int(plain[3] or 0), plain[4]
        flags = (mark in {"?", "%"}, mark in {"~", "%"})
        if year == 0:
            raise ValueError(f"{text!r}: there is no year 0 in this archive; the years are 1 to 9999")
        if plain[3]:
            on = _day(year, month, day, text)
            return Part(text, "day", on, on, *flags)
        if month in SEASONS:
            return Part(text, "season", *_season(year, month), *flags)
        if plain[2]:
            return Part(text, "month", *_month(year, month, text), *flags)
        return Part(text, "year", date(year, 1, 1), date(year, 12, 31), *flags)
    return _rare(text)


def _day(year: int, month: int, day: int, text: str) -> date:
    _month(year, month, text)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"{text!r}: {calendar.month_name[month]} {year} has {last} days, not a day {day}")
    return date(year, month, day)


def _month(year: int, month: int, text: str) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r}: there is no month {month:02}")
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _season(year: int, number: int) -> tuple[date, date]:
    """Three whole months; winter goes on into the next year, unless there is none."""
    first = SEASONS[number][1]
    if number != 24:
        return date(year, first, 1), _month(year, first + 2, "")[1]
    return date(year, 12, 1), _month(year + 1, 2, "")[1] if year < 9999 else date(year, 12, 31)


def _rare(text: str) -> Part:
    from edtf import EDTFParseException, parse_edtf  # 0.13 s to import, and hardly ever needed

    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        earliest, latest = date(*lower[:3]), date(*upper[:3])
    except EDTFParseException as unreadable:
        raise ValueError(f"{text!r} is not a date") from unreadable
    except (ValueError, TypeError, OverflowError, AttributeError) as beyond:
        raise ValueError(f"{text!r} lies beyond the years 1 to 9999, or is not one date") from beyond
    if earliest > latest:
        raise ReversedDateError(f"{text!r} ends before it begins")
    precision: Precision = "day" if earliest == latest else "span"
    uncertain = "?" in text or "%" in text
    return Part(text, precision, earliest, latest, uncertain, "~" in text or "%" in text)


# --- days -----------------------------------------------------------------------------------------------------------


def days_touched(when: HistoricalDate) -> tuple[TouchedDay, ...]:
    """The days whose pages tell of this date, in order.

    A date of day precision touches its day; `1962-11` touches none, for it says of no day that anything happened on it.
    Of an interval the two ends are touched, as far as they are days, if it has at most 31 days: such ends are events
    (talks opened, a ship sailed). The ends of a longer one mostly bound what is not known, and would put it on the
    pages of two days that it says little about. An open interval touches the end that is known: there something began.
    """
    if when.joined == "to" and when.parts[0] and when.parts[1]:
        length = (when.parts[1].latest - when.parts[0].earliest).days + 1
        if length > LONGEST_SHORT_INTERVAL:
            return ()
    choice = when.joined == "or" or (when.joined == "to" and when.edtf.startswith("["))
    days = {
        TouchedDay(part.earliest.isoformat(), _certainty(part.uncertain or choice, part.approximate))
        for part in when.parts
        if part and part.precision == "day"
    }
    return tuple(sorted(days))


def day_of(text: str) -> date | None:
    """The day that `yyyy-mm-dd` names; None if it names none."""
    plain = QUALIFIED.fullmatch(text)
    if not plain or not plain[3] or plain[4]:
        return None
    try:
        return date(int(plain[1]), int(plain[2]), int(plain[3]))
    except ValueError:
        return None


# --- clocks ---------------------------------------------------------------------------------------------------------

CLOCKS = {
    "Washington": "America/New_York",
    "New York": "America/New_York",
    "Moscow": "Europe/Moscow",
    "Havana": "America/Havana",
    "London": "Europe/London",
    "UTC": "UTC",
    "GMT": "UTC",
}
"""Cities that a record may name as its zone, as the tz database knows them; its own names may be given too."""
TZ_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)+")


def clock_of(zone: str) -> tzinfo | None:
    """The clock that a record's zone names: a city above, a name of the tz database, an offset; None if it is unknown.

    Raises ValueError for what is written as an offset or a name of the database and is none.
    """
    if OFFSET.fullmatch(zone):
        hours, _, minutes = zone.removeprefix("Z").partition(":")
        offset = timedelta(hours=int(hours or 0), minutes=int(hours[:1] + minutes) if minutes else 0)
        return timezone(offset)  # which refuses a whole day and more
    name = CLOCKS.get(zone, zone)
    if "/" not in name:
        if zone.startswith(("+", "-", "−")):
            raise ValueError(f"{zone!r} is not an offset from UTC, such as -05:00")
        return UTC if name == "UTC" else None
    if not TZ_NAME.fullmatch(name):
        raise ValueError(f"{zone!r} is not a name of the tz database")
    try:
        # of the package that is locked with the others, not of the machine, so that every build converts alike
        with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ValueError) as unknown:
        raise ValueError(f"{zone!r} is not in the tz database") from unknown


def moment_of(day: date, time: str, zone: str) -> datetime:
    """That time of that day (its midnight if none is given) in UTC; as the clock showed it where the zone is unknown."""
    shown = datetime.combine(day, clock_time.fromisoformat(time or "00:00"))
    clock = _clock(zone)
    if clock is None:
        return shown
    try:
        return shown.replace(tzinfo=clock).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # in the first hours of the year 1, and the last of 9999
        return shown


def shown_at(moment: datetime, zone: str) -> datetime:
    """What the clock of a zone showed at a moment that is given in UTC; the moment itself if the zone is unknown."""
    clock = _clock(zone)
    if clock is None:
        return moment
    try:
        return moment.replace(tzinfo=UTC).astimezone(clock).replace(tzinfo=None)
    except OverflowError:
        return moment


def is_clock(zone: str) -> bool:
    """Whether the zone names a clock that can be converted into others."""
    return _clock(zone) is not None


@lru_cache(maxsize=256)
def _clock(zone: str) -> tzinfo | None:
    try:
        return clock_of(zone)
    except ValueError:  # which `checking.dates` reports
        return None


# --- words ----------------------------------------------------------------------------------------------------------


def in_words(when: HistoricalDate | str) -> str:
    """The date as a sentence has it: `Saturday 3 November 1962`, `28 October – 3 November 1962`, `about November 1962`.

    A text is read as EDTF first, with the errors of `read_date`.
    """
    if isinstance(when, str):
        when = read_date(when)
    if when.joined == "to":
        words = _interval_in_words(when)
    elif when.joined:
        words = _list_in_words([_part_in_words(part) for part in when.parts if part], when.joined)
    else:
        words = _part_in_words(when.parts[0], weekday=True) if when.parts[0] else ""
    return words + _time_in_words(when)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _certainty(uncertain: bool, approximate: bool) -> str:
    return " ".join(word for word, holds in (("probably", uncertain), ("about", approximate)) if holds)


def _part_in_words(part: Part, *, weekday: bool = False) -> str:
    qualified = _certainty(part.uncertain, part.approximate)
    # the day of the week of a day that is only approximate would claim too much
    return " ".join(filter(None, (qualified, _bare(part, weekday=weekday and not part.approximate))))


def _bare(part: Part, *, weekday: bool = False, year: bool = True, month: bool = True) -> str:
    """The part without its qualification; year and month can be left to the other end of an interval."""
    first, last = part.earliest, part.latest
    tail = f" {first.year}" if year else ""
    if part.precision == "day":
        name = f"{WEEKDAYS[first.weekday()]} " if weekday else ""
        return f"{name}{first.day}" + (f" {MONTHS[first.month]}" if month or year else "") + tail
    if part.precision == "month":
        return f"{MONTHS[first.month]}{tail}"
    if part.precision == "year":
        return f"{first.year}"
    if part.precision == "season":
        return f"{SEASONS[int(part.edtf[5:7])][0]} {first.year}"
    if UNKNOWN_DAY.fullmatch(part.edtf):
        return f"a day in {MONTHS[first.month]}{tail}"
    if DECADE.fullmatch(part.edtf):
        return f"the {first.year}s"
    return f"between {_plain(first)} and {_plain(last)}"


def _plain(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _interval_in_words(when: HistoricalDate) -> str:
    start, end = when.parts
    choice = when.edtf.startswith("[")
    if not start:
        return f"{'on or before' if choice else 'until'} {_part_in_words(end)}" if end else ""
    if not end:
        return f"{'on or after' if choice else 'from'} {_part_in_words(start)}"
    if choice:
        return f"between {_part_in_words(start)} and {_part_in_words(end)}"
    if _bare(start) == _bare(end):
        return _part_in_words(start if start.uncertain or start.approximate else end)
    alike = start.precision == end.precision and start.precision in {"day", "month"}
    same_year = alike and start.earliest.year == end.earliest.year
    same_month = same_year and start.precision == "day" and start.earliest.month == end.earliest.month
    plain = not any(part.uncertain or part.approximate for part in (start, end))
    if same_month and plain:
        return f"{start.earliest.day}–{_bare(end)}"
    opening = " ".join(filter(None, (_certainty(start.uncertain, start.approximate), _bare(start, year=not same_year))))
    return f"{opening} – {_part_in_words(end)}"


def _list_in_words(words: list[str], joined: str) -> str:
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"


def _time_in_words(when: HistoricalDate) -> str:
    if not when.time:
        return ""
    zone = when.zone
    if OFFSET.fullmatch(zone):
        zone = "UTC" + zone.removeprefix("Z").replace("-", "−")
    return f", {when.time}" + (f" {zone}" if zone else "")
