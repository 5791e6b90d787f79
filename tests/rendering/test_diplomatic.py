"""The diplomatic view and side by side: every character of the raw layer, in its line; every difference with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.fidelity import deviations, recovered_lines
from build_tools.linking import link
from build_tools.model import Document
from build_tools.output import Page
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.diplomatic import LinesRead, Piece, diplomatic_page, folded, lines_of_view, side_by_side_page
from build_tools.rendering.views import VIEWS, views_of
from build_tools.text import Element, Text, lines_of
from tests.rendering.page import ids, parse

SOURCES = Path(__file__).parents[2] / "sources"


@pytest.fixture(scope="module")
def published() -> Here:
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    return looking_out(archive, link(archive)[0])


@pytest.fixture(params=["letter-1931-04-02", "memorandum-1931-04-05", "instruction-1962-11-03", "letter-1962-10-27"])
def seen(request: pytest.FixtureRequest, out: Here, published: Here) -> tuple[Document, Here]:
    here = published if "1962" in request.param else out
    return next(one for one in here.archive.documents if one.id == request.param), here


def views(seen: tuple[Document, Here]) -> tuple[Page, Page]:
    return diplomatic_page(*seen), side_by_side_page(*seen)


def test_every_line_is_that_of_the_transcription(seen: tuple[Document, Here]) -> None:
    document, here = seen
    made = {
        line.number: "".join(piece.words for piece in line.pieces) for line in lines_of_view(LinesRead(document), here)
    }
    assert [made[number] for number in range(1, len(made) + 1)] == lines_of(document.transcription)
    recovered = recovered_lines(document.body)
    assert all(made[number] == recovered.get(number, "") for number in made)


def test_the_page_has_the_characters_of_each_line(seen: tuple[Document, Here]) -> None:
    document, _ = seen
    for row in parse(views(seen)[0].html).xpath('.//li[@class="row"]'):
        (code,) = row.xpath("code")
        for sign in code.xpath('.//*[@class="page-break" or @class="hidden"]'):
            sign.drop_tree()
        number = int(row.get("id").removeprefix("l-"))
        assert code.text_content() == lines_of(document.transcription)[number - 1]


def test_side_by_side_has_every_line_with_words_in_its_order(seen: tuple[Document, Here]) -> None:
    document, _ = seen
    shown = {int(one.text) for one in parse(views(seen)[1].html).xpath('.//a[@class="line"]')}
    assert {number for number, line in enumerate(lines_of(document.transcription), start=1) if line.strip()} <= shown


def test_every_passage_leads_back_to_the_reading_text(seen: tuple[Document, Here]) -> None:
    document, _ = seen
    for page in views(seen):
        made = parse(page.html)
        for passage in document.passages:
            (found,) = made.xpath(f'.//*[@id="{passage.id}"]')
            assert found.xpath(f'descendant-or-self::a[@href="../#{passage.id}"]'), passage.id


def test_every_announced_address_is_there_once(seen: tuple[Document, Here]) -> None:
    for page in views(seen):
        found = ids(parse(page.html))
        assert len(found) == len(set(found))
        assert set(page.anchors) <= set(found)


def test_every_difference_is_told_with_its_reason(seen: tuple[Document, Here]) -> None:
    for page in views(seen):
        made = parse(page.html)
        for one in deviations(seen[0]):
            (found,) = made.xpath(f'.//*[@id="d-{one.number}"]')
            told = found.text_content() or found.getparent().text_content()
            assert one.kind in told or "not in the text" in told


def test_a_stamp_is_marked_as_none_of_the_text(published: Here) -> None:
    document = next(one for one in published.archive.documents if one.id == "instruction-1962-11-03")
    made = parse(diplomatic_page(document, published).html)
    assert "of 2003, not of the time of the text" in made.xpath('string(.//*[@id="l-20"]//*[@class="apart"]/@title)')
    assert made.xpath('string(.//*[@id="l-26"]//*[contains(@class, "metamark")]/text())') == "//"
    assert "moved" in made.xpath('string(.//*[@id="l-24"]/*[@class="said"])')


def test_a_text_received_without_lines_says_so(seen: tuple[Document, Here]) -> None:
    document, here = seen
    bare = replace(document, body=_without_lines(document.body), passages=())
    for page in views((bare, here)):
        assert "without the lines of a transcription" in page.html
        assert "#l-" not in page.html.partition('id="differences"')[0]


def test_lines_that_are_paragraphs_are_not_taken_for_those_of_the_page(published: Here) -> None:
    told = {
        document.id: "one line for each paragraph" in diplomatic_page(document, published).html
        for document in published.archive.documents
    }
    assert told["letter-1962-10-27"]
    assert not told["instruction-1962-11-03"]


def test_the_views_name_each_other(seen: tuple[Document, Here]) -> None:
    document, here = seen
    for page in views(seen):
        (nav,) = parse(page.html).xpath('.//nav[@class="views"]')
        assert nav.xpath(".//a/text()") == [words for words, _ in VIEWS]
        assert len(nav.xpath('.//a[@aria-current="page"]')) == 1
    assert [one.is_current for one in views_of(document, here.at(f"documents/{document.id}/"))] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([" a ", " b "], "a b"),
        (["a ", "\x00\x00", " b"], "a  b"),
        (["a", "\x02", " b"], "ab"),
        (["\x01", " a", "\x01"], "\ta\t"),
        (["  "], ""),
    ],
)
def test_white_space_is_folded_by_the_rule_of_the_certificate(pieces: list[str], expected: str) -> None:
    made = folded([Piece(words, css=str(index % 2)) for index, words in enumerate(pieces)])
    assert "".join(piece.words for piece in made) == expected


def _without_lines(element: Element) -> Element:
    kept = tuple(
        child if isinstance(child, Text) else _without_lines(child)
        for child in element.children
        if isinstance(child, Text) or child.name != "lb"
    )
    return Element(element.name, element.location, element.attributes, kept)
