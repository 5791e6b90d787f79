"""Quotations before and after: which are judged otherwise, and which were compared with words that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from build_tools.identifiers import Reference
from build_tools.impact.values import QuotationChange, QuotationKind, Side
from build_tools.location import Location
from build_tools.quotations import AGREEING, Quotation

Key = tuple[Reference, str, Reference | None, int]


def quotations_compared(
    before: Side,
    after: Side,
    reworded: Collection[Reference],
    moved: Mapping[Reference, Reference],
    unread: frozenset[Reference],
) -> tuple[QuotationChange, ...]:
    """Every quotation that came, went, is judged otherwise, or whose source has other words where it was found.

    `reworded` are the passages with other words; `moved` tells what has another address after the change.
    """
    old, new = _by_words(before, moved, unread), _by_words(after, {}, unread)
    alone = {key: one for key, one in old.items() if key not in new}
    fresh = [key for key in new if key not in old]
    cited = _paired(alone, fresh, lambda key: key[:2])
    known = set(cited.values())
    rewritten = _paired(
        [key for key in alone if key not in known],
        [key for key in fresh if key not in cited],
        lambda key: (key[0], key[2]),
    )
    found: list[QuotationChange] = []
    for key, one in new.items():
        was = old.get(key)
        if key in cited:
            found.append(_change("source", alone[cited[key]], one))
        elif key in rewritten:
            found.append(_change("words", alone[rewritten[key]], one))
        elif was is None:
            found.append(_change("new", None, one))
        elif {side.place.whole for side in (was, one) if side.place} & unread:
            continue  # its source does not read on one side, and the verdict there says no more than that
        elif was.verdict != one.verdict:
            found.append(_change("verdict", was, one))
        elif was.place in reworded or one.place in reworded:
            found.append(_change("stands", was, one))
    left = {*cited.values(), *rewritten.values()}
    found.extend(_change("gone", one, None) for key, one in alone.items() if key not in left)
    return tuple(found)


def _by_words(side: Side, moved: Mapping[Reference, Reference], unread: frozenset[Reference]) -> dict[Key, Quotation]:
    """Every quotation by where it stands, its words and its source; the same once more gets the next number."""
    times: defaultdict[tuple[Reference, str, Reference | None], int] = defaultdict(int)
    found: dict[Key, Quotation] = {}
    quotations = side.links.quotations
    for one in (*(each for many in quotations.standing.values() for each in many), *quotations.ours):
        named = (one.at, one.at.whole, *((one.source, one.source.whole) if one.source else ()))
        if any(reference in unread for reference in named):
            continue
        source = moved.get(one.source, one.source) if one.source else None
        key = (moved.get(one.at, one.at), one.words, source)
        found[(*key, times[key])] = one
        times[key] += 1
    return found


def _paired(old: Iterable[Key], new: Iterable[Key], alike: Callable[[Key], object]) -> dict[Key, Key]:
    """Key after -> key before, of quotations that have something in common; each once, in order."""
    waiting: defaultdict[object, list[Key]] = defaultdict(list)
    for key in old:
        waiting[alike(key)].append(key)
    return {key: queue.pop(0) for key in new if (queue := waiting.get(alike(key)))}


def _change(kind: QuotationKind, before: Quotation | None, after: Quotation | None) -> QuotationChange:
    one = after or before
    if one is None:
        raise ValueError("a quotation stands before or after")
    return QuotationChange(
        kind=kind,
        at=one.at,
        words=one.words,
        source=one.source,
        before=before.verdict if before else None,
        after=after.verdict if after else None,
        is_refused=after is not None and after.claimed and after.source is not None and after.verdict not in AGREEING,
        steps=after.comparison if after and after.verdict not in AGREEING else (),
        place=one.location or Location(str(one.at)),
    )
