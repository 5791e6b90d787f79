"""Distributed Text Services: a client that knows only the standard and the entry point reads every passage of the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree

from build_tools.exporting.dts import dts_files
from build_tools.identifiers import read_reference, url_of
from build_tools.location import Location
from build_tools.model import Archive, Document
from build_tools.reading.xml import schema
from build_tools.text import Element, Node, Text, as_text, elements
from tests.exporting.conftest import CANARY, Linked
from tests.exporting.resolving import Published, published, strings
from tests.published import ROOT

TEI = "{http://www.tei-c.org/ns/1.0}"
WRAPPER = "{https://w3id.org/api/dts#}wrapper"
TERMS = "http://purl.org/dc/terms/"
DTS = "https://dtsapi.org/v1.0#"
CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "dts": DTS,
    "lang": "@language",
    "value": "@value",
    "dct": TERMS,
    **{
        name: f"dts:{name}"
        for name in (
            *("EntryPoint", "Collection", "Resource", "Navigation", "CitableUnit", "CitationTree", "CiteStructure"),
            *("title", "description", "collection", "navigation", "document", "download", "dtsVersion", "member"),
            *("totalParents", "totalChildren", "citationTrees", "citeStructure", "citeType", "resource"),
            *("identifier", "level", "parent"),
        )
    },
}
"""What the terms that we use mean in https://dtsapi.org/context/v1.0.json, so that nothing is fetched."""
NEEDED = {
    "EntryPoint": {"@id", "@type", "dtsVersion", "collection", "navigation", "document"},
    "Collection": {"@id", "@type", "title", "totalParents", "totalChildren", "collection"},
    "Resource": {"@id", "@type", "title", "totalParents", "collection", "navigation", "document", "citationTrees"},
    "Navigation": {"@id", "@type", "dtsVersion", "resource"},
    "CitableUnit": {"@type", "identifier", "level", "parent"},
    "CitationTree": {"@type"},
    "CiteStructure": {"citeType"},
}
"""What the standard wants of each type."""


def expand(template: str, values: Mapping[str, str]) -> str:
    """RFC 6570, as far as our templates go: simple, path, label and query expansion of texts; what is undefined is nothing."""
    operators = {"": ("", ","), "/": ("/", "/"), ".": (".", "."), "?": ("?", "&"), "&": ("&", "&"), ";": (";", ";")}

    def expression(found: re.Match[str]) -> str:
        first, between = operators[found[1]]
        given = [(name, quote(values[name], safe="")) for name in found[2].split(",") if name in values]
        parts = [f"{name}={value}" if found[1] in set("?&;") else value for name, value in given]
        return first + between.join(parts) if parts else ""

    return re.sub(r"\{([/.?&;]?)([a-z,]+)\}", expression, template, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("template", "expansion"),
    [
        ("{var}", "value"),
        ("{/var}", "/value"),
        ("{;var}", ";var=value"),
        ("{?var}", "?var=value"),
        ("{&var}", "&var=value"),
        ("{/var,x}", "/value/1024"),
        ("{?var,x}", "?var=value&x=1024"),
        ("{&var,x}", "&var=value&x=1024"),
        ("{?var,x,empty}", "?var=value&x=1024&empty="),
        ("{?var,x,null}", "?var=value&x=1024"),
        ("X{.var}", "X.value"),
        ("X{.null}", "X"),
    ],
)
def test_templates_expand_as_in_the_standard(template: str, expansion: str) -> None:
    assert expand(template, {"var": "value", "x": "1024", "empty": ""}) == expansion


@pytest.fixture(scope="module")
def site(either: Linked) -> Published:
    return published(either)


@pytest.fixture(scope="module")
def entry(site: Published) -> Any:
    return json.loads(site.files["dts/index.json"])


def get(site: Published, iri: str) -> Any:
    return json.loads(site.files[site.path(iri)])


def own_files(archive: Archive) -> dict[str, bytes]:
    return {file.path: file.content for file in dts_files(archive)}


def chunk(content: bytes) -> etree._Element:
    """The passage in the wrapper of a TEI file."""
    tree = etree.fromstring(content)
    assert tree.tag == f"{TEI}TEI"
    (wrapper,) = tree.iter(WRAPPER)
    (element,) = wrapper
    assert (wrapper.text, element.tail) == (None, None)
    return element


