"""Markdown of notes and commentaries -> the same text nodes that TEI becomes, in TEI's words.

CommonMark through markdown-it-py, of which a subset is accepted: paragraphs, emphasis, lists, quotations, links,
headings of the second and third level. HTML, images, code and rules are Problems, not text. A link whose title is a
grade is a citation (`bibl`): the statement before it comes from there. An address that is refused does not reach the
tree (ADR 0006).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from typing import get_args

from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.identifiers import FOLDERS, read_reference
from build_tools.location import Location
from build_tools.model import Grade
from build_tools.problem import Problem
from build_tools.reading.files import FORBIDDEN, REMOVE
from build_tools.text import Element, Node, Text

CAP = 64 * 1024
"""Bytes of one text; markdown-it-py takes a second or two for the worst of that size."""
DEPTH = 12
"""Levels of lists and quotations within each other."""
PARSED_DEPTH = 60
"""Beyond this markdown-it-py drops text in silence; as it is above DEPTH, that is always a Problem first."""
GRADES: tuple[str, ...] = get_args(Grade)
CITED = ("work", "document")
INFERENCE = "term:grades"
BLOCKS = {"paragraph": "p", "bullet_list": "list", "ordered_list": "list", "list_item": "item", "blockquote": "quote"}
SPANS = {"em": "italic", "strong": "bold"}
HEADINGS = ("h2", "h3")
ALLOWED = "Paragraphs, *emphasis*, **strong**, lists, > quotations, ## headings and links are what a text may hold"
SAFE = re.compile(r"https://[^\s<>\"'\\^`{|}]+")
LIKE_AN_ID = re.compile(r"[a-z0-9-]+(#[a-z0-9-]+)?")
WHITE = re.compile(r"[ \t\n]+")


@functools.cache
def _parser() -> MarkdownIt:
    """Recognises HTML, to refuse it, and takes every address as written, to judge it."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": PARSED_DEPTH})
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def read_markdown(source: str, path: str, first_line: int = 1) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
    """The blocks of a Markdown text, and all that may not stand in it with its place."""
    if len(source.encode()) > CAP:
        hint = f"The text of a record may have {CAP // 1024} KiB"
        return (), (Problem("file-too-large", Location(path, first_line), "the text is too long", hint),)
    reader = _Reader(source.split("\n"), path, first_line)
    return reader.blocks(_parser().parse(source)), tuple(reader.problems)


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    place: Location
    attributes: tuple[tuple[str, str], ...]
    children: list[Node] = field(default_factory=list)

    def closed(self) -> Element:
        return Element(self.name, self.place, self.attributes, tuple(_joined(self.children)))


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """The same with texts beside each other made one, as they were before their lines were broken."""
    for is_text, group in groupby(nodes, key=lambda node: isinstance(node, Text)):
        if is_text:
            yield Text(WHITE.sub(" ", "".join(node.content for node in group if isinstance(node, Text))))
        else:
            yield from group


