"""Random changes of an archive: what came one way went the other way, and nothing lies between a thing and itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.identifiers import Reference
from build_tools.impact import Impact, Side, impact_of
from build_tools.impact.printing import Told, as_json, as_text
from build_tools.impact.words import kept_words, words_compared
from build_tools.linking import link
from build_tools.model import Archive, Document, Passage
from build_tools.reading.archive import read_archive
from build_tools.text import Text
from tests.conftest import EXAMPLE

WORDS = st.lists(st.sampled_from(["the", "mole", "fell", "and", "stood", "again,", "we", "shall", "pay"]), max_size=8)
NAMES = ("p1", "p2", "p3", "p4", "p5")
TEXTS = st.dictionaries(st.sampled_from(NAMES), WORDS.map(" ".join), max_size=5)


@cache
def example() -> Archive:
    archive, _ = read_archive(EXAMPLE)
    assert archive is not None
    return archive


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """The example archive with other passages in its first document, and some of its records taken away or renamed."""
    archive = example()
    first, *others = archive.documents
    texts = draw(TEXTS)
    made = replace(first, notes=draw(st.sampled_from([(), first.notes])), passages=tuple(_passages(first, texts)))
    people = tuple(one for one in archive.people if draw(st.booleans()))
    terms = tuple(
        replace(one, reference=Reference("term", f"{one.id}-new")) if draw(st.booleans()) else one
        for one in archive.terms
    )
    changed = replace(archive, documents=(made, *others), people=people, terms=terms)
    return Side(changed, link(changed)[0])


def _passages(document: Document, texts: dict[str, str]) -> list[Passage]:
    element = document.passages[0].element
    return [
        Passage(name, name[1:], replace(element, children=(Text(text),)), text) for name, text in sorted(texts.items())
    ]


def came(impact: Impact) -> set[tuple[str, str]]:
    passages = {(str(one.reference), "") for one in impact.passages if one.kind == "added"}
    things = (*impact.documents, *impact.notes, *impact.records)
    return passages | {(str(one.reference), "thing") for one in things if one.kind == "added"}


def went(impact: Impact) -> set[tuple[str, str]]:
    passages = {(str(one.reference), "") for one in impact.passages if one.kind == "gone"}
    things = (*impact.documents, *impact.notes, *impact.records)
    return passages | {(str(one.reference), "thing") for one in things if one.kind == "gone"}


def moved(impact: Impact) -> set[tuple[str, str]]:
    things = (*impact.passages, *impact.documents, *impact.notes, *impact.records)
    return {(str(one.was), str(one.reference)) for one in things if one.was}


@settings(max_examples=60)
@given(sides(), sides())
def test_there_and_back(before: Side, after: Side) -> None:
    there, back = impact_of(before, after), impact_of(after, before)
    assert came(there) == went(back)
    assert went(there) == came(back)
    assert moved(there) == {(new, old) for old, new in moved(back)}
    changed = {str(one.reference) for one in there.passages if one.kind == "words"}
    assert changed == {str(one.reference) for one in back.passages if one.kind == "words"}
    assert {one.day for one in there.days if one.kind == "appears"} == {
        one.day for one in back.days if one.kind == "vanishes"
    }
    assert as_text(Told(there, "x"))
    assert as_json(Told(there, "x"))


@settings(max_examples=30)
@given(sides())
def test_nothing_lies_between_a_thing_and_itself(side: Side) -> None:
    assert impact_of(side, side) == Impact()


@given(WORDS, WORDS)
def test_the_steps_give_both_texts_back(old: list[str], new: list[str]) -> None:
    steps = words_compared(" ".join(old), " ".join(new))
    assert " ".join(words for kind, words in steps if kind != "added").split() == old
    assert " ".join(words for kind, words in steps if kind != "dropped").split() == new
    assert all(old[before] == new[after] for before, after in kept_words(steps).items())
