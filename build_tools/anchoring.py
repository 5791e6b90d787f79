"""Proposes how anchors that no longer hold could be mended: archive -> a patch that a person reads and applies.

Nothing is ever re-anchored silently. For words that are not there, the nearest text is proposed; for words that stand more
than once, the prefix that decides for the first place; for a context that has changed, that there be none. What is like
nothing gets no proposal, only its name. Called by the `archive anchors` command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from build_tools.location import Location
from build_tools.model import Archive, Note, Passage, PassageQuoted, Record, Target
from build_tools.model import Path as KeyPath
from build_tools.selectors import Ambiguous, NotFound, Span, find
from build_tools.text import lines_of

LEAST_LIKE = 0.6
"""Likeness below which the nearest text is not proposed: it would more often be another sentence than a changed one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be written in the place of a value; `value` is None where nothing can be proposed."""

    place: Location
    key: str
    value: str | None
    why: str


def proposals(archive: Archive) -> tuple[Proposal, ...]:
    """One or more for each anchor of a note or commitment that does not match exactly once, in the order of places."""
    found: list[Proposal] = []
    passages = {(document.id, one.id): one for document in archive.documents for one in document.passages}
    for document in archive.documents:
        for note in document.notes:
            passage = passages.get((document.id, note.value.target.passage))
            if passage:
                found.extend(_proposed(passage, note.value.target, note, ("target",)))
    for record in archive.commitments:
        for index, quoted in enumerate(record.value.passages):
            passage = passages.get((quoted.document, quoted.passage))
            if passage:
                found.extend(_proposed(passage, quoted, record, ("passages", index)))
    return tuple(sorted(found, key=lambda one: (one.place, one.key)))


def _proposed(
    passage: Passage, anchor: Target | PassageQuoted, holder: Note | Record[object], path: KeyPath
) -> Iterator[Proposal]:
    found = find(passage.text, anchor.exact, anchor.prefix, anchor.suffix)
    where = f"passage {passage.id}"
    if isinstance(found, Span):
        return
    if isinstance(found, Ambiguous):
        why = f"the words stand {len(found.places)} times in {where}; this prefix decides for the first"
        prefix = found.deciding_prefix or None
        yield Proposal(holder.at(*path, "prefix" if anchor.prefix else "exact"), "prefix", prefix, why)
    elif found.reason == "context differs":
        for key in ("prefix", "suffix"):
            if getattr(anchor, key):
                yield Proposal(holder.at(*path, key), key, "", f"the words stand in {where} without this context")
    else:
        value = found.nearest if isinstance(found, NotFound) and found.likeness >= LEAST_LIKE else None
        why = f"the words nearest to it in {where}" if value else f"nothing in {where} is like it"
        yield Proposal(holder.at(*path, "exact"), "exact", value, why)


def as_patch(found: tuple[Proposal, ...], texts: Mapping[str, str]) -> str:
    """A unified diff of the files named, that `git apply` and `patch -p1` read; empty if there is nothing to change."""
    parts: list[str] = []
    for path in sorted({one.place.path for one in found if one.value is not None}):
        old = texts[path]
        new = old
        here = [one for one in found if one.place.path == path and one.value is not None]
        for one in sorted(here, key=lambda one: one.place, reverse=True):  # from below, so that lines above keep theirs
            new = _rewritten(new, one)
        parts.extend(
            unified_diff(
                old.splitlines(keepends=True), new.splitlines(keepends=True), fromfile=f"a/{path}", tofile=f"b/{path}"
            )
        )
    return "".join(parts)


def _rewritten(text: str, one: Proposal) -> str:
    """The text with the value that begins at the place written anew, in one line."""
    lines = lines_of(text)
    at = one.place.line - 1
    line = lines[at]
    indent = len(line) - len(line.lstrip(" -"))
    written = json.dumps(one.value, ensure_ascii=False)
    if one.key == "prefix" and not line[indent:].startswith("prefix:"):
        lines[at:at] = [" " * indent + f"prefix: {written}"] if not line.lstrip().startswith("-") else []
        if line.lstrip().startswith("-"):  # the first key of an item of a list
            lines.insert(_end(lines, at, indent), " " * indent + f"prefix: {written}")
        return "\n".join(lines) + "\n"
    end = _end(lines, at, indent)
    lines[at:end] = [line[: one.place.column - 1] + written]
    return "\n".join(lines) + "\n"


def _end(lines: list[str], at: int, indent: int) -> int:
    """The line after the value that begins in line `at`: what is blank or further in belongs to it."""
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > indent):
        if lines[end].strip() == "---":
            break
        end += 1
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    return end
