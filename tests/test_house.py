"""Rules about the project itself: storeys, one list of elements, every code explained, every target documented."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from build_tools.explaining import sections
from build_tools.exporting.hosting import POLICY
from tests.published import ROOT

CODE = re.compile(r"""\b(?:Problem|refuse|self\.refuse)\(\s*["']([a-z][a-z0-9-]+)["']""")


def codes_in_the_engine() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "build_tools").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found.update(CODE.findall(text))
    return found


def test_the_storeys_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_code_is_explained_and_every_explanation_has_its_code() -> None:
    engine = codes_in_the_engine()
    explained = set(sections())
    assert engine - explained == set()


def test_every_target_is_documented_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert {"site", "serve", "check", "test", "bench", "golden", "clean"} <= set(targets)
    assert [target for target in targets if target != "help" and f"make {target}" not in readme] == []


def test_the_policy_of_the_pages_is_the_policy_of_the_host() -> None:
    shell = (ROOT / "docs" / "overrides" / "main.html").read_text(encoding="utf-8")
    assert POLICY in shell


def test_the_grammar_is_made_of_its_compact_form(tmp_path: Path) -> None:
    made = tmp_path / "tei.rng"
    schema = ROOT / "build_tools" / "schema"
    subprocess.run([sys.executable, "-m", "rnc2rng", schema / "tei.rnc", made], check=True)
    assert made.read_bytes() == (schema / "tei.rng").read_bytes()


def test_requirements_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_vendored_files_are_as_recorded() -> None:
    import hashlib

    assets = ROOT / "docs" / "overrides" / "assets"
    record = json.loads((assets / "vendored.json").read_text(encoding="utf-8"))
    for name, entry in record.items():
        content = (assets / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
        assert entry["licence"]
    vendored = {path.relative_to(assets).as_posix() for path in assets.rglob("*.woff2")}
    assert vendored <= set(record)
