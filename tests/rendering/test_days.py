"""Days, months and years: grouped, with neighbours, in their week; and what covers a day without naming it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.linking import DayEntry
from build_tools.model import DateGiven, Message
from build_tools.output import Page
from build_tools.rendering.addressing import Here
from build_tools.rendering.days import ON_ONE_PAGE, day_pages, nearest, period_pages
from build_tools.rendering.spans import LISTED, spans_of
from tests.rendering.conftest import With
from tests.rendering.page import ids, parse


@pytest.fixture(scope="session")
def days(published: Here) -> dict[str, Page]:
    return {page.url: page for page in day_pages(published, spans_of(published.archive))}


@pytest.fixture(scope="session")
def periods(published: Here) -> dict[str, Page]:
    return {page.url: page for page in period_pages(published, spans_of(published.archive))}


def text_of(page: Page) -> str:
    return " ".join(parse(page.html).text_content().split())


def test_a_day_has_its_weekday_neighbours_and_month(days: dict[str, Page]) -> None:
    page = days["dates/1962-11-02/"]
    assert page.title == "Friday 2 November 1962"
    root = parse(page.html)
    assert [one.get("href") for one in root.xpath('//aside//a[starts-with(@href, "../1962")]')] == [
        "../1962-11-01/",
        "../1962-11-03/",
        "../1962-11/",
    ]
    assert [one.text_content().split() for one in root.xpath('//ol[@class="week"]/li')] == [
        ["Sun", "28"], ["Mon", "29"], ["Tue", "30"], ["Wed", "31"], ["Thu", "1"], ["Fri", "2"], ["Sat", "3"],
    ]  # fmt: skip
    assert root.xpath('//b[@aria-current="date"]')[0].text_content().split() == ["Fri", "2"]


def test_a_day_nothing_refers_to_has_no_page_and_leads_to_the_nearest(
    days: dict[str, Page], periods: dict[str, Page]
) -> None:
    assert "dates/1962-11-14/" not in days
    (link,) = parse(periods["dates/1962-11/"].html).xpath('//table//a[starts-with(normalize-space(), "14")]')
    assert link.get("href") == "../1962-11-13/"
    assert link.get("title") == "Wednesday 14 November 1962: nothing; the nearest day is Tuesday 13 November 1962"


def test_a_relative_date_is_shown_with_what_it_was_counted_from(days: dict[str, Page]) -> None:
    text = text_of(days["dates/1962-10-31/"])
    assert "“earlier this week”, Instruction of 3 November 1962, passage 14: 28 October – 3 November 1962 C" in text
    assert "counted from Saturday 3 November 1962; weeks run from Sunday to Saturday; up to the day of writing" in text
    assert (
        "“the last three weeks”, Instruction of 3 November 1962, passage 12: about 14 October – 3 November 1962 C"
        in text
    )
    assert "by that alone 13 October – 3 November 1962, from which the edition departs; certainty medium" in text
    assert "“next week”, Instruction of 3 November 1962, passage 14: 4–10 November 1962" in text_of(
        days["dates/1962-11-08/"]
    )
    assert "next week" not in text


def test_the_misread_day_is_not_that_of_the_document(days: dict[str, Page]) -> None:
    root = parse(days["dates/1962-11-08/"].html)
    assert root.xpath('//section[h2="Written"]') == []
    assert "Written" in text_of(days["dates/1962-11-03/"])


def test_months_and_years_lead_to_every_day(days: dict[str, Page], periods: dict[str, Page]) -> None:
    months = [url for url in periods if len(url) == len("dates/1962-11/")]
    listed = {href for url in months for href in parse(periods[url].html).xpath('//dl[@class="days"]//dt/a/@href')}
    assert {f"dates/{href.removeprefix('../')}" for href in listed} == set(days)
    years = [url for url in periods if len(url) == len("dates/1962/")]
    assert years == [f"dates/{href}" for href in parse(periods["dates/"].html).xpath("//h2/a/@href")]
    assert "../1962-11/" in parse(periods["dates/1962/"].html).xpath('//ul[@class="periods"]//a/@href')


def test_what_has_no_day_stands_on_its_month_or_year(with_records: With) -> None:
    def dated(edtf: str) -> Message:
        return Message(name=f"Letter of {edtf}", form="letter", holding="held", sent=DateGiven(date=edtf))

    out = with_records(("month", dated("1962-11~")), ("year", dated("1962?")), ("span", dated("1962-08-01/1963-02-01")))
    pages = {page.url: page for page in period_pages(out, spans_of(out.archive))}
    assert "Letter of 1962-11~ about November 1962" in text_of(pages["dates/1962-11/"])
    assert "Letter of 1962? probably 1962" in text_of(pages["dates/1962/"])
    for month in ("1962-08", "1963-02"):
        assert "1 August 1962 – 1 February 1963" in text_of(pages[f"dates/{month}/"])


def test_a_day_with_very_much_goes_on_in_other_pages(out: Here) -> None:
    day = next(iter(out.links.days))
    (first, *_) = out.links.days[day]
    sources = [record.reference for record in out.archive.records()]
    many = tuple(
        DayEntry(day, "referred to", replace(sources[number % len(sources)], id=f"x-{number}"), "then")
        for number in range(ON_ONE_PAGE * 2)
    )
    crowded = replace(out, links=replace(out.links, days={day: (first, *many)}))
    pages = list(day_pages(crowded, spans_of(out.archive)))
    assert [page.url for page in pages] == [f"dates/{day}/", f"dates/{day}/2/", f"dates/{day}/3/"]
    assert [len(parse(page.html).xpath('//ul[@class="entries"]/li')) for page in pages] == [ON_ONE_PAGE, ON_ONE_PAGE, 1]
    assert parse(pages[0].html).xpath('//nav[@aria-label="Pages of this day"]/a/@href') == ["2/", "3/"]


def test_ids_are_given_once(days: dict[str, Page], periods: dict[str, Page]) -> None:
    for page in (*days.values(), *periods.values()):
        found = ids(parse(page.html))
        assert len(found) == len(set(found))


@given(st.dates(), st.sets(st.dates(), min_size=1, max_size=8))
def test_no_day_is_nearer_than_the_nearest(day: date, others: set[date]) -> None:
    found = date.fromisoformat(nearest(day.isoformat(), sorted(one.isoformat() for one in others)))
    assert found in others
    assert abs(found - day) == min(abs(one - day) for one in others)


def test_the_nearest_of_none() -> None:
    assert nearest("1962-11-03", []) == ""


def test_a_day_that_very_many_dates_cover_lists_the_first(published: Here) -> None:
    many = tuple(
        replace(document, id=f"copy-{number}") for number in range(20) for document in published.archive.documents
    )
    spans = spans_of(replace(published.archive, documents=many))
    assert len(spans.on_day["1962-11-03"]) == LISTED
    covering = sum(one.when.earliest <= date(1962, 11, 3) <= (one.when.latest or date.max) for one in spans.relative)
    assert spans.more["1962-11-03"] + LISTED <= covering
    pages = {page.url: page for page in day_pages(published, spans)}
    assert f"{spans.more['1962-11-03']} more such dates cover this day" in text_of(pages["dates/1962-11-03/"])
