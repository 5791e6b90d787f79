"""A document as a small picture to jump by: its passages to scale, with the commitments and notes that stand in them.

Comes in: passages with their lengths, and marks with their offsets. Goes out: SVG whose every block and mark is a link
within the page. The picture is for the pointer; the list that stands with it says the same in words, and is what
keyboards and screen readers use. Called by `documents`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

HEIGHT = 480.0
"""Of the picture; its width is WIDTH, and the style sheet scales both."""
WIDTH, BLOCK, COMMITMENTS, NOTES = 48, 16, 20, 39
"""Where the columns begin, but for the first, the blocks, which is BLOCK wide."""
LANES, LANE, BAR, DOT = 3, 6, 5, 7
"""Commitments beside each other, how far apart, how wide; and how wide the mark of a note is."""
LEAST, THICK = 5.0, 3.4
"""The least height of a block where there is room, and that of a mark."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A commitment or note in a passage: where it begins, in characters, and where it leads."""

    start: int
    href: str
    words: str
    kind: str = ""
    """Of the commitment; empty for a note."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A passage on the map."""

    href: str
    words: str
    """What a reader calls it, with its first words."""
    sign: str
    length: int
    spots: tuple[Spot, ...] = ()

    @property
    def commitments(self) -> tuple[Spot, ...]:
        return tuple(one for one in self.spots if one.kind)

    @property
    def notes(self) -> tuple[Spot, ...]:
        return tuple(one for one in self.spots if not one.kind)


def document_map(stops: Sequence[Stop]) -> Markup:
    """The picture, as high as HEIGHT however long the document is; nothing for a document without passages."""
    if not stops:
        return Markup("")
    gap = min(2.0, HEIGHT / len(stops) / 4)
    least = min(LEAST, HEIGHT / len(stops) / 2)
    rest = HEIGHT - len(stops) * (gap + least)
    characters = sum(stop.length for stop in stops) or 1
    drawn: list[Markup] = []
    y = 0.0
    for stop in stops:
        height = least + rest * stop.length / characters
        drawn.append(
            _link(stop.href, stop.words, Markup('<rect y="{}" width="{}" height="{}"/>').format(_n(y), BLOCK, _n(height)))
        )
        drawn.extend(_spots(stop, y, height))
        y += height + gap
    return Markup('<svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg>').format(
        WIDTH, int(HEIGHT), Markup("").join(drawn)
    )


def _spots(stop: Stop, top: float, height: float) -> list[Markup]:
    thick = min(THICK, height)
    lane = 0
    last = -THICK
    drawn = []
    for spot in sorted(stop.spots, key=lambda one: (one.start, one.href)):
        y = min(height - thick, height * spot.start / max(stop.length, 1))
        if not spot.kind:
            bar = Markup('<rect class="n" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(
                NOTES, _n(top + y), DOT, _n(thick)
            )
        else:
            lane = (lane + 1) % LANES if y - last < thick else 0
            last = y
            bar = Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
                COMMITMENTS + lane * LANE, _n(top + y), BAR, _n(thick)
            )
        drawn.append(_link(spot.href, spot.words, bar, f"k {spot.kind}" if spot.kind else ""))
    return drawn


def _link(href: str, words: str, drawn: Markup, css: str = "") -> Markup:
    kind = Markup(' class="{}"').format(css) if css else Markup("")
    return Markup('<a href="{}" tabindex="-1"{}><title>{}</title>{}</a>').format(href, kind, words, drawn)


def _n(value: float) -> str:
    """A coordinate without needless digits; the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
