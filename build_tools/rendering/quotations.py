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
class Version:
    """How an edition has the words of a source that is not held."""

    name: str
    text: str
    agrees: bool
    comparison: tuple[Step, ...]
    put_in: tuple[str, ...]
    """Of the words put in, those that it has; none if it has none of them."""
    sources: tuple[Cited, ...]


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
    omissions: tuple[str, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Quoting:
    """A passage that quotes the document: where it is, what it quotes, from which passage, how well."""

    there: Link
    words: str
    place: Link
    verdict: str
    ours: bool
    """Whether it stands in a note or record of this edition."""


def rows_of(document: Document, here: Here, start: int = 0, end: int | None = None) -> tuple[Row, ...]:
    """The quotations that stand in the document, in the order of its text; all, or those from `start` to before `end`."""
    return tuple(_row(one, here) for one in here.links.quotations.standing.get(document.id, ())[start:end])


def quoting(document: Document, here: Here, start: int, end: int) -> tuple[Quoting, ...]:
    """The passages of other documents, of its own, and of notes and records, that quote it and agree with it.

    The documents come before what the editors wrote; of them all those from `start` to before `end`.
    """
    quoted = here.links.quotations.quoting.get(document.id, ())
    ordered = sorted(quoted, key=_is_ours)
    return tuple(
        Quoting(
            _full(one.at, here),
            one.words,
            _short(one.place, here),
            one.verdict,
            _is_ours(one),
        )
        for one in ordered[start:end]
        if one.place is not None
    )


def our_rows(here: Here) -> tuple[Row, ...]:
    """The quotations of all notes and records."""
    return tuple(_row(one, here) for one in here.links.quotations.ours)


def _row(one: Quotation, here: Here) -> Row:
    return Row(
        here=_short(one.at, here) if one.at.kind == "document" and not _is_note(one) else _full(one.at, here),
        words=one.words,
        source=_source(one.source, here),
        verdict=one.verdict,
        place=_full(one.place, here) if one.place else None,
        put_in=tuple(PutIn(put.words, _full(put.place, here) if put.place else None) for put in one.interpolations),
        before=one.before,
        after=one.after,
        comparison=one.comparison,
        missing=one.missing,
        printed=tuple(map(here.cited, one.printed)),
        omissions=one.omissions,
        versions=tuple(
            Version(
                each.version, each.text, each.agrees, each.comparison, each.put_in, tuple(map(here.cited, each.sources))
            )
            for each in one.wordings
        ),
    )


def _source(source: Reference | None, here: Here) -> Link:
    if source is None:
        return Link("none named", "")
    if source.kind == "work":
        return Link(here.work_cited(source.id, source.fragment)[0], here.href(source.whole))
    return _full(source, here)


def _is_ours(one: Quotation) -> bool:
    return one.at.kind != "document" or _is_note(one)


def _is_note(one: Quotation) -> bool:
    return one.at.fragment.startswith("n-")


def _short(reference: Reference, here: Here) -> Link:
    return here.link(reference, passage_words(reference.fragment))


def _full(reference: Reference, here: Here) -> Link:
    if not reference.fragment:
        return here.link(reference)
    return here.link(reference, f"{here.link(reference.whole).words}, {passage_words(reference.fragment)}")
