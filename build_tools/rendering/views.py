"""The views of a document, and the row of links by which a reader goes from one to another.

Comes in: a Document and `Here`, standing at one of the views. Goes out: links in a decided order, the one where the reader
is marked as such. Called by the page modules of all views, so it knows none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.identifiers import url_of
from build_tools.model import Document
from build_tools.rendering.addressing import Here

VIEWS = (
    ("Reading", ""),
    ("Diplomatic", "diplomatic/"),
    ("Side by side", "side-by-side/"),
    ("Fidelity", "fidelity/"),
)
"""What a view is called -> what its address adds to that of the document."""


@dataclass(frozen=True, slots=True)
class View:
    """A view of a document: its name, its address, and whether it is the page that shows the link."""

    words: str
    href: str
    is_current: bool


def views_of(document: Document, here: Here) -> tuple[View, ...]:
    """The views of a document as links from this page."""
    base = url_of(document.reference)
    return tuple(View(words, here.to(base + folder), here.url == base + folder) for words, folder in VIEWS)
