"""What the archive consists of: documents, records, notes, and the archive that holds them. All frozen.

The fields of a record class are the keys of its YAML front matter: pydantic validates against these very classes and makes
the JSON Schema from them (`schema.records`), so there is one definition. What a person did not write as front matter
(id, place in the file, Markdown body) is kept beside it, in `Record`. Nothing has a parent pointer; who refers to whom is
`linking`'s business. Names: TEI, ISAD(G), W3C Web Annotation, PROV; *commitment* is the project's own (see the glossary).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.text import Element, Node

Grade = Literal["A", "A-x", "B", "C", "D"]
"""A seen in an official edition; A-x seen there in an excerpt; B secondary or a weaker copy; C inference, with its
argument; D general knowledge not checked, never stated as fact."""

CommitmentKind = Literal["undertaking", "assurance", "demand", "condition", "reservation", "position", "directive"]
PassageRole = Literal["states", "qualifies", "repeats", "reports", "denies", "withdraws", "fulfils"]
Sense = Literal["condition of", "limited by", "verified by", "answers", "restates", "replaces"]
Status = Literal[
    "undertaken", "stated", "disputed", "narrowed", "relaxed", "partly met", "met", "not met", "lapsed", "open"
]
MessageForm = Literal["telegram", "letter", "statement", "address", "proclamation", "conversation", "annex", "list"]
Holding = Literal["held", "printed elsewhere", "calendared", "known from a citation"]
MessageLink = Literal["amends", "answers", "transmits", "encloses", "follows up", "not to be confused with"]
NoteKind = Literal["context", "comparison", "term", "reading", "person", "consequence", "provenance"]
Authority = Literal["frus-persons", "frus-terms", "geonames", "wikidata"]


# --- what records are made of ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement comes from, and how well it is known."""

    grade: Grade
    work: str = ""
    """Id of a record in `works/`; empty if the source is a document held here or an inference of the editors."""
    document: str = ""
    """Id of a document held here."""
    at: str = ""
    """Where in it: a document number (`d67`), a page (`p. 181`), a passage (`p3`)."""
    remark: str = ""
    """What limits it; for an inference (grade C without work or document) its argument."""

    @property
    def named(self) -> Reference | None:
        """The document, or the work, with the place in it; None of an inference."""
        if self.document:
            return Reference("document", self.document, self.at)
        return Reference("work", self.work, self.at) if self.work else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that is known, with its sources."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateGiven:
    """A date as a record gives it; `date` is EDTF, `time` is `hh:mm` in `zone`."""

    date: str
    time: str = ""
    zone: str = ""
    as_written: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageQuoted:
    """A TextQuoteSelector (W3C Web Annotation, 4.2.4) in one passage of a document."""

    document: str
    passage: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    role: PassageRole = "states"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityId:
    """An identifier of an outside authority, given only where it was verified."""

    authority: Authority
    value: str


