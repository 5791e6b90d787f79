"""Text nodes -> HTML. THE table: which element of ours becomes what.

Comes in: an element of `text` (a passage of TEI, a paragraph of Markdown) and the marks that stand on it: commitments
and notes, as offsets into its reading text. Goes out: markup. The walk takes the pieces of the reading layer in the
order of the leaves, so the words of the page are those of `text.layer`, letter for letter; marks cut a piece where they
begin and end, and may overlap each other and any element. Called by `documents` and `bodies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup, escape

from build_tools.dates import in_words, read_date
from build_tools.identifiers import deviation_anchor, deviation_mark, note_anchor, note_mark, read_reference
from build_tools.location import Location
from build_tools.reading.tei import date_of
from build_tools.rendering.addressing import GRADES, Here
from build_tools.text import SPACES, Element, Node, Text, as_text, elements, layer

Kind = Literal["words", "link", "edited", "choice", "left out", "furniture", "block", "nothing"]


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
    "choice": Rule("choice"),
    "sic": Rule("left out", said="left out as a slip"),
    "corr": Rule("edited", "span", "ed corr", "corrected by the editors"),
    "orig": Rule("left out", said="left out in reading"),
    "reg": Rule("words", "span", "reg", "in the form of this edition"),
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
"""Element -> what it becomes. A test keeps it equal to what the schema allows in a body and in the prose of a header,
and Markdown's `bibl`."""

RENDITIONS = {
    "italic": "em",
    "bold": "strong",
    "underlined": "u",
    "superscript": "sup",
    "strikethrough": "s",
}
REPLACED = frozenset({"orig", "sic"})
"""In a `choice`, what the transcription has in the place of `corr` or `reg`; these say so."""
CLOSING = ".,;:!?)]}\"'”’"
"""Signs that a note's number follows when they follow its words."""


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
    commitment: str = ""
    """Id of a commitment."""
    qualifies: bool = False
    """Whether the words limit the commitment rather than state it."""


NO_SPOTS: Mapping[Location, int] = {}
NO_ENDS: Mapping[int, int] = {}


def passage_html(
    element: Element, here: Here, marks: Sequence[Mark] = (), spots: Mapping[Location, int] = NO_SPOTS
) -> Markup:
    """The inside of a passage: its words with names linked, marks drawn, and note numbers where their words end.

    `spots` has the place of each element that the ledger of deviations lists, and its number there.
    """
    words = layer(element)
    placed = [_after_signs(mark, words.text) if mark.number else mark for mark in marks]
    ends = _ends(element, iter(words.pieces)) if marks else {}
    writer = _Writer(here, words.pieces, placed, spots, ends)
    writer.children(element)
    writer.numbers()
    return Markup("".join(writer.out))


def node_html(node: Node, here: Here) -> Markup:
    """A node with its own tag, without marks."""
    writer = _Writer(here, layer(node).pieces, ())
    writer.node(node)
    writer.numbers()
    return Markup("".join(writer.out))


