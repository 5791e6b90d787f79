"""The whole of `sources/`: each file once, in order, the same however the work is shared, no fault hiding another."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from build_tools.model import Archive
from build_tools.reading import archive as reading_archive
from build_tools.reading.archive import read_archive
from tests.conftest import EXAMPLE, Written
from tests.reading.editions import paragraph


def test_everything_is_read_in_the_order_of_ids(example: Archive) -> None:
    assert [document.id for document in example.documents] == ["letter-1931-04-02", "memorandum-1931-04-05"]
    ids = [(record.reference.kind, record.id) for record in example.records()]
    assert len(ids) == len(list(EXAMPLE.glob("[!d]*/*.md")))
    assert sorted(ids) == sorted(set(ids))
    assert [record.id for record in example.people] == ["edith-marlow", "tobias-quill"]


def test_an_executor_changes_nothing(example: Archive, archive_of: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_archive, "CHUNK", 1)
    with ThreadPoolExecutor(2) as threads:
        assert read_archive(EXAMPLE, threads) == (example, ())
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as processes:
        assert read_archive(EXAMPLE, processes) == (example, ())
        faulty = archive_of({f"terms/t{number}.md": "---\nnam: A\n---\n" for number in range(9)})
        assert read_archive(faulty, processes) == read_archive(faulty)


def test_one_fault_hides_no_other(archive_of: Written) -> None:
    sources = archive_of(
        {
            "archive.yml": "titel: A\n",
            "documents/a/edition.xml": "<TEI>",
            "documents/a/transcription.txt": b"\xff",
            "documents/b/edition.xml": paragraph("<persname/>"),
            "documents/b/transcription.txt": "\n",
            "documents/b/notes/x.md": "no front matter",
            "terms/t.md": "---\nname: [\n---\n",
            "letters/x": "",
        }
    )
    archive, problems = read_archive(sources)
    assert archive is None
    assert {one.code for one in problems} >= {
        "unknown-key", "missing-key", "ill-formed-xml", "not-utf-8", "schema-element", "no-front-matter",
        "yaml-syntax", "unexpected-file",
    }  # fmt: skip
    assert list(problems) == sorted(problems, key=lambda one: one.sort_key())


def test_what_cannot_be_read_is_left_out_and_the_rest_stands(archive_of: Written) -> None:
    sources = archive_of({"terms/a.md": "---\nname: A\n---\n", "terms/b.md": "---\nname: [A]\n---\n"})
    archive, problems = read_archive(sources)
    assert archive is not None
    assert [record.id for record in archive.terms] == ["a"]
    assert [str(one.location) for one in problems] == ["sources/terms/b.md:2:7"]


def test_nothing_but_sources(archive_of: Written) -> None:
    archive, problems = read_archive(archive_of({"terms/.DS_Store": "", ".DS_Store": ""}))
    assert problems == ()
    assert archive is not None
    assert archive.records() == ()


def test_a_file_in_the_place_of_a_folder(archive_of: Written) -> None:
    _, problems = read_archive(archive_of({"terms": "words", "documents": "words"}))
    assert [one.code for one in problems] == ["unexpected-file", "unexpected-file"]


def test_links_to_elsewhere_are_not_followed(archive_of: Written) -> None:
    sources = archive_of({"terms/a.md": "---\nname: A\n---\n"})
    (sources / "people").symlink_to("terms")
    (sources / "documents").mkdir()
    (sources / "documents" / "a").symlink_to("/etc")
    archive, problems = read_archive(sources)
    assert archive is not None
    assert archive.people == ()
    assert {one.code for one in problems} == {"symbolic-link"}
