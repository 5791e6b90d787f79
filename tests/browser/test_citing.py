"""Citing from the page: a passage, a selection, what warns of quotations that mislead, and citations of older words."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.group("browser")

DOCUMENT = "documents/instruction-1962-11-03/"
CANARY = '<img src=x onerror="document.title=`run`">&amp;"'
PROMISE = "to give assurances against an invasion of Cuba"
SELECT = """([words, passage, backwards]) => {
  const box = document.querySelector(`#${passage} > p`);
  const nodes = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.ref, .hidden')) nodes.push(walker.currentNode);
  const text = nodes.map((one) => one.data).join('');
  const find = (offset, closing) => {
    for (const node of nodes) {
      if (offset < node.length || (closing && offset === node.length)) return [node, offset];
      offset -= node.length;
    }
  };
  const start = text.indexOf(words);
  if (start < 0) throw new Error(text);
  const from = find(start, false);
  const to = find(start + words.length, true);
  getSelection().setBaseAndExtent(...(backwards ? [...to, ...from] : [...from, ...to]));
}"""
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (await item.getType(type)).text();
  return [await read('text/plain'), await read('text/html')];
}"""


def select(page, words: str, passage: str, *, backwards: bool = False) -> None:
    page.evaluate(SELECT, [words, passage, backwards])


def cite(page, words: str, passage: str, *, backwards: bool = False):
    """The dialogue for a selection."""
    select(page, words, passage, backwards=backwards)
    page.locator(".cite-selection").click()
    page.locator(".cite-dialogue").wait_for()
    return page.locator(".cite-dialogue")


@pytest.fixture
def reading(page, address: str):
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture
def allowed(context, reading):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return reading


def test_from_a_sentence_to_its_footnote_on_the_clipboard_in_two_actions(allowed) -> None:
    select(allowed, PROMISE, "p7")
    allowed.locator(".cite-selection").click()
    allowed.get_by_role("button", name="Copy: Chicago, note").click()
    allowed.get_by_text("Copied.").wait_for()
    plain, rich = allowed.evaluate(CLIPBOARD)
    assert plain.startswith("John F. Kennedy, “Instruction from the President to All Concerned")
    assert "November 3, 1962, para. 7, CIA-RDP80B01676R001800020011-1" in plain
    assert re.search(r"edition 1, https://[^ ]+/documents/instruction-1962-11-03/\?v=1-[0-9a-f]{8}#p7\.$", plain)
    assert "<i>Cuba Negotiations Archive</i>" in rich


def test_each_passage_has_a_control_that_works_without_scripts(browser, reading, address: str) -> None:
    links = reading.locator(".cite-this")
    assert links.count() == reading.locator(".passage > .text").count()
    for box in (links.nth(0).bounding_box(), links.nth(4).bounding_box()):
        assert box["height"] >= 24
        assert box["width"] >= 24
    links.nth(7).click()
    dialogue = reading.locator(".cite-dialogue")
    assert dialogue.locator("h2").inner_text() == "Cite passage 7"
    assert dialogue.locator("blockquote").inner_text().startswith("If in fact the Soviet Government executes")
    styles = dialogue.locator(".forms dt").all_inner_texts()
    assert [sum(style in one for one in styles) for style in ("Chicago", "State Department", "MLA", "APA")] == [
        3,
        2,
        2,
        2,
    ]
    context = browser.new_context(java_script_enabled=False)
    without = context.new_page()
    without.goto(address + DOCUMENT)
    without.locator(".cite-this").nth(7).click()
    assert without.url.endswith("cite/#p7")
    context.close()


def test_the_dialogue_says_what_the_sheet_says(reading, address: str) -> None:
    reading.locator("#p7 .cite-this").click()
    reading.locator(".cite-dialogue .forms dd").first.wait_for()
    forms = reading.locator(".cite-dialogue .forms dd").all_inner_texts()
    reading.goto(address + DOCUMENT + "cite/#p7")
    sheet = reading.locator("#p7 .forms dd").all_inner_texts()
    assert forms[: len(sheet)] == sheet


