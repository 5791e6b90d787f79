"""Checks that everything that is said has a source with its grade, and every inference its argument.

That works and documents cited exist has been asked by `linking`. What is demanded: each statement of a record, each
step of a fate, each paragraph and list item of a note or commentary.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import AnyRecord, Archive, Commitment, Event, Message, Record, Source
from build_tools.model import Path as KeyPath
from build_tools.problem import Problem
from build_tools.text import Element, Node, as_text, elements, paragraphs

CITE = 'End it with a citation such as [FRUS VI, 67](work:frus-vi#d67 "A"), or [inference](term:grades "C")'
SHOWN = 60


def check_statements(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Each statement, step and commitment has a source, and each source that claims a text names it."""
    return tuple(problem for record in archive.records() for problem in _statements(record))


def check_inferences(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Each source of grade C that names no text gives its argument."""
    return tuple(
        Problem(
            "inference-without-argument",
            record.at(*path, index),
            "an inference is given without an argument",
            "Say in remark why it follows, in a sentence",
        )
        for record in archive.records()
        for path, _, sources in _sourced(record)
        for index, source in enumerate(sources)
        if source.grade == "C" and not (source.work or source.document or source.remark)
    )


def check_bodies(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Each paragraph and list item of a note or commentary has a graded citation; of an inference, words before it."""
    bodies = [(note.body, note.path) for document in archive.documents for note in document.notes]
    empty = [path for body, path in bodies if not body]
    bodies += [(record.body, record.path) for record in archive.records()]
    problems = [problem for body, _ in bodies for problem in _body(body)]
    hint = "Write what the note has to say below its front matter"
    problems += [Problem("empty-note", Location(path), "the note says nothing", hint) for path in empty]
    return tuple(problems)


def _statements(record: Record[AnyRecord]) -> Iterator[Problem]:
    for path, words, sources in _sourced(record):
        if not sources and words:
            message = f"nothing says where this is from: {_shown(words)!r}"
            yield Problem("statement-without-source", record.at(*path[:-1]), message, "Add a source with its grade")
        for index, source in enumerate(sources):
            if source.grade in {"A", "A-x", "B"} and not (source.work or source.document):
                message = f"a source of grade {source.grade} names neither a work nor a document"
                hint = "Add work or document; what you infer yourself has grade C, what is not checked D"
                yield Problem("statement-without-source", record.at(*path, index), message, hint)


def _sourced(record: Record[AnyRecord]) -> Iterator[tuple[KeyPath, str, tuple[Source, ...]]]:
    """Every list of sources with its path and the words that need them; no words where sources may be missing."""
    value = record.value
    for index, statement in enumerate(value.statements):
        yield ("statements", index, "sources"), statement.text, statement.sources
    if isinstance(value, Commitment):
        yield ("sources",), value.statement, value.sources
        for index, statement in enumerate(value.disputed):
            yield ("disputed", index, "sources"), statement.text, statement.sources
        for index, step in enumerate(value.fate):
            yield ("fate", index, "sources"), step.text, step.sources
    elif isinstance(value, Message):
        yield ("sent", "sources"), "", value.sent.sources
        yield ("printed",), "", value.printed
        for index, wording in enumerate(value.wordings):
            yield ("wordings", index, "sources"), wording.text, wording.sources
    elif isinstance(value, Event):
        yield ("when", "sources"), "", value.when.sources


def _body(body: tuple[Node, ...]) -> Iterator[Problem]:
    for block, _ in paragraphs(body):
        if block.name == "head":
            continue
        words = as_text(block)
        citations = [one for one in elements(block) if one.name == "bibl" and one.get("ana")]
        if not citations:
            message = f"this paragraph has no graded citation: {_shown(words)!r}"
            yield Problem("statement-without-source", block.location, message, CITE)
        elif all(_is_inference(one) for one in citations) and not _has_words_beside(words, citations):
            message = "an inference is marked, but nothing says what follows from what"
            hint = "Give the argument in the sentences before the mark"
            yield Problem("inference-without-argument", block.location, message, hint)


def _is_inference(citation: Element) -> bool:
    return citation.get("ana") == "C" and citation.get("target").startswith("term:")


def _has_words_beside(words: str, citations: list[Element]) -> bool:
    for citation in citations:
        words = words.replace(as_text(citation), "", 1)
    return any(character.isalnum() for character in words)


def _shown(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rpartition(' ')[0]} …"
