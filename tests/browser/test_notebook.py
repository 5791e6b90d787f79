"""Private notes: written, kept in the browser, shown where they were written, and honest when the words have changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.browser.test_citing import SELECT
from tests.browser.test_tasks import Reader
from tests.published import ROOT, build, served

pytestmark = pytest.mark.group("browser")

NAME = "instruction-1962-11-03"
DOCUMENT = f"documents/{NAME}/"
KEY = f"notes /some/path/ {NAME}"
PROMISE = "to give assurances against an invasion of Cuba"
CANARY = '<img src=x onerror="document.title=`run`">&amp;"'
LETTER = "letter-1931-04-02"
ADDRESS = f"document:{LETTER}"


@pytest.fixture
def reading(page, address: str):
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    return page


def write(page, words: str, passage: str = "p7", selected: str = "") -> None:
    """A note on a passage or on words of it, saved."""
    if selected:
        page.evaluate(SELECT, [selected, passage, False])
        page.locator(".note-selection").click()
    else:
        page.locator(f"#{passage} .note-this").click()
    page.locator(".own-form textarea").fill(words)
    page.get_by_role("button", name="Save").click()
    page.locator(".own-words", has_text=words).first.wait_for()


def kept(page, key: str = KEY) -> list[dict[str, object]]:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "[]")


def state_of(page) -> str:
    return re.sub(r"\s+", " ", " ".join(page.locator(".own-note").first.locator(".own-state").all_inner_texts()))


# --- the task of a researcher -----------------------------------------------------------------------------------------


def test_researcher_9_annotates_a_passage_and_finds_the_note_again(page, address: str) -> None:
    reader = Reader(page, address).at(DOCUMENT)
    reader.click("#p7 .note-this")
    page.locator(".own-form textarea").wait_for()
    reader.types("Compare the letter.")
    reader.press("Control+Enter")
    reader.sees("Your note, kept in this browser only", ".own-note")
    assert reader.actions == 3
    page.reload()
    page.locator(".own-note").wait_for()
    reader.sees("Compare the letter.", ".own-note")
    reader.click(".own-note a")
    page.wait_for_url("**/notebook/")
    page.locator(".own-note").wait_for()
    reader.sees("Passage 7 unchanged", ".own-note")
    assert reader.actions == 4


def test_words_that_were_selected_are_kept_and_marked(reading) -> None:
    reading.evaluate(SELECT, [PROMISE, "p7", False])
    reading.locator(".note-selection").wait_for()
    reading.keyboard.press("Alt+n")
    form = reading.locator(".own-form")
    form.locator("textarea").wait_for()
    assert form.locator("blockquote").inner_text() == PROMISE
    assert form.locator("label").inner_text() == "Your note on these words of passage 7"
    reading.keyboard.type("Not a guarantee.")
    reading.get_by_role("button", name="Save").click()
    assert reading.locator(".own-note blockquote").inner_text() == PROMISE
    (note,) = kept(reading)
    quote = note["target"][0]["selector"]["refinedBy"]
    assert quote["exact"] == PROMISE
    assert quote["prefix"].endswith("now in effect and (b) ")
    assert quote["suffix"].startswith('." We also have')
    (marked,) = reading.evaluate("[...CSS.highlights.get('own-note')].map((range) => range.toString())")
    assert marked == PROMISE


def test_a_note_on_several_passages(reading) -> None:
    reading.evaluate(
        "getSelection().setBaseAndExtent(document.querySelector('#p3 > p'), 0, document.querySelector('#p5 > p'), 1)"
    )
    reading.locator(".note-selection").click()
    reading.locator(".own-form textarea").fill("All of this.")
    reading.get_by_role("button", name="Save").click()
    note = reading.locator("#p3 ~ .own-notes .own-note")
    assert note.get_attribute("aria-label") == "Your note on passage 3 to passage 5"
    assert [one["selector"]["value"] for one in kept(reading)[0]["target"]] == ["p3", "p4", "p5"]


def test_a_note_is_no_note_of_the_edition(reading) -> None:
    write(reading, "Mine.")
    own = reading.locator(".own-note")
    assert (
        own.locator("xpath=ancestor::*[contains(@class, 'notes') and not(contains(@class, 'own-notes'))]").count() == 0
    )
    assert own.evaluate("one => getComputedStyle(one).borderStyle") == "dashed"
    reading.locator("#p7 .cite-this").click()
    reading.locator(".cite-dialogue blockquote").wait_for()
    assert "Mine." not in reading.locator(".cite-dialogue").inner_text()
    reading.keyboard.press("Escape")
    reading.emulate_media(media="print")
    assert own.locator(".own-label").is_visible(), "on paper, too, it says whose it is"
    assert own.locator(".own-words").is_visible()
    assert not own.get_by_role("button").first.is_visible()


# --- writing, changing, deleting by keyboard --------------------------------------------------------------------------


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")


def test_everything_by_keyboard(reading) -> None:
    reading.locator("#p2 .cite-this").focus()
    reading.keyboard.press("Tab")
    assert focused(reading) == "Note on passage 2"
    reading.keyboard.press("Enter")
    area = reading.locator(".own-form textarea")
    area.wait_for()
    assert (
        area.evaluate("one => one === document.activeElement && one.labels[0].textContent") == "Your note on passage 2"
    )
    reading.keyboard.press("Escape")
    assert reading.locator(".own-form").count() == 0
    assert focused(reading) == "Note on passage 2"
    reading.keyboard.press("Enter")
    area.wait_for()
    reading.keyboard.type("One")
    reading.keyboard.press("Escape")
    assert area.input_value() == "One", "Escape takes away no words"
    reading.keyboard.press("Tab")
    reading.keyboard.press("Enter")
    assert focused(reading) == "Your note on passage 2"
    reading.keyboard.press("Tab")
    assert focused(reading) == "Edit your note on passage 2"
    reading.keyboard.press("Enter")
    assert area.input_value() == "One"
    reading.keyboard.press("End")
    reading.keyboard.type(" more")
    reading.keyboard.press("Control+Enter")
    assert reading.locator(".own-words").inner_text() == "One more"
    (note,) = kept(reading)
    assert note["modified"] > note["created"]
    reading.keyboard.press("Tab")
    assert focused(reading) == "Delete your note on passage 2"
    reading.keyboard.press("Enter")
    assert kept(reading) == []
    assert focused(reading) == "Undo"
    assert reading.get_by_text("Note deleted.").first.is_visible()
    reading.keyboard.press("Enter")
    assert kept(reading) == [note]
    assert focused(reading) == "Your note on passage 2"


def test_nothing_is_kept_of_an_empty_note(reading) -> None:
    reading.locator("#p2 .note-this").click()
    reading.locator(".own-form textarea").fill("  \n ")
    reading.get_by_role("button", name="Save").click()
    assert "no words" in reading.locator(".own-form [role=alert]").inner_text()
    reading.get_by_role("button", name="Cancel").click()
    assert kept(reading) == []


def test_two_windows(reading, context, address: str) -> None:
    write(reading, "First")
    other = context.new_page()
    other.goto(address + DOCUMENT)
    other.locator(".own-note").wait_for()
    other.get_by_role("button", name="Edit your note on passage 7").click()
    other.locator(".own-form textarea").fill("Changed there")
    write(reading, "Second", "p2")
    other.locator("#p2 ~ .own-notes .own-note").wait_for()
    assert other.locator(".own-form textarea").input_value() == "Changed there", "what is being written stays"
    reading.get_by_role("button", name="Edit your note on passage 7").click()
    reading.locator(".own-form textarea").fill("Changed here")
    reading.get_by_role("button", name="Save").click()
    other.get_by_role("button", name="Save").click()
    other.get_by_text("Both versions are kept").wait_for()
    reading.get_by_text("Changed there").wait_for()
    assert sorted(one["body"]["value"] for one in kept(reading)) == ["Changed here", "Changed there", "Second"]


# --- what has changed since -------------------------------------------------------------------------------------------


class Editions:
    """One address at which the first or the second edition of the example archive is served."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def show(self, name: str) -> None:
        (self.folder / "now").unlink(missing_ok=True)
        (self.folder / "now").symlink_to(self.folder / name)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Edition 1; and edition 2, in which a word of passage p2 is another and item2 has become item3, told by the ledger."""
    root = Path(shutil.copytree(ROOT / "tests" / "example_archive", tmp_path_factory.mktemp("editions") / "archive"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    config = root / "mkdocs.yml"
    config.write_text(config.read_text().replace("../../docs/overrides", str(ROOT / "docs" / "overrides")))

    def record(*words: str) -> None:
        command = [sys.executable, "-m", "build_tools", "ledger", *words]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)

    record()
    build(root / "one", environment=environment, root=root)
    for name in ("edition.xml", "transcription.txt"):
        path = root / "sources" / "documents" / LETTER / name
        text = (
            path.read_text()
            .replace("in the margin; he", "in the border; he")
            .replace('xml:id="item2"', 'xml:id="item3"')
        )
        path.write_text(text)
    about = root / "sources" / "archive.yml"
    about.write_text(about.read_text().replace('edition: "1"', 'edition: "2"'))
    ended = ("--ended", f"{ADDRESS}#item2", "--fate", "merged", "--successor", f"{ADDRESS}#item1")
    record("--reason", "A word was misread", "--who", "Ada Inkwell", *ended)
    build(root / "two", environment=environment, root=root)
    return root


@pytest.fixture
def editions(published: Path) -> Iterator[Editions]:
    with served(published / "now") as address:
        shown = Editions(published, address)
        shown.show("one")
        yield shown


@pytest.fixture
def aged(context, editions: Editions):
    """Notes written on the first edition, and the second one opened."""
    page = context.new_page()
    page.goto(f"{editions.address}documents/{LETTER}/")
    page.wait_for_load_state("networkidle")
    write(page, "It stays", "p2", "open to all boats")
    write(page, "It goes", "p2", "in the margin; he said")
    write(page, "It moved", "item2")
    write(page, "As it was", "p1")
    editions.show("two")
    page.reload()
    page.locator(".own-note").nth(3).wait_for()
    return page


def test_a_note_says_that_its_passage_has_changed_and_does_not_move(aged) -> None:
    before = kept(aged, f"notes /some/path/ {LETTER}")
    stays, goes, same, moved = (
        aged.locator(".own-note", has_text=words) for words in ("It stays", "It goes", "As it was", "It moved")
    )
    said = re.sub(r"\s+", " ", stays.inner_text())
    assert "Passage 2 has changed since you wrote this (edition 1). The words that you noted still stand in it." in said
    assert stays.locator("blockquote").inner_text() == "open to all boats"
    said = re.sub(r"\s+", " ", goes.inner_text())
    assert "These words no longer stand here as you noted them." in said
    assert "Passage 2 was revised in edition 2: A word was misread." in said
    assert goes.locator("blockquote").inner_text() == "in the margin; he said"
    assert goes.locator("xpath=ancestor::div[contains(@class, 'passage')][1]").locator("#p2").count() == 1
    assert same.locator(".own-state").count() == 0
    said = re.sub(r"\s+", " ", moved.inner_text())
    assert "on passage 2, which is gone" in said
    assert "is no longer in this edition" in said
    assert "was joined with another in edition 2: A word was misread. In its place stands" in said
    assert moved.locator("xpath=ancestor::div[@class='passage']").count() == 0, "it stands on no other passage"
    assert aged.evaluate("[...CSS.highlights.get('own-note')].map(String)") == ["open to all boats"]
    assert kept(aged, f"notes /some/path/ {LETTER}") == before
    goes.get_by_role("link", name="its history").click()
    aged.locator(".cited-before").wait_for()
    assert "was revised in edition 2" in aged.locator(".cited-before").inner_text()


def test_a_browser_that_kept_the_earlier_digests_is_not_believed(context, editions: Editions) -> None:
    """Files that are old enough are taken out of the browser's cache without asking, if nobody says otherwise."""
    for path in (editions.folder / "one").rglob("forms.json"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    page = context.new_page()
    page.goto(f"{editions.address}documents/{LETTER}/")
    page.wait_for_load_state("networkidle")
    write(page, "It stays", "p2", "open to all boats")
    editions.show("two")
    page.reload()
    page.locator(".own-note").wait_for()
    assert "has changed since you wrote this" in state_of(page)


def test_the_notebook_tells_the_same(aged, editions: Editions) -> None:
    aged.goto(editions.address + "notebook/")
    aged.locator(".own-note").nth(3).wait_for()
    told = {
        note.locator(".own-words").inner_text(): (
            note.locator(".own-how").inner_text(),
            re.sub(r"\s+", " ", note.inner_text()),
        )
        for note in aged.locator(".own-note").all()
    }
    assert list(told) == ["As it was", "It stays", "It goes", "It moved"], (
        "in the order of the document, what is gone last"
    )
    assert [state for state, _ in told.values()] == ["unchanged", "changed", "changed", "gone"]
    assert "still stand in it" in told["It stays"][1]
    assert "no longer stand here" in told["It goes"][1]
    assert "In its place stands" in told["It moved"][1]
    aged.locator(".own-note", has_text="It moved").get_by_role("link", name="What stands at its address").click()
    assert aged.url == f"{editions.address}documents/{LETTER}/#item2"
    aged.locator("#item2").wait_for()


def test_a_document_that_is_gone(context, editions: Editions) -> None:
    page = context.new_page()
    page.goto(f"{editions.address}documents/{LETTER}/")
    page.wait_for_load_state("networkidle")
    write(page, "Where is it?", "p2")
    page.route("**/forms.json", lambda route: route.fulfill(status=404))
    page.goto(editions.address + "notebook/")
    page.locator(".own-note").wait_for()
    assert "no such document" in state_of(page)
    page.unroute("**/forms.json")
    page.route("**/forms.json", lambda route: route.abort())
    page.reload()
    page.locator(".own-note").wait_for()
    assert "could not be found out just now" in state_of(page), "a fault of the network is no verdict"


# --- a browser that does not keep, and what is no note ----------------------------------------------------------------

REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"


def test_a_browser_that_refuses_says_so(context, address: str) -> None:
    context.add_init_script(REFUSED)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address + DOCUMENT)
    page.locator("#p7 .note-this").click()
    page.locator("[role=alert]").wait_for()
    assert "set to keep nothing for this site" in page.locator("[role=alert]").inner_text()
    page.goto(address + "notebook/")
    page.get_by_text("set to keep nothing for this site").wait_for()
    assert page.locator("[data-notebook] button").count() == 0
    assert errors == []


