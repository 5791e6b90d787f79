"""Checks that the encoding lost no letter: its raw layer, put in the order of the lines, is the transcription.

The rule (ADR 0004): what stands from one `lb` to the next belongs to its line; white space counts as one blank and none
at either end of a line; a line taken up again is joined with one blank, or none with `break="no"`; a `space` is as many
blanks or tabs as it says, whatever blanks of the source stand beside it. Ends of lines are no part of a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import Archive, Document
from build_tools.problem import Problem
from build_tools.text import NOT_TRANSCRIBED, Element, Node, Text

BLANK, TAB, JOIN = "\x00", "\x01", "\x02"
"""Stand for the blanks of `space`, and for no blank at all, until white space is folded; no source can hold them."""
SIGNIFICANT = re.compile(r" *([\x00-\x02]+) *")
AROUND = 20

Pieces = list[tuple[str, Location]]


def check_transcriptions(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Every document gives back its transcription, character for character."""
    return tuple(problem for document in archive.documents for problem in _compare(document))


def recovered_lines(body: Element) -> dict[int, str]:
    """Number of each line of the transcription -> its characters, as the encoding has them; 0 is what has no line."""
    return {number: _folded(pieces) for number, pieces in _lines(body).items()}


def lines_of(transcription: str) -> list[str]:
    """The lines of a transcription, without their ends; an end of the last line begins no other."""
    return transcription.removesuffix("\n").split("\n") if transcription else []


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
    pieces = _lines(document.body).get(number, [])
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


def _lines(body: Element) -> dict[int, Pieces]:
    """The pieces of the raw layer by line, each with the place of the tag before it."""
    lines: defaultdict[int, Pieces] = defaultdict(list)
    current = lines[0]
    place = body.location
    stack: list[Node] = [body]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            current.append((node.content, place))
            continue
        place = node.location
        if node.name == "lb":
            current = lines[int(node.get("n", "0"))]
            current.append((JOIN if node.get("break") == "no" else " ", place))
        elif node.name == "space":
            mark = TAB if node.get("unit") == "tabs" else BLANK
            current.append((mark * int(node.get("quantity", "1")), place))
        elif node.name not in NOT_TRANSCRIBED:
            stack.extend(reversed(node.children))
    return lines


def _folded(pieces: Pieces) -> str:
    text = "".join(piece for piece, _ in pieces)
    if "  " in text:
        text = re.sub(" +", " ", text)
    text = text.strip(" ")
    if BLANK in text or TAB in text or JOIN in text:
        text = SIGNIFICANT.sub(r"\1", text).translate({0: " ", 1: "\t", 2: None})
    return text


def _place(pieces: Pieces, offset: int) -> Location | None:
    """Where the piece that holds the offset of the folded line begins."""
    for number in range(len(pieces)):
        if len(_folded(pieces[: number + 1])) > offset:
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
