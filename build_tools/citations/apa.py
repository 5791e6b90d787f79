"""APA, 7th edition: the parenthesis in the text, and the entry in the reference list, in the form for archival documents."""

from __future__ import annotations

from build_tools.citations.dating import months_and_days, parts_of, years
from build_tools.citations.item import CitableItem, Locator, Name
from build_tools.citations.names import initials, listed, shortened
from build_tools.citations.runs import Runs, commas, ended, isolated, italic, merged, sentences, upright
from build_tools.citations.titles import curled, headline

MOST_LISTED = 20
"""Authors in an entry; of more, the first nineteen and the last are named."""


def note(item: CitableItem, locator: Locator | None = None) -> Runs:
    """The citation in parentheses, `(Kennedy, 1962, para. 7)`."""
    author = upright(isolated(shortened([name.short for name in item.authors], "&")))
    title = italic(isolated(curled(headline(item.short_title, item.language))))
    parts = commas([author or title, upright(_year(item)), upright(locator.words() if locator else "")])
    return merged((*upright("("), *parts, *upright(")")))


def entry(item: CitableItem) -> Runs:
    """The entry in the list of references."""
    names = [_filed(name) for name in item.authors]
    if len(names) > MOST_LISTED:
        author = f"{', '.join(names[: MOST_LISTED - 1])}, . . . {names[-1]}"
    else:
        author = listed(names, "&", comma_before_two=True)
    days = months_and_days(item.date) if item.date else ""
    when = upright(f"({_year(item)}{', ' + days if days else ''})")
    title = italic(isolated(curled(item.title)))
    form = upright(_form(item))
    if author:
        opening = [ended(upright(isolated(author)), "."), when, (*title, *upright(" " if form else ""), *form)]
    else:
        opening = [title, when, form]
    edition = upright(", ".join(filter(None, (item.archive, f"edition {item.edition}" if item.edition else ""))))
    whole = sentences([*opening, _place(item), edition])
    return merged((*whole, *upright(f" {item.url}" if item.url else "")))


def _year(item: CitableItem) -> str:
    if item.date is None:
        return "n.d."
    qualified = parts_of(item.date) and (item.date.uncertain or item.date.approximate)
    return ("ca. " if qualified else "") + years(item.date)


def _filed(name: Name) -> str:
    return name.literal or ", ".join(filter(None, (name.family, initials(name.given))))


def _form(item: CitableItem) -> str:
    if item.kind in {"letter", "telegram"}:
        recipients = listed([name.full for name in item.recipients], "&")
        return f"[{item.kind.capitalize()}{' to ' if recipients else ''}{isolated(recipients)}]"
    return f"[{item.genre.capitalize()}]" if item.genre else ""


def _place(item: CitableItem) -> Runs:
    """Collection, number and repository: `DCI Record Files (CIA-RDP80…), Central Intelligence Agency`."""
    code = f"({isolated(item.reference_code)})" if item.reference_code else ""
    fonds, repository = isolated(item.fonds), isolated(item.repository)
    if fonds:
        return commas([upright(" ".join(filter(None, (fonds, code)))), upright(repository)])
    return upright(" ".join(filter(None, (repository, code))))
