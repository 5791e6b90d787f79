"""A change made to a copy of the real sources, and its impact."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from build_tools.impact import Impact, Side, impact_of
from build_tools.linking import link
from build_tools.reading.archive import read_archive

SOURCES = Path(__file__).parent.parent.parent / "sources"
LETTER = "documents/letter-1962-10-27/edition.xml"
INSTRUCTION = "documents/instruction-1962-11-03/edition.xml"
ASSURANCE = "commitments/us-no-invasion-assurance.md"
Change = Callable[[Path], None]


def side(sources: Path) -> Side:
    """The sources of a folder, read and linked."""
    archive, _ = read_archive(sources)
    assert archive is not None
    return Side(archive, link(archive)[0])


@cache
def real() -> Side:
    """The real sources as they are."""
    return side(SOURCES)


def changed(change: Change) -> Side:
    """The real sources after a change."""
    with TemporaryDirectory() as folder:
        copied = Path(shutil.copytree(SOURCES, Path(folder) / "sources"))
        change(copied)
        return side(copied)


def impact_after(change: Change) -> Impact:
    """What the change touches."""
    return impact_of(real(), changed(change))


def replacing(path: str, old: str, new: str) -> Change:
    """The change of some words in one file."""

    def change(sources: Path) -> None:
        file = sources / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(sources: Path) -> None:
        for one in changes:
            one(sources)

    return change