def test_a_full_store_loses_nothing(reading) -> None:
    reading.evaluate(FULL)
    reading.locator("#p7 .note-this").click()
    reading.locator(".own-form textarea").fill("A long thought")
    reading.get_by_role("button", name="Save").click()
    assert "no more room" in reading.locator(".own-form [role=alert]").inner_text()
    assert reading.locator(".own-form textarea").input_value() == "A long thought"


@pytest.mark.parametrize(
    "text", ["{", "7", "null", '{"a": 1}', json.dumps([None, 7, {"type": "Annotation"}, CANARY]), CANARY], ids=str
)
def test_what_is_no_note_breaks_nothing_and_is_not_lost(page, address: str, text: str) -> None:
    page.goto(address + "about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.goto(address + DOCUMENT)
    page.get_by_text("cannot be read as a note").wait_for()
    write(page, "Beside it")
    page.goto(address + "notebook/")
    page.locator(".own-note").wait_for()
    assert page.locator(".own-note").count() == 1
    with page.expect_download() as loading:
        page.get_by_role("button", name="Save as a file").click()
    given = loading.value.path().read_text()
    for piece in json.loads(text) if text.startswith("[") else [text]:
        assert (json.dumps(piece, separators=(",", ":")) if text.startswith("[") else piece) in given
    assert page.title() != "run"


def hostile() -> dict[str, object]:
    quote = {"type": "TextQuoteSelector", "exact": CANARY, "prefix": CANARY, "suffix": CANARY}
    target = {
        "source": f"javascript:alert(1)//documents/{NAME}/",
        "selector": {"type": "FragmentSelector", "value": "p7", "refinedBy": quote},
        "label": CANARY, "title": CANARY, "edition": CANARY, "digest": "0" * 16,
    }  # fmt: skip
    body = {"type": "TextualBody", "value": CANARY}
    return {"id": CANARY, "type": "Annotation", "created": CANARY, "modified": CANARY, "body": body, "target": target}


def test_hostile_words_stay_text(page, address: str) -> None:
    page.goto(address + "about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps([hostile()])])
    for path in (DOCUMENT, "notebook/"):
        page.goto(address + path)
        note = page.locator(".own-note")
        note.wait_for()
        assert note.locator(".own-words").inner_text() == CANARY
        assert note.locator("img").count() == 0
        assert note.locator('a[href^="javascript"]').count() == 0
        assert "no longer stand" in note.inner_text()
        assert page.title() != "run"


def test_another_archive_of_the_same_host_has_its_own_notes(reading, address: str) -> None:
    for base in ("/", "/some/", "/some/path/two/"):
        text = json.dumps([hostile()])
        reading.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"notes {base} {NAME}", text])
    reading.goto(address + "notebook/")
    reading.get_by_text("No notes are kept in this browser.").wait_for()
    assert reading.locator(".own-note").count() == 0


