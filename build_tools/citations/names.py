"""Lists of names as the styles join them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], last: str = "and", *, comma_before_two: bool = False) -> str:
    """`A`, `A and B`, `A, B, and C`; with a comma before the `and` of two where names may be inverted."""
    if len(names) < 2:
        return "".join(names)
    comma = "," if len(names) > 2 or comma_before_two else ""
    return f"{', '.join(names[:-1])}{comma} {last} {names[-1]}"


def shortened(names: Sequence[str], last: str = "and") -> str:
    """`A`, `A and B`, `A et al.`: how running text names more than two."""
    return f"{names[0]} et al." if len(names) > 2 else listed(names, last)


def initials(given: str) -> str:
    """`J. F.` of `John F.`, `J.-P.` of `Jean-Paul`."""
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in given.split())
