"""The package for libraries: a bag by the rules of RFC 8493, a crate that describes each file once, the same bytes always."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import bagit
import pytest
import rdflib

from build_tools import packing
from build_tools.exporting.changes import changes_text
from build_tools.exporting.package import FORMATS, bag_path, package_name
from build_tools.ledger import additions
from build_tools.model import Archive, LedgerEntry
from build_tools.output import CopiedFile, OutputFile
from build_tools.packing import AlreadyReleased, Package, prepare, release
from build_tools.publishing import CannotPublish
from build_tools.site import load, package_payload
from build_tools.state import state_of
from tests.conftest import EXAMPLE
from tests.exporting.conftest import Linked
from tests.published import ROOT

LINE = re.compile(r"([0-9a-f]+)  (.+)")
ODD = (
    "sources/a name with blanks.txt",
    "sources/a 100% sure.txt",
    "sources/two\nlines\r.txt",
    "sources/ёлка-é.txt",
    "sources/%0A.txt",
)


def faults_of(bag: Path) -> list[str]:
    """What RFC 8493 has against the bag, asked without any code of the engine."""
    found = []
    if (bag / "bagit.txt").read_bytes() != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        found.append("bagit.txt")
    present = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()}
    payload = {path for path in present if path.startswith("data/")}
    info = re.sub(r"\n[ \t]+", " ", (bag / "bag-info.txt").read_text(encoding="utf-8"))
    size, number = re.findall(r"^Payload-Oxum: (\d+)\.(\d+)$", info, re.MULTILINE)[0]
    if (int(size), int(number)) != (sum((bag / one).stat().st_size for one in payload), len(payload)):
        found.append("Payload-Oxum")
    for algorithm in ("sha256", "sha512"):
        for manifest, expected in (
            (f"manifest-{algorithm}.txt", payload),
            (
                f"tagmanifest-{algorithm}.txt",
                {path for path in present - payload if not path.startswith("tagmanifest-")},
            ),
        ):
            named: list[str] = []
            for line in (bag / manifest).read_bytes().decode("utf-8").split("\n")[:-1]:
                match = LINE.fullmatch(line)
                assert match, line
                path = match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
                named.append(path)
                if path not in present:
                    found.append(f"{manifest}: {path} is missing")
                elif hashlib.new(algorithm, (bag / path).read_bytes()).hexdigest() != match[1]:
                    found.append(f"{manifest}: {path} is damaged")
            if len(named) != len(set(named)):
                found.append(f"{manifest}: named twice")
            found += [f"{manifest}: {path} is not named" for path in expected - set(named)]
    return found


@pytest.fixture(scope="module", params=["example", "real"])
def packed(request: pytest.FixtureRequest) -> tuple[Linked, Package]:
    sources = EXAMPLE if request.param == "example" else ROOT / "sources"
    loaded = load(sources)
    assert loaded.archive is not None
    assert loaded.links is not None
    package = prepare(loaded.archive, package_payload(loaded.archive, loaded.links, sources))
    return Linked(loaded.archive, loaded.links), package


@pytest.fixture
def small(example: Archive, tmp_path: Path) -> Package:
    """A few files with odd names, one of them copied."""
    original = tmp_path / "original"
    original.write_bytes(b"copied\n")
    made = [OutputFile(path, path.encode()) for path in ODD]
    return prepare(example, (*made, CopiedFile("sources/copied.bin", original)))


def test_the_bag_is_valid_and_the_zip_is_the_same_bag(packed: tuple[Linked, Package], tmp_path: Path) -> None:
    package = packed[1]
    assert release(package, tmp_path / "bag")
    assert release(package, tmp_path / "bag.zip")
    assert faults_of(tmp_path / "bag") == []
    with zipfile.ZipFile(tmp_path / "bag.zip") as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [f"{package.name}/{member.path}" for _, member in package.files]
        opened.extractall(tmp_path / "out")
    assert faults_of(tmp_path / "out" / package.name) == []


def test_the_bag_says_the_day_of_the_edition_and_keeps_every_source(packed: tuple[Linked, Package]) -> None:
    archive, package = packed[0].archive, packed[1]
    files = {file.path: file for file, _ in package.files}
    info = files["bag-info.txt"]
    assert isinstance(info, OutputFile)
    assert f"\nBagging-Date: {archive.edition.date}\n" in info.content.decode()
    digests = {member.path: member.sha256 for _, member in package.files}
    for path, digest in archive.digests:
        assert digests[f"data/{path}"] == digest


def test_the_commands_of_the_explanation_verify_the_bag(packed: tuple[Linked, Package], tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    release(packed[1], bag)
    text = (bag / "data" / "README.txt").read_text(encoding="utf-8")
    commands = re.findall(r"^    ((?:sha256sum|find|wc) .+)$", text, re.MULTILINE)
    assert len(commands) == 4
    said = [
        subprocess.run(["bash", "-c", one], cwd=bag, capture_output=True, text=True, check=False) for one in commands
    ]
    assert [(one.returncode, one.stderr) for one in said] == [(0, "")] * 4
    assert [one.stdout for one in said[:2]] == ["", ""]
    assert said[2].stdout.strip() == said[3].stdout.strip() != "0"
    assert max(map(len, text.splitlines())) < 100
    victim = next((bag / "data" / "sources").rglob("*.md"))
    flipped = bytearray(victim.read_bytes())
    flipped[7] ^= 1
    victim.write_bytes(flipped)
    done = subprocess.run(["bash", "-c", commands[0]], cwd=bag, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert victim.name in done.stdout
    assert [one for one in faults_of(bag) if "damaged" in one and victim.name in one]


def test_names_with_blanks_percent_line_ends_and_letters(small: Package, tmp_path: Path) -> None:
    release(small, tmp_path / "bag")
    assert faults_of(tmp_path / "bag") == []
    for path in ODD:
        assert (tmp_path / "bag" / "data" / path).read_bytes() == path.encode()
    assert bag_path("a%\r\n é") == "a%25%0D%0A é"
    crate = json.loads((tmp_path / "bag" / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    files = [one["@id"] for one in crate["@graph"] if one["@type"] == "File"]
    assert {*ODD, "sources/copied.bin", "README.txt"} == {unquote(one) for one in files}
    assert not [one for one in files if re.search(r"[^\x21-\x7e]", one)]


def test_the_crate_describes_each_file_once_and_nothing_else(packed: tuple[Linked, Package]) -> None:
    archive, package = packed[0].archive, packed[1]
    crate = next(file for file, _ in package.files if file.path == "data/ro-crate-metadata.json")
    assert isinstance(crate, OutputFile)
    graph = json.loads(crate.content)["@graph"]
    entities = {one["@id"]: one for one in graph}
    assert len(entities) == len(graph)
    files = {unquote(one["@id"]): one for one in graph if one["@type"] == "File"}
    members = {member.path.removeprefix("data/"): member for _, member in package.files}
    payload = {file.path.removeprefix("data/") for file, _ in package.files if file.path.startswith("data/")}
    assert set(files) == payload - {"ro-crate-metadata.json"}
    for path, one in files.items():
        assert (one["sha256"], one["contentSize"]) == (members[path].sha256, str(members[path].size))
        assert one["encodingFormat"] != "application/octet-stream", path
    root = entities["./"]
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert root["datePublished"] == archive.edition.date
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    parts = [one["@id"] for whole in graph if whole["@type"] == "Dataset" for one in whole["hasPart"]]
    assert len(parts) == len(set(parts))
    assert {unquote(one) for one in parts} >= set(files)
    asked = [value for one in graph for value in references(one)]
    assert sorted(set(asked) - set(entities)) == []
    for document in archive.documents:
        edition = files[f"sources/documents/{document.id}/edition.xml"]
        assert edition["conformsTo"] == {"@id": "schemas/tei.rng"}
        assert edition["encodesCreativeWork"]["@id"] in entities


def references(value: object) -> list[str]:
    """Every `@id` within an entity but its own."""
    if isinstance(value, list):
        return [one for each in value for one in references(each)]
    if not isinstance(value, dict):
        return []
    if set(value) == {"@id"}:
        return [value["@id"]]
    return [one for each in value.values() for one in references(each)]


def test_the_crate_is_linked_data(packed: tuple[Linked, Package]) -> None:
    crate = next(file for file, _ in packed[1].files if file.path == "data/ro-crate-metadata.json")
    assert isinstance(crate, OutputFile)
    read = json.loads(crate.content)
    assert read["@context"][0] == "https://w3id.org/ro/crate/1.2/context"
    # the published context cannot be fetched here; of it only the terms used matter
    read["@context"] = {
        "@vocab": "http://schema.org/",
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    }
    graph = rdflib.Graph().parse(data=json.dumps(read), format="json-ld", base="https://crate.example/")
    schema = rdflib.Namespace("http://schema.org/")
    root = rdflib.URIRef("https://crate.example/")
    assert (root, rdflib.RDF.type, schema.Dataset) in graph
    files = set(graph.subjects(rdflib.RDF.type, schema.MediaObject))
    assert files
    assert all((one, schema.sha256, None) in graph for one in files)
    reached = set(graph.objects(root, schema.hasPart))
    reached |= {part for one in list(reached) for part in graph.objects(one, schema.hasPart)}
    assert files <= reached


def test_the_same_bytes_whatever_umask_clock_and_place(packed: tuple[Linked, Package], tmp_path: Path) -> None:
    package = packed[1]
    first = tmp_path / "first.zip"
    release(package, first)
    before = os.umask(0o077)
    try:
        second = tmp_path / "another place" / "second.zip"
        release(package, second)
    finally:
        os.umask(before)
    assert first.read_bytes() == second.read_bytes()


def test_a_package_of_the_same_files_is_left_alone(small: Package, tmp_path: Path) -> None:
    for target in (tmp_path / "bag.zip", tmp_path / "bag"):
        assert release(small, target)
        before = target.stat().st_mtime_ns, target.stat().st_ino
        assert not release(small, target)
        assert (target.stat().st_mtime_ns, target.stat().st_ino) == before


@pytest.mark.parametrize("name", ["bag.zip", "bag"])
def test_other_content_of_the_same_edition_is_refused_and_named(example: Archive, tmp_path: Path, name: str) -> None:
    old = prepare(example, [OutputFile("sources/a.txt", b"a"), OutputFile("sources/b.txt", b"b")])
    new = prepare(example, [OutputFile("sources/a.txt", b"A"), OutputFile("sources/c.txt", b"c")])
    target = tmp_path / name
    release(old, target)
    with pytest.raises(AlreadyReleased) as refused:
        release(new, target)
    assert refused.value.edition == example.edition.edition
    assert {"~ data/sources/a.txt", "- data/sources/b.txt", "+ data/sources/c.txt"} <= set(refused.value.changed)
    assert not release(old, target)
    assert release(new, target, force=True)
    assert not release(new, target)


def test_a_damaged_package_is_seen(small: Package, tmp_path: Path) -> None:
    target = tmp_path / "bag.zip"
    release(small, target)
    content = bytearray(target.read_bytes())
    content[content.index(b"copied\n")] ^= 1
    target.write_bytes(content)
    with pytest.raises(AlreadyReleased) as refused:
        release(small, target)
    assert refused.value.changed == ("~ data/sources/copied.bin",)


@pytest.mark.parametrize("name", ["there.zip", "there"])
def test_what_is_not_a_package_is_never_replaced(small: Package, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    if target.suffix:
        target.write_bytes(b"my thesis")
    else:
        target.mkdir()
        (target / "thesis.txt").write_bytes(b"my thesis")
    with pytest.raises(CannotPublish, match="was not made by"):
        release(small, target, force=True)
    assert b"my thesis" in {path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_source_that_is_edited_meanwhile(example: Archive, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_bytes(b"before")
    package = prepare(example, [CopiedFile("sources/x.txt", original)])
    target = tmp_path / "bag.zip"
    release(package, target)
    kept = target.read_bytes()
    original.write_bytes(b"before!")
    other = replace(package, files=package.files[1:])
    with pytest.raises(CannotPublish, match="changed while"):
        release(other, target, force=True)
    assert target.read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == [".bag.zip.lock", "bag.zip", "original"]
    checked = replace(example, digests=(("sources/x.txt", hashlib.sha256(b"before").hexdigest()),))
    with pytest.raises(CannotPublish, match="changed while"):
        prepare(checked, [CopiedFile("sources/x.txt", original)])


def test_what_a_killed_run_left_is_swept(small: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".bag.zip.new-1").write_bytes(b"half")
    release(small, tmp_path / "bag.zip")
    assert not (tmp_path / ".bag.zip.new-1").exists()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = (tmp_path / "bag.zip").read_bytes()
    monkeypatch.setattr(packing, "_copy", full)
    with pytest.raises(OSError, match="No space"):
        release(replace(small, files=small.files[1:]), tmp_path / "bag.zip", force=True)
    assert (tmp_path / "bag.zip").read_bytes() == kept


def test_the_change_log_tells_what_was_revised_and_ended_and_why(either: Linked) -> None:
    archive = either.archive
    entries = archive.ledger or additions(archive, reason="", who="")
    document = archive.documents[0]
    passage = f"{document.reference}#{document.passages[0].id}"
    revised = LedgerEntry(passage, "2", "0" * 16, "revised", "", "A misread word", "A. Inkwell")
    ended = LedgerEntry(
        str(archive.people[0].reference), "2", "-", "redirected", "person:x", "Twice there", "A. Inkwell"
    )
    later = replace(
        archive, ledger=(*entries, revised, ended), edition=replace(archive.edition, edition="2", date="2030-01-01")
    )
    text = changes_text(later, state_of(later, either.links).editions)
    assert text.index("Edition 2, 2030-01-01") < text.index("Edition 1")
    assert f"  {passage}: words revised\n    A misread word (A. Inkwell)\n" in text
    assert f"  {archive.people[0].reference}: redirected to person:x\n    Twice there (A. Inkwell)\n" in text
    assert f"{document.reference}  {document.header.title}\n  published, with {len(document.passages)} passages" in text


def test_every_format_of_the_sources_and_exports_has_its_specification(packed: tuple[Linked, Package]) -> None:
    inside = [file.path for file, _ in packed[1].files if file.path.startswith("data/")]
    endings = {Path(path).suffix for path in inside if not path.endswith("/SHA256SUMS")}
    assert endings <= set(FORMATS)
    readme = next(file for file, _ in packed[1].files if file.path == "data/README.txt")
    assert isinstance(readme, OutputFile)
    assert [one for one in endings if FORMATS[one].specification.encode() not in readme.content] == []
    assert package_name(packed[0].archive) in readme.content.decode()


def test_bagit_of_others_agrees(packed: tuple[Linked, Package], example: Archive, tmp_path: Path) -> None:
    """But for names with a per cent sign, which it does not decode as RFC 8493 (2.1.3) has them; ours have none."""
    plain = tuple(OutputFile(path, path.encode()) for path in ODD if "%" not in path)
    for name, package in (("archive", packed[1]), ("odd", prepare(example, plain))):
        bag = tmp_path / name
        release(package, bag)
        assert bagit.Bag(str(bag)).is_valid(), name
        (bag / "data" / "sources").rename(bag / "data" / "elsewhere")
        assert not bagit.Bag(str(bag)).is_valid(), name
