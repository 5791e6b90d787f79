"""The ledger as of a date: `/commitments/as-of/<day>/` for each day on which something changed, and the list of them.

A page has what changed since the day before and how every commitment stood at the end of the day. What a span of days
leaves open is said: *by* its last day, and *perhaps already* before. Where there are more commitments than a reader can
read through, the page has what changed and the counts. Comes in: a `Standing`. Called by `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from build_tools.dates import in_words, read_date
from build_tools.identifiers import Reference
from build_tools.model import Commitment
from build_tools.output import Page
from build_tools.rendering.addressing import Cited, Here, Link
from build_tools.rendering.templates import render
from build_tools.standing import STATUSES, Changed, Day, Placed, Standing

LISTED = 200
"""Commitments whose states, and changes, a page has; a page of more would not be read, and would grow with the archive."""
AS_OF = "commitments/as-of/"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came about for a commitment."""

    link: Link
    kind: str
    before: str
    after: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What happened, in words, with the limits of its date and its sources."""

    text: str
    status: str
    doubt: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How a commitment stood."""

    link: Link
    kind: str
    by: str
    since: str
    possible: tuple[str, ...]
    mark: str
    """`new`, `changed`, `a step` that left the status as it was, or nothing."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A day in the list of days."""

    link: Link
    new: int
    changed: int
    counts: tuple[tuple[str, int], ...]


def as_of_url(day: date) -> str:
    """The address of the ledger as of a day."""
    return f"{AS_OF}{day.isoformat()}/"


def as_of_pages(standing: Standing, out: Here) -> Iterator[Page]:
    """The list of days, then a page for each with links to the one before and the one after."""
    yield from _index_pages(standing, out)
    days = standing.days
    for before, day, after in zip((None, *days), days, (*days[1:], None), strict=False):
        yield _page(standing, day, before, after, out)


def _index_pages(standing: Standing, out: Here) -> Iterator[Page]:
    """All days on one page; if they are too many, the years, and the days of each on a page of its own."""
    if len(standing.days) <= LISTED:
        yield _index(standing, standing.days, "", (), out)
        return
    years = [(str(year), tuple(days)) for year, days in groupby(standing.days, key=lambda one: one.day.year)]
    yield _index(standing, (), "", tuple((year, len(days)) for year, days in years), out)
    for year, days in years:
        yield _index(standing, days, year, (), out)


def _index(standing: Standing, days: tuple[Day, ...], year: str, years: tuple[tuple[str, int], ...], out: Here) -> Page:
    here = out.at(f"{AS_OF}{year}/" if year else AS_OF)
    html = render(
        "as-of-days.html",
        here=here,
        year=year,
        years=tuple((Link(one, here.to(f"{AS_OF}{one}/")), count) for one, count in years),
        days=tuple(_summary(day, here) for day in days),
        count=len(days) or len(standing.days),
        unplaced=tuple(
            (here.link(Reference("commitment", name)), date_words(step.date), step)
            for name, step in standing.unplaced[: 0 if year else LISTED]
        ),
    )
    title = "Commitments as of a date"
    return Page(
        url=here.url,
        title=f"{title}: {year}" if year else title,
        html=html,
        section="commitments",
        body_class="list",
        description="How the commitments stood on each day on which something changed.",
    )


def _summary(day: Day, here: Here) -> Summary:
    new = sum(one.is_new for one in day.changed)
    return Summary(day_link(day, here), new, len(day.changed) - new, tuple(day.counts.items()))


def _page(standing: Standing, day: Day, before: Day | None, after: Day | None, out: Here) -> Page:
    here = out.at(as_of_url(day.day))
    words = in_words(day.day.isoformat())
    total = sum(day.counts.values())
    html = render(
        "as-of.html",
        here=here,
        words=words,
        own_day=here.href(Reference("date", day.day.isoformat())),
        before=day_link(before, here) if before else None,
        after=day_link(after, here) if after else None,
        changes=tuple(_change(one, here) for one in day.changed[:LISTED]),
        unlisted=max(len(day.changed) - LISTED, 0),
        groups=_groups(standing, day, here) if total <= LISTED else (),
        counts=tuple((status, slug(status), count) for status, count in day.counts.items()),
        total=total,
    )
    return Page(
        url=here.url,
        title=f"Commitments as of {words}",
        html=html,
        section="commitments",
        body_class="list",
        description=f"How the commitments stood at the end of {words}, and what changed on that day.",
    )


def day_link(day: Day, here: Here) -> Link:
    """A link to the ledger as of the day, named by it."""
    return Link(in_words(day.day.isoformat()), here.to(as_of_url(day.day)), "date")


def _change(one: Changed, here: Here) -> Change:
    reference = Reference("commitment", one.commitment)
    value = here.records[reference]
    assert isinstance(value, Commitment)
    steps = tuple(
        Step(
            placed.step.text,
            placed.step.status,
            doubt(placed),
            tuple(here.cited(source) for source in placed.step.sources),
        )
        for placed in one.placed
        if placed.step
    )
    return Change(here.link(reference), value.kind, one.before, one.after, steps)


def _groups(standing: Standing, day: Day, here: Here) -> tuple[tuple[str, str, tuple[Row, ...]], ...]:
    """Status, its slug for addresses, and the commitments in it, in the order of the closed list."""
    changed = {
        one.commitment: "new" if one.is_new else "changed" if one.before != one.after else "a step"
        for one in day.changed
    }
    found: dict[str, list[Row]] = {}
    for state in standing.states_on(day.day):
        reference = Reference("commitment", state.commitment)
        value = here.records[reference]
        assert isinstance(value, Commitment)
        row = Row(
            here.link(reference),
            value.kind,
            ", ".join(here.read(agent).words for agent in value.by),
            since(state.placed),
            tuple(f"perhaps already {one.step.status} ({date_words(one.edtf)})" for one in state.possible if one.step),
            changed.get(state.commitment, ""),
        )
        found.setdefault(state.status, []).append(row)
    return tuple((status, slug(status), tuple(found[status])) for status in STATUSES if status in found)


def slug(status: str) -> str:
    """A status as part of an address or class."""
    return status.replace(" ", "-")


def since(placed: Placed) -> str:
    """From when a state holds, with what is doubtful about it."""
    if placed.counted == "by":
        return f"at the latest on {in_words(placed.day.isoformat())}; the date is {date_words(placed.edtf)}"
    return date_words(placed.edtf)


def doubt(placed: Placed) -> str:
    """What is doubtful about the date of a step; empty if it is a plain day."""
    when = read_date(placed.edtf)
    if placed.counted == "by":
        return f"on this day at the latest; the date is {in_words(when)}"
    if placed.counted == "from" or when.uncertain or when.approximate:
        return f"the date is {in_words(when)}"
    return ""


def date_words(edtf: str) -> str:
    """A date in words."""
    return in_words(read_date(edtf))
