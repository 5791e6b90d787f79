"""Quotations in our own prose: the words between quotation marks in notes and records, and the source each names.

A quotation in a note or commentary is from the citations behind it in its paragraph, or, if none follows, from the last
before it; one in a field of a record, from the sources of that field. A citation of a document held here claims that the
words are there, letter for letter. Words that stand in the passage a note or a commitment is anchored to may be quoted
without a citation. A comma or full stop at the end of the words belongs to the sentence around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_tools.identifiers import Reference, read_reference
from build_tools.location import Location
from build_tools.model import AnyRecord, Commitment, Event, Message, Note, Record, Source
from build_tools.model import Path as KeyPath
from build_tools.quotations.comparing import Sources
from build_tools.quotations.values import AGREEING, Quotation
from build_tools.text import Element, Node, Text, paragraphs

MARKED = re.compile(r"“([^“”]+)”|(?<!\w)\"(?!\s)([^\"]+)(?<!\s)\"(?!\w)")
AROUND = ' "“”'
"""What may stand around a block quotation."""
BETWEEN = re.compile(r"[\s,;.()–]*(?:and\s*)?")
"""What may stand between two citations of one statement."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Quoted words, what they claim to be from, and where they are written."""

    words: str
    sources: tuple[Reference, ...]
    location: Location


def quotations_in_note(note: Note, sources: Sources) -> Iterator[Quotation]:
    """The quotations of a note's body, in its order."""
    here = Reference("document", note.document, f"n-{note.id}")
    own = (Reference("document", note.document, note.value.target.passage),)
    for found in _in_body(note.body):
        yield _judged(here, found, own, sources)


def quotations_in_record(record: Record[AnyRecord], sources: Sources) -> Iterator[Quotation]:
    """The quotations of a record's fields and commentary, fields first."""
    value = record.value
    own: tuple[Reference, ...] = ()
    if isinstance(value, Commitment):
        own = tuple(dict.fromkeys(Reference("document", one.document, one.passage) for one in value.passages))
    for path, words, given in _fields(value):
        named = tuple(filter(None, (one.named for one in given)))
        for found in MARKED.finditer(words):
            quoted = _Words(found[1] or found[2], named, record.at(*path))
            yield _judged(record.reference, quoted, own, sources)
    for quoted in _in_body(record.body):
        yield _judged(record.reference, quoted, own, sources)


def _judged(at: Reference, found: _Words, own: Sequence[Reference], sources: Sources) -> Quotation:
    """The best that any source that is named, or else the anchor's own passage, makes of the words."""
    judged = [_compared(at, found, one, sources) for one in (*found.sources, *own)]
    agreeing = next((one for one in judged if one.verdict in AGREEING), None)
    if agreeing:
        return agreeing
    named = judged[: len(found.sources)]
    if not named:
        return Quotation(
            at, found.words, None, "cannot be checked", missing="no source is named", location=found.location
        )
    return next((one for one in named if one.verdict == "cannot be checked"), named[0])


def _compared(at: Reference, found: _Words, source: Reference, sources: Sources) -> Quotation:
    held = sources.held(source)
    quoted = Quotation(
        at,
        found.words,
        source,
        "cannot be checked",
        claimed=source.kind == "document" and held is not None,
        location=found.location,
    )
    result = sources.compare(quoted)
    trimmed = found.words.rstrip(",.;")
    if result.verdict == "differs" and trimmed != found.words:
        shorter = sources.compare(replace(quoted, words=trimmed))
        result = shorter if shorter.verdict in AGREEING else result
    if result.verdict != "differs" or held is None:
        return result
    if source.kind == "work":  # its editors' own words are not held with the text that they print
        missing = "the words are not in the text that is held, but may be in what the work says of it"
        return replace(quoted, missing=missing)
    if source.fragment:
        elsewhere = sources.compare(replace(quoted, words=trimmed, source=source.whole))
        if elsewhere.verdict in AGREEING:
            return replace(result, place=elsewhere.place, elsewhere=True)
    return result


# --- where quotations stand -------------------------------------------------------------------------------------------


def _fields(value: AnyRecord) -> Iterator[tuple[KeyPath, str, tuple[Source, ...]]]:
    """Every field of a record that is prose, with its path and sources; of those without their own, the record's."""
    every = tuple(source for one in value.statements for source in one.sources)
    if isinstance(value, Commitment):
        every = (*value.sources, *every)
        for name in ("statement", "verification", "reading", "by_remark", "toward_remark"):
            yield (name,), getattr(value, name), every
        for index, one in enumerate(value.disputed):
            yield ("disputed", index, "text"), one.text, one.sources
        for index, step in enumerate(value.fate):
            yield ("fate", index, "text"), step.text, step.sources
    elif isinstance(value, Message):
        every = (*value.printed, *value.sent.sources, *every)
        if value.document:
            every = (Source(grade="A", document=value.document), *every)
    elif isinstance(value, Event):
        every = (*value.when.sources, *every)
    yield ("summary",), value.summary, every
    for index, statement in enumerate(value.statements):
        yield ("statements", index, "text"), statement.text, statement.sources


def _in_body(body: tuple[Node, ...]) -> Iterator[_Words]:
    for block, is_quotation in paragraphs(body):
        text, citations = _without_citations(block)
        spans = [(0, len(text), text.strip(AROUND))] if is_quotation else []
        spans = spans or [(one.start(), one.end(), one[1] or one[2]) for one in MARKED.finditer(text)]
        for _, end, words in spans:
            if words:
                yield _Words(words, _sources_of(end, text, citations), block.location)


def _without_citations(block: Element) -> tuple[str, list[tuple[int, Reference]]]:
    """The words of a paragraph, and at which offset each citation of a text stands."""
    words: list[str] = []
    citations: list[tuple[int, Reference]] = []
    length = 0
    waiting: list[Node] = [block]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            words.append(node.content)
            length += len(node.content)
        elif node.name == "bibl" and node.get("ana"):
            cited = read_reference(node.get("target"))
            if cited is not None and cited.kind in {"work", "document"}:
                citations.append((length, cited))
        else:
            waiting.extend(reversed(node.children))
    return "".join(words), citations


def _sources_of(end: int, text: str, citations: Sequence[tuple[int, Reference]]) -> tuple[Reference, ...]:
    """The citations that follow a quotation side by side; the last ones before it, if none follows."""
    runs: list[list[tuple[int, Reference]]] = []
    for at, cited in citations:
        if runs and BETWEEN.fullmatch(text, runs[-1][-1][0], at):
            runs[-1].append((at, cited))
        else:
            runs.append([(at, cited)])
    following = next((run for run in runs if run[0][0] >= end), runs[-1] if runs else [])
    return tuple(cited for _, cited in following)
