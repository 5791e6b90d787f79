"""Text nodes -> HTML. THE table: which element of ours becomes what.

Comes in: an element of `text` (a passage of TEI, a paragraph of Markdown) and the marks that stand on it: commitments and
notes, as offsets into its reading text. Goes out: markup. The walk takes the pieces of the reading layer in the order of the
leaves, so the words of the page are those of `text.layer`, letter for letter; marks cut a piece where they begin and end,
and may overlap each other and any element. Called by `documents` and `bodies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from build_tools.identifiers import note_anchor, note_mark, read_reference
from build_tools.rendering.addressing import GRADES, Here
from build_tools.text import SPACES, Element, Node, Text, as_text, layer

Kind = Literal["words", "link", "edited", "left out", "furniture", "block", "nothing"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an element becomes: a tag with a class, and how it is treated."""

    kind: Kind
    tag: str = "span"
    css: str = ""
    said: str = ""
    """What a reader is told of an editor's mark."""


TABLE: dict[str, Rule] = {
    # blocks
    "p": Rule("block", "p"),
    "head": Rule("block", "h2"),
    "list": Rule("block", "ul"),
    "item": Rule("block", "li"),
    "label": Rule("words", "span", "label"),
    "opener": Rule("block", "p", "opener"),
    "closer": Rule("block", "p", "closer"),
    "postscript": Rule("block", "div", "postscript"),
    "div": Rule("block", "div"),
    "salute": Rule("words", "span", "salute"),
    "signed": Rule("words", "span", "signed"),
    "dateline": Rule("words", "span", "dateline"),
    # who and what is named
    "persName": Rule("link", "a", "name"),
    "orgName": Rule("link", "a", "name"),
    "placeName": Rule("link", "a", "name"),
    "objectName": Rule("link", "a", "name"),
    "term": Rule("link", "a", "name"),
    "rs": Rule("link", "a", "name"),
    "ref": Rule("link", "a", "reference"),
    "date": Rule("link", "a", "when"),
    "bibl": Rule("link", "a", "source"),
    # whose words
    "quote": Rule("words", "span", "quoted"),
    "q": Rule("words", "span", "quoted"),
    "title": Rule("words", "cite"),
    "seg": Rule("edited", "span", "interpolation", "the writer’s own words, put into the quotation"),
    "foreign": Rule("words", "i", "foreign"),
    "hi": Rule("words", "span"),
    # what the editors say of the reading
    "choice": Rule("words"),
    "sic": Rule("left out", said="in the transcription"),
    "corr": Rule("edited", "span", "ed corr", "corrected by the editors"),
    "orig": Rule("left out", said="in the transcription"),
    "reg": Rule("words", "span", "reg"),
    "supplied": Rule("edited", "span", "ed supplied", "supplied by the editors"),
    "surplus": Rule("left out", said="left out as a slip"),
    "unclear": Rule("edited", "span", "ed unclear", "doubtful reading"),
    "gap": Rule("edited", "span", "ed gap", "something is missing here"),
    "add": Rule("edited", "span", "ed add", "added"),
    "del": Rule("edited", "s", "ed del", "struck out"),
    "metamark": Rule("left out", said="a mark of insertion"),
    # lines, pages and what stands on them
    "lb": Rule("nothing"),
    "space": Rule("nothing"),
    "pb": Rule("furniture", "span", "page-break"),
    "fw": Rule("furniture", "span", "fw"),
    "stamp": Rule("words", "span", "stamp"),
    "idno": Rule("words", "span", "idno"),
    # what the header says of the encoding
    "gi": Rule("words", "code"),
    "att": Rule("words", "code"),
    "val": Rule("words", "code"),
}
"""Element -> what it becomes. A test keeps it equal to what the schema allows in a body and in the prose of a header, and
Markdown's `bibl`."""

RENDITIONS = {
    "italic": "em",
    "bold": "strong",
    "underlined": "u",
    "superscript": "sup",
    "strikethrough": "s",
}
SILENT = frozenset({"orig", "sic"})
"""Left out without a sign: `corr` or `reg` beside them has one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a passage that a commitment or a note is about; offsets into its reading text."""

    start: int
    end: int
    anchor: str
    css: str = ""
    """Classes of the span, for a commitment."""
    label: str = ""
    """What a commitment's span says to those who point at it."""
    number: int = 0
    """The number of a note; 0 for a commitment."""
    note: str = ""
    """Id of a note."""


