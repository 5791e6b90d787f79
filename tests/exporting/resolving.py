"""What tests of exports ask of the published site: whether an address that was minted leads anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from build_tools.site import plan
from tests.conftest import EXAMPLE
from tests.exporting.conftest import Linked
from tests.published import ROOT
from tests.rendering.page import ids, parse


@dataclass(frozen=True, slots=True)
class Published:
    """Pages with the ids in them, and files; all below the base IRI."""

    base: str
    pages: dict[str, frozenset[str]]
    files: dict[str, bytes]
    copies: frozenset[str]

    def path(self, iri: str) -> str:
        """The file or page, without what no host of files looks at."""
        assert iri.startswith(self.base), iri
        return iri.removeprefix(self.base).partition("#")[0].partition("?")[0]

    def resolves(self, iri: str) -> bool:
        """Whether there is such a file, and in it such a node, or such a page, and in it such an id."""
        path, fragment = self.path(iri), iri.partition("#")[2]
        if path in self.pages:
            return not fragment or fragment in self.pages[path]
        if fragment:
            return path in self.files and iri in nodes(json.loads(self.files[path]))
        return path in self.files or path in self.copies


def nodes(value: Any) -> Iterator[str]:
    """The name of every node of a JSON-LD file."""
    if isinstance(value, dict):
        yield from (value[key] for key in ("id", "@id") if key in value)
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def strings(value: Any) -> Iterator[str]:
    """Every text of a JSON file that is no key."""
    if isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def published(linked: Linked) -> Published:
    """The site of the example or of the real archive."""
    base = linked.archive.edition.base_iri
    sources = EXAMPLE if base == "https://harbour.example/" else ROOT / "sources"
    site = plan(linked.archive, linked.links, sources)
    return Published(
        base,
        {page.url: frozenset(ids(parse(page.html))) for page in site.pages},
        {file.path: file.content for file in site.files},
        frozenset(copy.path for copy in site.copies),
    )
