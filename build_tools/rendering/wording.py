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
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.model import Commitment, Document, PassageQuoted
from build_tools.quotations import Step
from build_tools.rendering.addressing import Here, Link

EDGES = re.compile(r"^\W+|\W+$")
STATING = frozenset({"states", "repeats", "reports"})
ALIKE = 0.25
"""Share of common words from which a change is shown word by word; below it the eye sees nothing but patches."""
LONG = 5
"""Letters of a word that counts for likeness; *of the* and *to* are common to all phrases."""
MOST_WORDS = 400
"""Of a phrase that is compared; the comparison takes the product of two."""
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
    bare: tuple[str, ...]
    """Without what stands at their edges, and without capitals."""
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


def seen_from(one: Comparison, base: str) -> Comparison:
    """The comparison on another page than it was made for; `base` leads from there to that."""

    def moved(link: Link | None) -> Link | None:
        return replace(link, href=base + link.href) if link and link.href else link

    pairs = tuple(
        replace(pair, earlier_place=moved(pair.earlier_place), later_place=moved(pair.later_place))
        for pair in one.pairs
    )
    return Comparison(moved(one.earlier) or one.earlier, moved(one.later) or one.later, pairs)


def _phrase(passage: PassageQuoted, place: Link) -> Phrase:
    words = tuple(passage.exact.split())
    bare = tuple(EDGES.sub("", word).casefold() for word in words)
    return Phrase(words, bare, tuple(word for word in bare if len(word) >= LONG) or bare, place)


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
    return [
        *pairs,
        *(Pair("only in the later", (), _steps("added", later[b]), None, later[b].place, part) for b in free),
    ]


def _alike(one: Phrase, other: Phrase) -> float:
    """The share of the long words of the shorter phrase that stand in both, in the same order."""
    shorter = min(len(one.telling), len(other.telling))
    return len(shared(one.telling, other.telling)) / shorter if shorter else 0.0


def shared(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the words that stand in both in the same order: of all such rows of words one with the most long ones."""
    one, other = one[:MOST_WORDS], other[:MOST_WORDS]
    worth = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a in range(len(one) - 1, -1, -1):
        for b in range(len(other) - 1, -1, -1):
            best = max(worth[a + 1][b], worth[a][b + 1])
            same = worth[a + 1][b + 1] + (LONG if len(one[a]) >= LONG else 1) if one[a] == other[b] else 0
            worth[a][b] = max(best, same)
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(one) and b < len(other):
        if one[a] == other[b] and worth[a][b] > max(worth[a + 1][b], worth[a][b + 1]):
            found.append((a, b))
            a, b = a + 1, b + 1
        elif worth[a + 1][b] >= worth[a][b + 1]:
            a += 1
        else:
            b += 1
    return found


def _marked(words: Sequence[str], kept: set[int], other: Literal["added", "dropped"]) -> tuple[Step, ...]:
    """The words in runs of those that both have and those that only this one has."""
    return tuple(
        ("kept" if is_kept else other, " ".join(words[index] for index in run))
        for is_kept, run in groupby(range(len(words)), key=kept.__contains__)
    )


def _steps(kind: Literal["kept", "added", "dropped"], phrase: Phrase) -> tuple[Step, ...]:
    return ((kind, " ".join(phrase.words)),)


def _pair(earlier: Phrase, later: Phrase, part: str) -> Pair:
    if earlier.bare == later.bare:
        same = _steps("kept", earlier), _steps("kept", later)
        return Pair("the same words", *same, earlier.place, later.place, part)
    if _alike(earlier, later) < ALIKE:
        only_here, only_there = _steps("dropped", earlier), _steps("added", later)
        return Pair("other words", only_here, only_there, earlier.place, later.place, part)
    both = shared(earlier.bare, later.bare)
    return Pair(
        "changed",
        _marked(earlier.words, {a for a, _ in both}, "dropped"),
        _marked(later.words, {b for _, b in both}, "added"),
        earlier.place,
        later.place,
        part,
    )
