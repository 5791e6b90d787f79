"""TEI: places to the character, every fault of the schema at once, nothing opened, expanded or mended in silence."""

from __future__ import annotations

import re
import time

import pytest
from lxml import etree

from build_tools.location import Location
from build_tools.problem import Problem
from build_tools.reading.xml import ATTRIBUTES, MOST_FAULTS, read_xml, schema
from build_tools.text import Element, as_text, elements
from tests.conftest import EXAMPLE
from tests.reading.editions import edition, paragraph


def tree(source: str) -> Element:
    root, problems = read_xml(source, "e.xml")
    assert problems == ()
    assert root is not None
    return root


def faults(source: str) -> list[tuple[str, str, str]]:
    """Code, line and column, message of each fault, in the order of places."""
    found = sorted(read_xml(source, "e.xml")[1], key=Problem.sort_key)
    return [(one.code, str(one.location).removeprefix("e.xml:"), one.message) for one in found]


def found(root: Element, name: str) -> Element:
    """The first such element of the body."""
    body = next(element for element in elements(root) if element.name == "body")
    return next(element for element in elements(body) if element.name == name)


# --- what comes out ---------------------------------------------------------------------------------------------------


def test_places_count_characters_not_bytes() -> None:
    root = tree(paragraph("é😀中 <hi>x</hi>"))
    assert found(root, "hi").location == Location("e.xml", 10, 31)


def test_lines_are_right_where_libxml2_loses_them() -> None:
    root = tree(edition("\n" * 70_000 + '<p xml:id="p1"><lb n="1"/></p>'))
    assert found(root, "lb").location == Location("e.xml", 70_010, 16)


def test_white_space_is_one_blank_but_a_hard_blank_is_a_character() -> None:
    assert as_text(found(tree(paragraph("a\n\t  b \u00a0 <hi>\u00a0</hi>")), "p")) == "a b \u00a0 \u00a0"


def test_a_text_longer_than_the_buffer_is_one_text() -> None:
    words = "word " * 40_000
    assert found(tree(paragraph(f"<hi>{words}</hi>")), "hi").children[0].content == words  # type: ignore[union-attr]


def test_comments_and_character_data_sections_are_no_border() -> None:
    assert as_text(found(tree(paragraph("a<!-- <!DOCTYPE no --> b <![CDATA[& c]]>")), "p")) == "a b & c"


def test_blanks_between_elements_are_no_text_where_none_may_stand() -> None:
    assert all(isinstance(child, Element) for child in found(tree(paragraph("a")), "body").children)


def test_a_prefix_for_tei_is_as_good() -> None:
    source = paragraph("a").replace("<TEI xmlns=", "<t:TEI xmlns:t=").replace("</TEI", "</t:TEI")
    source = re.sub(r"<(/?)(?!t:)(\w)", r"<\1t:\2", source)
    assert found(tree(source), "p").name == "p"


def test_crlf_is_lf() -> None:
    assert tree(paragraph("a\nb")) == tree(paragraph("a\nb").replace("\n", "\r\n"))


# --- what may not stand there -----------------------------------------------------------------------------------------


def test_every_fault_of_the_schema_at_once() -> None:
    source = edition(
        '<p xml:id="p1" onclick="x()"><lb n="0"/>é <persname>Quill</persname> <date when="1931-02-30"/></p>\n'
        '<p xml:id="p2"><choice><sic>a</sic></choice> <hi rend="bolt"/> <gap reson="lost"/></p>\n'
        "words <corr/>"
    )
    assert [(code, place) for code, place, _ in faults(source)] == [
        ("schema-content", "9:19"),
        ("schema-attribute", "10:1"),
        ("line-mark", "10:30"),
        ("schema-element", "10:43"),
        ("bad-date", "10:70"),
        ("schema-content", "11:16"),
        ("schema-attribute", "11:46"),
        ("schema-attribute", "11:64"),
        ("schema-content", "12:7"),
    ]


def test_what_was_meant_is_said() -> None:
    source = paragraph('<persname/><hi rend="itallic"/><gap reson="x"/><date when="1931-02-30"/>')
    _, problems = read_xml(source, "e.xml")
    meant = ["Did you mean persName?", "Did you mean italic?", "Did you mean reason?"]
    assert [problem.hint for problem in problems][:3] == meant
    assert "day is out of range for month" in problems[3].message


def test_what_may_stand_there_is_said() -> None:
    _, problems = read_xml(paragraph("<choice><corr/></choice>"), "e.xml")
    assert problems[0].hint == "Here may stand <orig>, <sic>"
    assert problems[1].message == "<choice> is not complete: it lacks <orig> or <sic>"


def test_both_places_of_a_doubled_id() -> None:
    source = edition('<p xml:id="p1"><lb n="1"/></p>\n  <p xml:id="p1"/><p xml:id="p1"/>')
    assert faults(source) == [
        ("duplicate-id", "11:3", "the xml:id 'p1' stands twice, first at 10:1"),
        ("duplicate-id", "11:19", "the xml:id 'p1' stands twice, first at 10:1"),
    ]


