"""Finds what a text refers to, with the words around it: one walk for passages, page furniture and Markdown paragraphs.

Comes in: an element of `text`. Goes out: `Found`, a reference as it was written, not yet resolved, since what exists is
known only when all is read. Called by `documents` and `records`; everything here can be pickled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate

from build_tools.dates import TouchedDay, days_touched, read_date
from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.reading.markdown import GRADES
from build_tools.reading.tei import date_of
from build_tools.text import NOT_READ, NOT_TRANSCRIBED, SPACES, Element, LayerName, Node, Text, as_text, layer, leaves

REFERRING = ("ref", "target", "source")
"""Attributes that point to what is named or quoted; who is responsible for a reading is no mention of that person."""
EXPECTED: dict[str, tuple[Kind, ...]] = {
    "persName": ("person",),
    "orgName": ("organisation",),
    "placeName": ("place",),
    "objectName": ("weapon",),
    "term": ("term",),
    "person": ("person",),
    "organisation": ("organisation",),
    "place": ("place",),
    "weapon": ("weapon",),
    "message": ("message",),
    "document": ("document",),
    "event": ("event",),
}
"""What an element (or the type of an `rs`) may name."""
CONTEXT = 80
PARENTHESES = re.compile(r" ?\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A reference as written, where it stands, and what it may point to."""

    written: str
    source: Reference
    place: Location
    words: str
    before: str = ""
    after: str = ""
    role: str = ""
    at: str = ""
    """Place in a work or document, where a field of its own gives it."""
    grade: str = ""
    expected: tuple[Kind, ...] = ()
    """Kinds that may stand here; empty if any may."""
    bare: bool = False
    """The field holds an id without its kind."""
    certainty: str = ""
    """How sure the editors are that this is meant (`@cert`); empty if they do not doubt it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a text that touches days."""

    days: tuple[TouchedDay, ...]
    source: Reference
    words: str


def find_in(element: Element, source: Reference, which: LayerName = "reading") -> tuple[list[Found], list[Dated]]:
    """Every reference and date within `element`, whose text in that layer is the context of each.

    Stamps and footers within a passage are no part of its text: they are contexts of their own, in the raw layer, and
    belong to the document as a whole.
    """
    walk = _Walk(element, source, which)
    walk.visit(element, unread=False)
    walk.leave_out_citations()
    for furniture in walk.furniture:
        found, dated = find_in(furniture, source.whole, "raw")
        walk.found += found
        walk.dated += dated
    return walk.found, walk.dated


def context_of(text: str, start: int, end: int) -> tuple[str, str]:
    """Some 80 characters before and after, cut between words."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = before.partition(" ")[2]
    if end + CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return before, after


def without(text: str, spans: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The text without these spans, the blank before each, and parentheses that hold nothing else; and where each sign went."""
    left_out = bytearray(len(text) + 1)
    for start, end in spans:
        start -= text[start - 1 : start] == " "
        left_out[start:end] = b"\1" * (end - start)
    for match in PARENTHESES.finditer(text):
        inside = range(*match.span())
        if any(left_out[at] for at in inside) and all(left_out[at] or text[at] in "(); ,." for at in inside):
            left_out[match.start() : match.end()] = b"\1" * len(match[0])
    places = list(accumulate((not gone for gone in left_out), initial=0))
    return "".join(sign for sign, gone in zip(text, left_out, strict=False) if not gone), places


class _Walk:
    """Goes through a tree beside the pieces of its layer, so that the offset of each element is known."""

    def __init__(self, element: Element, source: Reference, which: LayerName) -> None:
        made = layer(element, which)
        self.pieces = iter(made.pieces)
        self.text = made.text
        self.source = source
        self.silent = NOT_READ if which == "reading" else NOT_TRANSCRIBED
        self.offset = 0
        self.found: list[Found] = []
        self.spans: list[tuple[int, int]] = []
        """Where each of `found` stands; empty where words that are not read have no place."""
        self.citations: list[tuple[int, int]] = []
        self.dated: list[Dated] = []
        self.furniture: list[Element] = []

    def visit(self, node: Node, *, unread: bool) -> None:
        if isinstance(node, Text) or node.name in SPACES:
            self.offset += len(next(self.pieces))
            return
        if node.name == "fw" and "fw" in self.silent:
            self.furniture.append(node)
            for _ in leaves(node):
                next(self.pieces)
            return
        start = self.offset
        unread = unread or node.name in self.silent
        for child in node.children:
            self.visit(child, unread=unread)
        if not node.attributes:
            return
        written = [one for name in REFERRING for one in node.get(name).split() if is_reference(one)]
        if written or (node.name == "date" and not unread):
            words, before, after, span = self.words(node, start)
            if node.name == "bibl" and node.get("ana") in GRADES:  # a note's; what a document cites is its own text
                self.citations.append(span)
            role = "source" if node.name == "bibl" else "quoted" if node.name == "quote" else ""
            for one in written:
                self.spans.append(span)
                self.found.append(
                    Found(
                        one, self.source, node.location, words, before, after, role,
                        grade=node.get("ana"), expected=expected_of(node),
                        certainty="" if node.name == "date" else node.get("cert"),
                    )
                )  # fmt: skip
            if node.name == "date" and not unread:
                self.date(node, words, before, after, span)

    def leave_out_citations(self) -> None:
        """What is no citation itself is shown without any: they stand between sentences, and are no part of one."""
        if not self.citations:
            return
        text, places = without(self.text, self.citations)
        for index, (one, (start, end)) in enumerate(zip(self.found, self.spans, strict=True)):
            if end > start and one.role != "source":
                before, after = context_of(text, places[start], places[end])
                self.found[index] = replace(one, before=before, after=after)

    def words(self, node: Element, start: int) -> tuple[str, str, str, tuple[int, int]]:
        """The words of the node, their neighbours and their place; of words that are not read, what the transcription has."""
        text = self.text[start : self.offset]
        words = text.strip(" ")
        if not words:
            return as_text(node, "raw"), "", "", (0, 0)
        start += len(text) - len(text.lstrip(" "))
        return words, *context_of(self.text, start, start + len(words)), (start, start + len(words))

    def date(self, node: Element, words: str, before: str, after: str, span: tuple[int, int]) -> None:
        days = days_of(date_of(node))
        if days:
            self.dated.append(Dated(days, self.source, words))
        for day in days:
            self.spans.append(span)
            self.found.append(Found(f"date:{day.day}", self.source, node.location, words, before, after))


def is_reference(written: str) -> bool:
    """Whether it points to something of the archive; `#…` points within its own file, `https:` outside."""
    return not written.startswith(("#", "https:"))


def expected_of(element: Element) -> tuple[Kind, ...]:
    """The kinds that the element may name; of an `rs` its type says it."""
    return EXPECTED.get(element.get("type") if element.name == "rs" else element.name, ())


def days_of(edtf: str) -> tuple[TouchedDay, ...]:
    """The days that a date touches; none if it cannot be read, which `checking.dates` reports."""
    try:
        return days_touched(read_date(edtf)) if edtf else ()
    except ValueError:
        return ()
