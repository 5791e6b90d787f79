"""The data for scripts that cite a selection: putting in a passage gives what the sheet has for it, to the sign."""

from __future__ import annotations

import json

import pytest

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import Locator, citable_item, known_of, locator, version
from build_tools.citations.ris import ris
from build_tools.linking import link
from build_tools.model import Archive
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing import entries_of, notes_of
from build_tools.rendering.citing_data import citing_data, citing_files
from tests.published import ROOT


@pytest.fixture(scope="module")
def out() -> Here:
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    return looking_out(archive, link(archive)[0])


def put_in(text: str, data: dict[str, object], words: str, passage: str, said: str) -> str:
    text = text.replace(str(data["where"]), words).replace(str(data["fragment"]), passage)
    return text.replace(str(data["version"]), said)


def test_a_passage_put_in_gives_the_forms_of_the_sheet(out: Here) -> None:
    known = known_of(out.records)
    for document in out.archive.documents:
        data = json.loads(json.dumps(citing_data(document, known, out)))
        item = citable_item(document, known, out.archive.edition)
        for first, last in ((0, 0), (1, 1), (1, 3)):
            where = locator(document, document.passages[first : last + 1], out.archive.edition)
            said = version(document.passages[first : last + 1], out.archive.edition)
            made = {
                (form["style"], form["what"]): [
                    [put_in(text, data, where.words(form["one"], form["many"]), document.passages[first].id, said), italic]
                    for text, italic in form["runs"]
                ]
                for form in data["forms"]
            }
            for form in (*notes_of(item, where), *entries_of(item)):
                assert made[form.style, form.what] == [[run.text, run.italic] for run in form.runs]
            bare = Locator(where.labels, where.url)
            for name, write in (("bib", bibtex), ("ris", ris), ("json", csl_json)):
                text = put_in(data["files"][name], data, where.words(), document.passages[first].id, said)
                assert text == write(item, bare)


def test_signs_that_stand_for_something_occur_in_no_text(out: Here) -> None:
    for document in out.archive.documents:
        data = citing_data(document, known_of(out.records), out)
        assert not any(str(data["where"]) in passage.text for passage in document.passages)
        assert {one["id"] for one in data["passages"]} == {one.id for one in document.passages}  # type: ignore[index]


def test_there_is_one_small_file_for_each_document(example: Archive) -> None:
    files = list(citing_files(example, link(example)[0]))
    assert [file.path for file in files] == [f"documents/{one.id}/cite/forms.json" for one in example.documents]
    assert all(len(file.content) < 16_000 for file in files)
