"""Passages before and after, and what the ledger must be told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from build_tools.identifiers import Reference, read_reference
from build_tools.impact.values import DigestChange, PassageChange, Recording
from build_tools.impact.words import marks_compared, shape, words_compared
from build_tools.ledger import GONE, additions, digest_of, states, vanished
from build_tools.location import Location
from build_tools.model import Archive, Document, LedgerEntry, Passage


@dataclass(frozen=True, slots=True)
class Standing:
    """A passage in its document."""

    document: Document
    passage: Passage

    @property
    def name(self) -> str:
        label = self.passage.label
        place = f"passage {label}" if label[:1].isdigit() else label
        return f"{self.document.header.short_title}, {place}"

    @property
    def place(self) -> Location:
        return self.passage.element.location


def standing(archive: Archive) -> dict[Reference, Standing]:
    """Every passage of the archive, in the order of documents and texts."""
    return {
        Reference("document", document.id, passage.id): Standing(document, passage)
        for document in archive.documents
        for passage in document.passages
    }


def passages_compared(before: Archive, after: Archive, unread: Collection[Reference]) -> tuple[PassageChange, ...]:
    """Every passage that is not as it was; in the order of the texts after the change, what has gone at the end."""
    old = {one: where for one, where in standing(before).items() if one.whole not in unread}
    new = {one: where for one, where in standing(after).items() if one.whole not in unread}
    published = addresses_given_out(before, after)
    moved = _moved(old, new)
    left = set(moved.values())
    changes = [
        _changed(reference, there, old.get(reference), moved.get(reference), str(reference) in published)
        for reference, there in new.items()
    ]
    gone = [
        PassageChange("gone", reference, there.name, there.place, is_published=str(reference) in published)
        for reference, there in old.items()
        if reference not in new and reference not in left
    ]
    return (*(one for one in changes if one), *gone)


def _changed(
    reference: Reference, there: Standing, before: Standing | None, was: Reference | None, is_published: bool
) -> PassageChange | None:
    if was is not None:
        return PassageChange("moved", reference, there.name, there.place, was, is_published=is_published)
    if before is None:
        return PassageChange("added", reference, there.name, there.place, is_published=is_published)
    old, new = before.passage, there.passage
    if digest_of(old.text) != digest_of(new.text):
        steps = words_compared(old.text, new.text)
        return PassageChange("words", reference, there.name, there.place, steps=steps, is_published=is_published)
    if old.label == new.label and shape([old.element]) == shape([new.element]):
        return None
    marks = marks_compared([old.element], [new.element])
    return PassageChange("marks", reference, there.name, there.place, steps=marks, is_published=is_published)


def _moved(old: Mapping[Reference, Standing], new: Mapping[Reference, Standing]) -> dict[Reference, Reference]:
    """Where the very words of a passage that has gone stand now -> where they stood; each of them once, in order."""
    waiting: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference, there in old.items():
        if reference not in new:
            waiting[digest_of(there.passage.text)].append(reference)
    moved: dict[Reference, Reference] = {}
    for reference, there in new.items():
        same_words = waiting.get(digest_of(there.passage.text)) if reference not in old else None
        if same_words:
            moved[reference] = same_words.pop(0)
    return moved


# --- the ledger -------------------------------------------------------------------------------------------------------


def addresses_given_out(before: Archive, after: Archive) -> frozenset[str]:
    """Addresses that the ledger of either side gives out, and that have not ended before the change."""
    known = {**states(after.ledger), **states(before.ledger)}
    return frozenset(address for address, entry in known.items() if entry.fate not in GONE)


def digests_compared(before: Archive, after: Archive, changes: Iterable[PassageChange]) -> tuple[DigestChange, ...]:
    """Every published passage whose words changed, so that an old citation will be told of it."""
    old, new = standing(before), standing(after)
    recorded = states(after.ledger)
    return tuple(_digests(changes, old, new, recorded))


def _digests(
    changes: Iterable[PassageChange],
    old: Mapping[Reference, Standing],
    new: Mapping[Reference, Standing],
    recorded: Mapping[str, LedgerEntry],
) -> Iterator[DigestChange]:
    for one in changes:
        if one.kind == "words" and one.is_published:
            address = str(one.reference)
            then, now = digest_of(old[one.reference].passage.text), digest_of(new[one.reference].passage.text)
            entry = recorded.get(address)
            yield DigestChange(address, then, now, entry is not None and entry.digest == now, one.place)


def recording_compared(before: Archive, after: Archive) -> Recording:
    """What the ledger lacks after the change, and did not lack before it; nothing of an archive that has no ledger."""
    if not after.ledger:
        return Recording()
    lacked = {(one.id, one.digest) for one in _lacking(before)}
    lines = [one for one in _lacking(after) if (one.id, one.digest) not in lacked]
    already = set(vanished(before))
    gone = [address for address in vanished(after) if address not in already and not _is_unreadable(address, after)]
    return Recording(
        revised=tuple(one.id for one in lines if one.fate == "revised"),
        new=tuple(one.id for one in lines if one.fate == "current"),
        vanished=tuple(sorted(gone)),
    )


def _lacking(archive: Archive) -> tuple[LedgerEntry, ...]:
    return additions(archive, reason="", who="") if archive.ledger else ()


def _is_unreadable(address: str, archive: Archive) -> bool:
    reference = read_reference(address)
    return reference is not None and bool({reference, reference.whole} & archive.unreadable)
