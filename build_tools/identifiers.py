"""Every identifier, reference, anchor and address of the site is made and understood here.

A **reference** is written `kind:id` or `kind:id#fragment` (`message:state-usun-1147`,
`document:instruction-1962-11-03#p7`, `date:1962-10-27`), in TEI `@ref`/`@target` and in Markdown links alike; TEI declares
the kinds as prefixes (`prefixDef`). Addresses are relative to the site's root and end with a slash. Ids that this module
makes contain a hyphen after their first letter (`n-…`, `c-…`), ids of passages do not (`p7`), so that they cannot collide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "document", "commitment", "message", "person", "organisation", "place", "weapon", "term", "event", "work", "date"
]

FOLDERS: dict[Kind, str] = {
    "document": "documents",
    "commitment": "commitments",
    "message": "messages",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "weapon": "weapons",
    "term": "terms",
    "event": "events",
    "work": "works",
    "date": "dates",
}
"""Kind of record -> its folder in `sources/` and its segment in addresses; dates are computed and have no folder."""

AUTHORITIES = {
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
    "frus-persons": ("FRUS VI, persons", "https://history.state.gov/historicaldocuments/frus1961-63v06/persons#{}"),
    "frus-terms": ("FRUS VI, terms", "https://history.state.gov/historicaldocuments/frus1961-63v06/terms#{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
}
"""Outside authority -> its name, and the address of an identifier of it."""

IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
PASSAGE_ID = re.compile(r"[a-z]+[0-9]*[a-z]?")
WINDOWS_DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
LISTS_OF_COMMITMENTS = frozenset({"as-of", "between", "by", "graph", "kind", "matrix", "parties", "status"})
"""Segments below `commitments/` that are lists; a commitment of such an id would stand in their place."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Points to a record, a document, a passage of a document, or a day."""

    kind: Kind
    id: str
    fragment: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" + (f"#{self.fragment}" if self.fragment else "")

    @property
    def whole(self) -> Reference:
        """The same without its fragment."""
        return Reference(self.kind, self.id) if self.fragment else self


def is_identifier(text: str) -> bool:
    """Whether `text` may name a record: it becomes a file name and an address on every system."""
    return IDENTIFIER.fullmatch(text) is not None and text not in WINDOWS_DEVICES


def read_reference(text: str) -> Reference | None:
    """The reference that `text` writes, or None if it is not of the form `kind:id[#fragment]` with a known kind."""
    kind, colon, rest = text.partition(":")
    name, _, fragment = rest.partition("#")
    if not colon or kind not in FOLDERS or not name:
        return None
    return Reference(kind, name, fragment)


def url_of(reference: Reference) -> str:
    """The address of what is referred to, relative to the site's root, with the fragment if there is one."""
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    return f"{FOLDERS[reference.kind]}/{reference.id}/{fragment}"


def relative_url(base: str, target: str) -> str:
    """`target`, an address relative to the site's root, as written in a page whose address is `base`.

    Both as `Page.url`: no leading slash, directories end with one, the home page is empty. Works below any path.
    """
    path, mark, fragment = target.partition("#")
    tail = mark + fragment
    if path == base:
        return tail or "./"
    above = base.split("/")[:-1]
    below = path.split("/")
    shared = 0
    while shared < min(len(above), len(below) - 1) and above[shared] == below[shared]:
        shared += 1
    return ("/".join([".."] * (len(above) - shared) + below[shared:]) or "./") + tail


def note_anchor(note_id: str) -> str:
    """The id of a note on its document's page; its mark in the text is `note_mark`."""
    return f"n-{note_id}"


def note_mark(note_id: str) -> str:
    """The id of the note's number in the text."""
    return f"r-{note_id}"


def commitment_anchor(commitment_id: str, index: int) -> str:
    """The id of the `index`-th passage (from 0) of a commitment, on the page of its document."""
    return f"c-{commitment_id}-{index + 1}"


def dependency_anchor(index: int) -> str:
    """The id of the row of a commitment's page that tells the `index`-th thing (from 0) it hangs on."""
    return f"h-{index + 1}"


def step_anchor(index: int) -> str:
    """The id of the `index`-th step (from 0) of a commitment's fate, on its page."""
    return f"s-{index + 1}"


def deviation_anchor(number: int) -> str:
    """The id of a deviation in the ledger of its document; its spot in the text is `deviation_mark`."""
    return f"d-{number}"


def deviation_mark(number: int) -> str:
    """The id of the spot in the text where the editors deviate from the transcription."""
    return f"e-{number}"
