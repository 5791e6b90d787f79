"""The state of the edition, for readers: `/edition/` with its counts, questions and wants, and every quotation of ours.

Comes in: `Here` and the `State`, whose figures are computed. Goes out: two pages. Called by `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.identifiers import read_reference
from build_tools.model import LedgerEntry
from build_tools.output import Page
from build_tools.rendering.addressing import Cited, Here, Link, passage_words
from build_tools.rendering.quotations import Row, our_rows, rows_of
from build_tools.rendering.templates import render
from build_tools.state import State, Wanted

MOST_ROWS = 200
"""Rows of a table; the data has all."""
MOST_WANTED = 100
MOST_NAMED = 8
"""Links in a cell or a line, beyond which only their number is told."""


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A source that is wanted, as the table shows it."""

    message: Link
    holding: str
    archival_source: str
    printed: tuple[Cited, ...]
    cited_by: tuple[Link, ...]
    commitments: tuple[Link, ...]
    more_cited: int
    more_commitments: int


@dataclass(frozen=True, slots=True)
class Question:
    """An open question, as the list shows it."""

    text: str
    where: str
    affects: tuple[Link, ...]
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition did to an address."""

    address: str
    link: Link
    fate: str
    successors: tuple[Link, ...]
    reason: str
    who: str


def edition_page(out: Here, state: State) -> Page:
    """`/edition/`."""
    here = out.at("edition/")
    edition = out.archive.edition
    questions = tuple(
        Question(
            one.text, one.where, tuple(here.read(each) for each in one.affects), tuple(map(here.cited, one.sources))
        )
        for one in edition.questions
    )
    html = render(
        "edition.html",
        here=here,
        edition=edition,
        state=state,
        questions=questions,
        wanted=tuple(_wanted(one, here) for one in state.wanted[:MOST_WANTED]),
        waivers=out.archive.waivers,
        editions=tuple((one, tuple(_change(each, here) for each in one.changes)) for one in reversed(state.editions)),
        documents=tuple(here.link(document.reference) for document in out.archive.documents[:MOST_NAMED]),
        more_documents=max(0, len(out.archive.documents) - MOST_NAMED),
        digests=out.archive.digests,
    )
    return Page(
        url=here.url,
        title="The state of the edition",
        html=html,
        section="about",
        body_class="list",
        description="What was checked and how often, what is not known, and which sources are wanted.",
        anchors=(
            "questions",
            "wanted",
            "waivers",
            "editions",
            "digests",
            *(section_id(one.title) for one in state.sections),
        ),
    )


def quotations_page(out: Here) -> Page:
    """`/edition/quotations/`: every quotation, of the documents and of notes and records, with its verdict."""
    here = out.at("edition/quotations/")
    standing = [(here.link(one.reference), rows_of(one, here)) for one in out.archive.documents]
    ours = our_rows(here)
    total = sum(len(rows) for _, rows in standing) + len(ours)
    html = render(
        "edition-quotations.html",
        here=here,
        documents=tuple(_first(standing)),
        ours=ours[:MOST_ROWS],
        total=total,
        shown=min(MOST_ROWS, total - len(ours)) + min(MOST_ROWS, len(ours)),
    )
    return Page(
        url=here.url,
        title="Every quotation and its verdict",
        html=html,
        section="about",
        body_class="list",
        description="Every quotation in the documents, notes and records, compared with its source.",
    )


def _first(standing: list[tuple[Link, tuple[Row, ...]]]) -> Iterator[tuple[Link, tuple[Row, ...]]]:
    """The documents that quote, up to MOST_ROWS quotations in all."""
    left = MOST_ROWS
    for link, rows in standing:
        if rows and left:
            yield link, rows[:left]
            left -= len(rows[:left])


def section_id(title: str) -> str:
    """The anchor of a section of counts."""
    return title.lower().replace(" ", "-")


def _wanted(one: Wanted, here: Here) -> WantedRow:
    cited_by = tuple(
        here.link(each, f"{here.link(each.whole).words}, {passage_words(each.fragment)}")
        for each in one.cited_by[:MOST_NAMED]
    )
    return WantedRow(
        message=here.link(one.message),
        holding=one.holding,
        archival_source=one.archival_source,
        printed=tuple(map(here.cited, one.printed)),
        cited_by=cited_by,
        commitments=tuple(map(here.link, one.commitments[:MOST_NAMED])),
        more_cited=max(0, len(one.cited_by) - MOST_NAMED),
        more_commitments=max(0, len(one.commitments) - MOST_NAMED),
    )


def _change(entry: LedgerEntry, here: Here) -> Change:
    return Change(
        address=entry.id,
        link=_address(entry.id, here),
        fate=entry.fate,
        successors=tuple(_address(one, here) for one in entry.successor.split()),
        reason=entry.reason,
        who=entry.who,
    )


def _address(address: str, here: Here) -> Link:
    reference = read_reference(address)
    if reference is None:
        return Link(address, "")
    words = here.link(reference.whole).words
    return here.link(reference, f"{words}, {passage_words(reference.fragment)}" if reference.fragment else words)
