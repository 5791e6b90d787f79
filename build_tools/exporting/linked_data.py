"""The whole archive as one graph, `data/archive.jsonld`: JSON-LD 1.1 with its context inside, so that nothing is fetched.

schema.org names things and their makers, PROV what a text was derived from, Web Annotation where notes and commitments stand
in it, SKOS the terms; what none of them says has a word of ours (`schema.vocabulary`, ADR 0014). A node's IRI is the address
of its page or passage below the base IRI. Every source grade, doubt and date is kept: dates are EDTF literals. Called by
`site`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from build_tools.exporting.tables import anchors_of, body_text, cited, identifiers_of, passage_reference
from build_tools.identifiers import Reference, commitment_anchor, note_anchor, read_reference, url_of
from build_tools.ledger import digest_of
from build_tools.linking import Anchored, Links
from build_tools.model import (
    AnyRecord,
    Archive,
    Commitment,
    DateGiven,
    Document,
    Event,
    Message,
    MessageLink,
    Note,
    Organisation,
    Person,
    Place,
    Record,
    Sense,
    Source,
    Statement,
    Term,
    Work,
)
from build_tools.output import OutputFile
from build_tools.schema.tables import TABLES
from build_tools.schema.vocabulary import MESSAGE_LINKS, PAGE, PREFIXES, PROPERTIES, SENSES
from build_tools.standing import last_status

Json = str | int | float | list["Json"] | dict[str, "Json"]
Node = dict[str, Json]
PATH = "data/archive.jsonld"
TABLE_FORMS = {"csv": "text/csv", "json": "application/json"}
EDTF = "edtf:EDTF"

WORDS: dict[str, str] = {
    "name": "schema:name",
    "alternateName": "schema:alternateName",
    "description": "schema:description",
    "text": "schema:text",
    "position": "schema:position",
    "identifier": "schema:identifier",
    "version": "schema:version",
    "jobTitle": "schema:jobTitle",
    "sha256": "schema:sha256",
    "encodingFormat": "schema:encodingFormat",
    "inLanguage": "schema:inLanguage",
    "archivedAt": "schema:holdingArchive",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "definition": "skos:definition",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "value": "rdf:value",
    "comment": "rdfs:comment",
}
"""Keys whose values are words or numbers."""
POINTERS: dict[str, str] = {
    "author": "schema:author",
    "recipient": "schema:recipient",
    "sender": "schema:sender",
    "publisher": "schema:publisher",
    "editor": "schema:editor",
    "license": "schema:license",
    "isPartOf": "schema:isPartOf",
    "encoding": "schema:encoding",
    "distribution": "schema:distribution",
    "contentUrl": "schema:contentUrl",
    "mentions": "schema:mentions",
    "sameAs": "schema:sameAs",
    "location": "schema:location",
    "participant": "schema:participant",
    "url": "schema:url",
    "seeAlso": "rdfs:seeAlso",
    "wasDerivedFrom": "prov:wasDerivedFrom",
    "inScheme": "skos:inScheme",
    "hasTarget": "oa:hasTarget",
    "hasSource": "oa:hasSource",
    "hasSelector": "oa:hasSelector",
    "hasBody": "oa:hasBody",
    "motivatedBy": "oa:motivatedBy",
}
"""Keys whose values are IRIs or nodes."""
DATES: dict[str, str] = {
    "dateCreated": "schema:dateCreated",
    "dateSent": "schema:dateSent",
    "startDate": "schema:startDate",
    "dateModified": "schema:dateModified",
}
"""Keys whose values are EDTF."""
OURS_POINTING = frozenset(
    {"by", "toward", "carriedBy", "heldAs", "cites", "touchedBy", "affiliation", "source", *SENSES.values()}
    | set(MESSAGE_LINKS.values())
)
OURS_DATED = frozenset({"on"})
OURS_LISTED = frozenset({"fate", "entry", "known", "disputed"})
"""Words of ours that point, that are dates, and whose values have an order."""


def linked_data_file(archive: Archive, links: Links) -> OutputFile:
    """`data/archive.jsonld`, a line for each node."""
    head = json.dumps(context(archive), ensure_ascii=False, indent=1)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in graph(archive, links))
    return OutputFile(PATH, f'{{"@context": {head},\n"@graph": [\n{lines}\n]}}\n'.encode())


def context(archive: Archive) -> dict[str, Json]:
    """What each key of the file means."""
    made: dict[str, Json] = {"@version": 1.1, **PREFIXES, "archive": f"{archive.edition.base_iri}{PAGE}#"}
    made.update(WORDS)
    made.update({key: {"@id": iri, "@type": "@id"} for key, iri in POINTERS.items()})
    made.update({key: {"@id": iri, "@type": EDTF} for key, iri in DATES.items()})
    for word in PROPERTIES:
        made[word.name] = _our_word(word.name)
    return made


def graph(archive: Archive, links: Links) -> Iterator[Node]:
    """Every node: the archive itself, documents with their passages and notes, records, days."""
    scene = Scene(archive.edition.base_iri, links, anchors_of(archive, links), _mentioned(links))
    yield _dataset(archive)
    for document in archive.documents:
        yield from _document(document, scene)
    for record in archive.records():
        yield _record(record, scene)
        if isinstance(record.value, Commitment):
            yield from _stated(record.reference, record.value, scene)
    yield from _days(scene)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every node is made from besides its own record."""

    base: str
    links: Links
    anchors: Mapping[tuple[Reference, int], tuple[str, Anchored]]
    mentioned: Mapping[Reference, tuple[Reference, ...]]
    """Passage, note or record -> what its text names."""

    def iri(self, reference: Reference) -> str:
        """The address of a page or passage, which is the name of the thing."""
        return self.base + url_of(reference)

    def iris(self, references: Iterable[Reference | str]) -> tuple[str, ...]:
        """The names of things that may be written as text; a text that is no reference is passed over."""
        read = (read_reference(one) if isinstance(one, str) else one for one in references)
        return tuple(dict.fromkeys(self.iri(one) for one in read if one))

    def named_by(self, reference: Reference) -> tuple[str, ...]:
        """What the text of a passage, note or record names."""
        return self.iris(self.mentioned.get(reference, ()))


