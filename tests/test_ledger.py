"""The passage ledger: what was published is recorded, and no address is lost, used anew or changed without a word."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from build_tools.checking.ledger import check_ledger
from build_tools.ledger import additions, as_text, ending, published_addresses, vanished
from build_tools.linking import link
from build_tools.model import Archive, LedgerEntry
from build_tools.reading.archive import read_archive
from build_tools.reading.ledger import read_ledger
from tests.golden import SOURCES

LETTER = "document:letter-1931-04-02#p1"


@pytest.fixture(scope="module")
def published() -> Archive:
    """The example archive with everything in its ledger."""
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    return replace(archive, ledger=additions(archive, reason="", who=""))


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
    old = tuple(replace(entry, digest="0" * 16) if entry.id == LETTER else entry for entry in published.ledger)
    changed = replace(published, ledger=old)
    assert codes(changed) == ["text-changed"]
    (revision,) = additions(changed, reason="a slip of the typist", who="ed")
    assert (revision.id, revision.fate, revision.reason) == (LETTER, "revised", "a slip of the typist")
    assert codes(replace(changed, ledger=(*old, revision))) == []


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
        (lambda text: "".join(text.splitlines(keepends=True)[:1] + text.splitlines(keepends=True)[2:]), "ledger-edited"),
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
