"""Checks that a message is one message: series and number together name it, and a bare number names nothing."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.linking import Links
from build_tools.model import Archive, Message, Record
from build_tools.problem import Problem


def check_numbers(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """No two messages of one series bear the same number, and each numbered message has a series."""
    return tuple(_numbers(archive.messages))


def _numbers(messages: tuple[Record[Message], ...]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Record[Message]] = {}
    for record in messages:
        series, number = record.value.series, record.value.number
        if not number:
            continue
        if not series:
            hint = "Add series: sender and addressee of the wire, such as state-usun"
            message = f"the message {record.id!r} has the number {number!r} but no series"
            yield Problem("number-without-series", record.at("number"), message, hint)
        elif (series, number) in first:
            other = first[series, number]
            message = f"number {number!r} of the series {series!r} is also borne by {other.id!r} ({other.path})"
            hint = "Correct the number or the series, or make one record of the two"
            yield Problem("number-taken", record.at("number"), message, hint)
        else:
            first[series, number] = record
