"""Mentions in context, in both directions; anchors; days."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from build_tools.identifiers import Reference
from build_tools.linking import link
from build_tools.linking.finding import without
from tests.linking.sources import LETTER, PERSON, commitment, document, linked, read

LETTER_P1 = Reference("document", "letter", "p1")
ALDER = Reference("person", "a")


def test_a_mention_has_its_words_and_what_stands_around_them(tmp_path: Path) -> None:
    (mention,) = linked(tmp_path, LETTER).mentions_of(Reference("person", "b"))
    assert mention.source == LETTER_P1
    assert mention.words == "Birch"
    assert mention.before == "The removal of Alder and the removal of "
    assert mention.after == " on October 27."
    assert mention.place.path == "sources/documents/letter/edition.xml"


def test_the_context_is_cut_between_words(tmp_path: Path) -> None:
    long = "word " * 60
    files = LETTER | document(
        f'<p xml:id="p1"><lb n="1"/>{long}<persName ref="person:a">Alder</persName> {long}end</p>',
        f"{long}Alder {long}end\n",
    )
    (mention,) = linked(tmp_path, files).mentions_of(ALDER)
    assert mention.before == "word " * 15
    assert mention.after == " word" * 15


def test_words_of_the_reading_text_are_the_context(tmp_path: Path) -> None:
    files = LETTER | document(
        '<p xml:id="p1"><lb n="1"/>The <choice><sic>frist</sic><corr>first</corr></choice> of '
        '<rs type="person" ref="person:a">the <surplus>the </surplus>two</rs><lb n="2"/>men</p>',
        "The frist of the the two\nmen\n",
    )
    (mention,) = linked(tmp_path, files).mentions_of(ALDER)
    assert (mention.before, mention.words, mention.after) == ("The first of ", "the two", " men")


@pytest.mark.parametrize(
    ("text", "shown", "spans"),
    [
        ("It fell. W, 1 W, 2 He saw it.", "It fell. He saw it.", ("W, 1", "W, 2")),
        ("It fell (W, 1; W, 2). He saw it.", "It fell. He saw it.", ("W, 1", "W, 2")),
        ("It fell (in May, W, 1) there.", "It fell (in May,) there.", ("W, 1",)),
        ("W, 1 It fell ( ).", " It fell ( ).", ("W, 1",)),
    ],
)
def test_a_context_has_no_citations(text: str, shown: str, spans: tuple[str, ...]) -> None:
    left, places = without(text, [(text.index(one), text.index(one) + len(one)) for one in spans])
    assert left == shown
    assert left[places[text.index("fell")] :].startswith("fell")


def test_what_a_note_names_is_shown_without_the_citations_between(tmp_path: Path) -> None:
    files = LETTER | {
        "terms/x.md": "---\nname: X\nsummary: A term.\n---\n\n"
        'One. [W, 1](document:letter#p1 "A") Then [Alder](person:a) left. [W, 2](document:letter#p1 "A") More.\n'
    }
    mention = next(one for one in linked(tmp_path, files).mentions_of(ALDER) if one.source.kind == "term")
    assert (mention.before, mention.words, mention.after) == ("One. Then ", "Alder", " left. More.")


def test_stamps_belong_to_the_document_and_not_to_the_passage(tmp_path: Path) -> None:
    files = LETTER | document(
        '<p xml:id="p1"><lb n="1"/>A promise <fw type="stamp"><lb n="2"/>SEEN BY '
        '<persName ref="person:a">ALDER</persName> <date when="2003-09-02">2003/09/02</date></fw>'
        '<lb n="3"/>is made.</p>',
        "A promise\nSEEN BY ALDER 2003/09/02\nis made.\n",
    )
    links = linked(tmp_path, files)
    (mention,) = links.mentions_of(ALDER)
    assert mention.source == Reference("document", "letter")
    assert (mention.before, mention.words, mention.after) == ("SEEN BY ", "ALDER", " 2003/09/02")
    assert [entry.source.fragment for entry in links.days["2003-09-02"]] == [""]


def test_dates_in_discarded_readings_touch_no_day(tmp_path: Path) -> None:
    files = LETTER | document(
        '<p xml:id="p1"><lb n="1"/>On <choice><sic><date when="1962-11-08">11/8/62</date></sic>'
        '<corr><date when-custom="1962-11-03?">11/3/62</date></corr></choice></p>',
        "On 11/8/62\n",
    )
    days = linked(tmp_path, files).days
    assert "1962-11-08" not in days
    assert [(entry.group, entry.certainty) for entry in days["1962-11-03"]] == [
        ("written", ""),
        ("referred to", "probably"),
    ]


def test_markdown_of_notes_and_bodies_refers_too(tmp_path: Path) -> None:
    note = (
        "---\ntitle: Alder\nkind: person\ntarget: {passage: p1, exact: Alder}\n---\n"
        'It was [Alder](person:a) on [that day](date:1962-10-29) ([W, 1](work:w#d1 "B")).\n'
    )
    files = LETTER | {
        "documents/letter/notes/who.md": note,
        "works/w.md": "---\nname: W\nshort: W\n---\n",
        "terms/t.md": '---\nname: T\n---\n\nSee [the letter](document:letter#p1 "A").\n',
    }
    links = linked(tmp_path, files)
    note_source = Reference("document", "letter", "n-who")
    assert note_source in {mention.source for mention in links.mentions_of(ALDER)}
    (cited,) = links.mentions_of(Reference("work", "w"))
    assert (cited.role, cited.at, cited.grade, cited.words) == ("source", "d1", "B", "W, 1")
    assert [(entry.group, entry.source) for entry in links.days["1962-10-29"]] == [("referred to", note_source)]
    (of_letter,) = links.mentions_of(Reference("document", "letter"))
    assert of_letter.target == LETTER_P1
    assert of_letter.source == Reference("term", "t")


def test_fields_of_records_refer_with_their_role(tmp_path: Path) -> None:
    files = LETTER | {
        "commitments/c.md": commitment(
            messages="[m]", depends_on="[{commitment: d}]", dates='["1962-10-27"]', fate=FATE
        ),
        "commitments/d.md": commitment(),
        "messages/m.md": MESSAGE,
    }
    links = linked(tmp_path, files)
    c, d = Reference("commitment", "c"), Reference("commitment", "d")
    assert links.commitments_by(ALDER) == (c, d)
    assert links.commitments_toward(Reference("person", "b")) == (c, d)
    assert links.commitments_carried_by("m") == (c,)
    assert links.dependants("d") == (c,)
    assert links.numbers == {"12": ("m",)}
    assert {mention.role for mention in links.mentions_of(ALDER)} >= {"", "by", "sender"}
    assert [(entry.group, str(entry.source)) for entry in links.days["1962-10-27"]] == [
        ("sent", "message:m"),
        ("in force", "commitment:c"),
        ("referred to", "document:letter#p1"),
    ]
    assert [entry.words for entry in links.days["1962-11-20"]] == ["It was kept."]
    assert Reference("message", "m") in links.outgoing[c]


def test_anchors_overlap_and_keep_their_order(tmp_path: Path) -> None:
    passages = (
        "[{document: letter, passage: p1, exact: the removal of Birch on October, role: qualifies}, "
        "{document: letter, passage: p1, exact: removal of, prefix: The}]"
    )
    note = (
        '---\ntitle: N\nkind: context\ntarget: {passage: p1, exact: Birch}\n---\nSee ([A](document:letter#p1 "A")).\n'
    )
    files = LETTER | {"commitments/c.md": commitment(passages=passages), "documents/letter/notes/n.md": note}
    links = linked(tmp_path, files)
    text = "The removal of Alder and the removal of Birch on October 27."
    found = [(text[one.start : one.end], str(one.source), one.index, one.role) for one in links.anchored["letter"]]
    assert found == [
        ("removal of", "commitment:c", 1, "states"),
        ("the removal of Birch on October", "commitment:c", 0, "qualifies"),
        ("Birch", "document:letter#n-n", 0, "context"),
    ]


def test_every_mention_has_its_way_back(tmp_path: Path) -> None:
    links = linked(tmp_path, LETTER | {"commitments/c.md": commitment(), "people/c.md": PERSON.format(name="Cedar")})
    for target, mentions in links.mentions.items():
        assert target in links.targets
        for mention in mentions:
            assert mention.target.whole == target
            assert target in links.outgoing[mention.source.whole] or mention.source.whole == target
    assert Reference("person", "c") in links.targets
    assert links.mentions_of(Reference("person", "c")) == ()


def test_a_pool_of_processes_finds_the_same(tmp_path: Path) -> None:
    files = LETTER | {"commitments/c.md": commitment()}
    for number in range(150):
        files |= {key.replace("letter", f"letter-{number}"): text for key, text in LETTER.items() if "letter" in key}
    archive, _ = read(tmp_path, files)
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        assert link(archive, pool) == link(archive)


FATE = '[{date: "1962-11-20", status: met, text: It was kept., sources: [{grade: A, document: letter, at: p1}]}]'
MESSAGE = """\
---
name: Telegram 12
form: telegram
holding: known from a citation
sender: ["person:a"]
series: alder-birch
number: "12"
sent: {date: "1962-10-27", time: "12:46", zone: Washington}
---
"""
