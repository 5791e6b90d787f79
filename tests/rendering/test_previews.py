"""Previews: an entry for all that a document names, in the words of the records, as data that cannot run."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest

from build_tools.identifiers import Reference, url_of
from build_tools.linking import link
from build_tools.model import Archive, Commitment, Document
from build_tools.rendering.addressing import Here
from build_tools.rendering.documents import document_pages
from build_tools.rendering.previews import preview_files, previews_of
from build_tools.rendering.records import date_words
from tests.rendering.page import parse

CANARY = "</script><img src=x onerror=alert(1)>\"'& \u202e"

WRITTEN = {"letter-1931-04-02": "1931-04-02", "memorandum-1931-04-05": "1931-04-05"}


@pytest.fixture
def letter(out: Here) -> Document:
    return next(one for one in out.archive.documents if one.id == "letter-1931-04-02")


def test_each_document_has_a_file_of_its_own(example: Archive, out: Here) -> None:
    files = list(preview_files(example, out.links))
    assert [file.path for file in files] == [f"documents/{one.id}/previews.json" for one in example.documents]
    for file, document in zip(files, example.documents, strict=True):
        read = json.loads(file.content)
        assert read.keys() == previews_of(document, out, WRITTEN, {}).keys()
        assert list(read) == sorted(read)


def test_all_that_the_page_names_and_marks_has_an_entry(letter: Document, out: Here) -> None:
    previews = previews_of(letter, out, WRITTEN, {})
    made = parse(document_pages(letter, out)[0].html)
    named = made.xpath('.//*[@class="passages"]//a[@data-kind and @data-kind != "work"]/@href')
    assert named
    for href in (one for one in named if not one.startswith("#")):
        assert "/".join(urlsplit(urljoin(f"/documents/{letter.id}/", href)).path.split("/")[-3:]) in previews, href
    for commitment in made.xpath(".//span/@data-commitment"):
        assert f"commitments/{commitment}/" in previews


def test_a_commitment_says_who_to_whom_and_on_what_condition(letter: Document, out: Here) -> None:
    reference = Reference("commitment", "repair-the-mole")
    value = out.records[reference]
    assert isinstance(value, Commitment)
    told = previews_of(letter, out, WRITTEN, {})[url_of(reference)]
    assert told["kind"] == value.kind.capitalize()
    assert told["summary"] == value.statement
    facts = dict(told["facts"])  # type: ignore[call-overload]
    assert "→" in facts["Parties"]
    assert facts.keys() >= {"Conditional on"} or not value.depends_on


def test_a_day_has_its_weekday_and_a_message_both_ends(letter: Document, out: Here) -> None:
    previews = previews_of(letter, out, WRITTEN, {})
    days = {key: told for key, told in previews.items() if key.startswith("dates/")}
    assert days
    assert all(told["name"] == date_words(key.split("/")[1]) for key, told in days.items())
    messages = [told for key, told in previews.items() if key.startswith("messages/")]
    assert messages
    assert all({"Sent", "Text"} <= dict(told["facts"]).keys() for told in messages)  # type: ignore[call-overload]


def test_what_contributors_write_stays_data(example: Archive) -> None:
    people = tuple(
        replace(one, value=replace(one.value, name=CANARY, summary=CANARY * 2, office=CANARY)) for one in example.people
    )
    commitments = tuple(
        replace(one, value=replace(one.value, name=CANARY, statement=CANARY * 2, verification=CANARY))
        for one in example.commitments
    )
    poisoned = replace(example, people=people, commitments=commitments)
    links, _ = link(poisoned)
    for file in preview_files(poisoned, links):
        told = json.loads(file.content)
        for key in ("people/tobias-quill/", "commitments/repair-the-mole/"):
            if key in told:
                assert told[key]["name"] == CANARY
                assert told[key]["summary"] == CANARY * 2
    pages = [page.html for document in poisoned.documents for page in _pages(document, poisoned)]
    assert any("&lt;/script&gt;" in html for html in pages)
    assert not any("<img" in html for html in pages)


def _pages(document: Document, archive: Archive) -> list:
    from build_tools.rendering.addressing import looking_out

    return list(document_pages(document, looking_out(archive, link(archive)[0])))
