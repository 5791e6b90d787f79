"""Text with markup, frozen: what a transcription, a note or a commentary consists of.

One small tree serves TEI and Markdown alike; its element names are TEI's (`p`, `hi`, `ref`, `date`, `add` …). Which names
may stand where is decided by the schema, what HTML they get by `rendering.passages`; here is only what the words *are*.

A transcription has two layers (ADR 0004). The **raw** layer is what the transcriber wrote, the **reading** layer what the
edition offers to read: it leaves out `surplus`, `sic`, `orig`, `metamark`, `fw`, and takes up `supplied`, `corr`, `reg`.
In both, white space collapses to one space, an `lb` counts as a space unless it has `break="no"`, and blanks at either
end of a layer are dropped. Offsets of anchors are offsets into the reading layer of a passage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from build_tools.location import Location


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between two tags; runs of white space are already one space each."""

    content: str

    def __reduce__(self) -> tuple[type[Text], tuple[str]]:  # trees come from other processes; see `Location`
        return Text, (self.content,)


@dataclass(frozen=True, slots=True)
class Element:
    """A TEI element (or what Markdown means in TEI's words), with its place in the source."""

    name: str
    location: Location
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()

    def __reduce__(self) -> tuple[type[Element], tuple[object, ...]]:
        return Element, (self.name, self.location, self.attributes, self.children)

    def get(self, name: str, default: str = "") -> str:
        """The attribute's value, or the default; names as written, so `xml:id`."""
        for key, value in self.attributes:
            if key == name:
                return value
        return default


Node = Text | Element
LayerName = Literal["reading", "raw"]

NOT_READ = frozenset({"surplus", "sic", "orig", "metamark", "fw", "note"})
"""Elements whose words are in the transcription but not in the reading text."""
NOT_TRANSCRIBED = frozenset({"supplied", "corr", "reg", "note"})
"""Elements whose words are the editor's and stand in the reading text only."""
SPACES = frozenset({"lb", "space"})


@dataclass(frozen=True, slots=True)
class Layer:
    """The words of one layer, and what each leaf gave to them.

    `pieces` has one string for each leaf (Text, `lb`, `space`) of the tree in document order, empty where the leaf is not
    in this layer; joined they are `text`. A renderer that walks the tree in the same order can so put the words
    between its tags and know the offset of each.
    """

    text: str
    pieces: tuple[str, ...]


def leaves(node: Node) -> Iterator[Text | Element]:
    """Every leaf that can carry characters, in document order: Text, `lb`, `space`."""
    for leaf, _ in _leaves_with_silence(node, frozenset()):
        yield leaf


def layer(node: Node, which: LayerName = "reading") -> Layer:
    """The words of `node` in one layer."""
    silent = NOT_READ if which == "reading" else NOT_TRANSCRIBED
    pieces: list[str] = []
    at_space = True
    last = -1
    for leaf, is_silent in _leaves_with_silence(node, silent):
        piece = "" if is_silent else _leaf_text(leaf)
        if piece and at_space:
            piece = piece.lstrip(" ")
        if piece:
            at_space = piece.endswith(" ")
            last = len(pieces)
        pieces.append(piece)
    if last >= 0:  # no two pieces meet in two spaces, so at most one blank stands at the end
        pieces[last] = pieces[last].rstrip(" ")
    return Layer("".join(pieces), tuple(pieces))


def as_text(node: Node, which: LayerName = "reading") -> str:
    """The words of one layer as a string."""
    return layer(node, which).text


def lines_of(transcription: str) -> list[str]:
    """The lines of a transcription, without their ends; an end of the last line begins no other."""
    return transcription.removesuffix("\n").split("\n") if transcription else []


def elements(node: Node) -> Iterator[Element]:
    """`node` and every element below it, in document order, if it is an element."""
    waiting = [node] if isinstance(node, Element) else []
    while waiting:  # recursion would pass each element up through all generators above it
        element = waiting.pop()
        yield element
        waiting.extend([child for child in reversed(element.children) if isinstance(child, Element)])


def _leaf_text(leaf: Text | Element) -> str:
    if isinstance(leaf, Text):
        return leaf.content
    if leaf.name == "lb":
        return "" if leaf.get("break") == "no" else " "
    return " "


def _leaves_with_silence(node: Node, silent: frozenset[str]) -> Iterator[tuple[Text | Element, bool]]:
    stack: list[tuple[Node, bool]] = [(node, False)]
    while stack:
        current, is_silent = stack.pop()
        if isinstance(current, Text) or current.name in SPACES:
            yield current, is_silent
        else:
            inner = is_silent or current.name in silent
            stack.extend((child, inner) for child in reversed(current.children))


def paragraphs(nodes: tuple[Node, ...], *, quoted: bool = False) -> Iterator[tuple[Element, bool]]:
    """The paragraphs and headings of a Markdown text, in order, and whether each stands in a block quotation."""
    for node in nodes:
        if isinstance(node, Element):
            if node.name in {"p", "head"}:
                yield node, quoted
            else:
                yield from paragraphs(node.children, quoted=quoted or node.name == "quote")
