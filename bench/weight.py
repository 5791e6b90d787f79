"""`python -m bench.weight [--beside NAME=FOLDER:PAGE:WORDS ...]`: what a first visit transfers, and how soon it is read.

The annotated page and the same words in stock Material are built here, in one run; any site that lies in a folder can be
measured beside them. All are opened in Chromium, once for each round with an empty cache, from a host that compresses as
hosts do (gzip, level 6). Counted is what that host sent until the page was quiet: bodies without headers, by kind. What
a page asks of other hosts cannot be loaded here: it is told by number and name, and its bytes are not known.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright

from build_tools.model import Document
from build_tools.reading.archive import read_archive

ROOT = Path(__file__).parent.parent
DOCUMENT = "documents/instruction-1962-11-03/index.html"
KINDS = {
    ".html": "HTML", ".css": "styles", ".js": "scripts", ".mjs": "scripts", ".woff2": "fonts", ".woff": "fonts",
    ".ttf": "fonts", ".otf": "fonts", ".eot": "fonts", ".xml": "data", ".json": "data",
}  # fmt: skip
NAMES = ("HTML", "styles", "scripts", "fonts", "data", "images")
"""Kinds by ending; `images` are whatever has another."""
COMPRESSED = {".woff2", ".woff", ".png", ".jpg", ".jpeg", ".gif", ".webp"}
SLOWER = 4
"""How many times slower the processor is made for the times."""
QUIET, LONGEST = 1.5, 60
"""Seconds without a request after which a page is finished, and after which it is given up."""
WATCH = """words => {
  window.seen = { shift: 0, painted: 0, read: 0 };
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.seen.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver(list => {
    for (const one of list.getEntriesByName("first-contentful-paint")) window.seen.painted = one.startTime;
  }).observe({ type: "paint", buffered: true });
  const asking = setInterval(() => {
    if (!document.body?.textContent.replace(/\\s+/g, " ").includes(words)) return;
    clearInterval(asking);
    window.seen.read = performance.now();
  }, 50);
}"""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that lies in a folder, and the page of it that is visited."""

    name: str
    folder: Path
    page: str
    words: str
    """The first words of the text that a reader comes for."""


