"""A line of a report, and the pieces it is made of, which say whose words they are; words counted, shortened, compared.

Called by `sentences` and `telling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.location import Location
from build_tools.quotations import Step

Voice = Literal["ours", "theirs", "code", "added", "dropped"]
MOST_AROUND = 8
"""Words shown on either side of a change."""
MOST_WORDS = 40
"""Words shown of what came or went at once, and of a quotation."""
MOST_LETTERS = 600
"""Letters of other people's words in one piece."""
MOST_NAMED = 6
"""Things that refer to a thing, or addresses to record, which a line names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whose they are."""

    text: str
    voice: Voice = "ours"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the change touches."""

    pieces: tuple[Piece, ...]
    details: tuple[tuple[Piece, ...], ...] = ()
    """What belongs to it, one by one: the fields that changed."""
    place: Location | None = None
    is_urgent: bool = False
    """Whether the check refuses the sources because of it."""
    title: str = ""
    """What kind of thing it is, for printings that show lines one by one."""


def line_of(
    *pieces: str | Piece,
    details: Iterable[Iterable[str | Piece]] = (),
    place: Location | None = None,
    is_urgent: bool = False,
    title: str = "",
) -> Line:
    """A line of these pieces; words without a voice are ours, empty ones are left out."""
    return Line(_pieces(pieces), tuple(map(_pieces, details)), place, is_urgent, title)


def _pieces(pieces: Iterable[str | Piece]) -> tuple[Piece, ...]:
    made = (Piece(one) if isinstance(one, str) else one for one in pieces)
    return tuple(_cut(one) for one in made if one.text)


def _cut(piece: Piece) -> Piece:
    """The piece, without the middle of what is longer than anybody reads, such as a word of a thousand letters."""
    if piece.voice in {"ours", "code"} or len(piece.text) <= MOST_LETTERS:
        return piece
    half = MOST_LETTERS // 2
    return Piece(f"{piece.text[:half]} … {piece.text[-half:]}", piece.voice)


def named(addresses: Sequence[str]) -> Iterator[Piece]:
    """The addresses one after the other, the first of them if there are many."""
    for number, address in enumerate(addresses[:MOST_NAMED]):
        yield Piece(", " if number else "")
        yield Piece(address, "code")
    if len(addresses) > MOST_NAMED:
        yield Piece(f" and {len(addresses) - MOST_NAMED} more")


def number_of(number: int, thing: str, of_one: str = "", of_more: str = "") -> str:
    """`2 notes`; empty of none."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return "" if not number else f"1 {thing}{of_one}" if number == 1 else f"{number} {plural}{of_more}"


def marks_told(steps: Sequence[Step]) -> Iterator[str | Piece]:
    """The marks that came and went, each as often as it did."""
    if not steps:
        yield "the same marks, at other words"
    counted = Counter(steps)
    for number, ((kind, mark), times) in enumerate(list(counted.items())[:MOST_NAMED]):
        yield ", " if number else ""
        yield Piece(f"{mark}{f' ({times} times)' if times > 1 else ''}", "added" if kind == "added" else "dropped")
    if len(counted) > MOST_NAMED:
        yield f" and {len(counted) - MOST_NAMED} more"


def steps_told(steps: Sequence[Step]) -> Iterator[Piece]:
    """What came and went, with some words around it."""
    for number, (kind, words) in enumerate(steps):
        before = Piece(" ") if number else Piece("")
        if kind == "kept":
            shown = _around(words.split(), is_first=number == 0, is_last=number == len(steps) - 1)
            yield before
            yield Piece(shown, "theirs")
        else:
            yield before
            yield Piece(shortened(words), "added" if kind == "added" else "dropped")


def _around(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """The words next to what changed."""
    most = MOST_AROUND if is_first or is_last else 2 * MOST_AROUND
    if len(words) <= most:
        return " ".join(words)
    if is_first:
        return "… " + " ".join(words[-MOST_AROUND:])
    if is_last:
        return " ".join(words[:MOST_AROUND]) + " …"
    return f"{' '.join(words[:MOST_AROUND])} … {' '.join(words[-MOST_AROUND:])}"


def shortened(text: str) -> str:
    """The words on one line; of many the first and the last."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    half = MOST_WORDS // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])}"
