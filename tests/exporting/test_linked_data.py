"""Linked data: read back by rdflib without a network, it says what the archive says, whatever the words are."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from build_tools.exporting.linked_data import context, graph, linked_data_file
from build_tools.exporting.tables import rows_of
from build_tools.identifiers import read_reference, url_of
from build_tools.schema.tables import table
from build_tools.schema.vocabulary import CLASSES, MESSAGE_LINKS, PREFIXES, PROPERTIES, SENSES
from tests.exporting.conftest import CANARY, Linked

if TYPE_CHECKING:
    from rdflib import Graph

SCHEMA, OA = PREFIXES["schema"], PREFIXES["oa"]


def read(linked: Linked) -> Graph:
    from rdflib import Graph

    content = linked_data_file(linked.archive, linked.links).content
    return Graph().parse(data=content.decode(), format="json-ld")


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from keys_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys_of(one)


def types_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        own = value.get("@type", [])
        yield from [own] if isinstance(own, str) else own
        for one in value.values():
            yield from types_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from types_of(one)


def test_every_key_is_in_the_context_and_the_context_is_in_the_file(either: Linked) -> None:
    whole = json.loads(linked_data_file(either.archive, either.links).content)
    assert list(whole) == ["@context", "@graph"]
    assert isinstance(whole["@context"], dict)
    assert not {"@import", "@vocab", "@base"} & set(whole["@context"])
    assert set(keys_of(whole["@graph"])) - {"@id", "@type"} <= set(whole["@context"])


def test_every_word_of_ours_is_explained(either: Linked) -> None:
    explained = {word.name for word in (*CLASSES, *PROPERTIES)}
    assert len(explained) == len(CLASSES) + len(PROPERTIES)
    types = set(types_of(list(graph(either.archive, either.links))))
    assert {name.removeprefix("archive:") for name in types if name.startswith("archive:")} <= explained
    assert {*SENSES.values(), *MESSAGE_LINKS.values()} <= explained
    assert {word.name for word in PROPERTIES} <= set(context(either.archive))


def test_names_are_addresses_below_the_base_and_none_stands_for_two(either: Linked) -> None:
    nodes = [str(node["@id"]) for node in graph(either.archive, either.links)]
    assert len(set(nodes)) == len(nodes)
    assert all(node.startswith(either.archive.edition.base_iri) for node in nodes)


def test_the_same_archive_gives_the_same_bytes(either: Linked) -> None:
    assert linked_data_file(either.archive, either.links) == linked_data_file(either.archive, either.links)


@pytest.mark.group("rdf")
def test_it_is_read_without_a_network(either: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert len(read(either)) > 500


@pytest.mark.group("rdf")
def test_it_says_what_the_tables_say(either: Linked) -> None:
    from rdflib import RDF, URIRef
    from rdflib.collection import Collection

    base = either.archive.edition.base_iri
    ours = f"{base}data/#"
    found = read(either)

    def iri(name: str) -> URIRef:
        reference = read_reference(name)
        assert reference is not None
        return URIRef(base + url_of(reference))

    def rows(name: str) -> list[Any]:
        return list(rows_of(table(name), either.archive, either.links))

    def values(subject: str, prefix: str, name: str) -> set[str]:
        return {str(one) for one in found.objects(iri(subject), URIRef(prefix + name))}

    def several(names: tuple[str, ...]) -> set[str]:
        return {str(iri(name)) for name in names}

    commitments = rows("commitments")
    assert {str(one) for one in found.subjects(RDF.type, URIRef(f"{ours}Commitment"))} == several(
        tuple(row["id"] for row in commitments)
    )
    for row in commitments:
        for column in ("statement", "kind", "status"):
            assert values(row["id"], ours, column) == {row[column]}
        assert values(row["id"], ours, "by") == several(row["by"])
        assert values(row["id"], ours, "toward") == several(row["toward"])
        assert values(row["id"], ours, "carriedBy") == several(row["messages"])
        fate = [one for one in rows("fate") if one["commitment"] == row["id"]]
        head = found.value(iri(row["id"]), URIRef(f"{ours}fate"))
        steps = list(Collection(found, head)) if head else []
        words = [URIRef(word) for word in (f"{ours}on", f"{ours}status", f"{SCHEMA}text")]
        told = [[str(found.value(step, word)) for word in words] for step in steps]
        assert told == [[one["date"], one["status"], one["text"]] for one in fate]
    for row in rows("relations"):
        word = {**MESSAGE_LINKS, **SENSES}[row["relation"]]
        assert (iri(row["subject"]), URIRef(ours + word), iri(row["object"])) in found
    for row in rows("messages"):
        assert values(row["id"], SCHEMA, "name") == {row["name"]}
        assert values(row["id"], SCHEMA, "dateSent") == {row["sent"]}
        assert values(row["id"], SCHEMA, "sender") == several(row["sender"])
        assert values(row["id"], SCHEMA, "recipient") == several(row["addressee"])
        assert values(row["id"], ours, "number") == ({row["number"]} if row["number"] else set())
    for row in rows("passages"):
        assert values(row["id"], SCHEMA, "text") == ({row["text"]} if row["text"] else set())
        assert values(row["id"], ours, "digest") == {row["digest"]}
    for row in rows("commitment-passages"):
        place = URIRef(row["url"])
        assert found.value(place, URIRef(f"{OA}hasBody")) == iri(row["commitment"])
        target = found.value(place, URIRef(f"{OA}hasTarget"))
        assert found.value(target, URIRef(f"{OA}hasSource")) == iri(row["passage"])
    days = {str(one) for one in found.subjects(RDF.type, URIRef(f"{ours}Day"))}
    assert days == {row["url"] for row in rows("dates")}
    for name in ("people", "organisations", "places", "weapons", "events", "works"):
        for row in rows(name):
            assert row["name"] in values(row["id"], SCHEMA, "name")
            assert values(row["id"], SCHEMA, "sameAs") == set(row["identifiers"])
    for row in rows("terms"):
        assert values(row["id"], PREFIXES["skos"], "prefLabel") == {row["name"]}


@pytest.mark.group("rdf")
def test_hostile_words_are_only_words(hostile: Linked) -> None:
    from rdflib import BNode, Literal, URIRef

    found = read(hostile)
    assert [one for one in found.objects() if isinstance(one, Literal) and CANARY in one]
    for triple in found:
        for term in triple:
            assert isinstance(term, (BNode, Literal)) or "cmd" not in term or "%" in str(term), term
            if isinstance(term, URIRef):
                term.n3()  # raises nothing and warns of nothing: it is an address
