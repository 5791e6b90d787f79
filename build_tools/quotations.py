"""Compares every quotation in a document with its source: documents -> what each quotation is worth.

A quotation is a TEI `quote`, joined with its `next` and `prev` parts. What the encoding marks as put in (`seg` of the type
`interpolation`, in the quotation, between its parts or right behind it) is cut out and reported. The rest is sought in the
passages of the source under the matching rule of `selectors`, in whole words. Nothing is declared: a verdict follows from
the two texts. Linear in the texts: where words differ, only the stretch most like them is compared. Called by `rendering`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from build_tools.identifiers import Reference, read_reference
from build_tools.model import Archive, Document, Message, Passage, Source
from build_tools.selectors import MOST_PLACES, MOST_WORDS, Folded, NotFound, find, fold
from build_tools.text import SPACES, Element, Node, Text, as_text

Verdict = Literal["verified", "verified but for what was put in", "differs", "cannot be checked"]
Step = tuple[Literal["kept", "added", "dropped"], str]
"""Words of a comparison: in both texts, in the quotation only, in the source only."""

SENTENCE_END = re.compile(r"[.!?]['\"’”)]*(?=\s|$)")
BORDER = re.compile(r"\b|\W")
MOST_CONTEXT = 1000
"""Characters beside a quotation in which the end of a sentence is looked for."""


@dataclass(frozen=True, slots=True)
class Interpolation:
    """Words put into a quotation that are not its source's; where words quoted in them really stand, if found."""

    words: str
    place: Reference | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation, its source, and how the two compare."""

    document: str
    passage: str
    """Where it begins."""
    words: str
    """Without what was put in."""
    source: Reference | None
    """As the encoding names it; None if it names none."""
    verdict: Verdict
    place: Reference | None = None
    """The passage of the source where the words, or those most like them, begin."""
    before: str = ""
    """What the source has before the words, up to a sentence; so `after`."""
    after: str = ""
    interpolations: tuple[Interpolation, ...] = ()
    comparison: tuple[Step, ...] = ()
    """Word by word, for the verdict `differs`; of a long quotation its beginning."""
    missing: str = ""
    """Why it cannot be checked."""
    printed: tuple[Source, ...] = ()
    """Where a source that is not held is printed."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations, by the document they stand in and by the document they were compared with."""

    standing: Mapping[str, tuple[Quotation, ...]]
    quoting: Mapping[str, tuple[Quotation, ...]]


def quotations_of(archive: Archive) -> Quotations:
    """Every quotation of every document, in the order of the text, with its verdict."""
    sources = _Sources(archive)
    standing: dict[str, tuple[Quotation, ...]] = {}
    quoting: defaultdict[str, list[Quotation]] = defaultdict(list)
    for document in archive.documents:
        found = tuple(_checked(document, sources))
        if found:
            standing[document.id] = found
        for one in found:
            if one.place is not None and one.verdict != "differs":
                quoting[one.place.id].append(one)
    return Quotations(standing, {name: tuple(quoting[name]) for name in sorted(quoting)})


# --- what is quoted ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Chain:
    """A quotation as it is gathered: its parts, and what was put in."""

    parts: list[tuple[Passage, Element]]
    put_in: list[Element]


def _checked(document: Document, sources: _Sources) -> Iterator[Quotation]:
    chains = _chains(document)
    results = {id(quote): sources.compare(document, chain) for chain in chains for _, quote in chain.parts[:1]}
    for chain in chains:
        result = results[id(chain.parts[0][1])]
        if not chain.put_in:
            yield result
            continue
        put_in = tuple(Interpolation(as_text(one), _inner_place(one, results)) for one in chain.put_in)
        verdict = "verified but for what was put in" if result.verdict == "verified" else result.verdict
        yield replace(result, interpolations=put_in, verdict=verdict)


def _inner_place(put_in: Element, results: Mapping[int, Quotation]) -> Reference | None:
    inner = (results[id(quote)] for quote in _below(put_in, "quote") if id(quote) in results)
    return next((one.place for one in inner if one.verdict == "verified"), None)


