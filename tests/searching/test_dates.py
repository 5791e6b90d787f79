"""Dates in search: found and shown with the doubt they have, ordered by their earliest day, and never as another day."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.dates import in_words, read_date
from build_tools.model import Archive
from build_tools.searching.entries import dates_in_words, search_entries
from build_tools.searching.pagefind import as_indexed_html

DOUBTFUL = {
    "1962-11-03~": "about 3 November 1962",
    "1962-10?": "probably October 1962",
    "1962-11-01/..": "from 1 November 1962",
    "../1962-11": "until November 1962",
    "1962-11-XX": "a day in November 1962",
    "1962-11-03%": "probably about 3 November 1962",
    "[1962-11-03,1962-11-05]": "3 November 1962 or 5 November 1962",
}


@pytest.mark.parametrize(("edtf", "words"), DOUBTFUL.items())
def test_a_doubtful_date_is_shown_with_its_doubt(example: Archive, edtf: str, words: str) -> None:
    """Of a document, a message, an event and a commitment alike."""
    (document, *_), (message, *_) = example.documents, example.messages
    (event, *_), (commitment, *_) = example.events, example.commitments
    archive = replace(
        example,
        documents=(replace(document, header=replace(document.header, date=edtf)),),
        messages=(replace(message, value=replace(message.value, sent=replace(message.value.sent, date=edtf))),),
        events=(replace(event, value=replace(event.value, when=replace(event.value.when, date=edtf))),),
        commitments=(replace(commitment, value=replace(commitment.value, dates=(edtf,), fate=())),),
    )
    dated = [one for one in search_entries(archive) if one.kind in {"document", "message", "event", "commitment"}]
    assert [one.dates for one in dated] == [(words,)] * 4
    for one in dated:
        html = as_indexed_html(one)
        assert f'<p data-pagefind-meta="date">{words}</p>' in html
        assert "data-pagefind-filter" not in html, "a filter would need a day, or a month, that is sure"
        assert "data-pagefind-sort" not in html


def test_the_earliest_is_told_first_and_the_doubtful_after_the_certain() -> None:
    dates = ("1962-11-03~", "1962-11", "1962-11-03", "1962-10?", "1962-11-03", "")
    assert dates_in_words(dates) == (
        "probably October 1962",
        "November 1962",
        "Saturday 3 November 1962",
        "about 3 November 1962",
    )


days = st.dates().map(lambda day: day.isoformat())
marked = st.builds(lambda day, mark: day + mark, days, st.sampled_from(["?", "~", "%"]))
doubtful = st.one_of(
    marked,
    days.map(lambda day: f"{day}/.."),
    days.map(lambda day: f"../{day}"),
    days.map(lambda day: day[:7]),
    days.map(lambda day: f"{day[:7]}-XX"),
    days.map(lambda day: day[:4]),
    st.tuples(days, days).filter(lambda both: both[0] != both[1]).map(lambda both: f"[{both[0]},{both[1]}]"),
)


@given(st.lists(st.one_of(days, doubtful)), doubtful)
def test_no_uncertain_date_is_ever_shown_as_a_certain_day(others: list[str], edtf: str) -> None:
    when = read_date(edtf)
    certain = {in_words(day) for day in (when.earliest.isoformat(), (when.latest or when.earliest).isoformat())}
    assert in_words(when) not in certain
    found = dates_in_words([*others, edtf])
    assert in_words(when) in found
    assert {one for one in certain if one in found} <= {in_words(other) for other in others}


@given(st.lists(st.one_of(days, doubtful)))
def test_the_order_is_that_of_the_earliest_days(dates: list[str]) -> None:
    ordered = sorted(map(read_date, dates), key=lambda one: one.sort_key())
    assert [one.earliest for one in ordered] == sorted(one.earliest for one in ordered)
    for one, other in pairwise(ordered):
        if (one.earliest, one.latest) == (other.earliest, other.latest):
            assert (one.uncertain or one.approximate) <= (other.uncertain or other.approximate)
