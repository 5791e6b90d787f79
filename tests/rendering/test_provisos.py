"""The guard against misleading quotations: promises and their terms, words put in, the sources of words quoted."""

from __future__ import annotations

import pytest
from lxml import html as parsing

from build_tools.citations.item import known_of
from build_tools.linking import Links, link
from build_tools.model import Archive
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing import citing_page
from build_tools.rendering.provisos import Proviso, provisos_of
from tests.published import ROOT

INSTRUCTION = "instruction-1962-11-03"


@pytest.fixture(scope="module")
def out() -> Here:
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    links, _ = link(archive)
    return looking_out(archive, links)


def of(passage: str, kind: str, out: Here) -> list[Proviso]:
    document = next(one for one in out.archive.documents if one.id == INSTRUCTION)
    here = out.at(f"documents/{INSTRUCTION}/cite/")
    return [one for one in provisos_of(document, here).get(passage, ()) if one.kind == kind]


def test_a_promise_is_not_cut_from_the_terms_in_another_passage(out: Here) -> None:
    found = {one.subject.words: one for one in of("p7", "terms", out)}
    promise = found["No invasion of Cuba"]
    assert promise.words == "(b) to give assurances against an invasion of Cuba"
    places = {term.passage for term in promise.elsewhere("p7")}
    assert {"p8", "p12"} <= places
    assert "p7" not in places
    assert "p7" in {term.passage for term in promise.terms}, "a selection of a few words could cut these off"


def test_the_offsets_are_those_of_the_words(out: Here) -> None:
    document = next(one for one in out.archive.documents if one.id == INSTRUCTION)
    texts = {passage.id: passage.text for passage in document.passages}
    provisos = provisos_of(document, out)
    assert provisos
    for passage, many in provisos.items():
        for one in many:
            if one.kind == "terms":
                assert texts[passage][one.start : one.end] == one.words


def test_words_put_in_are_told_from_the_speaker_s(out: Here) -> None:
    (put_in,) = of("p4", "put in", out)
    assert "under UN verification" in put_in.words
    assert "Khrushchev to Kennedy" in put_in.subject.words


def test_the_sheet_prints_the_warnings_with_the_passage(out: Here) -> None:
    document = next(one for one in out.archive.documents if one.id == INSTRUCTION)
    page = citing_page(document, known_of(out.records), out)
    tree = parsing.fragment_fromstring(page.html, create_parent="main")
    (warnings,) = tree.xpath("//section[@id='p7']/ul[@class='provisos']")
    assert "in the absence of other provocation or justification" in warnings.text_content()
    assert "#p12" in " ".join(warnings.xpath(".//a/@href"))
    assert not tree.xpath("//section[@id='head']/ul[@class='provisos']")


def test_a_document_without_promises_and_quotations_has_no_warning(example: Archive) -> None:
    links: Links = link(example)[0]
    out = looking_out(example, links)
    for document in example.documents:
        quoted = {one.at.fragment for one in links.quotations.standing.get(document.id, ())}
        stated = {one.passage for one in links.anchored.get(document.id, ()) if one.role == "states"}
        assert set(provisos_of(document, out)) <= quoted | stated
