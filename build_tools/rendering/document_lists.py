"""Lists at the foot of a document's page that go on in pages of their own, so that the page people read stays light.

Comes in: a Document, `Here`, and the stops of its map. Goes out: what the document's page shows of each list, links to the
rest, and the pages that hold it: the quotations that stand in the document (`quotations/2/`), the places that quote it
(`quoted/2/`), and, of a crowded document, its commitments and notes passage by passage (`commitments-and-notes/`).
Called by `documents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import url_of
from build_tools.model import Document
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.document_map import Spot, Stop, is_crowded
from build_tools.rendering.quotations import Quoting, Row, quoting, rows_of
from build_tools.rendering.templates import render

QUOTED = 80
"""Places that quote a document, on one page."""
QUOTATIONS = 20
"""Quotations in a document, on one page."""
STOPS = 60
"""Passages with their commitments and notes, on one page; none of them on a crowded document's own."""

Name = Literal["quotations", "quoted", "commitments-and-notes"]
TITLES: dict[Name, str] = {
    "quotations": "Quotations in this document",
    "quoted": "Where it is quoted",
    "commitments-and-notes": "Commitments and notes",
}
EMPTY: dict[str, object] = {"rows": (), "quoted_in": (), "entries": ()}


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a list: from which of its entries to before which, and where it stands below the document's page."""

    start: int
    end: int
    url: str

    @property
    def words(self) -> str:
        return f"{self.start + 1}–{self.end}" if self.end > self.start + 1 else str(self.end)


def quotations_shown(document: Document, here: Here) -> tuple[Row, ...]:
    """The quotations whose verdicts the document's own page tells."""
    return rows_of(document, here, 0, QUOTATIONS)


def quoted_shown(document: Document, here: Here) -> tuple[Quoting, ...]:
    """The places that the document's own page says quote it."""
    return quoting(document, here, 0, QUOTED)


def further(name: Name, document: Document, stops: Sequence[Stop], here: Here) -> tuple[Link, ...]:
    """Where a list of the document goes on, as seen from its own page."""
    return tuple(Link(part.words, here.to(part.url)) for part in _parts(name, document, stops, here))


def list_pages(document: Document, stops: Sequence[Stop], out: Here) -> Iterator[Page]:
    """The pages on which the lists of the document go on; none where its own page has all."""
    for name, title in TITLES.items():
        parts = _parts(name, document, stops, out)
        for part in parts:
            here = out.at(part.url)
            yield Page(
                url=here.url,
                title=f"{document.header.short_title}: {title[0].lower()}{title[1:]}, {part.words}",
                html=render(
                    "document_list.html",
                    here=here,
                    back=here.link(document.reference),
                    title=f"{title}, {part.words}",
                    pages=tuple(Link(one.words, "" if one is part else here.to(one.url)) for one in parts),
                    **(EMPTY | _content(name, part, document, stops, here)),
                ),
                section="documents",
                body_class="list",
                description=f"{title}, {part.words}: {document.header.title}.",
            )


def _content(name: Name, part: Part, document: Document, stops: Sequence[Stop], here: Here) -> dict[str, object]:
    if name == "quotations":
        return {"rows": rows_of(document, here, part.start, part.end)}
    if name == "quoted":
        return {"quoted_in": quoting(document, here, part.start, part.end)}
    base = here.to(url_of(document.reference))
    entries = tuple(
        (Link(stop.words, base + stop.href), tuple(Link(one.words, base + one.href) for one in _in_order(stop)))
        for stop in _with_spots(stops)[part.start : part.end]
    )
    return {"entries": entries}


def _in_order(stop: Stop) -> tuple[Spot, ...]:
    return stop.commitments + stop.notes


def _with_spots(stops: Sequence[Stop]) -> list[Stop]:
    return [stop for stop in stops if stop.spots]


def _parts(name: Name, document: Document, stops: Sequence[Stop], here: Here) -> tuple[Part, ...]:
    """The parts of a list that have a page of their own."""
    base = f"{url_of(document.reference)}{name}/"
    if name == "commitments-and-notes":
        count, size, own = len(_with_spots(stops)) if is_crowded(stops) else 0, STOPS, 0
    elif name == "quoted":
        count, size, own = len(here.links.quotations.quoting.get(document.id, ())), QUOTED, QUOTED
    else:
        count, size, own = len(here.links.quotations.standing.get(document.id, ())), QUOTATIONS, QUOTATIONS
    starts = range(own, count, size)
    numbers = range(2 if own else 1, len(starts) + 2)
    return tuple(
        Part(start, min(start + size, count), base if number == 1 else f"{base}{number}/")
        for start, number in zip(starts, numbers, strict=False)
    )
