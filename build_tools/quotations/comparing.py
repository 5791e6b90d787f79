"""Compares the words of a quotation with those of its source.

The matching rule is that of `selectors`, in whole words. Ellipses and insertions in brackets are read as scholars write
them: the pieces between must stand in the source in this order, each long enough to mean something, within a few
neighbouring passages. Nothing is declared: a verdict follows from the two texts. Linear in the texts: where words
differ, only the stretch most like them is compared.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from build_tools.identifiers import Reference
from build_tools.model import Archive, Document, Message, Passage, Wording
from build_tools.quotations.values import Compared, Interpolation, Quotation, Step
from build_tools.selectors import MOST_PLACES, MOST_WORDS, Folded, NotFound, find, fold

SENTENCE_END = re.compile(r"[.!?]['\"’”)]*(?=\s|$)")
BORDER = re.compile(r"\b|\W")
GAP = re.compile(r"\w*\[[^\]]*\]\w*|…|\.(?: ?\.){2,3}")
"""An ellipsis, or an insertion in brackets with the rest of the word that it stands in."""
MOST_CONTEXT = 1000
"""Characters beside a quotation in which the end of a sentence is looked for."""
LEAST_WORDS, LEAST_LETTERS = 2, 8
"""What a piece between ellipses must have at least."""
MOST_BEGINNINGS = 50
"""Places at which the first piece is tried."""
PASSAGES_APART = 3
"""Neighbouring passages that the pieces of one quotation may lie in."""
MOST_OMITTED = 300
"""Characters of an omission that are shown."""


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


class Sources:
    """What quotations are compared with; each document is folded once, and only if it is quoted."""

    def __init__(self, archive: Archive) -> None:
        self.documents = {document.id: document for document in archive.documents}
        self.messages = {record.id: record.value for record in archive.messages}
        self.printed: dict[tuple[str, str], str] = {}
        """Work and place in it -> the document held here that is printed there."""
        for record in archive.messages:
            if record.value.document in self.documents:
                for one in record.value.printed:
                    self.printed.setdefault((one.work, one.at), record.value.document)
        self.searched: dict[str, _Searched] = {}

    def held(self, source: Reference) -> Document | None:
        """The document whose text is that of the source, if it is held here."""
        if source.kind == "message":
            message = self.messages.get(source.id)
            return self.documents.get(message.document) if message else None
        if source.kind == "work":
            return self.documents.get(self.printed.get((source.id, source.fragment), ""))
        return self.documents.get(source.id) if source.kind == "document" else None

    def compare(self, quoted: Quotation, own: frozenset[str] = frozenset()) -> Quotation:
        """The quotation with the verdict that follows from its words and its source.

        `own` are the passages that a document must not be compared with when it quotes itself.
        """
        if quoted.source is None:
            return replace(quoted, missing="no source is named")
        held = self.held(quoted.source)
        if held is None:
            message = self.messages.get(quoted.source.id) if quoted.source.kind == "message" else None
            return _not_held(quoted, message)
        sought = fold(quoted.words).text.strip(" ")
        if not any(map(str.isalnum, sought)):
            return replace(quoted, missing="no words are quoted")
        fragment = quoted.source.fragment if quoted.source.kind == "document" else ""
        searched = self._search(held, fragment, own if held.id == quoted.at.id else frozenset())
        if not searched.passages:
            return replace(quoted, missing="the source has no such passage")
        return _compared(quoted, sought, held.id, searched)

    def shared(self, text: str, put_in: tuple[Interpolation, ...]) -> tuple[str, ...]:
        """Which of the words that were put in stand in a text."""
        folded = fold(text).text
        return tuple(one.words for one in put_in if _whole_words_at(folded, fold(one.words).text.strip(" ")) >= 0)

    def _search(self, document: Document, fragment: str, own: frozenset[str]) -> _Searched:
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


def _not_held(quoted: Quotation, message: Message | None) -> Quotation:
    """What can still be said: where the source is printed, and how editions have the words."""
    missing = "the text of the source is not held here"
    if message is None:
        return replace(quoted, missing=missing)
    wordings = tuple(_beside(quoted, one) for one in message.wordings)
    return replace(quoted, missing=missing, printed=message.printed, wordings=wordings)


def _beside(quoted: Quotation, wording: Wording) -> Compared:
    text, sought = fold(wording.text).text.strip(" "), fold(quoted.words).text.strip(" ")
    agrees = bool(sought) and _whole_words_at(text, sought) >= 0
    steps = () if agrees else word_by_word(sought.split()[:MOST_WORDS], _nearest(text, sought).split())
    return Compared(wording.version, wording.text, agrees, steps, (), wording.sources)


def _compared(quoted: Quotation, sought: str, source: str, searched: _Searched) -> Quotation:
    at = _whole_words_at(searched.text, sought)
    spans = [(at, at + len(sought))] if at >= 0 else []
    if not spans and GAP.search(sought):
        pieces = [piece.strip(" ,;") for piece in GAP.split(sought)]
        pieces = [piece for piece in pieces if piece]
        if not pieces or not all(map(_is_long_enough, pieces)):
            found = f"a piece between ellipses has fewer than {LEAST_WORDS} words or {LEAST_LETTERS} letters"
            return replace(quoted, verdict="differs", missing=found)
        spans = _pieces_at(searched, pieces)
    if spans:
        return _agreeing(quoted, spans, source, searched)
    nearest = _nearest(searched.text, sought)
    place = None
    if nearest:
        index, _ = searched.place(max(0, searched.text.find(nearest)))
        place = Reference("document", source, searched.passages[index].id)
    steps = word_by_word(sought.split()[:MOST_WORDS], nearest.split())
    return replace(quoted, verdict="differs", place=place, comparison=steps)


def _agreeing(quoted: Quotation, spans: list[tuple[int, int]], source: str, searched: _Searched) -> Quotation:
    first, start = searched.place(spans[0][0])
    last, end = searched.place(spans[-1][1])
    opening, closing = searched.passages[first], searched.passages[last]
    left_out = [searched.text[a:b].strip(" ") for (_, a), (b, _) in pairwise(spans)]
    return replace(
        quoted,
        verdict="verified but for what was left out" if len(spans) > 1 else "verified",
        place=Reference("document", source, opening.id),
        before=_sentence_before(opening.text[: searched.folded[first].start_of(start)]),
        after=_sentence_after(closing.text[searched.folded[last].end_of(end) :]),
        omissions=tuple(one if len(one) <= MOST_OMITTED else f"{one[:MOST_OMITTED]} …" for one in left_out),
    )


def _is_long_enough(piece: str) -> bool:
    return len(piece.split()) >= LEAST_WORDS and sum(map(str.isalnum, piece)) >= LEAST_LETTERS


def _pieces_at(searched: _Searched, pieces: list[str]) -> list[tuple[int, int]]:
    """Where the pieces stand, one behind the other and not too far apart; none if they do not."""
    begin = 0
    for _ in range(MOST_BEGINNINGS):
        begin = _whole_words_at(searched.text, pieces[0], begin)
        if begin < 0:
            return []
        spans: list[tuple[int, int]] = [(begin, begin + len(pieces[0]))]
        for piece in pieces[1:]:
            at = _whole_words_at(searched.text, piece, spans[-1][1])
            if at < 0:
                return []  # nor behind a later beginning
            spans.append((at, at + len(piece)))
        if searched.place(spans[-1][1])[0] - searched.place(begin)[0] < PASSAGES_APART:
            return spans
        begin += 1
    return []


def _whole_words_at(text: str, sought: str, start: int = 0) -> int:
    """Where the words begin, no word being cut at either end; -1 if nowhere among the first MOST_PLACES."""
    at = text.find(sought, start)
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


def word_by_word(quoted: list[str], there: list[str]) -> tuple[Step, ...]:
    """The words of both texts in order: kept, only in the quotation (added), only in the other (dropped)."""
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
