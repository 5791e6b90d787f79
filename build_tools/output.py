"""What the engine yields: complete pages and files, before any shell is put around them.

`rendering`, `searching` and the exporters make them; `plugin` gives the pages to MkDocs, `publishing` writes the files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Section = Literal[
    "home", "documents", "commitments", "messages", "chronology", "registers", "about", "search", "notebook"
]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site without its shell.

    `url` is relative to the site's root, ends with a slash, and is empty for the home page. `html` is the inside of
    `<main>`, with links relative to `url`. `anchors` are the ids in it that other pages may point to.
    `body_class` names the layout: document, record, list, home, text.
    """

    url: str
    title: str
    html: str
    section: Section
    body_class: str
    description: str = ""
    anchors: tuple[str, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    """`<meta name content>` pairs for citation managers, in order."""
    forward: str = ""
    """Where the page leads on by itself, relative to it; empty for pages that stay."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the site: a path relative to its root, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file of the site that is a copy of a source: its path relative to the root, and where the original lies."""

    path: str
    original: Path
