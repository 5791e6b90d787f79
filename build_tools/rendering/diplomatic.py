"""The diplomatic view of a document, and the view that sets it beside the reading text.

Comes in: a Document and `Here`. Goes out: two pages. The diplomatic view is the raw layer of the encoding, line by line
under the numbers of the transcription: nothing put in order, nothing left out, and what is not of the text (stamps,
footers, marks of classification) or not read (slips, marks of insertion) visible as that. Side by side the same lines
stand passage by passage next to the text as it is read. Every difference is listed with its reason, from the ledger
of deviations. The characters of a line are those of `fidelity.recovered_lines`; a test holds the two together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from build_tools.fidelity import BLANK, JOIN, TAB, deviations
from build_tools.identifiers import deviation_anchor, url_of
from build_tools.model import Document, Passage
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.blocks import Furniture, blocks_of, furniture_of
from build_tools.rendering.fidelity import LedgerRow, ledger_rows
from build_tools.rendering.passages import page_words, passage_html, said_of
from build_tools.rendering.templates import render
from build_tools.rendering.views import views_of
from build_tools.text import NOT_TRANSCRIBED, Element, Node, Text, as_text, elements

MARKED = frozenset({"sic", "orig", "surplus", "metamark", "unclear", "add", "del"})
"""Elements whose words are drawn as what the editors say they are."""
READ = frozenset({"corr", "reg"})
FORMS = {"pb": "page", "fw": "furniture", "head": "heading"}
SIGNIFICANT = frozenset({BLANK, TAB, JOIN})
BLANKS = re.compile(" {2,}")
SHOWN = str.maketrans({BLANK: " ", TAB: "\t", JOIN: None})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a line that are alike: of the text, set apart from it, or marked by the editors."""

    words: str
    css: str = ""
    said: str = ""
    """What the editors say of them; empty if nothing."""
    sign: str = ""
    """Stands in the line without being of it: a page break, the sign of a gap."""
    block: int = 0
    """The block of the text that they stand in, from 0."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcription, as the encoding has it."""

    number: int
    """0 if the text was received without lines."""
    pieces: tuple[Piece, ...]
    breaks: tuple[str, ...] = ()
    """The page breaks that stand before it, in words."""
    begins: tuple[tuple[str, Link], ...] = ()
    """The passages that begin in it: id, and the way to them on the reading page."""
    remarks: tuple[Link, ...] = ()
    """What the ledger of deviations says of it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of the text twice: its lines as transcribed, and the words as they are read."""

    form: str
    """`passage`, `heading`, `page`, `furniture` or `words`."""
    lines: tuple[Line, ...]
    html: Markup
    passage: Link | None = None
    """To the passage on the reading page."""
    anchor: str = ""
    furniture: Furniture | None = None
    differences: tuple[LedgerRow, ...] = ()


def diplomatic_page(document: Document, out: Here) -> Page:
    """`/documents/<id>/diplomatic/`."""
    here = out.at(f"{url_of(document.reference)}diplomatic/")
    ledger = ledger_rows(document, here)
    read = LinesRead(document)
    lines = lines_of_view(read, here)
    html = render(
        "diplomatic.html",
        here=here,
        document=document,
        views=views_of(document, here),
        back=here.link(document.reference),
        lines=lines,
        is_numbered=read.is_numbered,
        has_line_ends=read.has_line_ends,
        ledger=ledger,
    )
    return Page(
        url=here.url,
        title=f"Diplomatic view: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"The text of {document.header.title} line by line as it was transcribed, with what the editors say of it.",
        anchors=(
            *(f"l-{line.number}" for line in lines if line.number),
            *(name for line in lines for name, _ in line.begins),
            *(row.anchor for row in ledger),
        ),
    )


