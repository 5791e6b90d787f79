"""The certificate of fidelity: true without our code, the ledger complete, and no change of a text gets past the check."""

from __future__ import annotations

import hashlib
import random
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from build_tools.checking.documents import check_transcriptions
from build_tools.fidelity import Deviation, certificate, deviations
from build_tools.linking import Links, link
from build_tools.model import Archive
from build_tools.output import Page
from build_tools.reading.archive import read_archive
from build_tools.reading.tei import read_document
from build_tools.rendering.addressing import looking_out
from build_tools.rendering.documents import document_pages
from build_tools.text import elements
from tests.linking.sources import LETTER, document, read
from tests.published import ROOT, build

FOLDERS = sorted(path.parent for path in (ROOT / "sources" / "documents").glob("*/edition.xml"))
TEI = "{http://www.tei-c.org/ns/1.0}"
CHANGES = 500

# --- the five sentences of the page, with the standard library alone --------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("fidelity") / "site"
    build(site)
    return site / "documents"


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_a_reader_gets_the_transcription_back(published: Path, name: str) -> None:
    folder = published / name
    page = (folder / "fidelity" / "index.html").read_text(encoding="utf-8")
    ends = re.search(r"line feed between any two and (one|none) after the last", page)
    assert ends
    made = by_the_five_sentences(folder / "edition.xml", last_line_ends=ends[1] == "one").encode()
    assert made == (folder / "transcription.txt").read_bytes()
    digests = re.findall(r"\b[0-9a-f]{64}\b", page)
    assert digests == [hashlib.sha256(made).hexdigest()] * 2


def test_the_five_sentences_cover_blanks_and_joined_lines(tmp_path: Path) -> None:
    text = (
        '<p><lb n="1"/>rem <lb n="3"/> \n two<lb n="1" break="no" type="continued"/>oval\u00a0 <lb n="2"/>'
        '<space quantity="2"/> in <space/><choice>\n<orig>--</orig>\n<reg>-</reg>\n</choice>!'
        '<space unit="tabs"/><lb n="1" type="continued"/>now</p>'
    )
    path = tmp_path / "edition.xml"
    path.write_text(f'<TEI xmlns="{TEI[1:-1]}"><text><body>{text}</body></text></TEI>', encoding="utf-8")
    assert by_the_five_sentences(path, last_line_ends=True) == "removal\u00a0 now\n  in --!\t\ntwo\n"
    body = text.replace("<p>", '<p xml:id="p1">')
    archive, _ = read(tmp_path, LETTER | document(body, "removal\u00a0 now\n  in --!\t\ntwo\n"))
    assert certificate(archive.documents[0]).is_equal


def by_the_five_sentences(path: Path, *, last_line_ends: bool) -> str:
    body = ET.parse(path).getroot().find(f"{TEI}text/{TEI}body")
    assert body is not None
    lines: dict[int, str] = {}
    number = 0

    def walk(element: ET.Element) -> None:
        nonlocal number
        name = element.tag.removeprefix(TEI)
        if name in {"supplied", "corr", "reg", "note"}:
            return
        if name == "lb":
            number = int(element.attrib["n"])
            if element.get("type") == "continued":
                lines[number] += "\x02" if element.get("break") == "no" else " "
            else:
                assert number not in lines
                lines[number] = ""
        if name == "space":
            add(("\x01" if element.get("unit") == "tabs" else "\x00") * int(element.get("quantity", "1")))
        if name != "choice" or (element.text or "").strip():
            add(element.text or "")
        for child in element:
            walk(child)
            if name != "choice" or (child.tail or "").strip():
                add(child.tail or "")

    def add(words: str) -> None:
        if number:
            lines[number] += words
        else:
            assert not words.strip(" \t\r\n")

    walk(body)
    made = [finished(lines[one]) for one in sorted(lines)]
    return "\n".join(made) + ("\n" if last_line_ends else "")


def finished(line: str) -> str:
    line = re.sub(r"[ \t\r\n]+", " ", line).strip(" ")
    return re.sub(r" ?([\x00-\x02]+) ?", r"\1", line).translate({0: " ", 1: "\t", 2: None})


# --- the ledger -------------------------------------------------------------------------------------------------------

