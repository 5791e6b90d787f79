"""A document folder: header, passages, marks of lines, dates and pointers within the file."""

from __future__ import annotations

import pytest

from build_tools.identifiers import Reference
from build_tools.location import Location
from build_tools.model import Archive, Document
from build_tools.problem import Problem
from build_tools.reading.tei import date_of, read_document
from build_tools.text import Element
from tests.conftest import Written
from tests.reading.editions import edition, paragraph


@pytest.fixture
def letter(example: Archive) -> Document:
    return next(document for document in example.documents if document.id == "letter-1931-04-02")


def faults(archive_of: Written, source: str, raw: str = "one\n") -> list[tuple[str, str]]:
    sources = archive_of({"documents/a/edition.xml": source, "documents/a/transcription.txt": raw})
    _, problems = read_document(sources / "documents" / "a", sources.parent)
    return [(one.code, str(one.location).partition(":")[2]) for one in sorted(problems, key=Problem.sort_key)]


def test_the_header(letter: Document) -> None:
    header = letter.header
    assert header.title == "Letter of the Harbour Board to Dr Quill, 2 April 1931"
    assert header.short_title == "Letter of 2 April 1931"
    assert (header.date, header.date_as_written) == ("1931-04-02", "2 April 1931")
    assert header.authors == (Reference("person", "edith-marlow"),)
    assert header.addressees == (Reference("person", "tobias-quill"), Reference("organisation", "ferry-company"))
    assert header.summary.startswith("The Board promises")
    assert header.classification == "Confidential"
    assert (header.repository, header.reference_code) == ("Harbour Archive", "HA 7/12")
    assert header.fonds == "Letter books of the Board, box 7"
    assert header.release == "Opened to readers on 1 June 1987."
    assert header.physical == "Two leaves, a carbon copy."
    assert header.availability == "The letter is invented and free to use. CC BY 4.0"
    assert [one.name for one in header.editorial_declarations][:2] == ["correction", "normalization"]
    assert [one.id for one in header.hands] == ["typist", "stamper"]
    assert [one.when for one in header.changes] == ["2001-01-20", "2001-01-31"]
    assert header.status == "published"


def test_the_passages_are_those_of_the_cite_structure(letter: Document) -> None:
    assert [(passage.id, passage.label) for passage in letter.passages] == [
        ("head", "heading"),
        ("opener", "opener"),
        ("p1", "1"),
        ("p2", "2"),
        ("item1", "1"),
        ("item2", "2"),
        ("p3", "3"),
        ("closer", "closer"),
        ("p4", "4"),
    ]
    assert letter.passages[2].text == (
        "The Harbour Board will repair the north mole before 1 May, provided that the Ferry Company lends its crane. "
        "See our telegram 12 of 30 March."
    )


def test_the_transcription_is_kept_as_received(letter: Document) -> None:
    assert letter.transcription.startswith("OFFICE OF THE HARBOUR BOARD\nCONFIDENTIAL\n\n")
    assert "shall be   open" in letter.transcription


def test_the_notes_are_in_the_order_of_their_files(letter: Document) -> None:
    assert [(note.id, note.document) for note in letter.notes] == [
        ("crane", "letter-1931-04-02"),
        ("free-of-dues", "letter-1931-04-02"),
    ]


