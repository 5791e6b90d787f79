"""Cause and cure of every fault, read from the page that also explains them to readers: `docs/contribute/problems.md`.

A section starts with `## code` and ends before the next heading of that depth. Called by `cli`; a test keeps the codes in
the engine and the headings on that page equal.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "contribute" / "problems.md"


def sections() -> dict[str, str]:
    """Each code with its section, heading included."""
    found: dict[str, str] = {}
    for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        code = part.split("\n", 1)[0].strip()
        found[code] = f"{code}\n{'-' * len(code)}\n{part.split(chr(10), 1)[1].strip()}"
    return found


def explanation(code: str) -> tuple[str, list[str]]:
    """The section of `code`; or nothing, and the codes most like it."""
    known = sections()
    return known.get(code, ""), get_close_matches(code, known, n=3)
