"""CSL-JSON, which reference managers and citeproc engines read: a list with one item.

CSL has no place for the passage in an item; it stands in `note`, and in `custom` together with the date as EDTF. Zotero knows
no `archive_collection`, and takes the recipient of anything but a letter for an author: the place is one field, and such
recipients stand in `custom`.
"""

from __future__ import annotations

import json

from build_tools.citations.dating import in_other_words, parts_of
from build_tools.citations.item import CitableItem, Locator, Name
from build_tools.dates import HistoricalDate, Part

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def csl_json(item: CitableItem, locator: Locator | None = None) -> str:
    """The file, ending in a line feed."""
    return json.dumps([csl_item(item, locator)], ensure_ascii=False, indent=2) + "\n"


def csl_item(item: CitableItem, locator: Locator | None = None) -> dict[str, object]:
    """The item as CSL names things; what is not known is left out."""
    edition = ", ".join(filter(None, (item.archive, f"edition {item.edition}" if item.edition else "")))
    is_letter = item.kind in {"letter", "telegram"}
    custom: dict[str, object] = {
        "kind": item.kind,
        "recipients": [] if is_letter else [name.full for name in item.recipients],
        "collection": item.fonds,
        "number": item.reference_code,
        "edtf": item.date.edtf if item.date else "",
        "edition": item.edition,
        "passage": locator.words() if locator else "",
        "digest": locator.digest if locator else "",
    }
    fields: dict[str, object] = {
        "id": citation_key(item, locator),
        "type": "personal_communication" if is_letter else "manuscript",
        "title": item.title,
        "title-short": item.short_title if item.short_title != item.title else "",
        "author": [csl_name(name) for name in item.authors],
        "recipient": [csl_name(name) for name in item.recipients if is_letter],
        "issued": csl_date(item.date) if item.date else "",
        "genre": item.genre,
        "archive": item.repository,
        "archive_location": item.place,
        "source": edition,
        "URL": locator.url if locator else item.url,
        "language": item.language,
        "note": locator.described() if locator else "",
        "custom": {key: value for key, value in custom.items() if value},
    }
    return {key: value for key, value in fields.items() if value}


def csl_name(name: Name) -> dict[str, str]:
    """A name in its parts, or whole."""
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}


def csl_date(when: HistoricalDate) -> dict[str, object]:
    """The date in numbers where CSL has them for it, else in words."""
    parts = parts_of(when)
    if not parts:
        return {"literal": in_other_words(when)}
    numbers: dict[str, object] = {"date-parts": [_numbers(part) for part in parts]}
    if when.uncertain or when.approximate:
        numbers["circa"] = True
    return numbers


def citation_key(item: CitableItem, locator: Locator | None = None) -> str:
    """The id of the document, and of the passage behind a sign that no id has: no two files have the same."""
    fragment = locator.url.partition("#")[2] if locator else ""
    return f"{item.id}_{fragment}" if fragment else item.id


def _numbers(part: Part) -> list[int]:
    day = part.earliest
    return [day.year, day.month, day.day][: {"year": 1, "month": 2}.get(part.precision, 3)]