def _chains(document: Document) -> list[_Chain]:
    """The quotations in the order in which they begin; a part that another one names as its next begins none."""
    chains: list[_Chain] = []
    awaited: dict[str, _Chain] = {}
    for passage in document.passages:
        last: _Chain | None = None
        """The quotation that has just ended, if no word has come since."""
        inside: list[tuple[_Chain, bool]] = []
        for event, node in _walk(passage.element):
            if isinstance(node, Text):
                if _has_word(node.content) and not inside:
                    last = None
            elif node.name == "quote" and event == "begins":
                chain = awaited.pop(node.get("xml:id"), None)
                if chain is None:
                    chain = _Chain([], [])
                    chains.append(chain)
                chain.parts.append((passage, node))
                if node.get("next"):
                    awaited[node.get("next").removeprefix("#")] = chain
                inside.append((chain, True))
            elif node.name == "quote":
                last = inside.pop()[0]
            elif node.name == "seg" and node.get("type") == "interpolation":
                around = inside[-1][0] if inside and inside[-1][1] else last
                if event == "begins":
                    if around is not None:
                        around.put_in.append(node)
                    inside.append((around or _Chain([], []), False))
                else:
                    last = inside.pop()[0]
    return chains


def _walk(element: Element) -> Iterator[tuple[Literal["begins", "ends"], Node]]:
    """Each text once, each element when it begins and when it ends; what is not read is passed over."""
    waiting: list[tuple[Literal["begins", "ends"], Node]] = [("begins", element)]
    while waiting:
        event, node = waiting.pop()
        yield event, node
        if event == "begins" and isinstance(node, Element) and node.name not in SPACES:
            waiting.append(("ends", node))
            if node.name not in {"note", "fw", "metamark", "surplus", "sic", "orig"}:
                waiting.extend(("begins", child) for child in reversed(node.children))


def _below(element: Element, name: str) -> Iterator[Element]:
    for event, node in _walk(element):
        if event == "begins" and isinstance(node, Element) and node.name == name:
            yield node


def _without_put_in(element: Element) -> Element:
    """The quotation with each interpolation emptied, so that the words on either side keep their blank."""
    children = tuple(
        child if isinstance(child, Text) else _without_put_in(child)
        for child in element.children
        if isinstance(child, Text) or child.name != "seg" or child.get("type") != "interpolation"
    )
    return replace(element, children=children)


# --- the source -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Searched:
    """Passages under the matching rule, one after the other, with one space between."""

    passages: tuple[Passage, ...]
    folded: tuple[Folded, ...]
    starts: tuple[int, ...]
    text: str

    def place(self, at: int) -> tuple[int, int]:
        """The passage, and the offset in it, of an offset into the whole."""
        index = bisect_right(self.starts, at) - 1
        return index, at - self.starts[index]


class _Sources:
    """What quotations are compared with; each document is folded once, and only if it is quoted."""

    def __init__(self, archive: Archive) -> None:
        self.documents = {document.id: document for document in archive.documents}
        self.messages = {record.id: record.value for record in archive.messages}
        self.searched: dict[str, _Searched] = {}

    def compare(self, document: Document, chain: _Chain) -> Quotation:
        """The quotation with its verdict, before what was put in is considered."""
        passage, first = chain.parts[0]
        words = " ".join(filter(None, (as_text(_without_put_in(quote)) for _, quote in chain.parts)))
        source = next(filter(None, map(read_reference, first.get("source").split())), None)
        quoted = Quotation(document.id, passage.id, words, source, "cannot be checked")
        if source is None:
            return replace(quoted, missing="no source is named")
        message = self.messages.get(source.id) if source.kind == "message" else None
        held = self._held(source, message)
        if held is None:
            printed = message.printed if message else ()
            return replace(quoted, missing="the text of the source is not held here", printed=printed)
        sought = fold(words).text.strip(" ")
        if not sought:
            return replace(quoted, missing="no words are quoted")
        own = {part.id for part, _ in chain.parts} if held.id == document.id else set()
        searched = self._search(held, source.fragment, own)
        if not searched.passages:
            return replace(quoted, missing="the source has no such passage")
        return _compared(quoted, sought, held.id, searched)

    def _held(self, source: Reference, message: Message | None) -> Document | None:
        if source.kind == "message":
            return self.documents.get(message.document) if message and message.document else None
        return self.documents.get(source.id) if source.kind == "document" else None

    def _search(self, document: Document, fragment: str, own: set[str]) -> _Searched:
        """All passages, or the one named; without those in which a document quotes itself."""
        if not fragment and not own:
            if document.id not in self.searched:
                self.searched[document.id] = _searched(document.passages)
            return self.searched[document.id]
        wanted = [one for one in document.passages if one.id not in own and fragment in {"", one.id}]
        return _searched(tuple(wanted))


