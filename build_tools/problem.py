"""A fault that a person can put right.

Readers, linkers and checkers return Problems; nobody raises them. The doors (`cli`, `plugin`) print them in one of three
ways from the one value. A code is a word that names the check, its example folder under `tests/problems/` and its heading
in `docs/contribute/problems.md`, which `archive explain CODE` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from build_tools.location import Location

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: what is wrong and where, what is there, what was expected, and how to mend it."""

    code: str
    location: Location
    message: str
    """What is there, quoted, and what was expected, in one sentence without a full stop at its end."""
    hint: str = ""
    """How to mend it, as an instruction."""
    severity: Severity = "error"

    def sort_key(self) -> tuple[Location, str, str]:
        return (self.location, self.code, self.message)


def sorted_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems once each, in the order of their places."""
    return tuple(sorted(set(problems), key=Problem.sort_key))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


def as_line(problem: Problem) -> str:
    """`path:line:column: error: code: message. hint`, the form that editors jump to."""
    hint = f". {problem.hint}" if problem.hint else ""
    return f"{problem.location}: {problem.severity}: {problem.code}: {problem.message}{hint}"


def as_json(problem: Problem) -> str:
    """One JSON object on one line, keys sorted."""
    return json.dumps(asdict(problem), ensure_ascii=False, sort_keys=True)


def as_github(problem: Problem) -> str:
    """A workflow command that puts the fault beside its line in a pull request."""
    place = problem.location
    text = f"{problem.message}. {problem.hint}".rstrip(". ")
    for plain, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(plain, escaped)
    return f"::{problem.severity} file={place.path},line={place.line},col={place.column},title={problem.code}::{text}"
