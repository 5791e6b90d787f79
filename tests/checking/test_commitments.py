"""Parties, circles, fates."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from build_tools.checking.commitments import circles
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


def test_a_fate_in_order_with_months_and_spans_is_fine(tmp_path: Path) -> None:
    steps = ["1962-10-27", "1962-10", "1962-11~", "1962-11-20/1962-12-12", "1962-11-20"]
    found = faults(tmp_path, LETTER | {"commitments/c.md": commitment(fate=f"[{', '.join(map(step, steps[2:]))}]")})
    assert found == []
