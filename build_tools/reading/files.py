"""One hardened way to read a source file, and to name those of a folder: what comes out can be trusted to be text.

Symbolic links, anything that is not a regular file, files over the cap, bytes that are not UTF-8, NUL and other control
characters, and characters that reorder or hide text (Trojan Source) are Problems with their line and column. CRLF is
read as LF, so that it makes no difference. Called by every reader.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from build_tools.identifiers import is_identifier
from build_tools.location import Location
from build_tools.problem import Problem

CAP = 16 * 1024 * 1024
"""Bytes; a parsed tree takes some seventeen times as much memory."""
MOST_CHARACTERS_NAMED = 50
"""A binary file has a bad character at every second place; nobody needs them all."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
REMOVE = "Remove it; it is invisible or changes the order of what is read"
BOM = b"\xef\xbb\xbf"
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})
"""What file managers and git leave in folders; never read, so never published."""


def read_source(path: Path, root: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of the file with line ends as LF, or None, and what is wrong with it; `root` is the project's folder."""
    name = name_of(path, root)
    refused = _refused(path, root, Location(name))
    if refused:
        return None, (refused,)
    content = path.read_bytes()
    problems: list[Problem] = []
    if content.startswith(BOM):
        content = content[len(BOM) :]
        hint = "Save it as UTF-8 without BOM"
        found = "the file begins with a byte order mark"
        problems.append(Problem("byte-order-mark", Location(name), found, hint, "warning"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as bad:
        before = _with_plain_ends(content[: bad.start].decode("utf-8"))
        found = f"the byte 0x{content[bad.start]:02X} is not UTF-8"
        place = place_of(before, len(before), name)
        return None, (*problems, Problem("not-utf-8", place, found, "Save the file as UTF-8"))
    text = _with_plain_ends(text)
    faults = forbidden_in(text, name)
    return (None if faults else text), (*problems, *faults)


def forbidden_in(text: str, path: str) -> tuple[Problem, ...]:
    """The characters of a whole file that may not stand in a source, each with its place; at most fifty."""
    problems: list[Problem] = []
    line, start_of_line, at = 1, 0, 0
    for bad in FORBIDDEN.finditer(text):
        line += text.count("\n", at, bad.start())
        start_of_line = text.rfind("\n", 0, bad.start()) + 1
        at = bad.start()
        found = f"the character U+{ord(bad.group()):04X} may not stand in a source"
        problems.append(Problem("forbidden-character", Location(path, line, at - start_of_line + 1), found, REMOVE))
        if len(problems) == MOST_CHARACTERS_NAMED:
            break
    return tuple(problems)


def place_of(text: str, offset: int, path: str) -> Location:
    """Line and column of an offset into a text."""
    return Location(path, text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def name_of(path: Path, root: Path) -> str:
    """The path as Problems show it: relative, with slashes, and printable whatever bytes it is made of."""
    return os.fsencode("/".join(_parts(path, root))).decode("utf-8", "backslashreplace")


def named_files(folder: Path, root: Path, what: str) -> tuple[list[Path], tuple[Problem, ...]]:
    """The Markdown files of a folder whose names can be addresses, sorted; all else in it is a Problem."""
    return _named(folder, root, f"a Markdown file for each {what.removeprefix('a ')}", what, is_file=True)


def named_folders(folder: Path, root: Path, what: str) -> tuple[list[Path], tuple[Problem, ...]]:
    """The folders of a folder whose names can be addresses, sorted; all else in it is a Problem."""
    return _named(folder, root, f"a folder for each {what.removeprefix('a ')}", what, is_file=False)


def entries_of(folder: Path) -> list[Path]:
    """What stands in a folder, sorted, without what systems leave there; nothing if there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name not in LEFT_BY_SYSTEMS)


def _named(
    folder: Path, root: Path, expected: str, what: str, *, is_file: bool
) -> tuple[list[Path], tuple[Problem, ...]]:
    problems: list[Problem] = []
    found: list[Path] = []
    taken: dict[str, str] = {}
    for path in entries_of(folder):
        here = Location(name_of(path, root))
        shown = here.path.rsplit("/", 1)[-1]
        key = unicodedata.normalize("NFC", path.name).casefold()
        if path.is_symlink():
            hint = "Put there what it points to"
            problems.append(Problem("symbolic-link", here, f"{shown!r} is a symbolic link", hint))
            continue
        if key in taken:
            hint = "Rename one: on Windows and macOS they would be the same"
            problems.append(Problem("colliding-names", here, f"{shown!r} and {taken[key]!r} collide", hint))
        taken.setdefault(key, shown)
        if is_file != path.is_file() or (is_file and path.suffix != ".md"):
            hint = f"Here stands {expected}"
            problems.append(Problem("unexpected-file", here, f"{shown!r} may not stand here", hint))
        elif not is_identifier(path.stem if is_file else path.name):
            name = shown.removesuffix(".md") if is_file else shown
            hint = "Use small letters, digits and hyphens, at most 64, no name that Windows keeps for itself"
            problems.append(Problem("bad-identifier", here, f"{name!r} cannot name {what}", hint))
        else:
            found.append(path)
    return found, tuple(problems)


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _refused(path: Path, root: Path, here: Location) -> Problem | None:
    """Why the file may not be read, by what it is; no part of its path may be a link that leads elsewhere."""
    step, mode, size = os.fspath(root), 0, 0
    for part in _parts(path, root):
        step = f"{step}/{part}"
        seen = os.lstat(step)
        mode, size = seen.st_mode, seen.st_size
        if stat.S_ISLNK(mode):
            found = f"{name_of(Path(step), root)!r} is a symbolic link"
            return Problem("symbolic-link", here, found, "Put there what it points to")
    if not stat.S_ISREG(mode):
        return Problem("unexpected-file", here, "it is not a regular file", "Remove it")
    if size > CAP:
        hint = f"Split it; a source may have at most {CAP // 1024 // 1024} MiB"
        return Problem("file-too-large", here, "the file is too large", hint)
    return None


def _parts(path: Path, root: Path) -> tuple[str, ...]:
    return path.parts[len(root.parts) :]
