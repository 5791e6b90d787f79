"""Reading with scripts: previews, marks by kind, the map, the address that follows; and the views, which need none."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.group("browser")

DOCUMENT = "documents/instruction-1962-11-03/"
NAME = '#p2 a[data-kind="weapon"]'
CANARY = '<img src=x onerror="document.title=`run`">&amp;"'


@pytest.fixture
def reading(page, address: str):
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    return page


def shown(page) -> str:
    page.locator(".preview").wait_for()
    return page.locator(".preview").inner_text()


def test_a_name_is_told_on_hover_and_the_pointer_may_go_onto_it(reading) -> None:
    reading.locator(NAME).first.hover()
    assert "Offensive missiles" in shown(reading)
    reading.locator(".preview .name-of a").first.hover()
    reading.wait_for_timeout(600)
    assert reading.locator(".preview").count() == 1, "it stays while the pointer is on it"
    reading.mouse.move(5, 5)
    reading.locator(".preview").wait_for(state="detached")


def test_a_name_is_told_on_focus_until_escape(reading) -> None:
    reading.locator("#p1 .no").focus()
    reading.keyboard.press("Tab")  # so that the focus is one of the keyboard
    reading.locator(NAME).first.focus()
    assert "Offensive missiles" in shown(reading)
    focused = reading.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert focused == "preview"
    reading.wait_for_timeout(600)
    assert reading.locator(".preview").count() == 1, "it stays while the focus does"
    reading.keyboard.press("Escape")
    assert reading.locator(".preview").count() == 0
    assert reading.evaluate("document.activeElement.matches('#p2 a')"), "Escape leaves the focus where it is"


def test_where_commitments_overlap_each_is_told_and_can_be_followed(reading) -> None:
    reading.locator("#p8 span.k span.k").first.hover()
    told = shown(reading)
    links = reading.locator(".preview a").evaluate_all("links => links.map((one) => one.href)")
    assert len(links) >= 2
    assert "Kennedy → USSR, Cuba" in told
    assert "Conditional on" in told
    assert reading.locator("span.lit").count() >= 2
    reading.locator(".preview a").first.click()
    reading.wait_for_url(links[0])


def test_a_commitment_in_the_margin_is_told_on_focus(reading) -> None:
    reading.keyboard.press("Tab")
    reading.locator(".commit").first.focus()
    assert "Parties" in shown(reading)


def test_a_finger_is_told_what_a_commitment_is(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address + DOCUMENT)
    page.locator("#p7 span.k").first.tap()
    assert "Parties" in shown(page)
    box = page.locator(".preview").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    page.touchscreen.tap(20, 200)
    assert page.locator(".preview").count() == 0
    context.close()


def test_what_a_preview_says_is_text(context, address: str) -> None:
    page = context.new_page()
    entry = {"kind": CANARY, "name": CANARY, "summary": CANARY, "facts": [[CANARY, CANARY]], "css": 'x" onclick="'}

    def answer(route) -> None:
        real = route.fetch().json()
        route.fulfill(body=json.dumps(dict.fromkeys(real, entry)), content_type="application/json")

    page.route("**/previews.json", answer)
    page.goto(address + DOCUMENT)
    page.locator(NAME).first.hover()
    page.locator(".preview").wait_for()
    assert page.locator(".preview img").count() == 0
    assert page.locator(".preview .name-of").first.inner_text() == CANARY
    assert page.title() != "run"


def test_without_the_file_the_page_stays_as_it_is(context, address: str) -> None:
    page = context.new_page()
    page.route("**/previews.json", lambda route: route.abort())
    page.goto(address + DOCUMENT)
    page.locator(NAME).first.hover()
    page.wait_for_timeout(600)
    assert page.locator(".preview").count() == 0
    assert page.locator("span[data-commitment][title]").count() > 0


def test_marks_are_hidden_by_kind_with_the_keyboard_and_stay_so(reading) -> None:
    def width(selector: str) -> str:
        return reading.locator(selector).first.evaluate("one => getComputedStyle(one).backgroundImage")

    assert "gradient" in width("#p2 span.k")
    reading.locator('.marks input[value="commitments"]').focus()
    reading.keyboard.press("Space")
    assert width("#p2 span.k") == "none"
    assert not reading.locator(".commit").first.is_visible()
    reading.reload()
    assert width("#p2 span.k") == "none"
    assert not reading.locator('.marks input[value="commitments"]').is_checked()
    assert reading.locator("sup.ref").first.is_visible()


def test_who_follows_a_link_to_a_note_sees_it_though_notes_are_hidden(reading, address: str) -> None:
    reading.locator('.marks input[value="notes"]').uncheck()
    assert not reading.locator("sup.ref").first.is_visible()
    note = reading.locator("details.note > div").first.get_attribute("id")
    reading.goto(f"{address}{DOCUMENT}#{note}")
    reading.reload()
    assert reading.locator(f"#{note}").is_visible()


@pytest.mark.parametrize("kept", ["{", '"people"', '["<b>", 7]', "null"])
def test_a_strange_memory_hides_nothing(context, address: str, kept: str) -> None:
    context.add_init_script(f"localStorage.setItem('marks-hidden', {json.dumps(kept)})")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address + DOCUMENT)
    assert page.locator(".marks input:not(:checked)").count() == 0
    assert faults == []


def test_a_browser_that_keeps_nothing_can_still_hide_marks(context, address: str) -> None:
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })")
    page = context.new_page()
    page.goto(address + DOCUMENT)
    page.locator('.marks input[value="notes"]').uncheck()
    assert not page.locator("sup.ref").first.is_visible()


def test_the_address_follows_the_reader_and_the_back_button_does_not_notice(reading, address: str) -> None:
    before = reading.evaluate("history.length")
    assert reading.url == address + DOCUMENT
    reading.mouse.move(500, 500)
    for _ in range(3):
        reading.mouse.wheel(0, 900)
        reading.wait_for_timeout(500)
    passage = re.fullmatch(re.escape(address + DOCUMENT) + "#(p[0-9]+)", reading.url)
    assert passage
    assert reading.locator('.map [aria-current="location"]').get_attribute("href") == f"#{passage[1]}"
    assert reading.evaluate("history.length") == before
    reading.mouse.wheel(0, -9000)
    reading.wait_for_timeout(900)
    assert reading.url == address + DOCUMENT


def test_a_jump_to_a_note_keeps_its_address(reading, address: str) -> None:
    mark = reading.locator("sup.ref a").nth(12)
    wanted = mark.get_attribute("href")
    mark.click()
    reading.wait_for_timeout(900)
    assert reading.url == address + DOCUMENT + wanted
    reading.go_back()
    assert reading.url.startswith(address + DOCUMENT)


def test_who_does_not_scroll_keeps_the_address(page, address: str) -> None:
    page.goto(address + DOCUMENT + "#r-no-such")
    page.evaluate("scrollTo(0, 2000)")
    page.wait_for_timeout(600)
    assert page.url.endswith("#r-no-such")


def test_the_map_leads_to_passages_commitments_and_notes(reading) -> None:
    blocks = reading.locator(".map svg > a")
    targets = blocks.evaluate_all("links => links.map((one) => one.getAttribute('href'))")
    assert {target[:3] for target in targets} >= {"#p1", "#c-", "#n-"}
    assert reading.evaluate("(all) => all.every((one) => document.querySelector(one))", targets)
    twin = reading.locator(".map ol a").evaluate_all("links => links.map((one) => one.getAttribute('href'))")
    assert set(targets) <= set(twin), "all that the picture shows stands in the list"


@pytest.mark.parametrize("view", ["diplomatic/", "side-by-side/"])
def test_the_views_are_whole_without_scripts(browser, address: str, view: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + DOCUMENT)
    assert not page.locator(".marks").is_visible()
    page.get_by_role("navigation", name="Views").locator(f'a[href="{view}"]').click()
    assert "It is time for a review" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator('main a[href="../#p1"]').first.click()
    assert page.url == address + DOCUMENT + "#p1"
    context.close()


def test_side_by_side_the_columns_are_aligned(page, address: str) -> None:
    page.goto(address + DOCUMENT + "side-by-side/")
    for passage in ("p4", "p11"):
        left, right = (page.locator(f"#{passage} {side}").bounding_box() for side in (".diplomatic", ".read"))
        assert abs(left["y"] - right["y"]) < 4
        assert left["x"] + left["width"] <= right["x"]


def test_a_first_visit_is_light(context, site: Path, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    weights = {}
    for url in asked:
        path = urlsplit(url).path.removeprefix(urlsplit(address).path)
        file = site / path / "index.html" if path.endswith("/") else site / path
        content = file.read_bytes()
        weights[path] = len(content) if path.endswith("woff2") else len(gzip.compress(content, 9))
    scripts = sum(weight for path, weight in weights.items() if path.endswith(".js"))
    assert not any(path.endswith("previews.json") for path in weights), "previews wait until they are asked for"
    assert scripts <= 50_000
    assert sum(weights.values()) <= 130_000, weights


def test_nothing_shifts_while_the_page_loads(context, address: str) -> None:
    context.add_init_script("localStorage.setItem('marks-hidden', '[\"notes\",\"people\"]')")
    page = context.new_page()
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    shifted = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) =>
             done(list.getEntries().reduce((sum, one) => sum + one.value, 0)))
             .observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done(0), 500))"""
    )
    assert shifted <= 0.02
