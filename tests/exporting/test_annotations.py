"""Web Annotations: all that is anchored and nothing else, found again by others' rules, whatever the words are."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from build_tools.exporting.annotations import AROUND, PAGE, annotation_files, around
from build_tools.exporting.tables import rows_of
from build_tools.identifiers import commitment_anchor, note_anchor, read_reference, url_of
from build_tools.linking import link
from build_tools.model import Archive, Document
from build_tools.reading.markdown import read_markdown
from build_tools.schema.tables import table
from build_tools.text import elements
from tests.exporting.conftest import CANARY, Linked, linked
from tests.exporting.resolving import Published, nodes, published, strings

OA = "http://www.w3.org/ns/oa#"
ANNO = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "id": "@id",
    "type": "@type",
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "TextualBody", "SpecificResource", "FragmentSelector", "TextQuoteSelector"),
            *(
                "TextPositionSelector",
                "commenting",
                "linking",
                "classifying",
                "start",
                "end",
                "exact",
                "prefix",
                "suffix",
            ),
        )
    },
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    **{
        name: {"@id": iri, "@type": "@id"}
        for name, iri in {
            "body": "oa:hasBody",
            "target": "oa:hasTarget",
            "source": "oa:hasSource",
            "selector": "oa:hasSelector",
            "refinedBy": "oa:refinedBy",
            "creator": "dcterms:creator",
            "rights": "dcterms:rights",
            "conformsTo": "dcterms:conformsTo",
            "partOf": "as:partOf",
            "first": "as:first",
            "last": "as:last",
            "next": "as:next",
            "prev": "as:prev",
        }.items()
    },
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "name": "foaf:name",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
}
"""What the terms that we use mean in http://www.w3.org/ns/anno.jsonld, so that nothing is fetched."""


def read(given: Linked) -> dict[str, Any]:
    return {file.path: json.loads(file.content) for file in annotation_files(given.archive, given.links)}


def items(files: dict[str, Any]) -> list[Any]:
    """All annotations, page after page."""
    return [one for whole in files.values() for one in whole.get("first", whole)["items"]]


def rows(name: str, given: Linked) -> list[Any]:
    return list(rows_of(table(name), given.archive, given.links))


def folded(text: str) -> str:
    """As the published matching rule compares, in other words than the engine's."""
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text)).strip(" ")
    return re.sub("[“”„‟]", '"', re.sub("[‘’‚‛]", "'", text))


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


@pytest.fixture(scope="module")
def site(either: Linked) -> Published:
    return published(either)


def test_each_note_and_each_passage_of_a_commitment_is_there_once_and_nothing_else(either: Linked) -> None:
    found = [one["id"] for one in items(read(either))]
    anchored = [row["url"] for name in ("notes", "commitment-passages") for row in rows(name, either)]
    assert sorted(found) == sorted(anchored)
    assert len(set(found)) == len(found) > 4


def test_every_document_has_its_own(either: Linked) -> None:
    files = read(either)
    for document in either.archive.documents:
        whole = files[f"documents/{document.id}/annotations.json"]
        address = either.archive.edition.base_iri + url_of(document.reference)
        assert whole["type"] == "AnnotationCollection"
        assert whole["total"] == len(either.links.anchored.get(document.id, ()))
        assert {one["target"]["source"] for one in whole["first"]["items"]} <= {address}


def test_others_find_the_words_again_exactly_once(either: Linked) -> None:
    texts = {row["url"]: row["text"] for row in rows("passages", either)}
    digests = {row["url"]: row["digest"] for row in rows("passages", either)}
    written = {
        **{
            f"{document.reference}#{note_anchor(note.id)}": note.value.target
            for document in either.archive.documents
            for note in document.notes
        },
        **{
            f"document:{passage.document}#{commitment_anchor(record.id, index)}": passage
            for record in either.archive.commitments
            for index, passage in enumerate(record.value.passages)
        },
    }
    base = either.archive.edition.base_iri
    addresses = {}
    for name, anchor in written.items():
        reference = read_reference(name)
        assert reference
        addresses[base + url_of(reference)] = anchor
    for one in items(read(either)):
        target = one["target"]
        fragment = target["selector"]
        passage = f"{target['source']}#{fragment['value']}"
        text = texts[passage]
        assert target["digest"] == digests[passage]
        quote, position = fragment["refinedBy"]
        sought = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert len(re.findall(f"(?={re.escape(sought)})", text)) == 1
        start = text.index(sought) + len(quote["prefix"])
        assert (position["start"], position["end"]) == (start, start + len(quote["exact"]))
        assert folded(quote["exact"]) == folded(addresses[one["id"]].exact)
        assert target["source"] == one["id"].partition("#")[0]


