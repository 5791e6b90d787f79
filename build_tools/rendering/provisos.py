"""What a quotation from a passage must not be cut from: the terms of a promise, the source of words quoted, words put in.

Comes in: a Document and `Here`. Goes out: for each passage its warnings, made of the commitment records' *qualifies* passages
and of the quotations' verdicts, with offsets of the words concerned, of the terms, and of where the source is named. Called
by `citing` and `citing_data`; nothing is declared twice, and what stands in the same passage as its terms is no fault of one
who quotes the passage whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.linking import Anchored
from build_tools.location import Location
from build_tools.model import Commitment, Document, Passage, PassageQuoted
from build_tools.quotations import Quotation
from build_tools.rendering.addressing import Here, Link, passage_words
from build_tools.text import SPACES, Element, Node, Text, as_text, layer

ProvisoKind = Literal["terms", "put in", "quoted"]
Span = tuple[int, int]
"""Offsets into the reading text of a passage, from and to; (-1, -1) where the words are not found in it."""
NOWHERE: Span = (-1, -1)
QUOTATION_MARKS = "\"'“”‘’ "
STATING = frozenset({"states", "repeats"})
NAMING = frozenset({"rs", "ref", "title", "bibl"})
"""Elements that name a source in a text."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Words that qualify a promise, and where they stand."""

    words: str
    place: Link
    passage: str
    """Its id, if it is of the same document."""
    span: Span = NOWHERE
    """Where the words stand in that passage."""


@dataclass(frozen=True, slots=True)
class Proviso:
    """A warning to those who quote from a passage."""

    kind: ProvisoKind
    subject: Link
    """The commitment; the source of the words quoted."""
    words: str = ""
    """The words concerned: those put in, or those that state the promise."""
    terms: tuple[Terms, ...] = ()
    start: int = -1
    """Of the words concerned, in the reading text of the passage; -1 where they are not anchored."""
    end: int = -1
    source: Span = NOWHERE
    """Where the passage names the source of the words quoted, as near to them as it does."""

    def elsewhere(self, passage: str) -> tuple[Terms, ...]:
        """The terms that one who quotes the passage whole would still cut off."""
        return tuple(one for one in self.terms if one.passage != passage)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An element of a passage, and where its words stand in the reading text."""

    passage: str
    element: Element
    span: Span


@dataclass(frozen=True, slots=True)
class _Layout:
    """The elements of a document's passages, to be found by where they stand in its file, by their id, by their passage."""

    by_place: Mapping[Location, _Placed]
    by_id: Mapping[str, _Placed]
    by_passage: Mapping[str, tuple[_Placed, ...]]


def provisos_of(document: Document, here: Here) -> Mapping[str, tuple[Proviso, ...]]:
    """Id of a passage -> its warnings: promises in the order of their words, then quotations in that of the text."""
    texts = {passage.id: passage.text for passage in document.passages}
    anchored = here.links.anchored.get(document.id, ())
    terms = _terms_of(document, anchored, here)
    found: defaultdict[str, list[Proviso]] = defaultdict(list)
    for one in anchored:
        if one.role in STATING and terms.get(one.source):
            found[one.passage].append(_promise(one, terms[one.source], texts[one.passage], here))
    quotations = here.links.quotations.standing.get(document.id, ())
    if quotations:
        layout = _layout(document)
        for quotation in quotations:
            for passage, proviso in _quoted(quotation, layout, here):
                found[passage].append(proviso)
    return {passage.id: tuple(found[passage.id]) for passage in document.passages if passage.id in found}


def _terms_of(document: Document, anchored: tuple[Anchored, ...], here: Here) -> Mapping[Reference, tuple[Terms, ...]]:
    """Each commitment that the document states -> the words that qualify it, wherever they stand."""
    spans: dict[tuple[Reference, int, str], Span] = {}
    for one in anchored:
        if one.role == "qualifies":
            spans.setdefault((one.source, one.index, one.passage), (one.start, one.end))
    found: dict[Reference, tuple[Terms, ...]] = {}
    for one in anchored:
        value = here.records.get(one.source)
        if one.source in found or one.role not in STATING or not isinstance(value, Commitment):
            continue
        found[one.source] = tuple(
            _terms(quoted, document, here, spans.get((one.source, index, quoted.passage), NOWHERE))
            for index, quoted in enumerate(value.passages)
            if quoted.role == "qualifies"
        )
    return found


