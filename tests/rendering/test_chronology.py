"""The chronology: its three distances, marks that are links, edges that fade, breaks where nothing was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.model import DateGiven, Message
from build_tools.output import Page
from build_tools.rendering.addressing import Here
from build_tools.rendering.chronology import MANY, chronology_pages, chronology_picture, fullest
from build_tools.rendering.graphics import MARGIN, NARROW, WIDE, Lane, Mark, Scale, time_chart
from tests.rendering.conftest import With
from tests.rendering.page import ids, parse

DAY = date(1962, 11, 3)


@pytest.fixture(scope="session")
def levels(published: Here) -> dict[str, Page]:
    return {page.url: page for page in chronology_pages(published)}


def test_there_are_three_distances_each_leading_to_the_others(levels: dict[str, Page]) -> None:
    assert list(levels) == ["chronology/", "chronology/months/", "chronology/all/"]
    for url, page in levels.items():
        leads = parse(page.html).xpath('//nav[@aria-label="Distance"]//a')
        assert len(leads) == len(levels), url
    assert "2 September 2003" in parse(levels["chronology/all/"].html).text_content()


def test_every_mark_is_a_link_and_stands_in_the_table(levels: dict[str, Page]) -> None:
    for page in levels.values():
        root = parse(page.html)
        wide, narrow = root.xpath("//svg")
        for picture in (wide, narrow):
            drawn = picture.xpath(".//a/@href")
            assert len(drawn) == len(set(drawn)) == len(picture.xpath(".//a/@aria-label"))
            assert set(drawn) == set(root.xpath('//table[@class="timetable"]//th/a/@href'))
        assert len(ids(root)) == len(set(ids(root)))


def test_everything_has_everything(levels: dict[str, Page], published: Here) -> None:
    drawn = set(parse(levels["chronology/all/"].html).xpath("//svg//a/@href"))
    records = [*published.archive.events, *published.archive.commitments]
    records += [one for one in published.archive.messages if not one.value.document]
    for record in records:
        folder = {"event": "events", "commitment": "commitments", "message": "messages"}[record.reference.kind]
        assert f"../../{folder}/{record.id}/" in drawn


def test_what_is_not_sure_fades_and_what_is_does_not(with_records: With) -> None:
    def sent(edtf: str) -> Message:
        return Message(name=f"Of {edtf}", form="letter", holding="held", sent=DateGiven(date=edtf))

    out = with_records(
        ("sure", sent("1962-11-03")), ("doubtful", sent("1962-11-03?")), ("about", sent("1962-11-03~")),
        ("span", sent("1962-11-03/1962-11-09")), ("month", sent("1962-11")), ("open", sent("1962-11-03/..")),
    )  # fmt: skip
    pages = {page.url: page for page in chronology_pages(out)}
    root = parse(pages["chronology/all/"].html)

    def masks(name: str) -> list[str]:
        found = root.xpath(f'(//svg)[1]//a[@href="../../messages/{name}/"]//rect[@class="bar"]/@mask')
        return sorted(one.removeprefix("url(#chronology-all-").rstrip(")") for one in found)

    assert masks("sure") == []
    assert masks("doubtful") == masks("about") == ["both"]
    assert masks("span") in (["after", "before"], ["both"])
    assert masks("month") in (["after", "before"], ["both"])
    assert masks("open")
    defined = set(root.xpath("//svg//@id"))
    used = {one[5:-1] for one in root.xpath("//svg//@mask | //svg//@fill") if one.startswith("url(#")}
    assert used <= defined


def test_a_lane_with_too_much_is_counted_by_days(with_records: With) -> None:
    values = [
        (f"m-{n}", Message(name="M", form="letter", holding="held", sent=DateGiven(date=f"1962-11-{n % 9 + 1:02}")))
        for n in range(MANY + 1)
    ]
    out = with_records(*values)
    root = parse(next(chronology_pages(out)).html)
    marks = root.xpath("//svg//a/@href")
    assert "../messages/m-1/" not in marks
    assert "../dates/1962-11-04/" in marks
    assert "In messages there is so much" in " ".join(root.text_content().split())


def test_an_archive_without_days_draws_nothing(out: Here) -> None:
    empty = replace(out, links=replace(out.links, days={}))
    assert chronology_picture(empty) == ""
    assert next(page.url for page in chronology_pages(empty)) == "chronology/"


@given(
    st.dictionaries(st.dates(date(1962, 1, 1), date(1962, 12, 31)), st.integers(0, 5), min_size=1, max_size=20),
    st.integers(1, 60),
)
def test_the_fullest_weeks(counts: dict[date, int], length: int) -> None:
    def total(first: date) -> int:
        return sum(count for day, count in counts.items() if first <= day < first + timedelta(days=length))

    first, last = fullest(counts, length)
    assert last - first == timedelta(days=length - 1)
    assert total(first) == max(map(total, counts))


@given(
    st.lists(st.dates(date(1900, 1, 1), date(2003, 12, 31)), min_size=1, max_size=30, unique=True), st.integers(1, 40)
)
def test_a_scale_keeps_the_order_and_its_width(days: list[date], longest: int) -> None:
    ordered = sorted(days)
    scale = Scale.shortened(ordered, longest)
    places = [scale.at(day) for day in ordered]
    assert places == sorted(places)
    assert all(MARGIN <= place <= WIDE - MARGIN for place in places)
    assert all(later > earlier for earlier, later in pairwise(places))
    assert len(scale.breaks) == sum((b - a).days > longest for a, b in pairwise(ordered))


@pytest.mark.parametrize("drawn", [WIDE, NARROW])
def test_labels_do_not_touch_and_stay_in_the_picture(drawn: int) -> None:
    days = [DAY + timedelta(days=number % 21) for number in range(60)]
    marks = tuple(
        Mark(f"A thing with a name {n}", f"{n}/", day, day + timedelta(days=n % 3)) for n, day in enumerate(days)
    )
    picture = parse(
        time_chart([Lane("Things", marks)], Scale.even(DAY, DAY + timedelta(days=20), [DAY], drawn), "x", "x")
    )
    boxes = [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in picture.xpath('//rect[@class="hit"]')
    ]
    assert len(boxes) == 60
    for index, (x, y, width, _) in enumerate(boxes):
        assert x >= 0
        assert x + width <= drawn + 12
        for other_x, other_y, other_width, _ in boxes[:index]:
            if other_y == y:
                assert x + width <= other_x + 8 or other_x + other_width <= x + 8


def test_a_name_with_signs_is_escaped() -> None:
    picture = str(time_chart([Lane("<x>", (Mark('"<b>', "a/", DAY, DAY),))], Scale.even(DAY, DAY, [DAY]), "<y>", "z"))
    assert "<b>" not in picture
    assert "<x>" not in picture
