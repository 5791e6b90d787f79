"""A long page: what grows with it grows in step, its parts are laid out only near the window, and nothing jumps.

No time is measured here: `python -m bench.smooth` does that, on a machine that has nothing else to do.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from bench.long import LONG, lengthen
from tests.published import ROOT, build, served

pytestmark = pytest.mark.group("browser")

PASSAGES, NOTES = 120, 240
FAR = "#p110"
BELOW = """(target) => document.querySelector(target).getBoundingClientRect().top
    - document.querySelector('header.site').getBoundingClientRect().bottom"""
WATCHED = """window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    if (!one.hadRecentInput) shifted += one.value
})).observe({ type: 'layout-shift', buffered: true })"""


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    lengthen(ROOT / "sources", folder / "sources", PASSAGES, NOTES)
    build(folder / "site", "--sources", str(folder / "sources"))
    shutil.rmtree(folder / "sources")
    return folder / "site"


@pytest.fixture(scope="module")
def long_page(long_site: Path) -> Iterator[str]:
    with served(long_site) as address:
        yield f"{address}documents/{LONG}/"


def test_the_page_has_what_was_asked_for_and_no_more_than_it_needs(long_site: Path) -> None:
    root = html.parse(str(long_site / "documents" / LONG / "index.html")).getroot()
    assert len(root.xpath('//div[@class="passage"]')) == PASSAGES
    assert len(root.xpath('//div[@class="note"]')) == NOTES
    per_passage = len(root.xpath('//div[@class="passages"]//*')) / PASSAGES
    assert per_passage < 70, "with 2 notes, 3 commitments and the names in it"
    assert len(root.xpath('//nav[@class="map crowded"]//svg//*')) < 450, "the picture does not grow"
    parts = [len(part.xpath('.//div[@class="passage"]')) for part in root.xpath('//div[@class="part apart"]')]
    assert sum(parts) == PASSAGES
    assert max(parts) <= 10
    pauses = root.xpath('//div[@class="part apart"]/script')
    assert 1 + (len(parts) - 1) // 3 >= len(pauses) > (len(parts) - 1) // 3 - 1, (
        "a browser may answer after every third"
    )
    assert pauses[0].getparent() is root.find_class("apart")[0], "and paint the first"
    assert all(one.getparent()[-1] is one for one in pauses), "at the end of a part"
    assert len(root.xpath('//nav[@class="map crowded"]//ol//*')) < 250, "nor does the list beside it"
    assert len(root.xpath('//div[@class="foot"]//*')) < 1500, "nor the foot"


def test_what_the_page_has_no_room_for_is_reached_from_it(long_site: Path) -> None:
    folder = long_site / "documents" / LONG
    root = html.parse(str(folder / "index.html")).getroot()
    (address,) = root.xpath('//nav[@class="map crowded"]/p/a/@href')
    noted, seen = set(), [address]
    while address:
        page = html.parse(str(folder / address / "index.html")).getroot()
        noted |= {one.partition("#")[2] for one in page.xpath('//ol[@class="entries"]//a/@href')}
        after = page.xpath('//nav[@class="kinds"]/b/following-sibling::a[1]/@href')
        address = (Path(address) / after[0]).resolve().relative_to(Path.cwd()).as_posix() if after else ""
        seen.append(address)
    assert set(root.xpath('//div[@class="note"]/div/@id')) <= noted
    assert len(seen) > 2, "it goes on in further pages"
    more = root.xpath('//section[@class="quotations"]/p[@class="further"]/a/@href')
    rows = [html.parse(str(folder / one / "index.html")).getroot().xpath("//tbody/tr") for one in ("", *more)]
    assert len(rows) > 1
    assert max(map(len, rows)) <= 20


def test_what_must_be_known_before_the_first_paint_waits_for_no_styles(long_site: Path) -> None:
    head = html.parse(str(long_site / "documents" / LONG / "index.html")).getroot().find("head")
    names = [
        (one.get("src") or one.get("href")).rpartition("/")[2] for one in head.xpath("script|link[@rel='stylesheet']")
    ]
    assert names[0] == "early.js"


def test_the_map_shows_where_the_reader_is_and_controls_come_with_the_text(browser, long_page: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(long_page)
    page.wait_for_selector(".note-this", state="attached")
    begun = page.locator(".note-this").count()
    assert 0 < begun < PASSAGES, "only those of the parts that are near"
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 9000)
    page.wait_for_url("**/#p*")
    number = int(page.evaluate("location.hash.slice(2)"))
    first, _, last = page.locator(".map [aria-current] b").inner_text().partition("–")
    assert int(first) <= number <= int(last or first)
    assert page.locator(f"#p{number} .note-this").count() == 1
    page.goto(long_page + FAR)
    page.wait_for_selector(f"{FAR} .note-this", state="attached")
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_an_address_leads_to_stands_below_the_header_and_stays(
    browser, long_page: str, width: int, scripts: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(long_page + FAR)
    page.wait_for_timeout(300)
    first = page.evaluate(BELOW, FAR)
    page.wait_for_timeout(1000)
    assert 0 <= first < 300
    assert abs(page.evaluate(BELOW, FAR) - first) <= 2
    context.close()


def test_a_link_on_the_page_leads_there_at_once(browser, long_page: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(long_page)
    link = page.locator(".map ol a").nth(-4)
    target = link.get_attribute("href")
    link.click()
    page.wait_for_timeout(600)
    assert 0 <= page.evaluate(BELOW, target) < 300
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_shifts_while_it_is_scrolled_to_the_end_and_back(browser, long_page: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(WATCHED)
    page = context.new_page()
    page.goto(long_page)
    page.mouse.move(300, 500)
    for step in (*[1200] * 25, *[-1500] * 10):
        page.mouse.wheel(0, step)
        page.wait_for_timeout(40)
    for key in ("End", "Home"):
        page.keyboard.press(key)
        page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("shifted") <= 0.02
    context.close()


def test_all_of_it_is_printed_and_what_is_far_is_not_laid_out(browser, long_page: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(long_page)
    page.wait_for_timeout(300)
    drawn = "document.querySelector('#p110 p').checkVisibility({ contentVisibilityAuto: true })"
    assert not page.evaluate(drawn)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert page.evaluate(drawn)
    context.close()


CLOSED = ".note > [hidden]"


def test_a_note_is_opened_and_closed_by_its_title_and_says_which(browser, long_page: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(long_page)
    page.wait_for_selector(".note-this", state="attached")
    name = page.locator(CLOSED).first.get_attribute("id")
    title, words = page.locator(f'a.fold[href="#{name}"]'), page.locator(f"#{name}")
    title.click()
    assert words.is_visible()
    assert title.get_attribute("aria-expanded") == "true"
    assert "#" not in page.url, "the address stays that of what is read"
    title.click()
    assert words.get_attribute("hidden") == "until-found"
    title.focus()
    assert title.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert words.is_visible()
    page.locator(f"#r-{name.removeprefix('n-')}").click()
    assert page.url.endswith(f"#{name}")
    assert words.is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_opens_its_note_and_paper_has_all_of_them(browser, long_page: str, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(long_page)
    closed = [one.get_attribute("id") for one in page.locator(CLOSED).all()]
    assert len(closed) > 20
    page.goto(f"{long_page}#{closed[-5]}")
    page.wait_for_timeout(500)
    words = page.locator(f"#{closed[-5]} p").first
    assert words.bounding_box()["height"] > 10
    assert 0 <= page.evaluate(BELOW, f"#{closed[-5]}") < 400
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert all(page.locator(f"#{one} p").first.bounding_box()["height"] > 5 for one in closed[3:40:9])
    context.close()
