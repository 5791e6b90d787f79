"""Pictures drawn at build as SVG text: marks along time, and the traffic of messages. Every mark is a link.

Comes in: plain values with addresses already relative to the page. Goes out: markup. Colours are classes of the style sheet
(`k undertaking`), never attributes of ours, so that dark mode and print recolour them. Each picture has a table or list
twin on its page; here is only the drawing. Layout is by simple rules in fixed units: the same input gives the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from markupsafe import Markup

from build_tools.rendering.svg import LETTER, as_svg
from build_tools.rendering.svg import number as n


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the time line; `end` equals `start` for a day. What is not sure fades at that edge."""

    label: str
    href: str
    start: date
    end: date
    kind: str = ""
    fades_before: bool = False
    fades_after: bool = False
    steps: tuple[date, ...] = ()
    """Days within it that are marked of themselves."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A named row of the time line."""

    label: str
    marks: tuple[Mark, ...]


# --- time -------------------------------------------------------------------------------------------------------------

MONTHS = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
"""Written out here: the names that Python gives follow the machine's locale."""
WIDE, NARROW = 960, 352
"""Widths of a picture of time: for a desk, and for a phone or a column of print."""
ROW, LABEL_ROW, FOOT, MARGIN = 24, 20, 34, 12.0
LABEL_LETTER = 6.8
"""Of the labels of time, where they must not touch."""
FADE = 9.0
"""How far an edge that is not sure reaches beyond its day."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where each day lies: days and their places, between which it is even; the days that are named; the breaks."""

    days: tuple[date, ...]
    places: tuple[float, ...]
    ticks: tuple[date, ...]
    """Days that are named below the axis, as far as there is room."""
    breaks: tuple[float, ...] = ()
    width: int = WIDE

    @classmethod
    def even(cls, first: date, last: date, ticks: Iterable[date], width: int = WIDE) -> Scale:
        """From `first` to `last`, every day as wide as the others."""
        return cls((first, _next(last)), (MARGIN, width - MARGIN), tuple(ticks), width=width)

    @classmethod
    def shortened(cls, days: Sequence[date], longest: int, width: int = WIDE) -> Scale:
        """Between the days given, which are in order, at most `longest` days are drawn; a longer gap is broken."""
        ends = (*days, _next(days[-1]))
        gaps = [(after - before).days for before, after in pairwise(ends)]
        lengths = [min(gap, longest) for gap in gaps]
        unit = (width - 2 * MARGIN) / max(sum(lengths), 1)
        places = [MARGIN]
        breaks: list[float] = []
        for gap, length in zip(gaps, lengths, strict=True):
            if gap > longest:
                breaks.append(places[-1] + length * unit / 2)
            places.append(places[-1] + length * unit)
        return cls(ends, tuple(places), tuple(days), tuple(breaks), width)

    def at(self, day: date) -> float:
        """The place of the day's beginning."""
        index = min(max(bisect_right(self.days, day), 1), len(self.days) - 1) if len(self.days) > 1 else 0
        if not index:
            return self.places[0]
        before, after = self.days[index - 1], self.days[index]
        share = (day - before).days / max((after - before).days, 1)
        return self.places[index - 1] + min(max(share, 0), 1) * (self.places[index] - self.places[index - 1])


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def time_chart(lanes: Iterable[Lane], scale: Scale, label: str, name: str) -> Markup:
    """Marks in their lanes along the scale; `name` makes the ids of its masks its own among the pictures of a page."""
    drawn: list[Markup] = [_masks(name)]
    y = 4.0
    for lane in lanes:
        drawn.append(Markup('<text class="sub lane" x="2" y="{}">{}</text>').format(n(y + 13), lane.label))
        y += LABEL_ROW
        rows: list[float] = []
        for mark in sorted(lane.marks, key=lambda one: (one.start, one.end, one.label)):
            placed = _placed(mark, scale)
            row = next((index for index, taken in enumerate(rows) if placed.left > taken + 6), len(rows))
            needed = 2 if placed.side == "above" else 1
            row = len(rows) if needed == 2 else row
            rows[row : row + needed] = [placed.right] * needed
            drawn.append(_mark(mark, placed, y + row * ROW, scale, name))
        y += len(rows) * ROW + 6
    return as_svg(scale.width, y + 4 + FOOT, label, [*drawn, *_axis(scale, y + 4)])


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a mark lies: its bar, its words and on which side of it they stand, and what both take."""

    x: float
    width: float
    words: str
    side: str
    left: float
    right: float


def _placed(mark: Mark, scale: Scale) -> _Placed:
    """The words stand to the right of the bar, to the left, or above it where neither side has room."""
    x = scale.at(mark.start)
    width = max(scale.at(_next(mark.end)) - x, 9.0) if mark.end > mark.start else 9.0
    shown = _cut(mark.label, scale.width * 0.6)
    room = 8 + len(shown) * LABEL_LETTER
    side = "right" if x + width + room <= scale.width else "left" if x - room >= 0 else "above"
    left = x - room if side == "left" else min(x, scale.width - room) if side == "above" else x
    right = x + width + room if side == "right" else max(x + width, left + room)
    return _Placed(x, width, shown, side, left, right)


def _axis(scale: Scale, y: float) -> Iterator[Markup]:
    yield Markup('<path d="M2 {}H{}"/>').format(n(y), scale.width)
    year, free = 0, 0.0
    for day in scale.ticks:
        x = scale.at(day)
        words = f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != year else "")
        room = len(words) * LETTER
        at, anchor = (scale.width - 1.0, "end") if x + room > scale.width else (x, "start")
        if (at - room if anchor == "end" else at) < free:
            continue
        year, free = day.year, at + 12 + (room if anchor == "start" else 0)
        yield Markup('<path d="M{} {}v5"/><text class="sub" x="{}" y="{}" text-anchor="{}">{}</text>').format(
            n(x), n(y), n(at), n(y + 18), anchor, words
        )
    for x in scale.breaks:
        yield Markup('<path class="break" d="M{0} {1}l4 -10M{2} {1}l4 -10"/>').format(n(x - 4), n(y + 5), n(x))


def _masks(name: str) -> Markup:
    """Three masks: fading at the beginning, at the end, at both. They leave the colour to the style sheet."""
    stops = {
        "before": ((0, "#000"), (1, "#fff")),
        "after": ((0, "#fff"), (1, "#000")),
        "both": ((0, "#000"), (0.5, "#fff"), (1, "#000")),
    }
    made = Markup("").join(
        Markup(
            '<linearGradient id="{0}-{1}-g">{2}</linearGradient><mask id="{0}-{1}" maskContentUnits="objectBoundingBox">'
            '<polygon points="0,0 1,0 1,1 0,1" fill="url(#{0}-{1}-g)"/></mask>'
        ).format(
            name,
            which,
            Markup("").join(
                Markup('<stop offset="{}" stop-color="{}"/>').format(offset, colour) for offset, colour in found
            ),
        )
        for which, found in stops.items()
    )
    return Markup("<defs>{}</defs>").format(made)


def _mark(mark: Mark, placed: _Placed, y: float, scale: Scale, name: str) -> Markup:
    x, width = placed.x, placed.width
    label_x, anchor = {
        "right": (x + width + 5, "start"),
        "left": (x - 5, "end"),
        "above": (placed.left, "start"),
    }[placed.side]
    bar_y = y + (ROW - 6 if placed.side == "above" else 0)
    steps = Markup("").join(
        Markup('<circle class="step" cx="{}" cy="{}" r="2.4"/>').format(n(scale.at(day) + 4.5), n(bar_y + 7.5))
        for day in mark.steps
    )
    return Markup(
        '<a href="{}" aria-label="{}"><g class="k {}"><rect class="hit" x="{}" y="{}" width="{}" height="{}"/>{}{}'
        '<text x="{}" y="{}" text-anchor="{}">{}</text></g></a>'
    ).format(
        mark.href, mark.label, mark.kind or "plain", n(placed.left), n(y - 4), n(placed.right - placed.left),
        n(bar_y - y + 24), _bars(mark, x, width, bar_y + 3, name), steps, n(label_x), n(y + 12), anchor, placed.words,
    )  # fmt: skip


def _bars(mark: Mark, x: float, width: float, y: float, name: str) -> Markup:
    """The bar; where an edge fades, that part of it under a mask. A short one fades as a whole, a little wider."""
    fade = min(FADE * 2, width / 2) if width > FADE * 2 else 0.0
    if not fade and (mark.fades_before or mark.fades_after):
        which = "both" if mark.fades_before and mark.fades_after else "before" if mark.fades_before else "after"
        return _bar(x - FADE / 2, width + FADE, y, f"{name}-{which}")
    start, end = x + (fade if mark.fades_before else 0), x + width - (fade if mark.fades_after else 0)
    before = _bar(x, fade, y, f"{name}-before") if mark.fades_before else Markup("")
    after = _bar(end, fade, y, f"{name}-after") if mark.fades_after else Markup("")
    return before + _bar(start, end - start, y, "") + after


def _bar(x: float, width: float, y: float, mask: str) -> Markup:
    masked = Markup(' mask="url(#{})"').format(mask) if mask else Markup("")
    return Markup('<rect class="bar" x="{}" y="{}" width="{}" height="9"{}/>').format(n(x), n(y), n(width), masked)


# --- messages ---------------------------------------------------------------------------------------------------------

STATION, DAY_ROW, STAIR = 24, 26, 17
"""Heights: of a message, of the day above its first, of a step of the names of the lanes."""


@dataclass(frozen=True, slots=True)
class Station:
    """A message in the picture of the traffic: its lane, counted from 0, its words for a narrow and a wide picture."""

    key: str
    day: str
    lane: int
    short: str
    label: str
    remark: str
    href: str
    title: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one message to the one that it answers, amends, and so on."""

    start: str
    end: str
    kind: str


