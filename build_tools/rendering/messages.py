"""The pages of messages: the register in the order of series and number, one page each, and one for each bare number.

A page says what is held, printed elsewhere, calendared or only known from a citation; when it was sent, on its own clock
and on others, or between which neighbours of its series; how it stands to other messages, in both directions; what cites
it and which commitments it carries. `/messages/1147/` leads on while the number is borne by one message only, and is a
choice when it is not. The picture of the traffic is `traffic`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TypeVar, get_args

from build_tools.dates import in_words, is_clock, moment_of, read_date, shown_at
from build_tools.identifiers import Reference, url_of
from build_tools.model import Archive, DateGiven, Holding, Message, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Cited, Here, Link, passage_words
from build_tools.rendering.records import (
    Fact,
    agents_in_words,
    date_link,
    date_words,
    day_links,
    ends_of,
    entity_pages,
    facts_of,
)
from build_tools.rendering.related import listed
from build_tools.rendering.templates import render
from build_tools.series import Bracket, brackets_of, number_of

T = TypeVar("T")
INVERSE = {
    "amends": "amended by",
    "answers": "answered by",
    "transmits": "transmitted by",
    "encloses": "enclosed in",
    "follows up": "followed up by",
    "not to be confused with": "not to be confused with",
}
LISTED = 5
"""Passages, messages and commitments that a line of the register names; of more it says how many, and its page has them."""
ON_ONE_PAGE = 300
"""Messages in one list; beyond that each series has a list of its own, in pages of as many."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What the messages of the archive say of each other, found once for all their pages."""

    brackets: Mapping[str, Bracket]
    zone: str
    """The clock by which most of them are timed; empty if none is known."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A dated message of the series that bounds another: its number, its page, its date and hour in words."""

    link: Link
    sent: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What its number says of the time at which a message was sent, for its page and its line in the register."""

    after: Neighbour | None
    before: Neighbour | None
    span: str
    """Between which hours it was sent, if the inference holds."""
    contradicts: bool
    unknown: tuple[str, ...]
    """What this cannot tell, a sentence each."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register."""

    link: Link
    number: str
    sent: Link
    clocks: str
    placed: Placed | None
    sender: tuple[Link, ...]
    addressee: tuple[Link, ...]
    holding: str
    document: Link | None
    printed: tuple[Cited, ...]
    archival_source: str
    marked: str
    summary: str
    relations: tuple[tuple[str, tuple[Link, ...]], ...]
    cited_by: tuple[tuple[Link, tuple[Link, ...]], ...]
    carries: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The messages of one series, or those of none, as the register heads them."""

    id: str
    title: str
    records: tuple[Record[Message], ...]


def sending_of(archive: Archive) -> Sending:
    """The brackets of all messages, and the clock that most of them go by."""
    zones = Counter(record.value.sent.zone for record in archive.messages if is_clock(record.value.sent.zone))
    common = min(zones, key=lambda zone: (-zones[zone], zone), default="")
    return Sending(brackets_of(archive.messages), common)


# --- one message ----------------------------------------------------------------------------------------------------


def message_pages(record: Record[Message], out: Here, sending: Sending) -> tuple[Page, ...]:
    """The page of one message, and those of its further mentions."""
    here = out.at(url_of(record.reference))
    value = record.value
    document = (here.link(Reference("document", value.document), "Read it here"),) if value.document else ()
    clocks = clocks_in_words(value.sent, sending.zone)
    facts = (
        Fact("Text", (Link(value.holding, ""), *document)),
        Fact("Sent", (date_link(value.sent, here), *((Link(clocks, ""),) if clocks else ()))),
        Fact("As written", (Link(value.sent.as_written, ""),)),
        Fact("From", agents_in_words(value.sender, here)),
        Fact("To", agents_in_words(value.addressee, here)),
        Fact("Series and number", (Link(_series_and_number(value), ""),)),
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
        lists=(
            *(listed(title.capitalize(), others) for title, others in related_to(record, here)),
            listed("Commitments it carries", here.links.commitments_carried_by(record.id)),
        ),
        sent_sources=tuple(here.cited(source) for source in value.sent.sources),
        placed=placed_of(record, here, sending),
        days=day_links(ends_of((value.sent.date,)), here),
    )


def _series_and_number(value: Message) -> str:
    if not value.series:
        return value.number
    return f"{series_words(value.series)}, {value.number}" if value.number else series_words(value.series)


def related_to(record: Record[Message], here: Here) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
    """How this message stands to others, whichever of the two says so; each kind of link once."""
    found: dict[str, dict[Reference, None]] = {}
    for one in record.value.relations:
        found.setdefault(one.link, {})[Reference("message", one.message)] = None
    for mention in here.links.mentions_of(record.reference):
        if mention.role in INVERSE and mention.source.kind == "message":
            found.setdefault(INVERSE[mention.role], {})[mention.source.whole] = None
    return tuple((title, tuple(found[title])) for title in sorted(found))


def relations_briefly(record: Record[Message], here: Here) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """The same for a line of a list: telegrams by their numbers, and of many messages the first."""
    return tuple(
        (title, _shortened([here.link(one, _number(one, here)) for one in others[:LISTED]], len(others), record, here))
        for title, others in related_to(record, here)
    )


def _number(reference: Reference, here: Here) -> str:
    value = here.records.get(reference)
    return value.number if isinstance(value, Message) and value.form == "telegram" else ""


# --- when it was sent -----------------------------------------------------------------------------------------------


def clocks_in_words(sent: DateGiven, common: str) -> str:
    """The hour as other clocks showed it: in UTC, and on the clock that most messages go by, with the day if it is another.

    Empty if no hour is given, or if the clock it was read from is not known.
    """
    when = read_date(sent.date, time=sent.time, zone=sent.zone)
    if not when.time or when.earliest != when.latest or not is_clock(when.zone):
        return ""
    moment = moment_of(when.earliest, when.time, when.zone)
    others = [("UTC", moment)]
    if common and common != sent.zone:
        others.append((f"{common} time", shown_at(moment, common)))
    return ", ".join(
        f"{shown:%H:%M} {name}" + ("" if shown.date() == when.earliest else f" on {in_words(shown.date().isoformat())}")
        for name, shown in others
    )


def placed_of(record: Record[Message], here: Here, sending: Sending) -> Placed | None:
    """What its number says of the time at which it was sent; None if that is no more than its date does."""
    bracket = sending.brackets.get(record.id)
    if bracket is None or not bracket.says_more:
        return None
    zone = next(filter(None, (_zone(one, here) for one in (record.id, bracket.after, bracket.before))), "")
    return Placed(
        _neighbour(bracket.after, here),
        _neighbour(bracket.before, here),
        "" if bracket.window.is_empty else _span(bracket, zone),
        bracket.contradicts,
        tuple(_unknown(bracket, here)),
    )


def _message(message: str, here: Here) -> Message:
    found = here.records[Reference("message", message)]
    assert isinstance(found, Message)
    return found


def _zone(message: str, here: Here) -> str:
    return _message(message, here).sent.zone if message else ""


def _neighbour(message: str, here: Here) -> Neighbour | None:
    if not message:
        return None
    value = _message(message, here)
    return Neighbour(here.link(Reference("message", message), value.number), _sent_words(value.sent))


def _sent_words(sent: DateGiven) -> str:
    if not sent.time:
        return f"{date_words(sent.date)}, hour not known"
    return f"{date_words(sent.date)}, {sent.time}" + (f" {sent.zone} time" if sent.zone else "")


def _span(bracket: Bracket, zone: str) -> str:
    """`between 15:00 and the end of Thursday 1 November 1962, Washington time`."""
    start, end = (shown_at(moment, zone) if moment else None for moment in (bracket.window.start, bracket.window.end))
    of_clock = f", {zone} time" if zone else ""
    if start and end and start.date() == end.date():
        return f"between {_hour(start)} and {_hour(end)} of {_day(start)}{of_clock}"
    parts = [f"after {_hour(start)} of {_day(start)}"] if start else []
    parts += [f"before {_hour(end)} of {_day(end)}"] if end else []
    return " and ".join(parts) + of_clock


def _hour(moment: datetime) -> str:
    names = {"00:00:00": "the beginning", "23:59:59": "the end"}
    return names.get(f"{moment:%H:%M:%S}", f"{moment:%H:%M}")


def _day(moment: datetime) -> str:
    return in_words(moment.date().isoformat())


def _unknown(bracket: Bracket, here: Here) -> Iterator[str]:
    for side, missing in ((bracket.after, bracket.missing_before), (bracket.before, bracket.missing_after)):
        if not side:
            continue
        value = _message(side, here)
        if not value.sent.time:
            yield f"The hour of {value.number} is not known, so it bounds by its day alone."
        if missing:
            numbers = "number" if missing == 1 else "numbers"
            yield (
                f"The archive knows no message of the {missing} {numbers} between it and {value.number}, "
                "nor how the hours were divided among them."
            )
    for side, words in ((bracket.after, "before"), (bracket.before, "after")):
        if not side:
            yield f"No dated message of the series {words} it is known, so on that side nothing bounds it but its date."
    yield "A number may have been given when a text was drafted or approved, and the text sent later or out of turn."
    yield "Of what the message says this tells nothing."


# --- the register ---------------------------------------------------------------------------------------------------


def register_pages(out: Here, sending: Sending) -> Iterator[Page]:
    """`/messages/`: telegrams by series and number, then what has no number, by date; of a large archive the ways there."""
    groups = series_of(out.archive)
    if len(out.archive.messages) <= ON_ONE_PAGE:
        yield _register(groups, (), out, sending)
        return
    here = out.at("messages/")
    ways = tuple((Link(one.title, here.to(_series_url(one))), len(one.records)) for one in groups)
    yield _register((), ways, out, sending)
    for one in groups:
        yield from _series_pages(one, out, sending)


def series_of(archive: Archive) -> tuple[Series, ...]:
    """Each series in the order of its numbers, then the messages of none, by date."""
    numbered = sorted((one for one in archive.messages if one.value.series), key=_in_series)
    others = tuple(sorted((one for one in archive.messages if not one.value.series), key=_by_date))
    groups = [
        Series(series, series_words(series), tuple(records))
        for series, records in groupby(numbered, key=lambda one: one.value.series)
    ]
    if others:
        groups.append(Series("", "Letters, statements and other texts", others))
    return tuple(groups)


def _register(groups: Sequence[Series], ways: tuple[tuple[Link, int], ...], out: Here, sending: Sending) -> Page:
    here = out.at("messages/")
    holdings = Counter(record.value.holding for record in here.archive.messages)
    html = render(
        "messages.html",
        here=here,
        groups=tuple((one.title, tuple(_row(record, here, sending) for record in one.records)) for one in groups),
        ways=ways,
        count=len(here.archive.messages),
        holdings=tuple((holding, holdings[holding]) for holding in HOLDINGS if holdings[holding]),
    )
    return _list_page(
        here.url, "Messages", html, "Telegrams, letters, statements and proclamations, held here or only cited."
    )


HOLDINGS: tuple[Holding, ...] = get_args(Holding)


def _series_url(one: Series) -> str:
    return f"messages/series/{one.id}/" if one.id else "messages/unnumbered/"


def _series_pages(one: Series, out: Here, sending: Sending) -> Iterator[Page]:
    for url, chunk, pages in _in_pages(_series_url(one), one.records, out):
        here = out.at(url)
        rows = tuple(_row(record, here, sending) for record in chunk)
        html = render("series.html", here=here, title=one.title, rows=rows, pages=pages, count=len(one.records))
        yield _list_page(url, one.title, html, f"The messages of one series: {one.title}.")


def _in_pages(base: str, many: tuple[T, ...], out: Here) -> Iterator[tuple[str, tuple[T, ...], tuple[Link, ...]]]:
    """A list in pages: the address of each, what stands on it, and the way to all, itself without an address."""
    starts = range(0, len(many), ON_ONE_PAGE)
    urls = [base if not start else f"{base}{start // ON_ONE_PAGE + 1}/" for start in starts]
    for url, start in zip(urls, starts, strict=True):
        here = out.at(url)
        pages = tuple(Link(str(number), "" if other == url else here.to(other)) for number, other in enumerate(urls, 1))
        yield url, many[start : start + ON_ONE_PAGE], pages


def _list_page(url: str, title: str, html: str, description: str) -> Page:
    return Page(url=url, title=title, html=html, section="messages", body_class="list", description=description)


def number_pages(out: Here) -> tuple[Page, ...]:
    """For each number that a message bears the page `/messages/<number>/`; of very many messages its list goes on."""
    return tuple(page for number, ids in sorted(out.links.numbers.items()) for page in _number_pages(number, ids, out))


def _number_pages(number: str, ids: tuple[str, ...], out: Here) -> Iterator[Page]:
    base = f"messages/{number}/"
    for url, chunk, pages in _in_pages(base, ids, out):
        here = out.at(url)
        found = tuple(here.link(Reference("message", one)) for one in chunk)
        html = render("number.html", here=here, number=number, found=found, count=len(ids), pages=pages)
        yield Page(
            url=url,
            title=f"Telegram {number}",
            html=html,
            section="messages",
            body_class="list",
            description=f"The messages of this archive that bear the number {number}.",
            forward=found[0].href if len(ids) == 1 else "",
        )


def series_words(series: str) -> str:
    """`state-usun` as a heading: who telegraphed to whom."""
    names = {
        "state": "Department of State",
        "usun": "Mission to the United Nations",
        "moscow": "Embassy in Moscow",
    }
    if series == "white-house-cap":
        return "White House, CAP series"
    sender, _, addressee = series.partition("-")
    if sender in names and addressee in names:
        return f"{names[sender]} to {names[addressee]}"
    return series.replace("-", " ").capitalize()


def _in_series(record: Record[Message]) -> tuple[str, int, str]:
    number = number_of(record.value)
    return (record.value.series, 10**9 if number is None else number, record.id)


def _by_date(record: Record[Message]) -> tuple[object, ...]:
    return (*read_date(record.value.sent.date, time=record.value.sent.time).sort_key(), record.id)


def _row(record: Record[Message], here: Here, sending: Sending) -> Row:
    value = record.value
    carried = here.links.commitments_carried_by(record.id)
    return Row(
        link=here.link(record.reference),
        number=value.number,
        sent=date_link(value.sent, here),
        clocks=clocks_in_words(value.sent, sending.zone),
        placed=placed_of(record, here, sending),
        sender=agents_in_words(value.sender, here),
        addressee=agents_in_words(value.addressee, here),
        holding=value.holding,
        document=here.link(Reference("document", value.document), "read it") if value.document else None,
        printed=tuple(here.cited(one) for one in value.printed),
        archival_source=value.archival_source,
        marked=", ".join(filter(None, (value.classification, value.length))),
        summary=value.summary,
        relations=relations_briefly(record, here),
        cited_by=_citing(record, here),
        carries=_shortened(list(map(here.link, carried[:LISTED])), len(carried), record, here),
    )


def _citing(record: Record[Message], here: Here) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
    """The documents that cite it, each with its passages; of many passages the first."""
    sources = {
        mention.source: None
        for mention in here.links.mentions_of(record.reference)
        if mention.source.kind == "document" and mention.role in {"", "source", "quoted"}
    }
    found: list[tuple[Link, tuple[Link, ...]]] = []
    for document, places in groupby(sorted(sources), key=lambda one: one.whole):
        ordered = sorted((one for one in places if one.fragment), key=lambda one: (len(one.fragment), one.fragment))
        passages = list(
            dict.fromkeys(here.link(one, passage_words(one.fragment).removeprefix("passage ")) for one in ordered)
        )
        found.append((here.link(document), _shortened(passages, len(passages), record, here)))
    if len(found) > LISTED:
        found[LISTED:] = [(here.link(record.reference, f"and {len(found) - LISTED} more documents"), ())]
    return tuple(found)


def _shortened(many: Sequence[Link], count: int, record: Record[Message], here: Here) -> tuple[Link, ...]:
    if count <= LISTED:
        return tuple(many)
    return (*many[:LISTED], here.link(record.reference, f"and {count - LISTED} more"))
