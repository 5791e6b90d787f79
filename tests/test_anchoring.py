"""Anchors that no longer hold get proposals, as a patch that git applies; nothing is changed by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_tools.anchoring import as_patch, proposals
from build_tools.cli import archive as command
from build_tools.reading.archive import read_archive

SOURCES = Path(__file__).parent.parent / "sources"
NOTE = "documents/instruction-1962-11-03/notes/as-i-read.md"
COMMITMENT = "commitments/us-no-invasion-assurance.md"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the real sources."""
    return Path(shutil.copytree(SOURCES, tmp_path / "sources"))


def patch_of(sources: Path) -> str:
    read, _ = read_archive(sources)
    assert read is not None
    found = proposals(read)
    return as_patch(found, {one.place.path: (sources.parent / one.place.path).read_text("utf-8") for one in found})


def applied(sources: Path) -> str:
    """The patch, after it was applied; the archive then has no anchor that does not hold."""
    patch = patch_of(sources)
    subprocess.run(["git", "apply", "-"], cwd=sources.parent, input=patch.encode(), check=True)
    read, _ = read_archive(sources)
    assert read is not None
    assert proposals(read) == ()
    return patch


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_anchors_that_hold_need_nothing(sources: Path) -> None:
    assert patch_of(sources) == ""


def test_changed_words_are_replaced_by_the_nearest(sources: Path) -> None:
    replace(sources / NOTE, "precisely stated in my letter", "precisely put in my letter")
    patch = applied(sources)
    assert '+  exact: "it is precisely stated in my letter to Khrushchev"' in patch
    assert (patch.count("\n-"), patch.count("\n+")) == (1, 2)  # the line, and with + the heading


def test_words_in_a_block_are_replaced_whole(sources: Path) -> None:
    path = sources / COMMITMENT
    text = path.read_text("utf-8")
    at = text.index("exact: >-")
    line = text.index("\n", at) + 1
    path.write_text(text[:line] + text[line:].replace("the ", "a ", 1), "utf-8")
    applied(sources)


def test_words_that_stand_more_than_once_get_the_prefix_that_decides(sources: Path) -> None:
    replace(sources / NOTE, 'exact: "it is precisely stated in my letter to Khrushchev"', 'exact: "the"')
    assert "+  prefix: " in applied(sources)


def test_a_context_that_is_gone_is_left_out(sources: Path) -> None:
    replace(sources / NOTE, 'Khrushchev"\n', 'Khrushchev"\n  prefix: "never stood there "\n')
    assert '+  prefix: ""' in applied(sources)


def test_what_is_like_nothing_gets_no_proposal(sources: Path) -> None:
    replace(sources / NOTE, "it is precisely stated in my letter to Khrushchev", "zebras quarrelled quietly at noon")
    read, _ = read_archive(sources)
    assert read is not None
    (one,) = proposals(read)
    assert (one.value, one.place.path) == (None, f"sources/{NOTE}")
    assert patch_of(sources) == ""


def test_the_command_prints_a_patch_and_changes_nothing(sources: Path) -> None:
    replace(sources / NOTE, "precisely stated", "precisely put")
    before = (sources / NOTE).read_bytes()
    result = CliRunner().invoke(command, ["anchors", "--sources", str(sources)])
    assert result.exit_code == 1
    assert result.stdout.startswith(f"--- a/sources/{NOTE}")
    assert "git apply" in result.stderr
    assert (sources / NOTE).read_bytes() == before
    shutil.copy(SOURCES / NOTE, sources / NOTE)
    assert CliRunner().invoke(command, ["anchors", "--sources", str(sources)]).exit_code == 0