def passage_html(element: Element, here: Here, marks: Sequence[Mark] = ()) -> Markup:
    """The inside of a passage: its words with names linked, marks drawn, and note numbers where their words end."""
    writer = _Writer(here, layer(element).pieces, marks)
    writer.children(element)
    writer.close()
    return Markup("").join(writer.out)


def node_html(node: Node, here: Here) -> Markup:
    """A node with its own tag, without marks."""
    writer = _Writer(here, layer(node).pieces, ())
    writer.node(node)
    writer.close()
    return Markup("").join(writer.out)


class _Writer:
    """Walks one element; knows the offset in its reading text, and which note numbers wait for a link to close."""

    def __init__(self, here: Here, pieces: Iterable[str], marks: Sequence[Mark]) -> None:
        self.here = here
        self.pieces = iter(pieces)
        self.spans = sorted((mark for mark in marks if not mark.number), key=lambda one: (one.start, -one.end, one.anchor))
        self.notes = sorted((mark for mark in marks if mark.number), key=lambda one: (one.end, one.number))
        self.cuts = sorted({cut for mark in marks for cut in (mark.start, mark.end)})
        self.named: set[str] = set()
        self.offset = 0
        self.in_link = 0
        self.out: list[Markup] = []

    def put(self, pattern: str, *values: object) -> None:
        self.out.append(Markup(pattern).format(*values))

    def node(self, node: Node) -> None:
        if isinstance(node, Text):
            self.words(next(self.pieces))
            return
        rule = TABLE[node.name]
        if node.name in SPACES:
            self.words(next(self.pieces))
        elif rule.kind == "left out":
            self.left_out(node, rule)
        elif rule.kind == "furniture":
            self.furniture(node)
        elif rule.kind == "link" and not self.in_link:
            self.link(node, rule)
        elif rule.kind == "edited":
            self.edited(node, rule)
        else:
            tag, attributes = _tag(node, rule)
            self.put("<{}{}>", tag, attributes)
            self.children(node)
            self.put("</{}>", tag)

    def children(self, element: Element) -> None:
        for child in element.children:
            self.node(child)

    def close(self) -> None:
        self.numbers()

    def words(self, piece: str) -> None:
        """A piece of the reading text, cut where marks begin and end."""
        end = self.offset + len(piece)
        at = self.offset
        for cut in [*(cut for cut in self.cuts if at < cut < end), end]:
            self.stretch(piece[at - self.offset : cut - self.offset], at, cut)
            at = cut
            if not self.in_link:
                self.numbers(at)
        self.offset = end

    def stretch(self, words: str, start: int, end: int) -> None:
        if not words:
            return
        covering = [mark for mark in self.spans if mark.start < end and mark.end > start]
        for mark in covering:
            identifier = Markup("") if mark.anchor in self.named else Markup(' id="{}"').format(mark.anchor)
            self.named.add(mark.anchor)
            self.put('<span class="{}"{} title="{}">', mark.css, identifier, mark.label)
        self.put("{}", words)
        self.out.extend(Markup("</span>") for _ in covering)

    def numbers(self, before: int | None = None) -> None:
        """The numbers of the notes whose words have ended."""
        limit = self.offset if before is None else before
        while self.notes and self.notes[0].end <= limit:
            note = self.notes.pop(0)
            self.put(
                '<sup class="ref"><a id="{}" href="#{}" aria-label="Note {}">{}</a></sup>',
                note_mark(note.note), note_anchor(note.note), note.number, note.number,
            )  # fmt: skip

    def link(self, element: Element, rule: Rule) -> None:
        href, css = self.destination(element, rule)
        content_tag = "a" if href else "span"
        outside = Markup(' rel="external"') if href.startswith("https:") else Markup("")
        target = Markup(' href="{}"').format(href) if href else Markup("")
        self.put('<{} class="{}"{}{}>', content_tag, css, target, outside)
        self.in_link += 1
        when = element.get("when")[:10] if element.name == "date" else ""
        if when:
            self.put('<time datetime="{}">', when)
        self.children(element)
        if when:
            self.put("</time>")
        self.in_link -= 1
        self.put("</{}>", content_tag)
        if element.name == "bibl":
            grade = element.get("ana")
            self.put(' <span class="grade" title="{}">{}</span>', GRADES.get(grade, ""), grade)
        self.numbers()

    def destination(self, element: Element, rule: Rule) -> tuple[str, str]:
        """Where a named thing leads, and the class of its link."""
        if element.name == "date":
            return self.here.day(element), rule.css
        written = (element.get("ref") or element.get("target")).split()
        if not written:
            return "", rule.css
        if written[0].startswith("https://"):
            return written[0], rule.css
        reference = read_reference(written[0])
        if reference is None:
            return "", rule.css
        if reference.kind == "work":
            return self.here.work_cited(reference.id, reference.fragment)[1], rule.css
        css = "message" if reference.kind in {"message", "document"} and element.name in {"rs", "ref"} else rule.css
        return self.here.href(reference), css

    def edited(self, element: Element, rule: Rule) -> None:
        said = _said(element, rule)
        self.put('<{} class="{}" title="{}">', rule.tag, rule.css, said)
        if element.name == "gap":
            self.put("[…]")
        self.children(element)
        self.put('<span class="hidden"> [{}]</span></{}>', said, rule.tag)

    def left_out(self, element: Element, rule: Rule) -> None:
        """Words of the transcription that are not read: a sign stands for them, and says what they are."""
        _skip(element, self.pieces)
        words = as_text(element, "raw")
        if element.name in SILENT or not words:
            return
        self.put('<span class="ed left-out" role="img" aria-label="{}: {}" title="{}: {}"></span>', rule.said, words, rule.said, words)

    def furniture(self, element: Element) -> None:
        if element.name == "pb":
            self.put('<span class="page-break" id="page-{}">page {}</span> ', element.get("n"), element.get("n"))
            return
        _skip(element, self.pieces)
        self.put('<span class="page-break furniture" title="{}">{}</span> ', furniture_words(element), as_text(Element("ab", element.location, (), element.children), "raw"))