def test_a_commitment_keeps_its_role_and_a_note_its_words(either: Linked) -> None:
    found = {one["id"]: one for one in items(read(either))}
    base = either.archive.edition.base_iri
    for row in rows("commitment-passages", either):
        one = found[row["url"]]
        about, role = one["body"]
        reference = read_reference(row["commitment"])
        assert reference
        assert (about["purpose"], about["source"]) == ("linking", base + url_of(reference))
        assert (role["purpose"], role["value"]) == ("classifying", row["role"])
        assert one["motivation"] == ["linking", "classifying"]
    for row in rows("notes", either):
        one = found[row["url"]]
        assert one["label"] == row["title"]
        assert one["motivation"] == one["body"]["purpose"] == "commenting"
        without_grades = re.sub(r" \[(?:A|A-x|B|C|D)\]", "", one["body"]["value"])
        assert re.sub(r"\s", "", without_grades) == re.sub(r"\s", "", row["text"])
    for one in found.values():
        assert one["rights"] == either.archive.edition.licence_url
        assert one["creator"]


def test_an_inference_says_so(either: Linked) -> None:
    found = {one["id"]: one for one in items(read(either))}
    for document in either.archive.documents:
        for note in document.notes:
            cited = [one.get("ana") for block in note.body for one in elements(block) if one.name == "bibl"]
            one = found[f"{either.archive.edition.base_iri}{url_of(document.reference)}#n-{note.id}"]
            assert re.findall(r" \[(A|A-x|B|C|D)\]", one["body"]["value"]) == cited


def test_each_block_of_a_note_has_lines_of_its_own(example: Archive) -> None:
    words = 'One *two*.\n\n- three\n- four\n  five\n\n> six\n>\n> seven ([eight](work:calendar "A-x"))'
    body, problems = read_markdown(words, "note.md", 1)
    assert problems == ()
    document = example.documents[0]
    note = replace(document.notes[0], body=body)
    given = linked_anyhow(replace(example, documents=(replace(document, notes=(note,)), *example.documents[1:])))
    (found,) = [one["body"]["value"] for one in items(read(given)) if one["id"].endswith(f"/#n-{note.id}")]
    assert found == "One two.\n\nthree\n\nfour five\n\nsix\n\nseven (eight [A-x])"


def test_every_address_leads_somewhere(either: Linked, site: Published) -> None:
    files = read(either)
    seen = set()
    for path, whole in files.items():
        assert whole["id"] == site.base + path
        for text in strings(whole):
            if text.startswith(site.base):
                assert site.resolves(text), text
                seen.add(text)
    assert {one["id"] for one in items(files)} < seen
    names = [name for whole in files.values() for name in nodes(whole)]
    assert len(set(names)) == len(names)


@pytest.mark.group("rdf")
def test_it_is_the_linked_data_that_it_seems(either: Linked) -> None:
    from rdflib import RDF, RDFS, Graph, URIRef
    from rdflib.collection import Collection

    archive_says = {row["url"]: row for row in rows("notes", either)}
    activity = ANNO["as"]
    for whole in read(either).values():
        official, ours = whole["@context"]
        assert official == "http://www.w3.org/ns/anno.jsonld"
        assert set(keys(whole)) - {"@context"} <= {*ANNO, *ours}
        graph = Graph().parse(data=json.dumps({**whole, "@context": [ANNO, ours]}), format="json-ld")
        found = list(graph.subjects(RDF.type, URIRef(f"{OA}Annotation")))
        page = graph.value(predicate=RDF.type, object=URIRef(f"{activity}OrderedCollectionPage"))
        assert list(Collection(graph, graph.value(page, URIRef(f"{activity}items")))) == [
            URIRef(one["id"]) for one in items({"": whole})
        ]
        assert len(found) == len(items({"": whole}))
        for one in found:
            motives = set(graph.objects(one, URIRef(f"{OA}motivatedBy")))
            target = graph.value(one, URIRef(f"{OA}hasTarget"))
            assert graph.value(target, URIRef(f"{either.archive.edition.base_iri}data/#digest"))
            fragment = graph.value(target, URIRef(f"{OA}hasSelector"))
            refined = {graph.value(each, RDF.type) for each in graph.objects(fragment, URIRef(f"{OA}refinedBy"))}
            assert refined == {URIRef(f"{OA}TextQuoteSelector"), URIRef(f"{OA}TextPositionSelector")}
            if str(one) in archive_says:
                assert motives == {URIRef(f"{OA}commenting")}
                assert str(graph.value(one, RDFS.label)) == archive_says[str(one)]["title"]
            else:
                assert motives == {URIRef(f"{OA}linking"), URIRef(f"{OA}classifying")}


