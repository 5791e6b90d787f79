"""The ledger is compared with what git remembers of it, and addresses that are gone still answer."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_tools.cli import archive as command
from build_tools.history import ledger_history
from build_tools.ledger import as_text
from build_tools.linking import link
from build_tools.model import LedgerEntry
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import looking_out
from build_tools.rendering.documents import document_pages
from build_tools.rendering.gone import gone_of, gone_pages
from tests.rendering.page import parse

SOURCES = Path(__file__).parent.parent / "sources"
INSTRUCTION = "document:instruction-1962-11-03"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@harbour.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the real sources in a repository of its own, its ledger committed."""
    copied = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "sources/ledger")
    git(tmp_path, "commit", "-qm", "The first edition")
    return copied


def ledger(sources: Path, *arguments: str) -> str:
    result = CliRunner().invoke(command, ["ledger", "--sources", str(sources), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_ledger_that_only_grew(sources: Path) -> None:
    assert ledger_history(sources) == ()
    with (sources / "ledger" / "passages.tsv").open("a", encoding="utf-8") as file:
        file.write("more\n")
    assert ledger_history(sources) == ()


def test_a_past_written_anew_with_a_sound_chain(sources: Path) -> None:
    read, _ = read_archive(sources)
    assert read is not None
    first, second, *others = read.ledger
    (sources / "ledger" / "passages.tsv").write_text(as_text([second, first, *others]), encoding="utf-8")
    again, problems = read_archive(sources)
    assert (again is not None, problems) == (True, ())  # the chain alone does not show it
    (problem,) = ledger_history(sources)
    assert (problem.code, problem.location.line) == ("ledger-edited", 2)
    result = CliRunner().invoke(command, ["check", "--sources", str(sources)])
    assert (result.exit_code, "passages.tsv:2" in result.stdout) == (1, True)


def test_a_ledger_cut_short(sources: Path) -> None:
    path = sources / "ledger" / "passages.tsv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:10]), "utf-8")
    (problem,) = ledger_history(sources)
    assert problem.location.line == 11


def test_without_git_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert ledger_history(copied) == ()
    monkeypatch.setenv("PATH", "")
    assert ledger_history(copied) == ()


def test_a_note_that_is_gone_keeps_its_anchor(sources: Path) -> None:
    (sources / "documents/instruction-1962-11-03/notes/dash.md").unlink()
    ended = [f"{INSTRUCTION}#n-dash", "--fate", "redirected", "--successor", f"{INSTRUCTION}#p4"]
    ledger(sources, "--ended", *ended, "--reason", "Merged <b>into</b> another.", "--who", "The editors")
    read, problems = read_archive(sources)
    assert read is not None
    links, unlinked = link(read)
    assert (problems, unlinked) == ((), ())
    (document,) = (one for one in read.documents if str(one.reference) == INSTRUCTION)
    page = document_pages(document, looking_out(read, links))[0]
    (item,) = parse(page.html).xpath('.//*[@id="n-dash"]')
    assert "Merged <b>into</b> another." in item.xpath("string()")
    assert item.xpath(".//a/@href") == ["#p4"]
    assert "n-dash" in page.anchors


def test_a_record_that_is_gone_keeps_its_page(sources: Path) -> None:
    read, _ = read_archive(sources)
    assert read is not None
    gone = LedgerEntry("event:never-was", "1", "-", "merged", "event:excomm-1962-11-03", "Twice the same.", "Editors")
    archive = replace(read, ledger=(gone,))
    links, _ = link(archive)
    out = looking_out(archive, links)
    (page,) = gone_pages(gone_of(out), out)
    assert page.url == "events/never-was/"
    assert parse(page.html).xpath(".//p//a/@href")[0] == "../excomm-1962-11-03/"
    assert "Twice the same." in page.html
