"""A document folder -> a Document: header, body, passages, notes, and the transcription as received.

Comes in: `sources/documents/<id>/` with `edition.xml`, `transcription.txt` and `notes/`. Goes out: the frozen Document, or
Problems. What the header must say (title, date, status, the passages' `citeStructure`) is asked here; whether the text
agrees with the transcription is `checking.documents`' question. Called by `archive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from build_tools.dates import read_date
from build_tools.identifiers import PASSAGE_ID, Reference, read_reference
from build_tools.location import Location
from build_tools.model import Change, Document, Hand, Header, Note, Passage
from build_tools.problem import Problem
from build_tools.reading.files import read_source
from build_tools.reading.records import read_note
from build_tools.reading.xml import read_xml
from build_tools.text import Element, as_text, elements

DATE_ATTRIBUTES = ("when", "from", "to", "notBefore", "notAfter", "when-custom")
MATCH = re.compile(r"//(?:body//)?([a-z]+)$")


def read_document(folder: Path, root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of one folder, None if its edition cannot be used, and every fault of its files."""
    problems: list[Problem] = []
    path = folder / "edition.xml"
    name = path.relative_to(root).as_posix()
    for needed in (path, folder / "transcription.txt"):
        if not needed.is_file() and not needed.is_symlink():
            hint = "`archive new ID FILE` makes both files of a plain transcription"
            problems.append(Problem("missing-file", Location(name), f"{needed.name} is missing from the folder", hint))
    if problems:
        return None, tuple(problems)
    source, unreadable = read_source(path, root)
    problems.extend(unreadable)
    transcription, unreadable = read_source(folder / "transcription.txt", root)
    problems.extend(unreadable)
    notes = _read_notes(folder / "notes", root, folder.name, problems)
    if source is None or transcription is None:
        return None, tuple(problems)
    tree, faults = read_xml(source, name)
    problems.extend(faults)
    if tree is None:
        return None, tuple(problems)
    header_element, body = _find(tree, "teiHeader"), _find(tree, "text/body")
    assert header_element is not None and body is not None, "the schema asks for both"
    header, faults = _read_header(header_element)
    problems.extend(faults)
    problems.extend(_bad_dates(tree))
    passages, faults = _passages(header_element, body)
    problems.extend(faults)
    if header is None:
        return None, tuple(problems)
    return Document(folder.name, header, body, passages, notes, transcription, name), tuple(problems)


def _read_notes(folder: Path, root: Path, document: str, problems: list[Problem]) -> tuple[Note, ...]:
    notes: list[Note] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix != ".md":
            hint = "Notes are Markdown files; put other things elsewhere"
            place = Location(path.relative_to(root).as_posix())
            problems.append(Problem("unexpected-file", place, f"{path.name!r} is not a note", hint))
            continue
        note, faults = read_note(path, root, document)
        problems.extend(faults)
        if note:
            notes.append(note)
    return tuple(notes)


# --- the header -----------------------------------------------------------------------------------------------------


def _read_header(header: Element) -> tuple[Header | None, tuple[Problem, ...]]:
    title = _text(header, "fileDesc/titleStmt/title")
    revisions = _find(header, "revisionDesc")
    assert revisions is not None, "the schema asks for it"
    date = _find(header, "profileDesc/creation/date")
    problems: list[Problem] = []
    if not title:
        place = (_find(header, "fileDesc/titleStmt/title") or header).location
        problems.append(Problem("missing-key", place, "the title is empty", "Give the document a title"))
    sent = list(_all(header, "profileDesc/correspDesc/correspAction"))
    short = next((as_text(one) for one in _all(header, "fileDesc/titleStmt/title") if one.get("type") == "short"), "")
    if problems:
        return None, tuple(problems)
    return Header(
        title=title,
        short_title=short or title,
        date=date_of(date) if date else "",
        date_as_written=as_text(date) if date else "",
        authors=tuple(_references(_all(header, "fileDesc/titleStmt/author"))),
        addressees=tuple(
            reference
            for action in sent
            if action.get("type") == "received"
            for reference in _references(c for c in action.children if isinstance(c, Element))
        ),
        summary=_text(header, "profileDesc/abstract"),
        classification=_classification(header),
        repository=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/repository"),
        reference_code=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/idno"),
        fonds=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/collection"),
        release=_release(header),
        physical=_text(header, "fileDesc/sourceDesc/msDesc/physDesc/objectDesc"),
        availability=" ".join(as_text(one) for one in _children(header, "fileDesc/publicationStmt/availability")),
        editorial_declarations=tuple(_children(header, "encodingDesc/editorialDecl")),
        hands=tuple(
            Hand(one.get("xml:id"), as_text(one))
            for one in _all(header, "fileDesc/sourceDesc/msDesc/physDesc/handDesc/handNote")
        ),
        changes=tuple(Change(one.get("when"), one.get("who"), as_text(one)) for one in _all(revisions, "change")),
        status=revisions.get("status"),
    ), ()


