"""The outside of every drawing, and how its coordinates are written. Called by the modules that draw."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

LETTER = 6.3
"""Average width of a letter of the labels, in units of the drawing."""


def as_svg(width: float, height: float, label: str, drawn: Iterable[Markup]) -> Markup:
    """The drawing with its own coordinates, and its name for those who do not see it."""
    return Markup('<svg viewBox="0 0 {} {}" width="{}" height="{}" role="group" aria-label="{}">{}</svg>').format(
        number(width), number(height), number(width), number(height), label, Markup("").join(drawn)
    )


def number(coordinate: float) -> str:
    """A coordinate with at most one decimal, so that every machine writes the same."""
    return f"{coordinate:.1f}".removesuffix(".0")