class _Writer:
    """Walks one element; knows the offset in its reading text, and which note numbers wait for a link to close.

    `drawn` has the marks whose spans are open, the outermost first; the first `within` of them were opened around an
    element that is open still. A span stands around whole elements where its mark covers them: a long page has thousands
    of marks, and each cut would cost its readers an element.
    """

    def __init__(
        self,
        here: Here,
        pieces: Iterable[str],
        marks: Sequence[Mark],
        spots: Mapping[Location, int] = NO_SPOTS,
        ends: Mapping[int, int] = NO_ENDS,
    ) -> None:
        self.here = here
        self.spots = spots
        self.pieces = iter(pieces)
        self.spans = sorted((mark for mark in marks if not mark.number), key=_outermost_first)
        self.notes = sorted((mark for mark in marks if mark.number), key=lambda one: (one.end, one.number))
        self.cuts = sorted({cut for mark in marks for cut in (mark.start, mark.end)})
        self.note_ends = tuple(note.end for note in self.notes)
        self.ends = ends
        self.drawn: list[Mark] = []
        self.within = 0
        self.named: set[str] = set()
        self.offset = 0
        self.in_link = 0
        self.out: list[str] = []

    def put(self, pattern: str, *values: object) -> None:
        # plain str.format: that of Markup makes a formatter each time, and took a third of the rendering
        self.out.append(pattern.format(*map(escape, values)) if values else pattern)

    def node(self, node: Node) -> None:
        if isinstance(node, Text):
            self.words(next(self.pieces))
            return
        rule = TABLE[node.name]
        if node.name in SPACES:
            self.words(next(self.pieces))
            return
        if self.drawn or self.spans:
            self.draw(self.around(node, rule))
        if rule.kind == "left out":
            self.left_out(node, rule)
        elif rule.kind == "choice":
            self.choice(node)
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
        outer, self.within = self.within, len(self.drawn)
        for child in element.children:
            self.node(child)
        self.draw(())
        self.within = outer

    def around(self, element: Element, rule: Rule) -> list[Mark]:
        """The marks that cover all of an element, if a span may stand around it: no block, number or furniture is in it."""
        end = self.ends.get(id(element), self.offset)
        meeting = [mark for mark in self.spans if mark.start < end and mark.end > self.offset]
        covering = [mark for mark in meeting if mark.start <= self.offset < end <= mark.end]
        if any(mark not in covering and not mark.qualifies for mark in meeting):
            covering = [mark for mark in covering if not mark.qualifies]
        if not covering or any(TABLE[one.name].kind in {"block", "furniture"} for one in elements(element)):
            return []
        in_link = self.in_link or rule.kind == "link"  # numbers wait for its end
        numbered = not in_link and any(self.offset < note <= end for note in self.note_ends)
        return [] if numbered else covering

    def draw(self, marks: Sequence[Mark]) -> None:
        """The spans that are open, but for those around an open element, are those of the marks."""
        wanted = [mark for mark in marks if mark not in self.drawn[: self.within]]
        kept = 0
        for old, new in zip(self.drawn[self.within :], wanted, strict=False):
            if old is not new:
                break
            kept += 1
        self.out.extend("</span>" for _ in self.drawn[self.within + kept :])
        del self.drawn[self.within + kept :]
        for mark in wanted[kept:]:
            identifier = Markup("") if mark.anchor in self.named else Markup(' id="{}"').format(mark.anchor)
            self.named.add(mark.anchor)
            self.put(
                '<span class="{}"{} data-commitment="{}" title="{}">', mark.css, identifier, mark.commitment, mark.label
            )
            self.drawn.append(mark)

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
        self.draw([mark for mark in self.spans if mark.start < end and mark.end > start])
        self.out.append(escape(words))

    def numbers(self, before: int | None = None) -> None:
        """The numbers of the notes whose words have ended."""
        limit = self.offset if before is None else before
        while self.notes and self.notes[0].end <= limit:
            note = self.notes.pop(0)
            self.draw(())
            self.put(
                '<sup class="ref"><a id="{}" href="#{}" aria-label="Note {}: {}">{}</a></sup>',
                *(note_mark(note.note), note_anchor(note.note), note.number, note.label, note.number),
            )

    def link(self, element: Element, rule: Rule) -> None:
        href, css = self.destination(element, rule)
        content_tag = "a" if href else "span"
        more = Markup(' href="{}"').format(href) if href else Markup("")
        kind = _kind_of(element)
        if href and kind:
            more += Markup(' data-kind="{}"').format(kind)
        if href.startswith("https:"):
            more += Markup(' rel="external"')
        if element.name == "date" and not href:
            more += Markup(' title="{}"').format(in_words(read_date(date_of(element)))) if date_of(element) else ""
        self.put('<{} class="{}"{}>', content_tag, css, more)
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
        for one in (element.get("ref") or element.get("target")).split()[1:]:
            also = self.here.read(one)
            self.draw(())
            pattern = '<a class="also" href="{}" aria-label="also {}" title="also {}">+</a>'
            self.put(pattern, also.href, also.words, also.words)
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

    def spot(self, element: Element) -> Markup:
        """The id of what the ledger of deviations lists; nothing for all else."""
        number = self.spots.get(element.location)
        return Markup(' id="{}"').format(deviation_mark(number)) if number else Markup("")

    def choice(self, element: Element) -> None:
        """Two readings: the one that is read says what the transcription has instead."""
        readings = [child for child in element.children if isinstance(child, Element)]
        instead = " ".join(as_text(child, "raw") for child in readings if child.name in REPLACED)
        for child in element.children:
            if isinstance(child, Text):
                self.words(next(self.pieces))
            elif child.name in REPLACED:
                _skip(child, self.pieces)
            elif child.name == "reg":
                said = f"the transcription has “{instead}”"
                self.put('<span class="reg"{} title="{}">', self.spot(element), said)
                self.children(child)
                self.put("</span>")
            else:
                more = f"the transcription has “{instead}”"
                self.edited(child, TABLE[child.name], more, self.spot(element))

    def edited(self, element: Element, rule: Rule, more: str = "", spot: Markup | None = None) -> None:
        said = _said(element, rule, more)
        self.put('<{} class="{}"{} title="{}">', rule.tag, rule.css, spot or self.spot(element), said)
        if element.name == "gap":
            self.put("[…]")
        self.children(element)
        self.put('<span class="hidden"> [{}]</span></{}>', said, rule.tag)

    def left_out(self, element: Element, rule: Rule) -> None:
        """Words of the transcription that are not read: a sign stands for them, and says what they are."""
        _skip(element, self.pieces)
        said = f"{rule.said}: {as_text(element, 'raw')}"
        spot = self.spot(element)
        if spot and not self.in_link:
            ledger = f"fidelity/#{deviation_anchor(self.spots[element.location])}"
            self.put('<a class="ed left-out"{} href="{}" aria-label="{}" title="{}"></a>', spot, ledger, said, said)
            return
        self.put('<span class="ed left-out"{} role="img" aria-label="{}" title="{}"></span>', spot, said, said)

    def furniture(self, element: Element) -> None:
        if element.name == "pb":
            anchor = page_anchor(element)
            identifier = Markup(' id="{}"').format(anchor) if anchor else Markup("")
            pattern = '<span class="page-break"{}>{}<span class="hidden">; </span></span>'
            self.put(pattern, identifier, page_words(element))
            return
        _skip(element, self.pieces)
        said = f"{furniture_words(element)}, not part of the text"
        self.put(
            '<span class="page-break furniture"{} title="{}">{}<span class="hidden"> [{}] </span></span>',
            *(self.spot(element), said, furniture_text(element), said),
        )


