"""Notes and commitments as W3C Web Annotations (Recommendation, 2017): `documents/<id>/annotations.json` for each document.

An AnnotationCollection with its first page in it; further pages are `annotations/2.json` and so on. Each annotation has the
address of its place on the document's page as its name, the same as in `linked_data`. Its target is the passage, refined by
the words as they stand in it, with its digest, in the form in which the notebook of the site writes (ADR 0020). Nothing is
here but notes and the passages of commitments. Called by `site`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from build_tools.identifiers import Reference, commitment_anchor, note_anchor, url_of
from build_tools.ledger import digest_of
from build_tools.linking import Anchored, Links
from build_tools.model import Archive, Document, Edition, Note
from build_tools.output import OutputFile
from build_tools.schema.vocabulary import PAGE as VOCABULARY
from build_tools.text import Element, Node, Text, as_text

Json = str | int | None | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
HTML_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"
"""What the Recommendation names for fragments of HTML pages."""
PAGE = 500
"""Annotations of one AnnotationPage."""
AROUND = 32
"""Characters before and after the words, as the notebook takes them; twice as many, and again, until they are unique."""

BLOCKS = frozenset({"p", "head", "list", "item", "quote"})
"""What a note in Markdown has lines of its own for."""


def annotation_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """The collection of each document, empty if nothing is anchored in it, and the further pages of long ones."""
    for document in archive.documents:
        annotations = list(_annotations(document, links.anchored.get(document.id, ()), archive.edition))
        yield from _paged(document, annotations, archive.edition)


# --- collections and pages ------------------------------------------------------------------------------------------


def _paged(document: Document, annotations: list[Object], edition: Edition) -> Iterator[OutputFile]:
    """The Recommendation's paging: the collection names its first and last page, each page its neighbours."""
    url = url_of(document.reference)
    paths = [f"{url}annotations.json"]
    paths += [f"{url}annotations/{number}.json" for number in range(2, -(-len(annotations) // PAGE) + 1)]
    ids = [edition.base_iri + path for path in paths]
    names = [f"{ids[0]}#page-1", *ids[1:]]
    for index, path in enumerate(paths):
        page: Object = {"id": names[index], "type": "AnnotationPage", "partOf": ids[0]}
        if index > 0:
            page["prev"] = names[index - 1]
        if index + 1 < len(names):
            page["next"] = names[index + 1]
        page["startIndex"] = index * PAGE
        page["items"] = list(annotations[index * PAGE : (index + 1) * PAGE])
        whole: Object = page
        if index == 0:
            whole = {
                "id": ids[0],
                "type": "AnnotationCollection",
                "label": f"Notes and commitments: {document.header.title}",
                **_made_by(edition),
                "total": len(annotations),
                "first": page,
                "last": names[-1],
            }
        context: list[Json] = [CONTEXT, {"digest": f"{edition.base_iri}{VOCABULARY}#digest"}]
        content = json.dumps({"@context": context, **whole}, ensure_ascii=False, indent=1)
        yield OutputFile(path, f"{content}\n".encode())


# --- annotations ----------------------------------------------------------------------------------------------------


def _annotations(document: Document, anchored: tuple[Anchored, ...], edition: Edition) -> Iterator[Object]:
    """One for each anchor, in the order of the text."""
    texts = {passage.id: passage.text for passage in document.passages}
    digests = {one: digest_of(text) for one, text in texts.items()}
    notes = {note_anchor(note.id): note for note in document.notes}
    for one in anchored:
        if one.source.kind == "commitment":
            anchor = commitment_anchor(one.source.id, one.index)
            about = _bears(one, edition)
        else:
            anchor = one.source.fragment
            about = _comments(notes[anchor])
        yield {
            "id": _address(Reference("document", document.id, anchor), edition),
            "type": "Annotation",
            **_made_by(edition),
            **about,
            "target": {
                "type": "SpecificResource",
                "source": _address(document.reference, edition),
                "selector": _selector(one, texts[one.passage]),
                "digest": digests[one.passage],
            },
        }


def _comments(note: Note) -> Object:
    """The words of a note; its kind and links are in `data/notes.json` and `data/archive.jsonld`."""
    body = {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "language": "en"}
    return {
        "label": note.value.title,
        "motivation": "commenting",
        "body": {**body, "value": "\n\n".join(_blocks(note.body))},
    }


def _blocks(nodes: Iterable[Node]) -> Iterator[str]:
    """The words of each paragraph, heading and item; after a citation its grade, lest an inference look like a finding."""
    for node in nodes:
        if isinstance(node, Element) and any(isinstance(one, Element) and one.name in BLOCKS for one in node.children):
            yield from _blocks(node.children)
        elif words := as_text(_graded(node)):
            yield words


def _graded(node: Node) -> Node:
    if isinstance(node, Text):
        return node
    children = tuple(map(_graded, node.children))
    if node.name == "bibl":
        children = (*children, Text(f" [{node.get('ana')}]"))
    return replace(node, children=children)


def _bears(one: Anchored, edition: Edition) -> Object:
    """The commitment that the words bear on, and how: they state it, qualify it, repeat it …"""
    return {
        "motivation": ["linking", "classifying"],
        "body": [
            {"type": "SpecificResource", "purpose": "linking", "source": _address(one.source, edition)},
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "text/plain",
                "language": "en",
                "value": one.role,
            },
        ],
    }


def _selector(one: Anchored, text: str) -> Object:
    """The passage, and in it the words: by quotation and, which comes to the same, by position."""
    prefix, suffix = around(text, one.start, one.end)
    quote: Object = {
        "type": "TextQuoteSelector",
        "exact": text[one.start : one.end],
        "prefix": prefix,
        "suffix": suffix,
    }
    position: Object = {"type": "TextPositionSelector", "start": one.start, "end": one.end}
    passage: Object = {"type": "FragmentSelector", "conformsTo": HTML_FRAGMENTS, "value": one.passage}
    return {**passage, "refinedBy": [quote, position]}


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after the words, letter for letter, and as much of it as no other place of the text has."""
    width = AROUND
    while True:
        first = max(0, start - width)
        whole = text[first : end + width]
        if text.find(whole, text.find(whole) + 1) < 0:  # the whole text stands in itself once
            return text[first:start], text[end : end + width]
        width *= 2


def _made_by(edition: Edition) -> Object:
    """Who answers for it, and on what terms it may be used; notes have no dates of their own."""
    creators: list[Json] = [{"name": name} for name in edition.editors]
    made: Object = {"creator": creators[0] if len(creators) == 1 else creators} if creators else {}
    return {**made, "rights": edition.licence_url}


def _address(reference: Reference, edition: Edition) -> str:
    return edition.base_iri + url_of(reference)
