"""Whatever the dates: a bracket is what a slow look at all neighbours finds, and the fewest messages are misplaced."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from build_tools.model import Message, Record
from build_tools.series import Window, brackets_of, in_series, misplaced
from tests.test_series import telegram

DAY_ONE = date(1962, 10, 20)
days = st.integers(0, 9).map(lambda number: (DAY_ONE + timedelta(days=number)).isoformat())
dated = st.one_of(
    st.tuples(days, st.sampled_from(["09:00", "15:00"])),
    st.tuples(days, st.just("")),
    st.tuples(days.map(lambda day: day + "?"), st.just("")),
    st.tuples(st.sampled_from(["1962-10", "1962", "../1962-10-25", "1962-10-22/1962-10-26"]), st.just("")),
)
series = st.lists(dated, max_size=7).map(
    lambda found: [telegram(str(number), *when) for number, when in enumerate(found, 1)]
)


@given(series)
def test_brackets_are_those_of_a_slow_look(messages: list[Record[Message]]) -> None:
    found = brackets_of(messages)
    for line in in_series(messages).values():
        for one in line:
            lower = [other.window.start for other in line if other.number < one.number and other.is_evidence]
            upper = [other.window.end for other in line if other.number > one.number and other.is_evidence]
            start = max((each for each in lower if each), default=None)
            end = min((each for each in upper if each), default=None)
            if one.is_exact or not (start or end):
                assert one.id not in found
                continue
            between = Window(start, end)
            both = one.window.narrowed(between)
            expected = both if one.is_sure and not both.is_empty else between
            assert found[one.id].window == expected
            assert bool(found[one.id].after) == bool(start)
            assert bool(found[one.id].before) == bool(end)


@given(series)
def test_a_bracket_never_widens_a_sure_date_that_agrees(messages: list[Record[Message]]) -> None:
    lines = in_series(messages)
    sure = {one.id: one for line in lines.values() for one in line if one.is_sure}
    for one in brackets_of(messages).values():
        if one.message in sure and not one.contradicts and not one.window.is_empty:
            assert one.window.narrowed(sure[one.message].window) == one.window


@given(series)
def test_the_fewest_are_misplaced(messages: list[Record[Message]]) -> None:
    out = {one.message for one in misplaced(messages)}
    line = [
        one
        for line in in_series(messages).values()
        for one in line
        if one.is_evidence and one.window.start and one.window.end
    ]

    def agree(chosen: tuple[object, ...]) -> bool:
        pairs = combinations([one for one in line if one in chosen], 2)
        return all(one.window.start <= other.window.end for one, other in pairs)  # type: ignore[operator]

    assert agree(tuple(one for one in line if one.id not in out))
    fewest = next(size for size in range(len(line) + 1) if any(map(agree, combinations(line, len(line) - size))))
    assert len(out) == fewest
