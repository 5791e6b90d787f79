"""Every page of the real site is valid HTML: the Nu validator finds no error."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.published import ROOT, build

pytestmark = pytest.mark.group("validity")

VALIDATOR = "vnu-jar@26.9.27"
FOLDER = ROOT / ".cache" / "validator"


@pytest.fixture(scope="module")
def jar() -> Path:
    """The validator, brought once by npm into the ignored cache."""
    path = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        words = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--ignore-scripts", VALIDATOR]
        subprocess.run(words, cwd=FOLDER, check=True, capture_output=True)
    return path


def test_every_page_is_valid(jar: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site)
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", str(jar), "--skip-non-html", "--errors-only", "--format", "gnu", str(site)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
