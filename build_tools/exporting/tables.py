"""Every table of `/data/` as CSV and as JSON: rows from the archive and its links, columns from `schema.tables`.

CSV follows RFC 4180 (CRLF, every text quoted, UTF-8 without a mark) and is safe to open: no cell can be taken for a
formula, see `as_cell`. JSON has the same rows, untouched, with the keys in the order of the columns. Called by `site`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

from build_tools.dates import HistoricalDate, read_date
from build_tools.identifiers import AUTHORITIES, Reference, commitment_anchor, note_anchor, url_of
from build_tools.ledger import digest_of, states
from build_tools.linking import Anchored, Links
from build_tools.model import (
    AnyRecord,
    Archive,
    Commitment,
    DateGiven,
    Document,
    Entity,
    Event,
    Message,
    Organisation,
    Passage,
    Record,
    Source,
    Statement,
)
from build_tools.output import OutputFile
from build_tools.schema.tables import SEPARATOR, TABLES, Table, Value
from build_tools.standing import last_status
from build_tools.text import Node, as_text

Row = Mapping[str, Value]
BEGINNING = re.compile(r"[;\t\r\n]")
FORMULA = re.compile(r"(^|[;\t\r\n])((?:[^\S\t\r\n]|[\u200b\ufeff])*)('*[=+\-@＝＋－＠])")
"""Where a program could see a formula begin: a cell's first character, or what follows a sign at which a program that
does not part at commas would begin a cell; invisible characters and apostrophes do not count."""
GUARDED = re.compile(r"(^|[;\t\r\n])((?:[^\S\t\r\n]|[\u200b\ufeff])*)'('*[=+\-@＝＋－＠])")


IN_ADDRESSES = "-._~!$&'()*+,;=:@/?%"
"""What may stand in an address as it is; anything else in an identifier is written in per cents."""


def table_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """`data/<table>.csv` and `.json` of every table, in the order of their descriptions."""
    for table in TABLES:
        rows = tuple(rows_of(table, archive, links))
        yield OutputFile(f"data/{table.name}.csv", as_csv(table, rows).encode())
        yield OutputFile(f"data/{table.name}.json", as_json(table, rows, archive).encode())


def rows_of(table: Table, archive: Archive, links: Links) -> Iterator[Row]:
    """The rows of a table in their order: that of ids, of days, or of places."""
    yield from ROWS[table.name](archive, links)


# --- the two forms --------------------------------------------------------------------------------------------------


def as_csv(table: Table, rows: Iterable[Row]) -> str:
    """The table by RFC 4180; the first line has the names of the columns."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([as_cell(row[column.name]) for column in table.columns])
    return text.getvalue()


def as_cell(value: Value) -> str | int:
    """The value as CSV has it: lists parted by bars, and an apostrophe before what a spreadsheet could run as a formula.

    `from_cell` takes exactly these apostrophes away again, so that nothing is lost.
    """
    if isinstance(value, int):
        return value
    text = value if isinstance(value, str) else SEPARATOR.join(value)
    if not text or (text[0].isalnum() and not BEGINNING.search(text)):
        return text  # nearly every cell; the substitution takes several times as long
    return FORMULA.sub(r"\1\2'\3", text)


def from_cell(cell: str) -> str:
    """The text that `as_cell` was given."""
    return GUARDED.sub(r"\1\2\3", cell)


def as_json(table: Table, rows: Iterable[Row], archive: Archive) -> str:
    """The table as one object, a line for each row."""
    edition = archive.edition
    about = {
        "table": table.name,
        "title": table.title,
        "archive": edition.title,
        "edition": edition.edition,
        "date": edition.date,
        "licence": edition.licence_url,
        "schema": f"{edition.base_iri}data/schema/tables.json",
    }
    head = json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = (encode({column.name: row[column.name] for column in table.columns}) for row in rows)
    body = ",\n".join(lines)
    return f'{head},\n "rows": [\n{body}\n]}}\n' if body else f'{head},\n "rows": []}}\n'


# --- what many rows have --------------------------------------------------------------------------------------------


def _address(reference: Reference, archive: Archive) -> str:
    return archive.edition.base_iri + url_of(reference)


def _bounds(when: HistoricalDate) -> Row:
    earliest = "" if when.open_start else when.earliest.isoformat()
    return {"earliest": earliest, "latest": when.latest.isoformat() if when.latest else ""}


def _clock(given: DateGiven) -> Row:
    return {"time": given.time, "zone": given.zone}


def _written(references: Iterable[Reference]) -> tuple[str, ...]:
    """Each once, in the order in which they come."""
    return tuple(dict.fromkeys(map(str, references)))


