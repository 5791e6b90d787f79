"""Chicago, 18th edition, notes and bibliography: the form for papers in archives.

A letter or telegram is named by its sender and recipient in place of a title, as Chicago has it; anything else by author
and title. Then come the date, the passage, and the place in the archive from the item up to the repository.
"""

from __future__ import annotations

from build_tools.citations.dating import parts_of, written
from build_tools.citations.item import CitableItem, Locator
from build_tools.citations.names import listed, shortened
from build_tools.citations.runs import Runs, commas, isolated, italic, merged, sentences, upright
from build_tools.citations.titles import headline, quoted

MOST_LISTED = 6
"""Authors in an entry; of more, the first three are named."""


def note(item: CitableItem, locator: Locator | None = None) -> Runs:
    """The full note."""
    sender = shortened([name.full for name in item.authors])
    recipient = shortened([name.full for name in item.recipients])
    if item.is_correspondence:
        form = ", telegram to " if item.kind == "telegram" else " to "
        opening = [upright(isolated(f"{sender}{form}{recipient}")), upright(date(item))]
    else:
        opening = _dated(
            commas([upright(isolated(sender)), _title(item.title, item), upright(_genre(item, recipient))]), item
        )
    parts = [
        *opening,
        upright(locator.words() if locator else ""),
        *_place(item),
        _edition(item),
        upright(locator.url if locator else item.url),
    ]
    return merged(sentences([commas(parts)]))


def short_note(item: CitableItem, locator: Locator | None = None) -> Runs:
    """The note once the work has been cited in full."""
    author = shortened([name.short for name in item.authors])
    if item.is_correspondence:
        form = ", telegram to " if item.kind == "telegram" else " to "
        letter = f"{author}{form}{shortened([name.short for name in item.recipients])}"
        parts = [upright(isolated(letter)), upright(date(item) if item.date else "")]
    else:
        parts = [upright(isolated(author)), _title(item.short_title, item)]
    return merged(sentences([commas([*parts, upright(locator.words() if locator else "")])]))


def entry(item: CitableItem) -> Runs:
    """The entry of the bibliography, for the whole document."""
    first, *others = item.authors or (None,)
    names = [first.inverted, *(name.full for name in others if name)] if first else []
    several = f"{', '.join(names[:3])}, et al."
    author = several if len(names) > MOST_LISTED else listed(names, comma_before_two=True)
    recipient = listed([name.full for name in item.recipients])
    if item.is_correspondence:
        named = [upright("Telegram to " + recipient if item.kind == "telegram" else "To " + recipient)]
    else:
        genre = _genre(item, recipient)
        named = [_title(item.title, item), upright(genre[:1].upper() + genre[1:])]
    places = _place(item)
    return merged(
        sentences([upright(isolated(author)), *named, upright(date(item)), *places, _edition(item), upright(item.url)])
    )


def date(item: CitableItem) -> str:
    """`November 3, 1962`, `[November 3, 1962?]`, `[ca. November 1962]`, `n.d.`."""
    when = item.date
    if when is None:
        return "n.d."
    words = written(when, "month first")
    if not parts_of(when) or not (when.uncertain or when.approximate):
        return words
    return f"[{'ca. ' if when.approximate else ''}{words}{'?' if when.uncertain else ''}]"


def _dated(named: Runs, item: CitableItem) -> list[Runs]:
    """What was named, and its date; a bracket follows without a comma."""
    words = date(item)
    return [(*named, *upright(f" {words}"))] if words.startswith("[") else [named, upright(words)]


def _title(title: str, item: CitableItem) -> Runs:
    return upright(quoted(isolated(headline(title, item.language))))


def _genre(item: CitableItem, recipient: str) -> str:
    if item.kind in {"letter", "telegram"} and recipient:
        return f"{item.genre} to {recipient}".strip()
    return item.genre


def _place(item: CitableItem) -> list[Runs]:
    return [upright(isolated(part)) for part in (item.reference_code, item.fonds, item.repository)]


def _edition(item: CitableItem) -> Runs:
    return (*italic(item.archive), *upright(f", edition {item.edition}" if item.edition else ""))
