"""Markdown bodies of notes and records -> HTML, through the same table as the documents. Called by the page modules."""

from __future__ import annotations

from markupsafe import Markup

from build_tools.rendering.addressing import Here
from build_tools.rendering.passages import node_html
from build_tools.text import Node


def body_html(body: tuple[Node, ...], here: Here) -> Markup:
    """The blocks of a body one after the other."""
    return Markup("\n").join(node_html(node, here) for node in body)