def test_hostile_words_stay_words(hostile: Linked) -> None:
    files = read(hostile)
    assert set(keys(list(files.values()))) - {"@context"} <= {*ANNO, "digest"}
    for one in items(files):
        assert CANARY in one["creator"][0]["name"]
        if one["motivation"] == "commenting":
            assert one["label"].startswith(CANARY)
            assert " ".join(CANARY.split()) in " ".join(one["body"]["value"].split())
        assert "cmd" not in one["id"] + str(one["target"])


def test_any_order_gives_the_same_bytes(either: Linked) -> None:
    archive = replace(
        either.archive,
        documents=tuple(replace(one, notes=one.notes[::-1]) for one in either.archive.documents),
        commitments=either.archive.commitments[::-1],
    )
    links, _ = link(archive)
    assert list(annotation_files(archive, links)) == list(annotation_files(either.archive, either.links))


def test_nothing_there_is_no_fault(example: Archive) -> None:
    assert read(linked(Archive(example.edition))) == {}


def test_a_document_without_notes_has_an_empty_collection(example: Archive) -> None:
    bare = replace(
        example, documents=tuple(replace(one, notes=()) for one in example.documents), commitments=(), messages=()
    )
    links, _ = link(bare)
    for whole in read(Linked(bare, links)).values():
        assert (whole["total"], whole["first"]["items"], whole["last"]) == (0, [], whole["first"]["id"])
        assert "next" not in whole["first"]


def crowded(example: Archive, count: int) -> Linked:
    """One document with so many notes."""
    document: Document = example.documents[0]
    notes = tuple(replace(document.notes[0], id=f"note-{number:05}") for number in range(count))
    return linked_anyhow(replace(example, documents=(replace(document, notes=notes), *example.documents[1:])))


def linked_anyhow(archive: Archive) -> Linked:
    links, _ = link(archive)
    return Linked(archive, links)


def test_many_go_on_in_further_pages(example: Archive) -> None:
    given = crowded(example, 2 * PAGE + 1)
    document = given.archive.documents[0]
    count = len(given.links.anchored[document.id])
    assert count > 2 * PAGE
    files = {path: one for path, one in read(given).items() if path.startswith(f"documents/{document.id}/")}
    assert list(files) == [
        f"documents/{document.id}/{name}" for name in ("annotations.json", "annotations/2.json", "annotations/3.json")
    ]
    whole, *_ = files.values()
    assert whole["total"] == count
    pages = [one.get("first", one) for one in files.values()]
    assert whole["last"] == pages[-1]["id"]
    assert [one["id"] for one in pages[1:]] == [one["next"] for one in pages[:-1]]
    assert [one["id"] for one in pages[:-1]] == [one["prev"] for one in pages[1:]]
    assert [one["startIndex"] for one in pages] == [0, PAGE, 2 * PAGE]
    assert [len(one["items"]) for one in pages] == [PAGE, PAGE, count - 2 * PAGE]
    assert {one["partOf"] for one in pages} == {whole["id"]}
    assert len({one["id"] for one in items(files)}) == count


def test_it_grows_with_what_is_anchored(example: Archive) -> None:
    sizes = [
        sum(len(file.content) for file in annotation_files(given.archive, given.links))
        for given in (crowded(example, 400), crowded(example, 800))
    ]
    assert sizes[1] < 2.1 * sizes[0]


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("no more, no more, no more", "no", 2),
        ("a" * 400, "aaa", 200),
        ("one line of two, " * 30 + "and the end", "two", 17),
        ("alone", "alone", 0),
    ],
)
def test_as_much_around_the_words_as_no_other_place_has(text: str, words: str, place: int) -> None:
    starts = [found.start() for found in re.finditer(f"(?={words})", text)]
    start = starts[place]
    prefix, suffix = around(text, start, start + len(words))
    assert len(re.findall(f"(?={re.escape(prefix + words + suffix)})", text)) == 1
    assert text.index(prefix + words + suffix) + len(prefix) == start
    assert len(prefix) >= min(AROUND, start)
