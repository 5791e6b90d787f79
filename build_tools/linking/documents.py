"""One document's part in linking: what passages, furniture, header and notes refer to; where anchors stand in it.

`find_in_documents` is a plain function over a chunk, whose arguments and results can be pickled, so that an executor
may run it in other processes. It looks at nothing but the documents given and what quotes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.identifiers import Reference, note_anchor
from build_tools.linking.finding import Dated, Found, days_of, find_in
from build_tools.linking.links import AGENTS, Anchored, DayEntry
from build_tools.location import Location
from build_tools.model import Document, Note, Passage, Target
from build_tools.problem import Problem
from build_tools.selectors import Ambiguous, NotFound, Span, find
from build_tools.text import Element, paragraphs

MOST_SHOWN = 5
"""Places of a doubtful anchor, or passages of a document, that a message names."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a document that a commitment or a note is anchored to."""

    source: Reference
    index: int
    target: Target
    role: str
    place: Location
    """Of the quotation, in the file of the record."""
    passage_place: Location


@dataclass(frozen=True, slots=True)
class DocumentFindings:
    """What linking learns from one document alone."""

    found: tuple[Found, ...]
    days: tuple[DayEntry, ...]
    anchored: tuple[Anchored, ...]
    problems: tuple[Problem, ...]


def find_in_documents(chunk: Sequence[tuple[Document, tuple[Quoted, ...]]]) -> list[DocumentFindings]:
    """The findings of each document, given what commitments quote of it."""
    return [find_in_document(document, quoted) for document, quoted in chunk]


def find_in_document(document: Document, quoted: tuple[Quoted, ...]) -> DocumentFindings:
    """What the document refers to, the days it touches, and the places of all that is anchored in it."""
    found = list(_header_references(document))
    days = list(_header_days(document))
    dated: list[Dated] = []
    for element, source in _contexts(document):
        more, more_dated = find_in(element, source)
        found += more
        dated += more_dated
    for note in document.notes:
        found += find_in_note(note)
    days.extend(
        DayEntry(day.day, "referred to", one.source, one.words, day.certainty) for one in dated for day in one.days
    )
    anchored, faults = _anchor(document, (*quoted, *map(_quoted_by_note, document.notes)))
    return DocumentFindings(tuple(found), tuple(days), anchored, faults)


def find_in_note(note: Note) -> Iterator[Found]:
    """What a note refers to, in its body and its front matter."""
    source = note_reference(note)
    for block, _ in paragraphs(note.body):
        yield from find_in(block, source)[0]
    for index, written in enumerate(note.value.see_also):
        yield Found(written, source, note.at("see_also", index), note.value.title, role="see also")


def note_reference(note: Note) -> Reference:
    """`document:ID#n-NOTE`."""
    return Reference("document", note.document, note_anchor(note.id))


# --- what the document says -----------------------------------------------------------------------------------------


def _header_references(document: Document) -> Iterator[Found]:
    header, place = document.header, Location(document.path)
    named = [("author", author) for author in header.authors] + [("addressee", one) for one in header.addressees]
    for role, reference in named:
        yield Found(str(reference), document.reference, place, header.short_title, role=role, expected=AGENTS)
    for day in days_of(header.date):
        yield Found(f"date:{day.day}", document.reference, place, header.short_title, role="written")


def _header_days(document: Document) -> Iterator[DayEntry]:
    for day in days_of(document.header.date):
        yield DayEntry(day.day, "written", document.reference, document.header.title, day.certainty)


def _contexts(document: Document) -> Iterator[tuple[Element, Reference]]:
    """Each stretch of text that is read as one, and what is referring there; a passage within another is part of it.

    The header's account of how the text was edited is one too.
    """
    for declaration in document.header.editorial_declarations:
        yield declaration, document.reference
    passages = {id(passage.element): passage for passage in document.passages}
    waiting = [document.body]
    while waiting:
        element = waiting.pop()
        passage = passages.get(id(element))
        if passage:
            yield element, Reference("document", document.id, passage.id)
        elif element.name in {"body", "div", "list", "postscript"}:
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))
        else:
            yield element, document.reference


