"""What a reader comes to do, done in a browser: read, follow a promise and come back, search, read without scripts."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.group("browser")

DOCUMENT = "documents/instruction-1962-11-03/"
PHONE = {"width": 390, "height": 844}


def test_from_the_home_page_to_a_passage(page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=re.compile("Instruction from the President")).first.click()
    assert page.url.startswith(address + DOCUMENT)
    assert "these negotiations and for a clear restatement" in page.locator("#p1").inner_text()
    page.goto(address + DOCUMENT + "#p7")
    box = page.locator("#p7").bounding_box()
    header = page.locator("header.site").bounding_box()
    assert box["y"] >= header["y"] + header["height"] - 1, "the passage lies under the header"


def test_from_a_promise_to_its_message_and_day_and_back(page, address: str) -> None:
    page.goto(address + DOCUMENT)
    page.locator('a[href*="commitments/us-lift-quarantine/"]').first.click()
    assert "/commitments/us-lift-quarantine/" in page.url
    page.locator('main a[href*="messages/state-usun-1147/"]').first.click()
    assert "/messages/state-usun-1147/" in page.url
    page.locator('main a[href*="dates/1962-10-31/"]').first.click()
    assert "/dates/1962-10-31/" in page.url
    page.locator('main a[href*="messages/state-usun-1147/"]').first.click()
    page.locator('main a[href*="commitments/us-lift-quarantine/"]').first.click()
    page.locator(f'main a[href*="{DOCUMENT}#"]').first.click()
    assert page.url.startswith(address + DOCUMENT + "#")


def test_a_bare_number_finds_its_telegram(page, address: str) -> None:
    page.goto(address + "messages/1147/")
    page.wait_for_url("**/messages/state-usun-1147/")


def test_searching_from_any_page_opens_a_passage(page, address: str) -> None:
    page.goto(address + "about/")
    page.keyboard.press("Control+k")
    page.keyboard.type("gentlemen's agreement visible missiles")
    hit = page.locator(".search-dialogue .hit-places a").first
    hit.wait_for()
    assert "agreement" in hit.inner_text()
    hit.click()
    page.wait_for_url(f"**/{DOCUMENT}#*")


def test_the_search_page_answers_an_address(page, address: str) -> None:
    page.goto(address + "search/?q=1147")
    page.locator("#search-results .result a").first.wait_for()
    assert "1147" in page.locator("#search-results .result").first.inner_text()


def test_a_search_without_result_offers_the_lists(page, address: str) -> None:
    page.goto(address + "search/")
    page.locator("form.search-page input").fill("zzyzx")
    page.locator("#search-results a", has_text="commitments").wait_for()


def test_when_the_index_does_not_load_the_lists_are_offered(context, address: str) -> None:
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(address + "search/")
    page.locator("form.search-page input").fill("quarantine")
    page.get_by_text("could not be loaded").wait_for()
    assert page.locator("#search-results a").count() > 5


@pytest.mark.parametrize("path", [DOCUMENT, "commitments/us-no-invasion-assurance/", "search/", "chronology/"])
def test_everything_can_be_read_without_scripts(browser, address: str, path: str) -> None:
    with_scripts = browser.new_page()
    with_scripts.goto(address + path)
    with_scripts.evaluate("document.querySelector('.marks')?.remove()")  # a switch that needs a script, and is not text
    without = browser.new_context(java_script_enabled=False).new_page()
    without.goto(address + path)
    words = re.sub(r"\s+", " ", without.locator("main").inner_text())
    assert len(words) > 200
    if path == DOCUMENT:
        assert words == re.sub(r"\s+", " ", with_scripts.locator("main").inner_text())
    if path == "search/":
        assert "commitments/" in without.locator("main").inner_html()
    with_scripts.close()
    without.context.close()


@pytest.mark.parametrize("path", ["", DOCUMENT, "commitments/", "messages/", "chronology/", "people/", "search/"])
def test_a_phone_needs_no_sideways_scroll(page, address: str, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{wide} px wide"


def test_the_menu_of_a_phone_opens_by_keyboard(page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    summary = page.locator("header.site summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Chronology").first.is_visible()


def test_from_the_home_page_to_any_day_in_three_clicks(page, address: str) -> None:
    page.goto(address)
    page.locator("header.site").get_by_role("link", name="Chronology").first.click()
    page.locator('main a[href$="dates/1963-01/"]').first.click()
    page.locator('main a[href$="1963-01-07/"]').first.click()
    assert page.locator("h1").inner_text() == "Monday 7 January 1963"


@pytest.mark.parametrize("path", ["messages/traffic/", "chronology/", "chronology/all/"])
def test_the_marks_of_a_picture_are_reached_by_keyboard(page, address: str, path: str) -> None:
    page.goto(address + path)
    marks = page.locator("svg:visible a")
    first = marks.first
    first.focus()
    assert first.evaluate("mark => mark === document.activeElement")
    page.keyboard.press("Tab")
    assert marks.nth(1).evaluate("mark => mark === document.activeElement")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url != address + path


@pytest.mark.parametrize(
    "path",
    ["messages/", "messages/traffic/", "chronology/", "chronology/all/", "dates/1962-11/", "terms/compare/verification/"],
)
def test_nothing_is_wider_than_a_phone(browser, address: str, path: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for picture in page.locator("svg:visible").all():
        box = picture.bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    page.close()
