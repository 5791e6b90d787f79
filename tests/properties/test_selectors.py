"""A selector hits its own words, and after the text was changed the right place or none: never another."""

from __future__ import annotations

import random
import re
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from build_tools.selectors import Ambiguous, NotFound, Span, find

letters = st.text("ab cé'\"“”‘’.\n\u00a0\u0301\u0323ß한가\u1100\u1161\u11a8שE", max_size=60)
SEED = 19621103
WORDS = [
    "the",
    "weapons",
    "which",
    "you",
    "describe",
    "as",
    "‘offensive’",
    "of",
    "October",
    "27",
    "Caf\u0065\u0301",
    "and",
]


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(letters)
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


@given(texts_with_spans())
@settings(max_examples=2000, deadline=None)
def test_words_of_the_text_are_found_in_it(case: tuple[str, int, int]) -> None:
    text, start, end = case
    exact = text[start:end]
    # a piece that begins with a mark, or is followed by one, is not made of whole letters
    assume(exact.strip() and not joins(exact.lstrip()[0]) and not joins(text[end : end + 1]))
    found = find(text, exact)
    assert not isinstance(found, NotFound)
    for place in found.places if isinstance(found, Ambiguous) else (found,):
        assert matches(text[place.start : place.end], exact)


def matches(one: str, other: str) -> bool:
    """The published rule, written out a second way."""
    straight = [
        re.sub("[‘’‚‛]", "'", re.sub("[“”„‟]", '"', unicodedata.normalize("NFC", text))) for text in (one, other)
    ]
    return straight[0].split() == straight[1].split()


def joins(character: str) -> bool:
    return bool(character) and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff")


@given(letters, letters.filter(str.strip))
@settings(max_examples=2000, deadline=None)
def test_what_is_found_is_what_was_sought(text: str, exact: str) -> None:
    found = find(text, exact)
    if isinstance(found, Span):
        assert matches(text[found.start : found.end], exact)
    elif isinstance(found, Ambiguous):
        assert len(found.places) == len(found.prefixes) > 1
        for place, prefix in zip(found.places, found.prefixes, strict=True):
            assert matches(text[place.start : place.end], exact)
            if prefix:
                assert find(text, exact, prefix) == place


def test_two_thousand_edits_never_lead_to_a_wrong_place() -> None:
    """With as much context as its neighbours give, an anchor survives an edit elsewhere, or is refused."""
    chance = random.Random(SEED)
    survived = refused = 0
    for _ in range(2000):
        words = [chance.choice(WORDS) for _ in range(60)]
        words[30] = f"unique{chance.randrange(10**6)}"
        text = " ".join(words)
        first = chance.randrange(10, 30)
        exact = " ".join(words[first : first + 3])
        before, after = " ".join(words[:first]), " ".join(words[first + 3 : 60])
        offset = len(before) + 1
        assert find(text, exact, before, after) == Span(offset, offset + len(exact))
        edited, moved = edit(text, chance)
        found = find(edited, exact, " ".join(words[first - 4 : first]), " ".join(words[first + 3 : 34]))
        if isinstance(found, Span):
            assert found == Span(moved(offset), moved(offset + len(exact) - 1) + 1)
            survived += 1
        else:
            refused += 1
    assert survived > 500
    assert refused > 200


def edit(text: str, chance: random.Random):
    """The text with a random stretch replaced, and where an offset outside of it has moved to."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randrange(12))
    put = chance.choice(["", "x", " ", "the weapons which ", "’"])
    edited = text[:start] + put + text[end:]
    return edited, lambda at: at if at < start else at - (end - start) + len(put)
