"""The example archive and the real one, linked; and the example with hostile words in every field that holds words."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace

import pytest

from build_tools.linking import Links, link
from build_tools.model import Archive, Source
from build_tools.site import load
from tests.conftest import EXAMPLE
from tests.published import ROOT

CANARY = '=cmd|"/C calc"!A0,<script>alert(1)</script> & ]]> \u202e\'"\r\n;+1;-2\t@x'
"""A formula, the ends of fields, markup, a change of direction, quotation marks, line breaks, more formulas."""
WORDS = frozenset({
    "name", "sort", "summary", "variants", "text", "remark", "at", "office", "abbreviation", "short", "url",
    "url_pattern", "zone", "as_written", "classification", "length", "archival_source", "by_remark",
    "toward_remark", "statement", "verification", "reading", "title", "short_title", "date_as_written",
    "repository", "reference_code", "fonds", "release", "publisher", "editors", "headline", "lead", "description",
    "label", "number", "value",
})  # fmt: skip
"""Fields that hold words, which anybody may write as they like; the others are ids, dates, fixed words, and anchors."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An archive with its links."""

    archive: Archive
    links: Links


def linked(archive: Archive) -> Linked:
    """The archive and its links; it has no fault that matters here."""
    links, problems = link(archive)
    assert problems == ()
    return Linked(archive, links)


def with_canaries(value: object, name: str = "") -> object:
    """The same value with the canary and the name of the field before every text that is only words."""
    if isinstance(value, str):
        return f"{CANARY} {name} {value}" if name in WORDS else value
    if isinstance(value, tuple):
        return tuple(with_canaries(one, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == "build_tools.model":
        changed = {one.name: with_canaries(getattr(value, one.name), one.name) for one in fields(value) if one.name != "body"}
        if isinstance(value, Source) and value.document:
            changed["at"] = value.at  # a passage, which must exist
        return replace(value, **changed)
    return value


@pytest.fixture(scope="session", params=["example", "real"])
def either(request: pytest.FixtureRequest) -> Linked:
    loaded = load(EXAMPLE if request.param == "example" else ROOT / "sources")
    assert loaded.archive is not None
    assert loaded.links is not None
    return Linked(loaded.archive, loaded.links)


@pytest.fixture(scope="session")
def hostile(example: Archive) -> Linked:
    archive = with_canaries(example)
    assert isinstance(archive, Archive)
    return linked(archive)
