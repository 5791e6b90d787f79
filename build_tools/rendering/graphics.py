"""Pictures drawn at build as SVG text: marks along time, in lanes. Every mark is a link.

Comes in: plain values with addresses already relative to the page. Goes out: markup. Colours are classes of the style sheet
(`k undertaking`), never attributes of ours, so that dark mode and print recolour them. Each picture has a table or list
twin on its page; here is only the drawing. Layout is by simple rules in fixed units: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

LETTER = 6.3
"""Average width of a letter of the labels, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the time line; `end` equals `start` for a day. A doubtful one is drawn with a broken edge."""

    label: str
    href: str
    start: date
    end: date
    kind: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A named row of the time line."""

    label: str
    marks: tuple[Mark, ...]


# --- time -------------------------------------------------------------------------------------------------------------

MONTHS = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
"""Written out here: the names that Python gives follow the machine's locale."""
TIME_WIDTH, ROW, LABEL_ROW, FOOT = 960, 24, 20, 30


def time_line(lanes: Iterable[Lane], first: date, last: date, label: str, *, ticks: int = 7) -> Markup:
    """Marks in their lanes from `first` to `last`, a tick every `ticks` days; marks beyond the ends are left out."""
    span = max((last - first).days, 1)
    drawn: list[Markup] = []
    y = 4.0

    def at(day: date) -> float:
        return 12 + (day - first).days / span * (TIME_WIDTH - 40)

    for lane in lanes:
        shown = [mark for mark in lane.marks if mark.end >= first and mark.start <= last]
        if not shown:
            continue
        drawn.append(Markup('<text class="sub lane" x="2" y="{}">{}</text>').format(_n(y + 13), lane.label))
        y += LABEL_ROW
        rows: list[list[tuple[float, float]]] = []
        for mark in sorted(shown, key=lambda one: (one.start, one.end, one.label)):
            start, end = at(max(mark.start, first)), at(min(mark.end, last))
            width = max(end - start, 9)
            words = 5 + len(mark.label) * LETTER
            to_the_left = start + width + words > TIME_WIDTH
            taken = (start - words, start + width) if to_the_left else (start, start + width + words)
            row = next((index for index, others in enumerate(rows) if _is_free(taken, others)), len(rows))
            if row == len(rows):
                rows.append([])
            rows[row].append(taken)
            drawn.append(_mark(mark, start, width, y + row * ROW, to_the_left=to_the_left))
        y += len(rows) * ROW + 6
    axis = y + 4
    drawn.append(Markup('<path d="M2 {}H{}"/>').format(_n(axis), TIME_WIDTH))
    for number in range(0, span + 1, ticks):
        day = first + timedelta(days=number)
        name = f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if number == 0 else "")
        drawn.append(
            Markup('<path d="M{} {}v5"/><text class="sub" x="{}" y="{}">{}</text>').format(
                _n(at(day)), _n(axis), _n(at(day)), _n(axis + 18), name
            )
        )
    return _svg(TIME_WIDTH, axis + FOOT, label, drawn)


def _is_free(wanted: tuple[float, float], others: list[tuple[float, float]]) -> bool:
    return all(wanted[1] + 8 < other[0] or wanted[0] > other[1] + 8 for other in others)


def _mark(mark: Mark, x: float, width: float, y: float, *, to_the_left: bool) -> Markup:
    words = len(mark.label) * LETTER
    left = x - words - 8 if to_the_left else x - 3
    label_x, anchor = (x - 5, "end") if to_the_left else (x + width + 5, "start")
    return Markup(
        '<a href="{}"><g class="k {}{}"><rect class="hit" x="{}" y="{}" width="{}" height="24"/>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="9" rx="1"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text></g></a>'
    ).format(
        mark.href, mark.kind or "plain", " doubtful" if mark.doubtful else "", _n(left), _n(y - 4),
        _n(width + 11 + words), _n(x), _n(y + 3), _n(width), _n(label_x), _n(y + 12), anchor, mark.label,
    )  # fmt: skip


def _svg(width: float, height: float, label: str, drawn: Iterable[Markup]) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>').format(
        _n(width), _n(height), _n(width), _n(height), escape(label), Markup("").join(drawn)
    )


def _n(number: float) -> str:
    """A coordinate with at most one decimal, so that every machine writes the same."""
    return f"{number:.1f}".removesuffix(".0")
