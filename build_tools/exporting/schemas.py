"""The schemas of `/data/schema/`: of each kind of record as it is written, and of the tables as they are published.

The former are made from the model's own classes (JSON Schema 2020-12), the latter from `schema.tables` (CSV on the Web,
which programs find by its well-known context; nothing fetches it). Called by `site`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from build_tools.model import Archive
from build_tools.output import OutputFile
from build_tools.schema.records import json_schemas
from build_tools.schema.tables import SEPARATOR, TABLES, Column, Table, Type

DATATYPES: dict[Type, str] = {
    "text": "string",
    "integer": "integer",
    "reference": "string",
    "edtf": "string",
    "day": "date",
    "time": "string",
    "word": "token",
    "iri": "anyURI",
    "digest": "string",
}
"""Our types in the words of XML Schema; an EDTF date is more than `date` allows."""
JsonValue = str | bool | list["JsonValue"] | dict[str, "JsonValue"]


def schema_files(archive: Archive) -> Iterator[OutputFile]:
    """`data/schema/<kind>.json` of every kind of record, and `data/schema/tables.json`."""
    base = f"{archive.edition.base_iri}data/schema/"
    for kind, schema in json_schemas().items():
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{base}{kind}.json"}
        yield _file(kind, {**head, **schema})
    yield _file("tables", tables_schema(archive))


def tables_schema(archive: Archive) -> dict[str, JsonValue]:
    """All tables, described as CSV on the Web has it."""
    edition = archive.edition
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": edition.title,
        "dc:license": {"@id": edition.licence_url},
        "dc:description": "An apostrophe before =, +, - or @ at the beginning of a cell, or after a semicolon, a tab or a line "
        "break in it, is not part of the value: it keeps spreadsheets from running the cell as a formula.",
        "dialect": {"header": True, "lineTerminators": ["\r\n"], "encoding": "utf-8", "doubleQuote": True},
        "tables": [_table(table) for table in TABLES],
    }


def _table(table: Table) -> JsonValue:
    schema: dict[str, JsonValue] = {"columns": [_column(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "url": f"../{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.meaning,
        "tableSchema": schema,
    }


def _column(column: Column) -> JsonValue:
    described: dict[str, JsonValue] = {
        "name": column.name,
        "titles": column.name,
        "datatype": DATATYPES[column.type],
        "dc:description": column.meaning,
    }
    if column.many:
        described["separator"] = SEPARATOR
    return described


def _file(name: str, schema: object) -> OutputFile:
    return OutputFile(f"data/schema/{name}.json", (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode())