DOCTYPE = '<!DOCTYPE TEI [<!ENTITY x "y"><!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>'


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("", "empty-file", "1:1"),
        (" \n", "empty-file", "1:1"),
        ("words", "ill-formed-xml", "1:1"),
        ("<TEI>\n<p>a & b</p></TEI>", "ill-formed-xml", "2:7"),
        ("<TEI>\n<p>\n</TEI>", "ill-formed-xml", "3:7"),
        ("<TEI", "ill-formed-xml", "1:5"),
        ("<TEI/><TEI/>", "ill-formed-xml", "1:7"),
        ("<TEI>&nbsp;</TEI>", "ill-formed-xml", "1:12"),
        (DOCTYPE + "<TEI>&x;</TEI>", "doctype", "1:1"),
        ('<?xml version="1.0"?>\n<!-- <TEI> -->\n<!DOCTYPE TEI SYSTEM "evil.dtd">\n<TEI/>', "doctype", "3:1"),
        ('<?xml-stylesheet href="evil.xsl"?>\n<TEI/>', "processing-instruction", "1:1"),
        ('<?xml version="1.0"?>\n<!-- --><?php evil() ?><TEI/>', "processing-instruction", "2:9"),
        (paragraph("a<?php evil() ?>"), "processing-instruction", "10:28"),
        ('<?xml version="1.0" encoding="UTF-7"?><TEI>+ADw-script+AD4-</TEI>', "not-utf-8", "1:31"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><TEI/>", "not-utf-8", "1:31"),
        (paragraph("a&#x202E;b"), "forbidden-character", "10:28"),
        (paragraph("a&#8238;b"), "forbidden-character", "10:28"),
        (paragraph("a&#0;b"), "forbidden-character", "10:28"),
        (paragraph("a&#99999999999999999999;b"), "forbidden-character", "10:28"),
        (paragraph("<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='/x'/>"), "schema-element", "10:27"),
        (paragraph("<script xmlns='http://www.w3.org/1999/xhtml'>x()</script>"), "schema-element", "10:27"),
        (paragraph("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"), "schema-element", "10:27"),
        (paragraph("<hi xml:base='javascript:x()'/>"), "schema-attribute", "10:27"),
        (paragraph("<hi style='color: red'/>"), "schema-attribute", "10:27"),
        (paragraph("<ref target='javascript:x()'/>"), "bad-reference", "10:27"),
        ("<html/>", "schema-element", "1:1"),
        ('<TEI xmlns="http://www.tei-c.org/ns/2.0"/>', "schema-element", "1:1"),
    ],
)
def test_attacks_and_accidents(source: str, code: str, place: str) -> None:
    assert faults(source)[0][:2] == (code, place)


def test_a_bomb_of_depth_and_one_of_attributes() -> None:
    for depth in (101, 300, 100_000):
        assert read_xml(edition("<div>" * depth + "</div>" * depth), "e.xml")[1]
    for count in (ATTRIBUTES + 1, 20_000):
        attributes = " ".join(f'a{number}=""' for number in range(count))
        found = faults(edition(f"<p {attributes}/>"))
        assert found[0][:2] == ("schema-attribute", "10:1")
        assert f"{count} attributes" in found[0][2]


def test_a_hundred_thousand_faults_take_no_longer_than_they_must() -> None:
    began = time.monotonic()
    assert len(read_xml(paragraph("<hi x='1'/>" * 100_000), "e.xml")[1]) == MOST_FAULTS
    assert time.monotonic() - began < 5


def test_depth_that_is_allowed_is_read() -> None:
    depth = 90
    assert tree(edition("<div>" * depth + "<p xml:id='p1'/>" + "</div>" * depth))


# --- the grammar that explains and the one that judges ----------------------------------------------------------------

ORIGINAL = (EXAMPLE / "documents" / "letter-1931-04-02" / "edition.xml").read_text(encoding="utf-8")
TAG = re.compile(r"<(\w+)[^<>]*/>|</?\w+[^<>]*>")


def mutations() -> list[str]:
    """The example edition with one tag left out, doubled or renamed, one attribute renamed, at every place in turn."""
    made: list[str] = []
    for number, tag in enumerate(TAG.finditer(ORIGINAL)):
        whole, before, after = tag.group(), ORIGINAL[: tag.start()], ORIGINAL[tag.end() :]
        if tag[1]:
            made.append(before + after if number % 2 else before + whole + whole + after)
            made.append(before + whole.replace(tag[1], "p", 1) + after)
        elif not whole.startswith("</") and " " in whole:
            made.append(before + re.sub(r" (\w+)=", r" \1x=", whole, count=1) + after)
            made.append(before + re.sub(r'="[^"]*"', '="?"', whole, count=1) + after)
    return made


def test_the_explanation_finds_a_fault_exactly_where_the_judge_does() -> None:
    """Both ways: nothing that libxml2 refuses is unexplained, nothing that it accepts is explained."""
    accepted = refused = 0
    for source in mutations()[::5]:
        root, problems = read_xml(source, "e.xml")
        if root is None or any(problem.code in {"ill-formed-xml", "duplicate-id"} for problem in problems):
            continue
        is_valid = schema().compiled.validate(etree.fromstring(source.encode()))
        explained = list(schema().grammar.faults(root))
        assert is_valid == (not explained), (source, explained)
        accepted += is_valid
        refused += not is_valid
    assert accepted > 5
    assert refused > 25


def test_the_example_uses_every_element_of_the_schema() -> None:
    used = {element.name for element in elements(tree(ORIGINAL))}
    assert schema().grammar.names == used