def _promise(one: Anchored, terms: tuple[Terms, ...], text: str, here: Here) -> Proviso:
    return Proviso("terms", here.link(one.source), text[one.start : one.end], terms, one.start, one.end)


def _terms(quoted: PassageQuoted, document: Document, here: Here, span: Span) -> Terms:
    reference = Reference("document", quoted.document, quoted.passage)
    if quoted.document == document.id:
        return Terms(quoted.exact, here.link(reference, passage_words(quoted.passage)), quoted.passage, span)
    name = f"{here.link(reference.whole).words}, {passage_words(quoted.passage)}"
    return Terms(quoted.exact, here.link(reference, name), "")


# --- quotations -------------------------------------------------------------------------------------------------------


def _quoted(quotation: Quotation, layout: _Layout, here: Here) -> Iterator[tuple[str, Proviso]]:
    """The warnings of a quotation, each with the passage that it belongs to."""
    source = here.link(quotation.source) if quotation.source else Link("another text", "")
    parts = tuple(_parts(layout.by_place.get(quotation.location) if quotation.location else None, layout))
    if not parts:
        yield quotation.at.fragment, Proviso("quoted", source, quotation.words)
    for part in parts:
        named = _named(quotation.source, part, layout)
        yield part.passage, Proviso("quoted", source, quotation.words, (), *part.span, named)
    passages = dict.fromkeys([part.passage for part in parts] or [quotation.at.fragment])
    for put in quotation.interpolations:
        words = put.words.strip(QUOTATION_MARKS)
        within = (one for passage in passages for one in layout.by_passage.get(passage, ()))
        at = next((one for one in within if _is_put_in(one, put.words)), None)
        if at is None:
            yield quotation.at.fragment, Proviso("put in", source, words)
            continue
        start = at.span[0] + put.words.find(words)
        named = _named(quotation.source, at, layout)
        yield at.passage, Proviso("put in", source, words, (), start, start + len(words), named)


def _parts(first: _Placed | None, layout: _Layout) -> Iterator[_Placed]:
    """The parts of a quotation that is interrupted, in their order."""
    seen: set[str] = set()
    part = first
    while part is not None:
        yield part
        following = part.element.get("next").removeprefix("#")
        part = None if following in seen else layout.by_id.get(following)
        seen.add(following)


def _is_put_in(one: _Placed, words: str) -> bool:
    return one.element.name == "seg" and as_text(one.element) == words


def _named(source: Reference | None, words: _Placed, layout: _Layout) -> Span:
    """Where the passage names the source of `words`: before them if it does, else behind."""
    names = [
        one.span
        for one in layout.by_passage[words.passage]
        if one.element.name in NAMING and str(source) in (one.element.get("ref") or one.element.get("target")).split()
    ]
    before = [span for span in names if span[1] <= words.span[0]]
    behind = [span for span in names if span[0] >= words.span[1]]
    return before[-1] if before else behind[0] if behind else NOWHERE


def _layout(document: Document) -> _Layout:
    by_passage = {passage.id: tuple(_placed(passage)) for passage in document.passages}
    placed = [one for many in by_passage.values() for one in many]
    return _Layout(
        {one.element.location: one for one in placed},
        {one.element.get("xml:id"): one for one in placed if one.element.get("xml:id")},
        by_passage,
    )


def _placed(passage: Passage) -> Iterator[_Placed]:
    """Every element of a passage with where its words stand, in the order in which they begin."""
    pieces = iter(layer(passage.element).pieces)
    found: list[_Placed | None] = []

    def walk(node: Node, at: int) -> int:
        if isinstance(node, Text) or node.name in SPACES:
            return at + len(next(pieces))
        place = len(found)
        found.append(None)
        end = at
        for child in node.children:
            end = walk(child, end)
        found[place] = _Placed(passage.id, node, (at, end))
        return end

    walk(passage.element, 0)
    return (one for one in found if one is not None)
