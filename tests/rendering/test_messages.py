"""The register of messages and the pages of each: hours on other clocks, brackets, relations both ways, numbers."""

from __future__ import annotations

import gzip

import pytest

from build_tools.model import DateGiven, Message, MessageRelation
from build_tools.rendering.addressing import Here
from build_tools.rendering.messages import (
    ON_ONE_PAGE,
    clocks_in_words,
    message_pages,
    number_pages,
    register_pages,
    related_to,
    relations_briefly,
    sending_of,
)
from build_tools.rendering.traffic import traffic_pages
from tests.rendering.conftest import With
from tests.rendering.page import parse

HEAVIEST = 130_000
"""Bytes of a page, compressed."""


def telegram(number: str, date: str = "1962-11-01", series: str = "board-ferry", **more: object) -> Message:
    return Message(
        name=f"Telegram {number}, {series}",
        form="telegram",
        holding="calendared",
        series=series,
        number=number,
        sent=DateGiven(date=date),
        **more,  # type: ignore[arg-type]
    )


def page_of(message: str, out: Here) -> str:
    record = next(one for one in out.archive.messages if one.id == message)
    return " ".join(parse(message_pages(record, out, sending_of(out.archive))[0].html).text_content().split())


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        # American summer time ended on the morning of 28 October 1962; Moscow kept one time all the year
        (DateGiven(date="1962-10-28", time="17:00", zone="Moscow"), "14:00 UTC, 09:00 Washington time"),
        (DateGiven(date="1962-10-27", time="17:00", zone="Moscow"), "14:00 UTC, 10:00 Washington time"),
        (DateGiven(date="1962-10-31", time="12:46", zone="Washington"), "17:46 UTC"),
        (DateGiven(date="1962-11-01", time="01:30", zone="Moscow"),
         "22:30 UTC on Wednesday 31 October 1962, 17:30 Washington time on Wednesday 31 October 1962"),
        (DateGiven(date="1962-11-01", time="20:00", zone="-05:00"),
         "01:00 UTC on Friday 2 November 1962, 20:00 Washington time"),
        (DateGiven(date="1962-10-31", time="12:46", zone="Port Aldrin"), ""),
        (DateGiven(date="1962-10-31", time="12:46"), ""),
        (DateGiven(date="1962-10-31", zone="Washington"), ""),
    ],
)  # fmt: skip
def test_the_hour_on_other_clocks(sent: DateGiven, words: str) -> None:
    assert clocks_in_words(sent, "Washington") == words


def test_1159_says_what_its_number_tells_and_what_not(published: Here) -> None:
    text = page_of("state-usun-1159", published)
    assert "1159 stands after 1158 (Thursday 1 November 1962, 15:00 Washington time)" in text
    assert "and before 1166 (Thursday 1 November 1962, hour not known)" in text
    assert "sent between 15:00 and the end of Thursday 1 November 1962, Washington time. C" in text
    assert "The archive knows no message of the 6 numbers between it and 1166" in text
    assert "Of what the message says this tells nothing" in text


def test_a_known_hour_needs_no_inference(published: Here) -> None:
    assert "What its number says" not in page_of("state-usun-1158", published)


@pytest.mark.parametrize(
    ("message", "link", "other"),
    [
        ("state-usun-1153", "amends", "1147"),
        ("state-usun-1147", "amended by", "1153"),
        ("state-usun-1158", "not to be confused with", "1159"),
        ("state-usun-1159", "not to be confused with", "1158"),
        ("khrushchev-kennedy-1962-10-28", "answers", "Kennedy to Khrushchev, 27 October 1962"),
        ("kennedy-khrushchev-1962-10-27", "answered by", "Khrushchev to Kennedy, 28 October 1962"),
    ],
)
def test_relations_stand_on_both_sides(published: Here, message: str, link: str, other: str) -> None:
    record = next(one for one in published.archive.messages if one.id == message)
    found = dict(relations_briefly(record, published))
    assert other in [one.words for one in found[link]]


def test_the_register_goes_by_series_and_number(published: Here) -> None:
    (page,) = register_pages(published, sending_of(published.archive))
    root = parse(page.html)
    numbers = root.xpath(
        '//section[h2="Department of State to Mission to the United Nations"]//span[@class="number"]/text()'
    )
    assert numbers == sorted(numbers, key=int)
    assert {"1147", "1153", "1158", "1159", "1166", "1177"} <= set(numbers)
    row = " ".join(root.xpath('//tr[th/span="1147"]')[0].text_content().split())
    assert "12:46 (Washington time)" in row
    assert "17:46 UTC" in row
    assert "amended by: 1153" in row
    assert "FRUS XI, document 125 A-x" in row
    row = " ".join(root.xpath('//tr[th/span="1159"]')[0].text_content().split())
    assert "by its number after 1158 and before 1166 C" in row
    assert "known from a citation" in row
    assert "Cited in Instruction of 3 November 1962: 14" in row
    row = " ".join(root.xpath('//tr[th/span="1153"]')[0].text_content().split())
    assert "Secret, 4 pages" in row
    assert "Secretary of Defense Cable Files" in row