# --- the notebook, and its files --------------------------------------------------------------------------------------


def test_without_scripts_it_says_what_it_is(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "notebook/")
    assert "needs scripts" in page.locator("main").inner_text()
    assert "kept in your own browser" in page.locator("main").inner_text()
    assert page.locator("main :is(button, input, textarea)").count() == 0
    page.goto(address + DOCUMENT)
    assert page.locator(".note-this, .own-notes").count() == 0
    context.close()


def check_annotation(one: dict[str, object]) -> None:
    """What the Web Annotation Data Model requires of an annotation, of its body and of its target."""
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one["id"])
    assert one["type"] == "Annotation"
    assert one["motivation"] == "commenting"
    for when in ("created", "modified"):
        assert datetime.fromisoformat(one[when]).tzinfo is not None
    assert one["body"]["type"] == "TextualBody"
    assert isinstance(one["body"]["value"], str)
    assert one["target"]
    for target in one["target"]:
        assert target["type"] == "SpecificResource"
        assert target["source"].startswith("https://")
        assert target["selector"]["type"] == "FragmentSelector"
        assert target["selector"]["value"]
        quote = target["selector"]["refinedBy"]
        assert quote["type"] == "TextQuoteSelector"
        assert quote["exact"]
        assert {"prefix", "suffix"} <= quote.keys()
        assert re.fullmatch("[0-9a-f]{16}", target["digest"])
        assert target["edition"]


