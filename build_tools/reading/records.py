"""Records and notes: a Markdown file with front matter -> a Record or a Note, or Problems with exact places.

Front matter is validated against the classes of the model (`schema.records`); what pydantic says is put into our words and
at the line and column of the value it is about. Called by `archive` and `tei`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.model import RECORD_CLASSES, Annotation, AnyRecord, Edition, Note, Record
from build_tools.model import Path as KeyPath
from build_tools.problem import Problem
from build_tools.reading.files import read_source
from build_tools.reading.front_matter import read_front_matter, read_yaml
from build_tools.reading.markdown import read_markdown
from build_tools.schema.records import adapter
from build_tools.text import Node

Places = Mapping[KeyPath, tuple[int, int]]


def read_record(path: Path, root: Path, kind: Kind) -> tuple[Record[AnyRecord] | None, tuple[Problem, ...]]:
    """The record in one file, or None, and what is wrong with it."""
    value, body, places, problems = _read(path, root, RECORD_CLASSES[kind])
    if value is None:
        return None, problems
    name = path.relative_to(root).as_posix()
    return Record(Reference(kind, path.stem), value, body, name, places), problems


def read_note(path: Path, root: Path, document: str) -> tuple[Note | None, tuple[Problem, ...]]:
    """The note in one file, or None, and what is wrong with it."""
    value, body, places, problems = _read(path, root, Annotation)
    if value is None:
        return None, problems
    return Note(path.stem, document, value, body, path.relative_to(root).as_posix(), places), problems


def read_edition(path: Path, root: Path) -> tuple[Edition | None, tuple[Problem, ...]]:
    """What `archive.yml` says of the archive as a whole."""
    name = path.relative_to(root).as_posix()
    if not path.exists():
        return None, (Problem("missing-file", Location(name), "archive.yml is missing", "See the README for what it holds"),)
    source, problems = read_source(path, root)
    if source is None:
        return None, problems
    read, faults = read_yaml(source, name)
    if faults:
        return None, (*problems, *faults)
    value, faults = validated(read.result, Edition, name, read.places, read.keys)
    return value, (*problems, *faults)


def _read(path: Path, root: Path, record_class: type) -> tuple[Any, tuple[Node, ...], Places, tuple[Problem, ...]]:
    source, problems = read_source(path, root)
    if source is None:
        return None, (), {}, problems
    name = path.relative_to(root).as_posix()
    front, faults = read_front_matter(source, name)
    if front is None:
        return None, (), {}, (*problems, *faults)
    value, faults = validated(front.data, record_class, name, front.places, front.keys)
    body, body_faults = read_markdown(front.body, name, front.body_line)
    return value, body, front.places, (*problems, *faults, *body_faults)


def validated(
    data: Any, record_class: type, path: str, places: Places, keys: Places
) -> tuple[Any, tuple[Problem, ...]]:
    """An instance of `record_class` made of plain data, or None with every fault at its place."""
    try:
        return adapter(record_class).validate_python(data), ()
    except ValidationError as faulty:
        return None, tuple(_problems(faulty, record_class, path, places, keys))


def _problems(
    faulty: ValidationError, record_class: type, path: str, places: Places, keys: Places
) -> Iterator[Problem]:
    for fault in faulty.errors(include_url=False):
        at: KeyPath = tuple(fault["loc"])
        kind = fault["type"]
        if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
            place = keys.get(at) or places.get(at[:-1], (1, 1))
            known = _known_keys(record_class, at[:-1])
            near = get_close_matches(str(at[-1]), known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The keys here are {', '.join(known)}" if known else "Remove it"
            yield Problem("unknown-key", Location(path, *place), f"the key {str(at[-1])!r} is not known here", hint)
        elif kind in {"missing", "missing_argument", "missing_keyword_only_argument"}:
            place = _nearest(at[:-1], places)
            yield Problem("missing-key", Location(path, *place), f"the key {str(at[-1])!r} is missing", "Add it")
        else:
            place = _nearest(at, places)
            given = fault["input"]
            shown = repr(given) if isinstance(given, str) else f"a {_shape(given)}"
            yield Problem("wrong-value", Location(path, *place), f"{_name(at)} is {shown[:80]}", _expected(fault))


def _expected(fault: Any) -> str:
    kind = fault["type"]
    if kind == "literal_error":
        return f"It must be one of {fault['ctx']['expected']}"
    if kind in {"tuple_type", "list_type"}:
        return "It must be a list, with a hyphen before each item"
    if kind in {"dataclass_type", "dataclass_exact_type", "dict_type"}:
        return "It must be keys with values"
    if kind == "string_type":
        return "It must be a text"
    return str(fault["msg"])


def _name(path: KeyPath) -> str:
    return ".".join(str(step) for step in path) or "the front matter"


def _shape(given: Any) -> str:
    return {"dict": "group of keys", "list": "list", "NoneType": "empty value"}.get(type(given).__name__, "value")


def _nearest(path: KeyPath, places: Places) -> tuple[int, int]:
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return (1, 1)


def _known_keys(record_class: type, path: KeyPath) -> list[str]:
    """The keys that the class knows at a path, read from its JSON Schema."""
    schema = adapter(record_class).json_schema()
    here = schema
    for step in path:
        here = here.get("properties", {}).get(step, {}) if isinstance(step, str) else here.get("items", {})
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return sorted(here.get("properties", {}))
