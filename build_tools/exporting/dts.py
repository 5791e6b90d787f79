"""Distributed Text Services 1.0 as static files: what there is to read, how each text is cited, and every passage in TEI.

`dts/index.json` is the entry point. The addresses that it gives are RFC 6570 templates that come to names of files: a
collection for the archive and each document, the citable units of each document, its TEI edition, and each passage as TEI.
Templates have no variables for what no static host can answer, such as ranges (ADR 0023). Called by `site`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from build_tools.exporting.tables import passage_reference
from build_tools.identifiers import FOLDERS, url_of
from build_tools.model import Archive, Document, Edition, Passage
from build_tools.output import OutputFile
from build_tools.text import Node, Text, elements

Json = str | int | None | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]
CONTEXT = "https://dtsapi.org/context/v1.0.json"
VERSION = "1.0"
DTS = "https://w3id.org/api/dts#"
TEI = "http://www.tei-c.org/ns/1.0"
ROOT = "all_documents"
"""The collection of everything; no document can be called so, since its id has no underscore."""
COLLECTION = "dts/collection{/id}{.nav}.json"
NAVIGATION = "dts/navigation/{resource}.json{?down}"
DOCUMENT = "documents/{resource}/edition{/ref}.xml"
"""Below the base IRI. Without `ref` the last is the edition itself. A static host passes over `down`, which may be anything
but 0: the tree has one level, so that every depth gives the same."""
UNITS = {"head": "heading", "p": "paragraph"}
"""What a citable element is called, where not by its own name; the same words as in the `citeStructure` of our editions."""
REFERRING = ("ref", "target", "source")
"""Attributes that point to records of the archive by `kind:id`."""


def dts_files(archive: Archive) -> Iterator[OutputFile]:
    """The entry point, the collections, the citable units of each document and its passages."""
    edition = archive.edition
    entry: Object = {
        "@id": f"{edition.base_iri}dts/index.json",
        "@type": "EntryPoint",
        "collection": edition.base_iri + COLLECTION,
        "navigation": edition.base_iri + NAVIGATION,
        "document": edition.base_iri + DOCUMENT,
    }
    yield _response("dts/index.json", entry)
    resources = [(document, _resource(document, edition)) for document in archive.documents]
    yield from _collections(archive, resources)
    for document, resource in resources:
        yield _navigation(document, resource, edition)
        for passage in document.passages:
            path = f"{url_of(document.reference)}edition/{passage.id}.xml"
            yield OutputFile(path, as_tei(passage, document, edition).encode())


def _response(path: str, about: Object) -> OutputFile:
    whole = {"@context": CONTEXT, "dtsVersion": VERSION, **about}
    return OutputFile(path, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())


# --- collections ----------------------------------------------------------------------------------------------------


def _collections(archive: Archive, resources: list[tuple[Document, Object]]) -> Iterator[OutputFile]:
    """Each with its members: the children, which are meant if nothing is said, and the parents."""
    root = _root(archive)
    full: Object = {**root, "member": [resource for _, resource in resources]}
    for name in ("", f"/{ROOT}"):
        yield _response(f"dts/collection{name}.json", full)
        yield _response(f"dts/collection{name}.children.json", full)
        yield _response(f"dts/collection{name}.parents.json", {**root, "member": []})
    for document, resource in resources:
        childless: Object = {**resource, "member": []}
        yield _response(f"dts/collection/{document.id}.json", childless)
        yield _response(f"dts/collection/{document.id}.children.json", childless)
        yield _response(f"dts/collection/{document.id}.parents.json", {**resource, "member": [root]})


def _root(archive: Archive) -> Object:
    edition = archive.edition
    return {
        "@id": ROOT,
        "@type": "Collection",
        "title": edition.title,
        "description": edition.description,
        "totalParents": 0,
        "totalChildren": len(archive.documents),
        "dublinCore": _filled(
            identifier=[edition.base_iri],
            title=_words(edition.title),
            description=_words(edition.description),
            publisher=_words(edition.publisher),
            contributor=_words(*edition.editors),
            license=[edition.licence_url],
        ),
        "collection": edition.base_iri + COLLECTION.replace("{/id}", f"/{ROOT}"),
    }


def _resource(document: Document, edition: Edition) -> Object:
    """A document as every answer about it gives it: what it is, where it is kept, how it is cited, where its parts are."""
    header = document.header
    iri = edition.base_iri + url_of(document.reference)
    kept = ", ".join(filter(None, (header.repository, header.fonds, header.reference_code)))
    types = dict.fromkeys(_unit(passage) for passage in document.passages)
    structure: list[Json] = [{"@type": "CiteStructure", "citeType": one} for one in types]
    about: Object = {"@id": document.id, "@type": "Resource", "title": header.title}
    if header.summary:
        about["description"] = header.summary
    return {
        **about,
        "totalParents": 1,
        "totalChildren": 0,
        "dublinCore": _filled(
            identifier=[iri],
            title=_words(header.title),
            description=_words(header.summary),
            date=header.date,
            creator=[edition.base_iri + url_of(one) for one in header.authors],
            source=_words(kept),
            publisher=_words(edition.publisher),
            rights=_words(header.availability),
        ),
        "collection": edition.base_iri + COLLECTION.replace("{/id}", f"/{document.id}"),
        "navigation": edition.base_iri + NAVIGATION.replace("{resource}", document.id),
        "document": edition.base_iri + DOCUMENT.replace("{resource}", document.id),
        "download": f"{iri}edition.xml",
        "citationTrees": [{"@type": "CitationTree", "citeStructure": structure}] if structure else [],
    }


def _words(*texts: str) -> list[Json]:
    """Literals in the language in which the archive is written."""
    return [{"lang": "en", "value": text} for text in texts if text]


def _filled(**values: Json) -> Object:
    """The terms that have a value."""
    return {key: value for key, value in values.items() if value}


# --- navigation -----------------------------------------------------------------------------------------------------


def _navigation(document: Document, resource: Object, edition: Edition) -> OutputFile:
    """The citable units of a document, all on one level, in the order of the text."""
    path = f"dts/navigation/{document.id}.json"
    units: list[Json] = [_citable(passage, document, edition) for passage in document.passages]
    about: Object = {"@id": f"{edition.base_iri}{path}?down=-1", "@type": "Navigation"}
    return _response(path, {**about, "resource": resource, "member": units})


def _citable(passage: Passage, document: Document, edition: Edition) -> Object:
    return {
        "@id": edition.base_iri + url_of(passage_reference(document, passage)),
        "@type": "CitableUnit",
        "identifier": passage.id,
        "level": 1,
        "parent": None,
        "citeType": _unit(passage),
        "dublinCore": _filled(title=_words(_title(passage))),
    }


def _unit(passage: Passage) -> str:
    return UNITS.get(passage.element.name, passage.element.name)


def _title(passage: Passage) -> str:
    return f"Passage {passage.label}" if passage.label[:1].isdigit() else passage.label


# --- passages in TEI ------------------------------------------------------------------------------------------------


def as_tei(passage: Passage, document: Document, edition: Edition) -> str:
    """The passage as it is encoded, in the wrapper of the standard, with a header that says what it is part of."""
    iri = edition.base_iri + url_of(passage_reference(document, passage))
    whole = f"{edition.base_iri}{url_of(document.reference)}edition.xml"
    rights = document.header.availability
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<TEI xmlns="{TEI}">',
            "<teiHeader>",
            "<fileDesc>",
            f"<titleStmt><title>{_escaped(document.header.title)}</title></titleStmt>",
            "<publicationStmt>",
            f"<publisher>{_escaped(edition.publisher)}</publisher>",
            f'<idno type="url">{_escaped(iri)}</idno>',
            *([f"<availability><p>{_escaped(rights)}</p></availability>"] if rights else []),
            "</publicationStmt>",
            f"<sourceDesc><p>{_escaped(_title(passage))} of <ref target={quoteattr(whole)}>the whole edition</ref>, "
            f"{_escaped(edition.title)}, edition {_escaped(edition.edition)}, {_escaped(edition.date)}.</p></sourceDesc>",
            "</fileDesc>",
            *_prefixes(passage, edition),
            "</teiHeader>",
            "<text>",
            "<body>",
            f'<dts:wrapper xmlns:dts="{DTS}">{"".join(_markup(passage.element))}</dts:wrapper>',
            "</body>",
            "</text>",
            "</TEI>\n",
        ]
    )


def _prefixes(passage: Passage, edition: Edition) -> Iterator[str]:
    """What `kind:id` comes to, for the kinds that the passage points to."""
    written = {
        pointer.partition(":")[0]
        for element in elements(passage.element)
        for name in REFERRING
        for pointer in element.get(name).split()
    }
    kinds = [kind for kind in FOLDERS if kind in written]
    if kinds:
        yield "<encodingDesc><listPrefixDef>"
        for kind in kinds:
            pattern = quoteattr(f"{edition.base_iri}{FOLDERS[kind]}/$1/$2")
            yield f'<prefixDef ident="{kind}" matchPattern="([a-z0-9\\-]+)(#[a-z0-9\\-]+)?" replacementPattern={pattern}/>'
        yield "</listPrefixDef></encodingDesc>"


def _markup(node: Node) -> Iterator[str]:
    """The element as XML; what the reader folded, white space and character references, is not restored."""
    if isinstance(node, Text):
        yield _escaped(node.content)
        return
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes)
    if not node.children:
        yield f"<{node.name}{attributes}/>"
        return
    yield f"<{node.name}{attributes}>"
    for child in node.children:
        yield from _markup(child)
    yield f"</{node.name}>"


def _escaped(text: str) -> str:
    """Text as XML holds it; a carriage return would be read as the end of a line."""
    return escape(text, {"\r": "&#13;"})