def _mentioned(links: Links) -> dict[Reference, tuple[Reference, ...]]:
    found: dict[Reference, dict[Reference, None]] = {}
    for mentions in links.mentions.values():
        for one in mentions:
            if not one.role:
                found.setdefault(one.source, {})[one.target] = None
    return {source: tuple(targets) for source, targets in found.items()}


def _our_word(name: str) -> Json:
    if name in OURS_LISTED:
        return {"@id": f"archive:{name}", "@container": "@list"}
    if name in OURS_POINTING:
        return {"@id": f"archive:{name}", "@type": "@id"}
    return {"@id": f"archive:{name}", "@type": EDTF} if name in OURS_DATED else f"archive:{name}"


def _node(**values: Json | tuple[Json, ...]) -> Node:
    """The values that are there; a tuple of one is that one, unless its order counts."""
    made: Node = {}
    for key, value in values.items():
        name = {"id": "@id", "type": "@type"}.get(key, key)
        plain = value
        if isinstance(value, tuple):
            plain = value[0] if len(value) == 1 and name not in OURS_LISTED else list(value)
        assert not isinstance(plain, tuple)
        if plain not in ("", []):
            made[name] = plain
    return made


# --- the archive and its documents ----------------------------------------------------------------------------------


def _dataset(archive: Archive) -> Node:
    edition = archive.edition
    files = [(f"data/{table.name}.{end}", form) for table in TABLES for end, form in TABLE_FORMS.items()]
    return _node(
        id=edition.base_iri,
        type="schema:Dataset",
        name=edition.title,
        description=edition.description,
        publisher=_node(type="schema:Organization", name=edition.publisher),
        editor=tuple(_node(type="schema:Person", name=one) for one in edition.editors),
        license=edition.licence_url,
        version=edition.edition,
        dateModified=edition.date,
        inLanguage="en",
        distribution=tuple(
            _node(type="schema:DataDownload", contentUrl=edition.base_iri + path, encodingFormat=form)
            for path, form in ((PATH, "application/ld+json"), *files)
        ),
    )


