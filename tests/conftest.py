"""What tests of several packages begin with: a small archive in a temporary folder, the example archive read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from build_tools.model import Archive
from build_tools.reading.archive import read_archive

EXAMPLE = Path(__file__).parent / "example_archive" / "sources"
Written = Callable[[Mapping[str, str | bytes]], Path]

settings.register_profile("archive", deadline=None)  # a machine that is busy with other things fails no test
settings.load_profile("archive")


@pytest.fixture
def archive_of(tmp_path: Path) -> Written:
    """Writes files, given by their path below `sources/`, beside an `archive.yml`; returns the folder `sources`."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        sources = tmp_path / "sources"
        given = {"archive.yml": (EXAMPLE / "archive.yml").read_bytes(), **files}
        for path, content in given.items():
            target = sources / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return sources

    return write


@pytest.fixture(scope="session")
def example() -> Archive:
    """The example archive, which has no fault."""
    archive, problems = read_archive(EXAMPLE)
    assert problems == ()
    assert archive is not None
    return archive
