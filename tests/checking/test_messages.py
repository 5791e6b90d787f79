"""Numbers of messages: one, in the order of their dates; addresses that belong to other pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linking.sources import LETTER, faults

TELEGRAM = '---\nname: T\nform: telegram\nholding: calendared\nseries: {}\nnumber: "{}"\nsent: {{date: "{}"}}\n---\n'


def telegrams(*dates: str, series: str = "state-usun") -> dict[str, str]:
    return LETTER | {f"messages/t{n}.md": TELEGRAM.format(series, n, date) for n, date in enumerate(dates, 1)}


def test_a_date_that_runs_against_the_numbers_names_both_neighbours(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, telegrams("1962-10-29", "1962-10-30", "1962-10-28", "1962-10-31"))
    assert problem.code == "number-out-of-order"
    assert problem.location.path == "sources/messages/t3.md"
    assert "2 before it (sources/messages/t2.md) of Tuesday 30 October 1962" in problem.message
    assert "4 after it (sources/messages/t4.md) of Wednesday 31 October 1962" in problem.message


def test_a_year_that_its_series_had_not_begun(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, telegrams("1962-10-29", "1962-10-30", "1961"))
    assert problem.code == "number-out-of-order"
    assert "dated 1961" in problem.message


def test_order_is_asked_within_a_series_only(tmp_path: Path) -> None:
    other = TELEGRAM.format("usun-state", 9, "1962-01-01")
    assert faults(tmp_path, telegrams("1962-10-29", "1962-10-30") | {"messages/other.md": other}) == []


@pytest.mark.parametrize("number", ["1159, 1166", "1159 and 1166", "#1159", "no. 3", "1/2"])
def test_what_is_not_one_number(tmp_path: Path, number: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {"messages/t.md": TELEGRAM.format("state-usun", number, "1962-10-29")})
    assert problem.code == "bad-number"
    assert repr(number) in problem.message


def test_a_series_is_an_address(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, telegrams("1962-10-29", series="State to USUN"))
    assert problem.code == "bad-identifier"


@pytest.mark.parametrize(
    "path", ["messages/traffic.md", "messages/series.md", "messages/1147.md", "messages/unnumbered.md"]
)
def test_addresses_of_other_pages(tmp_path: Path, path: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {path: TELEGRAM.format("state-usun", 1, "1962-10-29")})
    assert problem.code == "reserved-address"


@pytest.mark.parametrize("path", ["terms/compare.md", "people/by-initial.md"])
def test_so_for_registers(tmp_path: Path, path: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {path: "---\nname: N\n---\n"})
    assert problem.code == "reserved-address"