def side_by_side_page(document: Document, out: Here) -> Page:
    """`/documents/<id>/side-by-side/`."""
    here = out.at(f"{url_of(document.reference)}side-by-side/")
    ledger = ledger_rows(document, here)
    read = LinesRead(document)
    pairs = pairs_of(read, here)
    told = {row.anchor for pair in pairs for row in pair.differences}
    html = render(
        "side-by-side.html",
        here=here,
        document=document,
        views=views_of(document, here),
        back=here.link(document.reference),
        pairs=pairs,
        is_numbered=read.is_numbered,
        has_line_ends=read.has_line_ends,
        elsewhere=tuple(row for row in ledger if row.anchor not in told),
    )
    return Page(
        url=here.url,
        title=f"Side by side: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"The text of {document.header.title} as transcribed and as read, passage by passage.",
        anchors=(
            *(passage.id for passage in document.passages),
            *(row.anchor for row in ledger),
        ),
    )


def lines_of_view(read: LinesRead, here: Here) -> tuple[Line, ...]:
    """Every line from the first to the last; of a text received without lines, one for each of its blocks."""
    document = read.document
    if not read.is_numbered:
        return tuple(line for index in range(len(read.blocks)) for line in read.of_block(index))
    remarks = _remarks(document)
    first = 0 if folded(read.pieces[0]) else 1
    return tuple(
        Line(
            number,
            folded(read.pieces[number]),
            tuple(read.breaks[number]),
            tuple((passage.id, _passage_link(passage, document, here)) for passage in read.begins[number]),
            remarks.get(number, ()),
        )
        for number in range(first, max(read.pieces) + 1)
    )


def pairs_of(read: LinesRead, here: Here) -> tuple[Pair, ...]:
    """Every block of the text, its lines beside its words, with the differences between the two."""
    document = read.document
    passages = {passage.element.location: passage for passage in document.passages}
    listed = list(zip(deviations(document), ledger_rows(document, here), strict=True))
    pairs = []
    for index, block in enumerate(read.blocks):
        passage = passages.get(block.location)
        inside = {element.location for element in elements(block)}
        pairs.append(
            Pair(
                form=FORMS.get(block.name, "passage" if passage else "words"),
                lines=read.of_block(index),
                passage=_passage_link(passage, document, here) if passage else None,
                anchor=passage.id if passage else "",
                html=passage_html(block, here) if block.name != "pb" else Markup(escape(page_words(block))),
                furniture=furniture_of(block, document) if block.name == "fw" else None,
                differences=tuple(row for one, row in listed if one.place in inside),
            )
        )
    return tuple(pairs)


# --- lines ------------------------------------------------------------------------------------------------------------


