"""What is found out about a change of the sources. All frozen; made by `comparing`, printed by `printing` and `markdown`.

Everything that stands after the change has its place there; what has gone has the place where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.linking import DayEntry, Links
from build_tools.location import Location
from build_tools.model import Archive
from build_tools.quotations import Step, Verdict

PassageKind = Literal["words", "marks", "added", "gone", "moved"]
"""Other words; the same words with other marks; a new address; an address without its passage; words at a new address."""
ThingKind = Literal["changed", "added", "gone", "renamed"]
AnchorKind = Literal["holds", "elsewhere", "not found", "more than once", "no such passage", "holds again"]
QuotationKind = Literal["verdict", "words", "source", "new", "gone", "stands"]
"""Judged otherwise; quoting other words; citing another source; new; gone; judged as before, though its source has other
words there."""
DayKind = Literal["appears", "vanishes", "changes"]
FileKind = Literal["added", "gone", "changed", "reads the same"]
BROKEN: frozenset[AnchorKind] = frozenset(("not found", "more than once", "no such passage"))
"""Anchors that stop a build."""

TELLING = frozenset(
    ("kind", "by", "toward", "statement", "verification", "reading", "disputed", "depends on", "dates", "fate")
)
"""Fields of a commitment that say who promised what to whom, on what condition, and what came of it."""
NAMING = frozenset(("name", "title", "short title", "short", "summary", "sort", "abbreviation", "number", "series"))
"""Fields that are shown where others refer to a thing."""


@dataclass(frozen=True, slots=True)
class Side:
    """The sources at one time, read and linked."""

    archive: Archive
    links: Links


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage that is not as it was."""

    kind: PassageKind
    reference: Reference
    name: str
    """What a reader calls it: `Instruction of 3 November, passage 7`."""
    place: Location
    was: Reference | None = None
    """Where the words stood, if they moved."""
    steps: tuple[Step, ...] = ()
    """Word by word, of other words; what marks came and went, of other marks."""
    is_published: bool = False
    """Whether the ledger gives its address out, so that readers may have cited it."""


@dataclass(frozen=True, slots=True)
class DigestChange:
    """A published passage whose words are no longer those that were cited."""

    address: str
    before: str
    after: str
    is_recorded: bool
    """Whether the ledger after the change knows the new words."""
    place: Location


@dataclass(frozen=True, slots=True)
class Recording:
    """What `archive ledger` must be told because of the change; addresses, in order."""

    revised: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnchorChange:
    """A note, or words that a commitment stands on, in a passage that changed, or no longer found where they were."""

    kind: AnchorKind
    source: Reference
    name: str
    passage: Reference
    words: str
    why: str
    place: Location


@dataclass(frozen=True, slots=True)
class QuotationChange:
    """A quotation that is judged otherwise, or whose source has other words."""

    kind: QuotationKind
    at: Reference
    words: str
    source: Reference | None
    before: Verdict | None
    after: Verdict | None
    is_refused: bool
    """Whether it claims to be the words of its source and is not, so that it cannot be published."""
    steps: tuple[Step, ...]
    """Where it differs: in the quotation only, in the source only."""
    place: Location


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, or one item of a list, that says something else."""

    name: str
    steps: tuple[Step, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A document (apart from its passages), a note or a record that came, went, or says something else."""

    kind: ThingKind
    reference: Reference
    name: str
    place: Location
    was: Reference | None = None
    """Its id before, if it was renamed."""
    fields: tuple[FieldChange, ...] = ()
    referring: tuple[Reference, ...] = ()
    """What refers to it: documents and records."""

    @property
    def is_seen_elsewhere(self) -> bool:
        """Whether what refers to it reads otherwise: its name, or what is told beside the name, or that it is there."""
        return self.kind != "changed" or any(one.name.partition(",")[0] in NAMING for one in self.fields)


@dataclass(frozen=True, slots=True)
class CommitmentTouched:
    """A commitment whose record, or the words it stands on, are not as they were."""

    reference: Reference
    name: str
    place: Location
    telling: tuple[FieldChange, ...]
    """Changes of what was promised by whom to whom, on what condition, and what came of it."""
    anchors: tuple[AnchorChange, ...]
    hanging: tuple[Reference, ...]
    """Commitments that hang on it."""


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day of the chronology that other things touch."""

    kind: DayKind
    day: str
    added: tuple[DayEntry, ...]
    gone: tuple[DayEntry, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file whose bytes changed."""

    kind: FileKind
    path: str


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change touches; every tuple in a decided order, empty where nothing of the kind is touched."""

    files: tuple[FileChange, ...] = ()
    passages: tuple[PassageChange, ...] = ()
    digests: tuple[DigestChange, ...] = ()
    recording: Recording = Recording()
    anchors: tuple[AnchorChange, ...] = ()
    quotations: tuple[QuotationChange, ...] = ()
    commitments: tuple[CommitmentTouched, ...] = ()
    documents: tuple[ThingChange, ...] = ()
    notes: tuple[ThingChange, ...] = ()
    records: tuple[ThingChange, ...] = ()
    edition: tuple[FieldChange, ...] = ()
    """Of `archive.yml`."""
    days: tuple[DayChange, ...] = ()
    pages: tuple[str, ...] = ()
    """Addresses of documents, records and days that will read otherwise, or may; lists that gather them are not named."""
    unread: tuple[Reference, ...] = ()
    """What could be read on one side only, and was therefore not compared."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, not even a byte."""
        return self == Impact()
