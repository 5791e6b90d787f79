"""The foot of a document's page: what its quotations are worth, and where it is quoted itself.

Comes in: a Document and `Here`, whose quotations were compared beforehand. Goes out: rows of ready words and links.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.identifiers import Reference
from build_tools.model import Document
from build_tools.quotations import Quotation, Step
from build_tools.rendering.addressing import Cited, Here, Link, passage_words


@dataclass(frozen=True, slots=True)
class PutIn:
    """Words put into a quotation, and where the words quoted in them really stand."""

    words: str
    place: Link | None


@dataclass(frozen=True, slots=True)
class Row:
    """A quotation as the table shows it."""

    here: Link
    words: str
    source: Link
    verdict: str
    place: Link | None
    put_in: tuple[PutIn, ...]
    before: str
    after: str
    comparison: tuple[Step, ...]
    missing: str
    printed: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Quoting:
    """A passage that quotes the document: where it is, what it quotes, from which passage, how well."""

    there: Link
    words: str
    place: Link
    verdict: str


def rows_of(document: Document, here: Here) -> tuple[Row, ...]:
    """The quotations that stand in the document, in the order of its text."""
    return tuple(_row(one, here) for one in here.quotations.standing.get(document.id, ()))


def quoting(document: Document, here: Here) -> tuple[Quoting, ...]:
    """The passages of other documents, or of its own, that quote it and agree with it."""
    return tuple(
        Quoting(
            _full(Reference("document", one.document, one.passage), here),
            one.words,
            _short(one.place, here),
            one.verdict,
        )
        for one in here.quotations.quoting.get(document.id, ())
        if one.place is not None
    )


def _row(one: Quotation, here: Here) -> Row:
    return Row(
        here=_short(Reference("document", one.document, one.passage), here),
        words=one.words,
        source=here.link(one.source) if one.source else Link("none named", ""),
        verdict=one.verdict,
        place=_full(one.place, here) if one.place else None,
        put_in=tuple(PutIn(put.words, _full(put.place, here) if put.place else None) for put in one.interpolations),
        before=one.before,
        after=one.after,
        comparison=one.comparison,
        missing=one.missing,
        printed=tuple(map(here.cited, one.printed)),
    )


def _short(reference: Reference, here: Here) -> Link:
    return here.link(reference, passage_words(reference.fragment))


def _full(reference: Reference, here: Here) -> Link:
    return here.link(reference, f"{here.link(reference.whole).words}, {passage_words(reference.fragment)}")
