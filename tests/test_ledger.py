"""The passage ledger: what was published is recorded, and no address is lost, used anew or changed without a word."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.checking.ledger import check_ledger
from build_tools.ledger import (
    additions,
    as_text,
    digest_of,
    ending,
    published_addresses,
    vanished,
    words_as_text,
    words_to_keep,
)
from build_tools.linking import link
from build_tools.model import Archive, KeptWords, LedgerEntry
from build_tools.reading.archive import read_archive
from build_tools.reading.ledger import read_ledger, read_words
from tests.golden import SOURCES

LETTER_ID = "letter-1931-04-02"
LETTER = f"document:{LETTER_ID}#p1"
SLIP = "What a typist had made of it."


@pytest.fixture(scope="module")
def published() -> Archive:
    """The example archive with everything in its ledger."""
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    kept = tuple(words for many in words_to_keep(replace(archive, kept=())).values() for words in many)
    return replace(archive, ledger=additions(archive, reason="", who=""), kept=kept)


def codes(archive: Archive) -> list[str]:
    links, _ = link(archive)
    return sorted({problem.code for problem in check_ledger(archive, links)})


def read_back(text: str, tmp_path: Path) -> tuple[tuple[LedgerEntry, ...], list[str]]:
    path = tmp_path / "passages.tsv"
    path.write_bytes(text.encode())
    entries, problems = read_ledger(path, tmp_path)
    return entries, [problem.code for problem in problems]


def test_what_is_recorded_is_read_back(published: Archive, tmp_path: Path) -> None:
    assert read_back(as_text(published.ledger), tmp_path) == (published.ledger, [])
    assert set(published_addresses(published)) == {entry.id for entry in published.ledger}
    assert codes(published) == []


def test_an_archive_without_ledger_has_published_nothing(published: Archive) -> None:
    assert codes(replace(published, ledger=())) == []


def test_what_is_new_is_only_a_warning(published: Archive) -> None:
    links, _ = link(published)
    problems = check_ledger(replace(published, ledger=published.ledger[1:]), links)
    assert [(problem.code, problem.severity) for problem in problems] == [("ledger-missing", "warning")]


def test_changed_words_need_a_revision(published: Archive) -> None:
    changed = with_slip(published)
    old = changed.ledger
    assert codes(changed) == ["text-changed"]
    (revision,) = additions(changed, reason="a slip of the typist", who="ed")
    assert (revision.id, revision.fate, revision.reason) == (LETTER, "revised", "a slip of the typist")
    (words,) = words_to_keep(changed)[LETTER_ID]
    assert (words.id, words.digest) == (LETTER, revision.digest)
    assert codes(replace(changed, ledger=(*old, revision), kept=(*changed.kept, words))) == []


def with_slip(published: Archive) -> Archive:
    """As if the letter's first passage had been published with other words."""
    then = KeptWords(LETTER, digest_of(SLIP), SLIP)
    ledger = tuple(replace(one, digest=then.digest) if one.id == LETTER else one for one in published.ledger)
    return replace(published, ledger=ledger, kept=tuple(then if one.id == LETTER else one for one in published.kept))


def test_words_that_are_not_kept_are_told_of_once_a_document(published: Archive) -> None:
    links, _ = link(published)
    problems = check_ledger(replace(published, kept=()), links)
    assert {(one.code, one.severity) for one in problems} == {("words-missing", "warning")}
    assert len(problems) == sum(one.header.status == "published" for one in published.documents)


def test_earlier_words_that_are_lost_are_told_of_with_their_line(published: Archive) -> None:
    changed = with_slip(published)
    (revision,) = additions(changed, reason="a slip", who="ed")
    kept = tuple(one for one in published.kept if one.id != LETTER)
    then = replace(changed, ledger=(*changed.ledger, revision), kept=kept)
    links, _ = link(then)
    lost, unkept = (one for one in check_ledger(then, links) if one.code == "words-missing")
    assert "edition 1 are not kept: those who cited them" in lost.message
    assert "history of the sources" in lost.hint
    assert "the words of 1 passage of" in unkept.message


def test_words_that_the_ledger_does_not_know(published: Archive) -> None:
    more = KeptWords(LETTER, digest_of(SLIP), SLIP)
    assert codes(replace(published, kept=(*published.kept, more))) == ["words-unknown"]


