"""A quotation from a text that could not be read is no fault of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from build_tools.checking import check
from build_tools.linking import link
from build_tools.reading.archive import read_archive

SOURCES = Path(__file__).parent.parent.parent / "sources"


def test_a_document_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    sources = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    edition = sources / "documents" / "instruction-1962-11-03" / "edition.xml"
    edition.write_text(edition.read_text("utf-8").replace("<persName", "<persNam", 1), "utf-8")
    archive, problems = read_archive(sources)
    assert archive is not None
    links, unlinked = link(archive)
    found = [*problems, *unlinked, *check(archive, links)]
    assert {one.location.path for one in found} == {"sources/documents/instruction-1962-11-03/edition.xml"}
