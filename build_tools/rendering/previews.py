"""What a page says of a name before one follows it: one small file a document, fetched when a reader first asks.

Comes in: an archive and its links. Goes out: `documents/<id>/previews.json` for each document. It has an entry for all
that the document and its notes refer to, under the address of its page; the words are those of the records, so that a
preview says nothing that the page behind it does not. The script `previews.js` puts them on the page, as text only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from build_tools.identifiers import Reference, url_of
from build_tools.linking import Links
from build_tools.model import Archive, Commitment, Document, Event, Message, Person, Sense
from build_tools.output import OutputFile
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.records import KIND_WORDS, agents_in_words, date_words

ON_THE_DAY = 4
"""Things of a day that its preview names."""

SENSES: dict[Sense, str] = {
    "condition of": "Conditional on",
    "limited by": "Limited by",
    "verified by": "Verified by",
    "answers": "Answers",
    "restates": "Restates",
    "replaces": "Replaces",
}
"""How a commitment hangs on another -> what is said before the name of that other one."""

Preview = dict[str, object]


def preview_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """A file for each document, in the order of the archive."""
    out = looking_out(archive, links)
    written = {document.id: document.header.date for document in archive.documents}
    told: dict[Reference, Preview] = {}
    """What is said of a thing is the same in every document, so that it is made once."""
    for document in archive.documents:
        found = previews_of(document, out, written, told)
        content = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield OutputFile(f"{url_of(document.reference)}previews.json", (content + "\n").encode())


def previews_of(
    document: Document, here: Here, written: Mapping[str, str], told: dict[Reference, Preview]
) -> dict[str, Preview]:
    """Address of a page -> what is said of it before one goes there.

    `written` has the dates of documents by their ids; `told` gains what is said here for the first time.
    """
    named = here.links.outgoing.get(document.reference, ())
    anchored = (one.source for one in here.links.anchored.get(document.id, ()) if one.source.kind == "commitment")
    found = sorted({one for one in (*named, *anchored) if one in here.links.targets and one.kind != "work"})
    for one in found:
        if one not in told:
            told[one] = _preview(one, here, written)
    return {url_of(one): told[one] for one in found}


def _preview(reference: Reference, here: Here, written: Mapping[str, str]) -> Preview:
    target = here.links.targets[reference]
    value = here.records.get(reference)
    made: Preview = {"kind": KIND_WORDS[reference.kind][0], "name": target.name}
    summary = target.summary
    facts: list[tuple[str, str]] = []
    if isinstance(value, Commitment):
        made |= {"kind": value.kind.capitalize(), "css": value.kind}
        summary = value.statement
        facts = _of_commitment(value, here)
    elif isinstance(value, Message):
        facts = [
            *_parties(value.sender, value.addressee, here),
            ("Sent", date_words(value.sent.date)),
            ("Text", value.holding),
        ]
    elif isinstance(value, Event):
        facts = [("When", date_words(value.when.date))]
    elif isinstance(value, Person):
        facts = [("November 1962", value.office)]
    elif reference.kind == "date":
        made |= {"name": date_words(reference.id)}
        summary = _of_day(reference.id, here)
    elif written.get(reference.id) and reference.kind == "document":
        facts = [("Date", date_words(written[reference.id]))]
    if summary and summary != made["name"]:
        made["summary"] = summary
    shown = [fact for fact in facts if fact[1]]
    return made | {"facts": shown} if shown else made


def _of_commitment(value: Commitment, here: Here) -> list[tuple[str, str]]:
    """Who to whom, what it hangs on and in which sense, what would verify it."""
    hangs: dict[str, list[str]] = {}
    for one in value.depends_on:
        hangs.setdefault(SENSES[one.sense], []).append(here.link(Reference("commitment", one.commitment)).words)
    if value.verification:
        hangs.setdefault(SENSES["verified by"], []).append(value.verification)
    return [*_parties(value.by, value.toward, here), *((term, "; ".join(words)) for term, words in hangs.items())]


def _parties(ours: tuple[str, ...], theirs: tuple[str, ...], here: Here) -> list[tuple[str, str]]:
    names = [", ".join(link.words for link in agents_in_words(side, here)) for side in (ours, theirs)]
    return [("Parties", " → ".join(filter(None, names)))]


def _of_day(day: str, here: Here) -> str:
    touching = dict.fromkeys(entry.source.whole for entry in here.links.days.get(day, ()))
    names = list(dict.fromkeys(here.links.targets[one].name for one in touching if one in here.links.targets))
    more = len(names) - ON_THE_DAY
    return "; ".join(names[:ON_THE_DAY]) + (f"; and {more} more" if more > 0 else "")
