"""Quotations are compared with their sources: on the real documents, on short sources, and against made mistakes."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.identifiers import Reference
from build_tools.linking import link
from build_tools.location import Location
from build_tools.model import Archive, Document, Passage
from build_tools.quotations import Quotation, quotations_of
from build_tools.reading.archive import read_archive
from build_tools.reading.markdown import read_markdown
from build_tools.rendering.addressing import looking_out
from build_tools.rendering.documents import document_pages
from build_tools.text import Element, Node, Text, as_text
from tests.rendering.page import parse

SOURCES = Path(__file__).parent.parent / "sources"
NOWHERE = Location("sources/documents/made/edition.xml", 1, 1)
INSTRUCTION, LETTER = "instruction-1962-11-03", "letter-1962-10-27"


def element(name: str, *children: Node | str, **attributes: str) -> Element:
    """An element with `xml_id` for `xml:id`, and strings for texts."""
    given = tuple((key.replace("xml_", "xml:"), value) for key, value in attributes.items())
    return Element(name, NOWHERE, given, tuple(Text(one) if isinstance(one, str) else one for one in children))


def document(pattern: Document, name: str, *passages: Element) -> Document:
    """A document of these passages, `p1` and so on."""
    numbered = [Passage(f"p{n}", str(n), one, as_text(one)) for n, one in enumerate(passages, start=1)]
    return replace(pattern, id=name, body=element("body", *passages), passages=tuple(numbered), notes=())


def quote(*children: Node | str, source: str = "document:source", **attributes: str) -> Element:
    return element("quote", *children, source=source, **attributes)


@pytest.fixture(scope="module")
def real() -> Archive:
    archive, problems = read_archive(SOURCES)
    assert problems == ()
    assert archive is not None
    return archive


@pytest.fixture(scope="module")
def instruction(real: Archive) -> tuple[Quotation, ...]:
    return quotations_of(real).standing[INSTRUCTION]


TEXT = ("One day the mole fell. We shall mend it before autumn. Nobody objects.", "The crane is “old” and tired.")


def compared(example: Archive, *passages: Element, source: tuple[str, ...] = TEXT) -> tuple[Quotation, ...]:
    """The quotations of a document with these passages, beside a source."""
    pattern = example.documents[0]
    held = document(pattern, "source", *(element("p", words) for words in source))
    made = document(pattern, "made", *passages)
    return quotations_of(replace(example, documents=(held, made))).standing.get("made", ())


def one_of(example: Archive, *children: Node | str) -> Quotation:
    (found,) = compared(example, element("p", *children))
    return found


# --- the real sources -------------------------------------------------------------------------------------------------


def test_removal_is_verified_but_for_the_parenthesis(instruction: tuple[Quotation, ...]) -> None:
    first = instruction[0]
    assert first.verdict == "verified but for what was put in"
    assert first.place == Reference("document", LETTER, "p5")
    (put_in,) = first.interpolations
    assert (first.before, first.after) == ("", "")
    assert put_in.words == "(previously defined as 'all weapons systems in Cuba capable of offensive use')"
    assert put_in.place == Reference("document", LETTER, "p3")


def test_words_in_the_parenthesis_are_verified_elsewhere(instruction: tuple[Quotation, ...]) -> None:
    inner = instruction[1]
    assert (inner.verdict, inner.place) == ("verified", Reference("document", LETTER, "p3"))
    assert inner.after == "to be rendered inoperable, under effective United Nations arrangements."


def test_words_of_28_october_cannot_be_checked(instruction: tuple[Quotation, ...]) -> None:
    third = instruction[2]
    assert third.verdict == "cannot be checked"
    assert third.place is None
    assert ("frus-vi", "d68") in {(one.work, one.at) for one in third.printed}
    assert [one.words.strip('."') for one in third.interpolations] == ["under UN verification"]


def test_assurances_are_verified_and_show_what_was_left_out(instruction: tuple[Quotation, ...]) -> None:
    last = instruction[3]
    assert (last.verdict, last.place) == ("verified", Reference("document", LETTER, "p6"))
    assert "upon the establishment of adequate arrangements through the United Nations" in last.before
    assert last.after.startswith("I am confident that other nations of the Western Hemisphere")


def test_letter_knows_where_it_is_quoted(real: Archive) -> None:
    there = [str(one.at) for one in quotations_of(real).quoting[LETTER] if one.source and one.source.kind == "message"]
    assert there == [f"document:{INSTRUCTION}#{passage}" for passage in ("p3", "p3", "p7")]


def test_pages_show_verdicts_and_where_a_document_is_quoted(real: Archive) -> None:
    out = looking_out(real, link(real)[0])
    pages = {one.id: parse(document_pages(one, out)[0].html) for one in real.documents}
    (table,) = pages[INSTRUCTION].xpath('.//section[@class="quotations"]/table')
    verdicts = table.xpath("tbody/tr/td/b/text()")
    assert verdicts == ["verified but for what was put in", "verified", "cannot be checked", "verified"]
    assert table.xpath("tbody/tr[1]/td/p/a/@href") == ["../letter-1962-10-27/#p3"]
    assert "under UN verification" in table.xpath("string(tbody/tr[3]/td/p/ins)")
    assert pages[LETTER].xpath('.//section[@class="quoted-in"]/ul/li/a[1]/@href') == [
        "../instruction-1962-11-03/#p3",
        "../instruction-1962-11-03/#p3",
        "../instruction-1962-11-03/#p7",
    ]


# --- short sources ----------------------------------------------------------------------------------------------------


def test_verified_with_neighbours(example: Archive) -> None:
    found = one_of(example, "He wrote: ", quote("We shall mend it"), ".")
    assert (found.verdict, found.place) == ("verified", Reference("document", "source", "p1"))
    assert (found.before, found.after) == ("One day the mole fell.", "before autumn.")


def test_matching_rule_and_passage_borders(example: Archive) -> None:
    assert one_of(example, quote('crane  is "old"')).verdict == "verified"
    across = one_of(example, quote("Nobody objects. The crane"))
    assert (across.verdict, across.place) == ("verified", Reference("document", "source", "p1"))


@pytest.mark.parametrize("words", ["e shall mend it", "We shall men", "we shall mend", "We will mend it", "the crane"])
def test_less_than_the_words_differs(words: str, example: Archive) -> None:
    assert one_of(example, quote(words)).verdict == "differs"


def test_comparison_by_words(example: Archive) -> None:
    found = one_of(example, quote("We will mend it before autumn."))
    assert found.comparison == (
        ("kept", "We"),
        ("dropped", "shall"),
        ("added", "will"),
        ("kept", "mend it before autumn."),
    )
    assert found.place == Reference("document", "source", "p1")


def test_nothing_like_it(example: Archive) -> None:
    found = one_of(example, quote("zebras quarrel"))
    assert (found.verdict, found.place, found.comparison) == ("differs", None, (("added", "zebras quarrel"),))


def test_parts_are_joined_over_what_was_put_in(example: Archive) -> None:
    (found,) = compared(
        example,
        element("p", quote("We shall", next="#b", xml_id="a"), " ", element("seg", "(they say)", type="interpolation")),
        element("p", quote("mend it", prev="#a", xml_id="b")),
    )
    assert found.verdict == "verified but for what was put in"
    assert [one.words for one in found.interpolations] == ["(they say)"]


def test_what_was_put_in_does_not_hide_a_difference(example: Archive) -> None:
    put_in = element("seg", "(they say)", type="interpolation")
    assert one_of(example, quote("We shall ", put_in, " mend it")).verdict == "verified but for what was put in"
    assert one_of(example, quote("We will ", put_in, " mend it")).verdict == "differs"
    (apart,) = compared(example, element("p", quote("We shall"), " and then ", put_in))
    assert (apart.verdict, apart.interpolations) == ("verified", ())


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("", "no source is named"),
        ("document:nothing", "not held"),
        ("message:nothing", "not held"),
        ("person:nobody", "not held"),
        ("document:source#p9", "no such passage"),
    ],
)
def test_cannot_be_checked(source: str, missing: str, example: Archive) -> None:
    found = one_of(example, quote("We shall", source=source))
    assert found.verdict == "cannot be checked"
    assert missing in found.missing


def test_named_passage_only(example: Archive) -> None:
    assert one_of(example, quote("We shall", source="document:source#p1")).verdict == "verified"
    assert one_of(example, quote("We shall", source="document:source#p2")).verdict == "differs"


def test_no_words_and_no_source_in_itself(example: Archive) -> None:
    assert one_of(example, quote(" ")).missing == "no words are quoted"
    assert one_of(example, quote("We shall", source="document:made")).verdict == "cannot be checked"


def test_circle_of_parts_and_long_quotations_end(example: Archive) -> None:
    circle = element("p", quote("We", next="#b", xml_id="a"), quote("shall", next="#a", xml_id="b"))
    assert [one.verdict for one in compared(example, circle)] == ["verified"]
    assert one_of(example, quote("mend it " * 2500)).verdict == "differs"


def test_words_that_overlap_themselves_take_no_long_time(example: Archive) -> None:
    repeated, letters = "ab " * 100_000, "a" * 300_000
    (found,) = compared(example, element("p", quote("ab " * 5_000 + "a")), source=(repeated,))
    assert found.verdict == "differs"
    (found,) = compared(example, element("p", quote("a" * 20_000)), source=(letters, "the a stands alone"))
    assert found.verdict == "differs"
    (found,) = compared(example, element("p", quote("a")), source=(letters, "the a stands alone"))
    assert (found.verdict, found.place) == ("verified", Reference("document", "source", "p2"))


# --- mistakes ---------------------------------------------------------------------------------------------------------


def mutated(words: list[str], random_: random.Random) -> list[str]:
    """The words with a letter changed, a word left out, doubled or replaced, or two words exchanged."""
    made = list(words)
    at = random_.randrange(1, len(made) - 2)
    kind = random_.choice(("letter", "left out", "doubled", "replaced", "order"))
    if kind == "letter":
        letter = random_.randrange(len(made[at]))
        made[at] = made[at][:letter] + random_.choice("qxzQXZ") + made[at][letter + 1 :]
    elif kind == "left out":
        del made[at]
    elif kind == "doubled":
        made.insert(at, made[at])
    elif kind == "replaced":
        made[at] = random_.choice(["perhaps", "never", "weapons", "Moscow"])
    else:
        made[at], made[at + 1] = made[at + 1], made[at]
    return made


def test_no_mistake_is_verified(example: Archive, real: Archive, instruction: tuple[Quotation, ...]) -> None:
    (letter,) = (one for one in real.documents if one.id == LETTER)
    texts = tuple(passage.text for passage in letter.passages)
    words = instruction[0].words.split()
    random_ = random.Random(19621103)
    made = [mutated(words, random_) for _ in range(300)]
    passages = [element("p", quote(" ".join(one))) for one in made]
    found = compared(example, *passages, source=texts)
    assert len(found) == 300
    assert {one.verdict for one, other in zip(found, made, strict=True) if other != words} == {"differs"}
    assert sum(other != words for other in made) >= 290


# --- our own prose ----------------------------------------------------------------------------------------------------

CITE = '[Source](document:source#p1 "A")'


def ours(example: Archive, body: str, source: tuple[str, ...] = TEXT) -> tuple[Quotation, ...]:
    """The quotations of a note with this body."""
    nodes, problems = read_markdown(body, "sources/note.md")
    assert problems == ()
    held = document(example.documents[0], "source", *(element("p", words) for words in source))
    pattern = next(note for each in example.documents for note in each.notes)
    target = replace(pattern.value.target, passage="p2")
    note = replace(pattern, document="source", body=nodes, value=replace(pattern.value, target=target))
    return quotations_of(replace(example, documents=(replace(held, notes=(note,)),), **NO_RECORDS)).ours


KINDS = ["commitments", "messages", "people", "organisations", "places", "weapons", "terms", "events", "works"]
NO_RECORDS: dict[str, tuple[()]] = dict.fromkeys(KINDS, ())


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("We shall mend it", "verified"),
        ("We shall mend it before autumn,", "verified"),
        ("One day the mole … before autumn", "verified but for what was left out"),
        ("One day the mole [of stone] ... mend it before autumn", "verified but for what was left out"),
        ("mend it before autumn … One day the mole", "differs"),
        ("One … before autumn", "differs"),
        ("We shall not mend it", "differs"),
        ("the crane is tired", "differs"),
    ],
)
def test_prose(words: str, verdict: str, example: Archive) -> None:
    (found,) = ours(example, f'It says "{words}" {CITE}.')
    assert (found.verdict, str(found.source)) == (verdict, "document:source#p1")


def test_what_was_left_out_is_told(example: Archive) -> None:
    (found,) = ours(example, f'"One day the mole … before autumn" {CITE}.')
    assert found.omissions == ("fell. We shall mend it",)


def test_pieces_lie_near_each_other(example: Archive) -> None:
    far = ("the first words here", "x", "y", "z", "the last words here")
    (found,) = ours(example, '"first words … last words" [A](document:source "A")', far)
    assert found.verdict == "differs"


def test_citations_behind_come_first(example: Archive) -> None:
    work = '[W](work:nothing "B")'
    body = f'"We shall mend it" {work}, {CITE}, but "Nobody objects" {CITE} and "a third" {work} say so {CITE}.'
    assert [str(one.source) for one in ours(example, body)] == ["document:source#p1"] * 2 + ["work:nothing"]


def test_words_of_the_passage_a_note_stands_at(example: Archive) -> None:
    (own,) = ours(example, 'The word "tired" is odd [inference](term:grades "C").')
    assert (own.verdict, own.place) == ("verified", Reference("document", "source", "p2"))
    (none,) = ours(example, 'The word "merry" is odd [inference](term:grades "C").')
    assert (none.verdict, none.source) == ("cannot be checked", None)


def test_words_that_stand_elsewhere(example: Archive) -> None:
    nodes = f'It says "One day" [A](document:source#p2 "A") {CITE}.'
    assert ours(example, nodes)[0].verdict == "verified"
    (found,) = ours(example, 'It says "One day" [A](document:source#p2 "A").')
    assert (found.verdict, found.elsewhere, found.place) == ("differs", True, Reference("document", "source", "p1"))


def test_block_quotation(example: Archive) -> None:
    (found,) = ours(example, f"> We shall mend it before autumn. {CITE}")
    assert (found.words, found.verdict) == ("We shall mend it before autumn.", "verified")


def test_versions_of_a_source_that_is_not_held(instruction: tuple[Quotation, ...]) -> None:
    informal, official = instruction[2].wordings
    assert (informal.agrees, official.agrees) == (False, True)
    assert {step for step in informal.comparison if step[0] == "added"} >= {("added", "weapons")}
    assert informal.put_in == official.put_in == ()


def test_long_and_odd_prose_takes_no_long_time(example: Archive) -> None:
    pieces = " … ".join(f"word{n} again" for n in range(700))
    assert [one.verdict for one in ours(example, f'"{pieces}" {CITE}')] == ["differs"]
    assert ours(example, f'"{"(" * 2000} … {"mend it " * 2000}." {CITE}')[0].verdict == "differs"
