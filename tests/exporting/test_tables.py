"""Tables: CSV that reads back and runs nothing, JSON that says the same, rows that agree with the description."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from build_tools.exporting.tables import ROWS, as_cell, from_cell, rows_of, table_files
from build_tools.fidelity import certificate
from build_tools.identifiers import read_reference
from build_tools.model import RECORD_CLASSES, Annotation, DateGiven, FateStep, Header, Source, Statement
from build_tools.output import OutputFile
from build_tools.schema.tables import SEPARATOR, TABLES, Column, Table, Value
from tests.exporting.conftest import CANARY, WORDS, Linked

STARTS = tuple("=+-@＝＋－＠")
NAMES = [table.name for table in TABLES]


def files_of(linked: Linked) -> dict[str, OutputFile]:
    return {file.path: file for file in table_files(linked.archive, linked.links)}


def read_csv(file: OutputFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode(), newline=""), strict=True))


def value_of(cell: str, column: Column) -> Value:
    """What a reader makes of a cell, going by the description."""
    if column.type == "integer":
        return int(cell)
    text = from_cell(cell)
    return tuple(text.split(SEPARATOR) if text else ()) if column.many else text


def test_every_table_has_its_rows_and_no_other() -> None:
    assert list(ROWS) == NAMES


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_rows_have_the_columns_that_are_described(table: Table, either: Linked) -> None:
    rows = list(rows_of(table, either.archive, either.links))
    assert rows
    for row in rows:
        assert set(row) == {column.name for column in table.columns}
        for column in table.columns:
            wanted = tuple if column.many else int if column.type == "integer" else str
            assert type(row[column.name]) is wanted, column.name


@pytest.mark.parametrize("table", [table for table in TABLES if table.key], ids=lambda table: table.name)
def test_keys_are_keys(table: Table, either: Linked) -> None:
    keys = [tuple(row[name] for name in table.key) for row in rows_of(table, either.archive, either.links)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_values_are_of_their_types(table: Table, either: Linked) -> None:
    shapes = {
        "day": r"\d{4}-\d\d-\d\d",
        "time": r"\d\d:\d\d",
        "digest": "[0-9a-f]{16}|[0-9a-f]{64}",
        "iri": r"https?://\S+",
    }
    for row in rows_of(table, either.archive, either.links):
        for column in table.columns:
            value = row[column.name]
            for one in value if isinstance(value, tuple) else [value]:
                assert SEPARATOR not in str(one) or not column.many
                if one and column.type == "reference":
                    reference = read_reference(str(one))
                    assert reference is not None
                    assert reference.whole in either.links.targets, one
                elif one and column.type in shapes:
                    assert re.fullmatch(shapes[column.type], str(one)), one


def test_nothing_is_left_out_and_nothing_stands_twice(either: Linked) -> None:
    archive, links = either.archive, either.links
    expected = {
        **{name: len(getattr(archive, name)) for name in NAMES if hasattr(archive, name)},
        "commitment-passages": sum(len(one.value.passages) for one in archive.commitments),
        "fate": sum(len(one.value.fate) for one in archive.commitments),
        "relations": sum(len(one.value.depends_on) for one in archive.commitments)
        + sum(len(one.value.relations) for one in archive.messages),
        "dates": sum(map(len, links.days.values())),
        "links": sum(map(len, links.mentions.values())),
        "passages": sum(len(one.passages) for one in archive.documents),
        "notes": sum(len(one.notes) for one in archive.documents),
        "commentaries": sum(bool(one.body) for one in archive.records()),
    }
    assert {"commitments", "messages", "people", "works", "documents"} <= set(expected)
    made = {one.name: len(list(rows_of(one, archive, links))) for one in TABLES if one.name in expected}
    assert made == expected


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_csv_and_json_say_the_same(table: Table, either: Linked) -> None:
    agree(table, either)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_hostile_words_come_out_whole_and_harmless(table: Table, hostile: Linked) -> None:
    agree(table, hostile)
    for cells in read_csv(files_of(hostile)[f"data/{table.name}.csv"]):
        for cell in cells:
            for piece in re.split(r"[;\t\r\n]", cell):
                assert not piece.strip().startswith(STARTS), cell


def agree(table: Table, linked: Linked) -> None:
    """CSV, JSON and the rows themselves are equal; CSV is as RFC 4180 wants it."""
    files = files_of(linked)
    head, *lines = read_csv(files[f"data/{table.name}.csv"])
    assert head == [column.name for column in table.columns]
    made = [[row[column.name] for column in table.columns] for row in rows_of(table, linked.archive, linked.links)]
    assert [list(map(value_of, cells, table.columns)) for cells in lines] == made
    whole = json.loads(files[f"data/{table.name}.json"].content)
    plain = [[list(value) if isinstance(value, tuple) else value for value in row] for row in made]
    assert [list(row.values()) for row in whole["rows"]] == plain
    assert [list(row) for row in whole["rows"]] == [head] * len(made)
    raw = files[f"data/{table.name}.csv"].content
    assert raw.endswith(b"\r\n")
    assert not raw.startswith(b"\xef\xbb\xbf")


def test_the_canary_is_in_every_table_that_holds_words(hostile: Linked) -> None:
    without = {name for name in NAMES if CANARY not in json_text(name, hostile)}
    assert without == {"commitment-passages", "relations"}  # anchors and ids only


def test_no_field_that_holds_words_is_left_out(hostile: Linked) -> None:
    classes = (*RECORD_CLASSES.values(), Source, Statement, DateGiven, FateStep, Header, Annotation)
    held = {one.name for each in classes for one in fields(each)} & WORDS
    everything = "".join(json_text(name, hostile) for name in NAMES)
    assert {name for name in held if f"{CANARY} {name} " not in everything} == set()


def json_text(name: str, linked: Linked) -> str:
    rows = json.loads(files_of(linked)[f"data/{name}.json"].content)["rows"]
    return "\0".join(str(value) for row in rows for value in row.values())


@given(
    some.text(
        alphabet=some.one_of(some.sampled_from("=+-@＝;'\t\r\n \u200b\ufeff|\"a,"), some.characters(codec="utf-8"))
    )
)
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    cell = as_cell(text)
    assert isinstance(cell, str)
    assert from_cell(cell) == text
    for piece in re.split(r"[;\t\r\n]", cell):
        assert not piece.strip().strip("\u200b\ufeff").startswith(STARTS)


def test_numbers_stay_numbers_and_apostrophes_stay() -> None:
    assert as_cell(-1) == -1
    assert as_cell("'under UN verification'") == "'under UN verification'"
    assert as_cell("'=1") == "''=1"


def test_the_same_archive_gives_the_same_bytes(either: Linked) -> None:
    assert files_of(either) == files_of(either)


def test_an_archive_without_records_has_empty_tables(either: Linked) -> None:
    from tests.exporting.conftest import linked

    empty = linked(type(either.archive)(either.archive.edition))
    for file in table_files(empty.archive, empty.links):
        if file.path.endswith(".json"):
            assert json.loads(file.content)["rows"] == []
        else:
            assert len(read_csv(file)) == 1


def test_the_digest_of_a_transcription_is_that_of_its_certificate(either: Linked) -> None:
    rows = rows_of(next(one for one in TABLES if one.name == "documents"), either.archive, either.links)
    for row, document in zip(rows, either.archive.documents, strict=True):
        assert row["transcription_sha256"] == certificate(document).transcription_digest


def test_without_a_ledger_no_passage_has_a_state(either: Linked) -> None:
    table = next(one for one in TABLES if one.name == "passages")
    bare = replace(either.archive, ledger=())
    assert {row["ledger"] for row in rows_of(table, bare, either.links)} == {""}
