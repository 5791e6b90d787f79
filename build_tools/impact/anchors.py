"""Notes and commitments whose words stand in a passage that changed, or are no longer found where they were."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from build_tools.identifiers import Reference, note_anchor
from build_tools.impact.passages import Standing, standing
from build_tools.impact.values import BROKEN, AnchorChange, AnchorKind, PassageChange, Side
from build_tools.impact.words import kept_words
from build_tools.location import Location
from build_tools.model import Archive, PassageQuoted, Target
from build_tools.selectors import Ambiguous, NotFound, Span, find

Key = tuple[Reference, int]
"""A note, or a commitment with the number of its passage, from 0."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Words that a note or commitment quotes of a passage, as its file writes them."""

    source: Reference
    name: str
    passage: Reference
    target: Target | PassageQuoted
    place: Location


@dataclass(frozen=True, slots=True)
class _Found:
    """Where they stand, if they stand there once, and else why not."""

    kind: AnchorKind
    span: Span | None = None
    why: str = ""


def anchors_compared(
    before: Side, after: Side, changes: Collection[PassageChange], unread: Collection[Reference]
) -> tuple[AnchorChange, ...]:
    """Every anchor in a passage with other words, and every one that was found and is not, or the other way round."""
    old, new = _anchors(before.archive), _anchors(after.archive)
    there, then = standing(after.archive), standing(before.archive)
    reworded = {one.reference: one for one in changes if one.kind == "words"}
    moved = {one.was: one.reference for one in changes if one.was}
    spans, earlier = _spans(after), _spans(before)
    found: list[AnchorChange] = []
    for key, one in new.items():
        if one.passage.whole in unread:
            continue
        was = old.get(key)
        state = _found(one, spans.get(key), there)
        past = _found(was, earlier.get(key), then) if was else None
        kind = _kind(one, was, state, past, reworded)
        if kind:
            why = state.why or _why(kind)
            if one.passage in moved and kind == "no such passage":
                why += f"; its words are those of {moved[one.passage]} now"
            found.append(AnchorChange(kind, one.source, one.name, one.passage, one.target.exact, why, one.place))
    return tuple(sorted(found, key=lambda one: (one.place, str(one.source))))


def _kind(
    one: _Anchor,
    was: _Anchor | None,
    state: _Found,
    past: _Found | None,
    reworded: Mapping[Reference, PassageChange],
) -> AnchorKind | None:
    if state.kind in BROKEN:
        return None if past is not None and past.kind == state.kind and was == one else state.kind
    if past is not None and past.kind in BROKEN:
        return "holds again"
    change = reworded.get(one.passage)
    if change is None or was is None or was.passage != one.passage:
        return None  # where nothing was reworded nothing can be found elsewhere; what is new is told with its record
    if past is None or past.span is None or state.span is None:
        return None
    return "holds" if _is_same_spot(change, past.span, state.span) else "elsewhere"


def _is_same_spot(change: PassageChange, before: Span, after: Span) -> bool:
    """Whether any of the anchored words is one that was anchored before, and was kept where it stood."""
    old = _texts(change, "added")
    new = _texts(change, "dropped")
    first, last = _numbers(old, before)
    start, end = _numbers(new, after)
    kept = kept_words(change.steps)
    return any(start <= kept[number] <= end for number in range(first, last + 1) if number in kept)


def _texts(change: PassageChange, without: str) -> str:
    return " ".join(words for step, words in change.steps if step != without)


def _numbers(text: str, span: Span) -> tuple[int, int]:
    """The numbers of the first and the last word of a span."""
    first = len(text[: span.start].split(" ")) - 1
    return first, first + len(text[span.start : span.end].split(" ")) - 1


def _why(kind: AnchorKind) -> str:
    if kind == "holds":
        return "its words still stand there once"
    if kind == "elsewhere":
        return "its words stand there once, but at another place than before"
    return "its words stand there once now"


# --- where anchors stand ----------------------------------------------------------------------------------------------


def _anchors(archive: Archive) -> dict[Key, _Anchor]:
    return dict(_every_anchor(archive))


def _every_anchor(archive: Archive) -> Iterator[tuple[Key, _Anchor]]:
    for document in archive.documents:
        for note in document.notes:
            source = Reference("document", document.id, note_anchor(note.id))
            passage = Reference("document", document.id, note.value.target.passage)
            place = note.at("target", "exact")
            yield (source, 0), _Anchor(source, note.value.title, passage, note.value.target, place)
    for record in archive.commitments:
        for index, quoted in enumerate(record.value.passages):
            passage = Reference("document", quoted.document, quoted.passage)
            place = record.at("passages", index, "exact")
            yield (record.reference, index), _Anchor(record.reference, record.value.name, passage, quoted, place)


def _spans(side: Side) -> dict[Key, Span]:
    """What linking found, so that nothing is looked for twice."""
    return {(one.source, one.index): Span(one.start, one.end) for many in side.links.anchored.values() for one in many}


def _found(one: _Anchor, span: Span | None, there: Mapping[Reference, Standing]) -> _Found:
    if span is not None:
        return _Found("holds", span)
    where = there.get(one.passage)
    if where is None:
        return _Found("no such passage", why=f"there is no passage {one.passage}")
    found = find(where.passage.text, one.target.exact, one.target.prefix, one.target.suffix)
    if isinstance(found, Ambiguous):
        return _Found("more than once", why=f"its words stand there {len(found.places)} times")
    if isinstance(found, NotFound) and found.reason == "context differs":
        return _Found("not found", why="its words stand there, but not with the prefix and suffix given")
    nearest = found.nearest if isinstance(found, NotFound) else ""
    why = (
        f"its words no longer stand there; nearest is “{nearest}”" if nearest else "nothing like its words stands there"
    )
    return _Found("not found", why=why)
