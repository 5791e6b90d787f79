"""The published site is always whole: killed builds, full disks, two builds at once, disks without an exchange."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build_tools import publishing
from build_tools.publishing import CannotPublish, publish
from build_tools.site import BUILD_MARK

FILES = 300


def fill_with(word: str):
    def fill(folder: Path) -> None:
        (folder / BUILD_MARK).write_text(word, encoding="utf-8")
        for number in range(FILES):
            (folder / f"{number}.html").write_text(word, encoding="utf-8")

    return fill


def word_of(site: Path) -> str:
    """The one word that all files of a whole site hold."""
    files = sorted(path for path in site.iterdir())
    assert len(files) == FILES + 1, f"{len(files)} files"
    words = {path.read_text(encoding="utf-8") for path in files}
    assert len(words) == 1, f"a mixture: {words}"
    return words.pop()


def leftovers(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path.name not in {site.name, f".{site.name}.lock"}]


def test_a_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for word in ("old", "new"):
        publish(site, fill_with(word))
        assert word_of(site) == word
    assert leftovers(site) == []


def test_a_build_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, fill_with("old"))

    def fail(folder: Path) -> None:
        fill_with("new")(folder)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        publish(site, fail)
    assert word_of(site) == "old"
    assert leftovers(site) == []


PROGRAM = """
import sys
from pathlib import Path
from tests.faults.test_publishing import fill_with
from build_tools.publishing import publish
print("began", flush=True)
publish(Path(sys.argv[1]), fill_with(sys.argv[2]))
"""


def test_sixty_killed_builds_leave_a_whole_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, fill_with("old"))
    chance = random.Random(60)
    began = time.monotonic()
    publish(tmp_path / "other", fill_with("timed"))
    longest = 3 * (time.monotonic() - began) + 0.03  # so that some are killed before the exchange, some after
    shutil.rmtree(tmp_path / "other")
    (tmp_path / ".other.lock").unlink()
    words = []
    for turn in range(60):
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(site), f"new{turn}"], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0, longest))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        words.append(word_of(site))
    publish(site, fill_with("last"))
    assert word_of(site) == "last"
    assert leftovers(site) == []
    assert len(set(words)) > 1, "every build was killed too early for the test to show anything"


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, fill_with("old"))

    def full(folder: Path) -> None:
        (folder / "0.html").write_text("new", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "1.html"))

    with pytest.raises(OSError, match="No space left"):
        publish(site, full)
    assert word_of(site) == "old"
    assert leftovers(site) == []


def test_a_second_build_of_the_same_site_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def second(folder: Path) -> None:
        with pytest.raises(CannotPublish, match=f"process {os.getpid()}"):
            publish(site, fill_with("second"))
        fill_with("first")(folder)

    publish(site, second)
    assert word_of(site) == "first"


def test_a_disk_without_exchange_gets_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_renameat2", lambda *_: False)
    site = tmp_path / "site"
    for word in ("old", "new"):
        publish(site, fill_with(word))
    assert word_of(site) == "new"
    assert leftovers(site) == []


def test_a_build_killed_between_the_two_renames_is_repaired_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, fill_with("old"))
    site.rename(tmp_path / ".site.old")

    def fail(_: Path) -> None:
        raise RuntimeError("so that only the repair shows")

    with pytest.raises(RuntimeError):
        publish(site, fail)
    assert word_of(site) == "old"


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "letters"
    site.mkdir()
    (site / "dear-diary.txt").write_text("private", encoding="utf-8")
    with pytest.raises(CannotPublish, match="was not made by a build"):
        publish(site, fill_with("new"))
    assert (site / "dear-diary.txt").read_text(encoding="utf-8") == "private"


def test_an_empty_folder_may_be_published_to(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    publish(site, fill_with("new"))
    assert word_of(site) == "new"
