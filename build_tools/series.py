"""Serial dating: what the numbers of a series say of the time at which its messages were sent.

Comes in: the messages of the archive. Goes out: for each message whose hour or day is not sure a `Bracket`, the dated
neighbours in its series between which it must lie, with what that cannot tell; and for each number that contradicts its
date a `Misplaced`. Both rest on one assumption, that numbers were given in the order of sending, so whatever is said
from them is an inference (grade C). Called by `checking.messages` and `rendering`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from build_tools.dates import HistoricalDate, moment_of, read_date
from build_tools.model import Message, Record

NUMBER = re.compile(r"([0-9]{1,9})(?:-[0-9]{2,4})?[a-z]?")
"""A number, perhaps with the year of the series or a letter behind it: `1159`, `55515-62`, `12a`."""
LAST_SECOND = timedelta(days=1, seconds=-1)
"""Of a day, counted from its midnight: a day does not touch the next."""


@dataclass(frozen=True, slots=True)
class Window:
    """The first moment a message can have been sent in, and the moment by which it was sent; None if nothing is known.

    Both in UTC, as far as the clock of the sender is known; else as that clock showed it.
    """

    start: datetime | None
    end: datetime | None

    def narrowed(self, other: Window) -> Window:
        """What both allow; the other's bound where this has none."""
        starts = [one for one in (self.start, other.start) if one is not None]
        ends = [one for one in (self.end, other.end) if one is not None]
        return Window(max(starts, default=None), min(ends, default=None))

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is no longer than a day."""
        return self.start is not None and self.end is not None and self.end - self.start < timedelta(days=1, hours=2)

    @property
    def is_empty(self) -> bool:
        """Whether no moment fits."""
        return self.start is not None and self.end is not None and self.start > self.end


@dataclass(frozen=True, slots=True)
class Bracket:
    """Between which dated neighbours of its series a message must lie."""

    message: str
    after: str = ""
    """Id of the dated message before it that says most; empty if there is none."""
    before: str = ""
    """Id of the dated message behind it that says most."""
    window: Window = Window(None, None)
    """What the neighbours allow, narrowed by the message's own date if that is sure and the two agree."""
    own: Window = Window(None, None)
    is_doubtful: bool = False
    """Its date is wider than a day, doubtful, or itself found from the numbers, so that the neighbours are its evidence."""
    contradicts: bool = False
    """Its own date, itself doubtful, does not lie between them."""
    missing_before: int = 0
    """Numbers between it and the neighbour before that the archive does not know."""
    missing_after: int = 0

    @property
    def says_more(self) -> bool:
        """Whether the neighbours tell more than the date does, or are what it rests on."""
        return self.contradicts or self.is_doubtful or self.window != self.own


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A number out of order with its date, and the dated neighbours that say so; either can be empty."""

    message: str
    after: str
    before: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A message at its place in the series."""

    id: str
    number: int
    window: Window
    is_evidence: bool
    """Its date is sure, and was not itself found from the numbers."""
    is_sure: bool
    """Its date is given without doubt, and may narrow what the neighbours say."""
    is_exact: bool
    """Its hour is known, so that nothing is left to bracket."""


def in_series(messages: Iterable[Record[Message]]) -> Mapping[str, tuple[Numbered, ...]]:
    """Series -> its messages in the order of their numbers; those whose number cannot be read are left out."""
    gathered: defaultdict[str, list[Record[Message]]] = defaultdict(list)
    for record in messages:
        if record.value.series and number_of(record.value) is not None:
            gathered[record.value.series].append(record)
    return {series: _numbered(gathered[series]) for series in sorted(gathered)}


def number_of(message: Message) -> int | None:
    """The number as a number; None if it has none or is not one."""
    found = NUMBER.fullmatch(message.number)
    return int(found[1]) if found else None


def brackets_of(messages: Iterable[Record[Message]]) -> Mapping[str, Bracket]:
    """Id of each numbered message whose hour is not known -> its bracket, if the series has dated neighbours."""
    return {one.message: one for line in in_series(messages).values() for one in _brackets(line)}


def misplaced(messages: Iterable[Record[Message]]) -> tuple[Misplaced, ...]:
    """The fewest messages without which the dates of every series never run against its numbers."""
    return tuple(one for line in in_series(messages).values() for one in _misplaced(line))


# --- a series -------------------------------------------------------------------------------------------------------


def _numbered(records: Sequence[Record[Message]]) -> tuple[Numbered, ...]:
    zones = {record.value.sent.zone for record in records if record.value.sent.zone}
    zone = next(iter(zones)) if len(zones) == 1 else ""
    ordered = sorted(records, key=lambda one: (number_of(one.value) or 0, one.id))
    return tuple(_one(record, zone) for record in ordered)


def _one(record: Record[Message], zone: str) -> Numbered:
    """A message whose clock is not named is taken to go by that of its series: it was sent from the same place."""
    sent = record.value.sent
    number = number_of(record.value) or 0
    try:
        when = read_date(sent.date, time=sent.time, zone=sent.zone or zone)
    except ValueError:  # which `checking.dates` reports
        return Numbered(record.id, number, Window(None, None), is_evidence=False, is_sure=False, is_exact=False)
    inferred = bool(sent.sources) and all(source.grade in {"C", "D"} for source in sent.sources)
    sure = not (when.uncertain or when.approximate)
    return Numbered(
        record.id,
        number,
        window_of(when),
        is_evidence=sure and not inferred,
        is_sure=sure,
        is_exact=bool(when.time) and sure,
    )


