"""Records, notes and archive.yml: validated against the model, each fault at its place and in plain words."""

from __future__ import annotations

import pytest

from build_tools.location import Location
from build_tools.model import Archive, Commitment
from build_tools.reading.records import read_edition, read_note, read_record
from build_tools.schema.records import json_schemas
from tests.conftest import EXAMPLE, Written


def said(archive_of: Written, front: str, kind: str = "term", body: str = "") -> list[tuple[str, str, str, str]]:
    """Code, place, message and hint of each fault of a record."""
    sources = archive_of({"terms/a.md": f"---\n{front}\n---\n{body}"})
    _, problems = read_record(sources / "terms" / "a.md", sources.parent, kind)  # type: ignore[arg-type]
    return [(one.code, str(one.location).partition(":")[2], one.message, one.hint) for one in problems]


def test_a_record_knows_where_everything_stands(example: Archive) -> None:
    record = next(one for one in example.commitments if one.id == "repair-the-mole")
    assert isinstance(record.value, Commitment)
    assert record.path == "sources/commitments/repair-the-mole.md"
    lines = (EXAMPLE / "commitments" / "repair-the-mole.md").read_text(encoding="utf-8").split("\n")
    for path, beginning in (
        (("by", 0), '"organisation:harbour-board"'),
        (("passages", 1, "exact"), '"binds the Board"'),
        (("fate", 1, "sources", 0, "at"), "p5,"),
    ):
        place = record.at(*path)
        assert lines[place.line - 1][place.column - 1 :].startswith(beginning)
    assert record.at("fate", 0, "not written") == record.at("fate", 0)
    assert record.at("not written").line == 2


def test_a_note(example: Archive) -> None:
    note = example.documents[0].notes[1]
    assert (note.id, note.value.target.passage, note.value.target.prefix) == ("free-of-dues", "p2", "and")
    assert note.at("target", "exact") == Location(note.path, 6, 10)


@pytest.mark.parametrize(
    ("front", "code", "place", "message", "hint"),
    [
        ("nam: A", "missing-key", "2:1", "the key 'name' is missing", "Add it with its value"),
        ("name: A\nsumary: B", "unknown-key", "3:1", "the key 'sumary' is not known here", "Did you mean 'summary'?"),
        (
            "name: A\nvariants: B",
            "wrong-value", "3:11", "variants is 'B'", "It must be a list, with a hyphen before each item",
        ),
        ("name: [A]", "wrong-value", "2:7", "name is a list", "It must be a text"),
        ("name: ' '", "wrong-value", "2:7", "name is empty", "Write a text there"),
        (
            "name: A\nstatements:\n  - text: B\n    sources:\n      - {grade: a}",
            "wrong-value", "6:17", "statements[1].sources[1].grade is 'a'", "It must be one of A, A-x, B, C, D",
        ),
        (
            "name: A\nidentifiers:\n  - {authority: geoname, value: B}",
            "wrong-value", "4:17", "identifiers[1].authority is 'geoname'", "Did you mean 'geonames'?",
        ),
        ("name: A\nstatements: [B]", "wrong-value", "3:14", "statements[1] is 'B'", "It must be keys with values"),
        (
            "name: A\nstatements:\n  - text: B",
            "missing-key", "4:5", "the key 'sources' is missing in statements[1]", "Add it with its value",
        ),
    ],
)  # fmt: skip
def test_faults_in_our_words(archive_of: Written, front: str, code: str, place: str, message: str, hint: str) -> None:
    assert (code, place, message, hint) in said(archive_of, front)


def test_all_faults_of_front_matter_and_body_together(archive_of: Written) -> None:
    found = said(archive_of, "name: A\nx: 1\ny: 2\nvariants: B", body="a <b>\n\n[c](javascript:x)\n")
    assert [one[:2] for one in found] == [
        ("wrong-value", "5:11"),
        ("unknown-key", "3:1"),
        ("unknown-key", "4:1"),
        ("html-in-markdown", "7:3"),
        ("unsafe-link", "9:5"),
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//x.example", "x", "https://x.example/ y", 'https://x/"onload="']
)
def test_addresses_of_works_are_addresses_of_the_web(archive_of: Written, url: str) -> None:
    front = f"name: A\nshort: A\nurl: '{url}'"
    assert [one[:2] for one in said(archive_of, front, "work")] == [("unsafe-link", "4:6")]


def test_the_archive_itself(archive_of: Written) -> None:
    sources = archive_of({})
    edition, problems = read_edition(sources / "archive.yml", sources.parent)
    assert problems == ()
    assert edition is not None
    assert edition.title == "The Harbour Papers"
    (sources / "archive.yml").unlink()
    edition, problems = read_edition(sources / "archive.yml", sources.parent)
    assert edition is None
    assert [one.code for one in problems] == ["missing-file"]


def test_notes_have_no_headings(archive_of: Written) -> None:
    front = "---\ntitle: A\nkind: term\ntarget: {passage: p1, exact: b}\n---\n"
    sources = archive_of({"documents/a/notes/x.md": f"{front}## B\n\nc\n"})
    _, problems = read_note(sources / "documents" / "a" / "notes" / "x.md", sources.parent, "a")
    assert [(one.code, one.location.line) for one in problems] == [("markdown-not-allowed", 6)]


def test_there_is_a_schema_for_each_kind_that_refuses_unknown_keys() -> None:
    schemas = json_schemas()
    assert {"archive", "commitment", "message", "note", "person", "work"} <= set(schemas)
    for schema in schemas.values():
        assert schema["additionalProperties"] is False
    assert "statement" in schemas["commitment"]["required"]
