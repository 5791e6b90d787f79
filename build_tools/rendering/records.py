"""The page of a record: what is known of it, how well, from where, and every passage that mentions it.

One page form serves people, organisations, places, weapons, terms, events and works; `commitments` and `messages` add to it
what is theirs. Comes in: a record and `Here`. Goes out: an output.Page. Templates hold the markup; here is decided what
stands on the page and in which order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from build_tools.dates import days_touched, in_words, read_date
from build_tools.identifiers import AUTHORITIES, FOLDERS, Kind, Reference, read_reference, url_of
from build_tools.linking import Mention
from build_tools.model import (
    AnyRecord,
    AuthorityId,
    DateGiven,
    Entity,
    Event,
    Organisation,
    Person,
    Record,
    Statement,
    Work,
)
from build_tools.output import Page, Section
from build_tools.rendering.addressing import Cited, Here, Link, Quotation, passage_words
from build_tools.rendering.bodies import body_html
from build_tools.rendering.comparing import compared_with, comparison_url
from build_tools.rendering.related import Listed, listed, related_pages, shown
from build_tools.rendering.templates import render

KIND_WORDS: dict[Kind, tuple[str, str]] = {
    "document": ("Document", "Documents"),
    "commitment": ("Commitment", "Commitments"),
    "message": ("Message", "Messages"),
    "person": ("Person", "People"),
    "organisation": ("Organisation", "Organisations"),
    "place": ("Place", "Places"),
    "weapon": ("Weapon or facility", "Weapons and facilities"),
    "term": ("Term", "Terms"),
    "event": ("Event", "Events"),
    "work": ("Source", "Sources cited"),
    "date": ("Day", "Days"),
}
"""Kind -> what one and what many are called."""

SECTIONS: dict[Kind, Section] = {
    "document": "documents",
    "commitment": "commitments",
    "message": "messages",
    "event": "chronology",
    "date": "chronology",
}

FORMS = 60
"""Ways in which documents write a name, the most frequent."""
MENTIONING = 80
"""Documents and records whose mentions stand on one page."""


@dataclass(frozen=True, slots=True)
class Known:
    """A statement with its sources, as the page shows it."""

    text: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the list of facts: a term and one or more values."""

    term: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """The places of one document or record that mention something."""

    source: Link
    quotations: tuple[Quotation, ...]


def record_pages(record: Record[AnyRecord], out: Here) -> tuple[Page, ...]:
    """The page of a record that is neither a commitment nor a message, and those of its further mentions."""
    here = out.at(url_of(record.reference))
    value = record.value
    days = day_links(ends_of((value.when.date,)), here) if isinstance(value, Event) else ()
    return entity_pages(record, here, "record.html", facts=facts_of(value, here), days=days)


def entity_pages(
    record: Record[AnyRecord], here: Here, template: str, *, lists: tuple[Listed, ...] = (), **more: object
) -> tuple[Page, ...]:
    """A page with what every record has, and what its kind adds under names of its template and as lists in the margin.

    Mentions beyond MENTIONING documents and records stand on pages of their own, and so do long lists, so that no page
    grows with the archive.
    """
    lists = (*roles_of(record.reference, here), *lists)
    pointing = pointing_to(record.reference, record.value.see_also, here)
    margin = dict(shown((*lists, pointing), here))
    groups = mentioning(record.reference, here)
    chunks = [groups[at : at + MENTIONING] for at in range(0, len(groups), MENTIONING)] or [[]]
    further = tuple(
        Link(
            f"{number * MENTIONING + 1}–{number * MENTIONING + len(chunk)}",
            here.to(f"{here.url}mentions/{number + 1}/"),
        )
        for number, chunk in enumerate(chunks)
        if number
    )
    first = _first_page(
        record,
        here,
        template,
        mentions=_shown(chunks[0], here),
        further=further,
        pointing=margin.pop(pointing.title, ()),
        lists=tuple(margin.items()),
        **more,
    )
    section = SECTIONS.get(record.reference.kind, "registers")
    return (
        first,
        *(_further_page(record, chunk, number, here) for number, chunk in enumerate(chunks, start=1) if number > 1),
        *related_pages((*lists, pointing), record.value.name, section, here),
    )


def _further_page(record: Record[AnyRecord], groups: list[list[Mention]], number: int, here: Here) -> Page:
    there = here.at(f"{here.url}mentions/{number}/")
    html = render(
        "mentions.html", here=there, number=number, back=there.link(record.reference), mentions=_shown(groups, there)
    )
    return Page(
        url=there.url,
        title=f"{record.value.name}: mentions, page {number}",
        html=html,
        section=SECTIONS.get(record.reference.kind, "registers"),
        body_class="list",
        description=f"Where {record.value.name} is mentioned.",
    )


