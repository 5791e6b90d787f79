"""Dates: what is read, what is refused and why, words, days, order."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from build_tools.dates import ReversedDateError, TouchedDay, day_of, days_touched, in_words, read_date


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1962-11-03", "Saturday 3 November 1962"),
        ("1962-11-03?", "probably Saturday 3 November 1962"),
        ("1962-11-03~", "about 3 November 1962"),
        ("1962-11-03%", "probably about 3 November 1962"),
        ("1962-11", "November 1962"),
        ("1962-11~", "about November 1962"),
        ("1962", "1962"),
        ("1962-21", "spring 1962"),
        ("1962-24", "winter 1962"),
        ("1962-10-28/1962-11-03", "28 October – 3 November 1962"),
        ("1962-11-01/1962-11-03", "1–3 November 1962"),
        ("1962-11-03/1962-11-03", "3 November 1962"),
        ("1962-10-28/1963-01-07", "28 October 1962 – 7 January 1963"),
        ("1962-10-14~/1962-11-03", "about 14 October – 3 November 1962"),
        ("1962-11-03/1962-11~", "3 November 1962 – about November 1962"),
        ("1962-10/1962-11", "October – November 1962"),
        ("1962/1963", "1962 – 1963"),
        ("1962-11-03/..", "from 3 November 1962"),
        ("../1962-11-03", "until 3 November 1962"),
        ("/1962-11-03", "until 3 November 1962"),
        ("1962-10-XX", "a day in October 1962"),
        ("196X", "the 1960s"),
        ("156X-12-25", "between 25 December 1560 and 25 December 1569"),
        ("[1962-10-27,1962-10-28]", "27 October 1962 or 28 October 1962"),
        ("{1962-10-27,1962-10-28,1962-11}", "27 October 1962, 28 October 1962 and November 1962"),
        ("[..1962-10-27]", "on or before 27 October 1962"),
        ("[1962-10-27..]", "on or after 27 October 1962"),
        ("[1962-10-27..1962-10-30]", "between 27 October 1962 and 30 October 1962"),
        ("?1962-10-27", "probably Saturday 27 October 1962"),
        ("1962-10-27T22:15:00", "Saturday 27 October 1962, 22:15"),
        ("1962-10-27T22:15:00Z", "Saturday 27 October 1962, 22:15 UTC"),
        ("1962-10-27T22:15:30-04:00", "Saturday 27 October 1962, 22:15:30 UTC−04:00"),
    ],
)
def test_words(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


def test_the_time_beside_the_date_is_kept() -> None:
    sent = read_date("1962-10-31", time="12:46", zone="Washington", as_written="31 Oct")
    assert (sent.time, sent.zone, sent.as_written) == ("12:46", "Washington", "31 Oct")
    assert in_words(sent) == "Wednesday 31 October 1962, 12:46 Washington"


@pytest.mark.parametrize(
    ("edtf", "why"),
    [
        ("", "no date"),
        ("1962-02-30", "February 1962 has 28 days"),
        ("1962-11-31", "November 1962 has 30 days"),
        ("1962-13", "no month 13"),
        ("1962-11-00", "not a day 0"),
        ("0000", "no year 0"),
        ("0000-05-01", "no year 0"),
        ("-0044", "beyond the years"),
        ("Y17000", "beyond the years"),
        ("Y17E90", "beyond the years"),
        ("XXXX", "beyond the years"),
        ("1962-10-27 ", "blanks"),
        ("27 October 1962", "blanks"),
        ("..", "not a date"),
        ("/", "no end"),
        ("../..", "no end"),
        ("1962/1963/1964", "more than two ends"),
        ("[1962", "not closed"),
        ("[]", "not closed"),
        ("{1962,}", "empty member"),
        ("1962-10-27T25:00:00", "no such time"),
        ("1962-10-27T22:15", "not a date"),
        ("1962-11-31/..", "30 days"),
        ("1" * 201, "too long"),
        ("١٩٦٢-١٠-٢٧", "not a date"),
        ("1962‑10‑27", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(edtf: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(edtf)


@pytest.mark.parametrize("edtf", ["1962-10-31/1962-10-01", "1963/1962-11", "[1962-10-31..1962-10-01]"])
def test_a_span_that_ends_before_it_begins_is_refused(edtf: str) -> None:
    with pytest.raises(ReversedDateError, match="ends before it begins"):
        read_date(edtf)


@pytest.mark.parametrize("time", ["24:00", "7:00", "12.46", "12:60", "noon"])
def test_what_is_no_time_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        read_date("1962-10-31", time=time)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1962-02", (1962, 2, 1), (1962, 2, 28)),
        ("1964-02", (1964, 2, 1), (1964, 2, 29)),
        ("1962-22", (1962, 6, 1), (1962, 8, 31)),
        ("1963-24", (1963, 12, 1), (1964, 2, 29)),
        ("9999-24", (9999, 12, 1), (9999, 12, 31)),
        ("1962-10-14~/1962-11", (1962, 10, 14), (1962, 11, 30)),
        ("1962-XX", (1962, 1, 1), (1962, 12, 31)),
    ],
)
def test_bounds(edtf: str, earliest: tuple[int, int, int], latest: tuple[int, int, int]) -> None:
    found = read_date(edtf)
    assert (found.earliest, found.latest) == (date(*earliest), date(*latest))


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("1962-11-03", [("1962-11-03", "")]),
        ("1962-11-03?", [("1962-11-03", "probably")]),
        ("1962-11", []),
        ("1962-10-28/1962-11-03", [("1962-10-28", ""), ("1962-11-03", "")]),
        ("1962-10-01/1962-10-31", [("1962-10-01", ""), ("1962-10-31", "")]),
        ("1962-10-01/1962-11-01", []),
        ("1962-11-03/..", [("1962-11-03", "")]),
        ("1962-10-14~/1962-11-03", [("1962-10-14", "about"), ("1962-11-03", "")]),
        ("[1962-10-27,1962-10-28]", [("1962-10-27", "probably"), ("1962-10-28", "probably")]),
        ("{1962-10-27,1962-11}", [("1962-10-27", "")]),
    ],
)
def test_days_touched(edtf: str, days: list[tuple[str, str]]) -> None:
    assert days_touched(read_date(edtf)) == tuple(TouchedDay(*day) for day in days)


def test_order() -> None:
    written = [
        "1962-11-03/..",
        "1962-11",
        "1962-10-27T22:15:00",
        "1962-10-27T06:00:00",
        "1962",
        "../1962-10",
        "1962-10-27",
    ]
    ordered = sorted(written, key=lambda text: read_date(text).sort_key())
    assert ordered == [
        "../1962-10",
        "1962",
        "1962-10-27",
        "1962-10-27T06:00:00",
        "1962-10-27T22:15:00",
        "1962-11",
        "1962-11-03/..",
    ]


def test_only_a_day_is_a_day() -> None:
    assert day_of("1962-11-03") == date(1962, 11, 3)
    assert [day_of(text) for text in ("1962-11-31", "1962-11", "1962-11-03?", "", "1962-11-03#x")] == [None] * 5


def test_plain_dates_do_not_load_the_parser() -> None:
    code = (
        "import sys; from build_tools.dates import in_words; in_words('1962-10-28/1962-11-03'); in_words('1962-11~');"
        "assert 'edtf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