def test_a_selection_over_several_passages_and_a_page_break(reading) -> None:
    reading.evaluate(
        """() => getSelection().setBaseAndExtent(document.querySelector('#p3 > p'), 0, document.querySelector('#p5 > p'), 1)"""
    )
    reading.locator(".cite-selection").click()
    dialogue = reading.locator(".cite-dialogue")
    assert dialogue.locator("h2").inner_text() == "Cite passages 3–5"
    assert dialogue.locator("blockquote p").count() == 3
    assert "paras. 3–5" in dialogue.locator(".forms dd").first.inner_text()
    assert "-p5#p3:~:text=" in dialogue.locator(".address").inner_text()
    assert not re.search(r"[a-z,.]\d\d", dialogue.locator("blockquote").inner_text()), "numbers of notes are no words"
    with reading.expect_download() as wanted:
        dialogue.get_by_role("link", name="RIS").click()
    assert "paras. 3–5" in wanted.value.path().read_text()


def test_a_selection_backwards_and_by_keyboard(reading) -> None:
    select(reading, "ive assurances against an inva", "p7", backwards=True)
    reading.keyboard.press("Alt+c")
    dialogue = reading.locator(".cite-dialogue")
    assert dialogue.locator("blockquote").inner_text() == "give assurances against an invasion"
    address = dialogue.locator(".address").inner_text()
    assert unquote(address).endswith("#p7:~:text=give assurances against an invasion")
    reading.keyboard.press("Escape")
    assert not dialogue.is_visible()


@pytest.mark.parametrize(
    "range_of",
    [
        "[document.querySelector('.note[open] > div'), 0, document.querySelector('.note[open] > div'), 1]",
        "[document.querySelector('.passages'), 0, document.querySelector('.passages'), 0]",
        "[document.querySelector('#p1 > p').firstChild, 2, document.querySelector('#p1 > p').firstChild, 3]",
        "[document.querySelector('.title'), 0, document.querySelector('.title'), 3]",
    ],
)
def test_what_is_no_text_of_the_document_is_not_offered(reading, range_of: str) -> None:
    words = reading.evaluate(
        f"() => {{ getSelection().setBaseAndExtent(...{range_of}); return getSelection().toString() }}"
    )
    reading.wait_for_timeout(300)
    if "#p1" in range_of:
        assert words.strip() == ""
    assert reading.locator(".cite-selection").count() == 0


def test_everything_selected_is_shown_short_and_copied_whole(allowed) -> None:
    allowed.evaluate("() => getSelection().selectAllChildren(document.querySelector('main'))")
    allowed.keyboard.press("Alt+c")
    dialogue = allowed.locator(".cite-dialogue")
    dialogue.wait_for()
    assert len(dialogue.locator("blockquote").inner_text()) < 1700
    assert "The beginning of" in dialogue.inner_text()
    dialogue.get_by_role("button", name="Copy: the quotation").click()
    allowed.get_by_text("Copied.").wait_for()
    plain, rich = allowed.evaluate(CLIPBOARD)
    assert len(plain) > 4000
    assert len(rich) > 4000


def test_words_put_in_are_no_words_of_the_source(reading) -> None:
    dialogue = cite(reading, "under UN verification", "p4")
    (line,) = dialogue.locator(".provisos li").all()
    assert "Not the source’s words" in line.inner_text()
    assert "Khrushchev" in line.inner_text()
    line.get_by_role("button", name="Quote more fully").click()
    assert dialogue.locator("blockquote").inner_text().startswith("Chairman Khrushchev's message")
    assert dialogue.locator("blockquote").inner_text().endswith('under UN verification."')
    assert dialogue.get_by_role("button", name="Quote more fully").count() == 0


def test_a_promise_cut_from_its_terms(reading) -> None:
    dialogue = cite(reading, PROMISE, "p7")
    line = dialogue.locator(".provisos li", has_text="Cut from its terms")
    assert "No invasion of Cuba" in line.inner_text()
    assert line.locator("a[href='#p12']").count() == 1
    line.get_by_role("button").click()
    assert dialogue.locator("h2").inner_text() == "Cite passages 7–12"
    rest = dialogue.locator(".provisos li", has_text="No invasion of Cuba")
    assert rest.locator("a").all_inner_texts() == ["No invasion of Cuba", "Letter of 27 October 1962, passage 6"]
    assert rest.get_by_role("button").count() == 0, "what stands in another document cannot be quoted with it"