def saved(page, name: str) -> str:
    with page.expect_download() as loading:
        page.get_by_role("button", name=name).click()
    return loading.value.path().read_text(encoding="utf-8")


def test_out_as_web_annotations_and_in_again(reading, address: str, tmp_path: Path) -> None:
    write(reading, "On a promise\n\nwith *two* paragraphs", selected=PROMISE)
    write(reading, "On the whole", "p2")
    before = kept(reading)
    reading.goto(address + "notebook/")
    reading.locator(".own-note").first.wait_for()
    text = saved(reading, "Save as Web Annotations")
    page = json.loads(text)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["id"].startswith("urn:uuid:")
    assert page["partOf"]["type"] == "AnnotationCollection"
    assert page["partOf"]["total"] == len(page["items"]) == 2
    for one in page["items"]:
        check_annotation(one)
    assert [one["target"][0]["selector"]["value"] for one in page["items"]] == ["p2", "p7"]
    file = tmp_path / "notes.json"
    file.write_text(text, encoding="utf-8")
    bring = reading.locator("input[type=file]")
    bring.set_input_files(file)
    reading.get_by_text("0 added; 2 here already").first.wait_for()
    assert kept(reading) == before
    reading.get_by_role("button", name="Delete all").click()
    reading.locator("dialog").get_by_role("button", name="Keep them").click()
    assert kept(reading) == before
    reading.get_by_role("button", name="Delete all").click()
    reading.locator("dialog").get_by_role("button", name="Delete").click()
    assert kept(reading) == []
    assert focused(reading) == "Undo"
    reading.reload()
    reading.get_by_text("No notes are kept").wait_for()
    bring.set_input_files(file)
    reading.get_by_text("2 added; 0 here already").first.wait_for()
    assert sorted(kept(reading), key=lambda one: one["id"]) == sorted(before, key=lambda one: one["id"])
    page["items"][0]["body"]["value"] = "Another version"
    file.write_text(json.dumps(page["items"]), encoding="utf-8")
    bring.set_input_files(file)
    reading.get_by_text("1 different from the one kept here").first.wait_for()
    assert len({one["id"] for one in kept(reading)}) == 3, "nothing is replaced"


