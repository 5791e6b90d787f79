"""Finds the words that an anchor quotes (W3C TextQuoteSelector): exactly one place, or the reason why not.

The published matching rule, and there is no other: runs of white space count as one space and none at either end of a
selector counts; composed and decomposed letters are equal (NFC); curly and straight quotation marks are equal. Case,
punctuation and every other letter matter. Offsets are into the text as it stands. Linear in the text, also where
nothing is found. Called by `linking`; the reading layer of a passage is the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import Literal

QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"')})
WHITE = re.compile(r"\s{2,}|[^\S ]")
BEYOND_ASCII = re.compile(r"[!-~]?[^\x00-\x7f]+")
"""A run in which letters can be composed; it begins with the letter that the first mark may stand on."""

MOST_PLACES = 1000
"""More places than these are not counted."""
LONGEST_PREFIX = 400
"""Characters that are looked at before each place to tell places apart."""
MOST_WORDS = 120
"""Words of a quotation that are compared when it was not found."""
LEAST_LIKE = 0.4
LEAST_LIKE_IN_LETTERS = 0.65
"""Ratios of words, and for short quotations of letters, below which two texts are not called near each other."""
PUNCTUATION = ".,;:!?()[]'\"—–-"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of offsets into the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NotFound:
    """The words are not there; what is most like them, and how it differs."""

    reason: Literal["empty", "context differs", "words differ", "nothing like it"]
    nearest: str = ""
    """What is most like it, as the rule folds it; where only the context differs, with its own context."""
    likeness: float = 0.0
    """From 0 to 1: the share of words in common, in order (difflib's ratio)."""
    differences: tuple[tuple[str, str], ...] = ()
    """Words apart: as quoted, as they stand in the text; either may be empty."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The words are there more than once."""

    places: tuple[Span, ...]
    """At most MOST_PLACES, in order."""
    prefixes: tuple[str, ...]
    """For each place the shortest prefix, in whole words, that it alone has; empty if there is none."""

    @property
    def deciding_prefix(self) -> str:
        """That of the first place."""
        return self.prefixes[0]


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> Span | NotFound | Ambiguous:
    """Where `exact` stands in `text`, right after `prefix` and right before `suffix`, under the matching rule."""
    folded = _fold_text(text)
    sought, before, after = (fold(part).text.strip(" ") for part in (exact, prefix, suffix))
    if not sought:
        return NotFound("empty")
    starts = tuple(
        start
        for start in _starts(folded.text, sought, before, after)
        if not folded.cuts(start) and not folded.cuts(start + len(sought))
    )
    if not starts:
        return _not_found(folded.text, sought, before, after)
    places = tuple(Span(folded.start_of(start), folded.end_of(start + len(sought))) for start in starts)
    if len(places) > 1:
        return Ambiguous(places, _deciding_prefixes(folded.text, starts))
    return places[0]


# --- folding --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folded:
    """A text under the matching rule, and the stretches that changed their length: where they begin in either text.

    Between two such stretches the offsets run in step.
    """

    text: str
    folded_starts: tuple[int, ...] = ()
    folded_ends: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def cuts(self, offset: int) -> bool:
        """Whether the offset lies within a letter and its marks, so that no place can begin or end there."""
        index = bisect_right(self.folded_starts, offset) - 1
        return index >= 0 and self.folded_starts[index] < offset < self.folded_ends[index]

    def start_of(self, offset: int) -> int:
        """Where in the text as it stands that begins which begins at `offset` in the folded one."""
        index = bisect_right(self.folded_starts, offset) - 1
        if index < 0:
            return offset
        if offset < self.folded_ends[index]:
            return self.starts[index]
        return self.ends[index] + offset - self.folded_ends[index]

    def end_of(self, offset: int) -> int:
        """Where in the text as it stands that ends which ends at `offset` in the folded one."""
        index = bisect_right(self.folded_starts, offset - 1) - 1
        if index < 0:
            return offset
        if offset <= self.folded_ends[index]:
            return self.ends[index]
        return self.ends[index] + offset - self.folded_ends[index]


@lru_cache(maxsize=2)
def _fold_text(text: str) -> Folded:
    """Kept for the last texts, because the anchors of a passage come one after the other."""
    return fold(text)


def fold(text: str) -> Folded:
    """The text as the matching rule compares it, with the way back to the offsets of the text as it stands."""
    changes = dict(_changes(text))
    straight = text if text.isascii() else text.translate(QUOTES)
    if not changes:
        return Folded(straight)
    pieces: list[str] = []
    folded_starts: list[int] = []
    folded_ends: list[int] = []
    length = at = 0
    for (start, end), replacement in changes.items():
        pieces += (straight[at:start], replacement)
        length += start - at
        folded_starts.append(length)
        length += len(replacement)
        folded_ends.append(length)
        at = end
    pieces.append(straight[at:])
    starts, ends = zip(*changes, strict=True)
    return Folded("".join(pieces), tuple(folded_starts), tuple(folded_ends), starts, ends)


def _changes(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Each stretch that is written otherwise under the rule, in order, without overlap."""
    blanks = (((blank.start(), blank.end()), " ") for blank in WHITE.finditer(text))
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        yield from blanks
    else:
        yield from sorted((*blanks, *_compositions(text)))


def _compositions(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    for run in BEYOND_ASCII.finditer(text):
        if unicodedata.is_normalized("NFC", run.group()):
            continue
        inner = range(run.start() + 1, run.end())
        borders = [n for n in inner if not _joins(text[n]) or text[n - 1].isspace()]
        for start, end in pairwise([run.start(), *borders, run.end()]):
            composed = unicodedata.normalize("NFC", text[start:end])
            if composed != text[start:end] and not text[start].isspace():
                yield (start, end), composed.translate(QUOTES)


def _joins(character: str) -> bool:
    """Whether NFC may compose the character with one before it: marks, and the later parts of Korean syllables."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


# --- several places ---------------------------------------------------------------------------------------------------


def _starts(text: str, sought: str, before: str, after: str) -> tuple[int, ...]:
    """Where `sought` stands with its neighbours, which may or may not be set off by a space."""
    found: set[int] = set()
    for left in (before, f"{before} ") if before else ("",):
        for right in (after, f" {after}") if after else ("",):
            needle = left + sought + right
            at = text.find(needle)
            while at >= 0 and len(found) < MOST_PLACES:
                found.add(at + len(left))
                at = text.find(needle, at + 1)
    return tuple(sorted(found))


def _deciding_prefixes(text: str, starts: tuple[int, ...]) -> tuple[str, ...]:
    """For each place the least whole words before it that no other place has before it, as far as there are such.

    What stands before the places is sorted from the back, so that each has those most like it beside it.
    """
    backwards = [text[max(0, start - LONGEST_PREFIX) : start].strip(" ")[::-1] for start in starts]
    order = sorted(range(len(starts)), key=lambda index: backwards[index])
    shared = [0] * len(starts)
    for one, other in pairwise(order):
        common = _common_length(backwards[one], backwards[other])
        shared[one] = max(shared[one], common)
        shared[other] = max(shared[other], common)
    return tuple(_whole_words(context, alike + 1) for context, alike in zip(backwards, shared, strict=True))


def _common_length(one: str, other: str) -> int:
    for length, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return length
    return min(len(one), len(other))


def _whole_words(backwards: str, least: int) -> str:
    if least > len(backwards):
        return ""
    end = backwards.find(" ", least)
    return backwards[: end if end >= 0 else len(backwards)][::-1].strip(" ")


# --- nothing found ----------------------------------------------------------------------------------------------------


def _not_found(text: str, sought: str, before: str, after: str) -> NotFound:
    at = text.find(sought) if before or after else -1
    if at >= 0:
        first = text.rfind(" ", 0, max(0, at - len(before) - 10)) + 1
        last = text.find(" ", at + len(sought) + len(after) + 10)
        return NotFound("context differs", text[first : last if last >= 0 else len(text)], 1.0)
    quoted = sought.split()[:MOST_WORDS]
    words = text.split()
    nearest = _nearest_words(words, quoted) if words else ""
    there = _without_edges(nearest.split(), quoted)
    matcher = SequenceMatcher(None, quoted, there, autojunk=False)
    likeness = max(matcher.ratio(), _letters_alike(quoted, there))
    if likeness < LEAST_LIKE:
        return NotFound("nothing like it")
    differences = tuple(
        (" ".join(quoted[i:j]), " ".join(there[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"
    )
    return NotFound("words differ", " ".join(there), round(likeness, 2), differences)


def _letters_alike(quoted: list[str], there: list[str]) -> float:
    """For short quotations, where one misspelt word is half of all words."""
    if len(quoted) > 6 or sum(map(len, there)) > 200:
        return 0.0
    ratio = SequenceMatcher(None, " ".join(quoted)[:200], " ".join(there), autojunk=False).ratio()
    return ratio if ratio >= LEAST_LIKE_IN_LETTERS else 0.0


def _without_edges(there: list[str], quoted: list[str]) -> list[str]:
    """Without the punctuation before and after, where the quotation has none: a word is mostly quoted without it."""
    if there and quoted[0][0].isalnum():
        there[0] = there[0].lstrip(PUNCTUATION)
    if there and quoted[-1][-1].isalnum():
        there[-1] = there[-1].rstrip(PUNCTUATION)
    return there


def _nearest_words(words: list[str], quoted: list[str]) -> str:
    """The stretch of the text whose words, and their order, are most like the quoted ones; empty if none is.

    Each quoted word votes for where the quotation would begin if it stood there; rare words count more. The stretch
    around the best such place is then compared word by word, so that the work is linear in the text.
    """
    position = {_key(word): index for index, word in reversed(list(enumerate(quoted)))}
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        key = _key(word)
        if key in position:
            standing[key].append(index)
    if not standing:
        return _misspelt(words, quoted)
    width = max(4, len(quoted) // 4)
    votes: defaultdict[int, float] = defaultdict(float)
    for key, indices in standing.items():
        for index in indices:
            bucket = (index - position[key]) // width
            votes[bucket] += 1 / len(indices)
            votes[bucket - 1] += 1 / len(indices)
    best = max(votes, key=lambda bucket: (votes[bucket], -bucket))
    first = max(0, best * width)
    window = words[first : first + 2 * width + len(quoted)]
    return _best_stretch(window, quoted)


def _best_stretch(window: list[str], quoted: list[str]) -> str:
    matcher = SequenceMatcher(None, [_key(word) for word in quoted], [_key(word) for word in window], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return ""
    longest = max(blocks, key=lambda block: (block.size, -block.b))
    shift = longest.b - longest.a
    near = [block for block in blocks if abs(block.b - block.a - shift) <= max(2, len(quoted) // 4)]
    start = max(0, near[0].b - near[0].a)
    end = min(len(window), near[-1].b + len(quoted) - near[-1].a)
    return " ".join(window[start:end])


def _misspelt(words: list[str], quoted: list[str]) -> str:
    """For a quotation none of whose words stands in the text: the word most like its longest, and its neighbours."""
    index, longest = max(enumerate(quoted), key=lambda pair: len(pair[1]))
    sought = _key(longest)
    likely: Mapping[str, int] = {
        key: number
        for number, key in reversed([(number, _key(word)) for number, word in enumerate(words)])
        if abs(len(key) - len(sought)) <= 3 and {key[:1], key[-1:]} & {sought[:1], sought[-1:]}
    }
    close = get_close_matches(sought[:100], list(likely)[:2000], n=1, cutoff=0.7)
    if not close:
        return ""
    first = max(0, likely[close[0]] - index)
    return " ".join(words[first : first + len(quoted)])


def _key(word: str) -> str:
    """The word without the punctuation around it, and without case: only for looking what is near."""
    return word.strip(PUNCTUATION).casefold()
