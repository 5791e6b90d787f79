"""Exports are read back by those who read them: bibtexparser, rispy and pandoc; nothing is lost, nothing breaks out."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace

import pytest

from build_tools.citations.bibtex import ALONE, COMMANDS, bibtex, escaped
from build_tools.citations.csl_json import citation_key, csl_item, csl_json
from build_tools.citations.dating import parts_of
from build_tools.citations.item import CitableItem, Locator, Name, on_one_line
from build_tools.citations.ris import ris
from tests.citations.items import ITEMS, PASSAGE
from tests.groups import pandoc

pytestmark = pytest.mark.group("citations")

CANARIES = {
    "quotation marks": "He said \"no\", she ‘yes’, and it’s 'so' ``then'' „da“ «là»",
    "braces": "One { two } three } four { five {{ six",
    "an entry": "x}, title = {gotcha} } @misc{evil, title = {y}} @comment{z}",
    "TeX": r"\input{x} \& & % $1 #2 a_b ~ ^ \\ \undefined $x^2$ 100%",
    "signs": "a@b.example @article & < > | ` --- -- ?` !` ,, ;",
    "markup": "<script>alert(1)</script> <i>x</i> &amp; &lt;",
    "RIS": "A\r\nER  - \r\nTY  - JOUR\r\nTI  - gotcha",
    "line ends": "one\ntwo\r\nthree\u2028four\u2029five\x0bsix\x00seven\ttab",
    "right to left": "מכתב אל הנשיא (1962) رسالة",
    "right to left within": "Letter to נשיא on 3 May",
    "combined": "Khrushchëv, Ñandú, 中国, e\u0301",
    "names": "A and B, C and others",
}


def with_canary(text: str) -> CitableItem:
    """An item with the text in every field that a contributor fills, on one line as `citable_item` makes it."""
    line = on_one_line(text)
    names = (Name(literal=line), Name(line, "Ada"), Name("Quill", line))
    return replace(
        ITEMS["instruction, as it should be"],
        title=line,
        short_title=f"{line} short",
        authors=names,
        recipients=names,
        repository=line,
        reference_code=line,
        fonds=line,
        archive=line,
        edition=line,
    )


ALL = ITEMS | {f"canary, {name}": with_canary(text) for name, text in CANARIES.items()}


def from_tex(text: str) -> str:
    """What TeX prints of our commands, by the list that we write them with, read the other way round."""
    result, at = "", 0
    braces = {"{": r"\{", "}": r"\}"}
    written = (*COMMANDS.items(), *ALONE.items(), *braces.items())
    signs = sorted(((tex, sign) for sign, tex in written), key=lambda pair: -len(pair[0]))
    while at < len(text):
        found = next(((tex, sign) for tex, sign in signs if text.startswith(tex, at)), None)
        if found:
            result, at = result + found[1], at + len(found[0])
        elif text.startswith("{}", at):
            at += 2
        else:
            assert text[at] not in "\\&%$#_~^", text
            result, at = result + text[at].strip("{}"), at + 1  # our own braces print nothing
    return result


@pytest.mark.parametrize("locator", [None, PASSAGE], ids=["document", "passage"])
@pytest.mark.parametrize("name", ALL)
def test_bibtexparser_reads_what_was_written(name: str, locator: Locator | None) -> None:
    import bibtexparser

    item = ALL[name]
    library = bibtexparser.parse_string(bibtex(item, locator))
    assert library.failed_blocks == []
    assert len(library.blocks) == 1
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert entry.key == citation_key(item, locator)
    fields = {field.key: field.value for field in entry.fields}
    assert len(fields) == len(entry.fields)
    assert from_tex(fields["title"]) == item.title
    for key, value in (("library", item.repository), ("collection", item.fonds), ("number", item.reference_code)):
        assert from_tex(fields.get(key, "")) == value
    assert fields["url"] == (locator.url if locator else item.url)
    assert item.archive in from_tex(fields["note"])
    assert not locator or locator.words() in from_tex(fields["note"])
    written = from_tex(fields.get("author", ""))
    assert all(one.literal in written and one.family in written and one.given in written for one in item.authors)
    if item.date and parts_of(item.date):
        assert fields["date"].rstrip("?~%").split("/")[0].rstrip("?~%") == item.date.edtf.split("/")[0].rstrip("?~%")


@pytest.mark.parametrize("locator", [None, PASSAGE], ids=["document", "passage"])
@pytest.mark.parametrize("name", ALL)
def test_rispy_reads_what_was_written(name: str, locator: Locator | None) -> None:
    import rispy

    item = ALL[name]
    (entry,) = rispy.loads(ris(item, locator))
    assert entry["id"] == citation_key(item, locator)
    assert entry["title"] == item.title
    assert entry.get("authors", []) == [one.inverted for one in item.authors]
    assert entry.get("secondary_authors", []) == [one.inverted for one in item.recipients]
    assert entry.get("call_number", "") == item.reference_code
    assert entry.get("name_of_database", "") == item.repository
    assert item.archive in entry["database_provider"]
    assert entry["urls"] == [locator.url if locator else item.url]
    archival = ", ".join(filter(None, (item.reference_code, item.fonds)))
    assert entry.get("unknown_tag", {}) == ({"AV": [archival]} if archival else {})  # known to Zotero, not to rispy
    assert not {"start_page", "publisher"} & entry.keys()  # Zotero: number of pages, and institution that issued it
    assert [locator.described()] == entry["notes"][:1] if locator else item.edition in entry["notes"][-1]
    if item.date and parts_of(item.date):
        assert entry["year"] == f"{item.date.earliest.year:04}"


def read_by_pandoc(text: str, form: str) -> list[dict[str, object]]:
    command = [pandoc(), "--from", form, "--to", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    read: list[dict[str, object]] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("form", ["biblatex", "bibtex", "ris", "csljson"])
def test_pandoc_reads_what_was_written(form: str) -> None:
    """All items at once; it is told by their keys which is which."""
    items = {f"i{number}": replace(item, id=f"i{number}") for number, item in enumerate(ALL.values())}
    if form == "csljson":
        text = json.dumps([csl_item(item, PASSAGE) for item in items.values()])
    else:
        write = ris if form == "ris" else bibtex
        text = "".join(write(item, PASSAGE) for item in items.values())
    read = {str(one["id"]).partition("_")[0]: one for one in read_by_pandoc(text, form)}
    assert set(read) == set(items)
    lost = "{}" if "tex" in form else ""
    for key, item in items.items():
        one = read[key]
        assert one["URL"] == PASSAGE.url
        title = item.title if is_paired(item.title) else item.title.translate(str.maketrans("", "", lost))
        read_title = one["title"] if is_paired(item.title) else str(one["title"]).translate(str.maketrans("", "", lost))
        assert as_typed(read_title) == as_typed(title)
        if item.archive == "Port Aldrin Papers":
            assert list(map(full, one.get("author", []))) == [name.full for name in item.authors]
        if item.date and parts_of(item.date):
            day = item.date.parts[0]
            assert day is not None
            assert one["issued"]["date-parts"][0][0] == day.earliest.year


def full(name: dict[str, str]) -> str:
    return name.get("literal") or " ".join(filter(None, (name.get("given"), name["family"])))


def is_paired(text: str) -> bool:
    """Whether each brace has its partner; of others BibTeX through pandoc keeps only those that have."""
    return all(tex not in escaped(text) for tex in ALONE.values())


def as_typed(text: object) -> str:
    """With one quotation mark and one blank for all: pandoc sets those of a title anew, whatever it reads."""
    return " ".join(str(text).split()).translate(str.maketrans("“”‘’'", '"' * 5)).replace("``", '""')


@pytest.mark.parametrize("kind", ["letter", "telegram", "instruction", "record"])
def test_csl_has_the_place_in_one_field_and_recipients_of_letters_only(kind: str) -> None:
    """Zotero drops `archive_collection`, and makes authors of the recipients of a manuscript."""
    item = replace(ITEMS[f"{kind}, as it should be"], recipients=(Name("Quill", "Tobias"),))
    csl = csl_item(item)
    assert "archive_collection" not in csl
    assert csl["archive_location"] == "HA 7/12, Letter Books of the Board, Box 7"
    assert ("recipient" in csl) == (kind in {"letter", "telegram"})
    assert isinstance(csl["custom"], dict)
    assert csl["custom"].get("recipients") == (None if "recipient" in csl else ["Tobias Quill"])


def test_json_is_one_item_and_ends_with_a_line() -> None:
    text = csl_json(with_canary(CANARIES["right to left"]))
    assert text.endswith("]\n")
    assert json.loads(text)[0]["title"] == CANARIES["right to left"]