ENTRIES = {
    "corrected": (
        'the <choice><sic>teh</sic><corr resp="#ed" cert="high">the</corr></choice> end',
        "the teh end",
        [("corrected", 1, "teh", "the", "", "high", "#ed", True)],
    ),
    "regularised": (
        "a <choice><orig>--</orig><reg>—</reg></choice> b",
        "a -- b",
        [("regularised", 1, "--", "—", "", "", "", True)],
    ),
    "left out, supplied": (
        'It<surplus reason="dittography" cert="low"> it</surplus> is <supplied reason="lost">not</supplied> so',
        "It it is so",
        [
            ("left out", 1, "it", "", "dittography", "low", "", True),
            ("supplied", 1, "", "not", "lost", "", "", True),
        ],
    ),
    "order": (
        'One <metamark function="insertion">//</metamark> <lb n="3"/>two <lb n="1" type="continued"/>three '
        '<lb n="2"/><add place="above" cert="medium">four</add>',
        "One // three\nfour\ntwo",
        [
            ("mark of insertion", 1, "//", "", "", "", "", True),
            ("taken up again", 1, "three", "three", "read after line 3", "", "", False),
            ("moved", 2, "four", "four", "read after line 1", "", "", False),
            ("added", 2, "four", "four", "", "medium", "", True),
        ],
    ),
    "set apart": (
        'to <fw type="footer"><choice><sic><lb n="2"/>11/8</sic><corr>11/3</corr></choice></fw> <lb n="3"/>move',
        "to\n11/8\nmove",
        [
            ("set apart", 2, "11/8", "", "", "", "", True),
            (
                "corrected", 2, "11/8", "11/3",
                "in words set apart, which the reading text leaves out", "", "", False,
            ),
        ],
    ),
    "doubtful": (
        'a <unclear reason="faded" cert="low">b</unclear>',
        "a b",
        [("doubtful", 1, "b", "b", "faded", "low", "", True)],
    ),
    "blank lines out of order": ('a <lb n="3"/>c <lb n="2"/>', "a\n\nc", []),
    "nothing": ('a <lb n="2"/><hi rend="italic">b</hi>', "a\nb", []),
}  # fmt: skip


@pytest.mark.parametrize("case", ENTRIES)
def test_the_ledger_lists_what_is_read_otherwise(tmp_path: Path, case: str) -> None:
    words, transcription, expected = ENTRIES[case]
    declared = '<respStmt xml:id="ed"><resp>edited by</resp><name>B. Editor</name></respStmt>'
    body = f'<p xml:id="p1"><lb n="1"/>{words}</p>'
    archive, problems = read(tmp_path, LETTER | document(body, transcription, authors=declared))
    assert problems == ()
    (letter,) = archive.documents
    found = deviations(letter)
    assert [told(one) for one in found] == expected
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert {one.passage for one in found} <= {"p1"}
    assert certificate(letter).is_equal

    links, _ = link(archive)
    text, _transcription, ledger, *_ = document_pages(letter, looking_out(archive, links))
    for one in found:
        assert f'id="d-{one.number}"' in ledger.html
        assert f"../#e-{one.number}" in ledger.html or not one.has_spot
        assert (f"e-{one.number}" in text.anchors) is one.has_spot
    assert spots(text) == [f"e-{one.number}" for one in found if one.has_spot]
    assert ("B. Editor" in ledger.html) is (case == "corrected")


def told(one: Deviation) -> tuple[object, ...]:
    return one.kind, one.line, one.transcribed, one.read, one.reason, one.certainty, one.who, one.has_spot


def spots(page: Page) -> list[str]:
    return re.findall(r'id="(e-[0-9]+)"', page.html)


def test_whatever_the_two_layers_do_not_share_is_in_the_ledger() -> None:
    """In every document held here; no mark of an editor stands inside words that are left out."""
    for one in archive_and_links()[0].documents:
        listed = {each.place for each in deviations(one)}
        for element in elements(one.body):
            if element.name in {"surplus", "supplied", "metamark", "choice", "fw", "add", "unclear"}:
                assert element.location in listed


# --- changes ----------------------------------------------------------------------------------------------------------


def archive_and_links() -> tuple[Archive, Links]:
    archive, problems = read_archive(ROOT / "sources")
    assert archive is not None
    assert problems == ()
    return archive, link(archive)[0]


Sound = tuple[Archive, Links, str, str]


@pytest.fixture(scope="module")
def sound() -> Sound:
    """The archive, its links, and the two files of the instruction."""
    (instruction,) = [one for one in FOLDERS if one.name == "instruction-1962-11-03"]
    texts = [(instruction / name).read_bytes().decode() for name in ("edition.xml", "transcription.txt")]
    return *archive_and_links(), texts[0], texts[1]