# --- records --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What every record of a register has."""

    name: str
    sort: str = ""
    """How it is filed (`Kennedy, John F.`); the name itself if empty."""
    variants: tuple[str, ...] = ()
    """Other forms, as the documents write them."""
    summary: str = ""
    """One sentence, shown in lists and previews; its source is in `statements` or in the body."""
    statements: tuple[Statement, ...] = ()
    identifiers: tuple[AuthorityId, ...] = ()
    see_also: tuple[str, ...] = ()
    """References (`term:inspection`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """Someone who wrote, received, spoke or is spoken of."""

    office: str = ""
    """The office held in November 1962."""
    affiliation: str = ""
    """Id of an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Entity):
    """A government, mission, committee or other body that can bear a promise or send a message."""

    abbreviation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Entity):
    """A country, city or region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon(Entity):
    """A weapons system, a facility, or a means of watching them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entity):
    """A word of the documents or of this edition that needs explaining."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entity):
    """Something that happened on a day."""

    when: DateGiven
    participants: tuple[str, ...] = ()
    """References to agents (`person:adlai-stevenson`)."""
    places: tuple[str, ...] = ()
    """Ids of places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Entity):
    """A printed edition, archive, website or book that statements cite."""

    short: str
    """How it is cited, `FRUS VI`."""
    url: str = ""
    url_pattern: str = ""
    """Address of a part of it, with `{at}` for the place cited, `https://…/frus1961-63v06/{at}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRelation:
    """How one message stands to another."""

    link: MessageLink
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How an edition or a translation has words of a message whose text is not held here."""

    version: str
    """Which it is: `informal translation`."""
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Entity):
    """A telegram, letter, statement or proclamation, whether its text is held here, elsewhere or nowhere known."""

    form: MessageForm
    holding: Holding
    sender: tuple[str, ...] = ()
    """References to agents."""
    addressee: tuple[str, ...] = ()
    series: str = ""
    """The series that numbers it, `state-usun`: sender and addressee of the wire."""
    number: str = ""
    sent: DateGiven
    classification: str = ""
    length: str = ""
    document: str = ""
    """Id of the document, if its text is held here."""
    printed: tuple[Source, ...] = ()
    archival_source: str = ""
    """Where the original is kept, as its edition says; empty if unknown."""
    relations: tuple[MessageRelation, ...] = ()
    wordings: tuple[Wording, ...] = ()
    """Of words that are quoted here from it, in each version that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """What a commitment hangs on, and in which sense."""

    commitment: str
    sense: Sense = "condition of"


@dataclass(frozen=True, slots=True, kw_only=True)
class FateStep:
    """What became of a commitment on a day."""

    date: str
    """EDTF."""
    status: Status
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Entity):
    """Who undertook, demanded or reserved what toward whom, on what condition, and what came of it."""

    kind: CommitmentKind
    by: tuple[str, ...]
    """References to agents."""
    by_remark: str = ""
    toward: tuple[str, ...]
    toward_remark: str = ""
    statement: str
    verification: str = ""
    reading: str = ""
    """Whose reading of the texts this is, where it is one."""
    disputed: tuple[Statement, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    passages: tuple[PassageQuoted, ...]
    messages: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    """EDTF days it was made, repeated or changed on."""
    fate: tuple[FateStep, ...] = ()
    sources: tuple[Source, ...] = ()


# --- annotations ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a note is anchored: a TextQuoteSelector in a passage of its document."""

    passage: str
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A stand-off note on words of a document; its statements and their sources are in its body."""

    title: str
    kind: NoteKind
    target: Target
    see_also: tuple[str, ...] = ()


AnyRecord = Person | Organisation | Place | Weapon | Term | Event | Work | Message | Commitment

RECORD_CLASSES: dict[Kind, type[Entity]] = {
    "commitment": Commitment,
    "message": Message,
    "person": Person,
    "organisation": Organisation,
    "place": Place,
    "weapon": Weapon,
    "term": Term,
    "event": Event,
    "work": Work,
}

R_co = TypeVar("R_co", covariant=True)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Record(Generic[R_co]):
    """A record as read from its file: the front matter, the Markdown body, and the place of every key."""

    reference: Reference
    value: R_co
    body: tuple[Node, ...]
    path: str
    places: Mapping[Path, tuple[int, int]] = field(repr=False, hash=False, compare=False)
    """Path of keys and indices in the front matter -> line and column of that value."""

    @property
    def id(self) -> str:
        return self.reference.id

    def at(self, *path: str | int) -> Location:
        """The place of a value of the front matter; of the nearest value above it if it is not written out."""
        for length in range(len(path), -1, -1):
            place = self.places.get(path[:length])
            if place:
                return Location(self.path, *place)
        return Location(self.path)


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation as read from its file, with its document."""

    id: str
    document: str
    value: Annotation
    body: tuple[Node, ...]
    path: str
    places: Mapping[Path, tuple[int, int]] = field(repr=False, hash=False, compare=False)

    def at(self, *path: str | int) -> Location:
        """As `Record.at`."""
        for length in range(len(path), -1, -1):
            place = self.places.get(path[:length])
            if place:
                return Location(self.path, *place)
        return Location(self.path)


