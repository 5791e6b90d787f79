"""Addresses that hold nothing any more still answer: what stood there, until when, why, and what answers for it now.

A record or document that is gone keeps its page; a passage or note that is gone keeps an anchor on the page of its
document, whether that still stands or not. What is told comes from the passage ledger alone (ADR 0012). Called by `pages`
and `documents`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.identifiers import Reference, read_reference, url_of
from build_tools.ledger import GONE, states
from build_tools.model import LedgerEntry
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link, passage_words
from build_tools.rendering.templates import render

KINDS = {
    "document": "document", "commitment": "commitment", "message": "message", "person": "person",
    "organisation": "organisation", "place": "place", "weapon": "weapon or facility", "term": "term",
    "event": "event", "work": "work",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that ended."""

    anchor: str
    """Fragment of the address; empty for a whole page."""
    what: str
    fate: str
    edition: str
    reason: str
    who: str
    digest: str
    """Of the words that stood there; empty if it had none of its own."""
    words: str
    """That stood there last; empty if they are not kept."""
    successors: tuple[Link, ...]


def gone_of(out: Here) -> dict[Reference, tuple[Gone, ...]]:
    """Record or document -> what is gone of it, itself (with an empty anchor) first; addresses are as from its own page."""
    found: defaultdict[Reference, list[Gone]] = defaultdict(list)
    kept = {(one.id, one.digest): one.words for one in out.archive.kept}
    for address, entry in states(out.archive.ledger).items():
        reference = read_reference(address)
        if reference is not None and entry.fate in GONE:
            words = kept.get((entry.id, entry.digest), "")
            found[reference.whole].append(gone_as_told(reference, entry, words, out.at(url_of(reference.whole))))
    return {whole: tuple(sorted(found[whole], key=lambda one: one.anchor)) for whole in sorted(found, key=str)}


def gone_pages(gone: dict[Reference, tuple[Gone, ...]], out: Here) -> Iterator[Page]:
    """A page for each record or document that is gone, at its old address."""
    for reference, ended in gone.items():
        if reference in out.links.targets:
            continue
        here = out.at(url_of(reference))
        html = render("gone-page.html", here=here, address=str(reference), kind=KINDS[reference.kind], ended=ended)
        yield Page(
            url=here.url,
            title=f"No longer here: {reference.id}",
            html=html,
            section="about",
            body_class="list",
            description=f"What became of {reference}, an address of an earlier edition.",
            anchors=tuple(one.anchor for one in ended if one.anchor),
        )


def gone_as_told(reference: Reference, entry: LedgerEntry, words: str, here: Here) -> Gone:
    """What the last entry of an address tells of it and the words that stood there, as seen from `here`."""
    what = passage_words(reference.fragment) if reference.fragment else f"This {KINDS[reference.kind]}"
    return Gone(
        anchor=reference.fragment,
        what=what[0].upper() + what[1:],
        fate=entry.fate,
        edition=entry.edition,
        reason=entry.reason,
        who=entry.who,
        digest="" if entry.digest == "-" else entry.digest,
        words=words,
        successors=tuple(link_to_successor(one, here) for one in entry.successor.split()),
    )


def link_to_successor(address: str, here: Here) -> Link:
    """A link to what answers now; it may itself be gone, and has a page then, too."""
    reference = read_reference(address)
    if reference is None:
        return Link(address, "")
    words = here.link(reference.whole).words
    if reference.fragment:
        passage = passage_words(reference.fragment)
        words = passage if here.url.startswith(url_of(reference.whole)) else f"{words}, {passage}"
    return Link(words, here.to(url_of(reference)))