def test_a_number_leads_on_until_two_series_have_it(with_records: With) -> None:
    alone = with_records(("one", telegram("1147")))
    (page,) = number_pages(alone)
    assert page.url == "messages/1147/"
    assert page.forward == "../one/"
    two = with_records(("one", telegram("1147")), ("two", telegram("1147", series="ferry-board")))
    (page,) = number_pages(two)
    assert page.forward == ""
    assert parse(page.html).xpath("//li/a/@href") == ["../one/", "../two/"]


def test_a_message_without_a_number_stands_in_its_series(with_records: With) -> None:
    out = with_records(("one", telegram("7")), ("two", telegram("")))
    (page,) = register_pages(out, sending_of(out.archive))
    assert parse(page.html).xpath("//tbody//th/a/@href") == ["one/", "two/"]


def test_names_of_any_script_are_escaped(with_records: With) -> None:
    name = 'שלום "<b>" & ' + "x" * 300
    value = Message(name=name, form="letter", holding="calendared", sent=DateGiven(date="1962-11-01"))
    out = with_records(("one", value))
    assert name in page_of("one", out)
    assert "<b>" not in message_pages(out.archive.messages[0], out, sending_of(out.archive))[0].html


def test_a_large_register_is_a_list_of_series(with_records: With) -> None:
    many = [(f"one-{number}", telegram(str(number))) for number in range(1, ON_ONE_PAGE + 2)]
    letters = [("letter", Message(name="A letter", form="letter", holding="held", sent=DateGiven(date="1962")))]
    out = with_records(*many, *letters)
    pages = list(register_pages(out, sending_of(out.archive)))
    assert [page.url for page in pages] == [
        "messages/",
        "messages/series/board-ferry/",
        "messages/series/board-ferry/2/",
        "messages/unnumbered/",
    ]
    listed = [href for page in pages[1:] for href in parse(page.html).xpath("//tbody//th/a/@href")]
    assert len(listed) == len(set(listed)) == ON_ONE_PAGE + 2
    assert "series/board-ferry/" in parse(pages[0].html).xpath("//a/@href")


def test_a_relation_to_itself_and_to_others_is_listed_once(with_records: With) -> None:
    relation = MessageRelation(link="answers", message="one")
    out = with_records(("one", telegram("1")), ("two", telegram("2", relations=(relation, relation))))
    first, second = out.archive.messages
    assert [(title, len(links)) for title, links in related_to(first, out)] == [("answered by", 1)]
    assert [(title, len(links)) for title, links in related_to(second, out)] == [("answers", 1)]


def test_a_thousand_relations_make_no_page_heavy_and_are_all_within_reach(with_records: With) -> None:
    """Nor the register's lines, nor those of the traffic."""
    many = [
        (f"a-{number:04}", telegram(f"{number}", relations=(MessageRelation(link="answers", message="one"),)))
        for number in range(1000)
    ]
    out = with_records(("one", telegram("5000")), *many)
    sending = sending_of(out.archive)
    pages = message_pages(next(one for one in out.archive.messages if one.id == "one"), out, sending)
    assert [page.url for page in pages] == [
        "messages/one/",
        *(f"messages/one/related/{one}" for one in ("", "2/", "3/", "4/")),
    ]
    listed = [href for page in pages[1:] for href in parse(page.html).xpath("//li/a/@href")]
    assert len(listed) == len(set(listed)) == 1000
    (more,) = parse(pages[0].html).xpath("//aside//li[starts-with(., 'and ')]")
    assert " ".join(more.text_content().split()) == "and 940 more, in the whole list"
    for page in (*pages, *register_pages(out, sending), *traffic_pages(out, sending)):
        assert len(gzip.compress(page.html.encode(), 6)) < HEAVIEST, page.url
    line = next(one for page in register_pages(out, sending) for one in parse(page.html).xpath('//tr[th/span="5000"]'))
    assert "and 995 more" in line.text_content()


def test_a_number_that_a_thousand_messages_bear_has_its_list_in_pages(with_records: With) -> None:
    out = with_records(*((f"m-{number:04}", telegram("7", series=f"s-{number}")) for number in range(1000)))
    pages = number_pages(out)
    assert [page.url for page in pages] == ["messages/7/", "messages/7/2/", "messages/7/3/", "messages/7/4/"]
    assert sum(len(parse(page.html).xpath("//li/a/@href")) for page in pages) == 1000
    assert {page.forward for page in pages} == {""}
