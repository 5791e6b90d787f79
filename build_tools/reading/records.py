"""Records and notes: a Markdown file with front matter -> a Record or a Note, or Problems with exact places.

Front matter is validated against the classes of the model (`schema.records`); what pydantic says is put into our words
and at the line and column of the value it is about. Called by `archive` and `tei`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.model import RECORD_CLASSES, Annotation, AnyRecord, Edition, Note, Record, Waiver, WaiverFile
from build_tools.model import Path as KeyPath
from build_tools.problem import Problem
from build_tools.reading.files import name_of, read_source
from build_tools.reading.front_matter import read_front_matter, read_yaml
from build_tools.reading.markdown import read_markdown
from build_tools.schema.records import adapter
from build_tools.text import Element, Node

Places = Mapping[KeyPath, tuple[int, int]]

URL_FIELDS = frozenset({"url", "url_pattern", "licence_url", "base_iri"})
SAFE_URL = re.compile(r"https?://[^\s<>\"'\\^`|]+")
SHOWN = 60
"""Characters of a wrong value that a Problem quotes."""


def read_record(path: Path, root: Path, kind: Kind) -> tuple[Record[AnyRecord] | None, tuple[Problem, ...]]:
    """The record in one file, or None, and what is wrong with it."""
    value, body, places, problems = _read(path, root, RECORD_CLASSES[kind])
    if value is None:
        return None, problems
    return Record(Reference(kind, path.stem), value, body, name_of(path, root), places), problems


def read_note(path: Path, root: Path, document: str) -> tuple[Note | None, tuple[Problem, ...]]:
    """The note in one file, or None, and what is wrong with it."""
    value, body, places, problems = _read(path, root, Annotation)
    if value is None:
        return None, problems
    heads = [block.location for block in body if isinstance(block, Element) and block.name == "head"]
    hint = "A note stands beside its passage; write it as paragraphs"
    headed = [Problem("markdown-not-allowed", place, "a heading may not stand in a note", hint) for place in heads]
    return Note(path.stem, document, value, body, name_of(path, root), places), (*problems, *headed)


def read_waiver(path: Path, root: Path) -> tuple[WaiverFile | None, tuple[Problem, ...]]:
    """The waiver in one file of `waivers/`, or None, and what is wrong with it."""
    value, problems = _read_whole(path, root, Waiver)
    return (WaiverFile(path.stem, value, name_of(path, root)) if value else None), problems


def read_edition(path: Path, root: Path) -> tuple[Edition | None, tuple[Problem, ...]]:
    """What `archive.yml` says of the archive as a whole."""
    name = name_of(path, root)
    if not os.path.lexists(path):
        hint = f"Write it with the keys {', '.join(one.name for one in fields(Edition))}"
        return None, (Problem("missing-file", Location(name), f"{path.name} is missing", hint),)
    return _read_whole(path, root, Edition)


def _read_whole(path: Path, root: Path, record_class: type) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a file that is YAML alone."""
    name = name_of(path, root)
    source, problems = read_source(path, root)
    if source is None:
        return None, problems
    read, faults = read_yaml(source, name)
    if faults:
        return None, (*problems, *faults)
    value, faults = validated(read.result, record_class, name, read.places, read.keys)
    return value, (*problems, *faults)


def validated(
    data: Any, record_class: type, path: str, places: Places, keys: Places
) -> tuple[Any, tuple[Problem, ...]]:
    """An instance of `record_class` made of plain data, or None with every fault at its place."""
    try:
        value = adapter(record_class).validate_python(data)
    except ValidationError as faulty:
        return None, tuple(_problems(faulty, record_class, path, places, keys))
    faults = tuple(_bad_texts(value, (), path, places))
    return (None if faults else value), faults


def _read(path: Path, root: Path, record_class: type) -> tuple[Any, tuple[Node, ...], Places, tuple[Problem, ...]]:
    source, problems = read_source(path, root)
    if source is None:
        return None, (), {}, problems
    name = name_of(path, root)
    front, faults = read_front_matter(source, name)
    if front is None:
        return None, (), {}, (*problems, *faults)
    value, faults = validated(front.data, record_class, name, front.places, front.keys)
    body, body_faults = read_markdown(front.body, name, front.body_line)
    return value, body, front.places, (*problems, *faults, *body_faults)


# --- what is wrong ----------------------------------------------------------------------------------------------------


def _problems(
    faulty: ValidationError, record_class: type, path: str, places: Places, keys: Places
) -> Iterator[Problem]:
    for fault in faulty.errors(include_url=False):
        at: KeyPath = tuple(fault["loc"])
        kind = fault["type"]
        if kind == "unexpected_keyword_argument":
            place = keys.get(at) or _nearest(at, places)
            known = _known_keys(record_class, at[:-1])
            near = get_close_matches(str(at[-1]), known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The keys here are {', '.join(known)}"
            yield Problem("unknown-key", Location(path, *place), f"the key {str(at[-1])!r} is not known here", hint)
        elif kind == "missing":
            place = _nearest(at[:-1], places)
            inside = f" in {_name(at[:-1])}" if at[:-1] else ""
            found = f"the key {str(at[-1])!r} is missing{inside}"
            yield Problem("missing-key", Location(path, *place), found, "Add it with its value")
        else:
            place = _nearest(at, places)
            found = f"{_name(at)} is {_shown(fault['input'])}"
            yield Problem("wrong-value", Location(path, *place), found, _expected(fault))


def _bad_texts(value: Any, at: KeyPath, path: str, places: Places) -> Iterator[Problem]:
    """Texts that are asked for and empty, and addresses that are no address of the web, at every depth."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _bad_texts(item, (*at, index), path, places)
    elif is_dataclass(value):
        for one in fields(value):
            text = getattr(value, one.name)
            here = (*at, one.name)
            if not isinstance(text, str):
                yield from _bad_texts(text, here, path, places)
            elif not text and one.default is MISSING:
                place = Location(path, *_nearest(here, places))
                yield Problem("wrong-value", place, f"{_name(here)} is empty", "Write a text there")
            elif text and one.name in URL_FIELDS and not SAFE_URL.fullmatch(text):
                place = Location(path, *_nearest(here, places))
                hint = "Give an address that begins with https://"
                yield Problem("unsafe-link", place, f"{_name(here)} is {_shown(text)}, not an address of the web", hint)


def _expected(fault: Any) -> str:
    kind = fault["type"]
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        near = get_close_matches(str(fault["input"]), allowed, n=1)
        return f"Did you mean {near[0]!r}?" if near else f"It must be one of {', '.join(allowed)}"
    if kind in {"tuple_type", "list_type"}:
        return "It must be a list, with a hyphen before each item"
    if kind == "dataclass_type":
        return "It must be keys with values"
    if kind == "string_type":
        return "It must be a text"
    return str(fault["msg"])


def _name(path: KeyPath) -> str:
    """`fate[2].sources`, counting from 1, as people do."""
    shown = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown.removeprefix(".") or "the front matter"


def _shown(given: Any) -> str:
    if isinstance(given, str):
        return repr(given if len(given) <= SHOWN else given[:SHOWN] + "…") if given else "empty"
    return "a list" if isinstance(given, list) else "a group of keys"


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