def is_refused(source: str, transcription: str, folder: Path, archive: Archive, links: Links) -> bool:
    """Reading or the check names a fault, and the certificate says that the two files are not equal."""
    (folder / "edition.xml").write_text(source, encoding="utf-8")
    (folder / "transcription.txt").write_text(transcription, encoding="utf-8")
    changed, faults = read_document(folder, folder.parent)
    assert changed is not None, faults
    problems = [*faults, *check_transcriptions(replace(archive, documents=(changed,)), links)]
    assert bool(problems) is not certificate(changed).is_equal
    return bool(problems)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the two files of the instruction are written, changed."""
    made = tmp_path / "instruction-1962-11-03"
    made.mkdir()
    return made


def test_what_is_sound_is_not_refused(sound: Sound, folder: Path) -> None:
    archive, links, source, transcription = sound
    assert not is_refused(source, transcription, folder, archive, links)


def test_no_change_of_the_encoding_gets_past(sound: Sound, folder: Path) -> None:
    archive, links, source, transcription = sound
    chance = random.Random(11031962)
    for kind in kinds():
        changed = change_of_encoding(source, kind, chance)
        assert is_refused(changed, transcription, folder, archive, links), kind


def test_no_change_of_the_transcription_gets_past(sound: Sound, folder: Path) -> None:
    archive, links, source, transcription = sound
    chance = random.Random(19621103)
    for kind in kinds():
        changed = change_of_transcription(transcription, kind, chance)
        assert is_refused(source, changed, folder, archive, links), kind


def kinds() -> list[str]:
    return (
        ["letter", "letter left out", "word", "word left out", "order of words", "line", "order of lines"] * CHANGES
    )[:CHANGES]


def change_of_encoding(source: str, kind: str, chance: random.Random) -> str:
    """The source with one change of the words or lines of its raw layer; the encoding around them stays as it is."""
    start = source.index("<body>")
    if kind in {"line", "order of lines"}:
        marks = [
            found
            for found in re.finditer(r'<lb n="([0-9]+)"/>([^<]*[^<\s][^<]*)', source)
            if found.start() > start and found[2].strip()
        ]
        one, two = sorted(chance.sample(marks, 2), key=lambda found: found.start())
        if kind == "line":  # the first words of the line are gone
            return source[: one.start(2)] + source[one.end(2) :]
        numbers = one[1], two[1]
        return (
            source[: one.start(1)] + numbers[1] + source[one.end(1) : two.start(1)] + numbers[0] + source[two.end(1) :]
        )
    silent = [found.span() for found in re.finditer(r"<(corr|reg|supplied)\b.*?</\1>", source, re.DOTALL)]
    stretches = [
        found
        for found in re.finditer(r">([^<>]+)<", source)
        if found.start() > start
        and len(found[1].split()) >= 2
        and not any(first <= found.start() < last for first, last in silent)
    ]
    chosen = chance.choice(stretches)
    return source[: chosen.start(1)] + changed_words(chosen[1], kind, chance) + source[chosen.end(1) :]


def change_of_transcription(text: str, kind: str, chance: random.Random) -> str:
    lines = text.split("\n")
    full = [number for number, line in enumerate(lines) if len(line.split()) >= 2]
    one, two = chance.sample(full, 2)
    if kind == "line":
        del lines[one]
    elif kind == "order of lines":
        lines[one], lines[two] = lines[two], lines[one]
    else:
        lines[one] = changed_words(lines[one], kind, chance)
    return "\n".join(lines)


def changed_words(text: str, kind: str, chance: random.Random) -> str:
    """One change; white space, which the rule folds, is left alone, and the result always has other words."""
    words = list(re.finditer(r"[^\s&;]+", text))
    one = chance.choice(words)
    at = chance.randrange(one.start(), one.end())
    if kind == "letter":
        letter = chance.choice([sign for sign in "aeinorstAI.,'—" if sign != text[at]])
        return text[:at] + letter + text[at + 1 :]
    if kind == "letter left out":
        return text[:at] + text[at + 1 :]
    if kind == "word":
        return text[: one.start()] + "not " + text[one.start() :]
    if kind == "word left out":
        return text[: one.start()] + text[one.end() :]
    pairs = [(left, right) for left, right in pairwise(words) if left[0] != right[0]]
    left, right = chance.choice(pairs)
    return text[: left.start()] + right[0] + text[left.end() : right.start()] + left[0] + text[right.end() :]
