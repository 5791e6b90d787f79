"""The layered picture: what stands where, how few lines cross, the same every time, in time that grows with the input."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.rendering.layered import (
    LONGEST_ROUTE,
    Edge,
    Node,
    components,
    in_layers,
    laid_out,
    layered_picture,
    without_circles,
    wrapped,
)
from tests.rendering.page import parse

names = st.integers(0, 14).map(lambda number: f"n{number:02}")
graphs = st.lists(st.tuples(names, names), max_size=30)
NODES = [f"n{number:02}" for number in range(15)]


def node(name: str, title: str = "") -> Node:
    return Node(name, title or name.upper(), "demand · met", f"../{name}/", "demand")


def edge(start: str, end: str, **more: str) -> Edge:
    return Edge(start, end, f"{end} hangs on {start}", f"../{end}/#h-1", **more)


# --- layout -----------------------------------------------------------------------------------------------------------


def test_each_stands_behind_all_that_it_hangs_on() -> None:
    layout = laid_out(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")])
    assert {name: layer for name, (layer, _) in layout.places.items()} == {"a": 0, "b": 1, "c": 2, "d": 1}
    assert len(layout.routes["a", "c"]) == 3  # over a waypoint beside b


@given(graphs)
@settings(deadline=None)
def test_the_layout_is_sound_for_every_graph(edges: list[tuple[str, str]]) -> None:
    layout = laid_out(NODES, edges)
    assert set(layout.places) == set(NODES)
    assert set(layout.routes) == {one for one in edges if one[0] != one[1]}
    for (start, end), route in layout.routes.items():
        assert route[0] == layout.places[start]
        assert route[-1] == layout.places[end]
        steps = {abs(one[0] - other[0]) for one, other in pairwise(route)}
        assert steps == {1} or (len(route) == 2 and min(steps) > LONGEST_ROUTE), "a way from layer to layer, unless far"
    by_layer: dict[int, list[float]] = {}
    for layer, height in layout.places.values():
        by_layer.setdefault(layer, []).append(height)
    for heights in by_layer.values():
        assert all(other - one >= 64 - 0.2 for one, other in pairwise(sorted(heights))), "boxes overlap"
    assert all(0 <= height <= layout.height for _, height in layout.places.values())


@given(graphs)
@settings(deadline=None)
def test_circles_are_opened_and_what_is_left_has_layers(edges: list[tuple[str, str]]) -> None:
    sound = [(start, end) for start, end, _ in without_circles(NODES, [one for one in edges if one[0] != one[1]])]
    layers = in_layers(NODES, sound)
    assert all(layers[start] < layers[end] for start, end in sound)
    assert min(layers.values()) == 0


@given(graphs, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_input_makes_no_difference(edges: list[tuple[str, str]], chance: random.Random) -> None:
    shuffled, other = list(NODES), list(edges)
    chance.shuffle(shuffled)
    chance.shuffle(other)
    assert laid_out(shuffled, other) == laid_out(NODES, edges)


@pytest.mark.parametrize(
    "edges",
    [
        [("a", "x"), ("b", "y"), ("a", "y")],
        [("a", "z"), ("b", "y"), ("c", "x")],  # each for itself
        [("r", "a"), ("r", "b"), ("a", "z"), ("b", "y"), ("r", "y"), ("r", "z")],
        [("a", "z"), ("b", "y"), ("c", "x"), ("z", "e"), ("y", "e"), ("x", "e"), ("o", "a"), ("o", "b"), ("o", "c")],
    ],
)
def test_what_can_be_drawn_without_crossings_is(edges: list[tuple[str, str]]) -> None:
    assert laid_out(sorted({name for one in edges for name in one}), edges).crossings == 0


def test_what_must_cross_crosses_as_little_as_it_must() -> None:
    complete = [(start, end) for start in "abc" for end in "xyz"]
    assert laid_out(list("abcxyz"), complete).crossings == 9


def test_a_tree_never_crosses() -> None:
    chance = random.Random(1962)
    edges = [(f"n{chance.randrange(number):03}", f"n{number:03}") for number in range(1, 120)]
    assert laid_out([f"n{number:03}" for number in range(120)], edges).crossings == 0


def test_parts_that_do_not_hang_together_are_apart() -> None:
    parts = components(
        ["a", "b", "c", "d", "e"], [("d", "e"), ("a", "b"), ("b", "a"), ("e", "c"), ("x", "a"), ("a", "a")]
    )
    assert [members for members, _ in parts] == [["c", "d", "e"], ["a", "b"]]
    assert parts[1][1] == [("a", "b"), ("b", "a")]


@pytest.mark.parametrize("shape", ["random", "chain with shortcuts", "star"])
def test_twenty_thousand_take_little_more_than_their_share(shape: str) -> None:
    def seconds(count: int) -> float:
        chance = random.Random(count)
        names = [f"c{number:05}" for number in range(count)]
        edges = {
            "random": [(names[chance.randrange(max(0, n - 200), n)], names[n]) for n in range(1, count)]
            + [(names[chance.randrange(n)], names[n]) for n in range(1, count // 2)],
            "chain with shortcuts": [*pairwise(names), *((names[0], name) for name in names[1:])],
            "star": [(names[0], name) for name in names[1:]],
        }[shape]
        started = time.process_time()
        laid_out(names, edges)
        return time.process_time() - started

    small, large = seconds(5_000), seconds(20_000)
    assert large < max(small, 0.1) * 4 * 3


# --- drawing ----------------------------------------------------------------------------------------------------------


def test_every_box_and_arrow_is_a_link_with_its_words() -> None:
    nodes, edges = [node("a"), node("b"), node("c")], [edge("a", "b", kind="limited-by"), edge("b", "c")]
    made = parse(layered_picture(nodes, edges, "What hangs", centre="b"))
    for variant in ("wide", "narrow"):
        (svg,) = made.xpath(f'.//div[@class="picture {variant}"]/svg')
        assert svg.get("aria-label") == "What hangs"
        links = {link.get("aria-label"): link.get("href") for link in svg.iter("a")}
        assert links == {
            "b hangs on a": "../b/#h-1",
            "c hangs on b": "../c/#h-1",
            "A, demand · met": "../a/",
            "C, demand · met": "../c/",
        }
        assert [link.get("class") for link in svg.xpath('.//a[contains(@class, "edge")]')] == [
            "edge limited-by",
            "edge ",
        ]
    assert float(made.xpath('.//div[@class="picture narrow"]/svg/@width')[0]) <= 360


def test_words_are_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    made = layered_picture([node("a", evil), node("b")], [Edge("a", "b", evil, "#", "k")], evil)
    assert "<script" not in made
    assert parse(made).xpath(".//script") == []


def test_a_circle_is_drawn_with_one_arrow_turned() -> None:
    made = str(layered_picture([node("a"), node("b")], [edge("a", "b"), edge("b", "a")], "Both"))
    assert made.count("l-7 -3.5v7z") >= 1
    assert made.count("l7 -3.5v7z") == 1


@given(st.text(max_size=80), st.integers(3, 30))
@settings(deadline=None)
def test_a_title_has_two_lines_at_most_and_loses_no_word_in_silence(text: str, longest: int) -> None:
    lines = wrapped(text, longest, 2)
    assert 1 <= len(lines) <= 2
    assert all(len(line) <= longest for line in lines)
    assert any(line.endswith("…") for line in lines) or " ".join(lines) == " ".join(text.split())
