"""Relative dates: what is counted, by which convention, and what is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.dates import read_date
from build_tools.relative import resolve, sunday_of

SATURDAY = date(1962, 11, 3)


@pytest.mark.parametrize(
    ("words", "edtf", "assumption"),
    [
        ("earlier this week", "1962-10-28/1962-11-03", "Sunday to Saturday"),
        ("next week", "1962-11-04/1962-11-10", "Sunday to Saturday"),
        ("last week", "1962-10-21/1962-10-27", "Sunday to Saturday"),
        ("the last three weeks", "1962-10-13/1962-11-03", "whole days"),
        ("within\n the past 10 days", "1962-10-24/1962-11-03", "whole days"),
        ("in the next few weeks", "1962-11-03/1962-11-24~", "how many is not said"),
        ("within the next couple of days", "1962-11-03/1962-11-05~", "how many is not said"),
        ("two months ago", "1962-09-04", "thirty days"),
        ("a week ago", "1962-10-27", "whole days"),
        ("this weekend", "1962-11-03/1962-11-04", "Saturday and Sunday"),
        ("Yesterday", "1962-11-02", "the day of writing"),
        ("tonight", "1962-11-03", "the day of writing"),
        ("next month", "1962-12", "calendar month"),
        ("last month", "1962-10", "calendar month"),
    ],
)
def test_what_is_counted(words: str, edtf: str, assumption: str) -> None:
    found = resolve(words, SATURDAY)
    assert found is not None
    assert found.edtf == edtf
    assert assumption in found.assumption


@pytest.mark.parametrize(
    "words", ["these negotiations", "now, or at any future time", "", "last weak", "the next step"]
)
def test_what_is_left_alone(words: str) -> None:
    assert resolve(words, SATURDAY) is None


@pytest.mark.parametrize(
    ("words", "anchor"), [("last week", date.min), ("next month", date.max), ("999 weeks ago", date(10, 1, 1))]
)
def test_nothing_is_counted_out_of_the_calendar(words: str, anchor: date) -> None:
    assert resolve(words, anchor) is None


COUNTED = st.builds(
    " ".join,
    st.tuples(st.sampled_from(["the last", "the next", "within", "past"]), st.sampled_from(["two", "7", "few"]),
              st.sampled_from(["days", "weeks", "months"])),
)  # fmt: skip


@given(
    st.one_of(COUNTED, st.sampled_from(["this week", "earlier this week", "later this week"])),
    st.dates(date(2, 1, 1), date(9990, 1, 1)),
)
def test_a_counted_span_has_the_day_of_writing_in_it(words: str, anchor: date) -> None:
    found = resolve(words, anchor)
    assert found is not None
    when = read_date(found.edtf)
    assert when.earliest <= anchor <= (when.latest or anchor)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)))
def test_next_week_follows_this_week(anchor: date) -> None:
    this, after = resolve("this week", anchor), resolve("next week", anchor)
    assert this is not None
    assert after is not None
    last = read_date(this.edtf).latest
    assert last is not None
    assert read_date(after.edtf).earliest == last + timedelta(days=1)
    assert sunday_of(anchor).weekday() == 6
