"""`archive release`: what it refuses, what it leaves whole, and that the same sources make the same zip anywhere."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.published import ROOT

EXAMPLE = ROOT / "tests" / "example_archive" / "sources"
COMMAND = [sys.executable, "-m", "build_tools", "release"]


def run(*words: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *words]
    if before:
        command = ["bash", "-c", f'{before}; exec "$@"', "bash", *command]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def record(sources: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "build_tools", "ledger", "--sources", str(sources), *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the example with a ledger of what they publish."""
    sources = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("recorded") / "sources"))
    record(sources)
    return sources


@pytest.fixture(scope="module")
def made(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their package."""
    target = tmp_path_factory.mktemp("made") / "a.zip"
    done = run("--sources", str(recorded), "--out", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    """A copy of the package in a folder of its own."""
    (tmp_path / "disk").mkdir()
    return Path(shutil.copy(made, tmp_path / "disk" / "a.zip"))


@pytest.fixture
def sources(recorded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(recorded, tmp_path / "sources"))


def retitle(sources: Path, old: str, new: str) -> None:
    settings = sources / "archive.yml"
    text = settings.read_text(encoding="utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_zip_in_two_folders_with_other_settings(sources: Path, target: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(sources, tmp_path / "elsewhere" / "other name" / "sources"))
    second = tmp_path / "deep" / "er" / "b.zip"
    done = run(
        *("--sources", str(other), "--out", str(second), "--jobs", "2"),
        before="umask 077",
        TZ="America/Havana",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="7",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert target.read_bytes() == second.read_bytes()
    again = run("--sources", str(sources), "--out", str(target), TZ="Pacific/Kiritimati", LC_ALL="C")
    assert again.returncode == 0
    assert again.stdout.startswith("Nothing changed")


def test_faults_are_refused_and_the_old_package_stays(sources: Path, target: Path) -> None:
    kept = target.read_bytes()
    person = sources / "people" / "tobias-quill.md"
    person.write_text(person.read_text(encoding="utf-8").replace("---\n", "---\nnmae: x\n", 1), encoding="utf-8")
    done = run("--sources", str(sources), "--out", str(target), "--force")
    assert done.returncode == 1
    assert "tobias-quill.md:2:1: error:" in done.stdout
    assert "nothing was packed" in done.stderr
    assert target.read_bytes() == kept


def test_what_is_not_recorded_or_not_published_is_refused(sources: Path, tmp_path: Path) -> None:
    unrecorded = run("--sources", str(EXAMPLE), "--out", str(tmp_path / "a.zip"))
    assert unrecorded.returncode == 1
    assert "run `archive ledger` first" in unrecorded.stderr
    shutil.rmtree(sources / "ledger")
    for edition in sources.glob("documents/*/edition.xml"):
        text = edition.read_text(encoding="utf-8")
        edition.write_text(text.replace('status="published"', 'status="draft"'), encoding="utf-8")
    drafts = run("--sources", str(sources), "--out", str(tmp_path / "a.zip"))
    assert drafts.returncode == 1
    assert "no document is published yet" in drafts.stderr
    assert not (tmp_path / "a.zip").exists()


def test_an_edition_does_not_change_in_silence(sources: Path, target: Path) -> None:
    kept = target.read_bytes()
    retitle(sources, "headline: ", "headline: New ")
    done = run("--sources", str(sources), "--out", str(target))
    assert done.returncode == 1
    assert "~ data/sources/archive.yml" in done.stdout.splitlines()
    assert "holds edition 1 with other files" in done.stderr
    assert "raise `edition`" in done.stderr
    assert target.read_bytes() == kept
    forced = run("--sources", str(sources), "--out", str(target), "--force")
    assert forced.returncode == 0
    assert forced.stdout.startswith("Packed")
    assert target.read_bytes() != kept


def test_a_disk_that_is_full_and_a_path_that_cannot_be(sources: Path, target: Path) -> None:
    kept = target.read_bytes()
    retitle(sources, "headline: ", "headline: New ")
    done = run("--sources", str(sources), "--out", str(target), "--force", before="ulimit -f 30")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "a.zip is as it was" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == kept
    assert {path.name for path in target.parent.iterdir()} == {"a.zip", ".a.zip.lock"}
    done = run("--sources", str(sources), "--out", str(target / "below.zip"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_killed_at_any_moment_the_package_is_the_old_or_the_new_one(
    sources: Path, target: Path, tmp_path: Path
) -> None:
    other = tmp_path / "new.zip"
    old = target.read_bytes()
    retitle(sources, "headline: ", "headline: New ")
    began = time.monotonic()
    run("--sources", str(sources), "--out", str(other))
    whole = time.monotonic() - began
    seen = []
    chance = random.Random(1962)
    for _ in range(5):
        child = subprocess.Popen(
            [*COMMAND, "--sources", str(sources), "--out", str(target), "--force"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(whole * 0.6, whole))
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.append(target.read_bytes())
    assert set(seen) <= {old, other.read_bytes()}


def test_the_site_goes_in_if_it_is_of_these_sources(sources: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "edition").mkdir(parents=True)
    (site / "index.html").write_text("<title>x</title>", encoding="utf-8")
    (site / "archive-build.json").write_text('{"edition": "1"}', encoding="utf-8")
    words = ("--sources", str(sources), "--out", str(tmp_path / "bag"), "--with-site", str(site))
    refused = run(*words)
    assert refused.returncode == 3
    assert "not the site of these sources" in refused.stderr
    files = sorted((path for path in sources.rglob("*") if path.is_file()), key=lambda one: one.as_posix())
    sums = subprocess.run(
        ["sha256sum", *(path.relative_to(tmp_path).as_posix() for path in files)],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    (site / "edition" / "SHA256SUMS").write_bytes(sums.stdout)
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "bag" / "data" / "site" / "index.html").is_file()
