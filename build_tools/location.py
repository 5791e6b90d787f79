"""Where something stands in a source file.

Made by `reading`, carried by everything that was read, printed by `problem`. The lowest storey: imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file: a POSIX path relative to the project folder, a line and a column, both from 1.

    Columns count characters (code points), not bytes.
    """

    path: str
    line: int = 1
    column: int = 1

    def __reduce__(self) -> tuple[type[Location], tuple[str, int, int]]:  # twice as fast as what dataclass makes
        return Location, (self.path, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