def test_the_notebook_reads_the_annotations_of_the_edition(reading, address: str, tmp_path: Path) -> None:
    """Both have one form: what the editors wrote comes in with its words found and its digest known."""
    file = tmp_path / "annotations.json"
    file.write_text(reading.request.get(f"{address}{DOCUMENT}annotations.json").text(), encoding="utf-8")
    items = json.loads(file.read_text(encoding="utf-8"))["first"]["items"]
    notes = [one for one in items if one["motivation"] == "commenting"]
    reading.goto(address + "notebook/")
    reading.locator("input[type=file]").set_input_files(file)
    reading.get_by_text(f"{len(notes)} added; 0 here already").first.wait_for()
    assert kept(reading) == notes
    reading.goto(address + DOCUMENT)
    reading.locator(".own-note").first.wait_for()
    assert reading.locator(".own-note").count() == len(notes)
    assert reading.get_by_text("has changed since").count() == 0


def test_all_deleted_can_be_taken_back(reading, address: str) -> None:
    write(reading, "Precious")
    before = kept(reading)
    reading.goto(address + "notebook/")
    reading.get_by_role("button", name="Delete all").click()
    reading.locator("dialog").get_by_role("button", name="Delete").click()
    reading.get_by_role("button", name="Undo").click()
    reading.locator(".own-note").wait_for()
    assert kept(reading) == before