def _first_page(record: Record[AnyRecord], here: Here, template: str, **more: object) -> Page:
    value = record.value
    kind = record.reference.kind
    checked, unchecked = _by_check(known(value.statements, here))
    html = render(
        template,
        here=here,
        record=record,
        value=value,
        kind=KIND_WORDS[kind][0],
        crumb=Link(KIND_WORDS[kind][1], here.to(f"{FOLDERS[kind]}/")),
        known=checked,
        unchecked=unchecked,
        body=body_html(record.body, here),
        see_also=tuple(here.read(text) for text in value.see_also),
        works=works_of(record.reference, here),
        identifiers=tuple(authority(one) for one in value.identifiers),
        written=written_forms(record.reference, here),
        comparison=_comparison(record.reference, here),
        **more,
    )
    return Page(
        url=here.url,
        title=value.name,
        html=html,
        section=SECTIONS.get(kind, "registers"),
        body_class="record",
        description=value.summary,
        anchors=(),
    )


def written_forms(reference: Reference, here: Here) -> tuple[tuple[str, int], ...]:
    """The words by which the documents name it, as they write them, with how often; the most frequent first."""
    forms = Counter(
        " ".join(mention.words.split())
        for mention in here.links.mentions_of(reference)
        if mention.source.kind == "document" and not mention.role and "n-" not in mention.source.fragment
    )
    return tuple(sorted(forms.items(), key=lambda one: (-one[1], one[0])))[:FORMS]


def _comparison(reference: Reference, here: Here) -> Link | None:
    """The entry that compares a word with those it is easily taken for."""
    group = compared_with(reference, here.records)
    if not group:
        return None
    names = ", ".join(here.link(one).words for one in group)
    return Link(f"Compared: {names}", here.to(comparison_url(group, here.records)))


def facts_of(value: Entity, here: Here) -> tuple[Fact, ...]:
    """What the front matter says in fields rather than sentences."""
    facts: list[Fact] = []
    if value.variants:
        facts.append(Fact("Also written", tuple(Link(form, "") for form in value.variants)))
    if isinstance(value, Person):
        facts.append(Fact("November 1962", (Link(value.office, ""),)))
        if value.affiliation:
            facts.append(Fact("Belongs to", (here.link(Reference("organisation", value.affiliation)),)))
    if isinstance(value, Organisation) and value.abbreviation:
        facts.append(Fact("Abbreviation", (Link(value.abbreviation, ""),)))
    if isinstance(value, Event):
        facts.append(Fact("When", (date_link(value.when, here),)))
        facts.append(Fact("Who", tuple(here.read(text) for text in value.participants)))
        facts.append(Fact("Where", tuple(here.link(Reference("place", place)) for place in value.places)))
    if isinstance(value, Work) and value.url:
        facts.append(Fact("Address", (Link(value.url, value.url),)))
    return tuple(fact for fact in facts if any(link.words for link in fact.values))


def known(statements: tuple[Statement, ...], here: Here) -> tuple[Known, ...]:
    """Statements with their sources as they are shown."""
    return tuple(Known(one.text, tuple(here.cited(source) for source in one.sources)) for one in statements)


def _by_check(statements: tuple[Known, ...]) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """What was checked, and what was not (grade D alone): the second is never shown among facts."""
    checked = tuple(one for one in statements if any(source.grade != "D" for source in one.sources))
    return checked, tuple(one for one in statements if one not in checked)


def mentioning(reference: Reference, here: Here) -> list[list[Mention]]:
    """Every place in a text that mentions it, those of one document or record together: documents first, each in order.

    Of a work, and of the term that explains the grades, it is also what cites it, in fields too. What fields say of other
    things stands among its roles.
    """
    wanted = ("", "source") if reference.kind in {"work", "term"} else ("",)
    found = [one for one in here.links.mentions_of(reference) if one.role in wanted and one.source.whole != reference]
    ordered = sorted(found, key=lambda one: (one.source.kind != "document", one.source.kind, one.source.id))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one.source.whole)]


def _shown(groups: list[list[Mention]], here: Here) -> tuple[Mentions, ...]:
    return tuple(
        Mentions(here.link(group[0].source.whole), tuple(dict.fromkeys(_quotation(mention, here) for mention in group)))
        for group in groups
    )


