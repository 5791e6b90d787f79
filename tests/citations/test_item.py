"""What is cited comes from the header; and the form of the State Department, which no CSL style has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from build_tools.citations import apa, chicago, frus, mla
from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import (
    CitableItem,
    Locator,
    Name,
    citable_item,
    known_of,
    locator,
    name_of,
    on_one_line,
)
from build_tools.citations.ris import ris
from build_tools.citations.runs import plain
from build_tools.model import Archive, Organisation, Person
from build_tools.reading.archive import read_archive
from tests.citations.items import HEADING, ITEMS, LOCATORS, PASSAGE, PASSAGES, item_of
from tests.published import ROOT

STYLES = (chicago, frus, mla, apa)


@pytest.fixture(scope="module")
def archive() -> Archive:
    read, _ = read_archive(ROOT / "sources")
    assert read is not None
    return read


def cited(archive: Archive, document_id: str, passages: slice) -> tuple[CitableItem, Locator]:
    known = known_of({record.reference: record.value for record in archive.records()})
    document = next(one for one in archive.documents if one.id == document_id)
    return (
        citable_item(document, known, archive.edition),
        locator(document, document.passages[passages], archive.edition),
    )


def test_the_instruction_is_named_dated_and_placed_in_its_archive(archive: Archive) -> None:
    item, where = cited(archive, "instruction-1962-11-03", slice(7, 8))
    assert item.kind == "instruction"
    title = "instruction from the president to all concerned with present negotiations in cuba"
    forms = {
        "chicago": (plain(chicago.note(item, where)), "November 3, 1962"),
        "chicago entry": (plain(chicago.entry(item)), "November 3, 1962"),
        "frus": (plain(frus.note(item, where)), "November 3, 1962"),
        "mla": (plain(mla.entry(item)), "3 Nov. 1962"),
        "apa": (plain(apa.entry(item)), "1962, November 3"),
        "bibtex": (bibtex(item, where), "1962-11-03"),
        "ris": (ris(item, where), "1962/11/03"),
        "csl": (csl_json(item, where), "1962-11-03"),
    }
    for name, (text, date) in forms.items():
        assert title in text.casefold(), name
        assert "Kennedy" in text, name
        assert date in text, name
        assert "CIA-RDP80B01676R001800020011-1" in text, name
        assert f"{archive.edition.base_iri}documents/instruction-1962-11-03/" in text, name
    assert "John F. Kennedy" in forms["chicago"][0]
    assert "para. 7" in forms["chicago"][0]
    assert re.search(r"/\?v=1-[0-9a-f]{8}#p7$", where.url)


def test_the_letter_is_named_by_sender_and_recipient(archive: Archive) -> None:
    item, where = cited(archive, "letter-1962-10-27", slice(1, 2))
    assert plain(chicago.note(item, where)).startswith(
        "John F. Kennedy to Nikita S. Khrushchev, October 27, 1962, para. 1, "
    )
    assert plain(chicago.short_note(item, where)) == "Kennedy to Khrushchev, October 27, 1962, para. 1."


def test_the_address_names_nothing() -> None:
    item = replace(item_of("instruction"), url="https://other.example/y/", id="other")
    for style in STYLES:
        assert plain(style.entry(item)).replace(item.url, "") == plain(style.entry(item_of("instruction"))).replace(
            "https://archive.example/documents/paper/", ""
        )


@pytest.mark.parametrize("name", ITEMS)
def test_no_style_leaves_a_gap(name: str) -> None:
    """No mark is doubled, no element that is missing leaves its commas, blanks or brackets behind."""
    for style in STYLES:
        for where in LOCATORS.values():
            for text in (plain(style.note(ITEMS[name], where)), plain(style.entry(ITEMS[name]))):
                assert not any(
                    gap in text for gap in ("..", ",,", ", .", " ,", "  ", "()", "[]", "None", ", )", " .")
                ), text
                assert text == text.strip()


FRUS = {
    "letter, as it should be": (
        "Letter From Edith A. Marlow to Tobias Quill, April 2, 1931, para. 7. (Harbour Archive, Letter Books of the Board, "
        "Box 7, HA 7/12. Confidential). Port Aldrin Papers, edition 2, https://archive.example/documents/paper/#p7."
    ),
    "telegram, body as author": (
        "Telegram From the Harbour Board to Tobias Quill, April 2, 1931, para. 7. (Harbour Archive, Letter Books of the "
        "Board, Box 7, HA 7/12. Confidential). Port Aldrin Papers, edition 2, "
        "https://archive.example/documents/paper/#p7."
    ),
    "instruction, as it should be": (
        "Instruction from the Board to all concerned with the no-entry rule, by Edith A. Marlow, April 2, 1931, para. 7. "
        "(Harbour Archive, Letter Books of the Board, Box 7, HA 7/12. Confidential). Port Aldrin Papers, edition 2, "
        "https://archive.example/documents/paper/#p7."
    ),
    "statement, no author": (
        "On the floating battery: a last word, April 2, 1931, para. 7. (Harbour Archive, Letter Books of the Board, Box 7, "
        "HA 7/12. Confidential). Port Aldrin Papers, edition 2, https://archive.example/documents/paper/#p7."
    ),
    "proclamation, uncertain": (
        "Opening of the port, by Edith A. Marlow, [April 2, 1931?], para. 7. (Harbour Archive, Letter Books of the Board, "
        "Box 7, HA 7/12. Confidential). Port Aldrin Papers, edition 2, https://archive.example/documents/paper/#p7."
    ),
    "record, no date": (
        "Minutes of the meeting with Dr Quill, by Edith A. Marlow, undated, para. 7. (Harbour Archive, Letter Books of the "
        "Board, Box 7, HA 7/12. Confidential). Port Aldrin Papers, edition 2, "
        "https://archive.example/documents/paper/#p7."
    ),
    "record, no place": (
        "Minutes of the meeting with Dr Quill, by Edith A. Marlow, April 2, 1931, para. 7. (Confidential). Port Aldrin "
        "Papers, edition 2, https://archive.example/documents/paper/#p7."
    ),
}


@pytest.mark.parametrize("name", FRUS)
def test_the_form_of_the_state_department(name: str) -> None:
    assert plain(frus.note(ITEMS[name], PASSAGE)) == FRUS[name]


def test_an_entry_of_the_state_department_begins_with_the_repository() -> None:
    assert plain(frus.entry(ITEMS["letter, as it should be"])) == (
        "Harbour Archive, Letter Books of the Board, Box 7, HA 7/12. Letter From Edith A. Marlow to Tobias Quill, April 2, "
        "1931. Port Aldrin Papers, edition 2, https://archive.example/documents/paper/."
    )


def test_locators_in_words() -> None:
    assert PASSAGE.words() == "para. 7"
    assert PASSAGES.words() == "paras. 7–9"
    assert PASSAGES.words("par.", "pars.") == "pars. 7–9"
    assert HEADING.words() == "heading"
    assert Locator(("heading", "2"), "").words() == "heading–para. 2"
    assert Locator(("7", "7"), "").words() == "para. 7"


def test_names_in_their_parts() -> None:
    assert name_of(Person(name="John F. Kennedy", sort="Kennedy, John F.")) == Name("Kennedy", "John F.")
    assert name_of(Person(name="Deng Xiaoping", sort="Deng, Xiaoping")) == Name(literal="Deng Xiaoping")
    assert name_of(Person(name="U Thant")) == Name(literal="U Thant")
    assert name_of(Organisation(name="Department of State", sort="State, Department of")) == Name(
        literal="Department of State", is_body=True
    )


def test_a_title_from_right_to_left_keeps_its_place() -> None:
    item = replace(item_of("statement"), title="מכתב אל הנשיא", language="he")
    assert "“\u2068מכתב אל הנשיא\u2069,” statement, April 2, 1931" in plain(chicago.note(item))


def test_text_on_one_line() -> None:
    assert on_one_line(" a\r\nb\u2028c\x00d\te ") == "a b cd e"
