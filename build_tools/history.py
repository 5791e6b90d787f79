"""What git remembers of the passage ledger: no line that was ever committed may be changed or missing.

The chain in the file shows an edited line, but not a file that somebody wrote anew with a new chain. Where the sources lie
in a git repository, every version of the ledger that was committed must be the beginning of the file as it stands. Where
there is no git or no history, as in a zip, nothing is asked. Called by the doors, since it starts a program.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from build_tools.location import Location
from build_tools.problem import Problem

LEDGER = "ledger/passages.tsv"


def ledger_history(sources: Path) -> tuple[Problem, ...]:
    """A Problem at the first line that the committed past has otherwise; at most one, for one cause has one cure."""
    path = sources / LEDGER
    if not path.is_file():
        return ()
    now = path.read_bytes()
    for commit, then in _versions(path):
        if not now.startswith(then):
            line = next(
                number
                for number, (old, new) in enumerate(_side_by_side(then.split(b"\n"), now.split(b"\n")), start=1)
                if old != new
            )
            place = Location(f"{sources.name}/{LEDGER}", line)
            message = f"this line is not as it was committed in {commit[:12]}"
            hint = f"Restore it from there (git show {commit[:12]}) and append what happened since"
            return (Problem("ledger-edited", place, message, hint),)
    return ()


def _side_by_side(old: list[bytes], new: list[bytes]) -> Iterator[tuple[bytes, bytes | None]]:
    for index, line in enumerate(old):
        yield line, new[index] if index < len(new) else None


def _versions(path: Path) -> Iterator[tuple[str, bytes]]:
    """Commit and content of each version of the file that the current branch has, the newest first."""
    listed = _git(path.parent, "log", "--format=%H", "--", path.name)
    for commit in listed.decode("ascii", "replace").split():
        content = _git(path.parent, "show", f"{commit}:./{path.name}")
        if content:
            yield commit, content


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; nothing where there is no git, no repository, or nothing of that name."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
