"""RIS, which EndNote, Zotero and library catalogues read: one record, a tag and a value a line.

Values are on one line each, so that no text can begin a tag of its own. Lines end with carriage return and line feed, as
the format asks for.

What Zotero would misread is left out: a publisher becomes the institution that issued the paper, a passage in `SP` the
number of its pages. Archive and edition stand in `DP` and `N1`, the passage in `N1`.
"""

from __future__ import annotations

from build_tools.citations.csl_json import citation_key
from build_tools.citations.dating import in_other_words, parts_of
from build_tools.citations.item import CitableItem, Locator, on_one_line
from build_tools.dates import HistoricalDate


def ris(item: CitableItem, locator: Locator | None = None) -> str:
    """The file, ending with the end of the record."""
    edition = ", ".join(filter(None, (item.archive, f"edition {item.edition}" if item.edition else "")))
    year, day, words = _date(item.date) if item.date else ("", "", "")
    rows = [
        ("TY", "PCOMM" if item.kind in {"letter", "telegram"} else "MANSCPT"),
        ("ID", citation_key(item, locator)),
        *(("AU", name.inverted) for name in item.authors),
        *(("A2", name.inverted) for name in item.recipients),
        ("TI", item.title),
        ("ST", item.short_title if item.short_title != item.title else ""),
        ("PY", year),
        ("DA", day),
        ("M3", item.genre.capitalize()),
        ("DB", item.repository),
        ("AV", item.place),
        ("CN", item.reference_code),
        ("DP", item.archive),
        ("N1", locator.described() if locator else ""),
        ("N1", f"Date: {words}" if words else ""),
        ("N1", edition),
        ("UR", locator.url if locator else item.url),
        ("LA", item.language),
    ]
    lines = [f"{tag}  - {on_one_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _date(when: HistoricalDate) -> tuple[str, str, str]:
    """The year, `yyyy/mm/dd` with what is known of it, and in words what the two cannot say."""
    parts = parts_of(when)
    words = in_other_words(when)
    if not parts:
        return "", "", words
    day = parts[0].earliest
    numbers = [f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"][
        : {"year": 1, "month": 2}.get(parts[0].precision, 3)
    ]
    plain = len(parts) == 1 and not (when.uncertain or when.approximate)
    return numbers[0], "/".join([*numbers, "", ""][:3]) + "/", "" if plain else words
