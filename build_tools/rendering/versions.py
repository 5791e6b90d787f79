"""What stood in a passage before it was revised or ended: `/documents/<id>/versions/`, and the same for the citing script.

Comes in: a Document, what the ledger says of its passages (`histories`), and `Here`. Goes out: the page, for a document of
which any passage has a past; each version has its words, its reason, what changed word by word, and how it is still cited.
A version whose words are not kept says so. Called by `pages` and `citing_data`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.citations.item import CitableItem, Known, citable_item, locator
from build_tools.identifiers import Reference, url_of
from build_tools.ledger import GONE, passage_pasts
from build_tools.model import Archive, Document, Edition, LedgerEntry
from build_tools.output import Page
from build_tools.quotations.comparing import word_by_word
from build_tools.quotations.values import Step
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.citing import Form, notes_of
from build_tools.rendering.gone import Gone, gone_as_told, link_to_successor
from build_tools.rendering.templates import render

STEPS = {"kept": "same", "dropped": "gone", "added": "new"}
"""What the script calls the steps from words that were cited to those that stand now."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A passage of which only the words are kept."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a passage in one edition, and how they came to be those of the next."""

    edition: str
    date: str
    digest: str
    words: str
    """Empty if they are not kept."""
    stands: bool
    """Whether these are the words that stand now."""
    reason: str
    who: str
    steps: tuple[Step, ...]
    """From the version before: kept, added, dropped; empty if either is not known."""
    permalink: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class PastPassage:
    """A passage with all its versions, the first one first, and how it ended, if it did."""

    anchor: str
    place: Link
    versions: tuple[Version, ...]
    ended: Gone | None


def versions_pages(document: Document, known: Known, out: Here) -> Iterator[Page]:
    """`/documents/<id>/versions/`, for a document of which a passage was revised or ended; none for others."""
    pasts = passage_pasts(document, out.archive)
    if not pasts:
        return
    here = out.at(f"{url_of(document.reference)}versions/")
    kept = _kept(here.archive)
    labels = {one.id: one.label for one in document.passages}
    passages = tuple(
        _past_passage(name, entries, kept, labels.get(name, ""), document, known, here)
        for name, entries in pasts.items()
    )
    html = render(
        "versions.html",
        here=here,
        document=document,
        back=here.link(document.reference),
        passages=passages,
        language=citable_item(document, known, here.archive.edition).language,
        edition=here.archive.edition,
    )
    yield Page(
        url=here.url,
        title=f"Earlier versions: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"What stood in passages of {document.header.title} before they were revised, and why they were.",
        anchors=tuple(one.anchor for one in passages),
    )


def past_data(document: Document, here: Here) -> dict[str, list[dict[str, object]]]:
    """Id of a passage -> all that the ledger says of it, for those of which it says more than that they were published.

    Each version that no longer stands comes with its words, if they are kept, and with what changed to what stands now.
    """
    kept = _kept(here.archive)
    texts = {one.id: one.text for one in document.passages}
    made: dict[str, list[dict[str, object]]] = {}
    for passage, entries in passage_pasts(document, here.archive).items():
        made[passage] = [
            _entry_data(one, kept.get((one.id, one.digest), ""), texts.get(passage, ""), here) for one in entries
        ]
    return made


def _entry_data(entry: LedgerEntry, words: str, now: str, here: Here) -> dict[str, object]:
    successors = [link_to_successor(name, here) for name in entry.successor.split()]
    data: dict[str, object] = {
        "edition": entry.edition,
        "digest": entry.digest,
        "fate": entry.fate,
        "reason": entry.reason,
        "now": [{"words": one.words, "href": one.href} for one in successors],
    }
    if words and words != " ".join(now.split()):
        data["words"] = words
        if now:
            data["difference"] = [[STEPS[step], some] for step, some in word_by_word(now.split(), words.split())]
    return data


def _kept(archive: Archive) -> Mapping[tuple[str, str], str]:
    return {(one.id, one.digest): one.words for one in archive.kept}


def _past_passage(
    name: str,
    entries: Sequence[LedgerEntry],
    kept: Mapping[tuple[str, str], str],
    label_now: str,
    document: Document,
    known: Known,
    here: Here,
) -> PastPassage:
    label = label_now or name.removeprefix("p")
    heading = f"Passage {label}" if label[:1].isdigit() else label.capitalize()
    last = entries[-1]
    versions: list[Version] = []
    before = ""
    for entry in entries:
        if entry.fate in GONE:
            continue
        words = kept.get((entry.id, entry.digest), "")
        stands = entry is last and bool(label_now)
        steps = word_by_word(words.split(), before.split()) if before and words else ()
        versions.append(_version(entry, words, stands, steps, Earlier(name, label, words), document, known, here))
        before = words
    ended = gone_as_told(Reference("document", document.id, name), last, before, here) if last.fate in GONE else None
    return PastPassage(name, Link(heading, here.to(f"{url_of(document.reference)}#{name}")), tuple(versions), ended)


def _version(
    entry: LedgerEntry,
    words: str,
    stands: bool,
    steps: tuple[Step, ...],
    passage: Earlier,
    document: Document,
    known: Known,
    here: Here,
) -> Version:
    edition = _edition_of(entry, here.archive.edition)
    item: CitableItem = citable_item(document, known, edition)
    where = locator(document, (passage,), edition) if words else None
    return Version(
        edition=entry.edition,
        date=edition.date,
        digest=entry.digest,
        words=words,
        stands=stands,
        reason=entry.reason,
        who=entry.who,
        steps=steps,
        permalink=where.url if where else "",
        forms=notes_of(item, where) if where else (),
    )


def _edition_of(entry: LedgerEntry, now: Edition) -> Edition:
    """This edition of the archive as it was when the entry was written."""
    if entry.edition == now.edition:
        return now
    then = next((one for one in now.releases if one.edition == entry.edition), None)
    return replace(now, edition=entry.edition, date=then.date if then else "")