def _searched(passages: tuple[Passage, ...]) -> _Searched:
    folded = tuple(fold(passage.text) for passage in passages)
    starts: list[int] = []
    length = 0
    for one in folded:
        starts.append(length)
        length += len(one.text) + 1
    return _Searched(passages, folded, tuple(starts), " ".join(one.text for one in folded))


# --- the comparison ---------------------------------------------------------------------------------------------------


def _compared(quoted: Quotation, sought: str, source: str, searched: _Searched) -> Quotation:
    at = _whole_words_at(searched.text, sought)
    if at >= 0:
        first, start = searched.place(at)
        last, end = searched.place(at + len(sought))
        opening, closing = searched.passages[first], searched.passages[last]
        return replace(
            quoted,
            verdict="verified",
            place=Reference("document", source, opening.id),
            before=_sentence_before(opening.text[: searched.folded[first].start_of(start)]),
            after=_sentence_after(closing.text[searched.folded[last].end_of(end) :]),
        )
    nearest = _nearest(searched.text, sought)
    words = sought.split()[:MOST_WORDS]
    place = None
    if nearest:
        index, _ = searched.place(max(0, searched.text.find(nearest)))
        place = Reference("document", source, searched.passages[index].id)
    return replace(quoted, verdict="differs", place=place, comparison=_word_by_word(words, nearest.split()))


def _whole_words_at(text: str, sought: str) -> int:
    """Where the words begin, no word being cut at either end; -1 if nowhere among the first MOST_PLACES."""
    at = text.find(sought)
    for _ in range(MOST_PLACES):
        end = at + len(sought)
        if at < 0 or not (_joined(text[at - 1 : at], sought[0]) or _joined(sought[-1], text[end : end + 1])):
            return at
        border = BORDER.search(text, at + 1)  # in the middle of a word nothing can begin
        at = text.find(sought, border.start() if border else len(text))
    return -1


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours are parts of one word, or a letter and its mark."""
    if not left or not right:
        return False
    return unicodedata.category(right)[0] == "M" or (left.isalnum() and right.isalnum())


def _nearest(text: str, sought: str) -> str:
    """The stretch of the source most like the words; empty if none is."""
    found = find(text, sought)
    if isinstance(found, NotFound):
        return found.nearest
    at = text.find(sought)  # there, but within longer words: these are shown whole
    end = text.find(" ", at + len(sought))
    return text[text.rfind(" ", 0, at) + 1 : end if end >= 0 else len(text)]


def _word_by_word(quoted: list[str], there: list[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for tag, i, j, k, m in SequenceMatcher(None, quoted, there, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append(("kept", " ".join(quoted[i:j])))
            continue
        if m > k:
            steps.append(("dropped", " ".join(there[k:m])))
        if j > i:
            steps.append(("added", " ".join(quoted[i:j])))
    return tuple(steps)


def _sentence_before(text: str) -> str:
    """The last sentence, or its beginning if it goes on behind the end; the number of an item alone is none."""
    near = text[-MOST_CONTEXT:].strip()
    ends = [one.end() for one in SENTENCE_END.finditer(near) if one.end() < len(near)]
    sentence = near[ends[-1] if ends else 0 :].strip()
    return sentence if any(map(str.isalpha, sentence)) else ""


def _sentence_after(text: str) -> str:
    """The first sentence, or the rest of one that has begun; signs alone are none."""
    near = text[:MOST_CONTEXT].strip()
    word = re.search(r"\w", near)
    if word is None:
        return ""
    end = SENTENCE_END.search(near, word.start())
    return near[: end.end() if end else len(near)].lstrip(".!?'\"’” ")


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))
