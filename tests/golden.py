"""`make golden`: writes the example archive's pages and model to `tests/pages/`, where tests compare them."""

from __future__ import annotations

import shutil
from pathlib import Path
from pprint import pformat

from build_tools.site import load, plan

FOLDER = Path(__file__).parent / "pages"
SOURCES = Path(__file__).parent / "example_archive" / "sources"


def pages() -> dict[str, str]:
    """File name -> content: each page of the example archive, and the repr of each document."""
    loaded = load(SOURCES)
    assert loaded.problems == (), loaded.problems
    assert loaded.archive is not None
    assert loaded.links is not None
    made = {
        f"{page.url or 'home/'}page.html".replace("/", "-"): page.html + "\n"
        for page in plan(loaded.archive, loaded.links, SOURCES).pages
    }
    for document in loaded.archive.documents:
        made[f"{document.id}.repr.txt"] = pformat(document.passages, width=120) + "\n"
    return made


def main() -> None:
    """Accept what is made now."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name, content in pages().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
