"""How every commitment stood on each day: archive -> the days on which something changed, and the states on any day.

A step of a fate counts from the day by which it has certainly come about: its day, or the last day of its span. A span
without an end counts from its beginning, as something that went on; one that only says *on or after* is placed on no
day. Of the steps that have come about, the one that stands last in the record is in force, so that the state after the
last day is the one the record ends with. Nothing is guessed: a step whose span has begun is reported as possible.
Linear in the steps; a full table of states is made only for the day that is asked for. Called by `rendering`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from build_tools.dates import HistoricalDate, read_date
from build_tools.model import Archive, Commitment, FateStep, Status

Counted = Literal["on", "by", "from"]
"""How a day counts: the thing was on it, at some time up to it, or went on from it."""
STATUSES: tuple[Status, ...] = get_args(Status)
NOT_YET: Status = "open"
"""The status of a commitment that was made and of which nothing has come yet."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step of a fate, or the making of a commitment (`step` is None), with the day from which it counts."""

    day: date
    counted: Counted
    edtf: str
    index: int
    """Of the step in the fate; -1 for the making."""
    step: FateStep | None
    possible_from: date
    """From this day on it may have come about."""


@dataclass(frozen=True, slots=True)
class State:
    """How a commitment stands on a day."""

    commitment: str
    status: Status
    placed: Placed
    """What brought it into this state."""
    possible: tuple[Placed, ...] = ()
    """Later steps that may have come about already."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What came about for a commitment on a day; `before` is empty if it was not made yet.

    A step need not change the status: a promise may be stated twice.
    """

    commitment: str
    before: Status | Literal[""]
    after: Status
    placed: tuple[Placed, ...]

    @property
    def is_new(self) -> bool:
        return not self.before


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something changed, and how many commitments were in each status at its end."""

    day: date
    changed: tuple[Changed, ...]
    counts: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The course of all commitments."""

    courses: Mapping[str, tuple[Placed, ...]]
    """Id -> its making and its steps, in the order of their days."""
    days: tuple[Day, ...]
    unplaced: tuple[tuple[str, FateStep], ...]
    """Steps of which no day can be named by which they came about."""

    def states_on(self, day: date) -> tuple[State, ...]:
        """Every commitment made by that day, in the order of ids, with its state at the end of the day."""
        found = (_state(name, course, day) for name, course in self.courses.items())
        return tuple(state for state in found if state)


def standing_of(archive: Archive) -> Standing:
    """The course of every commitment of the archive, and the days on which any of them changed."""
    courses: dict[str, tuple[Placed, ...]] = {}
    unplaced: list[tuple[str, FateStep]] = []
    for record in archive.commitments:
        course, nowhere = course_of(record.value)
        unplaced.extend((record.id, step) for step in nowhere)
        if course:
            courses[record.id] = course
    return Standing(courses, _days(courses), tuple(unplaced))


def last_status(value: Commitment) -> Status:
    """The status of its last step; `open` if nothing is known to have come of it."""
    return value.fate[-1].status if value.fate else NOT_YET


def counts_from(when: HistoricalDate) -> tuple[date, Counted] | None:
    """The day by which it has come about, and how that day counts; None if no such day can be named."""
    if when.latest is None:
        start = when.parts[0] if when.open_end and when.joined == "to" and not when.edtf.startswith("[") else None
        return (start.latest, "from") if start else None
    return when.latest, "on" if when.earliest == when.latest else "by"


def course_of(value: Commitment) -> tuple[tuple[Placed, ...], list[FateStep]]:
    """The making and the steps of one commitment in the order of their days, and the steps that have no day."""
    placed: list[Placed] = []
    nowhere: list[FateStep] = []
    for index, step in enumerate(value.fate):
        one = _placed(step.date, index, step)
        if one:
            placed.append(one)
        else:
            nowhere.append(step)
    made = [one for one in (_placed(text, -1, None) for text in value.dates) if one]
    first = min(made, key=lambda one: one.day, default=None)
    if first and all(first.day < one.day for one in placed):
        placed.append(first)
    return tuple(sorted(placed, key=lambda one: (one.day, one.index))), nowhere


def _placed(edtf: str, index: int, step: FateStep | None) -> Placed | None:
    when = read_date(edtf)
    found = counts_from(when)
    return Placed(*found, edtf, index, step, when.earliest) if found else None


def _state(name: str, course: tuple[Placed, ...], day: date) -> State | None:
    come = [one for one in course if one.day <= day]
    if not come:
        return None
    placed = max(come, key=lambda one: one.index)
    possible = tuple(one for one in course if one.possible_from <= day < one.day and one.index > placed.index)
    return State(name, _status(placed), placed, possible)


def _status(placed: Placed) -> Status:
    return placed.step.status if placed.step else NOT_YET


def _days(courses: Mapping[str, tuple[Placed, ...]]) -> tuple[Day, ...]:
    on: defaultdict[date, defaultdict[str, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for name, course in courses.items():
        for placed in course:
            on[placed.day][name].append(placed)
    now: dict[str, Placed] = {}
    counts: Counter[Status] = Counter()
    days: list[Day] = []
    for day in sorted(on):
        changed: list[Changed] = []
        for name, come in on[day].items():
            before = now.get(name)
            after = max((*come, before) if before else come, key=lambda one: one.index)
            now[name] = after
            if before:
                counts[_status(before)] -= 1
            counts[_status(after)] += 1
            changed.append(Changed(name, _status(before) if before else "", _status(after), tuple(come)))
        days.append(Day(day, tuple(changed), {one: counts[one] for one in STATUSES if counts[one]}))
    return tuple(days)
