"""What a record refers to: its fields, one table for each class, and its Markdown body.

Fields that can only be of one kind hold a bare id, others `kind:id`. A field's mention has the name of its record for
words, a source has the statement that it stands for. Called by `linking.link`.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.dates import TouchedDay
from build_tools.identifiers import Kind
from build_tools.linking.documents import Quoted
from build_tools.linking.finding import Found, days_of, find_in
from build_tools.linking.links import AGENTS, DayEntry, Group
from build_tools.model import (
    AnyRecord,
    Commitment,
    Entity,
    Event,
    Message,
    Person,
    Record,
    Source,
    Statement,
    Target,
)
from build_tools.model import Path as KeyPath
from build_tools.text import paragraphs


def find_in_record(record: Record[AnyRecord]) -> Iterator[Found]:
    """Every reference of the record, in its front matter and its body."""
    value = record.value
    for block, _ in paragraphs(record.body):
        yield from find_in(block, record.reference)[0]
    yield from _entity(record, value)
    if isinstance(value, Person):
        yield from _bare(record, value.affiliation, "organisation", "affiliation", "affiliation")
    elif isinstance(value, Event):
        yield from _full(record, value.participants, "participants", "participant")
        for index, place in enumerate(value.places):
            yield from _bare(record, place, "place", "place", "places", index)
        yield from _sources(record, value.when.sources, value.name, "when", "sources")
    elif isinstance(value, Message):
        yield from _message(record, value)
    elif isinstance(value, Commitment):
        yield from _commitment(record, value)
    for entry in days_of_record(record):
        yield Found(f"date:{entry.day}", record.reference, record.at(), entry.words, role=entry.group)


def days_of_record(record: Record[AnyRecord]) -> Iterator[DayEntry]:
    """The days that the record touches by its own dates."""
    value = record.value
    if isinstance(value, Event):
        yield from _entries(record, value.when.date, "happened", value.name)
    elif isinstance(value, Message):
        yield from _entries(record, value.sent.date, "sent", value.name)
    elif isinstance(value, Commitment):
        for date in value.dates:
            yield from _entries(record, date, "in force", value.name)
        for step in value.fate:
            yield from _entries(record, step.date, "fate", step.text)


def words_anchored(record: Record[Commitment]) -> Iterator[tuple[str, Quoted]]:
    """Id of a document -> what the commitment quotes of it."""
    for index, passage in enumerate(record.value.passages):
        target = Target(passage=passage.passage, exact=passage.exact, prefix=passage.prefix, suffix=passage.suffix)
        places = record.at("passages", index, "exact"), record.at("passages", index, "passage")
        yield passage.document, Quoted(record.reference, index, target, passage.role, *places)


def _entries(record: Record[AnyRecord], edtf: str, group: Group, words: str) -> Iterator[DayEntry]:
    touched: tuple[TouchedDay, ...] = days_of(edtf)
    for day in touched:
        yield DayEntry(day.day, group, record.reference, words, day.certainty)


def _entity(record: Record[AnyRecord], value: Entity) -> Iterator[Found]:
    for index, written in enumerate(value.see_also):
        yield Found(written, record.reference, record.at("see_also", index), value.name, role="see also")
    yield from _statements(record, value.statements, "statements")


def _message(record: Record[AnyRecord], value: Message) -> Iterator[Found]:
    yield from _full(record, value.sender, "sender", "sender")
    yield from _full(record, value.addressee, "addressee", "addressee")
    yield from _bare(record, value.document, "document", "text held as", "document")
    yield from _sources(record, value.sent.sources, value.name, "sent", "sources")
    yield from _sources(record, value.printed, value.name, "printed")
    for index, relation in enumerate(value.relations):
        yield from _bare(record, relation.message, "message", relation.link, "relations", index, "message")


def _commitment(record: Record[AnyRecord], value: Commitment) -> Iterator[Found]:
    yield from _full(record, value.by, "by", "by")
    yield from _full(record, value.toward, "toward", "toward")
    yield from _statements(record, value.disputed, "disputed")
    for index, dependency in enumerate(value.depends_on):
        yield from _bare(
            record, dependency.commitment, "commitment", dependency.sense, "depends_on", index, "commitment"
        )
    for index, passage in enumerate(value.passages):
        # the passage itself is looked for where the words are anchored
        place = record.at("passages", index, "document")
        at = f"document:{passage.document}"
        yield Found(at, record.reference, place, passage.exact, role=passage.role, at=passage.passage, bare=True)
    for index, message in enumerate(value.messages):
        yield from _bare(record, message, "message", "carried by", "messages", index)
    for index, step in enumerate(value.fate):
        yield from _sources(record, step.sources, step.text, "fate", index, "sources")
    yield from _sources(record, value.sources, value.statement, "sources")


def _statements(record: Record[AnyRecord], statements: tuple[Statement, ...], key: str) -> Iterator[Found]:
    for index, statement in enumerate(statements):
        yield from _sources(record, statement.sources, statement.text, key, index, "sources")


def _sources(record: Record[AnyRecord], sources: tuple[Source, ...], words: str, *path: str | int) -> Iterator[Found]:
    for index, source in enumerate(sources):
        kinds: tuple[tuple[Kind, str], ...] = (("work", source.work), ("document", source.document))
        for kind, identifier in kinds:
            if identifier:
                place = record.at(*path, index, kind)
                written = f"{kind}:{identifier}"
                yield Found(
                    written, record.reference, place, words, role="source", at=source.at, grade=source.grade, bare=True
                )


def _full(record: Record[AnyRecord], references: tuple[str, ...], key: str, role: str) -> Iterator[Found]:
    """Of a field that holds references to agents."""
    for index, written in enumerate(references):
        place = record.at(key, index)
        yield Found(written, record.reference, place, record.value.name, role=role, expected=AGENTS)


def _bare(record: Record[AnyRecord], identifier: str, kind: Kind, role: str, *path: str | int) -> Iterator[Found]:
    """Of a field that holds an id of one kind; nothing if it is empty."""
    place: KeyPath = path
    if identifier:
        written = f"{kind}:{identifier}"
        yield Found(written, record.reference, record.at(*place), record.value.name, role=role, bare=True)