def test_a_quotation_cut_from_its_attribution(reading) -> None:
    dialogue = cite(reading, "(a) to remove promptly the quarantine measures", "p7")
    line = dialogue.locator(".provisos li", has_text="Cut from its attribution")
    line.get_by_role("button").click()
    assert "undertaking given in my letter of October 27" in dialogue.locator("blockquote").inner_text()
    assert dialogue.locator(".provisos li", has_text="Cut from its attribution").count() == 0


def test_words_of_the_editors_are_told_as_such(reading) -> None:
    reading.evaluate(
        """() => {
          const words = document.querySelector('#p1 > p .name, #p1 > p .when, #p1 > p a');
          words.classList.add('ed', 'supplied');
          words.title = 'supplied by the editors';
        }"""
    )
    words = reading.locator("#p1 .supplied").inner_text()
    reading.evaluate("() => getSelection().selectAllChildren(document.querySelector('#p1 > p'))")
    reading.keyboard.press("Alt+c")
    line = reading.locator(".cite-dialogue .provisos li", has_text="The editors’ reading")
    assert f"“{words}” (supplied by the editors)" in line.inner_text()


def test_words_that_mislead_nobody_have_no_warning(reading) -> None:
    assert cite(reading, "It is time for a review", "p1").locator(".provisos").count() == 0


def test_a_clipboard_that_is_refused_leaves_the_words_selected(context, address: str) -> None:
    context.add_init_script(
        "for (const name of ['write', 'writeText']) navigator.clipboard[name] = () => Promise.reject(new Error('no'))"
    )
    page = context.new_page()
    page.goto(address + DOCUMENT)
    page.locator("#p7 .cite-this").click()
    page.get_by_role("button", name="Copy: APA, in the text").click()
    page.get_by_text("does not let the page copy").wait_for()
    assert page.evaluate("getSelection().toString()") == "(Kennedy, 1962, para. 7)"


def test_hostile_words_stay_text(context, address: str) -> None:
    page = context.new_page()

    def answer(route) -> None:
        data = route.fetch().json()
        for form in data["forms"]:
            form.update(style=CANARY, what=CANARY, runs=[[CANARY, True]])
        data["edition"] = CANARY
        for many in data["provisos"].values():
            for one in many:
                one.update(subject=CANARY, href="javascript:document.title='run'", words=CANARY)
        change = {"edition": CANARY, "digest": "0" * 16, "fate": "revised", "reason": CANARY, "now": []}
        data["past"] = {"p7": [change]}
        route.fulfill(body=json.dumps(data), content_type="application/json")

    page.route("**/forms.json", answer)
    page.goto(address + DOCUMENT + "?v=%3Cimg%20src%3Dx%3E-00000001#p7")
    page.locator(".cited-before").wait_for()
    page.locator("#p7 .cite-this").click()
    page.locator(".cite-dialogue .provisos").first.wait_for()
    assert page.locator(".cite-dialogue .forms dd").first.inner_text() == CANARY
    assert page.locator(":is(.cite-dialogue, .cited-before) img").count() == 0
    assert page.locator('.cite-dialogue a[href^="javascript"]').count() == 0
    assert page.title() != "run"


def test_without_the_file_the_sheet_is_opened(context, address: str) -> None:
    page = context.new_page()
    page.route("**/forms.json", lambda route: route.abort())
    page.goto(address + DOCUMENT)
    page.locator("#p7 .cite-this").click()
    page.wait_for_url("**/cite/#p7")


@pytest.mark.parametrize(
    ("words", "passage"),
    [("under UN verification", "p4"), ("It is the position of the United States", "p4"), (PROMISE, "p7")],
)
def test_a_browser_finds_the_words_of_the_fragment(reading, address: str, words: str, passage: str) -> None:
    from playwright.sync_api import expect

    permalink = cite(reading, words, passage).locator(".address").inner_text()
    fresh = reading.context.new_page()
    fresh.goto(f"{address}{DOCUMENT}#:~:text={permalink.partition(':~:text=')[2]}")
    expect(fresh.locator(f"#{passage}")).to_be_in_viewport()  # though the address names no passage
    assert fresh.locator(".cited-before").count() == 0