def date_of(date: Element) -> str:
    """The EDTF that the attributes of a `date` element amount to; empty if it has none."""
    if date.get("when-custom"):
        return date.get("when-custom")
    if date.get("when"):
        doubt = "?" if date.get("cert") in {"low", "medium"} and "T" not in date.get("when") else ""
        return date.get("when")[:10] + doubt
    start = date.get("from") or date.get("notBefore")
    end = date.get("to") or date.get("notAfter")
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _classification(header: Element) -> str:
    for term in _all(header, "profileDesc/textClass/keywords/term"):
        if term.get("type") == "classification":
            return as_text(term)
    return ""


def _release(header: Element) -> str:
    for event in _all(header, "fileDesc/sourceDesc/msDesc/additional/adminInfo/custodialHist/custEvent"):
        if event.get("type") == "release":
            return as_text(event)
    return ""


def _references(named: Iterator[Element]) -> Iterator[Reference]:
    for element in named:
        reference = read_reference(element.get("ref"))
        if reference:
            yield reference


# --- the text ---------------------------------------------------------------------------------------------------------


def _bad_dates(tree: Element) -> Iterator[Problem]:
    """Days that no calendar has; that the form is right the schema has seen."""
    for element in elements(tree):
        for name in DATE_ATTRIBUTES:
            value = element.get(name)
            if value:
                try:
                    read_date(value[:10] if "T" in value else value)
                except ValueError as impossible:
                    found = f'{name}="{value}" is not a date: {impossible}'
                    yield Problem("bad-date", element.location, found, "Give a day that was, as 1962-10-27")


def _passages(header: Element, body: Element) -> tuple[tuple[Passage, ...], tuple[Problem, ...]]:
    """What `citeStructure` names and has an `xml:id`, in document order; each must have one."""
    names = {
        found[1] for one in _all(header, "encodingDesc/refsDecl/citeStructure") if (found := MATCH.search(one.get("match")))
    } or {"head", "p"}
    passages: list[Passage] = []
    problems: list[Problem] = []
    for element in elements(body):
        if element.name not in names:
            continue
        identifier = element.get("xml:id")
        if not PASSAGE_ID.fullmatch(identifier):
            found = f"this <{element.name}> has the xml:id {identifier!r}" if identifier else f"this <{element.name}> has no xml:id"
            hint = "Give it one of letters and a number, such as p7, that no other passage has or ever had"
            problems.append(Problem("passage-id", element.location, found, hint))
            continue
        label = element.get("n") or ("heading" if element.name == "head" else identifier.lstrip("abcdefghijklmnopqrstuvwxyz") or identifier)
        passages.append(Passage(identifier, label, element, as_text(element)))
    return tuple(passages), tuple(problems)


# --- finding ----------------------------------------------------------------------------------------------------------


def _all(element: Element, path: str) -> Iterator[Element]:
    step, _, rest = path.partition("/")
    for child in element.children:
        if isinstance(child, Element) and child.name == step:
            if rest:
                yield from _all(child, rest)
            else:
                yield child


def _find(element: Element, path: str) -> Element | None:
    return next(_all(element, path), None)


def _children(element: Element, path: str) -> Iterator[Element]:
    for found in _all(element, path):
        yield from (child for child in found.children if isinstance(child, Element))


def _text(element: Element, path: str) -> str:
    found = _find(element, path)
    return as_text(found) if found else ""
