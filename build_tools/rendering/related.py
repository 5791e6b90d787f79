"""What a page lists in its margin: the first of many, and pages of their own for those lists that are longer.

Comes in: what stands under each heading. Goes out: the links that the page shows, the last of which leads on where there are
more, and `…/related/` with every long list whole. So a page does not grow with the archive, and nothing is out of reach.
Called by `records` and `documents`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_tools.identifiers import Reference
from build_tools.output import Page, Section
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.templates import render

LISTED = 60
"""Things that a page lists under one heading; of more it says how many, and where they all are."""
ON_ONE_PAGE = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """A heading and what stands under it: each thing with the words that name it, or none where its own name does."""

    title: str
    things: tuple[tuple[Reference, str], ...]


def listed(title: str, references: Sequence[Reference]) -> Listed:
    """Things under a heading, by their own names."""
    return Listed(title, tuple((one, "") for one in references))


def shown(lists: Sequence[Listed], here: Here) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """What the page at `here` shows of its lists; lists with nothing in them are left out."""
    pages = _first_pages(lists)
    return tuple((one.title, _shown(one, pages.get(one.title, 0), here)) for one in lists if one.things)


def _shown(one: Listed, page: int, here: Here) -> tuple[Link, ...]:
    links = tuple(here.link(*thing) for thing in one.things[:LISTED])
    if not page:
        return links
    return (*links, Link(f"and {len(one.things) - LISTED} more, in the whole list", here.to(_url(here.url, page))))


def related_pages(lists: Sequence[Listed], name: str, section: Section, here: Here) -> Iterator[Page]:
    """The long lists of the page at `here`, which is that of `name`, whole, on as many pages as they need."""
    things = [(one.title, thing) for one in lists if len(one.things) > LISTED for thing in one.things]
    starts = range(0, len(things), ON_ONE_PAGE)
    urls = [_url(here.url, number) for number, _ in enumerate(starts, 1)]
    for start, url in zip(starts, urls, strict=True):
        there = here.at(url)
        groups = tuple(
            (title, tuple(there.link(*thing) for _, thing in many))
            for title, many in groupby(things[start : start + ON_ONE_PAGE], key=lambda one: one[0])
        )
        pages = tuple(
            Link(str(number), "" if other == url else there.to(other)) for number, other in enumerate(urls, 1)
        )
        html = render("related.html", here=there, back=Link(name, there.to(here.url)), groups=groups, pages=pages)
        yield Page(
            url=url,
            title=f"{name}: what is related to it" + (f", page {start // ON_ONE_PAGE + 1}" if start else ""),
            html=html,
            section=section,
            body_class="list",
            description=f"What is related to {name}, in whole lists.",
        )


def _url(base: str, page: int) -> str:
    return f"{base}related/" if page == 1 else f"{base}related/{page}/"


def _first_pages(lists: Sequence[Listed]) -> dict[str, int]:
    """Heading of a long list -> the page on which it begins."""
    found: dict[str, int] = {}
    before = 0
    for one in lists:
        if len(one.things) > LISTED:
            found[one.title] = before // ON_ONE_PAGE + 1
            before += len(one.things)
    return found
