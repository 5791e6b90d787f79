"""The table of elements, and what the walk makes of words and marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from build_tools.location import Location
from build_tools.rendering.addressing import Here
from build_tools.rendering.passages import TABLE, Mark, node_html, passage_html
from build_tools.text import Element, Node, Text, as_text
from tests.rendering.page import ids, parse, words

RNG = "{http://relaxng.org/ns/structure/1.0}"
GRAMMAR = Path(__file__).parents[2] / "build_tools" / "schema" / "tei.rng"
FROM_MARKDOWN = {"p", "head", "list", "item", "quote", "hi", "ref", "bibl"}


def element(name: str, *children: Node | str, **attributes: str) -> Element:
    """An element of nowhere; `xml_id` stands for `xml:id`."""
    return Element(
        name,
        Location("x.xml"),
        tuple((key.replace("_", ":"), value) for key, value in attributes.items()),
        tuple(Text(child) if isinstance(child, str) else child for child in children),
    )


def commitment(start: int, end: int, name: str, **more: bool) -> Mark:
    return Mark(start, end, f"c-{name}-1", "k demand", f"demand: {name}", commitment=name, **more)


def note(end: int, number: int, name: str = "one") -> Mark:
    return Mark(end, end, "", label="A title", number=number, note=name)


# --- the table -------------------------------------------------------------------------------------------------------


def named_below(start: etree._Element, defines: dict[str, etree._Element]) -> Iterator[str]:
    """The names of all elements that may stand below a pattern of the grammar."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for one in waiting.pop().iter():
            if one.tag == f"{RNG}element":
                yield one.findtext(f"{RNG}name", "")
            elif one.tag == f"{RNG}ref" and one.get("name") not in seen:
                seen.add(one.get("name"))
                waiting.append(defines[one.get("name")])


def test_the_table_has_what_the_grammar_allows_in_text_and_nothing_else() -> None:
    grammar = etree.parse(GRAMMAR).getroot()
    defines = {one.get("name"): one for one in grammar.iter(f"{RNG}define")}
    (body,) = (one for one in grammar.iter(f"{RNG}element") if one.findtext(f"{RNG}name") == "body")
    allowed = {*named_below(body, defines), *named_below(defines["prose"], defines)} - {"body"}
    assert set(TABLE) == allowed | FROM_MARKDOWN


# --- words -----------------------------------------------------------------------------------------------------------


def test_editors_marks_say_what_they_are_and_what_the_transcription_has(out: Here) -> None:
    choice = element("choice", element("sic", "teh"), element("corr", "the", cert="high"))
    dash = element("choice", element("orig", "--"), element("reg", "—"))
    gap = element("gap", reason="illegible", quantity="1", unit="words")
    made = str(passage_html(element("p", "a ", choice, " ", dash, " b ", gap), out))
    assert "the transcription has “teh”" in made
    assert "certainty high" in made
    assert 'title="the transcription has “--”">—<' in made
    assert "something is missing here, 1 word, illegible" in made
    assert "teh<" not in made


@pytest.mark.parametrize("name", ["sic", "surplus", "metamark", "orig"])
def test_nothing_is_left_out_in_silence(name: str, out: Here) -> None:
    made = parse(passage_html(element("p", "must ", element(name, "be"), " be"), out))
    assert words(made) == "must be"
    (sign,) = made.xpath('.//*[@role="img"]')
    assert sign.get("aria-label").endswith(": be")
    assert sign.get("title") == sign.get("aria-label")


def test_furniture_in_a_sentence_is_told_from_the_text(out: Here) -> None:
    stamp = element("fw", element("stamp", "SEEN"), type="stamp")
    made = passage_html(element("p", "by its own means to ", stamp, element("pb", n="5"), "insure"), out)
    assert " ".join(words(parse(made)).split()) == "by its own means to insure"
    assert "[stamp, not part of the text]" in made
    assert 'id="page-5"' in made


def test_a_page_without_a_number_has_no_address(out: Here) -> None:
    made = parse(passage_html(element("p", "a ", element("pb"), "b ", element("pb"), "c"), out))
    assert ids(made) == []


def test_what_is_named_is_linked_relative_to_the_page(out: Here) -> None:
    here = out.at("documents/letter-1931-04-02/")
    name = element("persName", "Dr Quill", ref="person:tobias-quill")
    day = element("date", "2 April", when="1931-04-02")
    made = str(passage_html(element("p", name, " on ", day), here))
    assert '<a class="name" href="../../people/tobias-quill/" data-kind="person">Dr Quill</a>' in made
    assert 'href="../../dates/1931-04-02/" data-kind="date"><time datetime="1931-04-02">2 April</time></a>' in made


def test_a_span_of_days_says_which(out: Here) -> None:
    days = element("date", "these days", **{"from": "1931-04-02", "to": "1931-05-01"})
    made = str(passage_html(element("p", days), out))
    assert '<span class="when" title="2 April – 1 May 1931">these days</span>' in made


def test_a_second_thing_referred_to_has_a_link_of_its_own(out: Here) -> None:
    both = element("rs", "agreements", type="person", ref="person:tobias-quill person:edith-marlow")
    made = parse(passage_html(element("p", both), out))
    assert [one.get("href") for one in made.iter("a")] == ["people/tobias-quill/", "people/edith-marlow/"]
    assert made.xpath('.//a[@class="also"]/@aria-label')[0].startswith("also ")
    assert words(made) == "agreements"


def test_a_link_in_a_link_is_words(out: Here) -> None:
    inner = element("date", "30 March", when="1931-03-30")
    outer = element("ref", "telegram of ", inner, target="message:board-ferry-12")
    made = parse(passage_html(element("p", outer), out))
    assert made.xpath(".//a//a") == []
    assert words(made) == "telegram of 30 March"