def traffic_picture(lanes: Sequence[str], stations: Sequence[Station], arrows: Sequence[Arrow], label: str) -> Markup:
    """Lanes side by side, time downward, a row for each message; drawn for a wide page and for a narrow one."""
    return Markup('<div class="picture wide">{}</div><div class="picture narrow">{}</div>').format(
        _traffic(lanes, stations, arrows, label, width=760, gap=46),
        _traffic(lanes, stations, arrows, label, width=352, gap=21),
    )


def _traffic(
    lanes: Sequence[str], stations: Sequence[Station], arrows: Sequence[Arrow], label: str, *, width: int, gap: int
) -> Markup:
    words = 16 + len(lanes) * gap
    places: dict[str, tuple[float, float]] = {}
    rows: list[Markup] = []
    y = float(len(lanes) * STAIR + 8)
    for day, found in groupby(stations, key=lambda one: one.day):
        rows.append(
            Markup('<text class="sub" x="{}" y="{}">{}</text>').format(words, n(y + 18), _cut(day, width - words))
        )
        y += DAY_ROW
        for one in found:
            x = 14.0 + one.lane * gap
            places[one.key] = (x, y + STATION / 2)
            rows.append(_station(one, x, y, words, width))
            y += STATION
    names = [
        Markup('<path class="lane" d="M{0} {1}V{2}"/><text class="sub" x="{3}" y="{4}">{5}</text>').format(
            n(14 + lane * gap),
            lane * STAIR + 6,
            n(y),
            n(20 + lane * gap),
            lane * STAIR + 14,
            _cut(name, width - lane * gap),
        )
        for lane, name in enumerate(lanes)
    ]
    drawn = [_arrow(places[one.start], places[one.end], one.kind, gap) for one in arrows]
    return as_svg(width, y + 6, label, [*names, *drawn, *rows])


