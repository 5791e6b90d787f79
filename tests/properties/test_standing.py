"""The state on a day, recomputed a naive second way: look at every step of every commitment, on every day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.dates import read_date
from build_tools.identifiers import Reference
from build_tools.model import Archive, Commitment, Edition, FateStep, Record, Status
from build_tools.standing import STATUSES, last_status, standing_of

FIRST = date(1962, 10, 20)
EDITION = Edition(
    title="", headline="", lead="", publisher="", editors=(), licence="", licence_url="", base_iri="", edition="",
    date="2001-01-31", description="",
)  # fmt: skip
days = st.integers(0, 40).map(lambda after: (FIRST + timedelta(days=after)).isoformat())
marked = st.builds(lambda day, mark: day + mark, days, st.sampled_from(["", "?", "~", "%"]))
spans = st.builds(lambda one, other: "/".join(sorted((one, other))), days, days)
dates = st.one_of(
    marked, spans, st.just("1962-10"), st.just("1962-11~"), st.just("1962"),
    days.map(lambda day: f"{day}/.."), days.map(lambda day: f"../{day}"), days.map(lambda day: f"[{day}..]"),
)  # fmt: skip
steps = st.builds(FateStep, date=dates, status=st.sampled_from(STATUSES), text=st.just("."), sources=st.just(()))
commitments = st.builds(
    lambda made, fate: Commitment(
        name="", kind="demand", by=(), toward=(), statement="", passages=(), dates=tuple(made), fate=tuple(fate)
    ),
    st.lists(dates, max_size=3),
    st.lists(steps, max_size=4),
)
archives = st.lists(commitments, max_size=5).map(
    lambda many: Archive(
        EDITION,
        commitments=tuple(
            Record(Reference("commitment", f"c{number}"), value, (), "", {}) for number, value in enumerate(many)
        ),
    )
)


def has_come(edtf: str, day: date) -> bool:
    """Whether it has certainly come about by the end of the day."""
    when = read_date(edtf)
    if when.latest:
        return when.latest <= day
    return edtf[0] != "[" and date.fromisoformat(edtf[:10]) <= day


def naive(value: Commitment, day: date) -> Status | None:
    """None if it is not known to have been made by then."""
    come = [step.status for step in value.fate if has_come(step.date, day)]
    if come:
        return come[-1]
    return "open" if any(has_come(made, day) for made in value.dates) else None


@given(archives)
@settings(deadline=None)
def test_every_state_on_every_day_is_what_a_look_at_all_steps_says(archive: Archive) -> None:
    standing = standing_of(archive)
    changed = {day.day: day for day in standing.days}
    before: dict[str, Status] = {}
    every = sorted({*changed, *(FIRST + timedelta(days=after) for after in range(-1, 80))})
    for day in every:
        expected = {
            record.id: status for record in archive.commitments if (status := naive(record.value, day)) is not None
        }
        states = {state.commitment: state.status for state in standing.states_on(day)}
        assert states == expected
        if day in changed:
            assert changed[day].counts == {one: n for one in STATUSES if (n := list(expected.values()).count(one))}
            told = {one.commitment: (one.before, one.after) for one in changed[day].changed}
            assert all(told[name] == (before.get(name, ""), expected[name]) for name in told)
        else:
            told = {}
        assert all(before.get(name) == status for name, status in expected.items() if name not in told)
        before = expected


@given(archives)
@settings(deadline=None)
def test_after_the_last_day_stands_what_the_record_ends_with(archive: Archive) -> None:
    standing = standing_of(archive)
    unplaced = {name for name, _ in standing.unplaced}
    last = {state.commitment: state.status for state in standing.states_on(date.max)}
    for record in archive.commitments:
        if record.id not in unplaced and record.id in last:
            assert last[record.id] == last_status(record.value)


@given(archives)
@settings(deadline=None)
def test_what_may_have_come_about_is_neither_sure_nor_impossible(archive: Archive) -> None:
    standing = standing_of(archive)
    for day in standing.days:
        for state in standing.states_on(day.day):
            for one in state.possible:
                when = read_date(one.edtf)
                assert when.earliest <= day.day
                assert not has_come(one.edtf, day.day)
