"""Selectors: one place or the reason why not, under the published rule."""

from __future__ import annotations

import time
import unicodedata

import pytest

from build_tools.selectors import Ambiguous, NotFound, Span, find

TEXT = "In my letter of October 27 I wrote “a clear acceptance”. My proposal of October 27 stands."


def words(text: str, *selector: str) -> str:
    span = find(text, *selector)
    assert isinstance(span, Span), span
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "exact", "found"),
    [
        (TEXT, "a clear acceptance", "a clear acceptance"),
        (TEXT, '"a clear acceptance"', "“a clear acceptance”"),
        (TEXT, "October 27\n  stands", "October 27 stands"),
        (TEXT, "  stands. ", "stands."),
        ("of  it\u00a0 is", "of it is", "of  it\u00a0 is"),
        ("Cafe\u0301 de Paris", "Café de", "Cafe\u0301 de"),
        ("Café de Paris", "Cafe\u0301 de", "Café de"),
        ("the Soviets' aims", "Soviets’ aims", "Soviets' aims"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
        ("שלום עולם", "עולם", "עולם"),
        ("x\u0323\u0301 y", "x\u0301\u0323", "x\u0323\u0301"),
        ("a b", "a b", "a b"),
    ],
)
def test_what_the_rule_folds(text: str, exact: str, found: str) -> None:
    assert words(text, exact) == found


@pytest.mark.parametrize(("text", "exact"), [("Cuba", "cuba"), ("Cuba.", "Cuba,"), ("a—b", "a-b"), ("ﬁx", "fix")])
def test_what_the_rule_does_not_fold(text: str, exact: str) -> None:
    assert isinstance(find(text, exact), NotFound)


def test_prefix_and_suffix_decide_whether_set_off_or_not() -> None:
    assert find(TEXT, "October 27", "letter of ") == Span(16, 26)
    assert find(TEXT, "October 27", "letter of") == Span(16, 26)
    assert find(TEXT, "October 27", suffix="stands") == Span(72, 82)
    assert words(TEXT, "a", "“") == "a"


def test_two_places_are_named_with_the_least_prefix_for_each() -> None:
    found = find(TEXT, "October 27")
    assert isinstance(found, Ambiguous)
    assert found.places == (Span(16, 26), Span(72, 82))
    assert found.prefixes == ("letter of", "proposal of")
    assert found.deciding_prefix == "letter of"


def test_a_place_at_the_beginning_has_no_deciding_prefix() -> None:
    found = find("no, no", "no")
    assert isinstance(found, Ambiguous)
    assert found.prefixes == ("", "no,")


@pytest.mark.parametrize("exact", ["", " ", "\n\t", "\u00a0"])
def test_nothing_is_found_by_nothing(exact: str) -> None:
    assert find(TEXT, exact) == NotFound("empty")


def test_the_nearest_text_and_the_words_apart() -> None:
    found = find(TEXT, "my proposal from October 27 stands")
    assert isinstance(found, NotFound)
    assert found.reason == "words differ"
    assert found.nearest == "My proposal of October 27 stands"
    assert found.differences == (("my", "My"), ("from", "of"))


def test_a_slip_in_a_single_word() -> None:
    found = find(TEXT, "acceptence")
    assert isinstance(found, NotFound)
    assert found.nearest == "acceptance"


def test_right_words_in_the_wrong_context() -> None:
    found = find(TEXT, "October 27", "message of")
    assert isinstance(found, NotFound)
    assert found.reason == "context differs"
    assert "October 27" in found.nearest


def test_nothing_like_it() -> None:
    assert find(TEXT, "quite another thing entirely") == NotFound("nothing like it")
    assert find("", "words") == NotFound("nothing like it")


@pytest.mark.parametrize(
    "exact",
    ["zzz qqq", "ipsum dolot sit", "a" * 20_000, "lorem", "e", "ipsum dolor sit amet lorem lorem", "é" * 5000],
)
def test_the_time_grows_with_the_text_and_no_faster(exact: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        find(text, exact)
        return time.process_time() - started

    once = "lorem  ipsum “dolor” sit ame\u0301t " * 4000
    short = min(seconds(once + str(n)) for n in range(3))
    long = min(seconds(once * 8 + str(n)) for n in range(3))
    assert long < 8 * 4 * short + 0.1


def test_repeated_letters_are_not_slow() -> None:
    started = time.process_time()
    assert isinstance(find("a" * 2_000_000, "a" * 20_000 + "b"), NotFound)
    assert isinstance(find("a" * 2_000_000, "a" * 20_000), Ambiguous)
    assert isinstance(find("\u0301" * 200_000, "\u0301" * 20_000 + "b"), NotFound)
    assert time.process_time() - started < 10


def test_every_mark_that_can_be_composed_is_taken_with_its_letter() -> None:
    for point in range(0x110000):
        letter = chr(point)
        apart = unicodedata.normalize("NFD", letter)
        if apart != letter and unicodedata.normalize("NFC", apart) == letter:
            assert find(f"a {apart} b", letter) == Span(2, 2 + len(apart)), hex(point)
