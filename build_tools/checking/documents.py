"""Checks that the encoding lost no letter: its raw layer, put in the order of the lines, is the transcription.

What the raw layer of a line is, `fidelity` says; here the first difference is shown with its place in both files.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.fidelity import Pieces, folded, pieces_by_line, recovered_lines
from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import Archive, Document
from build_tools.problem import Problem
from build_tools.text import lines_of

AROUND = 20


def check_transcriptions(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Every document gives back its transcription, character for character."""
    return tuple(problem for document in archive.documents for problem in _compare(document))


def _compare(document: Document) -> Iterator[Problem]:
    lines = lines_of(document.transcription)
    recovered = recovered_lines(document.body)
    apart = [
        number for number in range(len(lines) + 1) if recovered.get(number, "") != (lines[number - 1] if number else "")
    ]
    if apart:
        yield _difference(document, apart, lines, recovered)


def _difference(document: Document, apart: list[int], lines: list[str], recovered: dict[int, str]) -> Problem:
    number = apart[0]
    encoded = recovered.get(number, "")
    transcribed = lines[number - 1] if number else ""
    offset = _first_difference(encoded, transcribed)
    pieces = pieces_by_line(document.body).get(number, [])
    place = _place(pieces, offset) or document.body.location
    if not number:
        message = f"{_excerpt(encoded, 0)!r} stands before the first <lb>"
        return Problem("transcription-differs", place, message, 'Begin the text with <lb n="1"/>')
    path = document.path.replace("edition.xml", "transcription.txt")
    here = repr(_excerpt(encoded, offset)) if encoded else "an empty line"
    there = repr(_excerpt(transcribed, offset)) if transcribed else "an empty line"
    message = f"line {number} is encoded as {here}, but {Location(path, number, offset + 1)} has {there}"
    more = f"; {len(apart)} lines differ in all" if len(apart) > 1 else ""
    hint = f"Mend the encoding: what is not in the transcription stands in supplied, corr or reg{more}"
    return Problem("transcription-differs", place, message, hint)


def _place(pieces: Pieces, offset: int) -> Location | None:
    """Where the piece that holds the offset of the folded line begins."""
    for number in range(len(pieces)):
        if len(folded(pieces[: number + 1])) > offset:
            return pieces[number][1]
    return pieces[-1][1] if pieces else None


def _first_difference(one: str, other: str) -> int:
    for offset, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return offset
    return min(len(one), len(other))


def _excerpt(line: str, offset: int) -> str:
    start, end = max(0, offset - AROUND), offset + AROUND
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
