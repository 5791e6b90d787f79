"""Says what a written reference points to, or why it points to nothing, with what was probably meant.

`Known` is made once of the archive; each question costs a look into a mapping, and a doubtful one a search among sorted
ids. Called by `linking.link`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from build_tools.dates import day_of
from build_tools.identifiers import FOLDERS, Kind, Reference, note_anchor, read_reference
from build_tools.linking.documents import unknown_passage
from build_tools.linking.finding import Found
from build_tools.linking.links import Mention, Target
from build_tools.location import Location
from build_tools.model import Archive, Document
from build_tools.problem import Problem

NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that can be referred to, but for days."""

    targets: Mapping[Reference, Target]
    fragments: Mapping[str, frozenset[str]]
    """Id of a document -> its passages and notes."""
    passages: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[Kind, ...]]
    """Id -> the kinds of record that bear it."""
    unreadable: frozenset[Reference]
    sorted_ids: tuple[str, ...]
    sorted_backwards: tuple[str, ...]


def known_of(archive: Archive) -> Known:
    """The documents, passages, notes and records of the archive."""
    targets = {document.reference: _document_target(document) for document in archive.documents}
    for record in archive.records():
        named = Target(record.reference, record.value.name, record.value.summary, Location(record.path))
        targets[record.reference] = named
    kinds: dict[str, tuple[Kind, ...]] = {}
    for reference in targets:
        kinds[reference.id] = (*kinds.get(reference.id, ()), reference.kind)
    passages = {one.id: tuple(passage.id for passage in one.passages) for one in archive.documents}
    fragments = {
        one.id: frozenset((*passages[one.id], *(note_anchor(note.id) for note in one.notes)))
        for one in archive.documents
    }
    backwards = tuple(sorted(identifier[::-1] for identifier in kinds))
    return Known(targets, fragments, passages, kinds, archive.unreadable, tuple(sorted(kinds)), backwards)


def resolve(found: Found, known: Known) -> Mention | Problem | None:
    """The mention that was found, or what is wrong with it; None if it points to what could not be read."""
    reference = read_reference(found.written)
    if reference is None:
        return _unreadable(found, known)
    if reference in known.unreadable or reference.whole in known.unreadable:
        return None
    if found.expected and reference.kind not in found.expected and reference.whole in known.targets:
        return _wrong_kind(found, reference)
    if reference.kind == "date":
        if day_of(reference.id) is None:
            hint = "Refer to a day, such as date:1962-10-27"
            return Problem("dangling-reference", found.place, f"{str(reference)!r} is not a day of the calendar", hint)
    elif reference.whole not in known.targets:
        return _dangling(found, reference, known)
    return _mention(found, reference, known)


def _mention(found: Found, reference: Reference, known: Known) -> Mention | Problem:
    at = found.at or reference.fragment
    target = reference.whole
    if target.kind == "document" and at:
        # the passage of an anchored quotation is looked for, and missed, where it is anchored
        if at in known.fragments[target.id]:
            target = Reference("document", target.id, at)
        elif found.role not in PASSAGE_ROLES:
            return unknown_passage(target.id, at, known.passages[target.id], found.place)
    elif reference.fragment and target.kind != "work":
        hint = "Leave out what follows the #; only documents have passages, and works places that are cited"
        return Problem("unknown-passage", found.place, f"{str(target)!r} has no passage {reference.fragment!r}", hint)
    return Mention(
        target, found.source, found.words, found.before, found.after, found.place, found.role,
        at=at if target.kind == "work" else "", grade=found.grade, certainty=found.certainty,
    )  # fmt: skip


PASSAGE_ROLES = frozenset(["states", "qualifies", "repeats", "reports", "denies", "withdraws", "fulfils"])


def _document_target(document: Document) -> Target:
    header = document.header
    return Target(document.reference, header.short_title, header.summary, Location(document.path))


# --- what is wrong --------------------------------------------------------------------------------------------------


def _unreadable(found: Found, known: Known) -> Problem:
    kind, colon, rest = found.written.partition(":")
    if colon and kind not in FOLDERS:
        near = get_close_matches(kind, list(FOLDERS), n=1)
        message = f"{found.written!r} begins with no kind of record"
        hint = f"Did you mean {near[0]}:{rest}?" if near else f"The kinds are {', '.join(FOLDERS)}"
    else:
        identifier = rest if colon else found.written
        likely = nearest(identifier, known, found.expected)
        message = f"{found.written!r} is not a reference of the form kind:id"
        hint = f"Did you mean {likely}?" if likely else "Write it as kind:id, such as person:john-f-kennedy"
    return Problem("dangling-reference", found.place, message, hint)


def _wrong_kind(found: Found, reference: Reference) -> Problem:
    expected = " or ".join(_with_article(kind) for kind in found.expected)
    message = f"{str(reference.whole)!r} is {_with_article(reference.kind)}, but {expected} was expected"
    return Problem("wrong-kind", found.place, message, "Refer to another record, or name it by what it is")


def _dangling(found: Found, reference: Reference, known: Known) -> Problem:
    others = known.kinds.get(reference.id, ())
    if found.bare and others:
        message = f"{reference.id!r} is {_with_article(others[0])}, but {_with_article(reference.kind)} was expected"
        return Problem("wrong-kind", found.place, message, f"Put the id of {_with_article(reference.kind)} here")
    if found.bare and ":" in reference.id:
        bare = reference.id.rpartition(":")[2]
        message = f"{reference.id!r} was found where an id without its kind is expected"
        return Problem("dangling-reference", found.place, message, f"Write {bare!r}")
    shown = reference.id if found.bare else str(reference.whole)
    likely = nearest(reference.id, known, (reference.kind,) if found.bare else found.expected or (reference.kind,))
    folder = f"sources/{FOLDERS[reference.kind]}/"
    hint = f"Did you mean {likely.id if found.bare else likely}?" if likely else f"Make a record of it in {folder}"
    return Problem("dangling-reference", found.place, f"there is no {reference.kind} {shown!r}", hint)


def nearest(identifier: str, known: Known, kinds: Iterable[Kind]) -> Reference | None:
    """The record whose id is most like `identifier`, of one of `kinds` if it can be; None if none is like it.

    Compared are only ids that begin or end as it does: the neighbours in two sorted lists. A slip of the pen seldom
    spoils both ends, and the search does not grow with the archive.
    """
    if identifier in known.kinds:
        candidates = [identifier]
    else:
        near = {*_around(known.sorted_ids, identifier)}
        near |= {one[::-1] for one in _around(known.sorted_backwards, identifier[::-1])}
        candidates = get_close_matches(identifier, sorted(near), n=NEIGHBOURS, cutoff=0.6)
    wanted = tuple(kinds)
    suggestions = [Reference(kind, candidate) for candidate in candidates for kind in known.kinds[candidate]]
    fitting = [one for one in suggestions if one.kind in wanted]
    return next(iter((*fitting, *suggestions)), None)


def _around(ids: tuple[str, ...], identifier: str) -> tuple[str, ...]:
    at = bisect_left(ids, identifier)
    return ids[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]


def _with_article(kind: Kind) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
