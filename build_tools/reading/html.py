"""What a finished page of the site holds that can be wrong: ids, links, and what a browser would load for it.

Comes in: the bytes of one HTML file of the built site, ours and the theme's markup alike. Goes out: a `PageRead`, which
`checking.published` compares with those of all other pages. lxml parses it, some ten times as fast as `html.parser`,
since only what stands in attributes matters here, not how a browser would nest it. Called by `publishing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

Placed = tuple[str, int]
"""An id or an address as written, and the line it stands on."""

LOADED_RELATIONS = frozenset(
    ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest",
     "apple-touch-icon"]
)  # fmt: skip
"""Relations of `<link>` that make a browser fetch or connect; all others are links."""
LOADING_ATTRIBUTES = ("src", "poster", "data", "background")
LOADING_SETS = ("srcset", "imagesrcset")
DRAWN = frozenset(["use", "image", "feimage"])
"""Elements of SVG that load what they refer to; the parser has made their names small."""
INTERESTING = etree.XPath(
    "//*[@id or @href or @src or @srcset or @imagesrcset or @poster or @data or @background or @action or @formaction"
    " or @*[name()='xlink:href']]"
)


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was found in a page, each list in document order; nothing is resolved, doubled things stand twice."""

    ids: tuple[Placed, ...]
    links: tuple[Placed, ...]
    """Where a reader can go (`a`, `area`, `form`, and `link` with a relation that loads nothing), and parts of this
    page that a drawing uses."""
    loads: tuple[Placed, ...]
    """What the browser fetches by itself: scripts, styles, images, frames, media."""


def read_page(content: bytes) -> PageRead:
    """The ids, links and loaded addresses of a page; of an empty page none."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = etree.fromstring(content, parser) if content.strip() else None
    ids: list[Placed] = []
    links: list[Placed] = []
    loads: list[Placed] = []
    for element in _interesting(root):
        line = int(element.sourceline or 1)  # type: ignore[call-overload]  # the stubs do not know it
        identifier = element.get("id")
        if identifier is not None:
            ids.append((identifier, line))
        links.extend((url, line) for url in _links(element))
        loads.extend((url, line) for url in _loads(element))
    return PageRead(tuple(ids), tuple(links), tuple(loads))


def _interesting(root: etree._Element | None) -> list[etree._Element]:
    found = INTERESTING(root) if root is not None else []
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def _links(element: etree._Element) -> Iterator[str]:
    if element.tag in {"a", "area"} or (element.tag == "link" and not _is_loading(element)):
        yield from _given(element, "href", "xlink:href")
    yield from _given(element, "action", "formaction")
    yield from (url for url in _drawn(element) if url.startswith("#"))


def _loads(element: etree._Element) -> Iterator[str]:
    yield from _given(element, *LOADING_ATTRIBUTES)
    for attribute in LOADING_SETS:
        for candidate in (element.get(attribute) or "").split(","):
            yield from candidate.split()[:1]
    if element.tag == "link" and _is_loading(element):
        yield from _given(element, "href")
    yield from (url for url in _drawn(element) if not url.startswith("#"))


def _drawn(element: etree._Element) -> Iterator[str]:
    if str(element.tag).lower() in DRAWN:
        yield from _given(element, "href", "xlink:href")


def _is_loading(element: etree._Element) -> bool:
    return not LOADED_RELATIONS.isdisjoint((element.get("rel") or "").lower().split())


def _given(element: etree._Element, *attributes: str) -> Iterator[str]:
    for attribute in attributes:
        url = element.get(attribute)
        if url is not None:
            yield url.strip()