def test_kept_words_are_read_back(published: Archive, tmp_path: Path) -> None:
    path = tmp_path / f"{LETTER_ID}.tsv"
    words = words_to_keep(replace(published, kept=()))[LETTER_ID]
    path.write_text(words_as_text(words[:1], is_new=True) + words_as_text(words[1:], is_new=False), encoding="utf-8")
    read, problems = read_words(path, tmp_path)
    assert problems == ()
    assert [(one.id, one.digest) for one in read] == [(one.id, one.digest) for one in words]
    assert all(digest_of(one.words) == one.digest and "\n" not in one.words for one in read)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\t", "  ", "ledger-line"),
        ("p1\t", "p1 ", "words-line"),
        ("\tA ", "\tB ", "words-altered"),
        ("\tA ", "\tA\t", "words-line"),
        ("\n", "\r\n", "ledger-line"),
    ],
)
def test_kept_words_that_were_touched(old: str, new: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / f"{LETTER_ID}.tsv"
    words = "A promise."
    text = words_as_text((KeptWords(LETTER, digest_of(words), words),), is_new=True)
    path.write_bytes(text.replace(old, new).encode())
    _, problems = read_words(path, tmp_path)
    assert [one.code for one in problems] == [code]


def test_a_vanished_address_must_say_what_became_of_it(published: Archive) -> None:
    gone = published.people[0]
    without = replace(published, people=published.people[1:])
    assert codes(without) == ["address-vanished"]
    assert vanished(without) == (str(gone.reference),)
    last = ending(without, str(gone.reference), "redirected", LETTER, reason="the same man", who="ed")
    assert codes(replace(without, ledger=(*without.ledger, last))) == []
    assert codes(replace(published, ledger=(*published.ledger, last))) == ["identifier-reused"]


def test_redirects_into_nothing_and_in_a_circle(published: Archive) -> None:
    one, two = (str(record.reference) for record in published.people[:2])
    without = replace(published, people=())
    lost = ending(without, one, "redirected", "person:nobody", reason="r", who="ed")
    ended = ending(without, two, "withdrawn", "", reason="r", who="ed")
    assert codes(replace(without, ledger=(*without.ledger, lost, ended))) == ["redirect-dangling"]
    there = ending(without, one, "redirected", two, reason="r", who="ed")
    back = ending(without, two, "redirected", one, reason="r", who="ed")
    assert codes(replace(without, ledger=(*without.ledger, there, back))) == ["redirect-circle"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("\t1\t", "\t2\t", 1), "ledger-edited"),
        (
            lambda text: "".join(text.splitlines(keepends=True)[:1] + text.splitlines(keepends=True)[2:]),
            "ledger-edited",
        ),
        (lambda text: text[:-1], "ledger-line"),
        (lambda text: text.replace("\n", "\r\n"), "ledger-line"),
        (lambda text: text.replace("id\t", "key\t", 1), "ledger-line"),
        (lambda text: text.replace("\tcurrent\t", "\tlost\t", 1), "ledger-line"),
        (lambda text: text + "a torn line\n", "ledger-line"),
        (lambda text: text + text.splitlines()[-1] + "\n", "ledger-edited"),
    ],
)
def test_a_past_that_was_touched(change, code: str, published: Archive, tmp_path: Path) -> None:
    _, found = read_back(change(as_text(published.ledger)), tmp_path)
    assert code in found


def test_what_cannot_be_read_has_not_vanished(published: Archive) -> None:
    (first, *others) = published.documents
    broken = replace(published, documents=tuple(others))
    assert "address-vanished" in codes(broken)
    assert "address-vanished" not in codes(replace(broken, unreadable=frozenset({first.reference})))


def test_a_note_that_cannot_be_read_is_one_fault(published: Archive, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(SOURCES, sources)
    note = sorted(sources.glob("documents/*/notes/*.md"))[0]
    address = f"document:{note.parent.parent.name}#n-{note.stem}"
    assert address in {entry.id for entry in published.ledger}
    pointing = sources / "terms" / "mole.md"
    pointing.write_text(pointing.read_text(encoding="utf-8") + f"\nSee [the note]({address}).\n", encoding="utf-8")
    note.write_text("---\ntitle: A title", encoding="utf-8")
    assert all_codes(sources, published.ledger) == ["no-front-matter"]
    note.unlink()
    assert all_codes(sources, published.ledger) == ["address-vanished", "unknown-passage"]


def all_codes(sources: Path, ledger: tuple[LedgerEntry, ...]) -> list[str]:
    """Of all errors, where this ledger is kept."""
    archive, unreadable = read_archive(sources)
    assert archive is not None
    links, unlinked = link(replace(archive, ledger=ledger))
    problems = (*unreadable, *unlinked, *check_ledger(replace(archive, ledger=ledger), links))
    return sorted({problem.code for problem in problems if problem.severity == "error"})
