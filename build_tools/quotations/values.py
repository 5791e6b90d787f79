"""What is found out about a quotation: its words, its source, and how the two compare. Made by `quotations`, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.identifiers import Reference
from build_tools.location import Location
from build_tools.model import Source

Verdict = Literal[
    "verified",
    "verified but for what was put in",
    "verified but for what was left out",
    "differs",
    "cannot be checked",
]
Step = tuple[Literal["kept", "added", "dropped"], str]
"""Words of a comparison: in both texts, in the quotation only, in the source only."""
AGREEING: frozenset[Verdict] = frozenset(
    ("verified", "verified but for what was put in", "verified but for what was left out")
)
"""Verdicts under which every word that is quoted stands in the source."""


@dataclass(frozen=True, slots=True)
class Interpolation:
    """Words put into a quotation that are not its source's; where words quoted in them really stand, if found."""

    words: str
    place: Reference | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation beside a wording of its source that an edition has, where the whole text is not held."""

    version: str
    """Which text it is: `official translation`."""
    text: str
    agrees: bool
    """Whether the words quoted stand in it."""
    comparison: tuple[Step, ...]
    """Word by word, if they do not."""
    put_in: tuple[str, ...]
    """Of what was put into the quotation, that which this wording has."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation, its source, and how the two compare."""

    at: Reference
    """Where it begins: a passage, a note, or a record."""
    words: str
    """Without what was put in."""
    source: Reference | None
    """As the encoding or the citation beside it names it; None if none is named."""
    verdict: Verdict
    place: Reference | None = None
    """The passage of the source where the words, or those most like them, begin."""
    before: str = ""
    """What the source has before the words, up to a sentence; so `after`."""
    after: str = ""
    interpolations: tuple[Interpolation, ...] = ()
    omissions: tuple[str, ...] = ()
    """What the source has where the quotation has an ellipsis or an insertion in brackets, in order."""
    comparison: tuple[Step, ...] = ()
    """Word by word, for the verdict `differs`; of a long quotation its beginning."""
    missing: str = ""
    """Why it cannot be checked."""
    printed: tuple[Source, ...] = ()
    """Where a source that is not held is printed."""
    wordings: tuple[Compared, ...] = ()
    """How editions have the words, where the source is not held."""
    claimed: bool = False
    """Whether it is said to be the words of its source, so that anything else is a fault of ours."""
    elsewhere: bool = False
    """Whether the words stand in the source, but not in the passage that was named."""
    location: Location | None = None
    """Where it is written in the sources, as near as is known."""


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations: in the texts of documents, in our own notes and records, and by what they were compared with."""

    standing: Mapping[str, tuple[Quotation, ...]]
    """Document -> the quotations of its text, in its order."""
    ours: tuple[Quotation, ...]
    """Those of notes and records, in the order of documents and records."""
    quoting: Mapping[str, tuple[Quotation, ...]]
    """Document -> those that agree with it."""
