"""The example archive and the real one, linked; and the example with hostile words in every field that holds words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from build_tools.linking import Links, link
from build_tools.model import Archive
from build_tools.site import load
from tests.canaries import CLASSES, with_canaries, words_of
from tests.conftest import EXAMPLE
from tests.published import ROOT

CANARY = '=cmd|"/C calc"!A0,<script>alert(1)</script> & ]]> \u202e\'"\r\n;+1;-2\t@x'
"""A formula, the ends of fields, markup, a change of direction, quotation marks, line breaks, more formulas."""
ALSO = frozenset({"number", "url", "url_pattern"})
"""Fields of a fixed form that a table holds as words."""
WORDS = frozenset[str]().union(*map(words_of, CLASSES)) | ALSO


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


@pytest.fixture(scope="session", params=["example", "real"])
def either(request: pytest.FixtureRequest) -> Linked:
    loaded = load(EXAMPLE if request.param == "example" else ROOT / "sources")
    assert loaded.archive is not None
    assert loaded.links is not None
    return Linked(loaded.archive, loaded.links)


@pytest.fixture(scope="session")
def hostile(example: Archive) -> Linked:
    archive = with_canaries(example, CANARY, ALSO)
    assert isinstance(archive, Archive)
    return linked(archive)
