"""A document folder -> a Document: header, body, passages, notes, and the transcription as received.

Comes in: `sources/documents/<id>/` with `edition.xml`, `transcription.txt` and `notes/`. Goes out: the frozen Document,
or Problems. Asked here is what a schema cannot ask of one file: that dates were days, that `#id` points to something,
that each line of the transcription is marked once. Whether the words agree with the transcription is the question of
`checking`, whether a record exists that of `linking`. Called by `archive`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from build_tools.dates import read_date
from build_tools.identifiers import FOLDERS, PASSAGE_ID, Reference, read_reference
from build_tools.location import Location
from build_tools.model import Change, Document, Hand, Header, Note, Passage, Responsible
from build_tools.problem import Problem
from build_tools.reading.files import name_of, named_files, read_source
from build_tools.reading.grammar import DATING, POINTING
from build_tools.reading.records import read_note
from build_tools.reading.xml import read_xml
from build_tools.text import Element, as_text, elements

MATCH = re.compile(r"//(?:body//)?([a-z]+)$")
PASSAGES = frozenset({"head", "p", "item", "opener", "closer"})
"""What is citable if the header has no `citeStructure`."""
NUMBER = re.compile(r"[0-9]{1,9}")
MOST_LISTED = 10


def read_document(folder: Path, root: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of one folder, None if its edition cannot be used, and every fault of its files."""
    path = folder / "edition.xml"
    name = name_of(path, root)
    missing = [one for one in ("edition.xml", "transcription.txt") if not os.path.lexists(folder / one)]
    if missing:
        hint = "`archive new ID FILE` makes both files of a plain transcription"
        return None, tuple(Problem("missing-file", Location(name), f"{one} is missing here", hint) for one in missing)
    problems: list[Problem] = []
    transcription, faults = read_source(folder / "transcription.txt", root)
    problems.extend(faults)
    notes, faults = _read_notes(folder / "notes", root, folder.name)
    problems.extend(faults)
    source, faults = read_source(path, root)
    problems.extend(faults)
    tree, faults = read_xml(source, name) if source is not None else (None, ())
    problems.extend(faults)
    if tree is None or transcription is None:
        return None, tuple(problems)
    told = {(one.code, one.location) for one in faults}
    more = [*_bad_values(tree), *_bad_lines(tree, _count_of_lines(transcription))]
    problems.extend(one for one in more if (one.code, one.location) not in told)
    if faults:
        return None, tuple(problems)
    header_element, body = _one(tree, "teiHeader"), _one(tree, "text/body")
    header, faults = _read_header(header_element)
    problems.extend(faults)
    passages, faults = _passages(header_element, body)
    problems.extend(faults)
    if header is None:
        return None, tuple(problems)
    return Document(folder.name, header, body, passages, notes, transcription, name), tuple(problems)


def _read_notes(folder: Path, root: Path, document: str) -> tuple[tuple[Note, ...], tuple[Problem, ...]]:
    paths, faults = named_files(folder, root, "a note")
    problems = list(faults)
    notes: list[Note] = []
    for path in paths:
        note, faults = read_note(path, root, document)
        problems.extend(faults)
        if note:
            notes.append(note)
    return tuple(notes), tuple(problems)


# --- the header -----------------------------------------------------------------------------------------------------