class _Reader:
    """Turns the flat list of tokens into a tree."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines = lines
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.line = 0
        self.column = 0
        """How far the search for places has come: things come in the order in which they stand."""
        self.last_line = 0

    # --- places -------------------------------------------------------------------------------------------------------

    def enter(self, token: Token) -> Location:
        """The search for places goes on in this block."""
        if token.map:
            start, end = token.map
            if start > self.line:
                self.line, self.column = start, 0
            self.last_line = end
            line = self.lines[start] if start < len(self.lines) else ""
            return Location(self.path, start + self.first_line, len(line) - len(line.lstrip()) + 1)
        return self.here()

    def here(self) -> Location:
        return Location(self.path, self.line + self.first_line, self.column + 1)

    def find(self, sought: str) -> Location:
        """Where `sought` stands next in this block; where the search has come if it is written another way."""
        for number in range(self.line, min(self.last_line, len(self.lines))):
            column = self.lines[number].find(sought, self.column if number == self.line else 0)
            if column >= 0:
                self.line, self.column = number, column
                place = self.here()
                self.column += len(sought)
                return place
        return self.here()

    def refuse(self, code: str, place: Location, found: str, hint: str = ALLOWED) -> None:
        self.problems.append(Problem(code, place, found, hint))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, tokens: Sequence[Token]) -> tuple[Node, ...]:
        opened = [_Open("", Location(self.path, self.first_line), ())]
        too_deep = False
        for token in tokens:
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if token.nesting == 1:
                place = self.enter(token)
                opened.append(_Open(*self.block(token, kind, place)))
                if len(opened) > DEPTH and not too_deep:
                    too_deep = True
                    found = f"lists or quotations are nested more than {DEPTH // 2} deep"
                    self.refuse("markdown-not-allowed", place, found, "Make it flatter")
            elif token.nesting == -1:
                done = opened.pop()
                opened[-1].children.append(done.closed())
            elif token.type == "inline":
                self.enter(token)
                opened[-1].children.extend(self.inline(token.children or ()))
            elif token.type == "html_block":
                place = self.enter(token)
                shown = token.content.strip().split("\n")[0][:60]
                self.refuse("html-in-markdown", place, f"HTML may not stand here: {shown!r}")
            else:
                place = self.enter(token)
                what = {"hr": "a rule", "fence": "a block of code", "code_block": "a block of code"}.get(token.type)
                found = f"{what or token.type.replace('_', ' ')} may not stand here"
                self.refuse("markdown-not-allowed", place, found)
        return tuple(opened[0].children)

    def block(self, token: Token, kind: str, place: Location) -> tuple[str, Location, tuple[tuple[str, str], ...]]:
        if kind == "heading":
            if token.tag not in HEADINGS:
                found = f"a heading of level {token.tag[1]} may not stand here"
                self.refuse("markdown-not-allowed", place, found, "Begin it with ## or ###")
            return "head", place, (("n", token.tag[1]),)
        if kind == "ordered_list":
            return "list", place, (("rend", "numbered"),)
        return BLOCKS[kind], place, ()

    # --- within a block -----------------------------------------------------------------------------------------------

    def inline(self, tokens: Sequence[Token]) -> list[Node]:
        opened = [_Open("", self.here(), ())]
        for token in tokens:
            if token.nesting == 1 and token.type == "link_open":
                opened.append(_Open("ref", *self.link(token)))
                if any(name == "ana" for name, _ in opened[-1].attributes):
                    opened[-1].name = "bibl"
            elif token.nesting == 1:
                rendition = SPANS[token.type.removesuffix("_open")]
                opened.append(_Open("hi", self.find(token.markup), (("rend", rendition),)))
            elif token.nesting == -1:
                done = opened.pop()
                if done.name in {"ref", "bibl"} and not done.children:
                    self.refuse("markdown-not-allowed", done.place, "a link without words may not stand here")
                opened[-1].children.append(done.closed())
            elif token.type == "text":
                self.words(token.content, opened[-1].children)
            elif token.type == "softbreak" or token.type == "hardbreak":
                self.words(" ", opened[-1].children)
            elif token.type == "html_inline":
                found = f"HTML may not stand here: {token.content[:60]!r}"
                self.refuse("html-in-markdown", self.find(token.content.split("\n")[0]), found)
            else:
                what = {"image": "an image", "code_inline": "code"}.get(token.type, token.type)
                found = f"{what} may not stand here: {token.content[:40]!r}"
                self.refuse("markdown-not-allowed", self.find(token.content), found)
        return opened[0].children

    def words(self, words: str, siblings: list[Node]) -> None:
        bad = FORBIDDEN.search(words)
        if bad:  # written as an entity, since the file itself has been searched
            found = f"the character U+{ord(bad.group()):04X} may not stand in a source"
            self.refuse("forbidden-character", self.here(), found, REMOVE)
        if words:
            siblings.append(Text(words))

    def link(self, token: Token) -> tuple[Location, tuple[tuple[str, str], ...]]:
        """The place of the link's address and its attributes: none if it may not be linked to."""
        target = str(token.attrGet("href") or "")
        title = str(token.attrGet("title") or "")
        place = self.find(target) if target else self.here()
        reference = read_reference(target)
        if reference is None and not SAFE.fullmatch(target):
            self.refuse_address(target, place)
            return place, ()
        if not title:
            return place, (("target", target),)
        if title not in GRADES:
            hint = f"The title of a link is the grade of a citation, one of {', '.join(GRADES)}"
            self.refuse("bad-citation", place, f"the title {title[:40]!r} is not a grade", hint)
        elif not reference or (reference.kind not in CITED and not (title == "C" and target == INFERENCE)):
            hint = f'Cite a work: or a document: with a grade; for an inference write [inference]({INFERENCE} "C")'
            self.refuse("bad-citation", place, f"{target[:60]!r} is cited with a grade, but is no source", hint)
        return place, (("target", target), ("ana", title))

    def refuse_address(self, target: str, place: Location) -> None:
        scheme, colon, rest = target.partition(":")
        near = get_close_matches(scheme.lower(), FOLDERS, n=1) if LIKE_AN_ID.fullmatch(rest) else []
        hint = "Link to the archive as kind:id (message:state-usun-1147), or to an https:// address"
        found = f"{target[:60]!r} is not an address that a text may link to"
        if near or not colon:
            did_you_mean = f"Did you mean {near[0]}:{rest[:60]}?" if near else hint
            self.refuse("bad-reference", place, found, did_you_mean)
        else:
            self.refuse("unsafe-link", place, found, hint)
