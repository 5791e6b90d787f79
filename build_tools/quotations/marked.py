"""Quotations that an encoding marks: documents -> each `quote` with its verdict.

A quotation is a TEI `quote`, joined with its `next` and `prev` parts. What the encoding marks as put in (`seg` of the type
`interpolation`, in the quotation, between its parts or right behind it) is cut out and reported; the rest is compared. A
`quote` whose `ana` is `#verified` claims to be letter for letter in its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from build_tools.identifiers import Reference, read_reference
from build_tools.model import Document, Passage
from build_tools.quotations.comparing import Sources
from build_tools.quotations.values import AGREEING, Interpolation, Quotation
from build_tools.text import SPACES, Element, Node, Text, as_text

CLAIM = "#verified"


def quotations_in(document: Document, sources: Sources) -> Iterator[Quotation]:
    """The quotations of a document's text, in its order, with their verdicts."""
    chains = _chains(document)
    results = {id(quote): _compared(document, chain, sources) for chain in chains for _, quote in chain.parts[:1]}
    for chain in chains:
        result = results[id(chain.parts[0][1])]
        if not chain.put_in:
            yield result
            continue
        put_in = tuple(Interpolation(as_text(one), _inner_place(one, results)) for one in chain.put_in)
        verdict = "verified but for what was put in" if result.verdict in AGREEING else result.verdict
        wordings = tuple(replace(one, put_in=sources.shared(one.text, put_in)) for one in result.wordings)
        yield replace(result, interpolations=put_in, verdict=verdict, wordings=wordings)


@dataclass(slots=True)
class _Chain:
    """A quotation as it is gathered: its parts, and what was put in."""

    parts: list[tuple[Passage, Element]]
    put_in: list[Element]


def _compared(document: Document, chain: _Chain, sources: Sources) -> Quotation:
    """The quotation with its verdict, before what was put in is considered."""
    passage, first = chain.parts[0]
    quoted = Quotation(
        at=Reference("document", document.id, passage.id),
        words=" ".join(filter(None, (as_text(_without_put_in(quote)) for _, quote in chain.parts))),
        source=next(filter(None, map(read_reference, first.get("source").split())), None),
        verdict="cannot be checked",
        claimed=CLAIM in first.get("ana").split(),
        location=first.location,
    )
    return sources.compare(quoted, own=frozenset(part.id for part, _ in chain.parts))


def _inner_place(put_in: Element, results: Mapping[int, Quotation]) -> Reference | None:
    inner = (results[id(quote)] for quote in _below(put_in, "quote") if id(quote) in results)
    return next((one.place for one in inner if one.verdict in AGREEING), None)


def _chains(document: Document) -> list[_Chain]:
    """The quotations in the order in which they begin; a part that another one names as its next begins none."""
    chains: list[_Chain] = []
    awaited: dict[str, _Chain] = {}
    for passage in document.passages:
        last: _Chain | None = None
        """The quotation that has just ended, if no word has come since."""
        inside: list[tuple[_Chain, bool]] = []
        for event, node in _walk(passage.element):
            if isinstance(node, Text):
                if _has_word(node.content) and not inside:
                    last = None
            elif node.name == "quote" and event == "begins":
                chain = awaited.pop(node.get("xml:id"), None)
                if chain is None:
                    chain = _Chain([], [])
                    chains.append(chain)
                chain.parts.append((passage, node))
                if node.get("next"):
                    awaited[node.get("next").removeprefix("#")] = chain
                inside.append((chain, True))
            elif node.name == "quote":
                last = inside.pop()[0]
            elif node.name == "seg" and node.get("type") == "interpolation":
                around = inside[-1][0] if inside and inside[-1][1] else last
                if event == "begins":
                    if around is not None:
                        around.put_in.append(node)
                    inside.append((around or _Chain([], []), False))
                else:
                    last = inside.pop()[0]
    return chains


def _walk(element: Element) -> Iterator[tuple[Literal["begins", "ends"], Node]]:
    """Each text once, each element when it begins and when it ends; what is not read is passed over."""
    waiting: list[tuple[Literal["begins", "ends"], Node]] = [("begins", element)]
    while waiting:
        event, node = waiting.pop()
        yield event, node
        if event == "begins" and isinstance(node, Element) and node.name not in SPACES:
            waiting.append(("ends", node))
            if node.name not in {"note", "fw", "metamark", "surplus", "sic", "orig"}:
                waiting.extend(("begins", child) for child in reversed(node.children))


def _below(element: Element, name: str) -> Iterator[Element]:
    for event, node in _walk(element):
        if event == "begins" and isinstance(node, Element) and node.name == name:
            yield node


def _without_put_in(element: Element) -> Element:
    """The quotation with each interpolation emptied, so that the words on either side keep their blank."""
    children = tuple(
        child if isinstance(child, Text) else _without_put_in(child)
        for child in element.children
        if isinstance(child, Text) or child.name != "seg" or child.get("type") != "interpolation"
    )
    return replace(element, children=children)


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))