def _sources(sources: Iterable[Source]) -> Row:
    """What sources name and their grades in the same order; inferences, which name nothing, only have grades, at the end."""
    named = [(reference, one.grade) for one in sources if (reference := cited(one))]
    inferred = [one.grade for one in sources if not cited(one)]
    return {
        "sources": tuple(str(reference) for reference, _ in named),
        "grades": (*(grade for _, grade in named), *inferred),
    }


def cited(source: Source) -> Reference | None:
    """The document with its passage, or the work, that a source names; None of an inference."""
    named = source.named
    return named.whole if named and named.kind == "work" else named


def identifiers_of(value: Entity) -> tuple[str, ...]:
    """The addresses of the verified identifiers."""
    return tuple(AUTHORITIES[one.authority][1].format(quote(one.value, safe=IN_ADDRESSES)) for one in value.identifiers)


# --- commitments ----------------------------------------------------------------------------------------------------


def _commitments(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.commitments:
        value = record.value
        yield {
            "id": str(record.reference),
            "url": _address(record.reference, archive),
            "name": value.name,
            "kind": value.kind,
            "by": value.by,
            "by_remark": value.by_remark,
            "toward": value.toward,
            "toward_remark": value.toward_remark,
            "statement": value.statement,
            "verification": value.verification,
            "reading": value.reading,
            "status": last_status(value),
            "status_since": value.fate[-1].date if value.fate else "",
            "depends_on": tuple(f"commitment:{one.commitment}" for one in value.depends_on),
            "senses": tuple(one.sense for one in value.depends_on),
            "dependants": _written(links.dependants(record.id)),
            "passages": tuple(dict.fromkeys(f"document:{one.document}#{one.passage}" for one in value.passages)),
            "messages": tuple(f"message:{one}" for one in value.messages),
            "dates": value.dates,
            "disputed": len(value.disputed),
            **_sources(value.sources),
            "summary": value.summary,
        }


def anchors_of(archive: Archive, links: Links) -> dict[tuple[Reference, int], tuple[str, Anchored]]:
    """Commitment or note, and which of its passages -> the document, and where the words stand."""
    return {
        (one.source, one.index): (document.id, one)
        for document in archive.documents
        for one in links.anchored.get(document.id, ())
    }


def _commitment_passages(archive: Archive, links: Links) -> Iterator[Row]:
    anchors = anchors_of(archive, links)
    words = {(document.id, passage.id): passage.text for document in archive.documents for passage in document.passages}
    for record in archive.commitments:
        for index, passage in enumerate(record.value.passages):
            _, anchored = anchors[record.reference, index]
            place = Reference("document", passage.document, commitment_anchor(record.id, index))
            yield {
                "commitment": str(record.reference),
                "number": index + 1,
                "role": passage.role,
                "passage": f"document:{passage.document}#{anchored.passage}",
                "exact": words[passage.document, anchored.passage][anchored.start : anchored.end],
                "start": anchored.start,
                "end": anchored.end,
                "url": _address(place, archive),
            }


def _fate(archive: Archive, _: Links) -> Iterator[Row]:
    for record in archive.commitments:
        for number, step in enumerate(record.value.fate, start=1):
            yield {
                "commitment": str(record.reference),
                "step": number,
                "date": step.date,
                **_bounds(read_date(step.date)),
                "status": step.status,
                "text": step.text,
                **_sources(step.sources),
            }


def _relations(archive: Archive, _: Links) -> Iterator[Row]:
    for commitment in archive.commitments:
        for hanging in commitment.value.depends_on:
            yield {
                "subject": str(commitment.reference),
                "relation": hanging.sense,
                "object": f"commitment:{hanging.commitment}",
            }
    for message in archive.messages:
        for one in message.value.relations:
            yield {"subject": str(message.reference), "relation": one.link, "object": f"message:{one.message}"}


# --- messages, days, links ------------------------------------------------------------------------------------------


def _messages(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.messages:
        value = record.value
        mentioning = (one.source for one in links.mentions_of(record.reference))
        yield {
            "id": str(record.reference),
            "url": _address(record.reference, archive),
            "name": value.name,
            "form": value.form,
            "holding": value.holding,
            "series": value.series,
            "number": value.number,
            "sender": value.sender,
            "addressee": value.addressee,
            "sent": value.sent.date,
            **_bounds(read_date(value.sent.date)),
            **_clock(value.sent),
            "as_written": value.sent.as_written,
            "classification": value.classification,
            "length": value.length,
            "document": f"document:{value.document}" if value.document else "",
            "printed": _written(reference for one in value.printed if (reference := cited(one))),
            "archival_source": value.archival_source,
            "relations": tuple(f"message:{one.message}" for one in value.relations),
            "cited_by": _written(mentioning),
            "carries": _written(links.commitments_carried_by(record.id)),
            "summary": value.summary,
            "identifiers": identifiers_of(value),
            "see_also": value.see_also,
        }


def _dates(archive: Archive, links: Links) -> Iterator[Row]:
    for day, entries in links.days.items():
        for one in entries:
            yield {
                "day": day,
                "url": _address(Reference("date", day), archive),
                "group": one.group,
                "source": str(one.source),
                "words": one.words,
                "certainty": one.certainty,
            }


def _links(_: Archive, links: Links) -> Iterator[Row]:
    for mentions in links.mentions.values():
        for one in mentions:
            yield {
                "source": str(one.source.whole),
                "passage": str(one.source) if one.source.fragment else "",
                "target": str(one.target),
                "role": one.role,
                "words": one.words,
                "before": one.before,
                "after": one.after,
                "at": one.at,
                "grade": one.grade,
            }


# --- documents ------------------------------------------------------------------------------------------------------


def _documents(archive: Archive, _: Links) -> Iterator[Row]:
    for document in archive.documents:
        header = document.header
        yield {
            "id": str(document.reference),
            "url": _address(document.reference, archive),
            "title": header.title,
            "short_title": header.short_title,
            "date": header.date,
            **(_bounds(read_date(header.date)) if header.date else {"earliest": "", "latest": ""}),
            "date_as_written": header.date_as_written,
            "authors": _written(header.authors),
            "addressees": _written(header.addressees),
            "classification": header.classification,
            "repository": header.repository,
            "reference_code": header.reference_code,
            "fonds": header.fonds,
            "release": header.release,
            "physical": header.physical,
            "availability": header.availability,
            "status": header.status,
            "passages": len(document.passages),
            "notes": len(document.notes),
            "transcription_sha256": hashlib.sha256(document.transcription.encode()).hexdigest(),
            "summary": header.summary,
        }


def _passages(archive: Archive, links: Links) -> Iterator[Row]:
    ledger = states(archive.ledger)
    for document in archive.documents:
        carried: dict[str, list[Reference]] = {}
        for one in links.anchored.get(document.id, ()):
            if one.source.kind == "commitment":
                carried.setdefault(one.passage, []).append(one.source)
        for position, passage in enumerate(document.passages, start=1):
            reference = passage_reference(document, passage)
            entry = ledger.get(str(reference))
            yield {
                "id": str(reference),
                "url": _address(reference, archive),
                "document": str(document.reference),
                "position": position,
                "label": passage.label,
                "text": passage.text,
                "digest": digest_of(passage.text),
                "ledger": entry.fate if entry else "",
                "commitments": _written(carried.get(passage.id, ())),
            }


def passage_reference(document: Document, passage: Passage) -> Reference:
    """`document:ID#PASSAGE`."""
    return Reference("document", document.id, passage.id)


def _notes(archive: Archive, links: Links) -> Iterator[Row]:
    anchors = anchors_of(archive, links)
    for document in archive.documents:
        words = {passage.id: passage.text for passage in document.passages}
        for note in document.notes:
            reference = Reference("document", document.id, note_anchor(note.id))
            _, anchored = anchors[reference, 0]
            yield {
                "id": str(reference),
                "url": _address(reference, archive),
                "title": note.value.title,
                "kind": note.value.kind,
                "passage": f"document:{document.id}#{anchored.passage}",
                "exact": words[anchored.passage][anchored.start : anchored.end],
                "start": anchored.start,
                "end": anchored.end,
                "text": body_text(note.body),
                "see_also": note.value.see_also,
            }


# --- registers ------------------------------------------------------------------------------------------------------


def _register(record: Record[AnyRecord], archive: Archive, links: Links) -> Row:
    """What every record of a register has."""
    value = record.value
    return {
        "id": str(record.reference),
        "url": _address(record.reference, archive),
        "name": value.name,
        "sort": value.sort or value.name,
        "summary": value.summary,
        "identifiers": identifiers_of(value),
        "see_also": value.see_also,
        "mentions": len(links.mentions_of(record.reference)),
    }


def _bearing(reference: Reference, links: Links) -> Row:
    """The commitments of an agent."""
    return {
        "by": _written(links.commitments_by(reference)),
        "toward": _written(links.commitments_toward(reference)),
    }


def _people(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.people:
        value = record.value
        yield {
            **_register(record, archive, links),
            "office": value.office,
            "affiliation": f"organisation:{value.affiliation}" if value.affiliation else "",
            **_bearing(record.reference, links),
        }


def _organisations(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.organisations:
        yield {
            **_register(record, archive, links),
            "abbreviation": record.value.abbreviation,
            **_bearing(record.reference, links),
        }


def _places(archive: Archive, links: Links) -> Iterator[Row]:
    return (_register(record, archive, links) for record in archive.places)


def _weapons(archive: Archive, links: Links) -> Iterator[Row]:
    return (_register(record, archive, links) for record in archive.weapons)


def _terms(archive: Archive, links: Links) -> Iterator[Row]:
    return (_register(record, archive, links) for record in archive.terms)


def _events(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.events:
        value = record.value
        yield {
            **_register(record, archive, links),
            "date": value.when.date,
            **_bounds(read_date(value.when.date)),
            **_clock(value.when),
            "participants": value.participants,
            "places": tuple(f"place:{one}" for one in value.places),
        }


def _works(archive: Archive, links: Links) -> Iterator[Row]:
    for record in archive.works:
        value = record.value
        yield {
            **_register(record, archive, links),
            "short": value.short,
            "address": value.url,
            "address_pattern": value.url_pattern,
        }


def _statements(archive: Archive, _: Links) -> Iterator[Row]:
    for record in archive.records():
        value = record.value
        yield from _numbered(record, "known", value.statements)
        if isinstance(value, Commitment):
            yield from _numbered(record, "disputed", value.disputed)


def _numbered(record: Record[AnyRecord], about: str, statements: tuple[Statement, ...]) -> Iterator[Row]:
    for number, one in enumerate(statements, start=1):
        yield {
            "record": str(record.reference),
            "about": about,
            "number": number,
            "text": one.text,
            **_sources(one.sources),
        }


def _sources_of_statements(archive: Archive, _: Links) -> Iterator[Row]:
    for record in archive.records():
        for about, number, sources in _resting(record.value):
            for position, one in enumerate(sources, start=1):
                reference = cited(one)
                yield {
                    "record": str(record.reference),
                    "about": about,
                    "number": number,
                    "position": position,
                    "source": str(reference or ""),
                    "at": one.at if one.work and not one.document else "",
                    "grade": one.grade,
                    "remark": one.remark,
                }


def _resting(value: AnyRecord) -> Iterator[tuple[str, int, tuple[Source, ...]]]:
    """Whatever of a record has sources: what it is, which of its kind, and the sources."""
    for number, known in enumerate(value.statements, start=1):
        yield "known", number, known.sources
    if isinstance(value, Commitment):
        for number, disputed in enumerate(value.disputed, start=1):
            yield "disputed", number, disputed.sources
        for number, step in enumerate(value.fate, start=1):
            yield "fate", number, step.sources
        yield "record", 1, value.sources
    elif isinstance(value, Message):
        yield "date", 1, value.sent.sources
        yield "printed", 1, value.printed
    elif isinstance(value, Event):
        yield "date", 1, value.when.sources


def _commentaries(archive: Archive, _: Links) -> Iterator[Row]:
    for record in archive.records():
        if record.body:
            yield {"record": str(record.reference), "text": body_text(record.body)}


def body_text(body: Iterable[Node]) -> str:
    """The words of a note or commentary, its blocks parted by blank lines."""
    return "\n\n".join(map(as_text, body))


def _names(archive: Archive, _: Links) -> Iterator[Row]:
    for record in archive.records():
        for use, form in names_of(record.value):
            yield {"record": str(record.reference), "form": form, "use": use}


def names_of(value: AnyRecord) -> Iterator[tuple[str, str]]:
    """Use and form of each name that a record gives."""
    yield "name", value.name
    if value.sort and value.sort != value.name:
        yield "filed as", value.sort
    if isinstance(value, Organisation) and value.abbreviation:
        yield "abbreviation", value.abbreviation
    for variant in value.variants:
        yield "variant", variant


ROWS: Mapping[str, Callable[[Archive, Links], Iterator[Row]]] = {
    "commitments": _commitments,
    "commitment-passages": _commitment_passages,
    "fate": _fate,
    "relations": _relations,
    "messages": _messages,
    "dates": _dates,
    "links": _links,
    "documents": _documents,
    "passages": _passages,
    "notes": _notes,
    "people": _people,
    "organisations": _organisations,
    "places": _places,
    "weapons": _weapons,
    "terms": _terms,
    "events": _events,
    "works": _works,
    "statements": _statements,
    "sources": _sources_of_statements,
    "commentaries": _commentaries,
    "names": _names,
}
"""Name of a table -> its rows."""
