"""Resolves every reference of the archive once, in both directions: archive -> Links and what points to nothing.

Each document is looked at by itself (`documents`, in an executor if there is one), then each record (`records`); then
all that was found is resolved against what exists (`resolving`) and gathered by what it points to. Nothing is looked
for by going through the archive, so the work grows with its size and no faster. Called by `site`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import TypeVar, get_args

from build_tools.dates import in_words, read_date
from build_tools.identifiers import Reference
from build_tools.linking.documents import DocumentFindings, Quoted, find_in_documents
from build_tools.linking.finding import Found
from build_tools.linking.links import GROUPS, Anchored, DayEntry, Group, Links, Mention, Target
from build_tools.linking.records import days_of_record, find_in_record, words_anchored
from build_tools.linking.resolving import Known, known_of, resolve
from build_tools.model import Archive, Sense
from build_tools.problem import Problem
from build_tools.quotations import quotations_of

__all__ = ["GROUPS", "Anchored", "DayEntry", "Group", "Links", "Mention", "Target", "link"]

K = TypeVar("K", str, Reference)
V = TypeVar("V")
CHUNK = 64
"""Documents that are sent to a worker together."""
SENSES: tuple[str, ...] = get_args(Sense)


def link(archive: Archive, executor: Executor | None = None) -> tuple[Links, tuple[Problem, ...]]:
    """All links of the archive, and a Problem for each reference that leads nowhere and each anchor without its words.

    The same with an executor and without; a mention that cannot be resolved is left out of the links.
    """
    known = known_of(archive)
    findings = _find_in_documents(archive, executor)
    problems = [problem for each in findings for problem in each.problems]
    found: list[Found] = [one for each in findings for one in each.found]
    days: list[DayEntry] = [day for each in findings for day in each.days]
    for record in archive.records():
        found.extend(find_in_record(record))
        days.extend(days_of_record(record))
    mentions: list[Mention] = []
    for one in found:
        resolved = resolve(one, known)
        if isinstance(resolved, Mention):
            mentions.append(resolved)
        elif resolved is not None:
            problems.append(resolved)
    days.extend(_days_referred_to(mentions, days))
    anchored = {document.id: each.anchored for document, each in zip(archive.documents, findings, strict=True)}
    return _links(archive, known, mentions, days, anchored), tuple(problems)


def _find_in_documents(archive: Archive, executor: Executor | None) -> list[DocumentFindings]:
    """What each document holds, in order, with the places of what commitments quote of it."""
    quoted: defaultdict[str, list[Quoted]] = defaultdict(list)
    for record in archive.commitments:
        for document, quotation in words_anchored(record):
            quoted[document].append(quotation)  # of a document that does not exist `resolving` speaks
    work = [(document, tuple(quoted[document.id])) for document in archive.documents]
    chunks = [work[start : start + CHUNK] for start in range(0, len(work), CHUNK)]
    results = map(find_in_documents, chunks) if executor is None else executor.map(find_in_documents, chunks)
    return [each for result in results for each in result]


def _days_referred_to(mentions: Iterable[Mention], known: Iterable[DayEntry]) -> list[DayEntry]:
    """Entries for links to a day in notes, commentaries and lists, where no date of a text or record made one."""
    already = {(entry.day, entry.source) for entry in known}
    return [
        DayEntry(mention.target.id, "referred to", mention.source, mention.words)
        for mention in mentions
        if mention.target.kind == "date" and (mention.target.id, mention.source) not in already
    ]


def _links(
    archive: Archive,
    known: Known,
    mentions: Iterable[Mention],
    days: Iterable[DayEntry],
    anchored: Mapping[str, tuple[Anchored, ...]],
) -> Links:
    ordered = sorted(mentions, key=_mention_order)
    by_target = _grouped((mention.target.whole, mention) for mention in ordered)
    day_entries = _grouped((entry.day, entry) for entry in sorted(set(days), key=_day_order))
    targets = dict(known.targets)
    for day in day_entries:
        reference = Reference("date", day)
        name = in_words(read_date(day))
        targets[reference] = Target(reference, name, "", by_target[reference][0].place)
    outgoing = _grouped(_in_order({(one.source.whole, one.target.whole) for one in ordered}))
    return Links(
        targets={reference: targets[reference] for reference in sorted(targets, key=str)},
        records={record.reference: record.value for record in archive.records()},
        mentions=by_target,
        outgoing=outgoing,
        anchored=anchored,
        days=day_entries,
        numbers=_grouped(
            sorted((record.value.number, record.id) for record in archive.messages if record.value.number)
        ),
        by=_commitments(ordered, "by"),
        toward=_commitments(ordered, "toward"),
        carried=_by_id(_commitments(ordered, "carried by")),
        hanging=_by_id(_commitments(ordered, *SENSES)),
        quotations=quotations_of(archive),
    )


def _commitments(mentions: Iterable[Mention], *roles: str) -> dict[Reference, tuple[Reference, ...]]:
    """What a field of commitments points to -> the commitments, in order."""
    pairs = {(one.target, one.source) for one in mentions if one.source.kind == "commitment" and one.role in roles}
    return _grouped(_in_order(pairs))


def _in_order(pairs: Iterable[tuple[Reference, Reference]]) -> list[tuple[Reference, Reference]]:
    """Sorted as they are written, which is several times as fast as comparing References; none points to itself."""
    return sorted((pair for pair in pairs if pair[0] != pair[1]), key=lambda pair: (str(pair[0]), str(pair[1])))


def _by_id(grouped: Mapping[Reference, V]) -> dict[str, V]:
    return {reference.id: value for reference, value in grouped.items()}


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Each key with its values in the order in which they come; keys in order."""
    gathered: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        gathered[key].append(value)
    return {key: tuple(gathered[key]) for key in sorted(gathered, key=str)}


def _mention_order(mention: Mention) -> tuple[str, int, int, str, str, str]:
    """By place; compared as plain values, which is three times as fast as comparing Locations."""
    place = mention.place
    return (place.path, place.line, place.column, str(mention.target), mention.role, mention.words)


def _day_order(entry: DayEntry) -> tuple[str, int, str, str, str]:
    return (entry.day, GROUPS.index(entry.group), str(entry.source), entry.words, entry.certainty)
