"""The line of time of one commitment's fate: its steps in, an SVG as wide as the column of a record's page out.

Each mark leads to its step in the list below, which is the twin of the drawing. A span of days is drawn as long as it is, with
a broken edge, since the step fell somewhere in it. Called by `commitments`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from build_tools.dates import MONTHS
from build_tools.rendering.svg import LETTER, as_svg, number

WIDTH, LEFT, RIGHT, ROW, MARK = 700, 78, 12, 26, 9
"""On the left is room for the word of a span that reaches from end to end."""
TICKS = 9
"""Dates below the line for which there is room."""
SPACINGS = (1, 2, 7, 14, 31, 91, 183, 365, 1826, 3652, 18262)
"""Days between two dates below the line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A step: its status, where its words are, the first and the last day that it can have been."""

    status: str
    href: str
    first: date
    last: date
    doubtful: bool


def fate_line(marks: Sequence[Mark], kind: str, label: str) -> Markup:
    """The marks along time, each with its status beside it; nothing if there are fewer than two."""
    if len(marks) < 2:
        return Markup()
    first, last = min(mark.first for mark in marks), max(mark.last for mark in marks)
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return LEFT + (day - first).days / span * (WIDTH - LEFT - RIGHT - MARK)

    drawn: list[Markup] = []
    rows: list[list[tuple[float, float]]] = []
    for mark in marks:
        start, width = at(mark.first), max(at(mark.last) - at(mark.first), 0) + MARK
        words = len(mark.status) * LETTER + 12
        leftward = start + width + words > WIDTH
        taken = (start - words, start + width) if leftward else (start, start + width + words)
        row = next(
            (n for n, others in enumerate(rows) if all(taken[1] < a or b < taken[0] for a, b in others)), len(rows)
        )
        if row == len(rows):
            rows.append([])
        rows[row].append(taken)
        drawn.append(_mark(mark, start, width, 2 + row * ROW, leftward=leftward))
    axis = len(rows) * ROW + 6
    group = Markup('<g class="k {}">{}</g>').format(kind, Markup("").join(drawn))
    return as_svg(WIDTH, axis + 26, label, [group, *_axis(first, span, axis)])


def _mark(mark: Mark, x: float, width: float, y: float, *, leftward: bool) -> Markup:
    words = len(mark.status) * LETTER + 8
    return Markup(
        '<a href="{}"><g{}><rect class="hit" x="{}" y="{}" width="{}" height="24"/>'
        '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="1"/>'
        '<text x="{}" y="{}" text-anchor="{}">{}</text></g></a>'
    ).format(
        mark.href, Markup(' class="doubtful"') if mark.doubtful else "",
        number(x - words if leftward else x), number(y), number(width + words),
        number(x), number(y + 8), number(width), MARK,
        number(x - 5 if leftward else x + width + 5), number(y + 16.5), "end" if leftward else "start", mark.status,
    )  # fmt: skip


def _axis(first: date, span: int, y: int) -> list[Markup]:
    """The line, with dates in even distances; the year stands with the first and wherever it has changed."""
    spacing = next((each for each in SPACINGS if span // each < TICKS), span)
    drawn = [Markup('<path d="M0 {}H{}"/>').format(y, WIDTH)]
    year = 0
    for after in range(0, span + 1, spacing):
        day = first + timedelta(days=after)
        x = LEFT + after / span * (WIDTH - LEFT - RIGHT - MARK)
        words = f"{day.day} {MONTHS[day.month][:3]}" + (f" {day.year}" if day.year != year else "")
        year = day.year
        anchor = "end" if x + len(words) * LETTER > WIDTH else "start"
        drawn.append(
            Markup('<path d="M{} {}v5"/><text class="sub" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                number(x), y, number(x), y + 18, anchor, words
            )
        )
    return drawn
