"""The map of a document: passages to scale, every mark a link, never higher than it may be."""

from __future__ import annotations

from itertools import pairwise

import pytest

from build_tools.rendering.document_map import HEIGHT, SHARED, WIDTH, Spot, Stop, document_map, is_crowded, listed_stops
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


def many(count: int) -> list[Stop]:
    return [
        Stop(f"#p{n}", f"{n} words", f"{n}", 40 + n % 7 * 30, (Spot(3, f"#n-{n}", f"note {n}"),)) for n in range(count)
    ]


def test_the_list_beside_the_picture_leads_to_each_passage_where_there_is_room() -> None:
    stops = many(100)
    assert not is_crowded(stops)
    assert listed_stops(stops) == tuple(stops)


@pytest.mark.parametrize("count", [121, 500, 3001])
def test_the_list_of_a_crowded_document_has_the_lines_that_the_picture_has_blocks(count: int) -> None:
    stops = many(count)
    listed = listed_stops(stops)
    assert [one.href for one in listed] == parse(document_map(stops)).xpath(".//a/@href")
    assert 30 < len(listed) <= HEIGHT / SHARED
    assert [spot for one in listed for spot in one.spots] == [spot for one in stops for spot in one.spots]


def test_a_line_of_a_crowded_list_says_which_passages_share_it() -> None:
    listed = listed_stops(many(500))
    ends = [one.sign.partition("–") for one in listed]
    assert [int(first) for first, _, _ in ends] == [0, *(int(last or first) + 1 for first, _, last in ends[:-1])]
    assert int(ends[-1][2]) == 499
    assert listed[0].words == "0 words", "it is read with the first words of the first of them"
