"""Serial dating: what neighbours say, what they cannot, and which numbers run against their dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from build_tools.identifiers import Reference
from build_tools.model import DateGiven, Message, Record, Source
from build_tools.series import Misplaced, brackets_of, misplaced, number_of
from build_tools.site import load
from tests.published import ROOT

FOUND = Source(grade="A", work="calendar")
INFERRED = Source(grade="C", remark="by its number")


def telegram(
    number: str,
    date: str,
    time: str = "",
    *,
    series: str = "state-usun",
    zone: str = "Washington",
    source: Source = FOUND,
) -> Record[Message]:
    sent = DateGiven(date=date, time=time, zone=zone if time else "", sources=(source,))
    value = Message(
        name=f"Telegram {number}", form="telegram", holding="calendared", series=series, number=number, sent=sent
    )
    return Record(Reference("message", f"{series}-{number}"), value, (), f"sources/messages/{series}-{number}.md", {})


def test_1159_lies_between_1158_and_1166() -> None:
    archive = load(ROOT / "sources").archive
    assert archive is not None
    found = brackets_of(archive.messages)["state-usun-1159"]
    assert (found.after, found.before) == ("state-usun-1158", "state-usun-1166")
    assert found.window.start == datetime(1962, 11, 1, 20)  # 3 p.m. in Washington, in winter time
    assert found.window.end == datetime(1962, 11, 2, 4, 59, 59)  # the end of 1 November there
    assert (found.missing_before, found.missing_after) == (0, 6)
    assert found.says_more
    assert not found.contradicts


def test_the_archive_has_no_number_out_of_order() -> None:
    archive = load(ROOT / "sources").archive
    assert archive is not None
    assert misplaced(archive.messages) == ()


def test_what_was_found_from_numbers_is_no_evidence_for_numbers() -> None:
    messages = [
        telegram("1", "1962-11-01", "09:00"),
        telegram("2", "1962-11-01", "10:00", source=INFERRED),
        telegram("3", "1962-11-01"),
        telegram("4", "1962-11-01?", "11:00"),
    ]
    found = brackets_of(messages)["state-usun-3"]
    assert (found.after, found.before) == ("state-usun-1", "")


def test_a_message_whose_hour_is_known_needs_no_bracket() -> None:
    assert set(brackets_of([telegram("1", "1962-11-01", "09:00"), telegram("2", "1962-11-01")])) == {"state-usun-2"}


def test_a_doubtful_date_does_not_narrow_and_can_be_contradicted() -> None:
    messages = [telegram("1", "1962-11-01", "09:00"), telegram("2", "1962-11-08?"), telegram("3", "1962-11-02")]
    found = brackets_of(messages)["state-usun-2"]
    assert found.contradicts
    assert found.says_more
    assert found.window.end == datetime(1962, 11, 3, 4, 59, 59)


def test_one_number_in_two_series_says_nothing_across() -> None:
    messages = [telegram("7", "1962-11-01"), telegram("8", "1962-10-01", series="usun-state")]
    assert brackets_of(messages) == {}
    assert misplaced(messages) == ()


def test_the_misplaced_one_is_named_with_both_neighbours() -> None:
    dates = {"1": "1962-10-29", "2": "1962-10-30", "3": "1962-10-28", "4": "1962-10-31", "5": "1962-10-31"}
    found = misplaced([telegram(number, date) for number, date in dates.items()])
    assert found == (Misplaced("state-usun-3", "state-usun-2", "state-usun-4"),)


def test_clocks_are_compared_in_one_time() -> None:
    messages = [
        telegram("1", "1962-11-01", "23:30", zone="Washington"),
        telegram("2", "1962-11-02", "05:00", zone="Moscow"),
    ]
    assert misplaced(messages) == (Misplaced("state-usun-1", "", "state-usun-2"),)


def test_one_that_stands_before_its_series_began_is_misplaced() -> None:
    found = misplaced([telegram("1", "1962-10-29"), telegram("2", "1962-10-30"), telegram("3", "1961-10-31")])
    assert found == (Misplaced("state-usun-3", "state-usun-2", ""),)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1159", 1159),
        ("#1159", None),
        ("55515-62", 55515),
        ("12a", 12),
        ("", None),
        ("13, 14", None),
        ("traffic", None),
    ],
)
def test_a_number_is_read_or_is_none(number: str, expected: int | None) -> None:
    assert number_of(telegram(number, "1962-11-01").value) == expected


def test_a_thousand_dated_alike_are_in_order() -> None:
    many = [telegram(str(number), "1962") for number in range(1000)]
    assert misplaced([*many, telegram("2000", "1961")]) == (Misplaced("state-usun-2000", "state-usun-999", ""),)


def test_a_date_found_from_the_numbers_shows_them_as_its_evidence() -> None:
    messages = [
        telegram("1", "1962-11-02"),
        telegram("2", "1962-11-02/1962-11-04", source=INFERRED),
        telegram("3", "1962-11-05"),
    ]
    found = brackets_of(messages)["state-usun-2"]
    assert found.window == found.own
    assert found.says_more
    assert not brackets_of([telegram("1", "1962-11-02"), telegram("2", "1962-11-02")])["state-usun-2"].says_more
