"""Checks the finished site: every link, fragment, id, and that nothing is fetched from another host.

Comes in: what `reading.html` read of each page, the text of each style sheet, and the names of all files. The site must
work below any path, so an address that begins at the root of the host is a fault; only the page of errors, which is
served at any depth, has such addresses. Called by `publishing` before a site takes the place of the old one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PageChecked:
    """What one page says for itself, and what only the others can tell: whether the fragments it links to are there."""

    problems: tuple[Problem, ...]
    ids: frozenset[str]
    wanted: tuple[tuple[str, str, str, int], ...]
    """Page, fragment, address as written, and line: each address once."""


def check_published(
    pages: Mapping[str, PageRead], files: frozenset[str], stylesheets: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """All faults of the site; the keys of `pages` and `stylesheets` are paths below its root, as in `files`."""
    checked = {path: check_page(path, page, files) for path, page in pages.items()}
    return sorted_problems((*check_together(checked), *check_stylesheets(stylesheets or {}, files)))


def check_page(path: str, page: PageRead, files: frozenset[str]) -> PageChecked:
    """The faults of a page that can be told from it and the names of all files."""
    links = _Links(path, files)
    problems = [*_doubled_ids(path, page)]
    for address, line in page.links:
        problems.extend(links.check_link(address, line))
    for address, line in page.loads:
        problems.extend(links.check_load(address, line))
    return PageChecked(tuple(problems), frozenset(name for name, _ in page.ids), tuple(links.wanted.values()))


def check_together(pages: Mapping[str, PageChecked]) -> Iterator[Problem]:
    """The faults of each page, and each link to a place that its target has not."""
    for path, page in pages.items():
        yield from page.problems
        for target, fragment, address, line in page.wanted:
            if target in pages and fragment not in pages[target].ids:
                message = f"the address {address[:80]!r} leads to {target}, which has no id {fragment!r}"
                hint = "Correct the fragment, or give the place its id"
                yield Problem("broken-fragment", Location(path, line), message, hint)


def check_stylesheets(stylesheets: Mapping[str, str], files: frozenset[str]) -> Iterator[Problem]:
    """What a style sheet loads must be a file of the site."""
    for path, text in stylesheets.items():
        links = _Links(path, files)
        for address, line in _addresses(text):
            yield from links.check_load(address, line)


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


class _Links:
    """The links of one page. An address that is right is looked up once, since menus and notes repeat them."""

    def __init__(self, page: str, files: frozenset[str]) -> None:
        self.page = page
        self.folder = dirname(page)
        self.files = files
        self.right: set[str] = set()
        self.resolved: dict[str, str] = {}
        self.wanted: dict[str, tuple[str, str, str, int]] = {}

    def check_link(self, address: str, line: int) -> Iterator[Problem]:
        if address in self.right:
            return
        here = Location(self.page, line)
        scheme = SCHEME.match(address)
        if scheme or address.startswith("//"):
            if scheme and scheme[1].lower() not in OUTSIDE:
                message = f"the address {address[:80]!r} is of a kind that may not stand in a link"
                yield Problem("broken-link", here, message, "Link to a page of the site or to an https:// address")
            return
        path, _, fragment = address.partition("#")
        target = yield from self._resolve(path.partition("?")[0], address, here)
        if not target:
            return
        self.right.add(address)
        name = unquote(fragment).partition(":~:")[0]
        if name and name != "top":
            self.wanted[address] = (target, name, address, line)

    def check_load(self, address: str, line: int) -> Iterator[Problem]:
        here = Location(self.page, line)
        scheme = SCHEME.match(address)
        if address.startswith("//") or (scheme and scheme[1].lower() not in {"data", "blob"}):
            message = f"{address[:80]!r} is fetched from another host"
            yield Problem("foreign-request", here, message, "Keep the file in docs/assets and load it from there")
        elif not scheme and address and not address.startswith("#"):
            yield from self._resolve(re.split(r"[?#]", address, maxsplit=1)[0], address, here)

    def _resolve(self, path: str, address: str, here: Location) -> Generator[Problem, None, str]:
        """The file that the address leads to, as the value of the generator; empty with a Problem if there is none."""
        if path.startswith("/"):
            if self.page != ERROR_PAGE:
                message = f"the address {address[:80]!r} begins at the root of the host"
                yield Problem("absolute-link", here, message, "Make it relative, for the site may lie below any path")
            return ""
        if not path:
            return self.page
        if path not in self.resolved:
            self.resolved[path] = self._file(unquote(path))
        target = self.resolved[path]
        if not target:
            message = f"the address {address[:80]!r} leads to no file of the site"
            yield Problem("broken-link", here, message, "Correct the address, or make the page it leads to")
        return target

    def _file(self, path: str) -> str:
        target = normpath(join(self.folder, path))
        if target == ".." or target.startswith("../"):
            return ""
        if path in {".", ".."} or path.endswith(("/", "/.", "/..")):
            target = normpath(join(target, "index.html"))
        return target if target in self.files else ""
