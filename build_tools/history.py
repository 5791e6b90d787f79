"""What git remembers: the passage ledger as it was committed, and the sources of an earlier revision.

The chain in the ledger shows an edited line, but not a file that somebody wrote anew with a new chain. Where the sources lie
in a git repository, every version of the ledger that was committed must be the beginning of the file as it stands. Where
there is no git or no history, as in a zip, nothing is asked. What a change touches is told by comparing the sources with
those of a revision, which are written into a folder for that. Called by the doors, since it starts a program.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_tools.location import Location
from build_tools.problem import Problem

LEDGER = "ledger/passages.tsv"
MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What the main branch may be called; the first one that there is."""


class NoSuchRevision(Exception):
    """Git has no such sources; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The sources of a revision, written into a folder."""

    sources: Path
    words: str
    """Which revision it is: `revision 0123456789ab, where this branch left main`."""


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


def sources_of(sources: Path, since: str, folder: Path) -> Earlier:
    """The sources as they were in the revision `since`, written below `folder` under the name that they have now.

    Without `since`, those of the commit at which this branch left the main one, else of the last commit. Symbolic links are
    written as they were committed, for the reader to refuse; nothing is written through them.
    """
    top = _git(sources, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").removesuffix("\n")
    if not top:
        raise NoSuchRevision(
            f"{sources} lies in no git repository, or there is no git: name a folder to compare with, --against FOLDER"
        )
    within = _git(sources, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").removesuffix("\n")
    commit, words = _revision(sources, since)
    packed = _git(Path(top), "archive", "--format=tar", f"{commit}:{within.rstrip('/')}")
    if not packed:
        raise NoSuchRevision(f"revision {commit[:12]} has no folder {within}: name a later one with --since")
    earlier = folder / sources.resolve().name
    _unpack(packed, earlier)
    return Earlier(earlier, words)


def _revision(sources: Path, since: str) -> tuple[str, str]:
    """The commit meant, and how it is told of."""
    if since:
        commit = _commit(sources, since)
        if not commit:
            raise NoSuchRevision(
                f"git knows no revision {since!r} here: look with `git log`, or fetch it first "
                "(git fetch origin; in a workflow, a checkout with fetch-depth: 0)"
            )
        return commit, f"revision {commit[:12]} ({since})"
    head = _commit(sources, "HEAD")
    if not head:
        raise NoSuchRevision("nothing was committed here yet: name a folder to compare with, --against FOLDER")
    main = next((name for name in MAIN if _commit(sources, name)), "")
    base = _git(sources, "merge-base", head, main).decode("ascii", "replace").split() if main else []
    if base and base[0] != head:
        return base[0], f"revision {base[0][:12]}, where this branch left {main}"
    return head, f"revision {head[:12]}, the last commit"


def _commit(folder: Path, name: str) -> str:
    """The hash of the commit of that name; empty if there is none."""
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return found.decode("ascii", "replace").strip()


def _unpack(packed: bytes, folder: Path) -> None:
    """The files of a tar that git made; links last, so that no file is written through one."""
    folder.mkdir(parents=True)
    links: list[tuple[Path, str]] = []
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if path.is_absolute() or ".." in path.parts:
                continue
            target = folder / path
            content = tar.extractfile(member) if member.isfile() else None
            if member.isdir():
                target.mkdir(parents=True, exist_ok=True)
            elif content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
            elif member.issym():
                links.append((target, member.linkname))
    for target, linked in links:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(linked)


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
