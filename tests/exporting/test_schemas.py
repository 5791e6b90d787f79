"""The published schemas: those of records accept the records as they are written, that of tables names what is published."""

from __future__ import annotations

import json

from build_tools.exporting.files import data_files
from build_tools.exporting.schemas import schema_files, tables_schema
from build_tools.schema.records import json_schemas
from build_tools.schema.tables import TABLES
from tests.exporting.conftest import Linked


def test_every_kind_of_record_has_its_schema(either: Linked) -> None:
    files = {file.path: json.loads(file.content) for file in schema_files(either.archive)}
    assert set(files) == {"data/schema/tables.json", *(f"data/schema/{kind}.json" for kind in json_schemas())}
    for kind, schema in json_schemas().items():
        published = files[f"data/schema/{kind}.json"]
        assert published.pop("$schema") == "https://json-schema.org/draft/2020-12/schema"
        assert published.pop("$id") == f"{either.archive.edition.base_iri}data/schema/{kind}.json"
        assert published == schema


def test_the_tables_are_described_as_they_are_written(either: Linked) -> None:
    files = {file.path: file.content.decode() for file in data_files(either.archive, either.links)}
    described = tables_schema(either.archive)["tables"]
    assert isinstance(described, list)
    assert len(described) == len(TABLES)
    for table in described:
        assert isinstance(table, dict)
        path = str(table["url"]).replace("../", "data/")
        head = files[path].split("\r\n", 1)[0]
        names = [column["name"] for column in table["tableSchema"]["columns"]]  # type: ignore[index,call-overload,union-attr]
        assert head == ",".join(f'"{name}"' for name in names)
        assert all(column["dc:description"] for column in table["tableSchema"]["columns"])  # type: ignore[index,call-overload,union-attr]


def test_every_file_is_made_once(either: Linked) -> None:
    paths = [file.path for file in data_files(either.archive, either.links)]
    assert len(set(paths)) == len(paths)
    assert all(path.startswith("data/") for path in paths)