def window_of(when: HistoricalDate) -> Window:
    """From the first moment that the date can mean to the last; a known hour is one moment.

    A doubtful date bounds as a sure one does; who asks must know what the doubt is worth.
    """
    if when.time and when.earliest == when.latest:
        at = moment_of(when.earliest, when.time, when.zone)
        return Window(at, at)
    start = None if when.open_start else moment_of(when.earliest, "", when.zone)
    end = None if when.latest is None else moment_of(when.latest, "", when.zone) + LAST_SECOND
    return Window(start, end)


def _brackets(line: Sequence[Numbered]) -> Iterator[Bracket]:
    """Goes along the series once in each direction, keeping the bound that says most; of equals the nearest."""
    numbers = [one.number for one in line]
    for one, after, before in zip(line, _latest_start(line), _earliest_end(line), strict=True):
        if one.is_exact or not (after or before):
            continue
        between = Window(after.window.start if after else None, before.window.end if before else None)
        both = one.window.narrowed(between)
        yield Bracket(
            one.id,
            after.id if after else "",
            before.id if before else "",
            both if one.is_sure and not both.is_empty else between,
            one.window,
            is_doubtful=not one.is_evidence or not one.window.is_of_a_day,
            contradicts=both.is_empty and not between.is_empty,
            missing_before=_missing(numbers, after.number, one.number) if after else 0,
            missing_after=_missing(numbers, one.number, before.number) if before else 0,
        )


def _latest_start(line: Sequence[Numbered]) -> list[Numbered | None]:
    """For each message the one of a lower number that begins last."""
    found: list[Numbered | None] = []
    best: Numbered | None = None
    for same in _by_number(line):
        found.extend(best for _ in same)
        for one in same:
            start = one.window.start
            if one.is_evidence and start and (best is None or not best.window.start or start >= best.window.start):
                best = one
    return found


def _earliest_end(line: Sequence[Numbered]) -> list[Numbered | None]:
    """For each message the one of a higher number that ends first."""
    found: list[Numbered | None] = []
    best: Numbered | None = None
    for same in reversed(_by_number(line)):
        found.extend(best for _ in same)
        for one in same:
            end = one.window.end
            if one.is_evidence and end and (best is None or not best.window.end or end <= best.window.end):
                best = one
    return found[::-1]


def _by_number(line: Sequence[Numbered]) -> list[list[Numbered]]:
    """Messages of one number (`12` and `12a`) together: they say nothing of each other."""
    return [list(group) for _, group in groupby(line, key=lambda one: one.number)]


def _missing(numbers: Sequence[int], low: int, high: int) -> int:
    """How many numbers lie between the two that the archive has no message of."""
    known = len(set(numbers[bisect_right(numbers, low) : bisect_left(numbers, high)]))
    return max(high - low - 1 - known, 0)


# --- what does not fit ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chain:
    """A message and those before it that stand in order, the last first."""

    index: int
    before: _Chain | None


def _misplaced(line: Sequence[Numbered]) -> Iterator[Misplaced]:
    dated = [one for one in line if one.is_evidence and one.window.start and one.window.end]
    if not _runs_backwards(dated):
        return
    kept = _longest_in_order(dated)
    for index, one in enumerate(dated):
        at = bisect_left(kept, index)
        if at == len(kept) or kept[at] != index:
            after = dated[kept[at - 1]].id if at else ""
            before = dated[kept[at]].id if at < len(kept) else ""
            yield Misplaced(one.id, after, before)


def _runs_backwards(dated: Sequence[Numbered]) -> bool:
    """Whether a message ends before one of a lower number begins."""
    latest: datetime | None = None
    for one in dated:
        start, end = one.window.start, one.window.end
        if latest and end and end < latest:
            return True
        latest = max(filter(None, (latest, start)), default=None)
    return False


def _longest_in_order(dated: Sequence[Numbered]) -> list[int]:
    """The indices of as many messages as can each be given a moment of their windows, never earlier than the last.

    `ends[k]` is the earliest moment at which k + 1 messages in order can end, `chains[k]` those messages. A window that
    begins at s and ends at e opens a better end at s, and lengthens each chain that ends in it.
    """
    ends: list[datetime] = []
    chains: list[_Chain] = []
    for index, one in enumerate(dated):
        start, end = one.window.start, one.window.end
        assert start is not None  # as of all that are dated
        assert end is not None
        first, last = bisect_right(ends, start), bisect_right(ends, end)
        longer = [_Chain(index, chains[at]) for at in range(first, last)]
        opened = _Chain(index, chains[first - 1] if first else None)
        ends[first : last + 1] = [start, *ends[first:last]]
        chains[first : last + 1] = [opened, *longer]
    kept: list[int] = []
    chain = chains[-1] if chains else None
    while chain:
        kept.append(chain.index)
        chain = chain.before
    return kept[::-1]
