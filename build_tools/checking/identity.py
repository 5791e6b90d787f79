"""Checks that a record is one record: series and number together name a message, and an address belongs to one page."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.identifiers import Kind, url_of
from build_tools.linking import Links
from build_tools.model import AnyRecord, Archive, Message, Record
from build_tools.problem import Problem

ADDRESSES: dict[Kind, frozenset[str]] = {
    "message": frozenset({"series", "traffic", "unnumbered"}),
    "term": frozenset({"by-initial", "compare"}),
}
"""What stands below the folder of a kind beside its records."""
EVERYWHERE = frozenset({"by-initial"})


def check_addresses(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """No record takes the address of another page."""
    return tuple(problem for record in archive.records() for problem in _address(record))


def _address(record: Record[AnyRecord]) -> Iterator[Problem]:
    kind = record.reference.kind
    number = kind == "message" and record.id.isdecimal()
    if number or record.id in ADDRESSES.get(kind, EVERYWHERE):
        what = "leads to the messages that bear the number" if number else "is a page of its own"
        message = f"the address /{url_of(record.reference)} {what}, so no {kind} can have it"
        hint = "Rename the file: sender, addressee, and number or date" if number else "Give the file another name"
        yield Problem("reserved-address", record.at(), message, hint)


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
