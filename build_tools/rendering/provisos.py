"""What a quotation from a passage must not be cut from: the terms of a promise, the source of words quoted, words put in.

Comes in: a Document and `Here`. Goes out: for each passage its warnings, made of the commitment records' *qualifies* passages
and of the quotations' verdicts, with offsets where the words concerned are anchored. Called by `citing`; nothing is declared
twice, and what stands in the same passage as its terms is no fault of one who quotes the passage whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.linking import Anchored
from build_tools.model import Commitment, Document, PassageQuoted
from build_tools.rendering.addressing import Here, Link, passage_words

ProvisoKind = Literal["terms", "put in", "quoted"]
QUOTATION_MARKS = "\"'“”‘’ "
STATING = frozenset({"states", "repeats"})


@dataclass(frozen=True, slots=True)
class Terms:
    """Words that qualify a promise, and where they stand."""

    words: str
    place: Link
    passage: str
    """Its id, if it is of the same document."""


@dataclass(frozen=True, slots=True)
class Proviso:
    """A warning to those who quote from a passage."""

    kind: ProvisoKind
    subject: Link
    """The commitment; the source of the words quoted."""
    words: str = ""
    """The words concerned: those put in, or those that state the promise."""
    terms: tuple[Terms, ...] = ()
    start: int = -1
    """Of the words that state the promise, in the reading text of the passage; -1 where the words are not anchored."""
    end: int = -1

    def elsewhere(self, passage: str) -> tuple[Terms, ...]:
        """The terms that one who quotes the passage whole would still cut off."""
        return tuple(one for one in self.terms if one.passage != passage)


def provisos_of(document: Document, here: Here) -> Mapping[str, tuple[Proviso, ...]]:
    """Id of a passage -> its warnings: promises in the order of their words, then quotations in that of the text."""
    texts = {passage.id: passage.text for passage in document.passages}
    found: defaultdict[str, list[Proviso]] = defaultdict(list)
    for one in here.links.anchored.get(document.id, ()):
        value = here.records.get(one.source)
        if isinstance(value, Commitment) and one.role in STATING:
            terms = tuple(_terms(quoted, document, here) for quoted in value.passages if quoted.role == "qualifies")
            if terms:
                found[one.passage].append(_promise(one, terms, texts[one.passage], here))
    for quotation in here.links.quotations.standing.get(document.id, ()):
        source = here.link(quotation.source) if quotation.source else Link("another text", "")
        put_in = (Proviso("put in", source, put.words.strip(QUOTATION_MARKS)) for put in quotation.interpolations)
        found[quotation.at.fragment].extend((Proviso("quoted", source, quotation.words), *put_in))
    return {passage.id: tuple(found[passage.id]) for passage in document.passages if passage.id in found}


def _promise(one: Anchored, terms: tuple[Terms, ...], text: str, here: Here) -> Proviso:
    return Proviso("terms", here.link(one.source), text[one.start : one.end], terms, one.start, one.end)


def _terms(quoted: PassageQuoted, document: Document, here: Here) -> Terms:
    reference = Reference("document", quoted.document, quoted.passage)
    if quoted.document == document.id:
        return Terms(quoted.exact, here.link(reference, passage_words(quoted.passage)), quoted.passage)
    name = f"{here.link(reference.whole).words}, {passage_words(quoted.passage)}"
    return Terms(quoted.exact, here.link(reference, name), "")
