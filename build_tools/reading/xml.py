"""XML of a contributor -> a tree of frozen text nodes, or Problems with exact places.

Two passes over the same bytes. lxml, set so that it opens nothing and expands nothing, refuses what is not well formed
and checks our RELAX NG; one expat pass builds the tree, because libxml2 knows no columns and wrong lines past 65,535
(ADR 0005). Only a file that libxml2 refuses is asked further, by `grammar`, for every fault of it. Called by `tei`;
lxml goes no further.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from build_tools.location import Location
from build_tools.problem import Problem
from build_tools.reading.files import FORBIDDEN, place_of
from build_tools.reading.grammar import TEI_NAMESPACE, XML_NAMESPACE, Grammar
from build_tools.text import Element, Node, Text, elements

SCHEMA = Path(__file__).parent.parent / "schema" / "tei.rng"
DEPTH = 100
"""Levels; renderers and linkers walk a tree by recursion, and Python allows a thousand calls."""
ATTRIBUTES = 100
MOST_NAMED = 20
"""Elements too deep or too full that are named; a hostile file may have a million."""
MOST_FAULTS = 1000
LARGE = 100_000
"""Bytes; the time of libxml2 grows with the square of the faults it finds (40,000 take 4 s), so of files that can hold
many the slower but steady way is asked first."""
BUFFER = 1 << 16

OUTSIDE = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
ENCODING = re.compile(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
CHARACTER_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
WHITE = re.compile(r"[ \t\n\r]+")


@dataclass(frozen=True, slots=True)
class Schema:
    """The compiled RELAX NG, the same for asking, and the elements that hold no text of their own."""

    compiled: etree.RelaxNG
    grammar: Grammar
    without_text: frozenset[str]


@functools.cache
def schema() -> Schema:
    """Made once in each process."""
    tree = etree.ElementTree(etree.fromstring(SCHEMA.read_bytes(), _parser()))
    grammar = Grammar(tree)
    return Schema(etree.RelaxNG(tree), grammar, grammar.without_text())


def read_xml(source: str, path: str) -> tuple[Element | None, tuple[Problem, ...]]:
    """The root element of a TEI file, and all faults of the file at once; None where there is no tree to speak of."""
    if not source.strip():
        return None, (Problem("empty-file", Location(path), "the file is empty", "Write the edition into it"),)
    refused = (*_prolog(source, path), *_hidden_characters(source, path))
    if refused:
        return None, refused
    content = source.encode()
    try:
        judged = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as bad:
        return None, tuple(_doubled_ids(content, path)) or (_ill_formed(bad, path),)
    if judged.getroottree().docinfo.internalDTD is not None:
        return None, (Problem("doctype", Location(path), "a DOCTYPE is not accepted", DOCTYPE_HINT),)
    root, problems = _built(content, path)
    if root is None or problems:
        return None, problems
    if len(content) > LARGE and (faults := _explained(root)):
        return root, faults
    if schema().compiled.validate(judged):
        return root, ()
    return root, _explained(root) or (_unexplained(root),)


def _parser() -> etree.XMLParser:
    # collect_ids must stay on: switched off, libxml2 opens external DTDs
    return etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs are older than this value
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        collect_ids=True,
    )


# --- before any parser sees it ----------------------------------------------------------------------------------------

DOCTYPE_HINT = "Remove it, and write each entity out as the characters it stands for"


def _prolog(source: str, path: str) -> Iterator[Problem]:
    """What may not stand before the root element: encodings, entities, style sheets."""
    encoding = ENCODING.match(source)
    if encoding and encoding[1].lower() not in {"utf-8", "utf8"}:
        found = f"the file declares the encoding {encoding[1]!r}"
        hint = 'Save the file as UTF-8 and declare encoding="UTF-8"'
        yield Problem("not-utf-8", place_of(source, encoding.start(1), path), found, hint)
    at = 0
    while part := OUTSIDE.match(source, at):
        if part.group().startswith("<?") and not re.match(r"<\?xml\s", part.group()):
            found = f"the processing instruction {part.group().split()[0][:40].rstrip('?>')} may not stand here"
            yield Problem("processing-instruction", place_of(source, at, path), found, "Remove it")
        at = part.end()
    if source.startswith("<!DOCTYPE", at):
        yield Problem("doctype", place_of(source, at, path), "a DOCTYPE is not accepted", DOCTYPE_HINT)


def _hidden_characters(source: str, path: str) -> Iterator[Problem]:
    """Characters that may not stand in a source, written as numbers (`&#x202E;`)."""
    if "&#" not in source:
        return
    for reference in CHARACTER_REFERENCE.finditer(source):
        digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
        number = int(digits, base) if len(digits) < 8 else 0
        if FORBIDDEN.match(chr(number) if number <= 0x10FFFF else "\0"):
            found = f"the character {reference.group()} may not stand in a source"
            hint = "Remove it; it is invisible or changes the order of what is read"
            yield Problem("forbidden-character", place_of(source, reference.start(), path), found, hint)


# --- what the parsers say ---------------------------------------------------------------------------------------------


def _ill_formed(bad: etree.XMLSyntaxError, path: str) -> Problem:
    line, column = bad.position
    said = re.sub(r",? line \d+, column \d+.*", "", str(bad.msg)).strip().rstrip(".")
    hint = "Close every element in the order it was opened, and write & as &amp; and < as &lt;"
    for pattern, ours, cure in IN_OUR_WORDS:
        match = re.search(pattern, said)
        if match:
            said, hint = match.expand(ours), cure
            break
    place = Location(path, max(line, 1), max(column, 1))
    return Problem("ill-formed-xml", place, f"this is not well-formed XML: {said}", hint)


IN_OUR_WORDS = (
    (r"EntityRef: no name|EntityRef: expecting ';'", "an & stands alone", "Write & as &amp;"),
    (r"Entity '([^']*)' not defined", r"the entity &\1; is unknown", "Write out the character that it stands for"),
    (
        r"tag mismatch: (\S+)(?: line (\d+))? and (\S+)",
        r"<\1> of line \2 was still open where </\3> came",
        "Close every element in the order it was opened",
    ),
    (r"Premature end of data in tag (\S+)", r"the file ends before </\1>", "Close it; the file may be cut off"),
    (r"StartTag: invalid element name", "a < stands alone", "Write < as &lt;"),
    (r"Extra content", "something stands after the root element was closed", "Keep one root element, <TEI>"),
    (r"Start tag expected", "the file does not begin with an element", "Begin it with <TEI>"),
    (r"AttValue|attributes construct", "the value of an attribute is not in quotes", 'Write it as name="value"'),
    (r"Attribute (\S+) redefined", r"the attribute \1 stands twice in one element", "Keep one of them"),
    (r"[Nn]amespace prefix (\S+)", r"the prefix \1 is not declared", "Leave the prefix out; only TEI may stand here"),
    (r"depth", "elements are nested too deep", "No text needs elements nested so deep"),
)
"""What libxml2 says, differently in each version; what we say; how to mend it."""


def _doubled_ids(content: bytes, path: str) -> Iterator[Problem]:
    """libxml2 refuses a doubled `xml:id` as ill formed and names one place; expat does not mind, so we name both."""
    try:
        root, problems = _built(content, path)
    except expat.ExpatError:
        return
    first: dict[str, Location] = {}
    for element in elements(root) if root and not problems else ():
        identifier = element.get("xml:id")
        if identifier and identifier in first:
            other = first[identifier]
            found = f"the xml:id {identifier!r} stands twice, first at {other.line}:{other.column}"
            yield Problem("duplicate-id", element.location, found, "Give one of the two another xml:id")
        first.setdefault(identifier, element.location)


def _explained(root: Element) -> tuple[Problem, ...]:
    return tuple(islice(schema().grammar.faults(root), MOST_FAULTS))


def _unexplained(root: Element) -> Problem:
    said = str(schema().compiled.error_log.last_error or "")
    hint = "See the encoding guide under Contribute for what may stand where"
    return Problem("schema-content", root.location, f"the schema does not allow this file: {said}", hint)


# --- the tree ---------------------------------------------------------------------------------------------------------


def _built(content: bytes, path: str) -> tuple[Element | None, tuple[Problem, ...]]:
    """The tree of a well-formed file, with the place of every element; or what no tree of ours may have.

    Called for every element and text of the archive, so it is written for speed: half of its time is expat's own.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = BUFFER
    parser.ordered_attributes = True
    without_text = schema().without_text
    problems: list[Problem] = []
    top: list[Node] = []
    siblings = top
    # of each open element: name, place, attributes, and the list that it belongs to
    opened: list[tuple[str, Location, tuple[tuple[str, str], ...], list[Node]]] = []
    names: dict[str, str] = {}

    def start(qualified: str, flat: list[str]) -> None:
        nonlocal siblings
        name = names.get(qualified)
        if name is None:
            name = names[qualified] = _local(qualified)
        place = Location(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        if flat or len(opened) >= DEPTH:
            opened.append((name, place, attributes(name, place, flat), siblings))
        else:
            opened.append((name, place, (), siblings))
        siblings = []

    def attributes(name: str, place: Location, flat: list[str]) -> tuple[tuple[str, str], ...]:
        if len(opened) >= DEPTH or len(flat) > 2 * ATTRIBUTES:
            if len(problems) < MOST_NAMED:
                problems.append(_too_much(name, place, len(flat) // 2))
            return ()
        if len(flat) == 2 and flat[0] == "n":  # half of all attributes are those of lb
            return (("n", flat[1]),)
        pairs = iter(flat)
        return tuple([(_local(key, "") if "}" in key else key, next(pairs)) for key in pairs])

    def end(_: str) -> None:
        nonlocal siblings
        name, place, given, outer = opened.pop()
        outer.append(Element(name, place, given, tuple(siblings)))
        siblings = outer

    def characters(words: str) -> None:
        if not words.strip(" \n\t\r"):
            if opened[-1][0] in without_text:
                return
            words = " "
        elif "\n" in words or "  " in words or "\t" in words or "\r" in words:
            words = WHITE.sub(" ", words)
        if siblings and siblings[-1].__class__ is Text:  # the buffer was full
            words = WHITE.sub(" ", siblings.pop().content + words)  # type: ignore[union-attr]
        siblings.append(Text(words))

    def instruction(target: str, _: str) -> None:
        place = Location(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        found = f"the processing instruction <?{target[:40]} may not stand here"
        problems.append(Problem("processing-instruction", place, found, "Remove it"))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(content, True)
    finally:  # the parser and its handlers know each other; so they go at once, without the collector of garbage
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.ProcessingInstructionHandler = None
    root = top[0] if top else None
    return (root if isinstance(root, Element) else None), tuple(problems)


def _local(qualified: str, default: str = TEI_NAMESPACE) -> str:
    """`p` for an element of TEI and an attribute of no namespace, `xml:id`, and `{namespace}name` for all others."""
    namespace, _, name = qualified.rpartition("}")
    if namespace == default:
        return name
    return f"xml:{name}" if namespace == XML_NAMESPACE else f"{{{namespace}}}{name}"


def _too_much(name: str, place: Location, attributes: int) -> Problem:
    if attributes > ATTRIBUTES:
        found = f"<{name}> has {attributes} attributes"
        return Problem("schema-attribute", place, found, f"An element may have at most {ATTRIBUTES}")
    found = f"<{name}> is nested more than {DEPTH} deep"
    return Problem("schema-content", place, found, "No text needs elements nested so deep")
