"""What can be found: for each document, note and record the words a reader may type, and where the hit opens.

Comes in: the linked archive. Goes out: one Entry for each page in the order of addresses, its parts with the anchors of
the page. Called by `site`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Words that one place of a page holds; `label` is what the result calls it, `anchor` may be empty."""

    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as search sees it."""

    url: str
    title: str
    kind: str
    parts: tuple[Part, ...]
