"""Data and pages say the same: what a table lists, the pages link to and print, and the other way about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest

from build_tools.exporting.tables import Row, rows_of
from build_tools.identifiers import FOLDERS, Kind, read_reference, url_of
from build_tools.schema.tables import table
from build_tools.site import plan
from tests.conftest import EXAMPLE
from tests.exporting.conftest import Linked
from tests.published import ROOT
from tests.rendering.page import ids, parse

SITE = "https://site.example/"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as a program reads it: its words with blanks folded, what it links to, its ids."""

    words: str
    leads_to: frozenset[str]
    ids: frozenset[str]


@pytest.fixture(scope="module")
def pages(either: Linked) -> dict[str, Seen]:
    sources = EXAMPLE if either.archive.edition.base_iri == "https://harbour.example/" else ROOT / "sources"
    seen: dict[str, Seen] = {}
    for page in plan(either.archive, either.links, sources).pages:
        tree = parse(page.html)
        hrefs = (urljoin(SITE + page.url, href).removeprefix(SITE) for href in tree.xpath(".//@href"))
        seen[page.url] = Seen(folded(tree.text_content()), frozenset(hrefs), frozenset(ids(tree)))
    return seen


def folded(text: str) -> str:
    return " ".join(text.split())


def rows(name: str, linked: Linked) -> list[Row]:
    return list(rows_of(table(name), linked.archive, linked.links))


def url(name: object) -> str:
    reference = read_reference(str(name))
    assert reference is not None
    return url_of(reference)


def many(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


def listed(pages: Mapping[str, Seen], kind: Kind, linked: Linked) -> set[str]:
    """The records of a kind that its list, with all its further pages, links to."""
    folder = FOLDERS[kind]
    own = {url_of(reference) for reference in linked.links.targets if reference.kind == kind}
    lists = [seen for address, seen in pages.items() if address.startswith(f"{folder}/") and address not in own]
    lists.append(pages[f"{folder}/"])
    return {one.partition("#")[0] for seen in lists for one in seen.leads_to} & own


def test_lists_and_tables_have_the_same_members(pages: Mapping[str, Seen], either: Linked) -> None:
    kinds: tuple[Kind, ...] = (
        "document", "commitment", "message", "person", "organisation", "place", "weapon", "term", "event", "work",
    )  # fmt: skip
    for kind in kinds:
        members = {url(row["id"]) for row in rows(FOLDERS[kind], either)}
        assert members == listed(pages, kind, either), kind


def test_commitments_are_as_their_pages_have_them(pages: Mapping[str, Seen], either: Linked) -> None:
    stated, steps = rows("commitment-passages", either), rows("fate", either)
    for row in rows("commitments", either):
        page = pages[url(row["id"])]
        for column in ("name", "kind", "statement", "status", "verification", "reading"):
            assert folded(str(row[column])) in page.words, column
        for column in ("by", "toward", "messages", "depends_on", "dependants"):
            assert {url(one) for one in many(row[column])} <= page.leads_to, column
        own = [one for one in stated if one["commitment"] == row["id"]]
        places = {str(one["url"]).removeprefix(either.archive.edition.base_iri) for one in own}
        assert places == {one for one in page.leads_to if f"#c-{str(row['id']).partition(':')[2]}-" in one}
        assert all(folded(str(one["exact"])) in page.words for one in own)
        fate = [one for one in steps if one["commitment"] == row["id"]]
        assert all(folded(str(step["text"])) in page.words and str(step["status"]) in page.words for step in fate)
        assert row["status"] == (fate[-1]["status"] if fate else "open")


def test_messages_are_as_their_pages_have_them(pages: Mapping[str, Seen], either: Linked) -> None:
    for row in rows("messages", either):
        page = pages[url(row["id"])]
        for column in (
            "name",
            "form",
            "holding",
            "number",
            "classification",
            "length",
            "archival_source",
            "summary",
            "time",
        ):
            assert folded(str(row[column])) in page.words, column
        for column in ("sender", "addressee", "relations", "carries"):
            assert {url(one) for one in many(row[column])} <= page.leads_to, column
        if row["document"]:
            assert url(row["document"]) in page.leads_to


def test_relations_are_links_in_both_directions(pages: Mapping[str, Seen], either: Linked) -> None:
    for row in rows("relations", either):
        here, there = url(row["subject"]), url(row["object"])
        assert there in pages[here].leads_to
        assert here in pages[there].leads_to


def test_days_are_as_their_pages_have_them(pages: Mapping[str, Seen], either: Linked) -> None:
    entries = rows("dates", either)
    base = either.archive.edition.base_iri
    days = {address for address in pages if re.fullmatch(r"dates/\d{4}-\d\d-\d\d/", address)}
    assert {str(row["url"]).removeprefix(base) for row in entries} == days
    for row in entries:
        page = pages[str(row["url"]).removeprefix(base)]
        assert url(row["source"]).partition("#")[0] in {one.partition("#")[0] for one in page.leads_to}, row


def test_every_mention_in_a_text_can_be_followed_from_its_target(pages: Mapping[str, Seen], either: Linked) -> None:
    for row in (row for row in rows("links", either) if not row["role"]):
        target = url(row["target"]).partition("#")[0]
        if target.startswith("documents/"):
            continue  # a document's page names the records that cite it beside the words, not in a list
        around = [
            seen for address, seen in pages.items() if address == target or address.startswith(f"{target}mentions/")
        ]
        source = url(row["source"])
        assert any(one.partition("#")[0] == source for seen in around for one in seen.leads_to), row


def test_registers_count_the_same_mentions(pages: Mapping[str, Seen], either: Linked) -> None:
    for name in ("people", "organisations", "places", "weapons", "terms", "events", "works"):
        page = pages[f"{name}/"]
        for row in rows(name, either):
            count = row["mentions"]
            assert not count or f"{count} mention" in page.words


def test_passages_and_notes_stand_at_their_addresses(pages: Mapping[str, Seen], either: Linked) -> None:
    for row in (*rows("passages", either), *rows("notes", either)):
        address, _, fragment = url(row["id"]).partition("#")
        assert fragment in pages[address].ids
    for row in rows("commitment-passages", either):
        address, _, fragment = str(row["url"]).removeprefix(either.archive.edition.base_iri).partition("#")
        assert fragment in pages[address].ids


def test_statements_are_printed_with_their_records(pages: Mapping[str, Seen], either: Linked) -> None:
    for row in rows("statements", either):
        assert folded(str(row["text"])) in pages[url(row["record"])].words