def furniture_words(element: Element) -> str:
    """What a stamp, a footer or a mark of classification is."""
    words = {
        "stamp": "stamp",
        "release": "stamp of release",
        "classification": "mark of classification",
        "footer": "at the foot of the page",
        "header": "at the head of the page",
        "pageNumber": "page number",
    }
    return words.get(element.get("type"), "on the page")


def _skip(element: Element, pieces: Iterator[str]) -> None:
    """The pieces of an element that is not walked are taken, so that the next leaf gets its own."""
    waiting: list[Node] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text) or node.name in SPACES:
            next(pieces)
        else:
            waiting.extend(node.children)


def _said(element: Element, rule: Rule) -> str:
    parts = [rule.said]
    if element.name == "add" and element.get("place"):
        parts.append(f"{element.get('place')} the line")
    if element.name == "corr":
        parts = ["the editors’ reading of what the transcription has otherwise"]
    if element.get("cert"):
        parts.append(f"certainty {element.get('cert')}")
    return ", ".join(parts)


def _tag(element: Element, rule: Rule) -> tuple[str, Markup]:
    tag = "span" if rule.kind == "link" else rule.tag  # a link in a link is words
    css = rule.css
    if element.name == "hi":
        tag = RENDITIONS.get(element.get("rend"), "span")
        css = "" if tag != "span" else element.get("rend")
    if element.name == "list" and element.get("rend") == "numbered":
        tag = "ol"
    if element.name == "head" and element.get("n") == "3":
        tag = "h3"
    if element.name == "quote" and any(isinstance(child, Element) and child.name == "p" for child in element.children):
        tag, css = "blockquote", ""
    attributes = Markup(' class="{}"').format(css) if css else Markup("")
    language = element.get("xml:lang")
    if language:
        attributes += Markup(' lang="{}"').format(language)
    return tag, attributes