# --- documents ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable unit of a document: what its `citeStructure` names."""

    id: str
    label: str
    """What a reader calls it: `7`, `heading`."""
    element: Element
    text: str
    """Its reading text."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the revision history (`revisionDesc/change`)."""

    when: str
    who: str
    text: str
    is_second_reading: bool = False
    """Whether somebody then read the whole text against its witness once more."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A scribe, typist or stamp (`handNote`)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for something in an edition (`respStmt`)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """What the TEI header says of a document, in ISAD(G)'s and TEI's words."""

    title: str
    short_title: str
    date: str
    """EDTF."""
    date_as_written: str
    authors: tuple[Reference, ...]
    addressees: tuple[Reference, ...]
    summary: str
    classification: str
    repository: str
    reference_code: str
    """The number it is called for by (`msIdentifier/idno`)."""
    fonds: str
    """Collection, job, box, folder, item in words."""
    release: str
    physical: str
    availability: str
    editorial_declarations: tuple[Element, ...]
    hands: tuple[Hand, ...]
    responsible: tuple[Responsible, ...]
    changes: tuple[Change, ...]
    status: str
    """`draft` or `published` (`revisionDesc/@status`)."""


@dataclass(frozen=True, slots=True)
class Document:
    """An edited document: header, text, the passages of the text, and its notes in the order of their files."""

    id: str
    header: Header
    body: Element
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    transcription: str
    """The text as received, decoded; lines end as in the file."""
    path: str

    @property
    def reference(self) -> Reference:
        return Reference("document", self.id)


# --- the ledger -----------------------------------------------------------------------------------------------------

Fate = Literal["current", "revised", "redirected", "split", "merged", "withdrawn"]
"""What became of an address: published, its words changed, or it holds no text of its own any more."""


@dataclass(frozen=True, slots=True)
class KeptWords:
    """The words that a passage had when its digest was written into the ledger."""

    id: str
    """A reference to the passage."""
    digest: str
    words: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A line of the passage ledger: what happened to the address `id` in an edition (see `ledger`)."""

    id: str
    """A reference: `document:instruction-1962-11-03#p7`, `commitment:us-lift-quarantine`."""
    edition: str
    digest: str
    """Of the reading text of a passage then; `-` for what has no text of its own."""
    fate: Fate
    successor: str
    """The addresses that answer for it now, with spaces between."""
    reason: str
    who: str

    def fields(self) -> tuple[str, ...]:
        """The columns of the line but the last, which is the chain."""
        return (self.id, self.edition, self.digest, self.fate, self.successor, self.reason, self.who)


# --- the archive ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What the editors would like to know and do not."""

    text: str
    where: str
    """Where the answer may be found."""
    affects: tuple[str, ...]
    """References to what depends on it."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An edition that was published before this one."""

    edition: str
    date: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A fault that is accepted on purpose."""

    code: str
    place: str
    """Path of the file it is reported for."""
    words: str = ""
    """Words of its message, where the file has more faults of that code."""
    reason: str
    who: str
    date: str
    until: str = ""
    """The last day it holds, compared with the date of the edition; for good if empty."""


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """A waiver as read from its file."""

    id: str
    value: Waiver
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What `sources/archive.yml` says of the archive as a whole."""

    title: str
    headline: str
    lead: str
    publisher: str
    editors: tuple[str, ...]
    licence: str
    licence_url: str
    base_iri: str
    edition: str
    date: str
    description: str
    releases: tuple[Release, ...] = ()
    """Earlier editions, the first one first."""
    questions: tuple[OpenQuestion, ...] = ()
    """In the order of their value."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that was read, each kind in the order of its ids."""

    edition: Edition
    documents: tuple[Document, ...] = ()
    commitments: tuple[Record[Commitment], ...] = ()
    messages: tuple[Record[Message], ...] = ()
    people: tuple[Record[Person], ...] = ()
    organisations: tuple[Record[Organisation], ...] = ()
    places: tuple[Record[Place], ...] = ()
    weapons: tuple[Record[Weapon], ...] = ()
    terms: tuple[Record[Term], ...] = ()
    events: tuple[Record[Event], ...] = ()
    works: tuple[Record[Work], ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    """Every address ever published, in the order of its file."""
    kept: tuple[KeptWords, ...] = ()
    """The words of every passage as published, in the order of files and lines."""
    waivers: tuple[WaiverFile, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """Path of every source and the SHA-256 of its bytes, in the order of paths."""
    unreadable: frozenset[Reference] = frozenset()
    """What has a file that could not be read: to refer to it is no fault of its own."""

    def records(self) -> tuple[Record[AnyRecord], ...]:
        """All records of every kind, in the order of the fields above."""
        return (
            *self.commitments,
            *self.messages,
            *self.people,
            *self.organisations,
            *self.places,
            *self.weapons,
            *self.terms,
            *self.events,
            *self.works,
        )