@pytest.mark.parametrize(
    ("body", "raw", "places"),
    [
        ('<p xml:id="p1"><lb n="1"/>one<lb n="2"/></p>', "one\n\n", []),
        ('<p xml:id="p1"><lb n="2"/><lb n="1"/>one <lb n="2" type="continued"/></p>', "one\n\n", []),
        ('<p xml:id="p1"><lb n="1"/>one</p>', "one", []),
        ('<p xml:id="p1">one</p>', "one\n", ["9:19"]),
        ('<p xml:id="p1"><lb n="1"/>o<lb n="1"/>ne</p>', "one\n", ["10:28"]),
        ('<p xml:id="p1"><lb n="1"/>o<lb n="2"/>ne</p>', "one\n", ["10:28"]),
        ('<p xml:id="p1"><lb n="1"/>o<lb/>ne</p>', "one\n", ["10:28"]),
        ('<p xml:id="p1"><lb n="1"/>one<lb n="2" type="continued"/></p>', "one\n\n", ["9:19", "10:30"]),
        ('<p xml:id="p1"><lb n="1"/><lb n="99999999999999999999"/></p>', "one\n", ["10:27"]),
    ],
)
def test_each_line_is_marked_once(archive_of: Written, body: str, raw: str, places: list[str]) -> None:
    found = faults(archive_of, edition(body), raw)
    assert found == [("line-mark", place) for place in places]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('<date when="1931-02-29">one</date>', "bad-date"),
        ('<date when-custom="1931-13">one</date>', "bad-date"),
        ('<date from="1931-04-31" to="1931-05-01">one</date>', "bad-date"),
        ('<metamark target="#p2"/>one', "bad-reference"),
        ('<add hand="#nobody">one</add>', "bad-reference"),
        ('<orgName ref="organisation:board">one</orgName>', "bad-reference"),
        ('<persName ref="Quill">one</persName>', "bad-reference"),
    ],
)
def test_dates_that_never_were_and_pointers_to_nothing(archive_of: Written, words: str, code: str) -> None:
    assert faults(archive_of, paragraph(words)) == [(code, "10:27")]


def test_what_points_to_something_is_fine(archive_of: Written) -> None:
    words = '<metamark target="#p1"/><persName ref="person:quill #p1">one</persName><date when="1932-02-29"/>'
    assert faults(archive_of, paragraph(words)) == []


def test_faults_of_the_schema_do_not_hide_others(archive_of: Written) -> None:
    found = faults(archive_of, paragraph('<persname/><date when-custom="1931-13"/><lb n="7"/><add hand="#nobody"/>'))
    assert {code for code, _ in found} == {"schema-element", "bad-date", "line-mark", "bad-reference"}


@pytest.mark.parametrize(("identifier", "count"), [("p1", 0), ("", 1), ("P1", 1), ("p-1", 1), ("p1x2", 1)])
def test_the_ids_of_passages_are_fit_for_addresses(archive_of: Written, identifier: str, count: int) -> None:
    attribute = f' xml:id="{identifier}"' if identifier else ""
    assert faults(archive_of, edition(f'<p{attribute}><lb n="1"/>one</p>')) == [("passage-id", "10:1")] * count


def test_what_a_header_must_say(archive_of: Written) -> None:
    source = paragraph("one")
    assert faults(archive_of, source.replace("Receipt</title>", "</title>")) == [("missing-key", "2:22")]
    assert faults(archive_of, source.replace('<date when="1931-04-06"/>', "")) == [("missing-key", "7:14")]
    assert faults(archive_of, source.replace('<date when="1931-04-06"/>', "<date/>")) == []


def test_files_that_are_missing(archive_of: Written) -> None:
    sources = archive_of({"documents/a/notes/x.md": ""})
    document, problems = read_document(sources / "documents" / "a", sources.parent)
    assert document is None
    assert [problem.code for problem in problems] == ["missing-file", "missing-file"]


@pytest.mark.parametrize(
    ("attributes", "edtf"),
    [
        ({"when": "1931-04-02"}, "1931-04-02"),
        ({"when": "1931-04-02T10:00:00"}, "1931-04-02"),
        ({"when": "1931-04", "cert": "low"}, "1931-04?"),
        ({"from": "1931-04-02", "to": "1931-04-05"}, "1931-04-02/1931-04-05"),
        ({"notBefore": "1931"}, "1931/.."),
        ({"when-custom": "1931-04-02~"}, "1931-04-02~"),
        ({}, ""),
    ],
)
def test_the_date_that_attributes_amount_to(attributes: dict[str, str], edtf: str) -> None:
    assert date_of(Element("date", Location("a"), tuple(attributes.items()))) == edtf
