"""The picture of the traffic: every message a link, arrows for what is drawn, a table with the same; large archives."""

from __future__ import annotations

from dataclasses import replace

from build_tools.model import DateGiven, Message
from build_tools.rendering.addressing import Here
from build_tools.rendering.messages import sending_of
from build_tools.rendering.traffic import IN_ONE_PICTURE, LANES, traffic_pages
from tests.rendering.conftest import With
from tests.rendering.page import ids, parse
from tests.rendering.test_messages import telegram


def test_every_message_is_a_link_in_picture_and_table(published: Here) -> None:
    (page,) = traffic_pages(published, sending_of(published.archive))
    root = parse(page.html)
    wanted = {f"../{record.id}/" for record in published.archive.messages}
    for picture in root.xpath("//svg"):
        drawn = picture.xpath(".//a/@href")
        assert len(drawn) == len(set(drawn))
        assert set(drawn) == wanted
        assert all(picture.xpath(".//a/@aria-label"))
    assert set(root.xpath("//tbody//th/a/@href")) == wanted
    assert len(ids(root)) == len(set(ids(root)))


def test_an_amendment_is_an_arrow_and_a_confusion_is_none(published: Here) -> None:
    (page,) = traffic_pages(published, sending_of(published.archive))
    root = parse(page.html)
    related = [one.link for record in published.archive.messages for one in record.value.relations]
    for picture in root.xpath("//svg"):
        classes = [one.removeprefix("arrow ") for one in picture.xpath('.//g[starts-with(@class, "arrow")]/@class')]
        assert classes.count("amends") == related.count("amends")
        assert "not-to-be-confused-with" not in classes


def test_1159_stands_between_its_neighbours(published: Here) -> None:
    (page,) = traffic_pages(published, sending_of(published.archive))
    drawn = parse(page.html).xpath("(//svg)[1]//a/@href")
    places = [drawn.index(f"../state-usun-{number}/") for number in (1147, 1153, 1158, 1159, 1166, 1177)]
    assert places == sorted(places)


def test_many_series_share_a_lane(with_records: With) -> None:
    out = with_records(*((f"m-{number}", telegram("1", series=f"series-{number}")) for number in range(LANES + 4)))
    (page,) = traffic_pages(out, sending_of(out.archive))
    names = parse(page.html).xpath('(//svg)[1]/text[@class="sub"]/text()')
    assert len([name for name in names if name.startswith("Series")]) == LANES
    assert "Other series" in names


def test_a_large_archive_has_a_picture_for_each_month_and_a_crowded_one_a_mark_for_each_day(with_records: With) -> None:
    october = [
        (f"a-{number}", telegram(str(number), f"1962-10-{number % 31 + 1:02}")) for number in range(IN_ONE_PICTURE + 1)
    ]
    letter = Message(name="A letter", form="letter", holding="held", sent=DateGiven(date="1962-11"))
    out = with_records(*october, ("letter", letter))
    pages = list(traffic_pages(out, sending_of(out.archive)))
    assert [page.url for page in pages] == [
        "messages/traffic/",
        "messages/traffic/1962-10/",
        "messages/traffic/1962-11/",
    ]
    assert parse(pages[0].html).xpath('//ul[@class="register"]//a/@href') == ["1962-10/", "1962-11/"]
    marks = parse(pages[1].html).xpath("(//svg)[1]//a/@href")
    assert len(marks) == 31
    assert "../../../dates/1962-10-05/" in marks
    assert len(parse(pages[1].html).xpath("//tbody/tr")) == 31


def test_an_empty_archive_has_a_page(out: Here) -> None:
    empty = replace(out, archive=replace(out.archive, messages=()))
    (page,) = traffic_pages(empty, sending_of(empty.archive))
    assert "0 messages" in page.html
