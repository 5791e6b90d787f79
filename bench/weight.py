"""`python -m bench.weight`: what the first visit of the annotated page transfers, beside the same text in stock Material.

Both are built here, in one run, from the same words. Counted is what the page names itself: HTML, style sheets, scripts,
preloaded or declared fonts, each compressed as a host would (gzip, level 6; fonts are compressed already). What is loaded
only when something is opened, such as the search index, is not counted for either.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from posixpath import dirname, join, normpath

from build_tools.model import Archive
from build_tools.reading.archive import read_archive
from build_tools.reading.html import read_page

ROOT = Path(__file__).parent.parent
DOCUMENT = "documents/instruction-1962-11-03/index.html"
FONT = re.compile(r"url\([\"']?([^\"')]+\.woff2)[\"']?\)")
KINDS = {".html": "HTML", ".css": "styles", ".js": "scripts", ".woff2": "fonts"}


def main() -> None:
    """Print the table."""
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    with tempfile.TemporaryDirectory() as folder:
        ours = _ours(Path(folder) / "ours")
        stock = _stock(archive, Path(folder) / "stock")
    print("KB, compressed".ljust(18) + "".join(kind.rjust(10) for kind in (*KINDS.values(), "all")))
    for name, weights in (("this archive", ours), ("stock Material", stock)):
        figures = [*(weights.get(kind, 0) for kind in KINDS.values()), sum(weights.values())]
        print(name.ljust(18) + "".join(f"{figure / 1000:>10.1f}" for figure in figures))


def _ours(site: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "build_tools", "build", "--site", str(site)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return _weights(site, DOCUMENT)


def _stock(archive: Archive, folder: Path) -> dict[str, int]:
    """The document's passages and notes as Markdown, in a site with Material's defaults and no fonts of another host."""
    (document,) = (one for one in archive.documents if one.id in DOCUMENT)
    notes = "".join(f"\n### {note.value.title}\n\n{note.value.target.exact}\n" for note in document.notes)
    text = "\n\n".join(passage.text for passage in document.passages)
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(f"# {document.header.title}\n\n{text}\n{notes}", encoding="utf-8")
    settings = "site_name: Stock\ntheme:\n  name: material\n  font: false\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, capture_output=True)
    return _weights(folder / "site", "index.html")


def _weights(site: Path, page: str) -> dict[str, int]:
    """Bytes of the page and of all that it loads by itself, by kind."""
    names = {page}
    for address, _ in read_page((site / page).read_bytes()).loads:
        names.add(_named(page, address))
    for sheet in [name for name in names if name.endswith(".css")]:
        if (site / sheet).is_file():
            found = FONT.findall((site / sheet).read_text(encoding="utf-8"))
            names |= {_named(sheet, address) for address in found}
    weights: dict[str, int] = {}
    for name in sorted(names):
        path = site / name
        if path.is_file() and path.suffix in KINDS:
            content = path.read_bytes()
            size = len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6))
            weights[KINDS[path.suffix]] = weights.get(KINDS[path.suffix], 0) + size
    return weights


def _named(page: str, address: str) -> str:
    return normpath(join(dirname(page), re.split("[?#]", address)[0]))


if __name__ == "__main__":
    main()
