"""What an encoding owes its transcription: document -> its lines as they were received, a certificate, a ledger.

The rule (ADR 0004): what stands from one `lb` to the next belongs to its line; white space counts as one blank and none
at either end of a line; a line taken up again is joined with one blank, or none with `break="no"`; a `space` is as many
blanks or tabs as it says, whatever blanks of the source stand beside it. Ends of lines are no part of a line. The ledger
lists where the reading text differs from the transcription; that an end of a line is read as a blank is a rule, and no
deviation. Called by `checking`, which refuses what is not equal, and by `rendering`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from build_tools.location import Location
from build_tools.model import Document
from build_tools.text import NOT_TRANSCRIBED, Element, LayerName, Node, Text, as_text, leaves, lines_of

DeviationKind = Literal[
    "corrected", "regularised", "left out", "supplied", "mark of insertion", "set apart", "added", "moved",
    "taken up again", "doubtful",
]  # fmt: skip

BLANK, TAB, JOIN = "\x00", "\x01", "\x02"
"""Stand for the blanks of `space`, and for no blank at all, until white space is folded; no source can hold them."""
SIGNIFICANT = re.compile(r" *([\x00-\x02]+) *")

Pieces = list[tuple[str, Location]]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether the encoding gives back the transcription, with what it takes to see that oneself."""

    transcription_digest: str
    """SHA-256 of the transcription as received, hexadecimal."""
    recovered_digest: str
    """SHA-256 of the same text as had back from the encoding."""
    lines: int
    is_equal: bool


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where the reading text differs from the transcription, or says that its reading is doubtful."""

    number: int
    """From 1, in the order of the encoding."""
    kind: DeviationKind
    passage: str
    """Id of the passage it stands in; empty between passages."""
    line: int
    transcribed: str
    read: str
    reason: str
    """As the encoding gives it; for a line out of order, what it is read after; whether it stands in words set apart."""
    certainty: str
    who: str
    """As the encoding names them, `#ed`; empty if it names nobody."""
    place: Location
    has_spot: bool
    """Whether a page that shows the passage has a spot of its own for it: a line out of order has none."""


def certificate(document: Document) -> Certificate:
    """Compares the transcription with what the encoding gives back."""
    received = _digest(document.transcription)
    recovered = _digest(recovered_text(document))
    return Certificate(received, recovered, len(lines_of(document.transcription)), received == recovered)


def recovered_text(document: Document) -> str:
    """The transcription as the encoding has it; whether its last line has an end is not encoded, and is taken over."""
    lines = recovered_lines(document.body)
    last = max([*lines, len(lines_of(document.transcription))])
    text = lines.get(0, "") + "\n".join(lines.get(number, "") for number in range(1, last + 1))
    return text + "\n" if document.transcription.endswith("\n") else text


def recovered_lines(body: Element) -> dict[int, str]:
    """Number of each line of the transcription -> its characters, as the encoding has them; 0 is what has no line."""
    return {number: folded(pieces) for number, pieces in pieces_by_line(body).items()}


def pieces_by_line(body: Element) -> dict[int, Pieces]:
    """The pieces of the raw layer by line, each with the place of the tag before it."""
    lines: defaultdict[int, Pieces] = defaultdict(list)
    current = lines[0]
    place = body.location
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            current.append((node.content, place))
            continue
        place = node.location
        if node.name == "lb":
            current = lines[int(node.get("n", "0"))]
            current.append((JOIN if node.get("break") == "no" else " ", place))
        elif node.name == "space":
            mark = TAB if node.get("unit") == "tabs" else BLANK
            current.append((mark * int(node.get("quantity", "1")), place))
        elif node.name not in NOT_TRANSCRIBED:
            stack.extend(reversed(node.children))
    return lines


def folded(pieces: Pieces) -> str:
    """The characters of a line, its white space folded by the rule."""
    text = "".join(piece for piece, _ in pieces)
    if "  " in text:
        text = re.sub(" +", " ", text)
    text = text.strip(" ")
    if BLANK in text or TAB in text or JOIN in text:
        text = SIGNIFICANT.sub(r"\1", text).translate({0: " ", 1: "\t", 2: None})
    return text


def deviations(document: Document) -> tuple[Deviation, ...]:
    """The ledger of editorial deviations, in the order of the encoding."""
    found = _Walk(document).found()
    return tuple(replace(one, number=number) for number, one in enumerate(found, start=1))


# --- the ledger -------------------------------------------------------------------------------------------------------

KINDS: dict[str, DeviationKind] = {
    "sic": "left out",
    "orig": "left out",
    "surplus": "left out",
    "supplied": "supplied",
    "metamark": "mark of insertion",
    "fw": "set apart",
    "add": "added",
    "unclear": "doubtful",
}
APART = "in words set apart, which the reading text leaves out"
UNREAD: frozenset[DeviationKind] = frozenset({"left out", "mark of insertion", "set apart"})


class _Walk:
    """Goes through a text in the order of its encoding; knows the line, the passage and what is being left out."""

    def __init__(self, document: Document) -> None:
        self.body = document.body
        self.passages = {passage.element.location: passage.id for passage in document.passages}
        self.line = 0
        self.last = 0
        """The line before that has words."""
        self.highest = 0

    def found(self) -> Iterator[Deviation]:
        runs = _runs(self.body)
        # passage, whether it stands in words set apart, whether what it is part of is told already
        stack: list[tuple[Element, str, bool, bool]] = [(self.body, "", False, False)]
        while stack:
            element, passage, apart, told = stack.pop()
            if element.name == "lb":
                yield from self._begin(element, passage, runs.get(element.location, ""))
            elif not told and (element.name in KINDS or element.name == "choice"):
                yield from self._deviation(element, passage, apart)
            if not passage and element.location in self.passages:
                passage = self.passages[element.location]
            told = told or element.name == "choice" or KINDS.get(element.name) in {"left out", "mark of insertion"}
            inner = (passage, apart or element.name == "fw", told)
            below = [child for child in element.children if isinstance(child, Element)]
            stack.extend((child, *inner) for child in reversed(below))

    def _begin(self, mark: Element, passage: str, words: str) -> Iterator[Deviation]:
        """A line begins or is taken up again; if it has words, and lines after it were read before, that is told."""
        number = int(mark.get("n", "0"))
        kind: DeviationKind | None = "taken up again" if mark.get("type") == "continued" else None
        if kind is None and number < self.highest:
            kind = "moved"
        if kind and words:
            reason = f"read after line {self.last}"
            yield Deviation(0, kind, passage, number, words, words, reason, "", "", mark.location, has_spot=False)
        self.line = number
        self.last = number if words else self.last
        self.highest = max(self.highest, number)

    def _deviation(self, element: Element, passage: str, apart: bool) -> Iterator[Deviation]:
        said = element
        if element.name == "choice":
            parts = [child for child in element.children if isinstance(child, Element)]
            kind: DeviationKind = "corrected" if any(one.name == "corr" for one in parts) else "regularised"
            transcribed = " ".join(_words(one, "raw") for one in parts if one.name in {"sic", "orig"})
            read = " ".join(_words(one, "reading") for one in parts if one.name in {"corr", "reg"})
            said = next((one for one in parts if one.name in {"corr", "reg"}), element)
        else:
            kind = KINDS[element.name]
            transcribed = "" if kind == "supplied" else _words(element, "raw")
            read = "" if kind in UNREAD else _words(element, "reading")
        if transcribed or read:
            yield Deviation(
                number=0,
                kind=kind,
                passage=passage,
                line=_first_line(element) or self.line,
                transcribed=transcribed,
                read=read,
                reason="; ".join(filter(None, (said.get("reason").replace("-", " "), APART if apart else ""))),
                certainty="" if kind == "set apart" else said.get("cert"),  # of `fw` it is that of the hand
                who=said.get("resp"),
                place=element.location,
                has_spot=bool(passage) and not apart,
            )


def _runs(body: Element) -> dict[Location, str]:
    """Place of each `lb` -> the words of the raw layer from it to the next one."""
    runs: dict[Location, list[str]] = {}
    current: list[str] = []
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            current.append(node.content)
        elif node.name == "lb":
            current = runs[node.location] = []
        elif node.name not in NOT_TRANSCRIBED:
            current.extend(" " for _ in range(node.name == "space"))
            stack.extend(reversed(node.children))
    return {place: " ".join("".join(words).split()) for place, words in runs.items()}


def _words(element: Element, which: LayerName) -> str:
    """The words inside an element, whatever the layer thinks of the element itself."""
    return as_text(Element("ab", element.location, (), element.children), which)


def _first_line(element: Element) -> int:
    """The line that begins inside the element before any of its words; 0 if its words stand in a line begun before."""
    number = 0
    for leaf in leaves(element):
        if isinstance(leaf, Text):
            if leaf.content.strip():
                return number
        elif leaf.name == "lb":
            number = int(leaf.get("n", "0"))
    return number


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
