"""Small archives written inside a test, read by the real readers, linked and checked."""

from __future__ import annotations

from pathlib import Path

from build_tools.checking import check
from build_tools.linking import Links, link
from build_tools.model import Archive
from build_tools.problem import Problem, as_line, sorted_problems
from build_tools.reading.archive import read_archive

ARCHIVE = """\
title: Papers
headline: Papers
lead: Papers.
publisher: A society
editors:
  - A. Editor
licence: CC BY 4.0
licence_url: https://creativecommons.org/licenses/by/4.0/
base_iri: https://papers.example/
edition: "1"
date: "2001-01-31"
description: Invented.
"""
KINDS = ["document", "commitment", "message", "person", "organisation", "place", "weapon", "term", "event", "work"]
EDITION = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>A letter</title>{authors}</titleStmt>
<publicationStmt><publisher>A society</publisher><availability><p>Free.</p></availability></publicationStmt>
<sourceDesc><p>Invented.</p></sourceDesc></fileDesc>
<encodingDesc><listPrefixDef>{prefixes}</listPrefixDef></encodingDesc>
<profileDesc><creation>{date}</creation></profileDesc>
<revisionDesc status="published"><change when="2001-01-31" who="Editor">Made.</change></revisionDesc></teiHeader>
<text><body>
{body}
</body></text></TEI>
"""
PERSON = "---\nname: {name}\n---\n"
TERM = PERSON
WORK = "---\nname: {name}\nshort: {name}\n---\n"


def edition(body: str, *, date: str = '<date when="1962-11-03">3 November 1962</date>', authors: str = "") -> str:
    """An edition with the least header and this text."""
    prefixes = "".join(
        f'<prefixDef ident="{kind}" matchPattern="(.+)" replacementPattern="{kind}/$1"/>' for kind in KINDS
    )
    return EDITION.format(body=body, date=date, authors=authors, prefixes=prefixes)


def document(body: str, transcription: str, **more: str) -> dict[str, str]:
    """The two files of the document `letter`."""
    return {
        "documents/letter/edition.xml": edition(body, **more),
        "documents/letter/transcription.txt": transcription,
    }


LETTER = document(
    '<p xml:id="p1"><lb n="1"/>The removal of <persName ref="person:a">Alder</persName> and the removal of '
    '<persName ref="person:b">Birch</persName> on <date when="1962-10-27">October 27</date>.</p>',
    "The removal of Alder and the removal of Birch on October 27.\n",
) | {"people/a.md": PERSON.format(name="Alder"), "people/b.md": PERSON.format(name="Birch")}


def commitment(body: str = "", **fields: str) -> str:
    """A commitment; each field is the YAML that stands after its key."""
    given = {
        "name": "A promise",
        "kind": "undertaking",
        "by": '["person:a"]',
        "toward": '["person:b"]',
        "statement": "Alder promises.",
        "passages": "[{document: letter, passage: p1, exact: The removal of Alder}]",
        "sources": "[{grade: A, document: letter, at: p1}]",
        **fields,
    }
    return "---\n" + "\n".join(f"{key}: {value}" for key, value in given.items() if value) + f"\n---\n{body}"


def read(folder: Path, files: dict[str, str]) -> tuple[Archive, tuple[Problem, ...]]:
    """The archive of these files below `sources/`."""
    for name, content in {"archive.yml": ARCHIVE, **files}.items():
        path = folder / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    archive, problems = read_archive(folder / "sources")
    assert archive is not None
    return archive, problems


def linked(folder: Path, files: dict[str, str]) -> Links:
    """The links of these files, which have no fault."""
    archive, problems = read(folder, files)
    links, faults = link(archive)
    assert [as_line(problem) for problem in (*problems, *faults)] == []
    return links


def faults(folder: Path, files: dict[str, str]) -> list[Problem]:
    """Every problem of these files."""
    archive, problems = read(folder, files)
    links, dangling = link(archive)
    return list(sorted_problems((*problems, *dangling, *check(archive, links))))
