"""The same sources give the same bytes: whatever the clock, zone, locale, hash seed, path and number of jobs."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.published import ROOT, build

PARTS = ("sources", "docs", "build_tools", "mkdocs.yml", "pyproject.toml")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    target = tmp_path_factory.mktemp("first") / "site"
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    build(target, environment=environment)
    return digests(target)


def test_another_place_another_zone_another_seed_more_jobs(first: dict[str, str], tmp_path: Path) -> None:
    root = tmp_path / "a path with blanks and ü"
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        shutil.copytree(source, root / part) if source.is_dir() else shutil.copy(source, root)
    environment = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "PYTHONPATH": str(root),
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    target = root / "site"
    build(target, "--jobs", "2", environment=environment, root=root)
    second = digests(target)
    assert second == first
