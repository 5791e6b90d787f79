"""Everything a template needs to point from one page to the rest of the archive: addresses, names, citations.

A page is rendered at an address (`Here.url`); all links in it are relative to that, so that the site works below any path.
What is pointed to is named by its own record, never by a second copy. Called by every page module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from build_tools.identifiers import Reference, read_reference, relative_url, url_of
from build_tools.linking import Links
from build_tools.model import AnyRecord, Archive, Source, Work
from build_tools.reading.tei import date_of
from build_tools.text import Element

FRUS_DOCUMENT = re.compile(r"d\d+")
GRADES = {
    "A": "seen in an official edition",
    "A-x": "seen in an excerpt of an official edition",
    "B": "seen in a secondary or a weaker copy",
    "C": "inference",
    "D": "not checked",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; `href` is empty where they lead nowhere."""

    words: str
    href: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as a reader sees it: words, an address in the archive or outside it, the grade and what limits it."""

    words: str
    href: str
    grade: str
    gist: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A mention in its context: the words before it, the words themselves, those after, and where they stand."""

    before: str
    words: str
    after: str
    place: Link
    certainty: str = ""
    """How sure the editors are that this is meant, where they doubt it."""


@dataclass(frozen=True, slots=True)
class Here:
    """A page's own address, and the archive it looks out on."""

    url: str
    archive: Archive
    links: Links
    records: Mapping[Reference, AnyRecord]

    def at(self, url: str) -> Here:
        """The same archive seen from another page."""
        return replace(self, url=url)

    def to(self, url: str) -> str:
        """The address of a page of the site, relative to this one."""
        return relative_url(self.url, url)

    def href(self, reference: Reference) -> str:
        """The address of a record, passage or day, relative to this page; empty if there is no such page."""
        return self.to(url_of(reference)) if reference.whole in self.links.targets else ""

    def link(self, reference: Reference, words: str = "") -> Link:
        """A link named by its target, unless other words are given."""
        target = self.links.targets.get(reference.whole)
        return Link(words or (target.name if target else reference.id), self.href(reference), reference.kind)

    def read(self, text: str) -> Link:
        """A link to what the text `kind:id` refers to; the text itself where it refers to nothing."""
        reference = read_reference(text)
        return self.link(reference) if reference else Link(text, "")

    def day(self, date: Element) -> str:
        """The address of the day that a date of a text names; empty if it names none that has a page."""
        return self.href(Reference("date", date_of(date).rstrip("?~%")))

    def cited(self, source: Source) -> Cited:
        """One source of a statement."""
        if source.document:
            reference = Reference("document", source.document, source.at)
            words = f"{self.link(reference.whole).words}, {passage_words(source.at)}" if source.at else ""
            return self._cited(words or self.link(reference).words, self.href(reference), source)
        if source.work:
            return self._cited(*self.work_cited(source.work, source.at), source)
        return self._cited("", "", source)

    def work_cited(self, work_id: str, at: str) -> tuple[str, str]:
        """How a place in a work is cited, and its address: outside if the work has one, else the work's own page."""
        work = self.work(work_id)
        reference = Reference("work", work_id)
        if work is None:
            return work_id, ""
        words = f"{work.short}, {place_words(at)}" if at else work.short
        if at and work.url_pattern and FRUS_DOCUMENT.fullmatch(at):
            return words, work.url_pattern.replace("{at}", at)
        return words, self.href(reference)

    def work(self, work_id: str) -> Work | None:
        """The record of a cited work."""
        found = self.records.get(Reference("work", work_id))
        return found if isinstance(found, Work) else None

    def _cited(self, words: str, href: str, source: Source) -> Cited:
        return Cited(words, href, source.grade, GRADES[source.grade], source.remark)


def looking_out(archive: Archive, links: Links) -> Here:
    """The archive as seen from the home page."""
    records = {record.reference: record.value for record in archive.records()}
    return Here("", archive, links, records)


def passage_words(fragment: str) -> str:
    """`passage 7`, `heading`, of the fragment of a reference to a document."""
    if not fragment:
        return ""
    number = fragment.lstrip("abcdefghijklmnopqrstuvwxyz")
    if fragment.startswith("n-"):
        return "note"
    return f"passage {number}" if fragment.startswith("p") and number else "heading" if fragment == "head" else fragment


def place_words(at: str) -> str:
    """`document 67` of `d67`, `p. 655` of `p655`; anything else as it is."""
    if FRUS_DOCUMENT.fullmatch(at):
        return f"document {at[1:]}"
    if re.fullmatch(r"p\d+(-\d+)?", at):
        return f"p. {at[1:]}"
    return at.upper() if at.startswith("cia-") else at
