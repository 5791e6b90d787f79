"""What can be wrong with a finished site."""

from __future__ import annotations

import pytest

from build_tools.checking.published import check_published
from build_tools.problem import Problem
from build_tools.reading.html import read_page

FILES = frozenset(
    ["index.html", "a/index.html", "a/b/index.html", "404.html", "assets/s.css", "assets/f.woff2", "d.txt"]
)
EMPTY = b"<html><body><p id='x'></p></body></html>"


def check(html: str, page: str = "a/index.html", stylesheet: str = "") -> list[Problem]:
    pages = {name: read_page(EMPTY) for name in FILES if name.endswith(".html")}
    pages[page] = read_page(f"<html>\n<body>{html}</body></html>".encode())
    return list(check_published(pages, FILES, {"assets/s.css": stylesheet}))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="b/">b</a><a href="b/#x">b</a><a href="../">home</a><a href="../#x">home</a><a href="../d.txt">d</a>',
        '<a href="./">here</a><a href=".">here</a><a href="..">home</a><a href="">here</a><a href="#">top</a>',
        '<i id="y"></i><a href="#y">y</a><a href="#top">top</a><a href="b/index.html#x">b</a><a href="b/?q=1#x">b</a>',
        '<i id="é"></i><a href="#%C3%A9">é</a><a href="#é">é</a><a href="b/#x:~:text=words">b</a>',
        '<a href="https://example.org/">o</a><a href="mailto:a@example.org">m</a>',
        '<link rel="stylesheet" href="../assets/s.css?1"><img src="data:image/png;base64,AAAA">',
    ],
)
def test_what_is_right(html: str) -> None:
    assert check(html) == []


@pytest.mark.parametrize(
    ("html", "code", "said"),
    [
        ('<a href="c/">c</a>', "broken-link", "'c/' leads to no file"),
        ('<a href="b">b</a>', "broken-link", "'b' leads to no file"),
        ('<a href="../../x/">x</a>', "broken-link", "leads to no file"),
        ('<a href="javascript:alert(1)">j</a>', "broken-link", "of a kind that may not"),
        ('<a href="b/#y">b</a>', "broken-fragment", "leads to a/b/index.html, which has no id 'y'"),
        ('<a href="#y">y</a>', "broken-fragment", "no id 'y'"),
        ('<a href="/a/b/">b</a>', "absolute-link", "begins at the root"),
        ('<i id="y"></i><b id="y"></b>', "duplicate-html-id", "'y' stands 2 times"),
        ('<img src="../assets/none.png">', "broken-link", "none.png"),
        ('<script src="https://cdn.example.org/x.js"></script>', "foreign-request", "from another host"),
        ('<link rel="stylesheet" href="//fonts.example.org/x.css">', "foreign-request", "from another host"),
        ('<link rel="preconnect" href="https://fonts.example.org">', "foreign-request", "from another host"),
    ],
)
def test_what_is_wrong(html: str, code: str, said: str) -> None:
    (problem,) = check(html)
    assert problem.code == code
    assert said in problem.message
    assert problem.location.path == "a/index.html"
    assert problem.location.line == 2


def test_the_page_of_errors_is_served_at_any_depth() -> None:
    assert check('<a href="/a/b/">b</a><link rel="stylesheet" href="/assets/s.css">', page="404.html") == []


def test_addresses_in_style_sheets() -> None:
    right = "@font-face { src: url('f.woff2') } /* url(https://x.example/) */ a { b: url(data:x) }"
    assert check("", stylesheet=right) == []
    wrong = '@import "https://x.example/a.css";\n@font-face { src: url(g.woff2) }\nb { c: url( "//y.example/" ) }'
    found = check("", stylesheet=wrong)
    assert [(one.code, one.location.path, one.location.line) for one in found] == [
        ("foreign-request", "assets/s.css", 1),
        ("broken-link", "assets/s.css", 2),
        ("foreign-request", "assets/s.css", 3),
    ]
