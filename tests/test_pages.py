"""Golden pages: the example archive's pages as they are expected, beside the model they are made of.

Where both differ the model is wrong; where only the page differs, the template is. `make golden` accepts what is there now.
"""

from __future__ import annotations

import pytest

from tests.golden import FOLDER, pages

KEPT = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
MADE = pages()


@pytest.mark.parametrize("name", sorted(KEPT | set(MADE)))
def test_page_is_as_expected(name: str) -> None:
    assert name in MADE, f"{name} is kept in tests/pages but is made no more; run `make golden`"
    assert name in KEPT, f"{name} is new; look at it and run `make golden`"
    expected = (FOLDER / name).read_text(encoding="utf-8")
    assert MADE[name] == expected, f"{name} has changed; if it is meant, run `make golden`"
