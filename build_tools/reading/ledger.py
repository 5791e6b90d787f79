"""`sources/ledger/` -> entries of the passage ledger and the words they vouch for, with every fault of form at its line.

The files are read strictly: they are the memory of the archive. One kind of line end, a heading, the columns that it names,
known fates, whole digests, in `passages.tsv` a chain in which each line vouches for the one before, and in `words/<id>.tsv`
words that have the digest which stands beside them. Called by `archive`.
"""

from __future__ import annotations

import re
from pathlib import Path

from build_tools.identifiers import Reference, read_reference
from build_tools.ledger import COLUMNS, DIGEST_LENGTH, FATES, HEADING, WORDS_COLUMNS, WORDS_HEADING, chained, digest_of
from build_tools.location import Location
from build_tools.model import KeptWords, LedgerEntry
from build_tools.problem import Problem
from build_tools.reading.files import read_source

DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}|-")
HINT_WORDS = (
    "The words stay as they were published: restore the line from the last release; `archive ledger` adds lines"
)
HINT_APPEND = "The ledger only grows: restore the line as it was published, and append what happened since"


def read_ledger(path: Path, root: Path) -> tuple[tuple[LedgerEntry, ...], tuple[Problem, ...]]:
    """Every entry in the order of the file; an archive that has published nothing yet has none."""
    if not path.exists():
        return (), ()
    lines, found = _lines(path, root, HEADING, COLUMNS)
    name = path.relative_to(root).as_posix()
    entries: list[LedgerEntry] = []
    before = ""
    for number, line in enumerate(lines, start=2):
        here = Location(name, number)
        columns = line.split("\t")
        fault = _fault(columns)
        if fault:
            found.append(Problem("ledger-line", here, fault, HINT_APPEND))
            continue
        entry = LedgerEntry(*columns[:-1])  # type: ignore[arg-type]  # the fate was just looked up
        if columns[-1] != chained(entry, before):
            message = "this line or one before it was changed after it was written: the chain breaks here"
            found.append(Problem("ledger-edited", here, message, HINT_APPEND))
        before = columns[-1]
        entries.append(entry)
    return tuple(entries), tuple(found)


def read_words(path: Path, root: Path) -> tuple[tuple[KeptWords, ...], tuple[Problem, ...]]:
    """The words of the passages of one document, which the name of the file says, as each was published."""
    lines, found = _lines(path, root, WORDS_HEADING, WORDS_COLUMNS)
    name = path.relative_to(root).as_posix()
    kept: list[KeptWords] = []
    for number, line in enumerate(lines, start=2):
        here = Location(name, number)
        passage, tab, rest = line.partition("\t")
        digest, second, words = rest.partition("\t")
        address = f"{Reference('document', path.stem)}#{passage}"
        if not (tab and second) or "\t" in words or read_reference(address) is None or not DIGEST.fullmatch(digest):
            message = "the line does not have the id of a passage, a digest and words, with tabs between"
            found.append(Problem("words-line", here, message, HINT_WORDS))
            continue
        if digest_of(words) != digest:  # and nobody need be told that they are missing, too
            message = (
                f"these are not the words of passage {passage} that were published: their digest is {digest_of(words)}"
            )
            found.append(Problem("words-altered", here, message, HINT_WORDS))
        kept.append(KeptWords(address, digest, words))
    return tuple(kept), tuple(found)


def _lines(path: Path, root: Path, heading: str, columns: tuple[str, ...]) -> tuple[list[str], list[Problem]]:
    """The lines below the heading, without their ends; none if the file as a whole cannot be used."""
    name = path.relative_to(root).as_posix()
    if b"\r" in path.read_bytes():
        hint = "Save it with line ends of one character (LF), as it was"
        return [], [Problem("ledger-line", Location(name), "the file has line ends of more than one kind", hint)]
    source, problems = read_source(path, root)
    if source is None:
        return [], list(problems)
    found = list(problems)
    lines = source.split("\n")
    if lines.pop() != "":
        hint = "It may have been cut off; restore it from the last release, then run `archive ledger`"
        found.append(Problem("ledger-line", Location(name, len(lines) + 1), "the last line has no end", hint))
    if not lines or lines[0] != heading:
        hint = f"The first line names the columns: {', '.join(columns)}, with tabs between"
        return [], [*found, Problem("ledger-line", Location(name), "the heading is not as expected", hint)]
    return lines[1:], found


def _fault(columns: list[str]) -> str:
    """What is wrong with the form of a line; empty if nothing is."""
    if len(columns) != len(COLUMNS):
        return f"the line has {len(columns)} columns, not {len(COLUMNS)}"
    identifier, _, digest, fate, successor, reason, who, _ = columns
    if read_reference(identifier) is None:
        return f"{identifier!r} is no address of the archive"
    if not DIGEST.fullmatch(digest):
        return f"the digest {digest!r} is not {DIGEST_LENGTH} hexadecimal digits"
    if fate not in FATES:
        return f"the fate {fate!r} is not one of {', '.join(FATES)}"
    if fate != "current" and not (reason and who):
        return f"a line that says {fate!r} gives a reason and who decided"
    if fate in {"redirected", "split", "merged"} and not successor:
        return f"a line that says {fate!r} names what answers for the address now"
    return ""
