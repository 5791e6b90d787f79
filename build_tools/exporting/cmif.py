"""Letters and telegrams for indexes of correspondence: `data/cmif.xml`, TEI in the Correspondence Metadata Interchange Format.

CMIF 1.1 wants sender, addressee and date, CC BY 4.0, and a UUID for the edition, which is made of the base IRI and so never
changes. It has no words for what we do not know: the place of sending is left out (a clock is no place), `@cert` too (the
schema and its own examples disagree on it), and a doubtful date says so in its text. Called by `site`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from build_tools.dates import HistoricalDate, in_words, read_date
from build_tools.exporting.tables import identifiers_of
from build_tools.identifiers import Reference, read_reference, url_of
from build_tools.linking import Links
from build_tools.model import Archive, Edition, Message, MessageForm, Record
from build_tools.output import OutputFile

PATH = "data/cmif.xml"
FORMS: frozenset[MessageForm] = frozenset({"letter", "telegram"})
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The only licence that CMIF and this archive both know."""


def cmif_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """`data/cmif.xml`; nothing if the edition has another licence, or no letters and telegrams."""
    letters = [record for record in archive.messages if record.value.form in FORMS]
    if letters and archive.edition.licence_url == LICENCE:
        yield OutputFile(PATH, as_cmif(archive.edition, letters, links).encode())


def as_cmif(edition: Edition, letters: list[Record[Message]], links: Links) -> str:
    """The file: a header about the edition, then a `correspDesc` for each message, in the order of ids."""
    name = source_id(edition)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
            "<teiHeader>",
            *_file_description(edition, name),
            "<profileDesc>",
            *(line for record in letters for line in _correspondence(record, edition, name, links)),
            "</profileDesc>",
            "</teiHeader>",
            "<text><body><p/></body></text>",
            "</TEI>\n",
        ]
    )


def source_id(edition: Edition) -> str:
    """A UUID for the edition that begins with a letter, as the name of an XML element must."""
    made = (str(uuid5(NAMESPACE_URL, f"{edition.base_iri}{number or ''}")) for number in count())
    return next(one for one in made if one[0].isalpha())


def _file_description(edition: Edition, name: str) -> list[str]:
    address = f"{edition.base_iri}{PATH}"
    home = f"<ref target={quoteattr(edition.base_iri)}>{escape(edition.base_iri)}</ref>"
    return [
        "<fileDesc>",
        f"<titleStmt><title>Letters and telegrams: {escape(edition.title)}</title>",
        *(f"<editor>{escape(editor)}</editor>" for editor in edition.editors),
        "</titleStmt>",
        "<publicationStmt>",
        f"<publisher><ref target={quoteattr(edition.base_iri)}>{escape(edition.publisher)}</ref></publisher>",
        f'<idno type="url">{escape(address)}</idno>',
        f"<date when={quoteattr(edition.date)}/>",
        f'<availability><licence target="{LICENCE}">This file is licensed under the terms of the '
        "Creative-Commons-License CC-BY 4.0</licence></availability>",
        "</publicationStmt>",
        f'<sourceDesc><bibl type="online" xml:id="{name}">{escape(edition.title)}, edition {escape(edition.edition)}, '
        f"{escape(edition.date)}. {home}</bibl></sourceDesc>",
        "</fileDesc>",
    ]


def _correspondence(record: Record[Message], edition: Edition, name: str, links: Links) -> Iterator[str]:
    value = record.value
    address = quoteattr(edition.base_iri + url_of(record.reference))
    yield f'<correspDesc key={quoteattr(record.id)} ref={address} source="#{name}">'
    yield '<correspAction type="sent">'
    yield from _agents(value.sender, links)
    yield _date(read_date(value.sent.date, time=value.sent.time, zone=value.sent.zone))
    yield "</correspAction>"
    yield '<correspAction type="received">'
    yield from _agents(value.addressee, links)
    yield "</correspAction>"
    yield "</correspDesc>"


def _agents(references: tuple[str, ...], links: Links) -> Iterator[str]:
    """Each by name, with the addresses of verified identifiers; `Unknown` if none is known, as CMIF has it."""
    if not references:
        yield "<persName>Unknown</persName>"
    for written in references:
        reference = read_reference(written)
        if reference:
            yield _agent(reference, links)


def _agent(reference: Reference, links: Links) -> str:
    record = links.records[reference]
    element = "persName" if reference.kind == "person" else "orgName"
    addresses = identifiers_of(record)
    pointing = f" ref={quoteattr(' '.join(addresses))}" if addresses else ""
    return f"<{element}{pointing}>{escape(record.name)}</{element}>"


def _date(when: HistoricalDate) -> str:
    """A day, month or year as it is; anything else by its bounds. What these cannot say stands in words."""
    alone = len(when.parts) == 1 and when.parts[0]
    plain = alone and when.parts[0].precision in {"day", "month", "year"}  # type: ignore[union-attr]
    if plain:
        bounds = {"when": when.edtf.rstrip("?~%")}
    else:
        bounds = {
            "notBefore": "" if when.open_start else when.earliest.isoformat(),
            "notAfter": when.latest.isoformat() if when.latest else "",
        }
    attributes = "".join(f" {key}={quoteattr(text)}" for key, text in bounds.items() if text)
    says_all = plain and not (when.uncertain or when.approximate or when.time)
    return f"<date{attributes}/>" if says_all else f"<date{attributes}>{escape(in_words(when))}</date>"
