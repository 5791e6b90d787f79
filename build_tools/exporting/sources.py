"""The sources of each document as downloads: the TEI edition and the transcription as received, byte for byte.

Called by `site`. The files are named, not read: `publishing` copies them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from build_tools.identifiers import url_of
from build_tools.model import Archive
from build_tools.output import CopiedFile


def source_files(archive: Archive, root: Path) -> Iterator[CopiedFile]:
    """`edition.xml` and `transcription.txt` of every document, below the address of its page."""
    for document in archive.documents:
        folder = (root / document.path).parent
        for name in ("edition.xml", "transcription.txt"):
            yield CopiedFile(f"{url_of(document.reference)}{name}", folder / name)