def _document(document: Document, scene: Scene) -> Iterator[Node]:
    header = document.header
    iri = scene.iri(document.reference)
    yield _node(
        id=iri,
        type=("schema:CreativeWork", "prov:Entity"),
        name=header.title,
        alternateName=header.short_title,
        description=header.summary,
        author=scene.iris(header.authors),
        recipient=scene.iris(header.addressees),
        dateCreated=header.date,
        identifier=header.reference_code,
        archivedAt=header.repository,
        isPartOf=scene.base,
        encoding=_node(type="schema:MediaObject", contentUrl=f"{iri}edition.xml", encodingFormat="application/tei+xml"),
        wasDerivedFrom=f"{iri}transcription.txt",
        mentions=scene.named_by(document.reference),
    )
    yield _node(
        id=f"{iri}transcription.txt",
        type=("schema:MediaObject", "prov:Entity"),
        encodingFormat="text/plain",
        sha256=hashlib.sha256(document.transcription.encode()).hexdigest(),
    )
    for position, passage in enumerate(document.passages, start=1):
        reference = passage_reference(document, passage)
        yield _node(
            id=scene.iri(reference),
            type="schema:CreativeWork",
            isPartOf=iri,
            position=position,
            name=passage.label,
            text=passage.text,
            digest=digest_of(passage.text),
            mentions=scene.named_by(reference),
        )
    for note in document.notes:
        yield _note(note, document, scene)


def _note(note: Note, document: Document, scene: Scene) -> Node:
    reference = Reference("document", document.id, note_anchor(note.id))
    target = note.value.target
    return _node(
        id=scene.iri(reference),
        type="oa:Annotation",
        name=note.value.title,
        kind=note.value.kind,
        motivatedBy="oa:commenting",
        hasBody=_node(type="oa:TextualBody", value=body_text(note.body)),
        hasTarget=_target(scene, reference, 0, (target.exact, target.prefix, target.suffix)),
        mentions=scene.named_by(reference),
        seeAlso=scene.iris(note.value.see_also),
    )


def _target(scene: Scene, source: Reference, index: int, words: tuple[str, str, str]) -> Node:
    """The words of a passage that an annotation is about, by quotation and by position."""
    document, anchored = scene.anchors[source, index]
    exact, prefix, suffix = words
    quotation = _node(type="oa:TextQuoteSelector", exact=exact, prefix=prefix, suffix=suffix)
    position = _node(type="oa:TextPositionSelector", start=anchored.start, end=anchored.end)
    return _node(
        type="oa:SpecificResource",
        hasSource=scene.iri(Reference("document", document, anchored.passage)),
        hasSelector=(quotation, position),
    )


# --- records --------------------------------------------------------------------------------------------------------


def _record(record: Record[AnyRecord], scene: Scene) -> Node:
    value = record.value
    shared = _node(
        id=scene.iri(record.reference),
        sameAs=identifiers_of(value),
        seeAlso=scene.iris(value.see_also),
        mentions=scene.named_by(record.reference),
        known=tuple(_statement(one, scene) for one in value.statements),
        comment=body_text(record.body),
    )
    names = _node(name=value.name, alternateName=value.variants, description=value.summary)
    if isinstance(value, Commitment):
        return {**shared, **names, **_commitment(value, scene)}
    if isinstance(value, Message):
        return {**shared, **names, **_message(value, scene)}
    if isinstance(value, Term):
        labels = _node(prefLabel=value.name, altLabel=value.variants, definition=value.summary)
        return {**shared, **_node(type="skos:Concept", inScheme=f"{scene.base}terms/"), **labels}
    return {**shared, **names, **_own(value, scene)}


