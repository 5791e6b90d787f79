"""A finished page -> its ids, and what it points to and loads. Called by `publishing`, judged by `checking.published`."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src", "object": "data"}
LOADING_RELATIONS = frozenset({"stylesheet", "preload", "modulepreload", "icon", "manifest"})


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a page says of addresses, each with its line."""

    ids: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, int], ...]
    loads: tuple[tuple[str, int], ...]


def read_page(content: bytes) -> PageRead:
    """Every id, link and loaded address of an HTML page, in their order."""
    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True))
    ids: list[tuple[str, int]] = []
    links: list[tuple[str, int]] = []
    loads: list[tuple[str, int]] = []
    for element in root.iter(etree.Element):
        line = element.sourceline or 1
        if identifier := element.get("id"):
            ids.append((identifier, line))
        address = element.get("href")
        if address is not None:
            # links in a drawing have no element name of HTML, so whatever has @href is a link unless it loads
            is_load = element.tag == "link" and LOADING_RELATIONS & set((element.get("rel") or "").split())
            if is_load:
                loads.append((address, line))
            elif element.tag not in {"link", "base"}:
                links.append((address, line))
        if element.tag in LOADED and (source := element.get(LOADED[element.tag])):
            loads.append((source, line))
    return PageRead(tuple(ids), tuple(links), tuple(loads))
