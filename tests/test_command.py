"""The `archive` command: exit codes, all faults at once, the site untouched when there are any, the way it explains."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build_tools.problem import as_github
from build_tools.reading.archive import read_archive
from tests.published import ROOT

EXAMPLE = ROOT / "tests" / "example_archive" / "sources"
CONFIG = str(ROOT / "tests" / "example_archive" / "mkdocs.yml")


def run(*words: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "build_tools", *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "sources"))


def test_a_sound_archive_is_silent(sources: Path) -> None:
    done = run("check", "--sources", str(sources))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == ""


def test_all_faults_of_a_run_at_once_and_no_site(sources: Path, tmp_path: Path) -> None:
    person = next((sources / "people").glob("*.md"))
    person.write_text(person.read_text(encoding="utf-8").replace("---\n", "---\nnmae: x\n", 1), encoding="utf-8")
    edition = next((sources / "documents").glob("*/edition.xml"))
    edition.write_text(edition.read_text(encoding="utf-8").replace("</body>", "<script/></body>"), encoding="utf-8")
    site = tmp_path / "site"
    for command in (["check"], ["build", "--site", str(site)]):
        done = run(*command, "--sources", str(sources))
        assert done.returncode == 1
        assert f"people/{person.name}:2:1: error: unknown-key: " in done.stdout
        assert "error: schema-element: " in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
    assert not site.exists()


def test_faults_as_json_and_for_a_pull_request(sources: Path) -> None:
    (sources / "people" / "Not An Id.md").write_text("---\nname: X\n---\n", encoding="utf-8")
    faults = [
        json.loads(line) for line in run("check", "--sources", str(sources), "--format", "json").stdout.splitlines()
    ]
    assert [fault["code"] for fault in faults] == ["bad-identifier"]
    _, problems = read_archive(sources)
    line = run("check", "--sources", str(sources), "--format", "github").stdout.strip()
    assert line == as_github(problems[0])
    assert line.startswith("::error file=sources/people/Not An Id.md,line=1,col=1,title=bad-identifier::")


def test_wrong_usage_is_two_and_a_machine_that_refuses_three(sources: Path, tmp_path: Path) -> None:
    assert run("check", "--sources", str(tmp_path / "nowhere")).returncode == 2
    assert run("build", "--jobs", "0").returncode == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    done = run("build", "--sources", str(sources), "--site", str(tmp_path / "mine"))
    assert done.returncode == 3
    assert "was not made by a build of the archive" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edition_without_a_day_is_a_fault_and_no_traceback(sources: Path) -> None:
    settings = sources / "archive.yml"
    text = settings.read_text(encoding="utf-8")
    before = next(line for line in text.splitlines() if line.startswith("date:"))
    settings.write_text(text.replace(before, 'date: "1931~"'), encoding="utf-8")
    done = run("build", "--sources", str(sources), "--config", CONFIG, "--site", str(sources.parent / "site"))
    assert done.returncode == 1
    assert "bad-date: the date of the edition is '1931~', not a day" in done.stdout
    assert "Traceback" not in done.stderr


def test_explaining_a_code_and_a_misspelt_one() -> None:
    done = run("explain", "unknown-key")
    assert done.returncode == 0
    assert done.stdout.startswith("unknown-key\n")
    done = run("explain", "unknown-kye")
    assert done.returncode == 2
    assert "Did you mean unknown-key" in done.stderr


def test_a_draft_of_a_plain_transcription_passes_the_check_and_shows_up(sources: Path, tmp_path: Path) -> None:
    """The steps of docs/contribute/index.md, on a second document."""
    text = tmp_path / "my-transcription.txt"
    text.write_text("\nA memorandum\n\nFirst  line of a paragraph\nand its second.\n\n 12/3/31\n", encoding="utf-8")
    done = run(
        "new",
        "memorandum-1931-12-03",
        str(text),
        "--title",
        "A memorandum",
        "--date",
        "1931-12-03",
        "--sources",
        str(sources),
    )
    assert done.returncode == 0, done.stderr
    folder = sources / "documents" / "memorandum-1931-12-03"
    assert (folder / "transcription.txt").read_bytes() == text.read_bytes()
    done = run("check", "--sources", str(sources))
    assert done.returncode == 0, done.stdout
    site = tmp_path / "site"
    done = run("build", "--sources", str(sources), "--config", CONFIG, "--site", str(site))
    assert done.returncode == 0, done.stdout + done.stderr
    page = (site / "documents" / "memorandum-1931-12-03" / "index.html").read_text(encoding="utf-8")
    assert "First line of a paragraph and its second." in page
    assert "draft" in page
    assert "memorandum-1931-12-03/" in (site / "documents" / "index.html").read_text(encoding="utf-8")


def test_new_never_overwrites(sources: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("words", encoding="utf-8")
    taken = next((sources / "documents").iterdir()).name
    done = run("new", taken, str(text), "--sources", str(sources))
    assert done.returncode == 1
    assert "there is a document" in done.stdout
