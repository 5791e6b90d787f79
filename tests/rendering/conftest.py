"""The example archive as its pages see it, the archive itself, and one with as many records as a test wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from build_tools.identifiers import Reference
from build_tools.linking import link
from build_tools.model import AnyRecord, Archive, Message, Person, Record, Term
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from tests.published import ROOT

With = Callable[..., Here]


@pytest.fixture(scope="session")
def out(example: Archive) -> Here:
    links, problems = link(example)
    assert problems == ()
    return looking_out(example, links)


@pytest.fixture(scope="session")
def published() -> Here:
    """The archive that is published from this repository."""
    archive, problems = read_archive(ROOT / "sources")
    assert problems == ()
    assert archive is not None
    return looking_out(archive, link(archive)[0])


@pytest.fixture
def with_records(example: Archive) -> With:
    """The example archive with these records in the place of its own of the same kinds."""

    def make(*values: tuple[str, AnyRecord]) -> Here:
        archive = example
        for kind, field, record_class in (
            ("message", "messages", Message),
            ("person", "people", Person),
            ("term", "terms", Term),
        ):
            records = tuple(
                Record(Reference(kind, name), value, (), f"sources/{field}/{name}.md", {})  # type: ignore[arg-type]
                for name, value in sorted(values)
                if isinstance(value, record_class)
            )
            if records:
                archive = replace(archive, **{field: records})  # type: ignore[arg-type]
        return looking_out(archive, link(archive)[0])

    return make
