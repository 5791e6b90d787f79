"""Strict YAML between two lines of `---`, with the place of every key and value.

YAML surprises scholars: `no` becomes False, the last of two keys wins, an alias can grow without bound. So here every
scalar is text, anchors, aliases and tags are refused, and a doubled key is a Problem with both places. The reader works
on PyYAML's events (C scanner), counts depth as they come, and builds plain dictionaries and lists beside a map from
path to place. Called by `records`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from build_tools.location import Location
from build_tools.model import Path as KeyPath
from build_tools.problem import Problem
from build_tools.reading.files import FORBIDDEN, REMOVE

DEPTH = 12
Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
HINT_SYNTAX = "Mind indentation, and put a text with a colon, a # or quotation marks in quotes"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stood between the marks: plain data, the place of each part, the body, and the line that it begins on."""

    data: Any
    places: dict[KeyPath, tuple[int, int]]
    keys: dict[KeyPath, tuple[int, int]]
    body: str
    body_line: int


def read_front_matter(text: str, path: str) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    """The front matter of a Markdown file; None with the reason if there is none or it cannot be read."""
    if not text.strip():
        return None, (Problem("empty-file", Location(path), "the file is empty", "Write its front matter and body"),)
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        found = "the file does not begin with front matter between two lines of ---"
        return None, (Problem("no-front-matter", Location(path), found, "Begin it with a line of three hyphens"),)
    read, problems = read_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)
    if problems:
        return None, problems
    return FrontMatter(read.result, read.places, read.keys, "\n".join(lines[end + 1 :]), end + 2), ()


def read_yaml(source: str, path: str, first_line: int = 1) -> tuple[YamlRead, tuple[Problem, ...]]:
    """Plain data of strict YAML (dictionaries, lists, text), the place of each part, and all that is wrong."""
    reader = YamlRead(path, first_line)
    try:
        reader.run(iter(yaml.parse(source, Loader=Loader)))
    except _RefusedError:
        pass
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        place = reader.location(mark) if mark else Location(path, first_line)
        said = ": ".join(filter(None, (bad.context, bad.problem)))
        reader.problems.append(Problem("yaml-syntax", place, f"this is not YAML: {said}", HINT_SYNTAX))
    except (yaml.YAMLError, UnicodeError) as bad:  # a reader that meets what is no character at all
        place = Location(path, first_line)
        reader.problems.append(Problem("yaml-syntax", place, f"this is not YAML: {bad}", HINT_SYNTAX))
    if not reader.problems and not isinstance(reader.result, dict):
        found = "keys with values were expected"
        reader.problems.append(Problem("yaml-syntax", Location(path, first_line), found, HINT_SYNTAX))
    return reader, tuple(reader.problems)


class _RefusedError(Exception):
    """Reading cannot go on; the Problem is in the list."""


@dataclass
class YamlRead:
    """Walks the events of one YAML document, never deeper than DEPTH; at the end `result` holds its data."""

    path: str
    first_line: int
    problems: list[Problem] = field(default_factory=list)
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    """Path of keys and indices -> line and column of the value."""
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    """The same for the key itself."""
    result: Any = None

    def location(self, mark: yaml.Mark) -> Location:
        return Location(self.path, mark.line + self.first_line, mark.column + 1)

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                if self.result is not None:
                    self.refuse("yaml-syntax", event, "there is a second YAML document", "Keep one")
                self.result = self.node(event, events, ())

    def refuse(self, code: str, event: Any, found: str, hint: str) -> None:
        self.problems.append(Problem(code, self.location(event.start_mark), found, hint))
        raise _RefusedError

    def node(self, event: Any, events: Iterator[Any], path: KeyPath) -> Any:
        self.places[path] = (event.start_mark.line + self.first_line, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.refuse("yaml-alias", event, "anchors and aliases are not accepted", "Write the value out")
        if event.tag and event.tag != "!":
            found = f"the tag {event.tag!r} is not accepted"
            self.refuse("yaml-tag", event, found, "Leave it out: every value is text")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if len(path) >= DEPTH:
            found = f"it is nested more than {DEPTH} deep"
            self.refuse("yaml-syntax", event, found, "Records are flatter than that")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return self.mapping(events, path)

    def scalar(self, event: Any) -> str:
        value = str(event.value)
        bad = FORBIDDEN.search(value)  # written as an escape, since the file itself has been searched
        if bad:
            found = f"the character U+{ord(bad.group()):04X} may not stand in a source"
            self.problems.append(Problem("forbidden-character", self.location(event.start_mark), found, REMOVE))
        return value

    def sequence(self, events: Iterator[Any], path: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, (*path, len(items))))
        return items

    def mapping(self, events: Iterator[Any], path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("yaml-syntax", event, "a key must be a word", HINT_SYNTAX)
            own = self.places[path]
            key = self.node(event, events, path)
            self.places[path] = own
            place = self.location(event.start_mark)
            if key in found:
                first = self.keys[(*path, key)]
                message = f"the key {key!r} stands twice, first in line {first[0]}"
                self.problems.append(Problem("duplicate-key", place, message, "Keep one of them"))
            self.keys.setdefault((*path, key), (place.line, place.column))
            found[key] = self.node(next(events), events, (*path, key))
        return found
