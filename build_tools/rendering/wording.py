"""The wording of a commitment side by side: what its documents say, phrase by phrase, and what was changed between them.

Comes in: the passages of a commitment in two or more documents. The phrases of the earliest are set beside those of each
later one: what states it beside what states it, what qualifies it beside what qualifies it, the most alike first, what is
left in the order of the texts. Where two phrases share enough words the change is shown word by word; else both are shown
whole. What a verdict says follows from the two texts alone. Called by `commitments`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.model import Commitment, Document, PassageQuoted
from build_tools.quotations import Step, word_by_word
from build_tools.rendering.addressing import Here, Link

EDGES = re.compile(r"^\W+|\W+$")
STATING = frozenset({"states", "repeats", "reports"})
ALIKE = 0.25
"""Share of common words from which a change is shown word by word; below it the eye sees nothing but patches."""
LONG = 5
"""Letters of a word that counts for likeness; *of the* and *to* are common to all phrases."""
MOST_PHRASES = 30
"""Of a document; comparing all with all takes their product."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two phrases that answer to each other, or one that has no counterpart."""

    verdict: str
    earlier: tuple[Step, ...]
    """With the words that the later one dropped."""
    later: tuple[Step, ...]
    """With the words that it added."""
    earlier_place: Link | None
    later_place: Link | None
    part: str
    """`what is promised` or `on what terms`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier and a later document, phrase by phrase."""

    earlier: Link
    later: Link
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one document, those of them that tell it from others, and the link to where they stand."""

    words: tuple[str, ...]
    telling: tuple[str, ...]
    place: Link


def comparisons(
    value: Commitment, places: Sequence[Link], documents: Sequence[Document], here: Here
) -> tuple[Comparison, ...]:
    """The earliest document that states the commitment beside each later one; nothing if only one does.

    `places` are the links to the passages, in their order; `documents` are those of the passages, in the order of dates.
    """
    found: dict[str, defaultdict[bool, list[Phrase]]] = {}
    for passage, place in zip(value.passages, places, strict=True):
        if passage.role in STATING or passage.role == "qualifies":
            kinds = found.setdefault(passage.document, defaultdict(list))
            kinds[passage.role in STATING].append(_phrase(passage, place))
    stating = [document.id for document in documents if document.id in found and found[document.id][True]]
    if len(stating) < 2:
        return ()
    first, *others = stating
    return tuple(
        Comparison(
            here.link(Reference("document", first)),
            here.link(Reference("document", other)),
            (
                *_pairs(found[first][True][:MOST_PHRASES], found[other][True][:MOST_PHRASES], "What is promised"),
                *_pairs(found[first][False][:MOST_PHRASES], found[other][False][:MOST_PHRASES], "On what terms"),
            ),
        )
        for other in others
    )


def _phrase(passage: PassageQuoted, place: Link) -> Phrase:
    words = tuple(passage.exact.split())
    bare = tuple(filter(None, (EDGES.sub("", word).casefold() for word in words)))
    return Phrase(words, tuple(word for word in bare if len(word) >= LONG) or bare, place)


def _pairs(earlier: Sequence[Phrase], later: Sequence[Phrase], part: str) -> list[Pair]:
    """The most alike first; of what is left the first with the first; then what stands in one document only."""
    likeness = sorted(
        ((-_alike(one, other), a, b) for a, one in enumerate(earlier) for b, other in enumerate(later)),
    )
    partner: dict[int, int] = {}
    for unlike, a, b in likeness:
        if -unlike >= ALIKE and a not in partner and b not in partner.values():
            partner[a] = b
    taken = set(partner.values())
    free = [b for b in range(len(later)) if b not in taken]
    for a in range(len(earlier)):
        if a not in partner and free:
            partner[a] = free.pop(0)
    pairs = [
        _pair(one, later[partner[a]], part)
        if a in partner
        else Pair("only in the earlier", _steps("dropped", one), (), one.place, None, part)
        for a, one in enumerate(earlier)
    ]
    return [*pairs, *(Pair("only in the later", (), _steps("added", later[b]), None, later[b].place, part) for b in free)]


def _alike(one: Phrase, other: Phrase) -> float:
    """The share of the long words of the shorter phrase that stand in both, in the same order."""
    shorter = min(len(one.telling), len(other.telling))
    matches = SequenceMatcher(None, one.telling, other.telling, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / shorter if shorter else 0.0


def _steps(kind: Literal["added", "dropped"], phrase: Phrase) -> tuple[Step, ...]:
    return ((kind, " ".join(phrase.words)),)


def _pair(earlier: Phrase, later: Phrase, part: str) -> Pair:
    if earlier.words == later.words:
        same: tuple[Step, ...] = (("kept", " ".join(earlier.words)),)
        return Pair("the same words", same, same, earlier.place, later.place, part)
    if _alike(earlier, later) < ALIKE:
        only_here, only_there = _steps("dropped", earlier), _steps("added", later)
        return Pair("other words", only_here, only_there, earlier.place, later.place, part)
    steps = word_by_word(list(later.words), list(earlier.words))
    return Pair(
        "changed",
        tuple(step for step in steps if step[0] != "added"),
        tuple(step for step in steps if step[0] != "dropped"),
        earlier.place,
        later.place,
        part,
    )
