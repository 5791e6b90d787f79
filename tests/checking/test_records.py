"""Dates that are none, numbers that name two messages or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linking.sources import LETTER, document, faults

MESSAGE = "---\nname: M\nform: telegram\nholding: known from a citation\n{}---\n"


def message(front: str) -> str:
    return MESSAGE.format(front)


@pytest.mark.parametrize(
    ("sent", "code", "said"),
    [
        ('{date: "1962-02-30"}', "bad-date", "February 1962 has 28 days"),
        ('{date: "1962-13"}', "bad-date", "no month 13"),
        ('{date: "0000"}', "bad-date", "no year 0"),
        ('{date: ".."}', "bad-date", "not a date"),
        ('{date: "1962-11-31/1962-11-01"}', "bad-date", "30 days"),
        ('{date: "1962-11-30/1962-11-01"}', "reversed-date", "ends before it begins"),
        ('{date: "1962-10-31", time: "25:00"}', "bad-date", "not a time of day"),
    ],
)
def test_dates_of_records(tmp_path: Path, sent: str, code: str, said: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {"messages/m.md": message(f"sent: {sent}\n")})
    assert problem.code == code
    assert said in problem.message
    assert problem.location.line == 5


def test_a_reversed_span_of_an_edition(tmp_path: Path) -> None:
    body = '<p xml:id="p1"><lb n="1"/><date from="1962-10-28" to="1962-10-27">two days</date></p>'
    (problem,) = faults(tmp_path, LETTER | document(body, "two days"))
    assert problem.code == "reversed-date"


def test_a_bare_number_names_nothing(tmp_path: Path) -> None:
    front = 'number: "1147"\nsent: {date: "1962-10-31"}\n'
    (problem,) = faults(tmp_path, LETTER | {"messages/m.md": message(front)})
    assert problem.code == "number-without-series"


def test_a_number_of_a_series_is_borne_once(tmp_path: Path) -> None:
    fronts = {name: f'series: {series}\nnumber: "1147"\nsent: {{date: "1962-10-31"}}\n' for name, series in SERIES}
    files = {f"messages/{name}.md": message(front) for name, front in fronts.items()}
    (problem,) = faults(tmp_path, LETTER | files)
    assert problem.code == "number-taken"
    assert problem.location.path == "sources/messages/n.md"
    assert "'m' (sources/messages/m.md)" in problem.message


SERIES = [("m", "state-usun"), ("n", "state-usun"), ("o", "state-moscow")]
