"""Whatever the text: a date or a ValueError; bounds in order; days within the bounds."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.dates import HistoricalDate, day_of, days_touched, in_words, read_date

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
