"""Checks that no address ever given out is lost, used anew, or changed without a word.

The passage ledger says what was published; the archive says what is. What stands in one and not in the other needs a
line in the ledger, with a reason. An archive without a ledger has published nothing, and is not asked. Form and chain of
the file are `reading.ledger`'s business; whether git history shows other past lines is asked by the `archive` command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from build_tools.identifiers import Reference, read_reference
from build_tools.ledger import GONE, published_addresses, states
from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import Archive, LedgerEntry
from build_tools.problem import Problem

PATH = "sources/ledger/passages.tsv"
WORDS = "sources/ledger/words/"
HINT_KEEP = "Run `archive ledger`: it keeps them, and asks nothing"
HINT_LEDGER = "Run `archive ledger`: it asks for the reason and appends what is needed"


def check_ledger(archive: Archive, links: Links) -> tuple[Problem, ...]:
    """Every published address is in the ledger as it stands, and every address of the ledger answers."""
    if not archive.ledger:
        return ()
    current = states(archive.ledger)
    lines = {entry.id: Location(PATH, number) for number, entry in enumerate(archive.ledger, start=2)}
    given = published_addresses(archive)
    return (
        *_against_archive(given, current, links),
        *_against_ledger(given, current, lines, archive.unreadable),
        *_successors(current, lines, given),
        *_order(archive.ledger),
        *_words(archive, lines),
    )


def _against_archive(given: Mapping[str, str], current: Mapping[str, LedgerEntry], links: Links) -> Iterator[Problem]:
    """Of what the archive publishes: is it recorded, are the words as recorded, was the address free."""
    for address, digest in given.items():
        entry = current.get(address)
        place = _place(address, links)
        if entry is None:
            message = f"{address} is not in the passage ledger yet"
            yield Problem("ledger-missing", place, message, HINT_LEDGER, "warning")
        elif entry.fate in GONE:
            message = f"{address} was {entry.fate} in edition {entry.edition}, and stands here again"
            hint = "An address is never used a second time: give this another id"
            yield Problem("identifier-reused", place, message, hint)
        elif digest != entry.digest:
            message = f"the words of {address} are no longer those of edition {entry.edition}"
            hint = "If the change is meant, run `archive ledger` and give its reason; else restore the words"
            yield Problem("text-changed", place, message, hint)


def _against_ledger(
    given: Mapping[str, str],
    current: Mapping[str, LedgerEntry],
    lines: Mapping[str, Location],
    unreadable: frozenset[Reference],
) -> Iterator[Problem]:
    """What cannot be read is a fault already, and has not vanished."""
    for address, entry in current.items():
        reference = read_reference(address)
        if reference and (reference in unreadable or reference.whole in unreadable):
            continue
        if entry.fate not in GONE and address not in given:
            message = f"{address}, published in edition {entry.edition}, has vanished"
            hint = "Restore it, or run `archive ledger` and say what answers for it now and why"
            yield Problem("address-vanished", lines[address], message, hint)


def _successors(
    current: Mapping[str, LedgerEntry], lines: Mapping[str, Location], given: Mapping[str, str]
) -> Iterator[Problem]:
    """What an address was redirected to exists, or leads on to what exists, and never back to itself."""
    for address, entry in current.items():
        if entry.fate not in GONE:
            continue
        for successor in entry.successor.split():
            if successor not in current and successor not in given:
                message = f"{address} was {entry.fate} to {successor}, which never existed"
                yield Problem("redirect-dangling", lines[address], message, "Name an address of the archive")
        trail = [address]
        while trail[-1] in current and current[trail[-1]].fate in GONE and current[trail[-1]].successor:
            following = current[trail[-1]].successor.split()[0]
            if following in trail:
                message = f"the redirects go in a circle: {' -> '.join([*trail, following])}"
                yield Problem("redirect-circle", lines[address], message, "Let one of them lead to what stands")
                break
            trail.append(following)


def _order(entries: tuple[LedgerEntry, ...]) -> Iterator[Problem]:
    """An id is first published, and nothing happens to it after it is gone."""
    seen: dict[str, LedgerEntry] = {}
    for number, entry in enumerate(entries, start=2):
        before = seen.get(entry.id)
        if before is None and entry.fate != "current":
            message = f"{entry.id} is {entry.fate} here but was never published"
            yield Problem("ledger-line", Location(PATH, number), message, "The first line of an id says `current`")
        elif before is not None and (entry.fate == "current" or before.fate in GONE):
            message = f"{entry.id} is {entry.fate} here after it was {before.fate}"
            hint = "An address is never used a second time: give the new thing another id"
            yield Problem("identifier-reused", Location(PATH, number), message, hint)
        seen[entry.id] = entry


def _words(archive: Archive, lines: Mapping[str, Location]) -> Iterator[Problem]:
    """The words of every version of every passage are kept, and no others."""
    told = {(entry.id, entry.digest): entry for entry in archive.ledger if entry.digest != "-"}
    kept = {(one.id, one.digest) for one in archive.kept}
    current = states(archive.ledger)
    unkept: Counter[str] = Counter()
    for (address, digest), entry in told.items():
        if (address, digest) in kept:
            continue
        if current[address].fate not in GONE and current[address].digest == digest:
            unkept[address.partition("#")[0]] += 1
            continue
        message = (
            f"the words of {address} in edition {entry.edition} are not kept: those who cited them cannot see them"
        )
        hint = f"Look for them in the history of the sources, and add them to {WORDS}"
        yield Problem("words-missing", lines[address], message, hint, "warning")
    for document, number in unkept.items():
        message = f"the words of {number} passage{'s' * (number > 1)} of {document} are not kept as they were published"
        yield Problem("words-missing", lines.get(document, Location(PATH)), message, HINT_KEEP, "warning")
    for address, digest in sorted(kept - told.keys()):
        reference = read_reference(address)
        place = Location(f"{WORDS}{reference.id if reference else ''}.tsv")
        message = f"words of {address} are kept (digest {digest}) that the passage ledger does not know"
        hint = "Run `archive ledger` if they stand in the document now; else take the line out"
        yield Problem("words-unknown", place, message, hint)


def _place(address: str, links: Links) -> Location:
    reference = read_reference(address)
    target = links.targets.get(reference.whole if isinstance(reference, Reference) else Reference("document", ""))
    return target.location if target else Location(PATH)