# --- what is anchored in it -----------------------------------------------------------------------------------------


def _quoted_by_note(note: Note) -> Quoted:
    places = note.at("target", "exact"), note.at("target", "passage")
    return Quoted(note_reference(note), 0, note.value.target, note.value.kind, *places)


def _anchor(document: Document, quoted: tuple[Quoted, ...]) -> tuple[tuple[Anchored, ...], tuple[Problem, ...]]:
    """The places of all anchors, in the order of the text; those that match not once are Problems."""
    passages = {passage.id: passage for passage in document.passages}
    order = {identifier: number for number, identifier in enumerate(passages)}
    anchored: list[Anchored] = []
    problems: list[Problem] = []
    # one passage after the other, for a folded text is kept only while it is being searched
    for one in sorted(quoted, key=lambda one: (order.get(one.target.passage, -1), str(one.source), one.index)):
        passage = passages.get(one.target.passage)
        if passage is None:
            problems.append(unknown_passage(document.id, one.target.passage, tuple(passages), one.passage_place))
            continue
        target = one.target
        span = find(passage.text, target.exact, target.prefix, target.suffix)
        if isinstance(span, Span):
            anchored.append(Anchored(passage.id, span.start, span.end, one.source, one.index, one.role))
        elif isinstance(span, NotFound):
            problems.append(_not_found(passage, one, span))
        else:
            problems.append(_ambiguous(passage, one, span))
    anchored.sort(key=lambda one: (order[one.passage], one.start, -one.end, str(one.source), one.index))
    return tuple(anchored), tuple(problems)


def unknown_passage(document: str, fragment: str, known: tuple[str, ...], place: Location) -> Problem:
    """A reference to a passage that the document does not have."""
    shown = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
    hint = f"Its passages are {shown}" if known else "It has no passages"
    return Problem("unknown-passage", place, f"document {document!r} has no passage {fragment!r}", hint)


def _not_found(passage: Passage, one: Quoted, found: NotFound) -> Problem:
    where = f"passage {passage.id!r}"
    exact = _shortened(one.target.exact)
    if found.reason == "empty":
        message, hint = f"the anchor quotes no words of {where}", "Put the words that it stands for into exact"
    elif found.reason == "context differs":
        message = f"{exact!r} stands in {where}, but not with the prefix and suffix given"
        hint = f"Mend them, or leave them out; the text has {found.nearest!r}"
    elif found.nearest:
        message = f"{exact!r} is not in {where}; nearest is {_shortened(found.nearest)!r}"
        hint = "; ".join(_difference(*pair) for pair in found.differences[:MOST_SHOWN])
    else:
        message, hint = (
            f"{exact!r} is not in {where}, nor anything like it",
            "Quote the reading text, letter for letter",
        )
    return Problem("anchor-not-found", one.place, message, hint)


def _difference(quoted: str, there: str) -> str:
    if not there:
        return f"The text has no {_shortened(quoted)!r} there"
    if not quoted:
        return f"The text also has {_shortened(there)!r}"
    return f"The text has {_shortened(there)!r}, not {_shortened(quoted)!r}"


def _ambiguous(passage: Passage, one: Quoted, found: Ambiguous) -> Problem:
    count = len(found.places)
    prefixes = [f"{prefix!r}" for prefix in found.prefixes[:MOST_SHOWN] if prefix]
    more = ", …" if count > MOST_SHOWN else ""
    message = f"{_shortened(one.target.exact)!r} stands {count} times in passage {passage.id!r}"
    places = ", ".join(str(span.start) for span in found.places[:MOST_SHOWN])
    hint = f"Give one of these prefixes: {', '.join(prefixes)}{more}" if prefixes else "Quote more words"
    return Problem("anchor-ambiguous", one.place, f"{message}, at the offsets {places}{more}", hint)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 160 else f"{words[:100]} … {words[-50:]}"
