"""MLA Handbook, 9th edition: the parenthesis in the text, and the entry in the list of works cited.

The repository is the first container, the archive that publishes the edition the second.
"""

from __future__ import annotations

from build_tools.citations.dating import parts_of, written
from build_tools.citations.item import CitableItem, Locator
from build_tools.citations.names import listed, shortened
from build_tools.citations.runs import Runs, commas, ended, isolated, italic, merged, sentences, upright
from build_tools.citations.titles import headline, quoted


def note(item: CitableItem, locator: Locator | None = None) -> Runs:
    """The citation in parentheses, `(Kennedy, par. 7)`."""
    where = upright(locator.words("par.", "pars.") if locator else "")
    author = upright(isolated(shortened([name.short for name in item.authors])))
    parts = commas([author or _title(item.short_title, item), where])
    return merged((*upright("("), *parts, *upright(")")))


def entry(item: CitableItem) -> Runs:
    """The entry in the list of works cited."""
    first, *others = item.authors or (None,)
    if first and len(others) > 1:
        author = f"{first.inverted}, et al."
    elif first:
        author = listed([first.inverted, *(name.full for name in others if name)], comma_before_two=True)
    else:
        author = ""
    archival = (item.repository, item.fonds, item.reference_code)
    place = commas([upright(date(item)), *(upright(isolated(one)) for one in archival)])
    edition = upright(f"edition {item.edition}" if item.edition else "")
    container = commas([italic(item.archive), edition, upright(item.url)])
    genre = upright(item.genre.capitalize())
    return merged(sentences([upright(isolated(author)), _title(item.title, item), genre, place, ended(container, ".")]))


def date(item: CitableItem) -> str:
    """`3 Nov. 1962`, `3 Nov. 1962?`, `Circa Nov. 1962`; empty if there is none."""
    when = item.date
    if when is None:
        return ""
    words = written(when, "day first")
    if not parts_of(when):
        return words
    return ("Circa " if when.approximate else "") + words + ("?" if when.uncertain else "")


def _title(title: str, item: CitableItem) -> Runs:
    return upright(quoted(isolated(headline(title, item.language))))