def _read_header(header: Element) -> tuple[Header | None, tuple[Problem, ...]]:
    titles = list(_all(header, "fileDesc/titleStmt/title"))
    title = next((as_text(one) for one in titles if one.get("type") != "short"), "")
    short = next((as_text(one) for one in titles if one.get("type") == "short"), "")
    revisions = _one(header, "revisionDesc")
    date = _find(header, "profileDesc/creation/date")
    problems: list[Problem] = []
    if not title:
        hint = "Give the document a title in fileDesc/titleStmt"
        problems.append(Problem("missing-key", titles[0].location, "the document has no title", hint))
    if date is None:
        place = (_find(header, "profileDesc/creation") or _one(header, "profileDesc")).location
        hint = 'Put <date when="…"/> into profileDesc/creation; an empty <date/> says that it is undated'
        problems.append(Problem("missing-key", place, "the document has no date", hint))
    if problems or date is None:
        return None, tuple(problems)
    actions = _all(header, "profileDesc/correspDesc/correspAction")
    received = [one for one in actions if one.get("type") == "received"]
    return Header(
        title=title,
        short_title=short or title,
        date=date_of(date),
        date_as_written=as_text(date),
        authors=tuple(_references(_all(header, "fileDesc/titleStmt/author"))),
        addressees=tuple(_references(below for action in received for below in _children(action))),
        summary=_text(header, "profileDesc/abstract"),
        classification=_classification(header),
        repository=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/repository"),
        reference_code=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/idno"),
        fonds=_text(header, "fileDesc/sourceDesc/msDesc/msIdentifier/collection"),
        release=_release(header),
        physical=_text(header, "fileDesc/sourceDesc/msDesc/physDesc/objectDesc"),
        availability=" ".join(as_text(one) for one in _below(header, "fileDesc/publicationStmt/availability")),
        editorial_declarations=tuple(_below(header, "encodingDesc/editorialDecl")),
        hands=tuple(
            Hand(one.get("xml:id"), as_text(one))
            for one in _all(header, "fileDesc/sourceDesc/msDesc/physDesc/handDesc/handNote")
        ),
        responsible=tuple(
            Responsible(one.get("xml:id"), " and ".join(as_text(name) for name in _all(one, "name")))
            for one in _all(header, "fileDesc/titleStmt/respStmt")
        ),
        changes=tuple(
            Change(one.get("when"), one.get("who"), as_text(one), one.get("ana") == "#second-reading")
            for one in _all(revisions, "change")
        ),
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


def _references(named: Iterable[Element]) -> Iterator[Reference]:
    for element in named:
        reference = read_reference(element.get("ref"))
        if reference:
            yield reference


# --- the text ---------------------------------------------------------------------------------------------------------


def _passages(header: Element, body: Element) -> tuple[tuple[Passage, ...], tuple[Problem, ...]]:
    """What `citeStructure` names, in document order; each must have an `xml:id` fit for an address."""
    structures = _all(header, "encodingDesc/refsDecl/citeStructure")
    matches = [found for one in structures if (found := MATCH.search(one.get("match")))]
    names = frozenset(found[1] for found in matches) or PASSAGES
    passages: list[Passage] = []
    problems: list[Problem] = []
    for element in elements(body):
        if element.name not in names:
            continue
        identifier = element.get("xml:id")
        if not PASSAGE_ID.fullmatch(identifier):
            has = f"the xml:id {identifier!r}" if identifier else "no xml:id"
            hint = "Give it one of small letters and a number, such as p7, that no other passage has or ever had"
            problems.append(Problem("passage-id", element.location, f"this <{element.name}> has {has}", hint))
            continue
        passages.append(Passage(identifier, _label(element, identifier), element, as_text(element)))
    return tuple(passages), tuple(problems)


def _label(element: Element, identifier: str) -> str:
    if element.name == "head":
        return element.get("n") or "heading"
    return element.get("n") or identifier.lstrip("abcdefghijklmnopqrstuvwxyz") or identifier


def _bad_values(tree: Element) -> Iterator[Problem]:
    """Dates that no calendar has, and references to nothing in this file; their form the schema has seen."""
    declared = {one.get("ident") for one in _all(tree, "teiHeader/encodingDesc/listPrefixDef/prefixDef")}
    known: set[str] = set()
    pointing: list[tuple[Element, str, str]] = []
    for element in elements(tree):
        for name, value in element.attributes:
            if name == "xml:id":
                known.add(value)
            elif name in DATING:
                yield from _bad_date(element, name, value)
            elif name in POINTING:
                pointing.append((element, name, value))
    for element, name, value in pointing:
        for pointer in value.split():
            yield from _bad_pointer(element, name, pointer, known, declared)


def _bad_date(element: Element, name: str, value: str) -> Iterator[Problem]:
    try:
        read_date(value)
    except ValueError as impossible:
        found = f'{name}="{value}" on <{element.name}> is not a date: {impossible}'
        hint = "Give a day, month or year that was, such as 1962-10-27, 1962-10 or 1962"
        yield Problem("bad-date", element.location, found, hint)


def _bad_pointer(element: Element, name: str, pointer: str, known: set[str], declared: set[str]) -> Iterator[Problem]:
    scheme, colon, _ = pointer.partition(":")
    if pointer.startswith("#") and pointer[1:] not in known:
        near = get_close_matches(pointer[1:], sorted(known), n=1)
        hint = f"Did you mean #{near[0]}?" if near else "Give the xml:id of an element of this file"
        found = f'{name}="{pointer}" on <{element.name}> points to nothing in this file'
        yield Problem("bad-reference", element.location, found, hint)
    elif colon and scheme in FOLDERS and scheme not in declared:
        found = f'{name}="{pointer}" uses the prefix {scheme!r}, which the header does not declare'
        hint = f'Add <prefixDef ident="{scheme}" …/> to encodingDesc/listPrefixDef'
        yield Problem("bad-reference", element.location, found, hint)


def _bad_lines(tree: Element, count: int) -> Iterator[Problem]:
    """Marks that are not one `lb` for each line of the transcription, whatever order they stand in."""
    body = _find(tree, "text/body") or tree
    first: dict[int, Location] = {}
    continued: list[tuple[int, Location]] = []
    for element in elements(body):
        if element.name != "lb":
            continue
        number = int(element.get("n")) if NUMBER.fullmatch(element.get("n")) else 0
        if not number:
            found, hint = "this <lb> has no number", "Give it the number of the line in transcription.txt, from 1"
            yield Problem("line-mark", element.location, found, hint)
        elif number > count:
            found = f"this <lb> begins line {number}, but transcription.txt has {count} lines"
            yield Problem("line-mark", element.location, found, "Count the lines again, blank ones too")
        elif element.get("type") == "continued":
            continued.append((number, element.location))
        elif number in first:
            found = f"line {number} begins here again, first at {first[number].line}:{first[number].column}"
            hint = 'Correct the number, or write type="continued" where an interrupted line goes on'
            yield Problem("line-mark", element.location, found, hint)
        else:
            first[number] = element.location
    for number, place in continued:
        if number not in first:
            found = f"line {number} goes on here, but begins nowhere"
            yield Problem("line-mark", place, found, 'Begin it with an <lb> without type="continued"')
    missing = [str(number) for number in range(1, count + 1) if number not in first]
    if missing:
        listed = ", ".join(missing[:MOST_LISTED]) + (" …" if len(missing) > MOST_LISTED else "")
        found = f"{len(missing)} of the {count} lines of transcription.txt have no <lb>: {listed}"
        hint = 'Put <lb n="…"/> where each line begins, blank lines too'
        yield Problem("line-mark", body.location, found, hint)


def _count_of_lines(transcription: str) -> int:
    return transcription.count("\n") + (not transcription.endswith("\n") and transcription != "")


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


def _one(element: Element, path: str) -> Element:
    """What the schema says is there."""
    return next(_all(element, path))


def _children(element: Element) -> Iterator[Element]:
    return (child for child in element.children if isinstance(child, Element))


def _below(element: Element, path: str) -> Iterator[Element]:
    for found in _all(element, path):
        yield from _children(found)


def _text(element: Element, path: str) -> str:
    found = _find(element, path)
    return as_text(found) if found else ""
