"""Each kind of document in each style, compared with what pandoc's citeproc makes of the same item.

Where we mean to differ the table DEVIATIONS says in what and why: it changes what pandoc is given, or what pandoc gives.
Everything else is equal to the sign, italics included.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from build_tools.citations import apa, chicago, mla
from build_tools.citations.csl_json import csl_item
from build_tools.citations.dating import in_other_words, parts_of
from build_tools.citations.item import CitableItem, Locator
from build_tools.citations.runs import Run, Runs, merged
from tests.citations.items import ITEMS, LOCATORS
from tests.groups import pandoc

pytestmark = pytest.mark.group("citations")

FOLDER = Path(__file__).parent
STYLES: dict[str, ModuleType] = {
    "chicago-notes-bibliography": chicago,
    "modern-language-association": mla,
    "apa": apa,
}
CASES = [
    (name, where) for name in ITEMS for where in LOCATORS if where == "passage" or name.endswith(", as it should be")
]
"""Every item with a passage, and each kind with every sort of locator, and with none."""
Csl = dict[str, object]


def as_given(csl: Csl, _: CitableItem) -> Csl:
    return csl


def as_made(text: str, _: CitableItem, __: str) -> str:
    return text


@dataclass(frozen=True)
class Deviation:
    """In what we differ from pandoc, and why: what it is given instead, or how its text becomes ours."""

    style: str
    what: str
    why: str
    given: Callable[[Csl, CitableItem], Csl] = as_given
    made: Callable[[str, CitableItem, str], str] = as_made
    """Text, item, and which form it is: first, second, entry."""


def untitled(csl: Csl, item: CitableItem) -> Csl:
    if not item.is_correspondence:
        return csl
    bare = {key: value for key, value in csl.items() if key not in {"title", "title-short", "genre"}}
    return {**bare, "genre": "telegram"} if item.kind == "telegram" else bare


def chicago_edition(text: str, item: CitableItem, _: str) -> str:
    edition = f"<i>{item.archive}</i>, edition {item.edition}"
    return text.replace(f", {item.url}", f", {edition}, {item.url}").replace(
        f". {item.url}", f". {edition}. {item.url}"
    )


def is_qualified(item: CitableItem) -> bool:
    return item.date is not None and bool(parts_of(item.date)) and (item.date.approximate or item.date.uncertain)


def chicago_qualified(text: str, item: CitableItem, _: str) -> str:
    if not is_qualified(item) or item.date is None or not item.date.approximate:
        return text
    return text.replace("[", "[ca. ").replace("?]", "?]" if item.date.uncertain else "]")


def mla_qualified(text: str, item: CitableItem, _: str) -> str:
    if not is_qualified(item) or item.date is None or not item.date.uncertain:
        return text
    year = str(item.date.earliest.year)
    return text.replace("Circa ", "Circa " if item.date.approximate else "").replace(f" {year}", f" {year}?", 1)


def mla_edition(text: str, item: CitableItem, _: str) -> str:
    return text.replace(f", edition {item.edition}</i>", f"</i>, edition {item.edition}")


def abbreviation(text: str, item: CitableItem, form: str) -> str:
    title = item.short_title if form == "second" else item.title
    return text if form == "entry" or not title.endswith(".") else text.replace(f"{title}” ", f"{title},” ")


def with_days(csl: Csl, _: CitableItem) -> Csl:
    return {**csl, "type": "document"} if csl["type"] == "manuscript" else csl


def in_two(csl: Csl, item: CitableItem) -> Csl:
    rest = {key: value for key, value in csl.items() if key != "archive_location"}
    parts = {"archive_collection": item.fonds, "archive_location": item.reference_code}
    return rest | {key: value for key, value in parts.items() if value}


def apa_edition(text: str, item: CitableItem, _: str) -> str:
    return text.replace(item.url, f"{item.archive}, edition {item.edition}. {item.url}")


def said_once(text: str, item: CitableItem, _: str) -> str:
    words = in_other_words(item.date) if item.date and not parts_of(item.date) else ""
    return text.replace(f"{words}, {words}", words) if words else text


def own_marks(text: str, _: CitableItem, form: str) -> str:
    return text.replace("“hail”", "‘hail’") if form == "entry" else text


def not_retrieved(text: str, item: CitableItem, _: str) -> str:
    return text.replace(f"Retrieved {item.archive}", item.archive)


DEVIATIONS = (
    *(
        Deviation(
            style,
            "number and collection are two fields",
            "an entry has a full stop between them; Zotero reads no `archive_collection`, so that our file has both in one",
            given=in_two,
        )
        for style in STYLES
    ),
    Deviation(
        "chicago-notes-bibliography",
        "a letter or telegram of known sender and recipient has no title",
        "Chicago names it by both, and titles of such papers are mostly an editor's; pandoc gives the title and both",
        given=untitled,
    ),
    Deviation(
        "chicago-notes-bibliography",
        "the archive that publishes the edition, and the number of that edition, stand before the address",
        "a text that may be revised is cited with its edition; the CSL style prints no `source`",
        made=chicago_edition,
    ),
    Deviation(
        "chicago-notes-bibliography",
        "[ca. April 1931] is told from [April 2, 1931?]",
        "Chicago knows both; CSL has one mark for either",
        made=chicago_qualified,
    ),
    Deviation(
        "chicago-notes-bibliography",
        "a comma follows an abbreviation that ends a title",
        "so Chicago has it; pandoc drops it behind any full stop",
        made=abbreviation,
    ),
    Deviation(
        "modern-language-association",
        "the edition's number is upright",
        "it is no part of the container's title; CSL has one field for both",
        made=mla_edition,
    ),
    Deviation(
        "modern-language-association",
        "Circa Apr. 1931 is told from 2 Apr. 1931?",
        "as with Chicago",
        made=mla_qualified,
    ),
    Deviation(
        "apa",
        "month and day stand behind the year",
        "APA's form for archival papers has them; the CSL style leaves them out for the type manuscript, which reference "
        "managers need for the fields of an archive",
        given=with_days,
    ),
    Deviation("apa", "archive and edition stand before the address", "as with Chicago", made=apa_edition),
    Deviation(
        "apa",
        "a date in words stands once",
        "pandoc prints it in the place of the year and again in that of the day",
        made=said_once,
    ),
    Deviation(
        "apa",
        "single quotation marks in a title stay single",
        "they are the title's own; an apostrophe is not told from them with certainty",
        made=own_marks,
    ),
    Deviation("apa", "no `Retrieved`", "it asks for a day, and the address is permanent", made=not_retrieved),
)


def written(locator: Locator | None) -> str:
    """As pandoc reads it: what begins with no word for a paragraph must stand in braces."""
    words = locator.words() if locator else ""
    return words if words.startswith("para") or not words else f"{{{words}}}"


def marked(runs: Runs) -> str:
    return "".join(f"<i>{run.text}</i>" if run.italic else run.text for run in runs)


@cache
def _run(style: str, given: str) -> str:
    command = [pandoc(), "lua", FOLDER / "citeproc.lua", FOLDER / "styles" / f"{style}.csl"]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


@cache
def made_by_pandoc(
    style: str, table: tuple[Deviation, ...] = DEVIATIONS
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Name of an item and of a locator -> first, second and entry, as pandoc makes them and the deviations change them."""
    deviations = [one for one in table if one.style == style]
    given = []
    for name, where in CASES:
        csl: Csl = csl_item(ITEMS[name])
        for deviation in deviations:
            csl = deviation.given(csl, ITEMS[name])
        given.append({"csl": csl, "locator": written(LOCATORS[where])})
    made_of_all = _run(style, json.dumps(given))
    results = {}
    for (name, where), made in zip(CASES, json.loads(made_of_all), strict=True):
        texts = {}
        for form, runs in made.items():
            text = marked(merged(tuple(Run(run["text"], run["italic"]) for run in runs)))
            for deviation in deviations:
                text = deviation.made(text, ITEMS[name], form)
            texts[form] = text
        results[name, where] = texts
    return results


def note_at(text: str, item: CitableItem, locator: Locator | None) -> str:
    """The note with the permalink of the passage, as pandoc was given that of the document."""
    return text.replace(item.url, locator.url) if locator else text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("name", "where"), CASES)
def test_what_we_make_is_what_pandoc_makes(style: str, name: str, where: str) -> None:
    item, locator, module = ITEMS[name], LOCATORS[where], STYLES[style]
    expected = made_by_pandoc(style)[name, where]
    assert marked(module.note(item, locator)) == note_at(expected["first"], item, locator)
    assert marked(module.entry(item)) == expected["entry"]
    if hasattr(module, "short_note"):
        assert marked(module.short_note(item, locator)) == expected["second"]


@pytest.mark.parametrize("deviation", DEVIATIONS, ids=lambda one: f"{one.style}: {one.what}")
def test_each_deviation_is_needed(deviation: Deviation) -> None:
    """A row of the table that has become idle is taken out."""
    if deviation.given is not as_given:
        assert any(deviation.given(csl_item(item), item) != csl_item(item) for item in ITEMS.values())
    else:
        others = tuple(one for one in DEVIATIONS if one is not deviation)
        assert made_by_pandoc(deviation.style, others) != made_by_pandoc(deviation.style)