def converted(element: etree._Element) -> Element:
    """lxml's tree as the text rules of the project know trees."""
    children: list[Node] = [Text(element.text)] if element.text else []
    for child in element:
        children.append(converted(child))
        if child.tail:
            children.append(Text(child.tail))
    name = "{http://www.w3.org/XML/1998/namespace}"
    attributes = tuple((str(key).replace(name, "xml:"), str(value)) for key, value in element.attrib.items())
    return Element(str(element.tag).removeprefix(TEI), Location(""), attributes, tuple(children))


def units_of(document: Document) -> list[str]:
    """What the header of the source says its citable units are called, in the order of the text."""
    source = next(
        folder / document.path
        for folder in (ROOT, ROOT / "tests" / "example_archive")
        if (folder / document.path).exists()
    )
    names = {
        one.get("match", "").rpartition("/")[2]: one.get("unit", "")
        for one in etree.fromstring(source.read_bytes()).iter(f"{TEI}citeStructure")
    }
    usual = {"head": "heading", "p": "paragraph", "item": "item", "opener": "opener", "closer": "closer"}
    return [(names or usual)[passage.element.name] for passage in document.passages]


def test_a_client_comes_from_the_entry_point_to_every_passage(either: Linked, site: Published, entry: Any) -> None:
    root = get(site, expand(entry["collection"], {}))
    assert get(site, expand(entry["collection"], {"id": root["@id"]})) == root
    assert [one["@id"] for one in root["member"]] == [one.id for one in either.archive.documents]
    assert root["totalChildren"] == len(root["member"])
    for document, member in zip(either.archive.documents, root["member"], strict=True):
        resource = get(site, expand(entry["collection"], {"id": member["@id"]}))
        assert member.items() <= resource.items()
        assert resource["title"] == document.header.title
        navigation = get(site, expand(resource["navigation"], {"down": "1"}))
        assert navigation["resource"] == member
        assert [one["identifier"] for one in navigation["member"]] == [one.id for one in document.passages]
        assert [one["citeType"] for one in navigation["member"]] == units_of(document)
        (tree,) = resource["citationTrees"]
        assert {one["citeType"] for one in tree["citeStructure"]} == {one["citeType"] for one in navigation["member"]}
        for passage, unit in zip(document.passages, navigation["member"], strict=True):
            element = chunk(site.files[site.path(expand(resource["document"], {"ref": unit["identifier"]}))])
            assert as_text(converted(element)) == passage.text
            assert as_text(converted(element), "raw") == as_text(passage.element, "raw")
            assert site.resolves(unit["@id"])
        whole = site.path(expand(resource["document"], {}))
        assert whole in site.copies
        assert whole == site.path(resource["download"])


def test_templates_of_a_resource_and_of_the_entry_point_come_to_the_same(site: Published, entry: Any) -> None:
    root = get(site, expand(entry["collection"], {}))
    for one in (root, *root["member"]):
        for nav in ({}, {"nav": "children"}, {"nav": "parents"}):
            assert expand(one["collection"], nav) == expand(entry["collection"], {"id": one["@id"], **nav})
    for one in root["member"]:
        for down in ("1", "-1"):
            own = expand(one["navigation"], {"down": down})
            assert own == expand(entry["navigation"], {"resource": one["@id"], "down": down})
        for ref in ({}, {"ref": "p1"}):
            assert expand(one["document"], ref) == expand(entry["document"], {"resource": one["@id"], **ref})


def test_every_call_that_the_templates_allow_is_answered(either: Linked, site: Published, entry: Any) -> None:
    root = get(site, expand(entry["collection"], {}))
    asked = [{}, *({"id": one["@id"]} for one in (root, *root["member"]))]
    for about, nav in product(asked, ({}, {"nav": "children"}, {"nav": "parents"})):
        answer = get(site, expand(entry["collection"], {**about, **nav}))
        assert answer["@id"] == about.get("id", root["@id"])
        is_root = answer["@id"] == root["@id"]
        expected = answer["totalParents"] if nav == {"nav": "parents"} else answer["totalChildren"]
        assert len(answer["member"]) == expected
        if nav == {"nav": "parents"} and not is_root:
            assert [one["@id"] for one in answer["member"]] == [root["@id"]]
    for document, down in product(either.archive.documents, ("1", "2", "-1")):
        answer = get(site, expand(entry["navigation"], {"resource": document.id, "down": down}))
        assert len(answer["member"]) == len(document.passages)
    assert not {"start", "end", "ref"} & set(re.findall(r"\w+", entry["navigation"]))  # what cannot be asked


