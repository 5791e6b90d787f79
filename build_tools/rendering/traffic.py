"""The traffic of messages drawn: a lane for each series and one for letters, time downward, arrows for what answers what.

Every message has a row of its own, so that its words stand beside its mark on a phone as on paper; a table below has the
same in words. A large archive has a page for each month, and a month with very much traffic a mark for each day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from build_tools.dates import HistoricalDate, in_words, read_date
from build_tools.identifiers import Reference
from build_tools.model import Message, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.graphics import Arrow, Station, traffic_picture
from build_tools.rendering.messages import Placed, Sending, placed_of, relations_briefly, series_words
from build_tools.rendering.records import agents_in_words, date_link
from build_tools.rendering.templates import render
from build_tools.series import window_of

IN_ONE_PICTURE = 120
"""Messages; of more there is a picture for each month, and of a month with more a mark for each day of each series."""
LANES = 7
"""Series that have a lane of their own, the largest; the others share one."""
DRAWN = ("answers", "amends", "transmits", "encloses", "follows up")
LETTERS, OTHERS = "Letters, statements and other texts", "Other series"


@dataclass(frozen=True, slots=True)
class Row:
    """A message in the table beside the picture."""

    sent: Link
    lane: str
    link: Link
    sender: tuple[Link, ...]
    addressee: tuple[Link, ...]
    placed: Placed | None
    relations: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Sent:
    """A message at its place in time."""

    record: Record[Message]
    when: HistoricalDate
    from_hour: datetime
    """From when on it can have been sent, as near as date and number say."""


def traffic_pages(out: Here, sending: Sending) -> Iterator[Page]:
    """`/messages/traffic/`, and of a large archive a page for each month in which something was sent."""
    ordered = sorted((_sent(record, sending) for record in out.archive.messages), key=_order)
    if len(ordered) <= IN_ONE_PICTURE:
        yield _page("messages/traffic/", "The traffic of messages", ordered, (), out, sending)
        return
    months = {month: list(sent) for month, sent in groupby(ordered, key=lambda one: one.when.earliest.isoformat()[:7])}
    here = out.at("messages/traffic/")
    ways = tuple((Link(in_words(month), here.to(_month_url(month))), len(sent)) for month, sent in months.items())
    yield _page(here.url, "The traffic of messages", [], ways, out, sending)
    for month, sent in months.items():
        yield _page(_month_url(month), f"The traffic of messages, {in_words(month)}", sent, (), out, sending)


def _month_url(month: str) -> str:
    return f"messages/traffic/{month}/"


def _sent(record: Record[Message], sending: Sending) -> _Sent:
    given = record.value.sent
    when = read_date(given.date, time=given.time, zone=given.zone or sending.zone)
    bracket = sending.brackets.get(record.id)
    start = (bracket.window if bracket else window_of(when)).start
    return _Sent(record, when, start or datetime.combine(when.earliest, datetime.min.time()))


def _order(one: _Sent) -> tuple[date, date, datetime, str, int, str, str]:
    """By day, those that may be of a later day too behind those that are not; then by hour."""
    value = one.record.value
    last = one.when.latest or date.max
    return (one.when.earliest, last, one.from_hour, value.series, len(value.number), value.number, one.record.id)


def _page(
    url: str, title: str, sent: Sequence[_Sent], ways: tuple[tuple[Link, int], ...], out: Here, sending: Sending
) -> Page:
    here = out.at(url)
    lanes = _lanes(sent)
    crowded = len(sent) > IN_ONE_PICTURE
    stations = _by_day(sent, lanes, here) if crowded else [_station(one, lanes, here, sending.zone) for one in sent]
    html = render(
        "traffic.html",
        here=here,
        title=title,
        ways=ways,
        count=len(here.archive.messages if ways else sent),
        crowded=crowded,
        picture=traffic_picture(lanes, stations, () if crowded else _arrows(sent), title) if sent else "",
        rows=() if crowded else tuple(_row(one, lanes, here, sending) for one in sent),
        counts=tuple((one.day, lanes[one.lane], Link(one.label, one.href)) for one in stations) if crowded else (),
    )
    return Page(
        url=url,
        title=title,
        html=html,
        section="messages",
        body_class="list",
        description="Who telegraphed or wrote to whom, in the order of time, and what answers or amends what.",
    )


def _lane_of(value: Message) -> str:
    return series_words(value.series) if value.series and value.form == "telegram" else LETTERS


def _lanes(sent: Sequence[_Sent]) -> tuple[str, ...]:
    """Letters first, then the series by name; the smallest share a lane if there are too many."""
    counts = Counter(_lane_of(one.record.value) for one in sent)
    series = sorted((lane for lane in counts if lane != LETTERS), key=lambda lane: (-counts[lane], lane))
    shown = sorted(series[:LANES])
    return (*([LETTERS] if LETTERS in counts else []), *shown, *([OTHERS] if len(series) > LANES else []))


def _lane(value: Message, lanes: Sequence[str]) -> int:
    lane = _lane_of(value)
    return lanes.index(lane) if lane in lanes else len(lanes) - 1


def _station(one: _Sent, lanes: Sequence[str], here: Here, common: str) -> Station:
    value = one.record.value
    number = value.number if value.form == "telegram" and value.number else ""
    name = f"{number} " if number else ""
    agents = " → ".join(
        ", ".join(link.words for link in agents_in_words(side, here))
        for side in (value.sender[:1], value.addressee[:1])
        if side
    )
    zone = value.sent.zone if value.sent.zone != common else ""
    short = number or value.name.partition(",")[0]
    return Station(
        key=one.record.id,
        day=in_words(one.record.value.sent.date),
        lane=_lane(value, lanes),
        short=short,
        label=f"{name}{agents}" if number else value.name.partition(",")[0],
        remark=f"{value.sent.time} {zone}".strip() if value.sent.time else "",
        href=here.href(one.record.reference),
        title=value.name,
        doubtful=not value.sent.time or _in_doubt(one.when),
    )


def _by_day(sent: Sequence[_Sent], lanes: Sequence[str], here: Here) -> list[Station]:
    """One mark for all that was sent in a lane on a day, which leads to the day."""
    counts = Counter((one.record.value.sent.date, _lane(one.record.value, lanes)) for one in sent)
    return [
        Station(
            key=f"{day} {lane}",
            day=in_words(day),
            lane=lane,
            short=str(count),
            label=f"{count} messages" if count > 1 else "1 message",
            remark="",
            href=here.href(Reference("date", day)) or here.to("messages/"),
            title=f"{in_words(day)}, {lanes[lane]}: {count}",
            doubtful=read_date(day).earliest != read_date(day).latest or _in_doubt(read_date(day)),
        )
        for (day, lane), count in counts.items()
    ]


def _in_doubt(when: HistoricalDate) -> bool:
    """Whether a date is uncertain or approximate."""
    return when.uncertain or when.approximate


def _arrows(sent: Sequence[_Sent]) -> tuple[Arrow, ...]:
    ids = {one.record.id for one in sent}
    return tuple(
        Arrow(one.record.id, relation.message, relation.link)
        for one in sent
        for relation in one.record.value.relations
        if relation.link in DRAWN and relation.message in ids and relation.message != one.record.id
    )


def _row(one: _Sent, lanes: Sequence[str], here: Here, sending: Sending) -> Row:
    value = one.record.value
    return Row(
        date_link(value.sent, here),
        lanes[_lane(value, lanes)],
        here.link(one.record.reference),
        agents_in_words(value.sender, here),
        agents_in_words(value.addressee, here),
        placed_of(one.record, here, sending),
        relations_briefly(one.record, here),
    )
