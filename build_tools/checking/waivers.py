"""Takes out the faults that are accepted on purpose, and reports waivers that nothing needs.

A waiver names a code, a file and, where that is not enough, words of the message; it says why, who and since when. What
the archive promises its readers cannot be waived. An end date is compared with the date of the edition, not with the
clock, so that the same sources are judged the same for ever (ADR 0016).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.location import Location
from build_tools.model import Archive, WaiverFile
from build_tools.problem import Problem

NEVER = frozenset(
    [
        "address-vanished",
        "identifier-reused",
        "ledger-line",
        "line-mark",
        "quotation-differs",
        "redirect-circle",
        "redirect-dangling",
        "text-changed",
        "transcription-differs",
        "words-altered",
    ]
)
"""Faults that would break what is promised: true words, true quotations, addresses that answer."""


def after_waivers(problems: Iterable[Problem], archive: Archive) -> tuple[Problem, ...]:
    """The problems that no waiver covers, and those of the waivers themselves."""
    if not archive.waivers:
        return tuple(problems)
    used: set[str] = set()
    left: list[Problem] = []
    for problem in problems:
        covering = next((one for one in archive.waivers if _covers(one, problem)), None)
        if covering is None:
            left.append(problem)
        else:
            used.add(covering.id)
    return (*left, *_faults(archive, used))


def _covers(one: WaiverFile, problem: Problem) -> bool:
    value = one.value
    return (
        problem.code == value.code
        and problem.code not in NEVER
        and problem.location.path == value.place
        and value.words in problem.message
    )


def _faults(archive: Archive, used: set[str]) -> Iterator[Problem]:
    today = archive.edition.date
    for one in archive.waivers:
        here = Location(one.path)
        if one.value.code in NEVER:
            message = f"{one.value.code!r} is a fault that cannot be waived"
            yield Problem("waiver-not-allowed", here, message, "Mend the fault itself")
        elif one.id not in used:
            message = f"no fault {one.value.code!r} is reported for {one.value.place!r} with these words"
            yield Problem("waiver-unused", here, message, "Remove the waiver, or correct its code, place and words")
        elif one.value.until and one.value.until < today:
            message = f"the waiver held until {one.value.until}, and this edition is of {today}"
            yield Problem("waiver-expired", here, message, "Mend the fault, or decide anew and give a later day")
