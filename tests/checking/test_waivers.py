"""A waiver takes out the fault it names; one that nothing needs, that is past its day or that may not be is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.test_sources import faults, term

FAULTY = term("statements:\n  - text: It is so.\n    sources: []\n  - text: Nor so.\n    sources: []\n")
NEEDED = {
    "code": "statement-without-source", "place": "sources/terms/t.md",
    "reason": "It is a proverb.", "who": "The editors", "date": "1931-04-01",
}  # fmt: skip


def waiver(**changes: str) -> dict[str, str]:
    return {"waivers/w.yml": "".join(f'{key}: "{value}"\n' for key, value in {**NEEDED, **changes}.items())}


@pytest.fixture
def place() -> str:
    return "sources/terms/t.md"


def test_a_waiver_covers_what_it_names(tmp_path: Path, place: str) -> None:
    assert faults(tmp_path, FAULTY | waiver(place=place)) == []


def test_words_narrow_it(tmp_path: Path, place: str) -> None:
    (left,) = faults(tmp_path, FAULTY | waiver(place=place, words="It is so"))
    assert "Nor so" in left.message


@pytest.mark.parametrize("changes", [{"code": "empty-note"}, {"place": "sources/terms/other.md"}, {"words": "nowhere"}])
def test_an_unused_waiver_is_a_fault(changes: dict[str, str], tmp_path: Path, place: str) -> None:
    given: dict[str, str] = {"place": place, **changes}
    found = faults(tmp_path, FAULTY | waiver(**given))
    assert [one.code for one in found] == ["statement-without-source"] * 2 + ["waiver-unused"]
    assert found[-1].location.path == "sources/waivers/w.yml"


def test_a_waiver_past_its_day(tmp_path: Path, place: str) -> None:
    assert faults(tmp_path, FAULTY | waiver(place=place, until="2999-01-01")) == []
    assert [one.code for one in faults(tmp_path / "b", FAULTY | waiver(place=place, until="1900-01-01"))] == [
        "waiver-expired"
    ]


def test_what_is_promised_cannot_be_waived(tmp_path: Path, place: str) -> None:
    found = faults(tmp_path, FAULTY | waiver(place=place, code="quotation-differs"))
    assert "waiver-not-allowed" in [one.code for one in found]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("waivers/w.md", "x", "unexpected-file"),
        ("waivers/W X.yml", "x", "unexpected-file"),
        ("waivers/w.yml", "code: a\n", "missing-key"),
        ("waivers/w.yml", "code: [", "yaml-syntax"),
        ("waivers/w.yml", "", "yaml-syntax"),
    ],
)
def test_files_that_are_no_waivers(name: str, content: str, code: str, tmp_path: Path) -> None:
    assert code in [one.code for one in faults(tmp_path, {name: content})]
