"""Whole builds that are killed, or run out of room: the published site is the old one or the new one, never a mixture."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.published import ROOT, build

EXAMPLE = ROOT / "tests" / "example_archive"
COMMAND = [sys.executable, "-m", "build_tools", "build", "--config", str(EXAMPLE / "mkdocs.yml")]


def digest(site: Path) -> str:
    """One digest of all names and contents of a site."""
    whole = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the example archive with another headline."""
    sources = Path(shutil.copytree(EXAMPLE / "sources", tmp_path_factory.mktemp("changed") / "sources"))
    settings = sources / "archive.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("headline: ", "headline: New "), encoding="utf-8")
    return sources


def options(sources: Path, site: Path) -> list[str]:
    return ["--sources", str(sources), "--site", str(site)]


def test_a_build_killed_at_sixty_random_moments(changed: Path, tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "new" / "site"
    began = time.monotonic()
    build(other, "--sources", str(changed), "--config", str(EXAMPLE / "mkdocs.yml"))
    whole = time.monotonic() - began
    build(site, "--sources", str(EXAMPLE / "sources"), "--config", str(EXAMPLE / "mkdocs.yml"))
    old, new = digest(site), digest(other)
    assert old != new
    chance = random.Random(1962)
    seen = []
    for _ in range(60):
        child = subprocess.Popen(
            [*COMMAND, *options(changed, site)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, whole))
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.append(digest(site))
    assert set(seen) <= {old, new}, f"{sum(one not in {old, new} for one in seen)} of 60 sites were a mixture"


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    limited = [
        "bash",
        "-c",
        'ulimit -f 30; exec "$@"',
        "bash",
        *COMMAND,
    ]  # where nothing may be mounted, this does as well
    command = limited if mounted.returncode else COMMAND
    try:
        site = disk / "site"
        site.mkdir()
        (site / "archive-build.json").write_text("{}\n", encoding="utf-8")
        before = digest(site)
        done = subprocess.run(
            [*command, *options(EXAMPLE / "sources", site)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 3, done.stdout + done.stderr
        assert "the published site is as it was" in done.stderr
        assert "Traceback" not in done.stderr
        assert digest(site) == before
        assert [path.name for path in disk.iterdir() if "staging" in path.name] == []
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", str(disk)], check=True)


def test_mkdocs_itself_builds_the_same_pages(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    build(ours, "--sources", str(EXAMPLE / "sources"), "--config", str(EXAMPLE / "mkdocs.yml"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(EXAMPLE / "mkdocs.yml"), "-d", str(theirs)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert digest(ours) == digest(theirs)
