"""The pages of messages: the register in the order of series and number, one page each, and one for each bare number.

A page says what is held, printed elsewhere, calendared or only known from a citation; how the message stands to others,
in both directions; what cites it and which commitments it carries. `/messages/1147/` leads on while the number is borne by
one message only, and is a choice when it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from build_tools.dates import read_date
from build_tools.identifiers import Reference, url_of
from build_tools.model import Message, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.records import Fact, agents_in_words, date_link, entity_pages, facts_of
from build_tools.rendering.templates import render

INVERSE = {
    "amends": "amended by",
    "answers": "answered by",
    "transmits": "transmitted by",
    "encloses": "enclosed in",
    "follows up": "followed up by",
    "not to be confused with": "not to be confused with",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register."""

    link: Link
    number: str
    sent: Link
    sender: tuple[Link, ...]
    addressee: tuple[Link, ...]
    holding: str
    summary: str


def message_pages(record: Record[Message], out: Here) -> tuple[Page, ...]:
    """The page of one message, and those of its further mentions."""
    here = out.at(url_of(record.reference))
    value = record.value
    document = (here.link(Reference("document", value.document), "Read it here"),) if value.document else ()
    facts = (
        Fact("Text", (Link(value.holding, ""), *document)),
        Fact("Sent", (date_link(value.sent, here),)),
        Fact("From", agents_in_words(value.sender, here)),
        Fact("To", agents_in_words(value.addressee, here)),
        Fact("Series and number", (Link(f"{value.series} {value.number}".strip(), ""),)),
        Fact("Marked", (Link(value.classification, ""),)),
        Fact("Length", (Link(value.length, ""),)),
        Fact("Printed in", tuple(Link(one.words, one.href) for one in map(here.cited, value.printed))),
        Fact("Original", (Link(value.archival_source, ""),)),
        *facts_of(value, here),
    )
    return entity_pages(
        record,
        here,
        "message.html",
        form=value.form,
        holding=value.holding,
        facts=tuple(fact for fact in facts if any(link.words for link in fact.values)),
        relations=relations_of(record, here),
        carries=tuple(here.link(one) for one in here.links.commitments_carried_by(record.id)),
        sent_sources=tuple(here.cited(source) for source in value.sent.sources),
    )


def relations_of(record: Record[Message], here: Here) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """How this message stands to others, whichever of the two says so; each kind of link once."""
    found: dict[str, dict[Reference, Link]] = {}
    for one in record.value.relations:
        reference = Reference("message", one.message)
        found.setdefault(one.link, {})[reference] = here.link(reference)
    for mention in here.links.mentions_of(record.reference):
        if mention.role in INVERSE and mention.source.kind == "message":
            found.setdefault(INVERSE[mention.role], {})[mention.source.whole] = here.link(mention.source.whole)
    return tuple((title, tuple(links.values())) for title, links in sorted(found.items()))


def register_page(out: Here) -> Page:
    """`/messages/`: telegrams by series and number, then what has no number, by date."""
    here = out.at("messages/")
    numbered = sorted((one for one in here.archive.messages if one.value.number), key=_in_series)
    others = sorted((one for one in here.archive.messages if not one.value.number), key=_by_date)
    groups = [
        (series_words(series), tuple(_row(record, here) for record in group))
        for series, group in groupby(numbered, key=lambda one: one.value.series)
    ]
    groups.append(("Letters, statements and other texts", tuple(_row(record, here) for record in others)))
    held = sum(record.value.holding == "held" for record in here.archive.messages)
    html = render("messages.html", here=here, groups=groups, count=len(here.archive.messages), held=held)
    return Page(
        url=here.url,
        title="Messages",
        html=html,
        section="messages",
        body_class="list",
        description="Telegrams, letters, statements and proclamations, held here or only cited.",
    )


def number_pages(out: Here) -> tuple[Page, ...]:
    """For each number that a message bears the page `/messages/<number>/`."""
    return tuple(_number_page(number, ids, out) for number, ids in sorted(out.links.numbers.items()))


def _number_page(number: str, ids: tuple[str, ...], out: Here) -> Page:
    here = out.at(f"messages/{number}/")
    found = tuple(here.link(Reference("message", one)) for one in ids)
    html = render("number.html", here=here, number=number, found=found)
    return Page(
        url=here.url,
        title=f"Telegram {number}",
        html=html,
        section="messages",
        body_class="list",
        description=f"The messages of this archive that bear the number {number}.",
        forward=found[0].href if len(found) == 1 else "",
    )


def series_words(series: str) -> str:
    """`state-usun` as a heading: who telegraphed to whom."""
    names = {
        "state": "Department of State",
        "usun": "Mission to the United Nations",
        "moscow": "Embassy in Moscow",
    }
    sender, _, addressee = series.partition("-")
    if sender in names and addressee in names:
        return f"{names[sender]} to {names[addressee]}"
    return series.replace("-", " ").capitalize()


def _in_series(record: Record[Message]) -> tuple[str, int, str]:
    digits = "".join(character for character in record.value.number if character.isdigit())
    return (record.value.series, int(digits or 0), record.id)


def _by_date(record: Record[Message]) -> tuple[object, ...]:
    return (*read_date(record.value.sent.date).sort_key(), record.id)


def _row(record: Record[Message], here: Here) -> Row:
    value = record.value
    return Row(
        here.link(record.reference),
        value.number,
        date_link(value.sent, here),
        agents_in_words(value.sender, here),
        agents_in_words(value.addressee, here),
        value.holding,
        value.summary,
    )
