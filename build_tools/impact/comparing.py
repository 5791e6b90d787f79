"""Two sides of a change -> its Impact: one walk along each side, then everything by what it is called.

Each subject is compared in a module of its own (`passages`, `anchors`, `quoted`, `things`); here they are put together,
with the days, the files, and the pages that read otherwise. What could be read on one side only is not compared: it would
look as if it had gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from build_tools.identifiers import Reference, url_of
from build_tools.impact.anchors import anchors_compared
from build_tools.impact.passages import digests_compared, passages_compared, recording_compared
from build_tools.impact.quoted import quotations_compared
from build_tools.impact.things import (
    documents_of,
    edition_compared,
    notes_of,
    records_of,
    things_compared,
)
from build_tools.impact.values import (
    TELLING,
    AnchorChange,
    CommitmentTouched,
    DayChange,
    DayKind,
    FileChange,
    Impact,
    PassageChange,
    QuotationChange,
    Side,
    ThingChange,
)
from build_tools.linking import Anchored, Links, Mention
from build_tools.model import Archive


def impact_of(before: Side, after: Side) -> Impact:
    """All that differs between the two sides; empty if and only if their files are the same, byte for byte."""
    unread = before.archive.unreadable | after.archive.unreadable
    passages = passages_compared(before.archive, after.archive, unread)
    anchors = anchors_compared(before, after, passages, unread)
    documents, notes, records = (
        things_compared(gathered(before.archive), gathered(after.archive), before, after, unread)
        for gathered in (documents_of, notes_of, records_of)
    )
    named: tuple[ThingChange | PassageChange, ...] = (*documents, *notes, *records, *passages)
    moved = {one.was: one.reference for one in named if one.was}
    reworded = frozenset(one.reference for one in passages if one.kind == "words")
    quotations = quotations_compared(before, after, reworded, moved, unread)
    edition = edition_compared(before.archive.edition, after.archive.edition, _path(after.archive, "archive.yml"))
    days = _days(before.links, after.links, unread)
    return Impact(
        files=tuple(_files(before.archive, after.archive, {_below(one.place.path) for one in (*named, *anchors)})),
        passages=passages,
        digests=digests_compared(before.archive, after.archive, passages),
        recording=recording_compared(before.archive, after.archive),
        anchors=anchors,
        quotations=quotations,
        commitments=tuple(_commitments(records, anchors, after)),
        documents=documents,
        notes=notes,
        records=records,
        edition=edition,
        days=days,
        pages=_pages(before, after, (*documents, *notes, *records), passages, quotations, anchors, days, unread),
        unread=tuple(sorted(unread, key=str)),
    )


# --- commitments ------------------------------------------------------------------------------------------------------


def _commitments(
    records: Iterable[ThingChange], anchors: Iterable[AnchorChange], after: Side
) -> Iterator[CommitmentTouched]:
    """Every commitment that still stands and whose record, or the words it stands on, changed; in the order of ids."""
    changed = {one.reference: one for one in records if one.reference.kind == "commitment" and one.kind != "gone"}
    standing: defaultdict[Reference, list[AnchorChange]] = defaultdict(list)
    for one in anchors:
        if one.source.kind == "commitment":
            standing[one.source].append(one)
    for reference in sorted({*changed, *standing}, key=str):
        target = after.links.targets[reference]
        fields = changed[reference].fields if reference in changed else ()
        yield CommitmentTouched(
            reference,
            target.name,
            target.location,
            tuple(one for one in fields if one.name.partition(",")[0] in TELLING),
            tuple(standing[reference]),
            after.links.dependants(reference.id),
        )


# --- days -------------------------------------------------------------------------------------------------------------


def _days(before: Links, after: Links, unread: frozenset[Reference]) -> tuple[DayChange, ...]:
    found: list[DayChange] = []
    for day in sorted({*before.days, *after.days}):
        old, new = (
            tuple(one for one in side.days.get(day, ()) if not {one.source, one.source.whole} & unread)
            for side in (before, after)
        )
        if old == new:
            continue
        kind: DayKind = "appears" if day not in before.days else "vanishes" if day not in after.days else "changes"
        known, still = set(old), set(new)
        added = tuple(one for one in new if one not in known)
        found.append(DayChange(kind, day, added, tuple(one for one in old if one not in still)))
    return tuple(found)


# --- pages ------------------------------------------------------------------------------------------------------------


def _pages(
    before: Side,
    after: Side,
    things: Iterable[ThingChange],
    passages: Iterable[PassageChange],
    quotations: Iterable[QuotationChange],
    anchors: Iterable[AnchorChange],
    days: Iterable[DayChange],
    unread: frozenset[Reference],
) -> tuple[str, ...]:
    """Addresses on the side after of what reads otherwise: what changed, what it is named or quoted on, and its days."""
    touched = {one.reference.whole for one in passages}
    for thing in things:
        touched.add(thing.reference.whole)
        if thing.is_seen_elsewhere or thing.reference.kind == "commitment":
            touched.update(thing.referring)
    for one in quotations:
        touched.add(one.at.whole)
        if one.source is not None:
            touched.add(one.source.whole)
    touched |= {one.source.whole for one in anchors}
    touched |= _mentioned_otherwise(before.links, after.links, unread)
    touched |= {Reference("date", one.day) for one in days}
    touched |= {
        Reference("document", name)
        for name in {*before.links.anchored, *after.links.anchored}
        if _anchored(before.links, name, unread) != _anchored(after.links, name, unread)
    }
    return tuple(sorted(url_of(one) for one in touched if one in after.links.targets and one not in unread))


def _anchored(links: Links, document: str, unread: frozenset[Reference]) -> tuple[Anchored, ...]:
    return tuple(one for one in links.anchored.get(document, ()) if one.source not in unread)


def _mentioned_otherwise(before: Links, after: Links, unread: frozenset[Reference]) -> set[Reference]:
    """What is referred to by others, or in other words, than it was."""
    return {
        reference
        for reference in {*before.mentions, *after.mentions}
        if _said(before.mentions_of(reference), unread) != _said(after.mentions_of(reference), unread)
    }


def _said(mentions: Iterable[Mention], unread: frozenset[Reference]) -> list[tuple[object, ...]]:
    """Mentions without the places of their files, which shift with every line."""
    return [
        (one.target, one.source, one.words, one.before, one.after, one.role, one.at, one.grade, one.certainty)
        for one in mentions
        if not {one.source, one.source.whole} & unread
    ]


# --- files ------------------------------------------------------------------------------------------------------------


def _files(before: Archive, after: Archive, told: Collection[str]) -> Iterator[FileChange]:
    """Every file whose bytes are not as they were; one that says the same as before says so."""
    old, new = ({_below(path): digest for path, digest in side.digests} for side in (before, after))
    names: Mapping[str, str] = {_below(path): path for path, _ in (*before.digests, *after.digests)}
    for path in sorted({*old, *new}):
        if path not in new:
            yield FileChange("gone", names[path])
        elif path not in old:
            yield FileChange("added", names[path])
        elif old[path] != new[path]:
            yield FileChange("changed" if path in told or not _is_text(path) else "reads the same", names[path])


def _below(path: str) -> str:
    """The path without the folder of the sources, which may have another name on either side."""
    return path.partition("/")[2]


def _is_text(path: str) -> bool:
    """Whether the file is read into documents, notes and records, all of which were compared."""
    return path.endswith((".md", "/edition.xml"))


def _path(archive: Archive, name: str) -> str:
    return next((path for path, _ in archive.digests if _below(path) == name), name)
