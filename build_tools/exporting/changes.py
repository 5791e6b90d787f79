"""The change log of the edition in plain text, made of the passage ledger: what each edition published, revised and ended.

Comes in: the archive and the editions that `state` found. Goes out: the text of `CHANGES.txt` of the package for libraries.
Called by `exporting.package`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from build_tools.identifiers import read_reference
from build_tools.model import Archive, LedgerEntry
from build_tools.state import Edition

FATES = {
    "revised": "words revised",
    "redirected": "redirected to",
    "split": "split into",
    "merged": "merged into",
    "withdrawn": "withdrawn",
}


def changes_text(archive: Archive, editions: tuple[Edition, ...]) -> str:
    """Every edition, the newest first, with the documents and records that it published and each change with its reason."""
    head = [
        f"CHANGES: {archive.edition.title}",
        "",
        "What each edition published for the first time, and what it changed.",
        "Addresses are names: document:ID#p3 is the passage p3 of the document ID.",
        "Every line comes from sources/ledger/passages.tsv; the words that a revised",
        "passage had before are in sources/ledger/words/. An address is never used",
        "for anything else again.",
    ]
    return "\n".join([*head, *(line for one in reversed(editions) for line in _edition(archive, one))]) + "\n"


def _edition(archive: Archive, edition: Edition) -> Iterator[str]:
    heading = f"Edition {edition.edition}" + (f", {edition.date}" if edition.date else "")
    yield from ("", "", heading, "=" * len(heading))
    if edition.summary and edition.edition != archive.edition.edition:
        yield from ("", edition.summary)
    entries = [one for one in archive.ledger if one.edition == edition.edition]
    if not entries:
        yield from ("", "No address was published, revised or ended.")
        return
    titles = {str(one.reference): one.header.title for one in archive.documents}
    documents: dict[str, list[LedgerEntry]] = {}
    records: Counter[str] = Counter()
    ended: list[LedgerEntry] = []
    for entry in entries:
        reference = read_reference(entry.id)
        kind = reference.kind if reference else ""
        if kind == "document":
            documents.setdefault(entry.id.partition("#")[0], []).append(entry)
        elif entry.fate == "current":
            records[kind] += 1
        else:
            ended.append(entry)
    for name, many in documents.items():
        yield from ("", f"{name}  {titles.get(name, '')}".rstrip())
        yield from _document(name, many)
    if records or ended:
        yield from ("", "Records")
    if records:
        yield "  published: " + ", ".join(f"{kind} {number}" for kind, number in sorted(records.items()))
    for entry in ended:
        yield from _change(entry)


def _document(name: str, entries: list[LedgerEntry]) -> Iterator[str]:
    new = [one for one in entries if one.fate == "current"]
    passages = sum(one.digest != "-" for one in new)
    notes = sum(one.digest == "-" and one.id != name for one in new)
    if any(one.id == name for one in new):
        yield f"  published, with {passages} passages and {notes} notes"
    elif new:
        yield f"  added: {passages} passages and {notes} notes"
    for entry in entries:
        if entry.fate != "current":
            yield from _change(entry)


def _change(entry: LedgerEntry) -> Iterator[str]:
    successor = f" {entry.successor}" if entry.successor else ""
    yield f"  {entry.id}: {FATES[entry.fate]}{successor}"
    if entry.reason:
        yield f"    {entry.reason}" + (f" ({entry.who})" if entry.who else "")
