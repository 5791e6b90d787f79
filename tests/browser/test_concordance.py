"""The concordance in a browser: a line leads to its passage without scripts, a word to search, and nothing scrolls sideways."""

from __future__ import annotations

import string

import pytest

from build_tools.reading.archive import read_archive
from tests.conftest import EXAMPLE
from tests.rendering.test_concordance import HOSTILE, holding, pages_of

pytestmark = pytest.mark.group("browser")


@pytest.fixture(scope="module")
def unscripted(browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    yield page
    context.close()


def test_without_scripts_from_search_to_a_passage(unscripted, address: str) -> None:
    unscripted.goto(address + "search/")
    unscripted.locator("noscript a").click()
    unscripted.locator("nav.initials a", has_text="V").click()
    assert unscripted.url == address + "concordance/v/"
    line = unscripted.locator("section.word", has=unscripted.locator("#verification")).locator(".kwic li").first
    assert line.inner_text().startswith("We have no satisfactory assurances on verification.")
    line.locator("a").click()
    assert unscripted.url == address + "documents/instruction-1962-11-03/#p2"


def test_a_word_leads_to_search_for_it(page, address: str) -> None:
    page.goto(address + "concordance/v/#verification")
    assert page.locator("h2:target").inner_text().startswith("verification")
    page.locator("section.word", has=page.locator("#verification")).get_by_role("link", name="search").click()
    page.locator("#search-results li.result").first.wait_for()
    assert page.locator("#search-words").input_value() == "verification"


@pytest.mark.parametrize("width", [320, 390, 760, 1280])
@pytest.mark.parametrize("path", ["concordance/", "concordance/s/", "concordance/frequency/"])
def test_nothing_scrolls_sideways(page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_stand_under_each_other_on_a_wide_page(page, address: str) -> None:
    page.goto(address + "concordance/w/")
    starts = page.locator(".kwic b").evaluate_all(
        "all => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(starts) > 10
    assert len(set(starts)) == 1


def test_a_long_initial_has_no_violation(page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    archive, _ = read_archive(EXAMPLE)
    assert archive is not None
    many = " ".join(f"m{one}{two}" for one in string.ascii_lowercase for two in string.ascii_lowercase)
    pages = pages_of(holding(archive, HOSTILE, many))
    for url in ("concordance/m/", "concordance/m/2/", "concordance/other/"):
        page.set_content(
            f'<!doctype html><html lang="en"><head><title>x</title></head><body><main>{pages[url].html}</main></body></html>'
        )
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
