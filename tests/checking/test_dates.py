"""Dates that contradict one another, clocks that are none, the old style; and the misread day that is no day."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.linking import link
from build_tools.reading.archive import read_archive
from tests.linking.sources import LETTER, document, faults
from tests.published import ROOT


def relative(attributes: str, words: str) -> dict[str, str]:
    body = f'<p xml:id="p1"><lb n="1"/>It is for <date {attributes} type="relative" cert="medium">{words}</date>.</p>'
    return LETTER | document(body, f"It is for {words}.\n")


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('from="1962-10-28" to="1962-11-03"', "next week"),
        ('from="1962-11-04" to="1962-11-10"', "earlier this week"),
        ('when-custom="1962-12"', "the last three weeks"),
        ('when="1962-11-05"', "yesterday"),
    ],
)
def test_a_relative_date_that_cannot_be_meant(tmp_path: Path, attributes: str, words: str) -> None:
    (problem,) = faults(tmp_path, relative(attributes, words))
    assert problem.code == "contradictory-date"
    assert repr(words) in problem.message
    assert "if written on Saturday 3 November 1962" in problem.message
    assert problem.location.line == 9


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('from="1962-11-04" to="1962-11-10"', "next week"),
        ('when-custom="1962-10-14~/1962-11-03"', "the last three weeks"),
        ('when-custom="1962-11-03/1962-11~"', "the next few weeks"),
        ('from="1962-11-03"', "now or at any future time"),
    ],
)
def test_one_that_can(tmp_path: Path, attributes: str, words: str) -> None:
    assert faults(tmp_path, relative(attributes, words)) == []


def message(sent: str, more: str = "") -> dict[str, str]:
    return LETTER | {
        "messages/m.md": f"---\nname: M\nform: letter\nholding: held\nsent: {sent}\n{more}---\n",
    }


@pytest.mark.parametrize(
    ("date", "contradicts"),
    [
        ("1962-11-03", False),
        ("1962-11", False),
        ("1962-11-01/1962-11-05", False),
        ("1962-11-04", True),
        ("1962-10~", False),
    ],
)
def test_a_message_and_its_text(tmp_path: Path, date: str, *, contradicts: bool) -> None:
    found = faults(tmp_path, message(f'{{date: "{date}"}}', "document: letter\n"))
    assert [one.code for one in found] == ["contradictory-date"] * contradicts


@pytest.mark.parametrize("date", ["1962-10-21 O.S.", "1962-10-21J", "@#DJULIAN@ 1962-10-21", "1962-10-21os"])
def test_the_old_style(tmp_path: Path, date: str) -> None:
    (problem,) = faults(tmp_path, message(f'{{date: "{date}"}}'))
    assert problem.code == "bad-date"
    assert "Julian calendar" in problem.message


@pytest.mark.parametrize(
    ("zone", "codes"),
    [
        ("Moscow", []), ("Washington", []), ("Europe/Moscow", []), ("+03:00", []), ("Z", []), ("Port Aldrin", []),
        ("Europe/Moskau", ["unknown-zone"]), ("+99:00", ["unknown-zone"]), ("-5", ["unknown-zone"]),
        ("../etc", ["unknown-zone"]),
    ],
)  # fmt: skip
def test_clocks(tmp_path: Path, zone: str, codes: list[str]) -> None:
    found = faults(tmp_path, message(f'{{date: "1962-11-03", time: "17:00", zone: "{zone}"}}'))
    assert [one.code for one in found] == codes


def test_the_misread_day_puts_the_document_nowhere_but_on_its_own() -> None:
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    links, _ = link(archive)
    instruction = "instruction-1962-11-03"
    written = [
        day
        for day, entries in links.days.items()
        for one in entries
        if one.group == "written" and one.source.id == instruction
    ]
    assert written == ["1962-11-03"]
    assert [
        one
        for one in links.days["1962-11-08"]
        if one.source.id == instruction and one.source.fragment != "n-misread-date"
    ] == []
