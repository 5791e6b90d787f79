"""Markdown becomes the nodes of TEI; what may not stand in it is named with its place; hostile text costs little."""

from __future__ import annotations

import time

import pytest

from build_tools.location import Location
from build_tools.reading.markdown import CAP, read_markdown
from build_tools.text import Element, Node, Text, as_text, elements


def outline(nodes: tuple[Node, ...]) -> str:
    """Names, attributes and words, without places."""
    return "".join(_outline(node) for node in nodes)


def _outline(node: Node) -> str:
    if isinstance(node, Text):
        return node.content
    attributes = "".join(f" {name}={value}" for name, value in node.attributes)
    return f"<{node.name}{attributes}>{outline(node.children)}</>"


def faults(source: str) -> list[tuple[str, str]]:
    return [(one.code, str(one.location).removeprefix("a.md:")) for one in read_markdown(source, "a.md")[1]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One\ntwo.\n\nThree.", "<p>One two.</><p>Three.</>"),
        ("*a* **b** ***c***", "<p><hi rend=italic>a</> <hi rend=bold>b</> <hi rend=italic><hi rend=bold>c</></></>"),
        ("- a\n- b", "<list><item><p>a</></><item><p>b</></></>"),
        ("1. a", "<list rend=numbered><item><p>a</></></>"),
        ("> a\n> b", "<quote><p>a b</></>"),
        ("## A\n\n### B", "<head n=2>A</><head n=3>B</>"),
        ("[a *b*](term:mole)", "<p><ref target=term:mole>a <hi rend=italic>b</></></>"),
        ("[d](document:x#p7)", "<p><ref target=document:x#p7>d</></>"),
        ('[FRUS](work:frus-xi#d139 "A-x")', "<p><bibl target=work:frus-xi#d139 ana=A-x>FRUS</></>"),
        ('[inference](term:grades "C")', "<p><bibl target=term:grades ana=C>inference</></>"),
        ("[a](https://x.example/b?c=d&amp;e)", "<p><ref target=https://x.example/b?c=d&e>a</></>"),
        ("<https://x.example/>", "<p><ref target=https://x.example/>https://x.example/</></>"),
        ("[a][b]\n\n[b]: term:mole", "<p><ref target=term:mole>a</></>"),
        ("a &amp; \\<b> &eacute;", "<p>a & <b> é</>"),
        ("a\\\nb", "<p>a b</>"),
        ("", ""),
    ],
)
def test_what_comes_out(source: str, expected: str) -> None:
    nodes, problems = read_markdown(source, "a.md")
    assert problems == ()
    assert outline(nodes) == expected


def test_things_of_one_name_have_each_their_own_place() -> None:
    nodes, _ = read_markdown("É [a](term:mole) and\n[b](term:mole), *c*.\n\n- [d](term:mole)\n", "a.md", first_line=5)
    places = [one.location for node in nodes for one in elements(node) if one.name in {"ref", "hi"}]
    assert places == [Location("a.md", 5, 7), Location("a.md", 6, 5), Location("a.md", 6, 17), Location("a.md", 8, 7)]


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("a <b>c</b>", "html-in-markdown", "1:3"),
        ("a\n\n<script>x()</script>", "html-in-markdown", "3:1"),
        ("<!-- a -->", "html-in-markdown", "1:1"),
        ("a <img src=x onerror=x()>", "html-in-markdown", "1:3"),
        ("![a](https://x.example/)", "markdown-not-allowed", "1:3"),
        ("a `b`", "markdown-not-allowed", "1:4"),
        ("```\nb\n```", "markdown-not-allowed", "1:1"),
        ("    b", "markdown-not-allowed", "1:5"),
        ("a\n\n---", "markdown-not-allowed", "3:1"),
        ("# A", "markdown-not-allowed", "1:1"),
        ("#### A", "markdown-not-allowed", "1:1"),
        ("A\n===", "markdown-not-allowed", "1:1"),
        ("[](term:mole)", "markdown-not-allowed", "1:4"),
        ("[a](javascript:x())", "unsafe-link", "1:5"),
        ("[a](&#106;avascript:x())", "unsafe-link", "1:1"),
        ("[a](JaVaScRiPt:x())", "unsafe-link", "1:5"),
        ("[a](data:text/html,x)", "unsafe-link", "1:5"),
        ("[a](vbscript:x)", "unsafe-link", "1:5"),
        ("[a](http://x.example/)", "unsafe-link", "1:5"),
        ("[a](//x.example/)", "bad-reference", "1:5"),
        ("[a](../b/)", "bad-reference", "1:5"),
        ("[a]()", "bad-reference", "1:1"),
        ("[a](persn:b)", "bad-reference", "1:5"),
        ("<a@b.example>", "unsafe-link", "1:1"),
        ("[a](<https://x.example/ b>)", "unsafe-link", "1:6"),
        ('[a](work:b "sure")', "bad-citation", "1:5"),
        ('[a](person:b "A")', "bad-citation", "1:5"),
        ('[a](term:grades "A")', "bad-citation", "1:5"),
        ('[a](https://x.example/ "B")', "bad-citation", "1:5"),
        ("a &#x202E; b", "forbidden-character", "1:1"),
    ],
)
def test_what_may_not_stand_there(source: str, code: str, place: str) -> None:
    assert faults(source)[0] == (code, place)


def test_an_address_that_is_refused_does_not_reach_the_tree() -> None:
    nodes, _ = read_markdown("[a](javascript:x()) [b](nowhere)", "a.md")
    assert outline(nodes) == "<p><ref>a</> <ref>b</></>"


def test_the_cap() -> None:
    assert faults("a" * (CAP + 1)) == [("file-too-large", "1:1")]


@pytest.mark.parametrize("piece", ["> ", "- ", "1. ", "* ", ">- "])
def test_nothing_is_dropped_in_silence_however_deep(piece: str) -> None:
    for depth in (7, 30, 300, 20_000):
        nodes, problems = read_markdown(piece * depth + "words", "a.md")
        assert problems or "words" in as_text(Element("p", Location("a"), children=nodes))


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "[a](", "[a][", "*a ", "*a**b", "_a ", "`", "`a``", "<", "<a ", "> ", "- ", "a\n", "&#", "\\", "[]: x"],
)
def test_hostile_text_costs_little(piece: str) -> None:
    began = time.monotonic()
    read_markdown((piece * 20_000)[:20_000], "a.md")
    assert time.monotonic() - began < 4