def test_every_answer_has_what_the_standard_wants(either: Linked) -> None:
    def look(value: Any) -> None:
        if isinstance(value, dict):
            if "@type" in value:
                assert NEEDED[value["@type"]] <= set(value), value
                if value["@type"] == "CitableUnit":
                    assert (value["level"], value["parent"]) == (1, None)
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    answers = {path: content for path, content in own_files(either.archive).items() if path.endswith(".json")}
    assert "dts/index.json" in answers
    for path, content in answers.items():
        answer = json.loads(content)
        assert answer["@context"] == "https://dtsapi.org/context/v1.0.json", path
        assert answer["dtsVersion"] == "1.0"
        look(answer)


def test_every_address_leads_somewhere(either: Linked, site: Published) -> None:
    for path, content in own_files(either.archive).items():
        if path.endswith(".json"):
            for text in strings(json.loads(content)):
                if text.startswith(site.base) and "{" not in text:
                    assert site.resolves(text), f"{path}: {text}"


def unnested(value: Any) -> Any:
    """`dublinCore` is a nest in the context of the standard: what stands in it belongs to what it stands in, in DC's words."""
    if isinstance(value, dict):
        terms = {f"dct:{key}": one for key, one in value.get("dublinCore", {}).items()}
        return {**{key: unnested(one) for key, one in value.items() if key != "dublinCore"}, **terms}
    return [unnested(one) for one in value] if isinstance(value, list) else value


@pytest.mark.group("rdf")
def test_it_is_the_linked_data_that_it_seems(either: Linked) -> None:
    from rdflib import RDF, Graph, Literal, URIRef

    files = own_files(either.archive)
    for document in either.archive.documents:
        whole = {**unnested(json.loads(files[f"dts/navigation/{document.id}.json"])), "@context": CONTEXT}
        base = f"{either.archive.edition.base_iri}dts/navigation/"
        graph = Graph().parse(data=json.dumps(whole), format="json-ld", base=base)
        resource = URIRef(base + document.id)
        assert graph.value(predicate=RDF.type, object=URIRef(f"{DTS}Resource")) == resource
        assert (resource, URIRef(f"{TERMS}title"), Literal(document.header.title, lang="en")) in graph
        units = set(graph.subjects(RDF.type, URIRef(f"{DTS}CitableUnit")))
        address = either.archive.edition.base_iri + url_of(document.reference)
        assert units == {URIRef(f"{address}#{passage.id}") for passage in document.passages}
        for passage in document.passages:
            unit = URIRef(f"{address}#{passage.id}")
            assert str(graph.value(unit, URIRef(f"{DTS}identifier"))) == passage.id


def passages(archive: Archive) -> list[tuple[str, bytes]]:
    return [(path, content) for path, content in own_files(archive).items() if path.endswith(".xml")]


def test_a_passage_is_valid_where_it_stands(either: Linked) -> None:
    """By the project's own schema, with the wrapper taken away and what a whole edition must tell put in."""
    rest = (
        '<x xmlns="http://www.tei-c.org/ns/1.0"><profileDesc><creation/></profileDesc>'
        '<revisionDesc status="draft"><change when="1962" who="#ed"/></revisionDesc></x>'
    )
    for path, content in passages(either.archive):
        tree = etree.fromstring(content)
        (wrapper,) = tree.iter(WRAPPER)
        (element,) = wrapper
        body = wrapper.getparent()
        assert body is not None
        body.remove(wrapper)
        if element.tag == f"{TEI}item":
            etree.SubElement(body, f"{TEI}list").append(element)
        else:
            body.append(element)
        tree[0].extend(etree.fromstring(rest))
        etree.cleanup_namespaces(tree)
        assert schema().compiled.validate(tree), f"{path}: {schema().compiled.error_log}"


