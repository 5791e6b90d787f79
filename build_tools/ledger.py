"""The passage ledger: every address ever given out, what words stood there, and what became of it. Append only.

`sources/ledger/passages.tsv` has one line for each thing that happened to an address: published, revised, redirected,
split, merged, withdrawn. The last line of an id is its state. Each line ends with a digest of itself and of the line
before it, so that an edited past shows even where there is no git history (ADR 0012). `reading.ledger` parses the file,
`checking.ledger` compares it with the archive, the `archive ledger` command appends to it; here is what an entry means.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from build_tools.identifiers import Reference, note_anchor, read_reference
from build_tools.model import Archive, Document, Fate, KeptWords, LedgerEntry

FATES: tuple[str, ...] = get_args(Fate)
COLUMNS = ("id", "edition", "digest", "fate", "successor", "reason", "who", "chain")
HEADING = "\t".join(COLUMNS)
WORDS_COLUMNS = ("passage", "digest", "words")
WORDS_HEADING = "\t".join(WORDS_COLUMNS)
GONE = frozenset({"redirected", "split", "merged", "withdrawn"})
"""Fates after which the address holds no text of its own any more."""
DIGEST_LENGTH = 16


def digest_of(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the words, with white space folded."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:DIGEST_LENGTH]


def chained(entry: LedgerEntry, before: str) -> str:
    """The chain digest of a line, given that of the line before it (empty for the first)."""
    return hashlib.sha256("\t".join((before, *entry.fields())).encode()).hexdigest()[:DIGEST_LENGTH]


def as_line(entry: LedgerEntry, before: str) -> str:
    """The line of the file, without its end."""
    return "\t".join((*entry.fields(), chained(entry, before)))


def states(entries: Iterable[LedgerEntry]) -> Mapping[str, LedgerEntry]:
    """Each id with its last entry."""
    return {entry.id: entry for entry in entries}


def published_addresses(archive: Archive) -> dict[str, str]:
    """Every address that a published archive gives out, with the digest of what stands there, in the order of ids.

    Passages and notes of published documents and all records; drafts give out nothing yet. Only passages have a digest:
    the words of records and notes may grow, but their addresses may not vanish.
    """
    given: dict[str, str] = {}
    for document in archive.documents:
        if document.header.status == "published":
            given.update(_addresses_of(document))
    for record in archive.records():
        given[str(record.reference)] = "-"
    return dict(sorted(given.items()))


def _addresses_of(document: Document) -> Iterator[tuple[str, str]]:
    yield str(document.reference), "-"
    for passage in document.passages:
        yield str(Reference("document", document.id, passage.id)), digest_of(passage.text)
    for note in document.notes:
        yield str(Reference("document", document.id, note_anchor(note.id))), "-"


def additions(archive: Archive, *, reason: str, who: str) -> tuple[LedgerEntry, ...]:
    """The lines that the ledger lacks: what is published for the first time, and what was revised for `reason`.

    What has vanished is not among them: what answers for it now only a person can say (see `ending`).
    """
    edition = archive.edition.edition
    current = states(archive.ledger)
    found: list[LedgerEntry] = []
    for address, digest in published_addresses(archive).items():
        entry = current.get(address)
        if entry is None:
            found.append(LedgerEntry(address, edition, digest, "current", "", "", ""))
        elif entry.fate not in GONE and entry.digest != digest:
            found.append(LedgerEntry(address, edition, digest, "revised", "", reason, who))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger knows of a document or record beyond that it was published: entries, and the words of passages."""

    entries: tuple[LedgerEntry, ...] = ()
    words: tuple[KeptWords, ...] = ()


NO_PAST = Past()


def pasts_of(archive: Archive) -> dict[Reference, Past]:
    """Document or record -> its past, where anything happened to it or to a part of it; other addresses are not told of."""
    times = Counter(entry.id for entry in archive.ledger)
    entries: defaultdict[Reference, list[LedgerEntry]] = defaultdict(list)
    words: defaultdict[Reference, list[KeptWords]] = defaultdict(list)
    for entry in archive.ledger:
        reference = read_reference(entry.id) if times[entry.id] > 1 else None
        if reference:
            entries[reference.whole].append(entry)
    for one in archive.kept:
        reference = read_reference(one.id) if times[one.id] > 1 else None
        if reference:
            words[reference.whole].append(one)
    return {whole: Past(tuple(many), tuple(words[whole])) for whole, many in entries.items()}


def passage_pasts(document: Document, archive: Archive) -> dict[str, tuple[LedgerEntry, ...]]:
    """Passages to which something happened since they were published -> their entries; in the text's order, the ended last."""
    address = f"{document.reference}#"
    told: dict[str, list[LedgerEntry]] = {}
    for entry in archive.ledger:
        if entry.digest != "-" and entry.id.startswith(address):
            told.setdefault(entry.id.removeprefix(address), []).append(entry)
    order = {one.id: number for number, one in enumerate(document.passages)}
    past = {name: tuple(entries) for name, entries in told.items() if len(entries) > 1}
    return dict(sorted(past.items(), key=lambda one: (order.get(one[0], len(order)), one[0])))


def words_to_keep(archive: Archive) -> dict[str, tuple[KeptWords, ...]]:
    """Id of each published document -> the words of its passages as they stand, where they are not kept yet (ADR 0018)."""
    kept = {(one.id, one.digest) for one in archive.kept}
    found: dict[str, tuple[KeptWords, ...]] = {}
    for document in archive.documents:
        if document.header.status == "published":
            now = (
                KeptWords(str(Reference("document", document.id, one.id)), digest_of(one.text), one.text)
                for one in document.passages
            )
            missing = tuple(one for one in now if (one.id, one.digest) not in kept)
            if missing:
                found[document.id] = missing
    return found


def words_as_text(words: Iterable[KeptWords], is_new: bool) -> str:
    """The lines of a file of kept words, with the heading if the file is new."""
    lines = [WORDS_HEADING] if is_new else []
    lines += ["\t".join((one.id.partition("#")[2], one.digest, " ".join(one.words.split()))) for one in words]
    return "".join(f"{line}\n" for line in lines)


def vanished(archive: Archive) -> tuple[str, ...]:
    """Published addresses that no longer stand, in their order."""
    given = published_addresses(archive)
    return tuple(
        address for address, entry in states(archive.ledger).items() if entry.fate not in GONE and address not in given
    )


def ending(archive: Archive, address: str, fate: Fate, successor: str, *, reason: str, who: str) -> LedgerEntry:
    """The line that says how a vanished address ended."""
    digest = states(archive.ledger)[address].digest
    return LedgerEntry(address, archive.edition.edition, digest, fate, successor, reason, who)


def as_text(entries: Iterable[LedgerEntry], before: Iterable[LedgerEntry] = ()) -> str:
    """The lines of `entries` as they follow those `before`; with the heading if nothing is before."""
    chain = ""
    known = tuple(before)
    for entry in known:
        chain = chained(entry, chain)
    lines = [] if known else [HEADING]
    for entry in entries:
        lines.append(as_line(entry, chain))
        chain = chained(entry, chain)
    return "".join(f"{line}\n" for line in lines)
