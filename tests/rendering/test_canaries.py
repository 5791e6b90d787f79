"""Hostile words in every contributed field, and every page and file of the site made of them: none of it becomes markup.

The fields come from the model's own classes (`tests.canaries`); the text of the letter and its transcription get the
words in their files. The pages stand in the shell, as they are published.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
from lxml import etree, html

from build_tools.exporting.hosting import OPEN
from build_tools.linking import link
from build_tools.model import Archive, OpenQuestion, Release, Source, Wording
from build_tools.output import OutputFile
from build_tools.plugin import build_shell
from build_tools.reading.archive import read_archive
from build_tools.site import Site, plan
from tests.canaries import CLASSES, with_canaries, words_of
from tests.conftest import EXAMPLE

IN_TEXT = "\"'><img src=x onerror=alert(1)>{{7*7191}}{% raw %}</script>]]>--><!--&amp;</p></main><svg onload=alert(2)>"
CANARY = IN_TEXT + "\u202e\n\\u003cscript>\nER  - \nTY  - BOOK\n@book{x, title = {}}"
ALIVE = re.compile(r"<(?:img|svg onload|script>alert)|50337|<!--&amp;<", re.IGNORECASE)
"""What would be in a page if a word of it had become markup, or a template's expression."""
TAG = re.compile(r"[A-Z][A-Z0-9]  - ")


class Built(NamedTuple):
    archive: Archive
    site: Site
    folder: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("hostile")
    sources = Path(shutil.copytree(EXAMPLE, root / "sources"))
    letter = sources / "documents" / "letter-1931-04-02"
    for name, words in (("edition.xml", escape(IN_TEXT)), ("transcription.txt", IN_TEXT)):
        written = (letter / name).read_text(encoding="utf-8")
        assert "OFFICE OF THE " in written
        (letter / name).write_text(written.replace("OFFICE OF THE ", f"OFFICE OF THE {words} ", 1), encoding="utf-8")
    edition = letter / "edition.xml"
    written = edition.read_text(encoding="utf-8")
    assert 'source="#opener"' in written
    edition.write_text(written.replace('source="#opener"', 'source="message:board-ferry-12"'), encoding="utf-8")
    archive, problems = read_archive(sources)
    assert problems == ()
    hostile = with_canaries(with_all_fields(archive), CANARY)
    links, faults = link(hostile)
    assert faults == ()
    site = plan(hostile, links, sources)
    build_shell(replace(site, copies=()), EXAMPLE.parent / "mkdocs.yml", root / "site")
    return Built(hostile, site, root / "site")


def with_all_fields(archive: Archive) -> Archive:
    """What the example archive has no instance of is put into it."""
    source = Source(grade="B", work="calendar", at="no. 12", remark="seen")
    question = OpenQuestion(text="What?", where="There", affects=("message:board-ferry-12",), sources=(source,))
    release = Release(edition="0.1.0", date="2000-01-01", summary="The first")
    wording = Wording(version="a copy", text="the mole", sources=(source,))
    messages = tuple(
        replace(one, value=replace(one.value, document="", wordings=(wording,), printed=(source,)))
        for one in archive.messages
    )
    edition = replace(archive.edition, questions=(question,), releases=(release,))
    return replace(archive, messages=messages, edition=edition)


NOT_SHOWN = set[str]()
"""The publisher stands on no page, but in the text services, the linked data and the letters as CMIF."""


def ending(site: Site, *ends: str) -> list[OutputFile]:
    found = [file for file in site.files if file.path.endswith(ends)]
    assert found, ends
    return found


def test_no_word_becomes_markup_in_any_page(built: Built) -> None:
    pages = sorted(built.folder.rglob("*.html"))
    assert len(pages) > len(built.site.pages)
    for path in pages:
        text = path.read_text(encoding="utf-8")
        found = ALIVE.search(text.replace("<svg class", ""))
        assert not found, f"{path}: {text[max(0, found.start() - 200) : found.end() + 60]}"
        tree = html.document_fromstring(text)
        for one in tree.iter(etree.Element):
            bad = [
                name
                for name in one.attrib
                if name.startswith("on") or not re.fullmatch(r"[a-zA-Z][a-zA-Z:_-]*\d?", name)
            ]
            assert not bad, f"{path}: {bad} of {etree.tostring(one)[:300]!r}"
            assert not str(one.get("href", "")).strip().lower().startswith(("javascript:", "data:", "vbscript:")), path
        assert all(one.get("src") for one in tree.iter("script")), path
        assert len(tree.xpath("//main")) == 1, path


def test_every_field_of_every_class_is_made_hostile_and_shown(built: Built) -> None:
    """So that a field that is added is either shown, escaped, or named here."""
    trees = [html.document_fromstring(path.read_text(encoding="utf-8")) for path in built.folder.rglob("*.html")]
    shown = [one for tree in trees for one in (tree.text_content(), *tree.xpath("//@*"))]
    shown += [one for file in ending(built.site, ".json") for one in texts(json.loads(file.content))]
    everything = " ".join("\0".join(shown).split())
    told = {name for one in CLASSES for name in words_of(one) if f"title = {{}}}} {name}" in everything}
    assert {name for one in CLASSES for name in words_of(one)} - told == NOT_SHOWN


def test_json_holds_the_words_whole(built: Built) -> None:
    whole = 0
    for file in ending(built.site, ".json", ".jsonld"):
        whole += CANARY in "\0".join(texts(json.loads(file.content)))
        assert b"50337" not in file.content
    assert whole > 3


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [one for pair in value.items() for each in pair for one in texts(each)]
    if isinstance(value, list):
        return [one for each in value for one in texts(each)]
    return [value] if isinstance(value, str) else []


def test_a_reference_for_ris_stays_one_and_its_lines_are_tags(built: Built) -> None:
    for file in ending(built.site, ".ris"):
        lines = file.content.decode().replace("\r\n", "\n").strip("\n").split("\n")
        assert [line for line in lines if not TAG.match(line)] == [], file.path
        assert [line[:2] for line in lines].count("ER") == [line[:2] for line in lines].count("TY") == 1, file.path


def test_a_reference_for_bibtex_stays_one_and_its_braces_match(built: Built) -> None:
    for file in ending(built.site, ".bib"):
        text = re.sub(r"\\.", "", file.content.decode())
        depth = 0
        for at, sign in enumerate(text):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0, f"{file.path}: {text[:at]}"
            assert sign != "@" or depth > 0 or text[:at].strip() == "", file.path
        assert depth == 0, file.path


def test_xml_is_well_formed_and_holds_words_only(built: Built) -> None:
    files = [(file.path, file.content) for file in built.site.files if file.path.endswith(".xml")]
    files += [(path.name, path.read_bytes()) for path in built.folder.rglob("*.xml")]
    assert files
    for name, content in files:
        tree = etree.fromstring(content)
        loose = [one for one in tree.iter() if isinstance(one.tag, str) and one.tag.endswith(("img", "script"))]
        assert loose == [], name


def test_no_header_of_an_answer_is_added(built: Built) -> None:
    headers = next(file for file in built.site.files if file.path == "_headers").content.decode()
    names = [line.partition(":")[0].strip() for line in headers.splitlines() if line.startswith(" ")]
    assert names == [
        *("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"),
        *["Access-Control-Allow-Origin"] * len(OPEN),
    ]
    assert len(headers.splitlines()) == 4 + 2 * len(OPEN)
    assert "alert" not in headers
