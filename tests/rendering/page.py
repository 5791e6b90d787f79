"""What tests of pages ask of HTML: the words that a reader takes for the text, ids, links within links."""

from __future__ import annotations

from lxml import html

APPARATUS = "hidden", "ref", "also", "page-break", "grade", "gap"
"""Classes of what stands in the text without being of it."""


def parse(markup: str) -> html.HtmlElement:
    """The markup below one `div`."""
    return html.fragment_fromstring(str(markup), create_parent="div")


def words(element: html.HtmlElement) -> str:
    """The text without numbers, page breaks and what only screen readers say."""
    if set(element.get("class", "").split()) & set(APPARATUS):
        return ""
    return (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)


def ids(element: html.HtmlElement) -> list[str]:
    """Every id, in order."""
    return element.xpath(".//@id")
