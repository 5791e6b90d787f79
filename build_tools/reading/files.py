"""One hardened way to read a source file: what comes out is text that can be trusted to be text.

Symbolic links, anything that is not a regular file, files over the cap, bytes that are not UTF-8, NUL and other control
characters, and characters that reorder or hide text are Problems with their line and column (reliability: Trojan Source,
gzip bombs, UTF-7). CRLF is read as LF, so that it makes no difference. Called by every reader.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path

from build_tools.location import Location
from build_tools.problem import Problem

CAP = 16 * 1024 * 1024
"""Bytes; a parsed tree takes some seventeen times as much memory."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ufffe\uffff]"
)
BOM = b"\xef\xbb\xbf"


def read_source(path: Path, root: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of the file with line ends as LF, or None; and what is wrong with it. Locations are relative to `root`."""
    name = path.relative_to(root).as_posix()
    here = Location(name)
    refused = _refuse_kind(path, root, here)
    if refused:
        return None, (refused,)
    content = path.read_bytes()
    if len(content) > CAP:
        hint = f"Split it; a source may have at most {CAP // 1024 // 1024} MiB"
        return None, (Problem("file-too-large", here, f"the file has {len(content):,} bytes", hint),)
    problems: list[Problem] = []
    if content.startswith(BOM):
        content = content[len(BOM) :]
        hint = "Save it as UTF-8 without BOM"
        problems.append(Problem("byte-order-mark", here, "the file begins with a byte order mark", hint, "warning"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as bad:
        before = content[: bad.start].decode("utf-8")
        hint = "Save the file as UTF-8"
        found = f"the byte 0x{content[bad.start]:02X} is not UTF-8"
        return None, (*problems, Problem("not-utf-8", place_of(before, len(before), name), found, hint))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for bad_character in FORBIDDEN.finditer(text):
        found = f"the character U+{ord(bad_character.group()):04X} may not stand in a source"
        hint = "Remove it; it is invisible or changes the order of what is read"
        problems.append(Problem("forbidden-character", place_of(text, bad_character.start(), name), found, hint))
    return (None if any(p.severity == "error" for p in problems) else text), tuple(problems)


def place_of(text: str, offset: int, path: str) -> Location:
    """Line and column of an offset into a text."""
    return Location(path, text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def _refuse_kind(path: Path, root: Path, here: Location) -> Problem | None:
    step = root
    for part in path.relative_to(root).parts:
        step = step / part
        mode = step.lstat().st_mode
        if stat.S_ISLNK(mode):
            hint = "Put the file itself there"
            return Problem("symbolic-link", here, f"{step.relative_to(root).as_posix()!r} is a symbolic link", hint)
    if not stat.S_ISREG(mode):
        return Problem("unexpected-file", here, "it is not a regular file", "Remove it")
    return None
