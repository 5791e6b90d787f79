"""Checks the finished site: every link, fragment, id, and that nothing is fetched from another host.

Comes in: what `reading.html` read of each page, the text of each style sheet, and the names of all files. The site must
work below any path, so an address that begins at the root of the host is a fault; only the page of errors, which is
served at any depth, has such addresses. Called by `publishing` before a site takes the place of the old one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from build_tools.location import Location
from build_tools.problem import Problem, sorted_problems
from build_tools.reading.html import PageRead

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]*)["']?\s*\)|@import\s+["']([^"']+)["']""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ERROR_PAGE = "404.html"


def check_published(
    pages: Mapping[str, PageRead], files: frozenset[str], stylesheets: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """All faults of the site; the keys of `pages` and `stylesheets` are paths below its root, as in `files`."""
    site = _Site(files, {path: frozenset(name for name, _ in page.ids) for path, page in pages.items()})
    problems: list[Problem] = []
    for path, page in pages.items():
        problems.extend(_doubled_ids(path, page))
        for address, line in page.links:
            problems.extend(site.check_link(path, address, line))
        for address, line in page.loads:
            problems.extend(site.check_load(path, address, line))
    for path, text in (stylesheets or {}).items():
        for address, line in _addresses(text):
            problems.extend(site.check_load(path, address, line))
    return sorted_problems(problems)


def _doubled_ids(path: str, page: PageRead) -> Iterator[Problem]:
    counts = Counter(name for name, _ in page.ids)
    if len(counts) == len(page.ids):
        return
    seen: set[str] = set()
    for name, line in page.ids:
        if name in seen:
            message = f"the id {name!r} stands {counts[name]} times on the page"
            yield Problem("duplicate-html-id", Location(path, line), message, "Give each its own")
        seen.add(name)


def _addresses(stylesheet: str) -> Iterator[tuple[str, int]]:
    text = CSS_COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), stylesheet)
    for found in CSS_ADDRESS.finditer(text):
        yield (found[1] or found[2] or "").strip(), text.count("\n", 0, found.start()) + 1


class _Site:
    """The names and ids of the site; what an address of a folder leads to is remembered, since menus repeat."""

    def __init__(self, files: frozenset[str], ids: Mapping[str, frozenset[str]]) -> None:
        self.files = files
        self.ids = ids
        self.resolved: dict[tuple[str, str], str] = {}

    def check_link(self, page: str, address: str, line: int) -> Iterator[Problem]:
        here = Location(page, line)
        scheme = SCHEME.match(address)
        if scheme or address.startswith("//"):
            if scheme and scheme[1].lower() not in OUTSIDE:
                message = f"the address {address[:80]!r} is of a kind that may not stand in a link"
                yield Problem("broken-link", here, message, "Link to a page of the site or to an https:// address")
            return
        path, _, fragment = address.partition("#")
        target = yield from self._resolve(page, path.partition("?")[0], address, here)
        if target and fragment:
            yield from self._check_fragment(target, fragment, address, here)

    def check_load(self, page: str, address: str, line: int) -> Iterator[Problem]:
        here = Location(page, line)
        scheme = SCHEME.match(address)
        if address.startswith("//") or (scheme and scheme[1].lower() not in {"data", "blob"}):
            message = f"{address[:80]!r} is fetched from another host"
            yield Problem("foreign-request", here, message, "Keep the file in docs/assets and load it from there")
        elif not scheme and address and not address.startswith("#"):
            yield from self._resolve(page, re.split(r"[?#]", address, maxsplit=1)[0], address, here)

    def _resolve(self, page: str, path: str, address: str, here: Location) -> Generator[Problem, None, str]:
        """The file that the address leads to, as the value of the generator; empty with a Problem if there is none."""
        if path.startswith("/"):
            if page != ERROR_PAGE:
                message = f"the address {address[:80]!r} begins at the root of the host"
                yield Problem("absolute-link", here, message, "Make it relative, for the site may lie below any path")
            return ""
        if not path:
            return page
        folder = dirname(page)
        if (folder, path) not in self.resolved:
            self.resolved[folder, path] = self._file(folder, unquote(path))
        target = self.resolved[folder, path]
        if not target:
            message = f"the address {address[:80]!r} leads to no file of the site"
            yield Problem("broken-link", here, message, "Correct the address, or make the page it leads to")
        return target

    def _file(self, folder: str, path: str) -> str:
        target = normpath(join(folder, path))
        if target == ".." or target.startswith("../"):
            return ""
        if path in {".", ".."} or path.endswith(("/", "/.", "/..")):
            target = normpath(join(target, "index.html"))
        return target if target in self.files else ""

    def _check_fragment(self, target: str, fragment: str, address: str, here: Location) -> Iterator[Problem]:
        name = unquote(fragment).partition(":~:")[0]
        ids = self.ids.get(target)
        if ids is not None and name and name != "top" and name not in ids:
            message = f"the address {address[:80]!r} leads to {target}, which has no id {name!r}"
            yield Problem("broken-fragment", here, message, "Correct the fragment, or give the place its id")
