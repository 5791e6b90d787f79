"""Citations as files: BibTeX, RIS and CSL-JSON of every document and of every passage.

`documents/<id>/cite.bib` cites the document, `documents/<id>/cite/<passage>.bib` the passage; so with `.ris` and `.json`. They
need no script and can be fetched by any reference manager. Called by `site`.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import citable_item, known_of, locator
from build_tools.citations.ris import ris
from build_tools.identifiers import url_of
from build_tools.model import Archive
from build_tools.output import OutputFile

FORMATS = {"bib": bibtex, "ris": ris, "json": csl_json}
"""End of a file's name -> what writes it."""


def citation_files(archive: Archive) -> Iterator[OutputFile]:
    """The files of each document, then of its passages in the order of the text."""
    known = known_of({record.reference: record.value for record in archive.records()})
    for document in archive.documents:
        item = citable_item(document, known, archive.edition)
        path = f"{url_of(document.reference)}cite"
        for ending, write in FORMATS.items():
            yield OutputFile(f"{path}.{ending}", write(item).encode())
        for passage in document.passages:
            where = locator(document, (passage,), archive.edition)
            for ending, write in FORMATS.items():
                yield OutputFile(f"{path}/{passage.id}.{ending}", write(item, where).encode())
