"""A Report as a comment in the conversation of a proposal: a table of counts, what to do, details folded.

Everything that contributors wrote is made harmless: no mark of Markdown, no HTML, no link and no address of a person or
issue comes of it. A backslash takes the marks their meaning; where the host looks for `@name`, `#1` and addresses in the
finished text, a space without width keeps it from finding them.
"""

from __future__ import annotations

import re

from build_tools.impact.lines import Line, Piece
from build_tools.impact.printing import MOST_LISTED, Told, groups_of, plain
from build_tools.problem import as_line

MARKS = re.compile(r"[\\`*_\[\]<>&|~$]")
CALLS = re.compile(r"([@#]|\bGH-)(?=\w)", re.IGNORECASE)
ADDRESSES = re.compile(r"(://|\bwww\.|\bmailto:|\bxmpp:)", re.IGNORECASE)
MARKS_IN_CODE = re.compile(r"[\\`*_\[\]<>&|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
LONGEST = 60_000
"""Characters of a comment; the host takes 65,536."""
APART = "\u200b"


def as_markdown(all_told: Told) -> str:
    """The whole comment, with as many lines of each section as its host takes."""
    *others, least = (MOST_LISTED, 10, 4, 1)
    for most in others:
        comment = _comment(all_told, most)
        if len(comment) <= LONGEST:
            return comment
    return _comment(all_told, least)


def _comment(all_told: Told, most: int) -> str:
    report = all_told.report
    parts = [f"### {report.headline}", "", f"Compared with {escaped(all_told.before)}."]
    if report.to_do:
        parts += ["", "**Before it is merged**", ""]
        parts += [f"- {_line(line)}" for line in report.to_do]
    if report.sections:
        parts += ["", "| What | How many |", "|---|---|"]
        parts += [f"| {section.title} | {section.count} |" for section in report.sections]
    for section in report.sections:
        lines = [text for line in section.lines[:most] for text in _item(line, most)]
        rest = len(section.lines) - most
        lines += [f"- and {rest} more"] if rest > 0 else []
        parts += _folded(f"{section.title} ({section.count})", lines, is_open=section.title == "Passages")
    for title, faults in groups_of(all_told.faults):
        lines = [f"- {_code(as_line(one))}" for one in faults[:most]]
        lines += [f"- and {len(faults) - most} more"] if len(faults) > most else []
        parts += _folded(f"{title} ({len(faults)})", lines)
    return "\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text as words and nothing else, wherever it stands within a line of Markdown."""
    text = ADDRESSES.sub(lambda found: f"{found.group()[:-1]}{APART}{found.group()[-1]}", plain(text))
    return MARKS.sub(lambda found: f"\\{found.group()}", CALLS.sub(rf"\1{APART}", text))


def _folded(title: str, lines: list[str], *, is_open: bool = False) -> list[str]:
    return ["", f"<details{' open' if is_open else ''}><summary>{title}</summary>", "", *lines, "", "</details>"]


def _item(line: Line, most: int) -> list[str]:
    details = [f"  - {''.join(map(_piece, one))}" for one in line.details[:most]]
    rest = len(line.details) - most
    return [f"- {_line(line)}{_place(line)}", *details, *([f"  - and {rest} more"] if rest > 0 else [])]


def _line(line: Line) -> str:
    return "".join(map(_piece, line.pieces))


def _piece(piece: Piece) -> str:
    if piece.voice == "ours":
        return piece.text
    if piece.voice == "code":
        return _code(piece.text)
    if piece.voice == "theirs":
        return escaped(piece.text)
    tag = "ins" if piece.voice == "added" else "del"
    return f"<{tag}>{escaped(piece.text)}</{tag}>"


def _code(text: str) -> str:
    """In an element, since what is in it cannot end it as a backtick ends a span; the host looks for no names in code."""
    text = CALLS.sub(lambda found: f"{found.group()}{APART}" if found.group() == "@" else found.group(), plain(text))
    return f"<code>{MARKS_IN_CODE.sub(lambda found: f'&#{ord(found.group())};', text)}</code>"


def _place(line: Line) -> str:
    return f" {_code(str(line.place))}" if line.place else ""
