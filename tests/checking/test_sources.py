"""Everything that is said has a graded source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linking.sources import LETTER, commitment, faults

CITED = 'So it was ([A](document:letter#p1 "A")).'


def term(front: str = "", body: str = "") -> dict[str, str]:
    grades = {"terms/grades.md": "---\nname: Grades\n---\n"}
    return LETTER | grades | {"terms/t.md": f"---\nname: T\n{front}---\n\n{body}\n"}


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("statements:\n  - text: It is so.\n    sources: []\n", "statement-without-source", 4),
        ("statements:\n  - text: It is so.\n    sources:\n    - grade: A\n", "statement-without-source", 6),
        ("statements:\n  - text: It is so.\n    sources:\n    - grade: C\n", "inference-without-argument", 6),
    ],
)
def test_statements(tmp_path: Path, front: str, code: str, line: int) -> None:
    (problem,) = faults(tmp_path, term(front))
    assert (problem.code, problem.location.line) == (code, line)


@pytest.mark.parametrize("source", ["{grade: C, remark: It follows.}", "{grade: D}", "{grade: B, document: letter}"])
def test_sources_that_say_enough(tmp_path: Path, source: str) -> None:
    assert faults(tmp_path, term(f"statements:\n  - text: It is so.\n    sources: [{source}]\n")) == []


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        (f"{CITED}\n\nAnd this is only said.", "statement-without-source", 7),
        (f"- {CITED}\n- And this is only said.", "statement-without-source", 6),
        ("> So it was.", "statement-without-source", 5),
        ("See [A](document:letter#p1).", "statement-without-source", 5),
        ('[inference](term:grades "C")', "inference-without-argument", 5),
    ],
)
def test_bodies(tmp_path: Path, body: str, code: str, line: int) -> None:
    (problem,) = (one for one in faults(tmp_path, term(body=body)) if not one.code.startswith("quotation"))
    assert (problem.code, problem.location.line) == (code, line)


@pytest.mark.parametrize(
    "body",
    [
        f"## A heading\n\n{CITED}\n\n- {CITED}\n- {CITED}\n\n> {CITED}",
        'The lines are out of order, so the page was turned [inference](term:grades "C").',
    ],
)
def test_bodies_that_cite(tmp_path: Path, body: str) -> None:
    assert [one for one in faults(tmp_path, term(body=body)) if not one.code.startswith("quotation")] == []


def test_fields_of_a_commitment(tmp_path: Path) -> None:
    disputed = "[{text: Not so., sources: []}]"
    fate = '[{date: "1962-11-20", status: met, text: Done., sources: []}]'
    given = commitment(disputed=disputed, fate=fate, sources="[]")
    found = faults(tmp_path, LETTER | {"commitments/c.md": given})
    assert [(problem.code, problem.message.rpartition(": ")[2]) for problem in found] == [
        ("statement-without-source", "'Alder promises.'"),
        ("statement-without-source", "'Not so.'"),
        ("statement-without-source", "'Done.'"),
    ]


def test_an_empty_note(tmp_path: Path) -> None:
    note = "---\ntitle: N\nkind: term\ntarget: {passage: p1, exact: Alder}\n---\n"
    (problem,) = faults(tmp_path, LETTER | {"documents/letter/notes/n.md": note})
    assert problem.code == "empty-note"
