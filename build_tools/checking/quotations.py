"""Checks that what is offered as the words of a text that is held here stands there, letter for letter.

The verdicts were computed by `quotations`; here it is asked which of them are faults of ours. A document of 1962 may
misquote: that is a finding, and stands on its page. Our own notes and records may not, nor may an encoding that claims so.
"""

from __future__ import annotations

from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import Archive
from build_tools.problem import Problem
from build_tools.quotations import AGREEING, Quotation

SHOWN = 80
EMPHASIS = "or set words that are no quotation *in italics*"


def check_quotations(_: Archive, links: Links) -> tuple[Problem, ...]:
    """Each quotation that claims to be the words of its source is; each of ours names a source."""
    marked = [one for found in links.quotations.standing.values() for one in found]
    problems = [_differs(one) for one in (*marked, *links.quotations.ours) if _is_false_claim(one)]
    for one in links.quotations.ours:
        if one.source is None:
            message = f"nothing says where the words {_shown(one.words)} are from"
            hint = f"Cite their source behind them, {EMPHASIS}"
            problems.append(Problem("quotation-without-source", _place(one), message, hint))
    return tuple(problems)


def _is_false_claim(one: Quotation) -> bool:
    return one.claimed and one.verdict not in AGREEING and one.source is not None


def _differs(one: Quotation) -> Problem:
    message = f"the words {_shown(one.words)} are quoted from {one.source}, but do not stand there"
    hint = f"Correct the words or the source, {EMPHASIS}"
    if one.elsewhere:
        hint = f"They stand in {one.place}: cite that"
    elif one.missing:
        hint = f"{one.missing[0].upper()}{one.missing[1:]}"
    elif one.comparison:
        added = ", ".join(repr(words) for step, words in one.comparison if step == "added")
        dropped = ", ".join(repr(words) for step, words in one.comparison if step == "dropped")
        apart = [f"not there: {added}" if added else "", f"left out: {dropped}" if dropped else ""]
        hint = f"Nearest is {one.place or 'nothing'}; {'; '.join(filter(None, apart))}"
    return Problem("quotation-differs", _place(one), message, hint)


def _place(one: Quotation) -> Location:
    return one.location or Location(str(one.at))


def _shown(words: str) -> str:
    return repr(words if len(words) <= SHOWN else f"{words[:SHOWN]} …")
