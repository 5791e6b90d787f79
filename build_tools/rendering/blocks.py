"""A text from top to bottom: which of its elements are a block of the page, and what stands on the paper beside the text.

Comes in: a Document. Goes out: its passages, page breaks, stamps and footers in the order of the encoding, and a stamp in
words. Called by the views of a document, so that all of them break the text at the same places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from build_tools.location import Location
from build_tools.model import Document
from build_tools.rendering.passages import furniture_text, furniture_words
from build_tools.text import Element, elements

APART = frozenset({"pb", "fw", "label"})
"""Elements that are blocks of their own where they stand between passages."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stamp, footer or mark of classification: its words, what it is, and whose hand if that is described."""

    words: str
    what: str
    hand: str


def blocks_of(document: Document) -> Iterator[Element]:
    """Passages whole, page breaks and furniture, words in no passage: in document order."""
    return _blocks(document.body, frozenset(passage.element.location for passage in document.passages))


def furniture_of(element: Element, document: Document) -> Furniture:
    """A stamp or footer; one of a later year than the document says so, since it is none of its text."""
    hands = {hand.id: hand.text for hand in document.header.hands}
    years = {one.get("when")[:4] for one in elements(element) if one.name == "date" and one.get("when")}
    later = sorted(year for year in years if document.header.date and year > document.header.date[:4])
    what = furniture_words(element) + (f" of {later[-1]}, not of the time of the text" if later else "")
    return Furniture(furniture_text(element), what, hands.get(element.get("hand").removeprefix("#"), "").rstrip("."))


def _blocks(element: Element, passages: Collection[Location]) -> Iterator[Element]:
    for child in element.children:
        if not isinstance(child, Element):
            continue
        if child.location in passages or child.name in APART:
            yield child
        else:
            yield from _blocks(child, passages)