def _own(value: AnyRecord, scene: Scene) -> Node:
    """The class of a record of the other registers, and what only that class has."""
    if isinstance(value, Person):
        at = scene.iris([f"organisation:{value.affiliation}"] if value.affiliation else [])
        return _node(type="schema:Person", jobTitle=value.office, affiliation=at)
    if isinstance(value, Organisation):
        return _node(type="schema:Organization", alternateName=(*filter(None, [value.abbreviation]), *value.variants))
    if isinstance(value, Place):
        return _node(type="schema:Place")
    if isinstance(value, Event):
        return _node(
            type="schema:Event",
            startDate=value.when.date,
            clock=_clock(value.when),
            participant=scene.iris(value.participants),
            location=scene.iris(f"place:{one}" for one in value.places),
        )
    if isinstance(value, Work):
        return _node(type="schema:CreativeWork", alternateName=(value.short, *value.variants), identifier=value.url)
    return _node(type="schema:Thing")


def _commitment(value: Commitment, scene: Scene) -> Node:
    hanging = {
        SENSES[sense]: scene.iris(f"commitment:{one.commitment}" for one in value.depends_on if one.sense == sense)
        for sense in get_args(Sense)
    }
    return _node(
        type=("archive:Commitment", "prov:Entity"),
        kind=value.kind,
        by=scene.iris(value.by),
        toward=scene.iris(value.toward),
        remark=tuple(filter(None, (value.by_remark, value.toward_remark))),
        statement=value.statement,
        verification=value.verification,
        reading=value.reading,
        disputed=tuple(_statement(one, scene) for one in value.disputed),
        status=last_status(value),
        fate=tuple(
            _node(
                type="archive:FateStep",
                on=step.date,
                status=step.status,
                text=step.text,
                source=tuple(_source(one, scene) for one in step.sources),
            )
            for step in value.fate
        ),
        carriedBy=scene.iris(f"message:{one}" for one in value.messages),
        source=tuple(_source(one, scene) for one in value.sources),
        **hanging,
    )


def _stated(reference: Reference, value: Commitment, scene: Scene) -> Iterator[Node]:
    """An annotation for each passage that the commitment was read from."""
    for index, passage in enumerate(value.passages):
        place = Reference("document", passage.document, commitment_anchor(reference.id, index))
        yield _node(
            id=scene.iri(place),
            type="oa:Annotation",
            motivatedBy="oa:linking",
            role=passage.role,
            hasBody=scene.iri(reference),
            hasTarget=_target(scene, reference, index, (passage.exact, passage.prefix, passage.suffix)),
        )


def _message(value: Message, scene: Scene) -> Node:
    related = {
        MESSAGE_LINKS[link]: scene.iris(f"message:{one.message}" for one in value.relations if one.link == link)
        for link in get_args(MessageLink)
    }
    return _node(
        type="schema:Message",
        form=value.form,
        holding=value.holding,
        sender=scene.iris(value.sender),
        recipient=scene.iris(value.addressee),
        series=value.series,
        number=value.number,
        dateSent=value.sent.date,
        clock=_clock(value.sent),
        heldAs=scene.iris([f"document:{value.document}"] if value.document else []),
        archivedAt=value.archival_source,
        **related,
    )


def _clock(given: DateGiven) -> str:
    return f"{given.time} {given.zone}".strip() if given.time else ""


def _statement(statement: Statement, scene: Scene) -> Node:
    sources = tuple(_source(one, scene) for one in statement.sources)
    return _node(type="archive:Statement", text=statement.text, source=sources)


def _source(source: Source, scene: Scene) -> Node:
    """A work is cited with the place in it; a passage of a document has an address of its own."""
    reference = cited(source)
    return _node(
        type="archive:Source",
        cites=scene.iri(reference) if reference else "",
        at=source.at if source.work else "",
        grade=source.grade,
        remark=source.remark,
    )


def _days(scene: Scene) -> Iterator[Node]:
    for day, entries in scene.links.days.items():
        yield _node(
            id=scene.iri(Reference("date", day)),
            type="archive:Day",
            on=day,
            entry=tuple(
                _node(
                    type="archive:DayEntry",
                    touchedBy=scene.iri(one.source),
                    group=one.group,
                    certainty=one.certainty,
                    text=one.words,
                )
                for one in entries
            ),
        )