@dataclass(slots=True)
class Visit:
    """What was seen of one visit; bytes are those of bodies, as sent."""

    sent: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    missing: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Hosts that were asked, once for each request; they were not reached."""
    painted: float = 0
    read: float = 0
    """Milliseconds, on a slow processor, until anything is painted, and until the first words of the text stand there."""
    shift: float = 0
    letters: int = 0
    """Of all the text that is visible in the end."""


def main() -> None:
    """Print the table, and below it what the table cannot say."""
    parser = argparse.ArgumentParser(prog="python -m bench.weight", description=__doc__)
    parser.add_argument("--beside", metavar="NAME=FOLDER:PAGE:WORDS", type=site_of, action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (document,) = (one for one in archive.documents if one.id in DOCUMENT)
        sites = [_ours(document, Path(folder) / "ours"), _stock(document, Path(folder) / "stock"), *given.beside]
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        visits = {site.name: [visit(site, browser) for _ in range(given.rounds)] for site in sites}
        browser.close()
    print("\n".join(table(visits)))


def site_of(text: str) -> Site:
    """`EVT=/some/folder:index.html:In the beginning`; the page may carry a fragment."""
    name, _, rest = text.partition("=")
    folder, _, where = rest.partition(":")
    page, _, words = where.partition(":")
    if not (name and words and Path(folder, page.partition("#")[0]).is_file()):
        raise argparse.ArgumentTypeError(f"{text}: there is no such page, or its first words are not given")
    return Site(name, Path(folder), page, words)


def table(visits: dict[str, list[Visit]]) -> list[str]:
    """A row for each site, medians of its rounds, and lines for what was asked in vain."""
    head = (*NAMES, "all", "requests", "elsewhere", "paint", "text", "CLS", "letters")
    lines = ["KB, compressed".ljust(24) + "".join(one.rjust(10) for one in head)]
    below: list[str] = []
    for name, rounds in visits.items():
        last = rounds[-1]
        weights = [*(last.sent[kind] for kind in NAMES), last.sent.total()]
        figures = [
            *(f"{weight / 1000:.1f}" for weight in weights),
            str(last.requests),
            f"{len(last.elsewhere)}" + ("*" if last.elsewhere else ""),
            *(f"{median(getattr(one, what) for one in rounds) / 1000:.2f} s" for what in ("painted", "read")),
            f"{max(one.shift for one in rounds):.3f}",
            str(last.letters),
        ]
        lines.append(name.ljust(24) + "".join(figure.rjust(10) for figure in figures))
        hosts = ", ".join(f"{host} ({times})" for host, times in sorted(Counter(last.elsewhere).items()))
        below += [f"* {name} asks other hosts, and what they send is not in its row: {hosts}"] if hosts else []
        if last.missing:
            examples = ", ".join(sorted(last.missing)[:3])
            below.append(
                f"! {name} asks its own host for files that it has not, {len(last.missing)} times: {examples} ..."
            )
    return [*lines, *below]


def visit(site: Site, browser: Browser) -> Visit:
    """The page opened once, with nothing in any cache."""
    seen = Visit()
    with _served(site.folder, seen) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()

        def asked(request: Request) -> None:
            if urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(address):
                seen.elsewhere.append(urlsplit(request.url).netloc)

        page.on("request", asked)
        page.route(lambda url: not url.startswith((address, "data:", "blob:")), lambda route: route.abort())
        page.add_init_script(f"({WATCH})({json.dumps(site.words)})")
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{address}{site.page.removesuffix('index.html')}", wait_until="load", timeout=LONGEST * 1000)
        before, waited = -1, 0.0
        while seen.requests + len(seen.elsewhere) != before and waited < LONGEST:
            before = seen.requests + len(seen.elsewhere)
            page.wait_for_timeout(QUIET * 1000)
            waited += QUIET
        found = page.evaluate("window.seen")
        seen.letters = page.evaluate("document.body.innerText.length")
        context.close()
    if not found["read"]:
        raise SystemExit(f"{site.name}: the words “{site.words}” never stood on {site.page}")
    seen.painted, seen.shift = found["painted"], found["shift"]
    seen.read = max(found["read"], found["painted"])
    return seen


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, compressed, and writes down what it sent."""

    def __init__(self, *given: object, seen: Visit, **named: object) -> None:
        self.seen = seen
        super().__init__(*given, **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.seen.requests += 1
        if not path.is_file():
            self.seen.missing.append(urlsplit(self.path).path)
            self.send_error(404)
            return
        content = path.read_bytes()
        packed = content if path.suffix in COMPRESSED else gzip.compress(content, 6)
        self.seen.sent[KINDS.get(path.suffix, "images")] += len(packed)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(packed)))
        if packed is not content:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def _served(folder: Path, seen: Visit) -> Iterator[str]:
    handler = functools.partial(_Host, directory=str(folder), seen=seen)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def _ours(document: Document, site: Path) -> Site:
    command = [sys.executable, "-m", "build_tools", "build", "--site", str(site)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return Site("this archive", site, DOCUMENT, _first_words(document))


def _stock(document: Document, folder: Path) -> Site:
    """The document's passages and notes as Markdown, in a site with Material's defaults and no fonts of another host."""
    notes = "".join(f"\n### {note.value.title}\n\n{note.value.target.exact}\n" for note in document.notes)
    text = "\n\n".join(passage.text for passage in document.passages)
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(f"# {document.header.title}\n\n{text}\n{notes}", encoding="utf-8")
    settings = "site_name: Stock\ntheme:\n  name: material\n  font: false\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, capture_output=True)
    return Site("stock Material", folder / "site", "index.html", _first_words(document))


def _first_words(document: Document) -> str:
    """Four words from the first passage that is numbered."""
    text = next(passage.text for passage in document.passages if passage.id == "p1")
    return " ".join(text.split()[:4])


if __name__ == "__main__":
    main()
