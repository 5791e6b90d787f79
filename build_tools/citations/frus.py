"""The form of the State Department's series *Foreign Relations of the United States*, as its notes cite unprinted papers.

A paper is named as the heading of a document there would name it, with a capital `From` and `To` between sender and
recipient; the repository, the collection and the number follow in parentheses, from the repository down, as in the
source notes of the series. No published CSL style has this form: the tests compare it with expected texts.
"""

from __future__ import annotations

from build_tools.citations.chicago import date
from build_tools.citations.item import CitableItem, Locator, Name
from build_tools.citations.names import listed
from build_tools.citations.runs import Runs, commas, isolated, italic, merged, sentences, upright
from build_tools.citations.titles import curled


def note(item: CitableItem, locator: Locator | None = None) -> Runs:
    """The note: the paper, its date, the passage; its source in parentheses; the edition and the permalink."""
    where = upright(locator.words() if locator else "")
    return merged(sentences([commas([*_named(item), where]), _source(item), *_edition(item, locator)]))


def entry(item: CitableItem) -> Runs:
    """The line of a list of sources: the repository first, as the series lists what it used."""
    archival = ", ".join(filter(None, (item.repository, item.fonds, item.reference_code)))
    return merged(sentences([upright(isolated(archival)), commas(_named(item)), *_edition(item, None)]))


def _named(item: CitableItem) -> list[Runs]:
    when = upright(date(item) if item.date else "undated")
    senders = listed([_with_article(name) for name in item.authors])
    if item.is_correspondence:
        recipients = listed([_with_article(name) for name in item.recipients])
        return [upright(isolated(f"{item.kind.capitalize()} From {senders} to {recipients}")), when]
    return [upright(isolated(curled(item.title))), upright(isolated(f"by {senders}") if senders else ""), when]


def _with_article(name: Name) -> str:
    return f"the {name.full}" if name.is_body and not name.full.casefold().startswith("the ") else name.full


def _source(item: CitableItem) -> Runs:
    archival = ", ".join(filter(None, (item.repository, item.fonds, item.reference_code)))
    words = item.classification
    marked = words.title() if words.isupper() else words
    return upright(f"({'. '.join(filter(None, (isolated(archival), marked)))})" if archival or marked else "")


def _edition(item: CitableItem, locator: Locator | None) -> list[Runs]:
    edition = upright(f"edition {item.edition}" if item.edition else "")
    return [commas([italic(item.archive), edition, upright(locator.url if locator else item.url)])]
