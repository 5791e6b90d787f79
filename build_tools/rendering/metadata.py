"""What reference managers read in the head of a page about a document: Highwire's names, Dublin Core and Zotero's own.

Comes in: the document and the item that citations are made of. Goes out: pairs of name and content, in order, for the
annotated page, the views beside it and the sheet of citations, which all stand for the document. Each rule here answers to
something that Zotero was seen to do (docs/decisions/0013).
"""

from __future__ import annotations

import re

from build_tools.citations.dating import in_other_words
from build_tools.citations.item import CitableItem, Name
from build_tools.model import Document

PLAIN_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def metadata_of(document: Document, item: CitableItem) -> tuple[tuple[str, str], ...]:
    """The document as a letter or manuscript with people, date, place in the archive, rights, edition and permalink.

    A date that is not of one year, month or day only Dublin Core gets, and one that is doubtful is told in words, for managers
    know no doubt; where there is none Zotero is told so, or it would take the first date that the text mentions. A letter has
    no `citation_author`: beside it Zotero drops all other people, and with them the recipient. `DC.type` is what styles print
    of the kind, not the kind itself.
    """
    date, when = document.header.date, item.date
    doubtful = when is not None and (when.uncertain or when.approximate)
    is_letter = item.kind in {"letter", "telegram"}
    pairs = [
        ("citation_title", item.title),
        *(("citation_author", _filed(name)) for name in item.authors if not is_letter),
        ("citation_publication_date", date if PLAIN_DATE.fullmatch(date) else ""),
        ("citation_language", item.language),
        ("citation_public_url", item.url),
        ("DC.title", item.title),
        *(("DC.creator", _filed(name)) for name in item.authors),
        ("DC.date", date),
        ("DC.type", item.genre.capitalize()),
        ("DC.language", item.language),
        ("DC.rights", item.rights),
        ("DC.identifier", item.reference_code),
        ("z.itemType", "letter" if is_letter else "manuscript"),
        ("z.date", in_other_words(when) if when and doubtful else "" if date else "n.d."),
        *(("z.recipients", _filed(name)) for name in item.recipients if is_letter),
        ("z.shortTitle", item.short_title if item.short_title != item.title else ""),
        ("z.archive", item.repository),
        ("z.archiveLocation", item.place),
        ("z.extra", f"{item.archive}, edition {item.edition}" if item.edition else item.archive),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _filed(name: Name) -> str:
    """Family name first; a comma ends what has none, or Zotero would take its last word for a family name."""
    return name.inverted if "," in name.inverted else f"{name.inverted},"