# --- citations of older words -----------------------------------------------------------------------------------------


def current(page) -> str:
    """What the permalink of passage 7 carries now."""
    page.locator("#p7 .cite-this").click()
    return re.search(r"\?v=([^#]+)#", page.locator(".cite-dialogue .address").inner_text())[1]


def test_a_citation_of_what_stands_here_says_nothing(reading, address: str) -> None:
    version = current(reading)
    reading.goto(f"{address}{DOCUMENT}?v={version}#p7:~:text=give%20assurances")
    reading.wait_for_load_state("networkidle")
    assert reading.locator(".cited-before").count() == 0
    reading.goto(f"{address}{DOCUMENT}?v={version}-p7#p7")
    reading.wait_for_load_state("networkidle")
    assert reading.locator(".cited-before").count() == 0


def with_past(page, past: dict[str, list[dict[str, object]]]) -> None:
    def answer(route) -> None:
        data = route.fetch().json()
        route.fulfill(body=json.dumps({**data, "past": past}), content_type="application/json")

    page.route("**/forms.json", answer)


def entry(edition: str, digest: str, fate: str, reason: str = "", now: str = "") -> dict[str, object]:
    then = [{"words": now, "href": "#p8"}] if now else []
    return {"edition": edition, "digest": digest * 16, "fate": fate, "reason": reason, "now": then}


def test_a_revised_passage_says_what_was_cited_and_why_it_changed(page, address: str) -> None:
    past = [
        entry("1", "a", "current"),
        entry("2", "b", "revised", "A line was misread"),
        entry("3", "c", "revised", "A word"),
    ]
    with_past(page, {"p7": past})
    page.goto(f"{address}{DOCUMENT}?v=2-bbbbbbbb#p7")
    told = page.locator(".cited-before").inner_text()
    assert "passage 7, edition 2 (digest bbbbbbbb)" in told
    assert "was revised in edition 3: A word." in told
    assert "misread" not in told, "that was before"
    assert "can still be cited as those of edition 2" in told
    page.get_by_role("button", name="Dismiss").click()
    assert page.locator(".cited-before").count() == 0


def test_a_withdrawn_passage_and_an_unknown_one_lead_to_the_nearest(page, address: str) -> None:
    with_past(
        page, {"p17": [entry("1", "a", "current"), entry("2", "a", "merged", "It was one sentence", "passage 8")]}
    )
    page.goto(f"{address}{DOCUMENT}?v=1-aaaaaaaa#p17")
    told = page.locator(".cited-before")
    told.wait_for()
    assert (
        "was joined with another in edition 2: It was one sentence. In its place stands passage 8." in told.inner_text()
    )
    page.evaluate("location.hash = '#p99'")
    page.get_by_text("no such passage").wait_for()
    assert told.count() == 1
    told.get_by_role("link", name="passage 14").click()
    assert page.url == f"{address}{DOCUMENT}#p14", "what was cited is no longer claimed"


def test_words_that_are_not_here_are_told(page, address: str) -> None:
    page.goto(f"{address}{DOCUMENT}#p7:~:text=a%20guarantee%20against%20invasion")
    told = page.locator(".cited-before")
    told.wait_for()
    assert (
        "“a guarantee against invasion” do not stand on this page; the address leads to passage 7" in told.inner_text()
    )


@pytest.mark.parametrize("tail", ["?v=#p7", "?v=1-zz#p7", "?v=%25-00000000-p3#p7", "#%E0%A4%A", "?v=1-00000000"])
def test_a_strange_address_breaks_nothing(page, address: str, tail: str) -> None:
    page.goto(address + DOCUMENT + tail)
    page.wait_for_load_state("networkidle")
    assert page.locator("#p7").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialogue_is_for_everyone(browser, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}{DOCUMENT}?v=1-00000000#p7")
    page.locator(".cited-before").wait_for()
    cite(page, "under UN verification", "p4")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
