"""XML of a contributor -> a tree of frozen text nodes, or Problems with exact places.

Two passes over the same bytes. lxml, set so that it opens nothing and expands nothing, refuses what is not well formed and
checks our RELAX NG; then one expat pass builds the tree, because libxml2 knows no columns and wrong lines past 65,535
(ADR 0005). What the schema says of names is also asked here, element by element, so that every foreign element and
attribute is named at once and not only the first. Called by `tei`; `lxml` goes no further.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from build_tools.location import Location
from build_tools.problem import Problem
from build_tools.reading.files import place_of
from build_tools.text import Element, Node, Text

SCHEMA = Path(__file__).parent.parent / "schema" / "tei.rng"
TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
RNG = "{http://relaxng.org/ns/structure/1.0}"
DEPTH = 100
ATTRIBUTES = 100
PROLOG = re.compile(r"\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->)*", re.DOTALL)
ENCODING = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']")
WHITE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Schema:
    """The compiled RELAX NG, and what it says of names: each element with its attributes, and those that hold no text."""

    grammar: etree.RelaxNG
    attributes: Mapping[str, frozenset[str]]
    without_text: frozenset[str]


@functools.cache
def schema() -> Schema:
    """Compiled once in each process."""
    tree = etree.parse(str(SCHEMA), _parser())
    defines = {define.get("name"): define for define in tree.iter(f"{RNG}define")}
    attributes: dict[str, frozenset[str]] = {}
    without_text: set[str] = set()
    for element in tree.iter(f"{RNG}element"):
        name = _named(element)
        found = list(_reached(element, defines))
        names = {_named(one) for one in found if one.tag == f"{RNG}attribute"}
        attributes[name] = attributes.get(name, frozenset()) | names
        if not any(one.tag in {f"{RNG}text", f"{RNG}data", f"{RNG}value"} for one in found):
            without_text.add(name)
    return Schema(etree.RelaxNG(tree), attributes, frozenset(without_text))


def read_xml(source: str, path: str) -> tuple[Element | None, tuple[Problem, ...]]:
    """The root element of a TEI file that our schema accepts; else None. All faults of the file at once."""
    if not source.strip():
        return None, (Problem("empty-file", Location(path), "the file is empty", "Write the edition into it"),)
    refused = _prolog(source, path)
    if refused:
        return None, refused
    content = source.encode()
    try:
        tree = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as bad:
        return None, (_ill_formed(bad, path),)
    builder = _Builder(path)
    root = builder.build(content)
    problems = list(builder.problems)
    if not problems and not schema().grammar.validate(tree):
        problems = list(_schema_problems(builder, path))
    return (None if problems else root), tuple(problems)


def _parser() -> etree.XMLParser:
    # collect_ids must stay on: switched off, libxml2 opens external DTDs
    return etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, collect_ids=True)


def _prolog(source: str, path: str) -> tuple[Problem, ...]:
    """What may not stand before the root element; entities and style sheets are refused before any parser sees them."""
    encoding = ENCODING.match(source)
    if encoding and encoding[1].lower() not in {"utf-8", "utf8"}:
        hint = 'Save the file as UTF-8 and declare encoding="UTF-8"'
        found = f"the file declares the encoding {encoding[1]!r}"
        return (Problem("not-utf-8", place_of(source, encoding.start(1), path), found, hint),)
    at = source.find("<!DOCTYPE")
    if at >= 0:
        hint = "Remove it, and write entities out as the characters they stand for"
        return (Problem("doctype", place_of(source, at, path), "a DOCTYPE is not accepted", hint),)
    match = PROLOG.match(source)
    at = match.end() if match else 0
    if source.startswith("<?", at):
        found = f"the processing instruction {source[at : at + 40].split()[0]}…> may not stand here"
        return (Problem("processing-instruction", place_of(source, at, path), found, "Remove it"),)
    return ()


def _ill_formed(bad: etree.XMLSyntaxError, path: str) -> Problem:
    line, column = bad.position
    said = re.sub(r",? line \d+, column \d+.*", "", str(bad.msg))
    code, hint = "ill-formed-xml", "Close every element in the order it was opened, and write & as &amp; and < as &lt;"
    if "already defined" in said:
        code, hint = "duplicate-id", "Give one of the two another xml:id"
    elif "depth" in said.lower():
        hint = "No text needs elements nested so deep"
    return Problem(code, Location(path, max(line, 1), max(column, 1)), f"this is not well-formed XML: {said}", hint)


class _Builder:
    """One expat pass: the tree, and every name that the schema does not know."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.known = schema()
        self.starts: list[tuple[str, Location]] = []
        self.ids: dict[str, Location] = {}
        self.stack: list[tuple[str, Location, tuple[tuple[str, str], ...], list[Node]]] = []
        self.root: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.ProcessingInstructionHandler = self.instruction

    def build(self, content: bytes) -> Element | None:
        self.parser.Parse(content, True)
        return self.root

    def here(self) -> Location:
        return Location(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def refuse(self, code: str, found: str, hint: str) -> None:
        self.problems.append(Problem(code, self.here(), found, hint))

    def start(self, qualified: str, flat: list[str]) -> None:
        namespace, _, name = qualified.rpartition("}")
        here = self.here()
        if namespace != TEI:
            hint = "Only elements of TEI may stand in an edition"
            shown = f"{namespace}:{name}" if namespace else name
            self.refuse("schema-element", f"the element {shown!r} is not TEI", hint)
        elif name not in self.known.attributes:
            self.refuse("schema-element", f"the element <{name}> is not among those we publish", _did_you_mean(name, self.known.attributes))
        if len(self.stack) >= DEPTH:
            self.refuse("schema-content", f"<{name}> is nested more than {DEPTH} deep", "No text needs that")
        attributes = self.attributes(name, flat)
        self.starts.append((name, here))
        self.stack.append((name, here, attributes, []))

    def attributes(self, name: str, flat: list[str]) -> tuple[tuple[str, str], ...]:
        if len(flat) > 2 * ATTRIBUTES:
            self.refuse("schema-attribute", f"<{name}> has {len(flat) // 2} attributes", f"At most {ATTRIBUTES} may stand")
            return ()
        allowed = self.known.attributes.get(name)
        pairs: list[tuple[str, str]] = []
        for index in range(0, len(flat), 2):
            namespace, _, local = flat[index].rpartition("}")
            key = local if not namespace else f"xml:{local}" if namespace == XML else f"{namespace}:{local}"
            if allowed is not None and key not in allowed:
                found = f"the attribute {key!r} may not stand on <{name}>"
                self.refuse("schema-attribute", found, _did_you_mean(key, allowed))
            if key == "xml:id":
                self.identify(flat[index + 1])
            pairs.append((key, flat[index + 1]))
        return tuple(pairs)

    def identify(self, identifier: str) -> None:
        if identifier in self.ids:
            found = f"the xml:id {identifier!r} stands twice, first in line {self.ids[identifier].line}"
            self.refuse("duplicate-id", found, "Give one of the two another xml:id")
        self.ids[identifier] = self.here()

    def end(self, qualified: str) -> None:
        name, place, attributes, children = self.stack.pop()
        made = Element(name, place, attributes, tuple(children))
        if self.stack:
            self.stack[-1][3].append(made)
        else:
            self.root = made

    def characters(self, characters: str) -> None:
        name, _, _, children = self.stack[-1]
        if name in self.known.without_text and not characters.strip():
            return
        children.append(Text(WHITE.sub(" ", characters)))

    def instruction(self, target: str, _: str) -> None:
        self.refuse("processing-instruction", f"the processing instruction <?{target} …?> may not stand here", "Remove it")


def _schema_problems(builder: _Builder, path: str) -> Iterator[Problem]:
    """libxml2's findings in our words, each at the exact place of an element of that name on the line it names."""
    by_line: dict[int, list[tuple[str, Location]]] = {}
    for name, place in builder.starts:
        by_line.setdefault(place.line, []).append((name, place))
    seen: set[tuple[int, str]] = set()
    for entry in schema().grammar.error_log:
        said = entry.message
        named = re.search(r"(?:for|element|with) (?:element )?'?([A-Za-z]+)'?", said)
        name = named[1] if named else ""
        candidates = by_line.get(entry.line, [])
        place = next((at for known, at in candidates if known == name), candidates[0][1] if candidates else Location(path, entry.line))
        if (place.line, said) in seen or said.startswith("Extra element"):
            continue
        seen.add((place.line, said))
        code = "schema-attribute" if "ttribute" in said else "schema-content"
        yield Problem(code, place, _in_our_words(said), "See the encoding guide under Contribute for what may stand where")


def _in_our_words(said: str) -> str:
    patterns = (
        (r"Did not expect element (\S+) there", r"the element <\1> may not stand here"),
        (r"Expecting an? element ?(\S*), got nothing", r"the element <\1> is missing here"),
        (r"Expecting element (\S+), got (\S+)", r"the element <\1> was expected here, not <\2>"),
        (r"Did not expect text in element (\S+) content", r"text may not stand directly in <\1>"),
        (r"Element (\S+) failed to validate (attributes|content)", r"the \2 of <\1> are not as the schema says"),
        (r"Invalid attribute (\S+) for element (\S+)", r"the attribute \1 of <\2> has a value that may not stand there"),
        (r"Expecting an attribute|Element (\S+) is missing attribute", r"an attribute is missing here"),
    )
    for pattern, ours in patterns:
        if re.search(pattern, said):
            return re.sub(f".*?{pattern}.*", ours, said).replace("<>", "element")
    return f"the schema does not allow this: {said}"


def _named(pattern: etree._Element) -> str:
    """The name that an `element` or `attribute` pattern stands for, as written in a document."""
    name = pattern.find(f"{RNG}name")
    assert name is not None, "the grammar names each element and attribute by itself"
    return f"xml:{name.text}" if name.get("ns") == XML else str(name.text)


def _reached(element: etree._Element, defines: Mapping[str | None, etree._Element]) -> Iterator[etree._Element]:
    """Every pattern below an element of the grammar, through references but not into other elements or attributes."""
    seen: set[str | None] = set()
    waiting = list(element)
    while waiting:
        one = waiting.pop()
        yield one
        if one.tag == f"{RNG}ref" and one.get("name") not in seen:
            seen.add(one.get("name"))
            waiting.extend(defines[one.get("name")])
        elif one.tag not in {f"{RNG}element", f"{RNG}attribute"}:
            waiting.extend(one)


def _did_you_mean(name: str, known: Mapping[str, object] | frozenset[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return "See the encoding guide under Contribute for what may stand where"
