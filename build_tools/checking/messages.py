"""Checks that messages stand in order: that a number is one, and runs as the dates of its series do.

Each message by itself has been asked by `reading`; here is what several say together, and what a number must look like.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.dates import in_words, read_date
from build_tools.identifiers import is_identifier
from build_tools.linking import Links
from build_tools.model import Archive, Message, Record
from build_tools.problem import Problem
from build_tools.series import NUMBER, Misplaced, misplaced


def check_series(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Every number is one number, every series has a name, and dates do not run against numbers."""
    records = {record.id: record for record in archive.messages}
    problems = [problem for record in archive.messages for problem in _alone(record)]
    return (*problems, *(_out_of_order(one, records) for one in misplaced(archive.messages)))


def _alone(record: Record[Message]) -> Iterator[Problem]:
    number, series = record.value.number, record.value.series
    if series and not is_identifier(series):
        message = f"{series!r} cannot name a series, since its list has an address of that name"
        yield Problem(
            "bad-identifier", record.at("series"), message, "Use small letters, digits and hyphens: state-usun"
        )
    if number and not NUMBER.fullmatch(number):
        message = f"{number!r} is not one number"
        hint = "Give one number, such as 1159, 55515-62 or 12a; make a record of each message, and relate them"
        yield Problem("bad-number", record.at("number"), message, hint)


def _out_of_order(one: Misplaced, records: dict[str, Record[Message]]) -> Problem:
    record = records[one.message]
    neighbours = [
        f"{records[other].value.number} {side} it ({records[other].path}) of {_date(records[other])}"
        for other, side in ((one.after, "before"), (one.before, "after"))
        if other
    ]
    message = (
        f"number {record.value.number} of the series {record.value.series!r} is dated {_date(record)}, "
        f"but the series has {' and '.join(neighbours)}"
    )
    hint = "Correct the date or the number; if the numbering began anew, give the later messages a series of their own"
    return Problem("number-out-of-order", record.at("sent", "date"), message, hint)


def _date(record: Record[Message]) -> str:
    sent = record.value.sent
    return in_words(read_date(sent.date, time=sent.time, zone=sent.zone))
