"""What the tables of `/data/` hold: one description of every table and column, for those who write and those who read.

From it `exporting.tables` takes the order of the columns, `exporting.schemas` the machine-readable schema and
`rendering.data_page` the page `/data/`; none of them says anything of its own about a column (ADR 0014). A cell is a text,
a whole number, or a list; lists hold only references, dates and fixed words, so that a bar can part them in CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "reference", "edtf", "day", "time", "word", "iri", "digest"]
Value = str | int | tuple[str, ...]
"""What a cell holds; an empty text or list where nothing is known or nothing applies."""

TYPES: dict[Type, str] = {
    "text": "words",
    "integer": "a whole number",
    "reference": "kind:id, or document:id#passage: the name of a thing of this archive",
    "edtf": "a date in the Extended Date/Time Format (ISO 8601-2)",
    "day": "a day, yyyy-mm-dd",
    "time": "a time of day, hh:mm",
    "word": "one of a fixed list of words",
    "iri": "an address on the web",
    "digest": "hexadecimal digits of a SHA-256 digest",
}
"""Each type of cell in words."""
SEPARATOR = "|"
"""Between the members of a list in CSV."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in CSV and JSON, what a cell holds, and what it means."""

    name: str
    type: Type
    meaning: str
    many: bool = False
    """Whether a cell is a list."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, written as `/data/<name>.csv` and `/data/<name>.json`."""

    name: str
    title: str
    meaning: str
    key: tuple[str, ...]
    """Columns that no two rows have alike; empty where rows have no key."""
    columns: tuple[Column, ...]


ID = Column("id", "reference", "its name in this archive; never given to anything else")
URL = Column("url", "iri", "the permanent address of its page")
NAME = Column("name", "text", "what it is called")
SORT = Column("sort", "text", "how it is filed; the name if it is filed under that")
SUMMARY = Column("summary", "text", "one sentence, ours")
EARLIEST = Column("earliest", "day", "the first day the date can mean; empty if its start is open")
LATEST = Column("latest", "day", "the last day the date can mean; empty if its end is open")
IDENTIFIERS = Column(
    "identifiers", "iri", "the same thing in outside authorities, only where somebody verified it", True
)
SEE_ALSO = Column("see_also", "reference", "records that a reader may want to see too", True)
MENTIONS = Column("mentions", "integer", "how many places of the archive refer to it")
GRADES = "how well each is known, in the same order: A, A-x, B, C, D (see the page about the archive)"
BY = Column("by", "reference", "commitments that it made", True)
TOWARD = Column("toward", "reference", "commitments that were made toward it", True)


def _register(name: str, title: str, meaning: str, *columns: Column) -> Table:
    """A register has the same columns at both ends, and its own between them."""
    return Table(
        name, title, meaning, ("id",), (ID, URL, NAME, SORT, *columns, SUMMARY, IDENTIFIERS, SEE_ALSO, MENTIONS)
    )


