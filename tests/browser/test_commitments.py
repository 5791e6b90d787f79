"""The ledger in a browser: stepping from day to day, pictures that fit a narrow page, and all of it without scripts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.group("browser")


def test_arrow_keys_lead_from_day_to_day(page, address: str) -> None:
    page.goto(address + "commitments/as-of/1962-11-20/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/as-of/1962-11-21/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/as-of/1962-11-20/")
    page.keyboard.press("Control+k")
    page.wait_for_timeout(200)
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(200)
    assert page.url.endswith("/as-of/1962-11-20/"), "an arrow in a field moves the cursor, not the page"


@pytest.mark.parametrize("path", ["graph/", "matrix/", "as-of/1962-11-20/", "us-no-invasion-assurance/"])
def test_a_narrow_page_is_not_scrolled_sideways(browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + "commitments/" + path)
    body = opened.locator("body").bounding_box()
    main = opened.locator("main").bounding_box()
    pictures = [
        opened.locator(".picture.narrow svg").nth(n).bounding_box()
        for n in range(opened.locator(".picture.narrow svg").count())
    ]
    context.close()
    assert body["width"] <= 390
    assert main["width"] <= 390
    assert all(one["x"] + one["width"] <= 390 for one in pictures)


def test_from_the_matrix_to_a_promise_and_its_end_without_scripts(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    opened.get_by_role("link", name="Commitments", exact=True).first.click()
    opened.get_by_role("link", name="Who owes whom").click()
    opened.get_by_role("link", name="1 by John F. Kennedy toward Cuba").click()
    opened.get_by_role("link", name="No invasion of Cuba").click()
    opened.get_by_role("link", name="From the promise to the end").click()
    assert opened.url.endswith("/commitments/us-no-invasion-assurance/trace/")
    assert "a formal pledge has not been given" in opened.locator("main").inner_text()
    context.close()


def test_the_ledger_is_narrowed_and_ordered_and_the_address_says_so(page, address: str) -> None:
    page.goto(address + "commitments/")
    everything = page.locator("table.ledger tbody tr:visible").count()
    page.locator(".narrow-down [name=state]").select_option("met")
    met = page.locator("table.ledger tbody tr:visible").count()
    assert 0 < met < everything
    assert set(page.locator("table.ledger tbody tr:visible td:last-child b").all_inner_texts()) == {"met"}
    assert f"{met} of {everything}" in page.locator(".narrow-down output").inner_text()
    page.locator(".narrow-down [name=by]").select_option("Kennedy")
    page.locator(".narrow-down [name=order]").select_option("name")
    assert page.url.endswith("?by=Kennedy&state=met&order=name")
    few = page.locator("table.ledger tbody tr:visible th a").all_inner_texts()
    page.reload()
    assert page.locator("table.ledger tbody tr:visible th a").all_inner_texts() == few
    page.goto(address + "commitments/?by=nobody&state=<script>")
    assert page.locator("table.ledger tbody tr:visible").count() == everything