def _kind_of(element: Element) -> str:
    """The kind of what is named, by which a reader may show or hide its mark."""
    if element.name == "date":
        return "date"
    written = (element.get("ref") or element.get("target")).split()
    reference = read_reference(written[0]) if written else None
    return reference.kind if reference else ""


def page_anchor(page_break: Element) -> str:
    """The id of a page break; empty if its page has no number."""
    return f"page-{page_break.get('n')}" if page_break.get("n") else ""


def page_words(page_break: Element) -> str:
    """What a page break says."""
    return f"page {page_break.get('n')}" if page_break.get("n") else "new page"


def furniture_text(element: Element) -> str:
    """The words of a stamp or footer, which no reading text has."""
    return as_text(Element("ab", element.location, (), element.children), "raw")


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


def _ends(element: Element, pieces: Iterator[str]) -> dict[int, int]:
    """Where each element ends in the reading text, by the identity of the element."""
    ends: dict[int, int] = {}

    def walk(node: Node, offset: int) -> int:
        if isinstance(node, Text) or node.name in SPACES:
            return offset + len(next(pieces))
        for child in node.children:
            offset = walk(child, offset)
        ends[id(node)] = offset
        return offset

    walk(element, 0)
    return ends


def _skip(element: Element, pieces: Iterator[str]) -> None:
    """The pieces of an element that is not walked are taken, so that the next leaf gets its own."""
    waiting: list[Node] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text) or node.name in SPACES:
            next(pieces)
        else:
            waiting.extend(node.children)


def _outermost_first(mark: Mark) -> tuple[bool, int, int, str]:
    """What states a commitment is drawn outside what limits one, so that its line is the one that is seen."""
    return (mark.qualifies, mark.start, -mark.end, mark.anchor)


def _after_signs(note: Mark, text: str) -> Mark:
    """The note with its end behind the signs that close its words, as numbers are printed: after `safety.`"""
    end = note.end
    while text[end : end + 1] and text[end] in CLOSING:
        end += 1
    return replace(note, start=end, end=end) if text[end : end + 1] in {"", " "} else note


PLACES = {
    "above": "above the line",
    "below": "below the line",
    "inline": "in the line",
    "margin": "in the margin",
    "bottom": "at the foot of the page",
    "top": "at the head of the page",
    "end": "at the end",
}


def said_of(element: Element) -> str:
    """What a reader is told of an editor's mark."""
    return _said(element, TABLE[element.name], "")


def _said(element: Element, rule: Rule, more: str) -> str:
    parts = [rule.said]
    if element.get("place"):
        parts[0] += f" {PLACES[element.get('place')]}"
    if element.name == "gap" and element.get("quantity"):
        unit = (element.get("unit") or "chars").replace("chars", "characters")
        parts.append(f"{element.get('quantity')} {unit if element.get('quantity') != '1' else unit[:-1]}")
    if element.get("reason"):
        parts.append(element.get("reason").replace("-", " "))
    if element.get("cert"):
        parts.append(f"certainty {element.get('cert')}")
    return "; ".join([", ".join(parts), *([more] if more else [])])


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