TABLES: tuple[Table, ...] = (
    Table(
        "commitments",
        "Commitments",
        "Who undertook, demanded or reserved what toward whom, and in what state it is.",
        ("id",),
        (
            ID,
            URL,
            NAME,
            Column("kind", "word", "undertaking, assurance, demand, condition, reservation, position or directive"),
            Column("by", "reference", "who made it", True),
            Column("by_remark", "text", "what limits that"),
            Column("toward", "reference", "to whom it was made", True),
            Column("toward_remark", "text", "what limits that"),
            Column("statement", "text", "what was promised, asked or reserved, in our words"),
            Column("verification", "text", "how it was to be verified"),
            Column("reading", "text", "whose reading of the texts this is, where it is one"),
            Column("status", "word", "the status of its last step; open if nothing is known to have come of it"),
            Column("status_since", "edtf", "the date of that step"),
            Column(
                "depends_on",
                "reference",
                "what it hangs on, in whatever sense; the sense is in the table relations",
                True,
            ),
            Column("senses", "word", "the sense of each, in the same order", True),
            Column("dependants", "reference", "the commitments that hang on it", True),
            Column(
                "passages",
                "reference",
                "the passages it was read from, each once; their words are in another table",
                True,
            ),
            Column("messages", "reference", "the messages that carry it", True),
            Column("dates", "edtf", "when it was made, repeated or changed", True),
            Column("disputed", "integer", "how many statements of what is disputed about it the table statements has"),
            Column("sources", "reference", "what the record rests on: a document’s passage or a work", True),
            Column("grades", "word", GRADES, True),
            SUMMARY,
        ),
    ),
    Table(
        "commitment-passages",
        "Passages of commitments",
        "The exact words that state, repeat, qualify, report, deny, withdraw or fulfil each commitment.",
        ("commitment", "number"),
        (
            Column("commitment", "reference", "the commitment"),
            Column("number", "integer", "which of its passages, from 1"),
            Column("role", "word", "states, qualifies, repeats, reports, denies, withdraws or fulfils"),
            Column("passage", "reference", "where the words stand"),
            Column("exact", "text", "the words, as the reading text has them"),
            Column("start", "integer", "the first character of the words, counted from 0 in the passage’s text"),
            Column("end", "integer", "the first character after them"),
            Column("url", "iri", "the permanent address of the words"),
        ),
    ),
    Table(
        "fate",
        "Fate of commitments",
        "What became of each commitment, one row a step, in the order of the steps.",
        ("commitment", "step"),
        (
            Column("commitment", "reference", "the commitment"),
            Column("step", "integer", "which of its steps, from 1"),
            Column("date", "edtf", "when it happened"),
            EARLIEST,
            LATEST,
            Column("status", "word", "the state it was in from then on"),
            Column("text", "text", "what happened, in our words"),
            Column("sources", "reference", "what the step rests on; empty for an inference of ours", True),
            Column("grades", "word", GRADES, True),
        ),
    ),
    Table(
        "relations",
        "Relations",
        "How commitments hang on one another and how messages stand to one another, one row a relation.",
        ("subject", "relation", "object"),
        (
            Column("subject", "reference", "the commitment or message that the record is about"),
            Column(
                "relation",
                "word",
                "of commitments, what the object is to the subject: condition of, limited by, verified by, answers, restates, "
                "replaces; of messages, what the subject does to the object: amends, answers, transmits, encloses, "
                "follows up, not to be confused with",
            ),
            Column("object", "reference", "the other commitment or message"),
        ),
    ),
    Table(
        "messages",
        "Messages",
        "Telegrams, letters, statements and other texts, held here or only cited. Sender, addressee, series and number "
        "together are the key of a telegram.",
        ("id",),
        (
            ID,
            URL,
            NAME,
            Column("form", "word", "telegram, letter, statement, address, proclamation, conversation, annex or list"),
            Column("holding", "word", "held, printed elsewhere, calendared or known from a citation"),
            Column("series", "word", "the series that numbers it: sender and addressee of the wire"),
            Column("number", "text", "its number in the series"),
            Column("sender", "reference", "who sent it", True),
            Column("addressee", "reference", "who was to receive it", True),
            Column("sent", "edtf", "when it was sent"),
            EARLIEST,
            LATEST,
            Column("time", "time", "when on that day, as the clock of the zone showed it"),
            Column("zone", "text", "whose clock"),
            Column("as_written", "text", "the date as a document writes it"),
            Column("classification", "text", "how it was marked"),
            Column("length", "text", "how long it is"),
            Column("document", "reference", "the document that holds its text, if it is held here"),
            Column("printed", "reference", "the works that print it", True),
            Column("archival_source", "text", "where the original is kept, as its edition says"),
            Column(
                "relations",
                "reference",
                "the messages that its record relates it to; how is in the table relations",
                True,
            ),
            Column("cited_by", "reference", "the passages, notes and records that refer to it", True),
            Column("carries", "reference", "the commitments that it carries", True),
            SUMMARY,
            IDENTIFIERS,
            SEE_ALSO,
        ),
    ),
    Table(
        "dates",
        "Dates",
        "What touches each day, one row for each thing that does.",
        (),
        (
            Column("day", "day", "the day"),
            Column("url", "iri", "the permanent address of the day"),
            Column("group", "word", "how: written, sent, happened, in force, fate or referred to"),
            Column("source", "reference", "the document, passage, note or record that touches the day"),
            Column(
                "words", "text", "the date as it is written there; else the name of the thing or the words of the step"
            ),
            Column("certainty", "word", "empty if sure; else probably, about, or probably about"),
        ),
    ),
    Table(
        "links",
        "Links",
        "Every place that refers to something, one row a place.",
        (),
        (
            Column("source", "reference", "the document or record that refers"),
            Column(
                "passage", "reference", "its passage or note that does; empty for a record and for a document’s header"
            ),
            Column("target", "reference", "what is referred to"),
            Column(
                "role",
                "word",
                "what a field of a record says of the target: by, sender, source …; empty in running text",
            ),
            Column("words", "text", "as written there; for a field of a record, its name or the statement it is about"),
            Column("before", "text", "the words before"),
            Column("after", "text", "the words after"),
            Column("at", "text", "the place in a work that is cited"),
            Column("grade", "word", "how well a statement is known by that source: A, A-x, B, C or D"),
        ),
    ),
    Table(
        "documents",
        "Documents",
        "The documents that are edited here. Each has its TEI edition and its transcription beside its page.",
        ("id",),
        (
            ID,
            URL,
            Column("title", "text", "its title"),
            Column("short_title", "text", "a shorter one"),
            Column("date", "edtf", "when it was written"),
            EARLIEST,
            LATEST,
            Column("date_as_written", "text", "the date as the document has it"),
            Column("authors", "reference", "who wrote it", True),
            Column("addressees", "reference", "to whom", True),
            Column("classification", "text", "how it was marked"),
            Column("repository", "text", "who keeps it"),
            Column("reference_code", "text", "the number it is called for by"),
            Column("fonds", "text", "collection, box, folder and item in words"),
            Column("release", "text", "when and how it was released"),
            Column("physical", "text", "what is known of the paper"),
            Column("availability", "text", "under what terms its text may be used"),
            Column("status", "word", "draft or published"),
            Column("passages", "integer", "how many passages it has"),
            Column("notes", "integer", "how many notes it has"),
            Column("transcription_sha256", "digest", "of the transcription as received"),
            SUMMARY,
        ),
    ),
    Table(
        "passages",
        "Passages",
        "Every citable passage of every document, with its reading text.",
        ("id",),
        (
            Column("id", "reference", "the passage"),
            Column("url", "iri", "its permanent address"),
            Column("document", "reference", "its document"),
            Column("position", "integer", "which of its document’s passages, from 1"),
            Column("label", "text", "what a reader calls it"),
            Column("text", "text", "the reading text"),
            Column("digest", "digest", "the first 16 digits, of the reading text with white space folded"),
            Column("ledger", "word", "its last state in the passage ledger; empty if it is not there yet"),
            Column("commitments", "reference", "the commitments that were read from it", True),
        ),
    ),
    Table(
        "notes",
        "Notes",
        "Every note of ours on words of a document.",
        ("id",),
        (
            Column("id", "reference", "the note"),
            Column("url", "iri", "its permanent address"),
            Column("title", "text", "what it is about"),
            Column("kind", "word", "context, comparison, term, reading, person, consequence or provenance"),
            Column("passage", "reference", "the passage it stands on"),
            Column("exact", "text", "the words it stands on"),
            Column("start", "integer", "the first character of them, counted from 0 in the passage’s text"),
            Column("end", "integer", "the first character after them"),
            Column("text", "text", "the note without links and marks, a blank line between paragraphs"),
            SEE_ALSO,
        ),
    ),
    _register(
        "people",
        "People",
        "Who wrote, received, spoke or is spoken of.",
        Column("office", "text", "the office held in November 1962"),
        Column("affiliation", "reference", "the organisation"),
        BY,
        TOWARD,
    ),
    _register(
        "organisations",
        "Organisations",
        "Governments, missions, committees and other bodies.",
        Column("abbreviation", "text", "its short form"),
        BY,
        TOWARD,
    ),
    _register("places", "Places", "Countries, cities and regions."),
    _register("weapons", "Weapons and facilities", "Weapons systems, facilities, and means of watching them."),
    _register("terms", "Terms", "Words of the documents and of this edition that need explaining."),
    _register(
        "events",
        "Events",
        "What happened on a day.",
        Column("date", "edtf", "when it happened"),
        EARLIEST,
        LATEST,
        Column("time", "time", "when on that day, as the clock of the zone showed it"),
        Column("zone", "text", "whose clock"),
        Column("participants", "reference", "who took part", True),
        Column("places", "reference", "where", True),
    ),
    _register(
        "works",
        "Sources cited",
        "Printed editions, archives, websites and books that statements rest on.",
        Column("short", "text", "how it is cited"),
        Column("address", "text", "its address on the web"),
        Column("address_pattern", "text", "the address of a part of it, with {at} for the place cited"),
    ),
    Table(
        "statements",
        "Statements",
        "What is known of each thing that has a record, and what is disputed about a commitment, with sources.",
        ("record", "about", "number"),
        (
            Column("record", "reference", "the record"),
            Column("about", "word", "known or disputed"),
            Column("number", "integer", "which of these statements, from 1"),
            Column("text", "text", "the statement"),
            Column(
                "sources",
                "reference",
                "what it rests on; inferences of ours rest on nothing and are left out here",
                True,
            ),
            Column("grades", "word", "how well it is known by each source, inferences last: A, A-x, B, C, D", True),
        ),
    ),
    Table(
        "sources",
        "Sources of statements",
        "What each statement, step, date and record rests on, one row a source, inferences of ours included.",
        ("record", "about", "number", "position"),
        (
            Column("record", "reference", "the record"),
            Column(
                "about",
                "word",
                "known or disputed (a statement), fate (a step), date, printed (where it is), or record",
            ),
            Column("number", "integer", "which of these statements or steps, from 1"),
            Column("position", "integer", "which of its sources, from 1"),
            Column("source", "reference", "a document or its passage, or a work; empty for an inference of ours"),
            Column("at", "text", "the place in the work"),
            Column("grade", "word", "how well it is known by that source: A, A-x, B, C or D"),
            Column("remark", "text", "what limits it; of an inference its argument"),
        ),
    ),
    Table(
        "commentaries",
        "Commentaries",
        "Our commentary on each thing that has one, without links and marks.",
        ("record",),
        (
            Column("record", "reference", "the record"),
            Column("text", "text", "the commentary, a blank line between paragraphs"),
        ),
    ),
    Table(
        "names",
        "Names",
        "Every form of every name, as we file it and as the documents write it.",
        (),
        (
            Column("record", "reference", "what is so called"),
            Column("form", "text", "the name"),
            Column("use", "word", "name, filed as, abbreviation or variant"),
        ),
    ),
)
"""Every table, in the order in which `/data/` lists them."""


