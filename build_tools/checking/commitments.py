"""Checks of commitments: who and where, what hangs on what, and that what came of it is told in order.

That parties and passages exist has been asked by `linking`; here is what needs several records or dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from build_tools.dates import HistoricalDate, in_words, read_date
from build_tools.identifiers import LISTS_OF_COMMITMENTS
from build_tools.linking import Links
from build_tools.model import Archive, Commitment, Record, Status
from build_tools.problem import Problem
from build_tools.standing import last_status

HANGING = frozenset({"condition of", "limited by", "verified by"})
"""Senses in which one commitment cannot stand before the other; two may well answer or restate each other."""


def check_parties(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """Each commitment has who made it, toward whom, and the words that say so."""
    return tuple(problem for record in archive.commitments for problem in _parties(record))


def _parties(record: Record[Commitment]) -> Iterator[Problem]:
    for key, agents in (("by", record.value.by), ("toward", record.value.toward)):
        if not agents:
            hint = "Name a person or an organisation, such as organisation:us-government"
            message = f"the commitment {record.id!r} names nobody under {key!r}"
            yield Problem("commitment-without-party", record.at(key), message, hint)
    both = [agent for agent in record.value.by if agent in record.value.toward]
    if both:
        hint = (
            "Leave it out on one side; of what binds a party's own people name the people, or the body they belong to"
        )
        message = f"the commitment {record.id!r} is by and toward the same party, {both[0]}"
        place = record.at("toward", record.value.toward.index(both[0]))
        yield Problem("commitment-to-itself", place, message, hint)
    if record.id in LISTS_OF_COMMITMENTS:
        message = f"a commitment cannot be named {record.id!r}: commitments/{record.id}/ is a list of commitments"
        yield Problem("reserved-identifier", record.at(), message, "Rename the file")
    if not record.value.passages:
        hint = "Quote the words of a document that state it"
        message = f"the commitment {record.id!r} has no passage"
        yield Problem("commitment-without-passage", record.at("passages"), message, hint)


# --- what hangs on what ---------------------------------------------------------------------------------------------


def check_dependencies(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """No commitment hangs on itself, by whatever way round; each circle is printed whole."""
    records = {record.id: record for record in archive.commitments}
    graph = {
        record.id: sorted(
            {
                one.commitment
                for one in record.value.depends_on
                if one.commitment in records and (one.sense in HANGING or one.commitment == record.id)
            }
        )
        for record in archive.commitments
    }
    return tuple(_as_problem(circle, records) for circle in circles(graph))


def circles(graph: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Circles of the graph that have no member in common, each from its least member on, until none is left."""
    remaining = dict(graph)
    while True:
        try:
            TopologicalSorter(remaining).prepare()
        except CycleError as found:
            members: list[str] = found.args[1][:0:-1]  # graphlib lists what is hung upon first, and the first again
            least = members.index(min(members))
            yield (*members[least:], *members[:least])
            for member in members:
                remaining[member] = []
        else:
            return


def _as_problem(circle: tuple[str, ...], records: dict[str, Record[Commitment]]) -> Problem:
    first = records[circle[0]]
    after = circle[1] if len(circle) > 1 else circle[0]
    step = next(n for n, one in enumerate(first.value.depends_on) if one.commitment == after)
    way = " -> ".join((*circle, circle[0]))
    files = ", ".join(records[member].path for member in circle)
    hint = f"Remove one of these dependencies, in {files}"
    place = first.at("depends_on", step, "commitment")
    return Problem("dependency-cycle", place, f"the commitment hangs on itself: {way}", hint)


FAILED: frozenset[Status] = frozenset({"not met", "lapsed"})
KEPT: frozenset[Status] = frozenset({"met", "partly met"})
ENDED = FAILED | KEPT


def check_conditions(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """What came of a commitment agrees with what came of its conditions; what does not is worth a look, not an error.

    A promise may well be kept although its condition failed. It is reported so that nobody says so by an oversight.
    """
    records = {record.id: record for record in archive.commitments}
    return tuple(problem for record in archive.commitments for problem in _conditions(record, records))


def _conditions(record: Record[Commitment], records: dict[str, Record[Commitment]]) -> Iterator[Problem]:
    own = last_status(record.value)
    conditions = [
        (index, one.commitment, last_status(records[one.commitment].value))
        for index, one in enumerate(record.value.depends_on)
        if one.sense == "condition of" and one.commitment in records and one.commitment != record.id
    ]
    hint = "Correct one of the two fates, or the sense; if both are right, leave it: this is no error"
    for index, name, status in conditions:
        if status in FAILED and own in KEPT:
            message = f"{record.id!r} is {own}, although its condition {name!r} is {status}"
            place = record.at("depends_on", index, "commitment")
            yield Problem("fate-against-condition", place, message, hint, "warning")
    if conditions and own in FAILED and all(status == "met" for _, _, status in conditions):
        names = ", ".join(repr(name) for _, name, _ in conditions)
        message = f"{record.id!r} is {own}, although all it is conditional on is met: {names}"
        yield Problem("fate-against-condition", record.at("fate", len(record.value.fate) - 1), message, hint, "warning")


# --- what came of it ------------------------------------------------------------------------------------------------


def check_fates(archive: Archive, _: Links) -> tuple[Problem, ...]:
    """The steps of a fate are in the order of their dates, and none lies before the commitment was made."""
    return tuple(problem for record in archive.commitments for problem in _fate(record))


def _fate(record: Record[Commitment]) -> Iterator[Problem]:
    made = [date for date in map(_date, record.value.dates) if date]
    first = min(made, key=HistoricalDate.sort_key, default=None)
    last: HistoricalDate | None = None
    yield from _ended_before_it_began(record)
    for index, step in enumerate(record.value.fate):
        when = _date(step.date)
        if when is None:
            continue
        place = record.at("fate", index, "date")
        if first and when.latest and when.latest < first.earliest:
            message = f"{in_words(when)} lies before the commitment was first made, {in_words(first)}"
            yield Problem("fate-before-commitment", place, message, "Correct one of the dates, or add one to dates")
        if last and when.earliest < last.earliest:
            message = f"{in_words(when)} stands after {in_words(last)}"
            yield Problem("fate-out-of-order", place, message, "Put the steps in the order of their dates")
        last = when


def _ended_before_it_began(record: Record[Commitment]) -> Iterator[Problem]:
    """Whatever its dates say: what is met or has lapsed was undertaken before."""
    statuses = [step.status for step in record.value.fate]
    if "undertaken" not in statuses:
        return
    for index, status in enumerate(statuses[: statuses.index("undertaken")]):
        if status in ENDED:
            message = f"the step {status!r} stands before the commitment is undertaken"
            hint = "Put the steps in the order of their dates, or correct the status"
            yield Problem("fate-before-commitment", record.at("fate", index, "status"), message, hint)


def _date(edtf: str) -> HistoricalDate | None:
    """None for what cannot be read, which `dates` reports."""
    try:
        return read_date(edtf)
    except ValueError:
        return None
