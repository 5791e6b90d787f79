"""The list of codes is the list of codes."""

from __future__ import annotations

import re

from build_tools.reading import CODES
from tests.published import ROOT

CODE = re.compile(r"""\b(?:Problem|refuse)\(\s*"([a-z][a-z0-9-]+)\"""")
OTHER_SUBJECTS = frozenset({"__init__.py", "ledger.py"})


def test_every_code_of_reading_has_its_gist_and_its_folder() -> None:
    used: set[str] = set()
    for path in (ROOT / "build_tools" / "reading").glob("*.py"):
        if path.name not in OTHER_SUBJECTS:
            used.update(CODE.findall(path.read_text(encoding="utf-8")))
    assert [code for code, _ in CODES] == sorted(used)
    folders = {path.name for path in (ROOT / "tests" / "problems").iterdir()}
    assert used <= folders
