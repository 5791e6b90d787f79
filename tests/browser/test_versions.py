"""A passage is cited, published anew with other words, and the citation is followed: what a reader is shown.

The archive is copied, its first passage revised as an editor would do it (encoding, transcription, `archive ledger`), and
built as edition 2; nothing of the past is made up.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from build_tools.citations.item import version
from build_tools.reading.archive import read_archive
from tests.published import ROOT, build, served

DOCUMENT = "documents/instruction-1962-11-03/"
OLD, NEW = " and for a clear", " and also for a clear"


@pytest.fixture(scope="module")
def cited() -> str:
    """What a permalink of edition 1 says of passage 1."""
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    document = next(one for one in archive.documents if one.id in DOCUMENT)
    return version([one for one in document.passages if one.id == "p1"], archive.edition)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of edition 2."""
    folder = tmp_path_factory.mktemp("later")
    for name in ("sources", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("edition.xml", "transcription.txt"):
        path = folder / "sources" / DOCUMENT / name
        text = path.read_text(encoding="utf-8")
        assert OLD in text
        path.write_text(text.replace(OLD, NEW), encoding="utf-8")
    settings = folder / "sources" / "archive.yml"
    text = settings.read_text(encoding="utf-8").replace('edition: "1"', 'edition: "2"')
    before = 'releases:\n  - {edition: "1", date: "2026-11-24", summary: "The first."}\n'
    settings.write_text(re.sub(r"(?ms)^releases:\n(?:[ -].*?\n)*", "", text) + before, encoding="utf-8")
    command = [sys.executable, "-m", "build_tools", "ledger", "--reason", "A word was overlooked", "--who", "An editor"]
    subprocess.run(command, cwd=folder, check=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
    build(folder / "site", root=folder, environment={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})
    with served(folder / "site") as url:
        yield url


def test_who_follows_an_old_citation_is_shown_what_changed_word_by_word(context, later: str, cited: str) -> None:
    page = context.new_page()
    page.goto(f"{later}{DOCUMENT}?v={cited}#p1")
    told = page.locator(".cited-before")
    told.wait_for()
    assert "You come from a citation of passage 1, edition 1" in told.inner_text()
    assert "was revised in edition 2: A word was overlooked." in told.inner_text()
    assert re.match("also", told.locator("ins").inner_text())
    assert told.locator("del").count() == 0
    assert "can still be cited as those of edition 1" in told.inner_text()


def test_all_versions_are_one_click_away_and_can_be_cited(context, later: str, cited: str) -> None:
    page = context.new_page()
    page.goto(f"{later}{DOCUMENT}?v={cited}#p1")
    page.locator(".cited-before").get_by_role("link", name="all its versions").click()
    page.wait_for_url("**/versions/#p1")
    section = page.locator("section#p1")
    assert [one.inner_text().split()[1].rstrip(",") for one in section.locator("h3").all()] == ["1", "2"]
    assert OLD in section.locator("blockquote").first.inner_text()
    assert NEW in section.locator("blockquote").last.inner_text()
    section.get_by_text("How to cite the words of edition 1").click()
    assert f"?v={cited}#p1" in section.locator(".forms").inner_text()
    assert "edition 1" in section.locator(".forms").inner_text()


def test_without_scripts_the_document_and_the_sheet_lead_there(browser, later: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{later}{DOCUMENT}")
    page.get_by_role("link", name="the earlier words").click()
    assert page.url == f"{later}{DOCUMENT}versions/"
    page.goto(f"{later}{DOCUMENT}cite/#p1")
    page.locator("section#p1").get_by_role("link", name="the earlier words").click()
    assert page.url == f"{later}{DOCUMENT}versions/#p1"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_the_new_words_are_cited_without_remark(context, later: str) -> None:
    page = context.new_page()
    page.goto(f"{later}{DOCUMENT}")
    page.locator("#p1 .cite-this").click()
    address = page.locator(".cite-dialogue .address").inner_text()
    page.goto(f"{later}{DOCUMENT}{re.search(r'[?]v=[^#]+#p1', address)[0]}")
    page.wait_for_load_state("networkidle")
    assert page.locator(".cited-before").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["?v={}#p1", "versions/#p1"])
def test_what_is_shown_is_for_everyone(browser, later: str, cited: str, scheme: str, place: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{later}{DOCUMENT}{place.format(cited)}")
    page.locator("ins").first.wait_for()
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
    context.close()