def test_a_citation_has_its_grade(out: Here) -> None:
    made = str(node_html(element("bibl", "Calendar", target="work:calendar#p3", ana="A-x"), out))
    assert made.endswith('<span class="grade" title="seen in an excerpt of an official edition">A-x</span>')


CANARY = """<script>alert(1)</script>"'&amp;"""


@pytest.mark.parametrize("name", sorted(TABLE))
def test_words_and_attributes_are_words(name: str, out: Here) -> None:
    given = {"ref": CANARY, "n": CANARY, "rend": CANARY, "cert": CANARY, "reason": CANARY, "xml_lang": CANARY}
    written = element("p", element(name, CANARY, **given))
    marks = [Mark(0, 3, CANARY, "k", CANARY, commitment=CANARY), Mark(1, 1, "", label=CANARY, number=1, note=CANARY)]
    made = parse(passage_html(written, out, marks if len(as_text(written)) > 3 else ()))
    assert made.xpath(".//script") == []
    known = {"class", "id", "title", "href", "lang", "role", "aria-label", "data-commitment"}
    assert {key for one in made.iter() for key in one.attrib} <= known


# --- marks -----------------------------------------------------------------------------------------------------------


def test_overlapping_commitments_are_each_told(out: Here) -> None:
    marks = [commitment(0, 13, "a"), commitment(8, 18, "b")]
    made = parse(passage_html(element("p", "one two three four"), out, marks))
    covering = {
        leaf: [one.get("data-commitment") for one in made.xpath(f'.//span[contains(., "{leaf}")]')]
        for leaf in ("one two ", "three", " four")
    }
    assert covering == {"one two ": ["a"], "three": ["a", "b"], " four": ["b"]}
    assert ids(made) == ["c-a-1", "c-b-1"]


def test_what_limits_a_commitment_stands_inside_what_states_one(out: Here) -> None:
    marks = [commitment(0, 7, "limited", qualifies=True), commitment(4, 7, "stated")]
    made = parse(passage_html(element("p", "one two"), out, marks))
    (inner,) = made.xpath('.//span[@data-commitment="stated"]/span')
    assert inner.get("data-commitment") == "limited"


def test_marks_cut_through_elements(out: Here) -> None:
    text = element("p", "one ", element("hi", "two three", rend="italic"), " four")
    made = parse(passage_html(text, out, [commitment(0, 7, "a"), commitment(8, 18, "b")]))
    assert words(made) == as_text(text)
    assert [one.text_content() for one in made.xpath('.//*[@data-commitment="b"]')] == ["three", " four"]


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("of safety. Then", 9, "of safety.[1] Then"),
        ('he said "no." Then', 11, 'he said "no."[1] Then'),
        ("of use') from", 6, "of use')[1] from"),
        ("the IL28's go", 8, "the IL28[1]'s go"),
        ("a plan", 1, "a[1] plan"),
        ("the end", 7, "the end[1]"),
    ],
)
def test_numbers_follow_the_signs_that_close_their_words(text: str, end: int, expected: str, out: Here) -> None:
    made = parse(passage_html(element("p", text), out, [note(end, 1)]))
    (number,) = made.xpath('.//sup[@class="ref"]')
    assert number.xpath("string(a/@href)") == "#n-one"
    number.text, number[0].text = "[", "1]"
    assert made.text_content() == expected


def test_a_number_in_a_link_waits_for_its_end(out: Here) -> None:
    link = element("persName", "Tobias Quill", ref="person:tobias-quill")
    made = parse(passage_html(element("p", "Dear ", link, ", come"), out, [note(11, 1), note(17, 2, "two")]))
    assert made.xpath(".//a//a") == []
    assert made.xpath('.//a[@class="name"]/following-sibling::sup[1]/a/@id') == ["r-one"]
    assert made.xpath(".//sup/a/@aria-label") == ["Note 1: A title", "Note 2: A title"]


NAMES = ["hi", "persName", "date", "quote", "seg", "add", "supplied", "unclear", "surplus", "sic", "foreign", "ref"]
LEAVES = st.one_of(
    st.text("ab .,'\"<&é—", min_size=1, max_size=8).map(lambda words: Text(" ".join(words.split(" ")))),
    st.just(element("lb", n="2")),
    st.just(element("lb", n="3", **{"break": "no"})),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda name, children: element(name, *children, ref="person:tobias-quill"),
        st.sampled_from(NAMES),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    children=st.lists(TREES, max_size=4),
    stretches=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4),
)
def test_the_words_are_those_of_the_reading_text_under_any_marks(
    children: list[Node], stretches: list[tuple[int, int]], out: Here
) -> None:
    passage = element("p", *children)
    reading = as_text(passage)
    marks = [
        mark
        for index, (one, other) in enumerate(stretches)
        if max(one, other) <= len(reading)
        for mark in (commitment(min(one, other), max(one, other), f"x{index}"), note(other, index + 1, f"x{index}"))
    ]
    made = parse(passage_html(passage, out, marks))
    assert words(made) == reading
    assert made.xpath(".//a//a") == []
    found = ids(made)
    assert len(found) == len(set(found))
    assert {one for one in found if one.startswith("r-")} == {f"r-{mark.note}" for mark in marks if mark.number}
    for mark in marks:
        if mark.commitment:
            pieces = made.xpath(f'.//*[@data-commitment="{mark.commitment}"]')
            assert "".join(words(piece) for piece in pieces) == reading[mark.start : mark.end]
