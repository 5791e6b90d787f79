"""Markdown of notes and commentaries -> the same text nodes that TEI becomes, in TEI's words.

CommonMark through markdown-it-py, of which a subset is accepted: paragraphs, emphasis, lists, quotations, links, headings
of the second and third level. HTML, images, code and tables are Problems, not text. A link whose title is a grade is a
citation (`bibl`): the statement before it comes from there. Linear in the text, also on hostile input (ADR 0006).
"""

from __future__ import annotations

import functools
import re
from typing import get_args

from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.identifiers import read_reference
from build_tools.location import Location
from build_tools.model import Grade
from build_tools.problem import Problem
from build_tools.text import Element, Node, Text

CAP = 64 * 1024
DEPTH = 20
GRADES = frozenset(get_args(Grade))
BLOCKS = {"paragraph": "p", "bullet_list": "list", "ordered_list": "list", "list_item": "item", "blockquote": "quote"}
SPANS = {"em": "italic", "strong": "bold"}
ALLOWED = "Paragraphs, *emphasis*, **strong**, lists, > quotations, ## headings and links are what a text may hold"
WHITE = re.compile(r"\s+")


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEPTH * 2})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # every link is seen, and judged, here
    return parser


def read_markdown(source: str, path: str, first_line: int = 1) -> tuple[tuple[Node, ...], tuple[Problem, ...]]:
    """The blocks of a Markdown text, and all that may not stand in it with its place."""
    if len(source.encode()) > CAP:
        hint = f"A text of a record may have {CAP // 1024} KiB"
        return (), (Problem("file-too-large", Location(path, first_line), "the text is too long", hint),)
    reader = _Reader(source.split("\n"), path, first_line)
    return reader.blocks(_parser().parse(source)), tuple(reader.problems)


class _Reader:
    """Turns the flat list of tokens into a tree, keeping an open element for each level."""

    def __init__(self, lines: list[str], path: str, first_line: int) -> None:
        self.lines = lines
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []

    def place(self, token: Token | None, sought: str = "", line: int | None = None) -> Location:
        """Line of the block, and line and column of `sought` within it where it can be found."""
        start, end = (token.map if token and token.map else (line or 0, (line or 0) + 1))
        for number in range(start, min(end, len(self.lines))):
            column = self.lines[number].find(sought) if sought else 0
            if column >= 0:
                return Location(self.path, number + self.first_line, column + 1)
        return Location(self.path, start + self.first_line, 1)

    def refuse(self, code: str, place: Location, found: str, hint: str = ALLOWED) -> None:
        self.problems.append(Problem(code, place, found, hint))

    def blocks(self, tokens: list[Token]) -> tuple[Node, ...]:
        open_elements: list[tuple[str, Location, tuple[tuple[str, str], ...], list[Node]]] = []
        top: list[Node] = []
        for token in tokens:
            siblings = open_elements[-1][3] if open_elements else top
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if token.nesting == 1 and (kind in BLOCKS or kind == "heading"):
                name, attributes = self.block(token, kind)
                open_elements.append((name, self.place(token), attributes, []))
            elif token.nesting == -1:
                name, place, attributes, children = open_elements.pop()
                (open_elements[-1][3] if open_elements else top).append(
                    Element(name, place, attributes, tuple(children))
                )
            elif token.type == "inline":
                siblings.extend(self.inline(token))
            elif token.type == "html_block":
                found = f"HTML may not stand here: {token.content.strip()[:60]!r}"
                self.refuse("html-in-markdown", self.place(token, token.content.strip()[:12]), found)
            else:
                self.refuse("markdown-not-allowed", self.place(token), f"a {token.type.replace('_', ' ')} may not stand here")
        return tuple(top)

    def block(self, token: Token, kind: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        if kind == "heading":
            if token.tag not in {"h2", "h3"}:
                self.refuse("markdown-not-allowed", self.place(token), f"a heading of level {token.tag[1]} may not stand here")
            return "head", (("n", token.tag[1]),)
        if kind == "ordered_list":
            return "list", (("rend", "numbered"),)
        return BLOCKS[kind], ()

    def inline(self, block: Token) -> list[Node]:
        opened: list[tuple[str, Location, tuple[tuple[str, str], ...], list[Node]]] = []
        top: list[Node] = []
        for token in block.children or []:
            siblings = opened[-1][3] if opened else top
            kind = token.type.removesuffix("_open").removesuffix("_close")
            if token.nesting == 1 and kind in SPANS:
                opened.append(("hi", self.place(block), (("rend", SPANS[kind]),), []))
            elif token.nesting == 1 and kind == "link":
                opened.append(self.link(token, block))
            elif token.nesting == -1:
                name, place, attributes, children = opened.pop()
                (opened[-1][3] if opened else top).append(Element(name, place, attributes, tuple(children)))
            elif token.type == "text":
                if token.content:
                    siblings.append(Text(WHITE.sub(" ", token.content)))
            elif token.type in {"softbreak", "hardbreak"}:
                siblings.append(Text(" "))
            elif token.type == "html_inline":
                found = f"HTML may not stand here: {token.content!r}"
                self.refuse("html-in-markdown", self.place(block, token.content), found)
            else:
                found = f"{token.type.replace('_', ' ')} may not stand here: {token.content[:40]!r}"
                self.refuse("markdown-not-allowed", self.place(block, token.content), found)
        return top

    def link(self, token: Token, block: Token) -> tuple[str, Location, tuple[tuple[str, str], ...], list[Node]]:
        target = str(token.attrGet("href") or "")
        title = str(token.attrGet("title") or "")
        place = self.place(block, target)
        reference = read_reference(target)
        if reference is None and not target.startswith("https://"):
            scheme = target.split(":", 1)[0].lower() if ":" in target else ""
            hint = "Link to the archive as kind:id (message:state-usun-1147), or to an https:// address"
            code = "unsafe-link" if scheme and not scheme.isspace() else "bad-reference"
            self.refuse(code, place, f"{target[:80]!r} is not an address that a text may link to", hint)
        if title:
            if title not in GRADES or reference is None:
                hint = f"The title of a link is the grade of a citation, one of {', '.join(sorted(GRADES))}"
                self.refuse("bad-citation", place, f"the title {title!r} is not a grade, or cites nothing", hint)
            return "bibl", place, (("target", target), ("ana", title)), []
        return "ref", place, (("target", target),), []
