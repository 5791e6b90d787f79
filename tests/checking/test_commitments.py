"""Parties, circles, fates."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from build_tools.checking.commitments import circles
from build_tools.identifiers import LISTS_OF_COMMITMENTS
from tests.linking.sources import LETTER, commitment, faults

SOURCE = "sources: [{grade: A, document: letter, at: p1}]"


def step(date: str, status: str = "met") -> str:
    return f'{{date: "{date}", status: {status}, text: Done., {SOURCE}}}'


@pytest.mark.parametrize(
    ("field", "code"), [("by", "commitment-without-party"), ("passages", "commitment-without-passage")]
)
def test_what_a_commitment_cannot_be_without(tmp_path: Path, field: str, code: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {"commitments/c.md": commitment(**{field: "[]"})})
    assert problem.code == code


def test_a_circle_is_printed_whole_with_its_files(tmp_path: Path) -> None:
    names = [f"c{n:02}" for n in range(40)]
    files = {
        f"commitments/{name}.md": commitment(depends_on=f"[{{commitment: {after}}}]")
        for name, after in zip(names, [*names[1:], names[0]], strict=True)
    }
    (problem,) = faults(tmp_path, LETTER | files)
    assert problem.code == "dependency-cycle"
    assert " -> ".join([*names, "c00"]) in problem.message
    assert all(f"sources/commitments/{name}.md" in problem.hint for name in names)
    assert problem.location.path == "sources/commitments/c00.md"


@pytest.mark.parametrize("sense", ["condition of", "answers"])
def test_a_commitment_may_not_hang_on_itself_in_any_sense(tmp_path: Path, sense: str) -> None:
    itself = f"[{{commitment: c, sense: {sense}}}]"
    (problem,) = faults(tmp_path, LETTER | {"commitments/c.md": commitment(depends_on=itself)})
    assert "c -> c" in problem.message


def test_two_commitments_may_answer_each_other(tmp_path: Path) -> None:
    files = {
        "commitments/c.md": commitment(depends_on="[{commitment: d, sense: answers}]"),
        "commitments/d.md": commitment(depends_on="[{commitment: c, sense: restates}]"),
    }
    assert faults(tmp_path, LETTER | files) == []


def test_every_circle_is_found_once_whatever_the_order() -> None:
    graph = {"d": ["c"], "c": ["d"], "a": ["b", "c"], "b": ["a"], "e": ["a"], "f": []}
    found = {frozenset(circle) for circle in circles(graph)}
    assert found == {frozenset("ab"), frozenset("cd")}
    assert list(circles({"b": ["c"], "c": ["a"], "a": ["b"]})) == [("a", "b", "c")]


def test_many_commitments_are_no_trouble() -> None:
    chain = {f"n{n}": [f"n{n + 1}"] for n in range(50_000)} | {"n50000": []}
    started = time.perf_counter()
    assert list(circles(chain)) == []
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("steps", "dates", "code", "said"),
    [
        (
            ["1962-11-20", "1962-11-04"],
            '["1962-10-27"]',
            "fate-out-of-order",
            "4 November 1962 stands after Tuesday 20",
        ),
        (["1962-10-20"], '["1962-10-28", "1962-10-27"]', "fate-before-commitment", "made, Saturday 27 October 1962"),
        (["1962-11-31"], '["1962-10-27"]', "bad-date", "November 1962 has 30 days"),
        (["1962-11-20/1962-11-01"], '["1962-10-27"]', "reversed-date", "ends before it begins"),
    ],
)
def test_fates(tmp_path: Path, steps: list[str], dates: str, code: str, said: str) -> None:
    fate = f"[{', '.join(map(step, steps))}]"
    (problem,) = faults(tmp_path, LETTER | {"commitments/c.md": commitment(fate=fate, dates=dates)})
    assert problem.code == code
    assert said in problem.message
    assert problem.location.path == "sources/commitments/c.md"


@pytest.mark.parametrize(
    ("statuses", "codes"),
    [
        (["met", "undertaken"], ["fate-before-commitment"]),
        (["lapsed", "stated", "undertaken", "met"], ["fate-before-commitment"]),
        (["stated", "narrowed", "undertaken", "met", "undertaken"], []),
        (["met", "lapsed"], []),
    ],
)
def test_nothing_is_kept_or_broken_before_it_is_undertaken(
    tmp_path: Path, statuses: list[str], codes: list[str]
) -> None:
    fate = f"[{', '.join(step(f'1962-11-{day:02}', status) for day, status in enumerate(statuses, start=1))}]"
    found = faults(tmp_path, LETTER | {"commitments/c.md": commitment(fate=fate)})
    assert [problem.code for problem in found] == codes


def test_a_fate_in_order_with_months_and_spans_is_fine(tmp_path: Path) -> None:
    steps = ["1962-10-27", "1962-10", "1962-11~", "1962-11-20/1962-12-12", "1962-11-20"]
    found = faults(tmp_path, LETTER | {"commitments/c.md": commitment(fate=f"[{', '.join(map(step, steps[2:]))}]")})
    assert found == []


# --- parties and names ------------------------------------------------------------------------------------------------


def test_nobody_promises_to_himself(tmp_path: Path) -> None:
    files = {"commitments/c.md": commitment(by='["person:a", "person:b"]', toward='["person:b"]')}
    (problem,) = faults(tmp_path, LETTER | files)
    assert problem.code == "commitment-to-itself"
    assert "person:b" in problem.message


@pytest.mark.parametrize("field", ["by", "toward"])
def test_a_party_is_someone_the_archive_knows(tmp_path: Path, field: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {"commitments/c.md": commitment(**{field: '["person:nobody"]'})})
    assert problem.code == "dangling-reference"
    assert "person:nobody" in problem.message


@pytest.mark.parametrize("name", sorted(LISTS_OF_COMMITMENTS))
def test_a_commitment_does_not_take_the_place_of_a_list(tmp_path: Path, name: str) -> None:
    (problem,) = faults(tmp_path, LETTER | {f"commitments/{name}.md": commitment()})
    assert problem.code == "reserved-identifier"


def test_a_step_without_a_source_is_named(tmp_path: Path) -> None:
    fate = '[{date: "1962-11-20", status: met, text: Done., sources: []}]'
    (problem,) = faults(tmp_path, LETTER | {"commitments/c.md": commitment(fate=fate)})
    assert problem.code == "statement-without-source"


# --- fates and conditions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "own", "sense", "reported"),
    [
        ("not met", "met", "condition of", True),
        ("lapsed", "partly met", "condition of", True),
        ("met", "not met", "condition of", True),
        ("met", "lapsed", "condition of", True),
        ("met", "met", "condition of", False),
        ("relaxed", "met", "condition of", False),
        ("not met", "not met", "condition of", False),
        ("not met", "open", "condition of", False),
        ("not met", "met", "limited by", False),
        ("not met", "met", "answers", False),
    ],
)
def test_a_fate_against_its_condition_is_a_warning(
    tmp_path: Path, condition: str, own: str, sense: str, reported: bool
) -> None:
    files = {
        "commitments/c.md": commitment(
            depends_on=f"[{{commitment: d, sense: {sense}}}]", fate=f"[{step('1962-11-20', own)}]"
        ),
        "commitments/d.md": commitment(fate=f"[{step('1962-11-20', condition)}]"),
    }
    found = faults(tmp_path, LETTER | files)
    assert [problem.code for problem in found] == ["fate-against-condition"] * reported
    for problem in found:
        assert problem.severity == "warning"
        assert problem.location.path == "sources/commitments/c.md"
        assert "'d'" in problem.message


def test_one_condition_met_of_two_promises_nothing(tmp_path: Path) -> None:
    files = {
        "commitments/c.md": commitment(
            depends_on="[{commitment: d}, {commitment: e}]", fate=f"[{step('1962-11-20', 'not met')}]"
        ),
        "commitments/d.md": commitment(fate=f"[{step('1962-11-20', 'met')}]"),
        "commitments/e.md": commitment(fate=f"[{step('1962-11-20', 'narrowed')}]"),
    }
    assert faults(tmp_path, LETTER | files) == []
