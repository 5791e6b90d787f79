"""A Report for a terminal, for a program, and for the lines of a proposal; `markdown` has the one for its conversation.

What contributors wrote may hold anything that the sources may hold: here signs that steer a terminal, or turn the direction of
its text, are shown by their number, and workflow commands are escaped as their makers say.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from build_tools.impact.lines import Line, Piece
from build_tools.impact.telling import Report, told
from build_tools.impact.values import BROKEN, Impact
from build_tools.location import Location
from build_tools.problem import Problem, as_github, as_line, errors

MOST_LISTED = 25
"""Lines of a section that are printed; JSON has all."""
MOST_FAULTS = 25
TOLD_OF_THE_LEDGER = frozenset(("text-changed", "address-vanished", "ledger-missing"))
"""Faults that the impact tells of among what is to be done."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of both sides, as `archive check` names them, by what the change has to do with them."""

    brought: tuple[Problem, ...] = ()
    """Not there before; without those that the impact tells of itself."""
    still: tuple[Problem, ...] = ()
    mended: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """All that the command has to say."""

    impact: Impact | None
    """None if one side could not be read at all."""
    before: str
    """What it was compared with, in words."""
    faults: Faults = Faults()
    options: str = ""
    """What the commands that are named need besides, such as the folder of the sources; begins with a blank."""

    @property
    def report(self) -> Report:
        if self.impact is None:
            return Report("Nothing can be compared: one side does not read. Its faults are below.", (), ())
        return told(self.impact, self.options, len(errors(self.faults.brought)))


def faults_apart(before: tuple[Problem, ...], after: tuple[Problem, ...], impact: Impact | None) -> Faults:
    """The faults that came, stayed and went; the lines of a file shift, so they are known by file, code and message."""
    old, new = {_known_by(one) for one in before}, {_known_by(one) for one in after}
    anchors = {one.place for one in impact.anchors if one.kind in BROKEN} if impact else set()
    refused = {one.place for one in impact.quotations if one.is_refused} if impact else set()

    def is_told(one: Problem) -> bool:
        return (
            (impact is not None and one.code in TOLD_OF_THE_LEDGER)
            or (one.code.startswith("anchor-") and one.location in anchors)
            or (one.code == "quotation-differs" and one.location in refused)
        )

    return Faults(
        brought=tuple(one for one in after if _known_by(one) not in old and not is_told(one)),
        still=tuple(one for one in after if _known_by(one) in old),
        mended=tuple(one for one in before if _known_by(one) not in new),
    )


def _known_by(problem: Problem) -> tuple[str, str, str]:
    return (problem.location.path.partition("/")[2], problem.code, problem.message)


def as_text(all_told: Told) -> str:
    """For a terminal: counts first, then what to do, then everything with its place."""
    report = all_told.report
    parts = [report.headline, f"Compared with {plain(all_told.before)}."]
    if report.to_do:
        parts += ["", "Before it is merged"]
        parts += [f"  - {_text_of(line)}" for line in report.to_do]
    for section in report.sections:
        parts += ["", f"{section.title} ({section.count})"]
        for line in section.lines[:MOST_LISTED]:
            parts.append(f"  {_text_of(line)}")
            parts += [f"    {''.join(map(_shown, one))}" for one in line.details]
            parts += [f"    {plain(str(line.place))}"] if line.place else []
        rest = len(section.lines) - MOST_LISTED
        parts += [f"  and {rest} more; --format json has all"] if rest > 0 else []
    for title, faults in groups_of(all_told.faults):
        parts += ["", f"{title} ({len(faults)})"]
        parts += [plain(as_line(one)) for one in faults[:MOST_FAULTS]]
        parts += [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
    return "\n".join(parts) + "\n"


def groups_of(faults: Faults) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """Faults with the title over them; groups without any are left out."""
    for title, some in (
        ("Faults that this change brings", faults.brought),
        ("Faults that were there before and still are", faults.still),
        ("Faults that this change mends", faults.mended),
    ):
        if some:
            yield title, some


def _text_of(line: Line) -> str:
    return "".join(map(_shown, line.pieces))


def _text_in_full(line: Line) -> str:
    return "; ".join((_text_of(line), *("".join(map(_shown, one)) for one in line.details)))


def _shown(piece: Piece) -> str:
    text = plain(piece.text)
    return {"added": f"{{+{text}+}}", "dropped": f"[-{text}-]"}.get(piece.voice, text)


def plain(text: str) -> str:
    """The text on one line, with signs that are not seen and might do something shown by their numbers."""
    return "".join(_visible(one) if unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"} else one for one in text)


def _visible(character: str) -> str:
    return " " if character in "\n\t\r" else f"<U+{ord(character):04X}>"


def as_json(all_told: Told) -> str:
    """One JSON object: how many of each kind, the headline in words, the impact with all its values, the faults."""
    impact = all_told.impact
    made = {
        "counts": {one.name: len(getattr(impact, one.name)) for one in fields(Impact) if one.name != "recording"}
        if impact
        else {},
        "headline": all_told.report.headline,
        "compared_with": all_told.before,
        "impact": _value(impact),
        "faults": asdict(all_told.faults),
    }
    return json.dumps(made, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if hasattr(value, "whole"):  # a Reference is written as it is in the sources
        return str(value)
    names = getattr(type(value), "__dataclass_fields__", None)
    return {name: _value(getattr(value, name)) for name in names} if names else value


def as_workflow_commands(all_told: Told) -> str:
    """Notes and warnings that stand beside the lines of a proposal, the headline first."""
    report = all_told.report
    first = report.sections[0].lines[0].place if report.sections else None
    place = first or Location("sources/archive.yml")
    parts = [_command("notice", place, "Impact of this change", report.headline)]
    parts += [_command("warning", place, "Before it is merged", _text_of(line)) for line in report.to_do]
    for section in report.sections:
        for line in section.lines[:MOST_LISTED]:
            if line.place:
                level = "warning" if line.is_urgent else "notice"
                parts.append(_command(level, line.place, line.title, _text_in_full(line)))
    parts += [as_github(one) for one in (*all_told.faults.brought, *all_told.faults.still)]
    return "".join(f"{one}\n" for one in parts)


def _command(level: str, place: Location, title: str, text: str) -> str:
    for mark, number in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text, title = text.replace(mark, number), title.replace(mark, number)
    path = place.path
    for mark, number in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        path, title = path.replace(mark, number), title.replace(mark, number)
    return f"::{level} file={path},line={place.line},col={place.column},title={title}::{text}"
