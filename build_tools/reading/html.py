"""What a finished page of the site holds that can be wrong: ids, links, and what a browser would load for it.

Comes in: the bytes of one HTML file of the built site, ours and the theme's markup alike. Goes out: a `PageRead`, which
`checking.published` compares with those of all other pages. Only what stands in the attributes of tags matters here, not
how a browser would nest them, so that no tree is built: one expression finds the tags, another their attributes, in a
third of the time that lxml takes for it. Called by `publishing`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

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
"""Elements of SVG that load what they refer to."""
WITHIN = r"(?>[^\"'>]+|\"[^\"]*\"|'[^']*')*"
"""What stands in a tag behind its name."""
MARKUP = re.compile(
    r"<(?:!--.*?-->"  # comments, and elements in which nothing that looks like a tag is one
    rf"|((?i:script|style|textarea|title))(?=[\s/>])({WITHIN})>.*?(?=</\1|\Z)"
    rf"|([a-zA-Z][^\s/>]*)((?=[\s/]){WITHIN})>)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)\s*=\s*(?>"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
NEWLINE = re.compile(r"\n")
READ = frozenset(["id", "href", "xlink:href", "rel", "action", "formaction", *LOADING_ATTRIBUTES, *LOADING_SETS])


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
    text = content.decode("utf-8", "replace")
    newlines = [found.start() for found in NEWLINE.finditer(text)]
    ids: list[Placed] = []
    links: list[Placed] = []
    loads: list[Placed] = []
    for found in MARKUP.finditer(text):
        attributes = _attributes(found[4] or found[2] or "")
        if not attributes:
            continue
        name = (found[3] or found[1]).lower()
        line = bisect_left(newlines, found.start()) + 1
        if "id" in attributes:
            ids.append((attributes["id"], line))
        links.extend((url.strip(), line) for url in _links(name, attributes))
        loads.extend((url.strip(), line) for url in _loads(name, attributes))
    return PageRead(tuple(ids), tuple(links), tuple(loads))


def _attributes(written: str) -> dict[str, str]:
    """Those that matter here; of doubled ones the first, as a browser takes them."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(written):
        name = name.lower()
        if name in READ:
            value = double or single or bare
            found.setdefault(name, unescape(value) if "&" in value else value)
    return found


def _links(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if name in {"a", "area"} or (name == "link" and not _is_loading(attributes)):
        yield from _given(attributes, "href", "xlink:href")
    elif name in DRAWN:
        yield from (url for url in _given(attributes, "href", "xlink:href") if url.startswith("#"))
    yield from _given(attributes, "action", "formaction")


def _loads(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    yield from _given(attributes, *LOADING_ATTRIBUTES)
    for attribute in LOADING_SETS:
        for candidate in attributes.get(attribute, "").split(","):
            yield from candidate.split()[:1]
    if name == "link" and _is_loading(attributes):
        yield from _given(attributes, "href")
    elif name in DRAWN:
        yield from (url for url in _given(attributes, "href", "xlink:href") if not url.startswith("#"))


def _is_loading(attributes: Mapping[str, str]) -> bool:
    return not LOADED_RELATIONS.isdisjoint(attributes.get("rel", "").lower().split())


def _given(attributes: Mapping[str, str], *names: str) -> Iterator[str]:
    for name in names:
        if name in attributes:
            yield attributes[name]
