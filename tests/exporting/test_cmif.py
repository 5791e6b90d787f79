"""CMIF: valid, complete, and never more than the archive knows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from rnc2rng import dumps, load

from build_tools.exporting.cmif import FORMS, cmif_files
from build_tools.identifiers import read_reference
from build_tools.model import DateGiven, Record
from tests.exporting.conftest import CANARY, Linked

TEI = "{http://www.tei-c.org/ns/1.0}"
OFFICIAL = Path(__file__).parent / "cmif" / "cmi-customization.rng"


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    """Our own grammar of the subset that we write."""
    return etree.RelaxNG(etree.fromstring(dumps(load(str(Path(__file__).parent / "cmif" / "subset.rnc"))).encode()))


def read(linked: Linked) -> etree._Element:
    (file,) = cmif_files(linked.archive, linked.links)
    assert file.path == "data/cmif.xml"
    return etree.fromstring(file.content)


def test_it_is_valid(either: Linked, grammar: etree.RelaxNG) -> None:
    grammar.assertValid(read(either))


def test_hostile_words_are_only_words(hostile: Linked, grammar: etree.RelaxNG) -> None:
    tree = read(hostile)
    grammar.assertValid(tree)
    names = [one.text or "" for one in tree.iter(f"{TEI}persName", f"{TEI}orgName")]
    assert all(name.startswith(CANARY.replace("\r\n", "\n")) for name in names)  # XML has one end of line
    assert not list(tree.iter(f"{TEI}script"))


def test_the_grammar_refuses_what_cmif_forbids(either: Linked, grammar: etree.RelaxNG) -> None:
    for spoil in ("sent", "received"):
        tree = read(either)
        action = next(one for one in tree.iter(f"{TEI}correspAction") if one.get("type") == spoil)
        action.remove(action[0])
        parent = action.getparent()
        assert parent is not None
        parent.remove(action)
        assert not grammar.validate(tree)
    tree = read(either)
    date = next(tree.iter(f"{TEI}correspAction"))[-1]
    date.set("when", "November 1962")
    assert not grammar.validate(tree)


def test_each_letter_and_telegram_is_there_with_what_is_known(either: Linked) -> None:
    found = {one.get("key"): one for one in read(either).iter(f"{TEI}correspDesc")}
    wanted = {record.id: record for record in either.archive.messages if record.value.form in FORMS}
    assert list(found) == list(wanted)
    for name, record in wanted.items():
        value, (sent, received) = record.value, found[name]
        assert found[name].get("ref") == f"{either.archive.edition.base_iri}messages/{name}/"
        for action, agents in ((sent, value.sender), (received, value.addressee)):
            names = [one.text for one in action if one.tag != f"{TEI}date"]
            assert names == ([_name(agent, either) for agent in agents] or ["Unknown"])
        assert not list(found[name].iter(f"{TEI}placeName"))


def _name(agent: str, linked: Linked) -> str:
    reference = read_reference(agent)
    assert reference is not None
    return linked.links.records[reference].name


@pytest.mark.parametrize(
    ("given", "attributes", "text"),
    [
        (DateGiven(date="1962-11-03"), {"when": "1962-11-03"}, None),
        (DateGiven(date="1962-11"), {"when": "1962-11"}, None),
        (DateGiven(date="1962"), {"when": "1962"}, None),
        (DateGiven(date="1962-11-03?"), {"when": "1962-11-03"}, "probably Saturday 3 November 1962"),
        (DateGiven(date="1962-11", time="15:00", zone="Moscow"), {"when": "1962-11"}, "November 1962, 15:00 Moscow"),
        (DateGiven(date="1962-11-02/1962-11-04"), {"notBefore": "1962-11-02", "notAfter": "1962-11-04"}, "2–4 November 1962"),
        (DateGiven(date="../1962-11-04"), {"notAfter": "1962-11-04"}, "until 4 November 1962"),
        (DateGiven(date="1962-11-04/.."), {"notBefore": "1962-11-04"}, "from 4 November 1962"),
        (DateGiven(date="[1961,1962]"), {"notBefore": "1961-01-01", "notAfter": "1962-12-31"}, "1961 or 1962"),
        (DateGiven(date="1962-23"), {"notBefore": "1962-09-01", "notAfter": "1962-11-30"}, "autumn 1962"),
    ],
)  # fmt: skip
def test_dates_keep_their_doubt(
    either: Linked, grammar: etree.RelaxNG, given: DateGiven, attributes: dict[str, str], text: str | None
) -> None:
    record = next(one for one in either.archive.messages if one.value.form in FORMS)
    dated = replace(record.value, sent=given)
    changed = Record(record.reference, dated, record.body, record.path, record.places)
    tree = read(replace(either, archive=replace(either.archive, messages=(changed,))))
    grammar.assertValid(tree)
    date = next(tree.iter(f"{TEI}correspAction"))[-1]
    assert dict(date.attrib) == attributes
    assert date.text == text


def test_another_licence_makes_no_cmif(either: Linked) -> None:
    edition = replace(either.archive.edition, licence_url="https://creativecommons.org/licenses/by-sa/4.0/")
    assert not list(cmif_files(replace(either.archive, edition=edition), either.links))


def test_the_uuid_outlives_every_change_but_that_of_the_base(either: Linked) -> None:
    name = next(read(either).iter(f"{TEI}bibl")).get("{http://www.w3.org/XML/1998/namespace}id")
    edition = replace(either.archive.edition, title="Another", edition="2", date="2030-01-01")
    later = read(replace(either, archive=replace(either.archive, edition=edition)))
    assert next(later.iter(f"{TEI}bibl")).get("{http://www.w3.org/XML/1998/namespace}id") == name


@pytest.fixture(scope="module")
def official() -> etree.RelaxNG:
    """The grammar of the Correspondence SIG, as it gives it out (see `cmif/vendored.json`)."""
    return etree.RelaxNG(file=str(OFFICIAL))


def test_it_is_valid_by_the_schema_of_the_sig(either: Linked, hostile: Linked, official: etree.RelaxNG) -> None:
    for linked in (either, hostile):
        official.assertValid(read(linked))


def test_the_schema_of_the_sig_refuses_what_it_forbids(either: Linked, official: etree.RelaxNG) -> None:
    tree = read(either)
    action = next(tree.iter(f"{TEI}correspAction"))
    action.append(etree.SubElement(action, f"{TEI}app"))
    assert not official.validate(tree)


def test_the_schema_of_the_sig_is_as_it_was_given_out() -> None:
    noted = json.loads((OFFICIAL.parent / "vendored.json").read_text(encoding="utf-8"))
    assert noted[OFFICIAL.name]["sha256"] == hashlib.sha256(OFFICIAL.read_bytes()).hexdigest()
    assert noted[OFFICIAL.name]["licence"] == "BSD-2-Clause OR CC-BY-4.0"
