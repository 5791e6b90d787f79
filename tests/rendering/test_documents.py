"""The annotated page and the transcription: whole, addressable, and made up so that the text runs on."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from markupsafe import Markup

from build_tools.model import Change, Document, Responsible
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.documents import Beside, NoteBeside, Row, document_pages, documents_pages, made_up
from build_tools.text import as_text
from tests.rendering.page import ids, parse, words


@pytest.fixture
def letter(out: Here) -> Document:
    return next(one for one in out.archive.documents if one.id == "letter-1931-04-02")


@pytest.fixture
def pages(letter: Document, out: Here) -> tuple[Page, Page]:
    annotated, transcription, *_ = document_pages(letter, out)
    return annotated, transcription


def test_every_passage_stands_under_its_number(letter: Document, pages: tuple[Page, Page]) -> None:
    made = parse(pages[0].html)
    for passage in letter.passages:
        (found,) = made.xpath(f'.//*[@id="{passage.id}"]/p')
        assert words(found) == passage.text
        assert made.xpath(f'.//*[@id="{passage.id}"]/a[@class="no"]/@href') == [f"#{passage.id}"]


def test_no_word_of_the_text_is_lost(letter: Document, pages: tuple[Page, Page]) -> None:
    (text,) = parse(pages[0].html).xpath('.//*[@class="passages"]')
    shown = words(text)
    for word in as_text(letter.body).split():
        assert word in shown
    assert "Wanted:" in shown


def test_what_stands_on_the_paper_is_set_apart(pages: tuple[Page, Page]) -> None:
    (stamp,) = parse(pages[0].html).xpath('.//p[@class="later"]')
    assert "CONFIDENTIAL" in stamp.text_content()
    assert "On the page, not in the text" in stamp.text_content()
    assert stamp.xpath("span/@title") == ["A rubber stamp of the filing room"]


def test_every_announced_address_is_there_once(pages: tuple[Page, Page]) -> None:
    for page in pages:
        found = ids(parse(page.html))
        assert len(found) == len(set(found))
        assert set(page.anchors) <= set(found)
    assert {"p1", "page-2", "n-crane", "r-crane", "c-repair-the-mole-1"} <= set(pages[0].anchors)


def test_notes_and_their_words_point_to_each_other(pages: tuple[Page, Page]) -> None:
    made = parse(pages[0].html)
    for name in ("crane", "free-of-dues"):
        assert made.xpath(f'.//sup/a[@id="r-{name}"]/@href') == [f"#n-{name}"]
        assert f"#r-{name}" in made.xpath(f'.//*[@id="n-{name}"]//@href')


def test_the_order_of_headings_and_one_of_the_first_rank(pages: tuple[Page, Page]) -> None:
    for page in pages:
        ranks = [int(one.tag[1]) for one in parse(page.html).iter() if one.tag in {"h1", "h2", "h3"}]
        assert ranks.count(1) == 1
        assert ranks[0] == 1
        assert all(later - before <= 1 for before, later in pairwise(ranks))


def test_the_transcription_is_as_received(letter: Document, pages: tuple[Page, Page]) -> None:
    lines = parse(pages[1].html).xpath('.//ol[@class="lines"]/li')
    assert "\n".join(line.xpath("string(code)") for line in lines) == letter.transcription.removesuffix("\n")
    assert [line.get("id") for line in lines[:2]] == ["l-1", "l-2"]


def test_a_draft_says_so(letter: Document, out: Here) -> None:
    draft = replace(letter, header=replace(letter.header, status="draft"))
    assert "Draft." in document_pages(draft, out)[0].html
    assert "Draft." not in document_pages(letter, out)[0].html


def test_a_document_of_which_little_is_known_has_a_page(letter: Document, out: Here) -> None:
    texts = ("date", "summary", "classification", "repository", "reference_code", "fonds", "release", "physical")
    lists = ("authors", "addressees", "editorial_declarations", "hands", "changes")
    bare = replace(letter.header, availability="", **dict.fromkeys(texts, ""), **dict.fromkeys(lists, ()))
    made = document_pages(replace(letter, header=bare), out)[0]
    assert "undated" in made.html
    assert dict(made.meta).keys() == {
        "citation_title", "citation_language", "citation_public_url", "DC.language", "DC.title",
        "z.itemType", "z.date", "z.shortTitle", "z.extra",
    }  # fmt: skip


def test_the_citation_has_the_whole_address_and_no_weekday(letter: Document, pages: tuple[Page, Page]) -> None:
    (cited,) = parse(pages[0].html).xpath('.//p[@class="citeme"]')
    assert ",” 2 April 1931, HA 7/12, Harbour Archive;" in cited.text_content()
    assert f"https://harbour.example/documents/{letter.id}/" in cited.text_content()


def test_the_list_of_documents_has_each(out: Here) -> None:
    made: html.HtmlElement = parse(next(documents_pages(out)).html)
    assert made.xpath(".//article//h2/a/@href") == ["letter-1931-04-02/", "memorandum-1931-04-05/"]


# --- making up -------------------------------------------------------------------------------------------------------


def passage(length: int, *notes: int, commitments: int = 0) -> Row:
    beside = tuple(Beside("demand", "US → USSR", Link("A demand", "#")) for _ in range(commitments))
    found = tuple(NoteBeside(1, "n-a", "r-a", "A note", Markup(""), (), length) for length in notes)
    return Row("passage", length=length, commitments=beside, notes=found)


def test_a_note_is_open_where_there_is_room() -> None:
    roomy, tight = made_up((passage(900, 300), passage(60, 300)))
    assert [note.is_open for note in roomy.notes] == [True]
    assert [note.is_open for note in tight.notes] == [False]


def test_of_several_notes_those_are_open_that_fit_together() -> None:
    (row,) = made_up((passage(760, 300, 300, 40),))
    assert [note.is_open for note in row.notes] == [True, False, True]


def test_commitments_take_room_from_notes() -> None:
    (row,) = made_up((passage(600, 200, commitments=6),))
    assert [note.is_open for note in row.notes] == [False]


def test_what_stands_beside_reaches_down_to_the_next_that_has_something_beside() -> None:
    page = Row("page", "page-2", "page 2")
    alone = made_up((passage(60, 300), passage(60, 10)))
    followed = made_up((passage(60, 300), passage(600), page, passage(60, 10)))
    assert not alone[0].notes[0].is_open
    assert followed[0].notes[0].is_open


def test_what_begins_lower_has_less_room() -> None:
    below = passage(450, 200)
    (_, free), (_, pushed) = made_up((passage(60), below)), made_up((passage(60, commitments=8), below))
    assert free.notes[0].is_open
    assert not pushed.notes[0].is_open


def test_the_history_names_who_changed_the_text(letter: Document, out: Here) -> None:
    header = replace(
        letter.header,
        responsible=(Responsible("ed", "A. Editor"),),
        changes=(
            Change("2001-01-31", "#ed", "Made."),
            Change("2001-02-01", "B. Reader", "Read."),
            Change("2001-02-02", "", "Sent."),
        ),
    )
    page, *_ = document_pages(replace(letter, header=header), out)
    told = parse(page.html).xpath('.//dt[.="History"]/following-sibling::dd[1]//li')
    assert [" ".join(one.text_content().split()) for one in told] == [
        "2001-01-31: Made. A. Editor",
        "2001-02-01: Read. B. Reader",
        "2001-02-02: Sent.",
    ]
