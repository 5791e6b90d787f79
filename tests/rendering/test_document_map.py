"""The map of a document: passages to scale, every mark a link, never higher than it may be."""

from __future__ import annotations

from itertools import pairwise

import pytest

from build_tools.rendering.document_map import HEIGHT, WIDTH, Spot, Stop, document_map
from tests.rendering.page import parse


def bars(stops: list[Stop], css: str | None = None) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of the rectangles; without a class, those of passages."""
    found = parse(document_map(stops)).xpath(".//rect")
    return [
        (float(one.get("x", 0)), float(one.get("y")), float(one.get("width")), float(one.get("height")))
        for one in found
        if one.get("class") == css
    ]


def test_blocks_are_to_scale_and_do_not_overlap() -> None:
    made = bars([Stop(f"#p{n}", f"{n}", f"{n}", length) for n, length in enumerate((100, 400, 100, 1600))])
    heights = [height for *_, height in made]
    assert heights[0] == heights[2] < heights[1] < heights[3]
    assert (heights[3] - heights[0]) / (heights[1] - heights[0]) == pytest.approx(5, rel=0.02)
    assert all(first[1] + first[3] <= second[1] + 0.11 for first, second in pairwise(made))


@pytest.mark.parametrize("count", [1, 2, 40, 500, 3000])
def test_the_picture_keeps_its_height(count: int) -> None:
    spots = Spot(49, "#n-a", "note"), Spot(0, "#c-a-1", "demand", "demand")
    stops = [Stop(f"#p{number}", "", "", 50, spots) for number in range(count)]
    for css in (None, "n", "bar"):
        for x, y, width, height in bars(stops, css):
            assert y >= 0
            assert y + height <= HEIGHT + 0.2
            assert x + width <= WIDTH


def test_marks_stand_where_their_words_are() -> None:
    stop = Stop(
        "#p1", "1", "1", 1000, (Spot(0, "#c-a-1", "a", "demand"), Spot(500, "#n-b", "b"), Spot(990, "#n-c", "c"))
    )
    (commitment,) = bars([stop], "bar")
    first, second = bars([stop], "n")
    assert commitment[1] == 0
    assert first[1] == pytest.approx(HEIGHT / 2, rel=0.03)
    assert second[1] > first[1]


def test_commitments_at_one_place_stand_beside_each_other() -> None:
    stop = Stop("#p1", "1", "1", 1000, tuple(Spot(10, f"#c-{name}-1", name, "demand") for name in "abc"))
    assert len({x for x, *_ in bars([stop], "bar")}) == 3


def test_everything_leads_somewhere_and_says_what_it_is() -> None:
    stop = Stop("#p1", "1 <b>", "1", 10, (Spot(1, "#n-a", 'note: "a" & b'),))
    made = parse(document_map([stop]))
    assert made.xpath(".//a/@href") == ["#p1", "#n-a"]
    assert made.xpath(".//a/title/text()") == ["1 <b>", 'note: "a" & b']
    assert made.xpath(".//a/@tabindex") == ["-1", "-1"]


def test_a_document_without_passages_has_no_map() -> None:
    assert document_map([]) == ""
    assert bars([Stop("#p1", "", "", 0)])[0][3] > 0
