"""Rich text of a citation: runs of characters, upright or italic, and how sentences are put together of them.

A citation is a list of elements with a comma or a full stop after each; what ends with a mark of its own takes no second
one. Words that run from right to left are isolated with Unicode's own characters, so that the signs around them stay in
their places on a page and in plain text alike. Called by the modules of the styles; `rendering` turns runs into markup.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ENDS = frozenset(".?!")
CLOSING = "”’\u2069"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
ISOLATE, POP = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one kind of type."""

    text: str
    italic: bool = False


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def upright(text: str) -> Runs:
    """One run of upright type; none if there is no text."""
    return (Run(text),) if text else ()


def italic(text: str) -> Runs:
    """One run of italics; none if there is no text."""
    return (Run(text, italic=True),) if text else ()


def ended(runs: Runs, mark: str) -> Runs:
    """The runs with `mark` behind them: inside a closing quotation mark, as American styles have it, and never doubled."""
    text = plain(runs)
    last = text.rstrip(CLOSING)[-1:]
    if not text or last == mark or (last in ENDS and mark == ".") or (last in "?!" and text.endswith("”")):
        return runs
    *before, end = runs
    if end.text.endswith("”") and not end.italic:
        return (*before, Run(f"{end.text[:-1]}{mark}”"))
    return (*runs, Run(mark))


def commas(parts: list[Runs]) -> Runs:
    """The elements that there are, with a comma between each two."""
    return _joined(parts, ",")


def sentences(parts: list[Runs]) -> Runs:
    """The elements that there are, each with a full stop behind it."""
    given = [part for part in parts if part]
    return ended(_joined(given, "."), ".") if given else ()


def isolated(text: str) -> str:
    """The text, set apart from the direction of what surrounds it where it has letters that run from right to left."""
    foreign = any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text)
    return f"{ISOLATE}{text}{POP}" if foreign else text


def merged(runs: Runs) -> Runs:
    """The same characters in as few runs as they need."""
    result: list[Run] = []
    for run in runs:
        if result and result[-1].italic == run.italic:
            result[-1] = Run(result[-1].text + run.text, run.italic)
        elif run.text:
            result.append(run)
    return tuple(result)


def _joined(parts: list[Runs], mark: str) -> Runs:
    given = [part for part in parts if part]
    result: Runs = given[0] if given else ()
    for part in given[1:]:
        result = (*ended(result, mark), Run(" "), *part)
    return result
