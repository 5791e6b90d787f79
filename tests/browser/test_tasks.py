"""What a reader comes to do, done in a browser: read, follow a promise and come back, search, read without scripts."""

from __future__ import annotations

import re
from pathlib import Path

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
    # switches that need a script, and are not text
    with_scripts.evaluate("document.querySelectorAll('.marks, .note-this').forEach((one) => one.remove())")
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
    [
        "messages/",
        "messages/traffic/",
        "chronology/",
        "chronology/all/",
        "dates/1962-11/",
        "terms/compare/verification/",
    ],
)
def test_nothing_is_wider_than_a_phone(browser, address: str, path: str) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for picture in page.locator("svg:visible").all():
        box = picture.bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    page.close()


# --- the tasks of a researcher and of a student, each with what it takes ----------------------------------------------


class Reader:
    """Somebody at the site, each of whose clicks and keys is counted; a stretch of typing counts as one."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address, self.actions = page, address, 0

    def at(self, path: str) -> Reader:
        self.page.goto(self.address + path)
        return self

    def click(self, target) -> None:
        self.actions += 1
        (self.page.locator(target) if isinstance(target, str) else target).first.click()

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        self.actions += 1
        self.page.keyboard.type(words)

    def sees(self, words: str, where: str = "main") -> None:
        spaces = re.sub(r"\s+", " ", self.page.locator(where).first.inner_text())
        assert words.lower() in spaces.lower(), f"{words!r} is not in {spaces[:400]!r}"


@pytest.fixture
def reader(page, address: str) -> Reader:
    return Reader(page, address)


def test_researcher_1_finds_where_a_phrase_stands(reader: Reader) -> None:
    reader.at("")
    reader.press("Control+k")
    reader.types("adequate verification")
    hit = reader.page.locator(".search-dialogue .hit-places a")
    hit.first.wait_for()
    reader.click(hit)
    reader.page.wait_for_url("**/#*")
    assert reader.actions == 3


def test_researcher_2_sees_who_promised_what_on_what_condition(reader: Reader) -> None:
    reader.at("")
    reader.click('main a[href="commitments/"]')
    row = reader.page.locator("table.ledger tbody tr", has=reader.page.locator('a[href$="us-no-invasion-assurance/"]'))
    assert "Kennedy" in row.first.inner_text()
    reader.click(row.locator("a", has_text="No invasion of Cuba"))
    reader.sees("What it hangs on")
    reader.sees("is conditional on")
    assert reader.actions == 2


def test_researcher_3_follows_a_reference_to_a_telegram_that_is_not_held(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.click('.passages .text a[href*="messages/state-usun-1147/"]')
    reader.sees("printed elsewhere")
    reader.sees("FRUS")
    assert reader.actions == 1


def test_researcher_4_learns_between_which_hours_an_undated_message_was_sent(reader: Reader) -> None:
    reader.at("")
    reader.click('main a[href="messages/"]')
    reader.click('main a[href="state-usun-1159/"]')
    reader.sees("What its number says of the hour")
    reader.sees("1158")
    reader.sees("1166")
    reader.sees("What this cannot tell")
    assert reader.actions == 2


def test_researcher_5_compares_two_wordings_of_an_assurance(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.click('a.commit[href*="commitments/us-no-invasion-assurance/"]')
    reader.sees("Letter of 27 October", "#wording")
    reader.sees("Instruction", "#wording")
    assert reader.actions == 1


def test_researcher_6_checks_the_edition_against_the_transcription(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.click('nav.views a[href="side-by-side/"]')
    left, right = (reader.page.locator(f"#p2 {side}").first.bounding_box() for side in (".diplomatic", ".read"))
    assert abs(left["y"] - right["y"]) < 4
    assert reader.actions == 1


def test_researcher_7_has_the_address_of_one_paragraph(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.click('.no[href="#p7"]')
    assert reader.page.url.endswith(f"{DOCUMENT}#p7")
    assert reader.actions == 1


def test_researcher_8_has_the_box_of_the_archive(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.sees("Kept at", ".title")
    reader.sees("box", ".title")
    assert reader.actions == 0


def test_researcher_10_downloads_the_data_with_licence_and_edition(reader: Reader) -> None:
    reader.at("")
    reader.click('footer a[href$="data/"]')
    reader.sees("CC BY")
    with reader.page.expect_download() as loading:
        reader.click('a[href$="commitments.csv"]')
    assert loading.value.suggested_filename == "commitments.csv"
    assert reader.actions == 2


def test_student_1_understands_what_the_document_is(reader: Reader) -> None:
    reader.at("")
    reader.click(f'main a[href="{DOCUMENT}"]')
    assert len(reader.page.locator(".title .summary").inner_text()) > 80
    assert reader.actions == 1


def test_student_2_learns_who_somebody_is_without_leaving(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.page.locator('.text a[data-kind="person"]').first.hover()
    reader.page.locator(".preview").wait_for()
    assert len(reader.page.locator(".preview").inner_text()) > 40
    assert reader.actions == 0


def test_student_3_and_4_has_quotation_footnote_and_address_of_a_passage(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.click('main a[href="cite/"]')
    reader.click('.passage-list a[href="#p7"]')
    section = "section.cited#p7"
    reader.sees("Chicago", section)
    reader.sees("passage 7", section)
    reader.sees(f"{DOCUMENT}?v=1-", section)
    assert len(reader.page.locator(f"{section} blockquote").inner_text()) > 40
    with reader.page.expect_download() as loading:
        reader.click(f'{section} .files a[href$="p7.ris"]')
    assert loading.value.suggested_filename.endswith(".ris")
    assert reader.actions == 3


def test_student_5_saves_it_to_zotero_with_archive_and_place(reader: Reader) -> None:
    """What the connector reads; the rest is one click in it."""
    reader.at(DOCUMENT)
    for name in ("z.itemType", "z.archive", "z.archiveLocation", "citation_title", "DC.date", "DC.rights"):
        assert reader.page.locator(f'meta[name="{name}"]').get_attribute("content"), name
    assert reader.actions == 0


def test_student_7_places_it_on_a_time_line(reader: Reader) -> None:
    reader.at("")
    drawn = reader.page.locator("figure.chronology svg a").evaluate_all(
        "links => links.map(one => one.getAttribute('href'))"
    )
    assert any(DOCUMENT in (href or "") for href in drawn)
    reader.click("figure.chronology figcaption a")
    assert reader.page.url.endswith("/chronology/")
    assert reader.actions == 1


def test_student_8_sees_what_qualifies_a_famous_promise(reader: Reader) -> None:
    reader.at(DOCUMENT)
    assert reader.page.locator(".limited").first.is_visible(), "the margin warns before anything is clicked"
    reader.click('a.commit[href*="commitments/us-no-invasion-assurance/"]')
    reader.sees("Qualified")
    assert reader.actions == 1


def test_student_9_reads_a_saved_page_alone_on_a_phone(browser, site: Path) -> None:
    """From the disk, without a server and without scripts."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, offline=True)
    alone = context.new_page()
    alone.goto((site / DOCUMENT / "index.html").as_uri())
    assert "these negotiations and for a clear restatement" in alone.locator("#p1").inner_text()
    assert alone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_student_10_prints_it_with_numbers_and_notes(reader: Reader) -> None:
    reader.at(DOCUMENT)
    reader.page.emulate_media(media="print")
    assert reader.page.locator('.no[href="#p7"]').is_visible()
    assert not reader.page.locator("header.site").is_visible()
    closed = reader.page.locator("details.note:not([open]) > div")
    assert closed.count() > 0
    heights = closed.evaluate_all("notes => notes.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) > 0, "a note that is closed on the screen is whole on paper"
    reader.sees("How to cite")
    assert reader.actions == 0
