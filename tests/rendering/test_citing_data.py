"""The data for scripts that cite a selection: putting in a passage gives what the sheet has for it, to the sign."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import Locator, citable_item, known_of, locator, version
from build_tools.citations.ris import ris
from build_tools.ledger import digest_of
from build_tools.linking import link
from build_tools.model import Archive, LedgerEntry
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing import entries_of, notes_of
from build_tools.rendering.citing_data import citing_data, citing_files, units, words_data
from build_tools.rendering.provisos import provisos_of
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
                    [
                        put_in(text, data, where.words(form["one"], form["many"]), document.passages[first].id, said),
                        italic,
                    ]
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


def test_there_are_two_small_files_for_each_document(example: Archive) -> None:
    files = list(citing_files(example, link(example)[0]))
    names = [f"documents/{one.id}/cite/{name}.json" for one in example.documents for name in ("forms", "words")]
    assert [file.path for file in files] == names
    assert all(len(file.content) < 16_000 for file in files)


def test_words_are_those_of_which_the_digests_are(out: Here) -> None:
    for document in out.archive.documents:
        forms = json.loads(json.dumps(citing_data(document, known_of(out.records), out)))
        words = json.loads(json.dumps(words_data(document)))
        assert [(one["id"], digest_of(one["text"])) for one in words["passages"]] == [
            (one["id"], one["digest"]) for one in forms["passages"]
        ]
        assert words["titles"][0] == document.header.title


def test_what_the_ledger_says_of_revised_and_withdrawn_passages_is_told(out: Here) -> None:
    document = out.archive.documents[0]
    address = f"document:{document.id}"
    history = (
        LedgerEntry(f"{address}#p7", "1", "a" * 16, "current", "", "", ""),
        LedgerEntry(f"{address}#p8", "1", "b" * 16, "current", "", "", ""),
        LedgerEntry(f"{address}#n-one", "1", "-", "current", "", "", ""),
        LedgerEntry(f"{address}#p7", "2", "c" * 16, "revised", "", "A line was misread", "An editor"),
        LedgerEntry(f"{address}#p99", "1", "d" * 16, "current", "", "", ""),
        LedgerEntry(f"{address}#p99", "2", "d" * 16, "merged", f"{address}#p8 {address}", "One sentence", "An editor"),
    )
    archive = replace(out.archive, ledger=history)
    here = replace(out, archive=archive, url=f"documents/{document.id}/")
    past = citing_data(document, known_of(out.records), here)["past"]
    assert isinstance(past, dict)
    assert list(past) == ["p7", "p99"]
    assert [(one["edition"], one["fate"], one["reason"]) for one in past["p7"]] == [
        ("1", "current", ""),
        ("2", "revised", "A line was misread"),
    ]
    assert [one["href"] for one in past["p99"][1]["now"]] == ["#p8", "./"]
    assert past["p99"][1]["now"][0]["words"] == "passage 8"


def test_offsets_are_those_of_a_script(out: Here) -> None:
    document = next(one for one in out.archive.documents if one.id == "instruction-1962-11-03")
    data = json.loads(json.dumps(citing_data(document, known_of(out.records), out)))
    texts = {one.id: one.text.encode("utf-16-le") for one in document.passages}
    spans = 0
    for passage, many in data["provisos"].items():
        for one in many:
            if one["kind"] != "quoted" and one["start"] >= 0:
                assert texts[passage][2 * one["start"] : 2 * one["end"]].decode("utf-16-le") == one["words"]
            for term in one.get("terms", ()):
                if term["passage"]:
                    start, end = term["span"]
                    assert texts[term["passage"]][2 * start : 2 * end].decode("utf-16-le") == term["words"]
                    spans += 1
    assert spans > 5
    assert units("a\U0001d400b", 2) == 3
    assert units("ab", -1) == -1


def test_a_quotation_knows_where_its_source_is_named(out: Here) -> None:
    document = next(one for one in out.archive.documents if one.id == "instruction-1962-11-03")
    text = {one.id: one.text for one in document.passages}
    found = provisos_of(document, out)
    (put_in,) = (one for one in found["p4"] if one.kind == "put in")
    assert text["p4"][slice(*put_in.source)] == "message"
    assert text["p4"][put_in.start : put_in.end] == put_in.words
    quoted = [one for one in found["p7"] if one.kind == "quoted"]
    assert {text["p7"][slice(*one.source)] for one in quoted} == {"my letter"}