@dataclass(frozen=True, slots=True)
class Described:
    """A file of `/data/` that is not a table."""

    path: str
    title: str
    meaning: str
    format: str


FILES: tuple[Described, ...] = (
    Described(
        "data/archive.jsonld",
        "The archive as linked data",
        "Documents, passages, notes, commitments with their fate, messages, registers and days as one graph, in the words of "
        "schema.org, PROV, Web Annotation and SKOS and the few of our own listed below. Its context is in the file: nothing "
        "has to be fetched to read it.",
        "JSON-LD 1.1",
    ),
    Described(
        "data/cmif.xml",
        "Letters and telegrams",
        "Sender, addressee and date of every letter and telegram, for indexes of correspondence. Names of authorities stand "
        "only where somebody verified them; the place of sending is left out where only the clock is known.",
        "TEI, Correspondence Metadata Interchange Format 1.1",
    ),
    Described(
        "data/schema/tables.json",
        "The tables described for programs",
        "Every table and column of this page: names, types, meanings, keys.",
        "CSV on the Web",
    ),
)
"""The other files, but for the schemas of records, which `exporting.schemas` names."""

ANNOTATIONS: tuple[Described, ...] = (
    Described(
        "documents/{document}/annotations.json",
        "Notes and commitments on the words of a document",
        "Each note, and each passage that a commitment was read from with its part in it (it states, qualifies, repeats …), as "
        "an annotation that gives the passage and its digest, the words with what stands around them, and their place in the "
        "text of the passage. Letters in square brackets are the grades of what is cited. After 500 annotations the "
        "collection goes on in annotations/2.json, 3.json and so on.",
        "JSON-LD, W3C Web Annotations: an AnnotationCollection",
    ),
)
SERVICES: tuple[Described, ...] = (
    Described(
        "dts/index.json",
        "Entry point",
        "Where a client begins: the templates of all the addresses below. No query is evaluated, since all are files.",
        "JSON-LD, EntryPoint",
    ),
    Described(
        "dts/collection.json",
        "What there is to read",
        "Every document with title, summary, date, author, where it is kept and on what terms it may be used, in Dublin Core. "
        "The same for one document is below collection/, and what each belongs to in files with the ending .parents.json.",
        "JSON-LD, Collection",
    ),
    Described(
        "dts/navigation/{document}.json",
        "How a document is cited",
        "Its citable units, all on one level, in the order of the text, with their permanent ids and addresses.",
        "JSON-LD, Navigation",
    ),
    Described(
        "documents/{document}/edition/{passage}.xml",
        "One passage",
        "The passage as it is encoded, in the wrapper of the standard, with a short header: what it is part of, on what terms "
        "it may be used, and what its references stand for. documents/{document}/edition.xml is the whole.",
        "TEI",
    ),
)
"""What each document has beside its page, and the Distributed Text Services; there is a file for each document and passage."""


def table(name: str) -> Table:
    """The description of the table `name`."""
    return next(one for one in TABLES if one.name == name)