def _station(one: Station, x: float, y: float, words: int, width: int) -> Markup:
    room = width - words - len(one.remark) * LETTER - 8
    text = one.label if len(one.label) * LABEL_LETTER <= room else _cut(one.short, room)
    remark = Markup('<text class="sub" x="{}" y="{}" text-anchor="end">{}</text>').format(
        width - 2, n(y + 16), one.remark
    )
    return Markup(
        '<a href="{}" aria-label="{}"><rect class="hit" x="0" y="{}" width="{}" height="{}"/>'
        '<circle class="station{}" cx="{}" cy="{}" r="5"/><text x="{}" y="{}">{}</text>{}</a>'
    ).format(
        one.href, one.title, n(y), width, STATION, " doubtful" if one.doubtful else "", n(x), n(y + STATION / 2),
        words, n(y + 16), text, remark if one.remark else "",
    )  # fmt: skip


def _arrow(start: tuple[float, float], end: tuple[float, float], kind: str, gap: int) -> Markup:
    """A curve that leaves and reaches the marks from the side, bowed to the right within one lane."""
    (x1, y1), (x2, y2) = start, end
    bow = gap * 0.62 if x1 == x2 else 0.0
    middle = (y1 + y2) / 2
    tip = y2 + (6 if y1 > y2 else -6)
    back = 6 if y1 > y2 else -6
    if bow:
        curve = f"M{n(x1 + 4)} {n(y1)}C{n(x1 + bow + 4)} {n(y1)} {n(x2 + bow + 4)} {n(y2)} {n(x2 + 8)} {n(y2)}"
        head = f"{n(x2 + 5)},{n(y2)} {n(x2 + 11)},{n(y2 - 3)} {n(x2 + 11)},{n(y2 + 3)}"
    else:
        curve = f"M{n(x1)} {n(y1)}C{n(x1)} {n(middle)} {n(x2)} {n(middle)} {n(x2)} {n(tip)}"
        head = f"{n(x2)},{n(tip)} {n(x2 - 3)},{n(tip + back)} {n(x2 + 3)},{n(tip + back)}"
    return Markup('<g class="arrow {}"><path d="{}"/><polygon points="{}"/></g>').format(
        kind.replace(" ", "-"), curve, head
    )


def _cut(words: str, room: float) -> str:
    longest = max(int(room / LETTER), 4)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
