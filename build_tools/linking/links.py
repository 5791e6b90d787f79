"""What linking yields: who refers to whom, where each anchor stands, and what touches each day. All frozen.

Made by `linking.link`, read by `checking`, `rendering` and the exporters. Everything is kept in both directions, so
that no page has to look through the archive for what concerns it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.model import AnyRecord
from build_tools.quotations import Quotations

Group = Literal["written", "sent", "happened", "in force", "fate", "referred to"]
AGENTS: tuple[Kind, ...] = ("person", "organisation")
"""Kinds that can promise, write, take part."""
GROUPS: tuple[Group, ...] = ("written", "sent", "happened", "in force", "fate", "referred to")
"""How a thing touches a day, in the order in which a day's page tells it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to."""

    reference: Reference
    name: str
    summary: str
    location: Location


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that refers to something."""

    target: Reference
    """Without fragment; of a document with the passage, if one is named."""
    source: Reference
    """A document with its passage, a document with its note (`#n-…`), or a record. Furniture of the page (stamps,
    footers) and the header are the document without a fragment."""
    words: str
    """As written there; where a field of a record refers, the name of that record or the statement it is about."""
    before: str
    after: str
    """The text before and after, some 80 characters, cut between words, with the blank that sets it off."""
    place: Location
    role: str = ""
    """What a field says of the target: `by`, `sender`, `source`, `see also`, `amends` …; empty in running text."""
    at: str = ""
    """The place in a work that is cited."""
    grade: str = ""
    """The grade of a citation."""
    certainty: str = ""
    """How sure the editors are that this is meant: `high`, `medium`, `low`; empty if they do not doubt it."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a commitment's passage or a note stands: offsets into the reading text of a passage."""

    passage: str
    start: int
    end: int
    source: Reference
    index: int = 0
    """Which of the commitment's passages, from 0."""
    role: str = ""
    """Role of the commitment's passage; kind of the note."""


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something that touches a day."""

    day: str
    group: Group
    source: Reference
    words: str
    """The date as written where it is referred to; else the name of the thing, or the words of the step."""
    certainty: str = ""
    """Empty if sure; else `probably`, `about`, `probably about`."""


@dataclass(frozen=True, slots=True)
class Links:
    """Every reference of the archive, resolved, in both directions; all mappings and tuples in a decided order."""

    targets: Mapping[Reference, Target]
    """Everything that exists: documents, records, and the days that something touches."""
    records: Mapping[Reference, AnyRecord]
    """The front matter of each record."""
    mentions: Mapping[Reference, tuple[Mention, ...]]
    """What is referred to, without fragment -> where, in the order of places."""
    outgoing: Mapping[Reference, tuple[Reference, ...]]
    """Document or record -> all it refers to, without fragments; its notes and anchored commitments included."""
    anchored: Mapping[str, tuple[Anchored, ...]]
    """Id of a document -> what is anchored in it, in the order of passages and offsets."""
    days: Mapping[str, tuple[DayEntry, ...]]
    """`yyyy-mm-dd` -> what touches it, in the order of GROUPS; only days that something touches."""
    numbers: Mapping[str, tuple[str, ...]]
    """Number of a message -> ids of the messages that bear it."""
    by: Mapping[Reference, tuple[Reference, ...]]
    """Agent -> commitments; so are the next three, for agents and for ids of messages and commitments."""
    toward: Mapping[Reference, tuple[Reference, ...]]
    carried: Mapping[str, tuple[Reference, ...]]
    hanging: Mapping[str, tuple[Reference, ...]]
    quotations: Quotations
    """What every quotation is worth."""

    def mentions_of(self, reference: Reference) -> tuple[Mention, ...]:
        """Where the record, document or day is referred to."""
        return self.mentions.get(reference.whole, ())

    def commitments_by(self, agent: Reference) -> tuple[Reference, ...]:
        """What a person or organisation undertook, demanded or reserved."""
        return self.by.get(agent, ())

    def commitments_toward(self, agent: Reference) -> tuple[Reference, ...]:
        """What was undertaken toward a person or organisation."""
        return self.toward.get(agent, ())

    def commitments_carried_by(self, message: str) -> tuple[Reference, ...]:
        """The commitments that a message carries."""
        return self.carried.get(message, ())

    def dependants(self, commitment: str) -> tuple[Reference, ...]:
        """The commitments that hang on this one, in whatever sense."""
        return self.hanging.get(commitment, ())
