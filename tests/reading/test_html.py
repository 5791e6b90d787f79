"""What a finished page points to and loads."""

from __future__ import annotations

import pytest

from build_tools.reading.html import read_page


def test_ids_with_doubles_and_lines() -> None:
    page = read_page(b'<!doctype html>\n<p id="a">\n<p id="b">\n<p id="a"><svg><g id="c"/></svg>')
    assert page.ids == (("a", 2), ("b", 3), ("a", 4), ("c", 4))


@pytest.mark.parametrize(
    ("markup", "links", "loads"),
    [
        ('<a href="../b/#c">', ["../b/#c"], []),
        ('<a href="">', [""], []),
        ("<a>", [], []),
        ('<map><area href="b/"></map>', ["b/"], []),
        ('<link rel="canonical" href="b/">', ["b/"], []),
        ('<link rel="stylesheet" href="b.css">', [], ["b.css"]),
        ('<link rel="shortcut icon" href="b.svg">', [], ["b.svg"]),
        ('<script src="b.js"></script>', [], ["b.js"]),
        ('<img src="b.png" srcset="c.png 1x, d.png 2x">', [], ["b.png", "c.png", "d.png"]),
        ('<iframe src="b/"></iframe><video poster="c.png" src="d"></video>', [], ["b/", "d", "c.png"]),
        ('<object data="b"></object>', [], ["b"]),
        ('<form action="b/"></form>', ["b/"], []),
        ('<svg><use href="#b"/><use xlink:href="c.svg#d"/><a href="e/"/></svg>', ["#b", "e/"], ["c.svg#d"]),
        ('<a href=" b/ ">', ["b/"], []),
        ('<a href="b/?c=d&amp;e">', ["b/?c=d&e"], []),
        ("<p>href=x</p><!-- <a href='b'> -->", [], []),
    ],
)
def test_links_and_loads(markup: str, links: list[str], loads: list[str]) -> None:
    page = read_page(f"<!doctype html><title>a</title><body>{markup}".encode())
    assert [address for address, _ in page.links] == links
    assert [address for address, _ in page.loads] == loads


@pytest.mark.parametrize("content", [b"", b" ", b"\xff\xfe", b"<!-- -->", b"<", b"\0"])
def test_anything_is_a_page(content: bytes) -> None:
    assert read_page(content).ids == ()
