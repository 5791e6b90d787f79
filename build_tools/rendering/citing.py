"""The sheet of citations of a document: it as a whole, and each of its passages, in every style, without any script.

Comes in: a Document, what is `Known` of the records, and `Here`. Goes out: `/documents/<id>/cite/`, on which each passage
has its own id as its anchor, with its exact words, its permalink, its notes and its files. Called by `pages`.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.citations import apa, chicago, frus, mla
from build_tools.citations.item import CitableItem, Known, Locator, citable_item, locator
from build_tools.citations.runs import Runs
from build_tools.identifiers import url_of
from build_tools.ledger import passage_pasts
from build_tools.model import Document, Passage
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.metadata import metadata_of
from build_tools.rendering.provisos import Proviso, Terms, provisos_of
from build_tools.rendering.templates import render

STYLES = ("Chicago", "State Department", "MLA", "APA")
"""In the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Form:
    """A citation in one style: the style, which of its forms, and the runs."""

    style: str
    what: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as the sheet shows it."""

    anchor: str
    place: Link
    words: str
    permalink: str
    forms: tuple[Form, ...]
    digest: str
    """Of its words in this edition, as the ledger has it."""
    promises: tuple[tuple[Link, tuple[Terms, ...]], ...]
    """What is promised here on terms that stand elsewhere, with these."""
    quoted: tuple[Link, ...]
    """Whose words are quoted here."""
    put_in: tuple[tuple[str, Link], ...]
    """Words that stand in a quotation and are not its source's."""


def citing_page(document: Document, known: Known, out: Here) -> Page:
    """`/documents/<id>/cite/`."""
    here = out.at(f"{url_of(document.reference)}cite/")
    edition = here.archive.edition
    item = citable_item(document, known, edition)
    provisos = provisos_of(document, here)
    base = url_of(document.reference)
    passages = tuple(
        _passage(one, item, locator(document, (one,), edition), here.to(f"{base}#{one.id}"), provisos.get(one.id, ()))
        for one in document.passages
    )
    html = render(
        "citing.html",
        here=here,
        document=document,
        back=here.link(document.reference),
        permalink=item.url,
        forms=sorted((*notes_of(item), *entries_of(item)), key=lambda form: STYLES.index(form.style)),
        passages=passages,
        revised=frozenset(passage_pasts(document, here.archive)),
        language=item.language,
        edition=edition,
    )
    return Page(
        url=here.url,
        title=f"How to cite: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"Notes, bibliography entries and files for reference managers: {document.header.title}.",
        anchors=("the-document", *(one.anchor for one in passages)),
        meta=metadata_of(document, item),
    )


def notes_of(item: CitableItem, where: Locator | None = None) -> tuple[Form, ...]:
    """What stands in a note or in the running text, for the document or for a passage."""
    return (
        Form("Chicago", "note", chicago.note(item, where)),
        Form("Chicago", "short note", chicago.short_note(item, where)),
        Form("State Department", "note", frus.note(item, where)),
        Form("MLA", "in the text", mla.note(item, where)),
        Form("APA", "in the text", apa.note(item, where)),
    )


def entries_of(item: CitableItem) -> tuple[Form, ...]:
    """What stands in a list of works, always for the whole document."""
    return (
        Form("Chicago", "bibliography", chicago.entry(item)),
        Form("State Department", "list of sources", frus.entry(item)),
        Form("MLA", "works cited", mla.entry(item)),
        Form("APA", "references", apa.entry(item)),
    )


def _passage(
    passage: Passage, item: CitableItem, where: Locator, href: str, provisos: tuple[Proviso, ...]
) -> CitedPassage:
    name = f"Passage {passage.label}" if passage.label[:1].isdigit() else passage.label.capitalize()
    promises = {
        one.subject: one.elsewhere(passage.id) for one in provisos if one.kind == "terms" and one.elsewhere(passage.id)
    }
    return CitedPassage(
        passage.id,
        Link(name, href),
        passage.text,
        where.url,
        notes_of(item, where),
        where.digest,
        tuple(promises.items()),
        tuple(dict.fromkeys(one.subject for one in provisos if one.kind == "quoted")),
        tuple(dict.fromkeys((one.words, one.subject) for one in provisos if one.kind == "put in")),
    )
