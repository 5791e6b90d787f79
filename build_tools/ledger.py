"""The passage ledger: every address ever given out, what words stood there, and what became of it. Append only.

`sources/ledger/passages.tsv` has one line for each thing that happened to an address: published, revised, redirected,
split, merged, withdrawn. The last line of an id is its state. Each line ends with a digest of itself and of the line
before it, so that an edited past shows even where there is no git history (ADR 0012). `reading.ledger` parses the file,
`checking.ledger` compares it with the archive, the `archive ledger` command appends to it; here is what an entry means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from build_tools.identifiers import Reference
from build_tools.model import Archive, Document

Fate = Literal["current", "revised", "redirected", "split", "merged", "withdrawn"]
FATES: tuple[str, ...] = get_args(Fate)
COLUMNS = ("id", "edition", "digest", "fate", "successor", "reason", "who", "chain")
HEADING = "\t".join(COLUMNS)
GONE = frozenset({"redirected", "split", "merged", "withdrawn"})
"""Fates after which the address holds no text of its own any more."""
DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happened to the address `id` in `edition`.

    `digest` is of the reading text then (of the record's words, for a record); `successor` holds the addresses that
    answer for it now, separated by spaces.
    """

    id: str
    edition: str
    digest: str
    fate: Fate
    successor: str = ""
    reason: str = ""
    who: str = ""

    def fields(self) -> tuple[str, ...]:
        return (self.id, self.edition, self.digest, self.fate, self.successor, self.reason, self.who)

    @property
    def successors(self) -> tuple[str, ...]:
        return tuple(self.successor.split())


def digest_of(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the words, with white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:DIGEST_LENGTH]


def chained(entry: Entry, before: str) -> str:
    """The chain digest of a line, given that of the line before it (empty for the first)."""
    return hashlib.sha256("\t".join((before, *entry.fields())).encode()).hexdigest()[:DIGEST_LENGTH]


def as_line(entry: Entry, before: str) -> str:
    """The line of the file, without its end."""
    return "\t".join((*entry.fields(), chained(entry, before)))


def states(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Each id with its last entry."""
    return {entry.id: entry for entry in entries}


def published_addresses(archive: Archive) -> dict[str, str]:
    """Every address that a published archive gives out, with the digest of what stands there, in the order of ids.

    Passages and notes of published documents and all records; drafts give out nothing yet. A record's digest is of its
    name and statement only as a mark that it exists: its words may grow, its address may not vanish.
    """
    given: dict[str, str] = {}
    for document in archive.documents:
        if document.header.status == "published":
            given.update(_addresses_of(document))
    for record in archive.records():
        given[str(record.reference)] = "-"
    return dict(sorted(given.items()))


def _addresses_of(document: Document) -> Iterable[tuple[str, str]]:
    yield str(document.reference), "-"
    for passage in document.passages:
        yield str(Reference("document", document.id, passage.id)), digest_of(passage.text)
    for note in document.notes:
        yield str(Reference("document", document.id, f"n-{note.id}")), "-"