@pytest.mark.parametrize(
    "text", ["not json", "7", "{}", '{"items": "x"}', '{"items": [{"type": "Annotation"}]}', "null"]
)
def test_a_file_that_is_no_such_file(page, address: str, tmp_path: Path, text: str) -> None:
    file = tmp_path / "strange.json"
    file.write_text(text, encoding="utf-8")
    page.goto(address + "notebook/")
    page.locator("input[type=file]").set_input_files(file)
    alert = page.locator(".own-said [role=alert]")
    alert.wait_for()
    assert "Expected is a file that" in alert.inner_text()
    assert page.evaluate("localStorage.length") == 0


def test_out_as_markdown_with_the_citation_of_each_passage(reading, address: str) -> None:
    write(reading, "My words <b>", selected=PROMISE)
    reading.goto(address + "notebook/")
    reading.locator(".own-note").wait_for()
    text = saved(reading, "Save as Markdown")
    assert text.startswith("# Notes on Cuba Negotiations Archive\n\n## Instruction from the President")
    assert f"\n### Passage 7\n\n> {PROMISE}\n\nMy words \\<b>\n\nWritten " in text
    assert re.search(rf"<https://[^ >]+/{DOCUMENT}cite/#p7>", text)
    assert re.search(r"\?v=1-[0-9a-f]{8}#p7>", text)
    reading.get_by_role("link", name="Cite this passage, passage 7").click()
    assert reading.url.endswith(f"{DOCUMENT}cite/#p7")


# --- many notes, small screens, everyone ------------------------------------------------------------------------------


def test_a_document_without_notes_loads_nothing_more(page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address + DOCUMENT)
    page.wait_for_load_state("networkidle")
    assert "notes.js" in asked
    assert not {"notes-page.js", "notes-shown.js", "forms.json"} & set(asked)


MANY = """([name, annotation]) => {
  const list = (document, count) => JSON.stringify(Array.from({ length: count }, (_, index) => {
    const one = structuredClone(annotation);
    one.id = `urn:uuid:${document}-${index}`;
    one.target[0].source = one.target[0].source.replace(name, document);
    return one;
  }));
  for (let index = 0; index < 100; index += 1) {
    localStorage.setItem(`notes /some/path/ other-${index}`, list(`other-${index}`, 20));
  }
}"""


def test_two_thousand_notes(context, reading, address: str) -> None:
    write(reading, "A note of some length, as a reader would write it on a passage. " * 5)
    reading.evaluate(MANY, [NAME, kept(reading)[0]])
    read: list[str] = []
    page = context.new_page()
    page.expose_function("told", lambda key: read.append(key))
    page.add_init_script(
        "const get = Storage.prototype.getItem;"
        "Storage.prototype.getItem = function (key) { window.told(key); return get.call(this, key) }"
    )
    page.goto(address + DOCUMENT)
    page.locator(".own-note").wait_for()
    assert {key for key in read if key.startswith("notes")} == {KEY}, "a page looks at its own notes only"
    book = context.new_page()
    book.goto(address + "notebook/")
    book.get_by_text("2001 notes").wait_for(timeout=60_000)
    assert book.locator(".own-note").count() == 2001


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notes_are_for_everyone(browser, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + DOCUMENT)
    write(page, "A note", selected=PROMISE)
    write(page, "b" * 300, "p2")
    page.locator("#p4 .note-this").click()
    page.locator(".own-form textarea").wait_for()
    for path in ("", "notebook/"):
        if path:
            page.locator(".own-form textarea").fill("")
            page.goto(address + path)
            page.locator(".own-note").first.wait_for()
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_control_in_the_margin_meets_no_other(reading, width: int) -> None:
    reading.set_viewport_size({"width": width, "height": 900})
    own = [one.bounding_box() for one in reading.locator(".note-this").all()]
    others = [one.bounding_box() for one in reading.locator(".no, .cite-this, .commit, .note summary").all()]
    assert len(own) > 10
    for box in own:
        assert min(box["height"], box["width"]) >= 24
        for other in others:
            apart = (
                box["y"] + box["height"] <= other["y"] + 0.6
                or other["y"] + other["height"] <= box["y"] + 0.6
                or box["x"] + box["width"] <= other["x"] + 0.6
                or other["x"] + other["width"] <= box["x"] + 0.6
            )
            assert apart, (box, other)