def _quotation(mention: Mention, here: Here) -> Quotation:
    words = passage_words(mention.source.fragment) or here.link(mention.source).words
    place = here.link(mention.source, words)
    return Quotation(mention.before, mention.words, mention.after, place, mention.certainty)


ROLES = (
    ("by", "Undertook, demanded or reserved"),
    ("toward", "Was promised, asked or told"),
    ("sender", "Sent"),
    ("addressee", "Received"),
    ("participant", "Took part in"),
    ("participants", "Took part in"),
    ("place", "Happened here"),
    ("places", "Happened here"),
    ("affiliation", "Belonged to it"),
)
"""Role that a field gives to its target -> the heading under which the target's page lists it."""


def roles_of(reference: Reference, here: Here) -> tuple[Listed, ...]:
    """What an agent promised, what was promised to it, which messages it sent or received, where it took part."""
    found: dict[str, dict[Reference, None]] = {}
    for mention in here.links.mentions_of(reference):
        found.setdefault(mention.role, {})[mention.source.whole] = None
    headings = dict.fromkeys(title for _, title in ROLES)
    under = {
        title: [one for role, other in ROLES if other == title for one in found.get(role, ())] for title in headings
    }
    return tuple(listed(title, tuple(dict.fromkeys(many))) for title, many in under.items() if many)


def pointing_to(reference: Reference, see_also: tuple[str, ...], here: Here) -> Listed:
    """Records and notes that say "see also" of it, without those of which it says so itself."""
    sources: dict[Reference, str] = {}
    for mention in here.links.mentions_of(reference):
        if mention.role == "see also" and mention.source.whole != reference and str(mention.source) not in see_also:
            # a note has no name of its own among the targets: its title stands in for it
            words = f"{mention.words} (note)" if mention.source.fragment else ""
            sources.setdefault(mention.source, words)
    return Listed("Referred to by", tuple((source, sources[source]) for source in sorted(sources)))


def works_of(reference: Reference, here: Here) -> tuple[Link, ...]:
    """The pages of the works that the record cites; its citations themselves lead to the cited place, outside."""
    return tuple(here.link(one) for one in here.links.outgoing.get(reference, ()) if one.kind == "work")


def date_link(given: DateGiven, here: Here) -> Link:
    """A date in words with its hour, leading to its day where that has a page."""
    words = date_words(given.date)
    if given.time:
        words += f", {given.time}" + (f" ({given.zone} time)" if given.zone else "")
    return Link(words, _day_href(given.date, here), "date")


def _day_href(edtf: str, here: Here) -> str:
    """The page of the one day that a date touches, also where the day is doubtful; empty if it touches none or two."""
    days = days_touched(read_date(edtf))
    return here.href(Reference("date", days[0].day)) if len(days) == 1 else ""


def ends_of(dates: tuple[str, ...]) -> tuple[str, ...]:
    """The days on whose pages the spans among these dates stand: no words of a span can lead to both its ends."""
    touched = (days_touched(read_date(text)) for text in dates)
    return tuple(dict.fromkeys(one.day for days in touched if len(days) > 1 for one in days))


def date_words(edtf: str) -> str:
    """A date in words."""
    return in_words(read_date(edtf))


def day_links(dates: tuple[str, ...], here: Here) -> tuple[Link, ...]:
    """Each date once, in order, with its day's page."""
    ordered = sorted(set(dates), key=lambda text: read_date(text).sort_key())
    return tuple(Link(date_words(text), _day_href(text, here), "date") for text in ordered)


def authority(identifier: AuthorityId) -> Link:
    """An identifier of an outside authority."""
    name, pattern = AUTHORITIES[identifier.authority]
    return Link(f"{name} {identifier.value}", pattern.format(identifier.value))


def agents_in_words(texts: tuple[str, ...], here: Here) -> tuple[Link, ...]:
    """Agents by the shortest name their record has."""
    found: list[Link] = []
    for text in texts:
        reference = read_reference(text)
        if reference:
            found.append(here.link(reference, short_name(reference, here)))
    return tuple(found)


def short_name(reference: Reference, here: Here) -> str:
    """`Kennedy` of a person filed as `Kennedy, John F.`, `US` of an organisation with an abbreviation, else the name."""
    value = here.records.get(reference)
    if isinstance(value, Person) and "," in value.sort:
        return value.sort.partition(",")[0]
    if isinstance(value, Organisation) and value.abbreviation:
        return value.abbreviation
    return value.name if value else reference.id