def test_what_a_passage_points_to_is_declared_in_it(either: Linked, site: Published) -> None:
    count = 0
    for path, content in passages(either.archive):
        tree = etree.fromstring(content)
        rules = {
            one.get("ident"): (one.get("matchPattern", ""), one.get("replacementPattern", "").replace("$", "\\"))
            for one in tree.iter(f"{TEI}prefixDef")
        }
        pointed = [
            pointer
            for one in elements(converted(chunk(content)))
            for name in ("ref", "target", "source", "corresp")
            for pointer in one.get(name).split()
            if ":" in pointer
        ]
        assert set(rules) == {pointer.partition(":")[0] for pointer in pointed}, path
        for pointer in pointed:
            kind, _, rest = pointer.partition(":")
            pattern, replacement = rules[kind]
            assert re.fullmatch(pattern, rest)
            reference = read_reference(pointer)
            assert reference
            address = re.sub(f"^{pattern}$", replacement, rest)
            assert address == site.base + url_of(reference)
            assert site.path(address) in site.pages
            count += 1
    assert count > 5


def test_hostile_words_stay_words(hostile: Linked) -> None:
    files = own_files(hostile.archive)
    assert all("cmd" not in path for path in files)
    root = json.loads(files["dts/collection.json"])
    assert root["title"].startswith(CANARY)
    for document, member in zip(hostile.archive.documents, root["member"], strict=True):
        assert member["title"] == document.header.title
        assert CANARY in member["title"]
        assert "cmd" not in member["navigation"] + member["document"] + member["collection"]
        for passage in document.passages:
            content = files[f"documents/{document.id}/edition/{passage.id}.xml"]
            tree = etree.fromstring(content)
            assert tree.findtext(f".//{TEI}title") == document.header.title
            assert not list(tree.iter(f"{TEI}script", "script"))
            assert as_text(converted(chunk(content))) == passage.text


def test_words_that_look_like_markup_come_back(example: Archive) -> None:
    document = example.documents[0]
    odd = "a < b && c > d ]]> \"e\" 'f' &amp; <!-- g --> {{h}} \U0001f54a e\u0301"
    element = replace(
        document.passages[0].element,
        children=(Text(odd), Element("hi", Location(""), (("rend", "\"'<&>\t\n"),), (Text(" i"),))),
    )
    passage = replace(document.passages[0], element=element, text=as_text(element))
    archive = replace(example, documents=(replace(document, passages=(passage,)),))
    content = own_files(archive)[f"documents/{document.id}/edition/{passage.id}.xml"]
    found = converted(chunk(content))
    assert as_text(found) == passage.text
    assert [one.get("rend") for one in elements(found) if one.name == "hi"] == ["\"'<&>\t\n"]


def test_the_same_archive_gives_the_same_bytes(either: Linked) -> None:
    assert list(dts_files(either.archive)) == list(dts_files(either.archive))
    others = replace(
        either.archive,
        commitments=either.archive.commitments[::-1],
        documents=tuple(replace(one, notes=one.notes[::-1]) for one in either.archive.documents),
    )
    assert list(dts_files(others)) == list(dts_files(either.archive))


def test_nothing_there_is_an_empty_collection(example: Archive) -> None:
    files = own_files(Archive(example.edition))
    assert sorted(files) == [
        f"dts/{name}.json"
        for name in (
            *("collection.children", "collection", "collection.parents"),
            *("collection/all_documents.children", "collection/all_documents", "collection/all_documents.parents"),
            "index",
        )
    ]
    root = json.loads(files["dts/collection.json"])
    assert (root["totalChildren"], root["member"]) == (0, [])


def test_a_document_without_passages_has_no_units(example: Archive) -> None:
    document = replace(example.documents[0], passages=())
    files = own_files(replace(example, documents=(document,)))
    navigation = json.loads(files[f"dts/navigation/{document.id}.json"])
    assert (navigation["member"], navigation["resource"]["citationTrees"]) == ([], [])


def test_it_grows_with_the_archive(example: Archive) -> None:
    def many(count: int) -> dict[str, bytes]:
        document = example.documents[0]
        copies = tuple(replace(document, id=f"letter-{number:04}") for number in range(count))
        return own_files(replace(example, documents=copies))

    some, more = many(50), many(100)
    each = 4 + len(example.documents[0].passages)
    assert len(some) == 7 + 50 * each
    assert len(more) == 7 + 100 * each
    assert sum(map(len, more.values())) < 2.05 * sum(map(len, some.values()))
    assert max(len(one) for path, one in more.items() if "collection" not in path) < 20_000
