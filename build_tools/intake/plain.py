"""A draft edition of a plain transcription: the text stored as it came, a header to fill in, a paragraph for each block.

Comes in: a text file. Goes out: the files of a document folder, relative to `sources/`; `cli` writes them. Nothing is
guessed silently: a block of lines between blank lines is a paragraph, a first block of one short line without a full stop
is the heading, every raw line has its `lb`, and blanks that XML would fold are `space` elements. The draft passes `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from build_tools.dates import read_date
from build_tools.identifiers import FOLDERS, IDENTIFIER, is_identifier
from build_tools.location import Location
from build_tools.output import OutputFile
from build_tools.problem import Problem, errors
from build_tools.reading.files import read_source
from build_tools.text import lines_of

LONGEST_HEADING = 120
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title type="main">{title}</title>
      </titleStmt>
      <publicationStmt>
        <publisher>Not published yet</publisher>
        <availability status="unknown"><p>The rights in this document have not been looked into yet.</p></availability>
      </publicationStmt>
      <sourceDesc>
        <p>Where the original is kept has not been described yet.</p>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <editorialDecl>
        <segmentation><p>A block of lines between blank lines of the transcription is a paragraph.</p></segmentation>
      </editorialDecl>
      <refsDecl>
        <citeStructure unit="heading" match="//body//head" use="@xml:id"/>
        <citeStructure unit="paragraph" match="//body//p" use="@xml:id"/>
      </refsDecl>
      <listPrefixDef>
{prefixes}
      </listPrefixDef>
    </encodingDesc>
    <profileDesc>
      <creation>{date}</creation>
      <langUsage><language ident="en">English</language></langUsage>
    </profileDesc>
    <revisionDesc status="draft">
      <change when="{today}" who="editors">Draft made of the plain transcription.</change>
    </revisionDesc>
  </teiHeader>
  <text>
    <body>
"""
FOOTER = """
    </body>
  </text>
</TEI>
"""
BLANKS = re.compile(r"(?:^[ \t]+|[ \t]+$|[ \t]{2,}|\t)")


def draft(
    identifier: str, file: Path, sources: Path, *, today: str, title: str = "", date: str = ""
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """`transcription.txt` and `edition.xml` of a new document, or what forbids it; `today` dates its first change."""
    problems: list[Problem] = []
    here = Location(file.name)
    if not is_identifier(identifier):
        hint = f"Use small letters, digits and hyphens, at most 64, such as {_suggestion(identifier)!r}"
        problems.append(Problem("bad-identifier", here, f"{identifier!r} cannot name a document", hint))
    elif (sources / "documents" / identifier).exists():
        hint = "Choose another identifier, or edit the document that stands there"
        problems.append(Problem("colliding-names", here, f"there is a document {identifier!r} already", hint))
    if date:
        try:
            read_date(date)
        except ValueError as unreadable:
            hint = "Give it in EDTF, such as 1962-11-03, or leave it out"
            problems.append(Problem("bad-date", here, f"the date {date!r} cannot be read: {unreadable}", hint))
    text, unreadable_file = read_source(file.absolute(), file.absolute().parent)
    problems.extend(unreadable_file)
    if text is None or errors(problems):
        return (), tuple(problems)
    folder = f"documents/{identifier}"
    edition = as_edition(text, title=title or _first_words(text) or identifier, date=date, today=today)
    return (
        OutputFile(f"{folder}/transcription.txt", file.read_bytes()),
        OutputFile(f"{folder}/edition.xml", edition.encode()),
    ), tuple(problems)


def as_edition(transcription: str, *, title: str, date: str, today: str) -> str:
    """The TEI draft: a header of what is known, and the text with every raw line marked."""
    when = f"<date when-custom={quoteattr(date)}>{escape(date)}</date>" if date else "<date/>"
    prefixes = "\n".join(
        f'        <prefixDef ident="{kind}" matchPattern="(.+)" replacementPattern="../../{folder}/$1"/>'
        for kind, folder in FOLDERS.items()
    )
    header = HEADER.format(title=escape(title), date=when, prefixes=prefixes, today=today)
    return f"{header}{_body(transcription)}{FOOTER}"


def _body(transcription: str) -> str:
    written: list[str] = []
    paragraphs = 0
    for first, lines in _blocks(transcription):
        if not lines:
            written.append(f'      <lb n="{first}"/>')
            continue
        is_heading = not any("xml:id" in block for block in written) and _is_heading(lines)
        paragraphs += not is_heading
        name, identifier = ("head", "head") if is_heading else ("p", f"p{paragraphs}")
        marked = "\n        ".join(f'<lb n="{first + offset}"/>{_marked(line)}' for offset, line in enumerate(lines))
        written.append(f'      <{name} xml:id="{identifier}">\n        {marked}\n      </{name}>')
    return "\n".join(written)


def _blocks(transcription: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, and for each blank line an empty run, with the number of their first line."""
    block: list[str] = []
    lines = lines_of(transcription)
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
            continue
        if block:
            yield number - len(block), block
            block = []
        if number <= len(lines):
            yield number, []


def _is_heading(lines: list[str]) -> bool:
    return len(lines) == 1 and len(lines[0]) <= LONGEST_HEADING and not lines[0].rstrip().endswith((".", ",", ";", ":"))


def _marked(line: str) -> str:
    """The line with every blank that XML would fold made visible."""
    parts: list[str] = []
    at = 0
    for blank in BLANKS.finditer(line):
        parts.append(escape(line[at : blank.start()]))
        parts.append(
            f'<space quantity="{len(blank.group())}" unit="{"tabs" if chr(9) in blank.group() else "chars"}"/>'
        )
        at = blank.end()
    return "".join(parts) + escape(line[at:])


def _first_words(text: str) -> str:
    return next((line.strip()[:LONGEST_HEADING] for line in text.splitlines() if line.strip()), "")


def _suggestion(identifier: str) -> str:
    found = IDENTIFIER.search(re.sub(r"[^a-z0-9]+", "-", identifier.lower()).strip("-"))
    return found.group() if found else "letter-1962-11-03"
