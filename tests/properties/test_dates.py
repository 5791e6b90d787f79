"""Whatever the text: a date or a ValueError; bounds in order; days within the bounds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.dates import HistoricalDate, day_of, days_touched, in_words, moment_of, read_date, shown_at

marks = st.sampled_from(["", "?", "~", "%"])
days = st.dates().map(date.isoformat)
plain = st.builds(lambda day, length, mark: day[:length] + mark, days, st.sampled_from([4, 7, 10]), marks)
ends = st.one_of(plain, st.just(".."), st.just(""))
spans = st.builds(lambda one, other: f"{one}/{other}", ends, ends)
anything = st.one_of(plain, spans, st.text("0123456789-/.?~%XTZ:,[]{}YSE ", max_size=25), st.text(max_size=12))


def read(text: str) -> HistoricalDate | None:
    try:
        return read_date(text)
    except ValueError:
        return None


@given(st.dates(), marks)
def test_a_day_is_itself(day: date, mark: str) -> None:
    found = read_date(day.isoformat() + mark)
    assert found.earliest == found.latest == day == day_of(day.isoformat())
    assert [touched.day for touched in days_touched(found)] == [day.isoformat()]
    assert str(day.year) in in_words(found)


@given(anything)
@settings(deadline=None)
def test_a_date_or_a_reason(text: str) -> None:
    found = read(text)
    if found is None:
        return
    assert found.edtf == text
    assert found.latest is None or found.earliest <= found.latest
    assert in_words(found)
    for touched in days_touched(found):
        day = date.fromisoformat(touched.day)
        assert found.earliest <= day
        assert found.latest is None or day <= found.latest


@given(plain, plain)
def test_a_span_is_read_if_and_only_if_it_does_not_run_backwards(start: str, end: str) -> None:
    first, last = read_date(start), read_date(end)
    found = read(f"{start}/{end}")
    assert last.latest is not None
    assert (found is not None) == (first.earliest <= last.latest)
    if found:
        assert (found.earliest, found.latest) == (first.earliest, last.latest)


@given(st.lists(anything, max_size=6))
@settings(deadline=None)
def test_dates_can_always_be_sorted(texts: list[str]) -> None:
    found = [one for text in texts if (one := read(text))]
    ordered = sorted(found, key=HistoricalDate.sort_key)
    assert [one.earliest for one in ordered] == sorted(one.earliest for one in found)


@given(st.lists(plain, min_size=2, max_size=6))
def test_order_is_one_of_days_and_a_broader_date_does_not_come_before_a_narrower_that_begins_earlier(
    texts: list[str],
) -> None:
    found = sorted(map(read_date, texts), key=HistoricalDate.sort_key)
    for earlier, later in pairwise(found):
        assert earlier.earliest <= later.earliest
        if earlier.earliest == later.earliest:
            assert (earlier.latest or date.max) <= (later.latest or date.max)


@given(plain, plain)
def test_order_is_total_and_does_not_depend_on_who_is_asked_first(one: str, other: str) -> None:
    first, second = read_date(one).sort_key(), read_date(other).sort_key()
    assert (first < second) + (second < first) + (first == second) == 1
    assert (first == second) == (one == other)


@given(
    st.datetimes(datetime(1800, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["Moscow", "Washington", "UTC", "+03:30", "-05:00"]),
)
def test_a_moment_and_what_a_clock_shows_of_it(moment: datetime, zone: str) -> None:
    shown = shown_at(moment.replace(second=0, microsecond=0), zone)
    back = moment_of(shown.date(), f"{shown:%H:%M}", zone)
    # in the hour that is lived through twice when summer time ends, a clock cannot say which it is; and the odd seconds of
    # the local times of the nineteenth century are lost to the minute
    assert abs(back - moment) < timedelta(hours=1, minutes=2)
