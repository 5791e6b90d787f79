"""The example archive as its pages see it."""

from __future__ import annotations

import pytest

from build_tools.linking import link
from build_tools.model import Archive
from build_tools.rendering.addressing import Here, looking_out


@pytest.fixture(scope="session")
def out(example: Archive) -> Here:
    links, problems = link(example)
    assert problems == ()
    return looking_out(example, links)