class LinesRead:
    """Goes through a text in the order of its encoding, and keeps what belongs to each line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = tuple(blocks_of(document))
        self.pieces: defaultdict[int, list[Piece]] = defaultdict(list)
        self.breaks: defaultdict[int, list[str]] = defaultdict(list)
        self.begins: defaultdict[int, list[Passage]] = defaultdict(list)
        self.number = 0
        self.block = 0
        self.has_words = False
        """Whether the line has had words since it was begun or taken up."""
        self._waiting: list[str] = []
        self._opened: Passage | None = None
        self._indices = {block.location: index for index, block in enumerate(self.blocks)}
        self._passages = {passage.element.location: passage for passage in document.passages}
        self._walk(document.body, "", "")
        for words in self._waiting:  # a page that begins after the last word
            self._put("", sign=words)

        self._by_block: defaultdict[int, defaultdict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
        for number, pieces in self.pieces.items():
            for piece in pieces:
                self._by_block[piece.block][number].append(piece)
        self._blank = {number for number, pieces in self.pieces.items() if not folded(pieces)}

    @property
    def is_numbered(self) -> bool:
        return any(self.pieces)

    @property
    def has_line_ends(self) -> bool:
        """Whether any block has more than one line with words; else the lines are those of paragraphs, not of a page."""
        return any(sum(bool(folded(own)) for own in lines.values()) > 1 for lines in self._by_block.values())

    def of_block(self, index: int) -> tuple[Line, ...]:
        """The lines of a block by their numbers; a line that it shares with another has here what is its own."""
        made = ((number, folded(own)) for number, own in sorted(self._by_block[index].items()))
        return tuple(Line(number, pieces) for number, pieces in made if pieces or number in self._blank)

    def _walk(self, node: Node, css: str, said: str, *, silent: bool = False) -> None:
        if isinstance(node, Text):
            if not silent:
                self._words(node.content, css, said)
            return
        self.block = self._indices.get(node.location, self.block)
        self._opened = self._passages.get(node.location, self._opened)
        if node.name == "pb":
            self._waiting.append(page_words(node))
        elif silent:
            pass
        elif node.name == "lb":
            self.number = int(node.get("n", "0"))
            self.has_words = node.get("type") == "continued"
            self._put(JOIN if node.get("break") == "no" else " ")
        elif node.name == "space":
            self._put((TAB if node.get("unit") == "tabs" else BLANK) * int(node.get("quantity", "1")), css, said)
        elif node.name == "gap":
            self._put("", css, said_of(node), "[…]")
        css, said = self._drawn(node, css, said)
        for child in node.children:
            self._walk(child, css, said, silent=silent or node.name in NOT_TRANSCRIBED)

    def _words(self, words: str, css: str, said: str) -> None:
        if words.strip():
            for page in self._waiting:
                if self.has_words:
                    self._put("", sign=page)
                else:
                    self.breaks[self.number].append(page)
            self._waiting.clear()
            if self._opened:
                self.begins[self.number].append(self._opened)
                self._opened = None
            self.has_words = True
        self._put(words, css, said)

    def _put(self, words: str, css: str = "", said: str = "", sign: str = "") -> None:
        self.pieces[self.number].append(Piece(words, css, said, sign, self.block))

    def _drawn(self, element: Element, css: str, said: str) -> tuple[str, str]:
        """How the words of an element look, and what is said of them."""
        if element.name == "fw":
            return f"{css} apart".strip(), furniture_of(element, self.document).what
        if element.name == "hi":
            return f"{css} {element.get('rend')}".strip(), said
        if element.name == "choice":
            read = " ".join(
                as_text(child) for child in element.children if isinstance(child, Element) and child.name in READ
            )
            return css, f"read as “{read}”"
        if element.name in MARKED:
            known = said if element.name in {"sic", "orig"} and said.startswith("read as") else said_of(element)
            return f"{css} ed {element.name}".strip(), known
        return css, said


def folded(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line with its white space folded by the rule of the certificate; like neighbours become one.

    A piece consists of characters of the text, or of signs that stand for blanks: never of both.
    """
    kept: list[Piece] = []
    last = ""
    for piece in pieces:
        words = piece.words
        if words[:1] in SIGNIFICANT:
            if last == " ":
                _drop_last_blank(kept)
        elif words:
            words = BLANKS.sub(" ", words)
            if last in {"", " "} or last in SIGNIFICANT:
                words = words.removeprefix(" ")
        if words or piece.sign:
            kept.append(piece if words == piece.words else replace(piece, words=words))
            last = words[-1:] or last
    if last == " ":
        _drop_last_blank(kept)
    made: list[Piece] = []
    for piece in kept:
        words = piece.words.translate(SHOWN)
        if made and _alike(made[-1], piece):
            made[-1] = replace(made[-1], words=made[-1].words + words)
        elif words or piece.sign:
            made.append(replace(piece, words=words))
    return tuple(made)


def _alike(one: Piece, other: Piece) -> bool:
    return (one.css, one.said, one.block) == (other.css, other.said, other.block) and not one.sign and not other.sign


def _drop_last_blank(kept: list[Piece]) -> None:
    """Signs may stand after the last character."""
    index = next(index for index in range(len(kept) - 1, -1, -1) if kept[index].words)
    kept[index] = replace(kept[index], words=kept[index].words.removesuffix(" "))


def _remarks(document: Document) -> Mapping[int, tuple[Link, ...]]:
    """Line -> what the ledger says of it, leading to the ledger at the end of the page."""
    found: defaultdict[int, list[Link]] = defaultdict(list)
    for one in deviations(document):
        found[one.line].append(Link(one.kind, f"#{deviation_anchor(one.number)}"))
    return {line: tuple(links) for line, links in found.items()}


def _passage_link(passage: Passage, document: Document, here: Here) -> Link:
    return here.link(replace(document.reference, fragment=passage.id), passage.label)
