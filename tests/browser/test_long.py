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
    assert len(root.xpath('//details[@class="note"]')) == NOTES
    per_passage = len(root.xpath('//div[@class="passages"]//*')) / PASSAGES
    assert per_passage < 70, "with 2 notes, 3 commitments and the names in it"
    assert len(root.xpath('//nav[@class="map crowded"]//svg//*')) < 450, "the picture does not grow"
    parts = [len(part.xpath('.//div[@class="passage"]')) for part in root.xpath('//div[@class="part apart"]')]
    assert sum(parts) == PASSAGES
    assert max(parts) <= 16


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
    page.locator(f'.map ol a[href="{FAR}"]').click()
    page.wait_for_timeout(600)
    assert 0 <= page.evaluate(BELOW, FAR) < 300
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
