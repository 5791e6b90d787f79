"""Earlier words: what the page of versions and the citing script's data say of passages that were revised or ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.citations.item import known_of
from build_tools.ledger import digest_of, pasts_of
from build_tools.linking import link
from build_tools.model import Archive, KeptWords, LedgerEntry, Release
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing_data import citing_data, citing_files
from build_tools.rendering.gone import gone_of, gone_pages
from build_tools.rendering.versions import versions_pages
from tests.published import ROOT

DOCUMENT = "instruction-1962-11-03"
ADDRESS = f"document:{DOCUMENT}"
CANARY = "<img src=x onerror=alert(1)>\"'&"
OLD = "It was time for a review of our position."


@pytest.fixture(scope="module")
def archive() -> Archive:
    read, _ = read_archive(ROOT / "sources")
    assert read is not None
    first = Release(edition="1", date="1999-01-02", summary="The first.")
    return replace(read, edition=replace(read.edition, edition="2", releases=(first,)))


def revised(archive: Archive, *, old: str = OLD, is_kept: bool = True, reason: str = "A line was misread") -> Archive:
    """Passage 1 had other words in edition 1; passage 99 was there, and was joined with passage 8."""
    document = next(one for one in archive.documents if one.id == DOCUMENT)
    now = next(one for one in document.passages if one.id == "p1")
    then, ended = digest_of(old), digest_of("It was here.")
    ledger = (
        LedgerEntry(f"{ADDRESS}#p1", "1", then, "current", "", "", ""),
        LedgerEntry(f"{ADDRESS}#p2", "1", digest_of(document.passages[2].text), "current", "", "", ""),
        LedgerEntry(f"{ADDRESS}#p99", "1", ended, "current", "", "", ""),
        LedgerEntry(f"{ADDRESS}#p1", "2", digest_of(now.text), "revised", "", reason, "An editor"),
        LedgerEntry(f"{ADDRESS}#p99", "2", ended, "merged", f"{ADDRESS}#p8", "One sentence", "An editor"),
    )
    words = (KeptWords(f"{ADDRESS}#p1", then, old), KeptWords(f"{ADDRESS}#p99", ended, "It was here."))
    kept = (KeptWords(f"{ADDRESS}#p1", digest_of(now.text), now.text), *(words if is_kept else ()))
    return replace(archive, ledger=ledger, kept=kept)


def seen(archive: Archive) -> Here:
    return looking_out(archive, link(archive)[0])


def page_of(archive: Archive) -> str:
    out = seen(archive)
    document = next(one for one in archive.documents if one.id == DOCUMENT)
    (page,) = versions_pages(document, known_of(out.records), out)
    assert page.url == f"documents/{DOCUMENT}/versions/"
    assert page.anchors == ("p1", "p99")
    return str(page.html)


def test_a_document_that_never_changed_has_no_such_page(archive: Archive) -> None:
    out = seen(archive)
    assert [page for one in archive.documents for page in versions_pages(one, known_of(out.records), out)] == []


def test_every_version_has_its_words_its_change_and_its_citation(archive: Archive) -> None:
    html = page_of(revised(archive))
    assert f'<blockquote lang="en"><p>{OLD}</p></blockquote>' in html
    assert "Edition 1, 1999-01-02" in html
    assert "Revised: A line was misread" in html
    assert "An editor" in html
    assert "<del>was<span" in html
    assert "<ins>is<span" in html
    assert f"?v=1-{digest_of(OLD)[:8]}#p1" in html, "the link that was given out in edition 1"
    assert "edition 1, " in html, "the note names the edition that has these words"
    assert "Passage 99 was merged in edition 2. One sentence" in html
    assert "It was here." in html


def test_words_that_are_not_kept_are_said_to_be_lost(archive: Archive) -> None:
    html = page_of(revised(archive, is_kept=False))
    assert "The words of this edition are not kept; only their digest is." in html
    assert "<del>" not in html


def test_the_script_is_given_the_words_and_what_changed(archive: Archive) -> None:
    changed = revised(archive)
    out = seen(changed)
    document = next(one for one in changed.documents if one.id == DOCUMENT)
    past = citing_data(document, known_of(out.records), out)["past"]
    assert isinstance(past, dict)
    first, second = past["p1"]
    assert first["words"] == OLD
    now = next(one for one in document.passages if one.id == "p1").text
    difference = first["difference"]
    assert " ".join(words for step, words in difference if step != "gone") == " ".join(now.split())
    assert " ".join(words for step, words in difference if step != "new") == OLD
    assert "words" not in second, "they stand in the page"
    assert past["p99"][0]["words"] == "It was here."
    assert "difference" not in past["p99"][0], "there is nothing to compare them with"


def test_hostile_words_and_reasons_stay_words(archive: Archive) -> None:
    changed = revised(archive, old=f"It {CANARY} was.", reason=CANARY)
    html = page_of(changed)
    assert "<img" not in html
    assert html.count("&lt;img") >= 3


def test_a_document_that_is_gone_shows_what_stood_there(archive: Archive) -> None:
    entry = LedgerEntry("document:lost#p1", "1", digest_of(CANARY), "current", "", "", "")
    ended = replace(entry, edition="2", fate="withdrawn", reason="It was doubled", who="An editor")
    whole = LedgerEntry("document:lost", "2", "-", "withdrawn", "", "It was doubled", "An editor")
    kept = (KeptWords(entry.id, entry.digest, CANARY),)
    out = seen(replace(archive, ledger=(entry, ended, whole), kept=kept))
    (page,) = gone_pages(gone_of(out), out)
    assert "<blockquote><p>&lt;img src=x" in str(page.html)


def test_only_what_has_a_past_is_told_of(archive: Archive) -> None:
    pasts = pasts_of(revised(archive))
    (past,) = pasts.values()
    assert {one.id.partition("#")[2] for one in past.entries} == {"p1", "p99"}
    assert len(past.words) == 3
    links, _ = link(archive)
    assert {file.path: file.content for file in citing_files(archive, links)}, (
        "and an archive without one is published, too"
    )
