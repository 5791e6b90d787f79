"""The hardened read: what is not plain UTF-8 text in a regular file of modest size is named with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from build_tools.location import Location
from build_tools.reading.files import CAP, MOST_CHARACTERS_NAMED, named_files, place_of, read_source


def read(tmp_path: Path, content: bytes) -> tuple[str | None, list[tuple[str, str]]]:
    (tmp_path / "a.md").write_bytes(content)
    text, problems = read_source(tmp_path / "a.md", tmp_path)
    return text, [(problem.code, str(problem.location)) for problem in problems]


def test_crlf_is_lf(tmp_path: Path) -> None:
    assert read(tmp_path, b"a\r\nb\rc\n") == ("a\nb\nc\n", [])


def test_a_byte_order_mark_is_left_out_and_mentioned(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa") == ("a", [("byte-order-mark", "a.md:1:1")])


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("ab\nüx".encode() + b"\xe4", "not-utf-8", "a.md:2:3"),
        (b"a\r\nb\xff", "not-utf-8", "a.md:2:2"),
        ("é".encode("utf-16"), "not-utf-8", "a.md:1:1"),
        (b"\x1f\x8b\x08\x00zipped", "not-utf-8", "a.md:1:2"),
        (b"a\n\0", "forbidden-character", "a.md:2:1"),
        ("ü😀\u202ex".encode(), "forbidden-character", "a.md:1:3"),
        ("a\u2066".encode(), "forbidden-character", "a.md:1:2"),
        ("a\ufeff".encode(), "forbidden-character", "a.md:1:2"),
        ("a\U000e0041".encode(), "forbidden-character", "a.md:1:2"),
        (b"\xed\xa0\x80", "not-utf-8", "a.md:1:1"),
    ],
)
def test_what_is_no_text_is_named_with_its_place(tmp_path: Path, content: bytes, code: str, place: str) -> None:
    assert read(tmp_path, content) == (None, [(code, place)])


def test_joiners_of_persian_and_indic_scripts_are_text(tmp_path: Path) -> None:
    assert read(tmp_path, "می\u200cخواهم".encode())[1] == []


def test_a_binary_file_does_not_flood(tmp_path: Path) -> None:
    _, problems = read(tmp_path, b"\0" * 1_000_000)
    assert len(problems) == MOST_CHARACTERS_NAMED


def test_the_cap(tmp_path: Path) -> None:
    assert read(tmp_path, b"a" * (CAP + 1)) == (None, [("file-too-large", "a.md:1:1")])


def test_links_are_refused_wherever_they_stand_in_the_path(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("secret", encoding="utf-8")
    (tmp_path / "folder").symlink_to("real")
    (tmp_path / "b.md").symlink_to("real/a.md")
    for path in (tmp_path / "folder" / "a.md", tmp_path / "b.md"):
        text, problems = read_source(path, tmp_path)
        assert text is None
        assert [problem.code for problem in problems] == ["symbolic-link"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert [problem.code for problem in read_source(tmp_path / "pipe.md", tmp_path)[1]] == ["unexpected-file"]


def test_names_that_no_address_can_have(tmp_path: Path) -> None:
    bad = ("Bad.md", "with blank.md", "con.md", "é.md", "-a.md", "a" * 65 + ".md")
    for name in ("good.md", *bad, "notes.txt", ".DS_Store"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("", encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    found, problems = named_files(tmp_path, tmp_path, "a term")
    assert [path.name for path in found] == ["good.md"]
    codes = {problem.location.path: problem.code for problem in problems}
    assert codes.pop("notes.txt") == codes.pop("folder.md") == "unexpected-file"
    assert set(codes.values()) == {"bad-identifier"}
    assert "\\xff.md" in codes
    assert ".DS_Store" not in codes


def test_names_that_collide_on_other_systems(tmp_path: Path) -> None:
    for name in ("a.md", "A.md", "e\u0301.md", "\u00e9.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found, problems = named_files(tmp_path, tmp_path, "a term")
    assert [path.name for path in found] == ["a.md"]
    assert [problem.code for problem in problems].count("colliding-names") == 2


def test_places_count_characters() -> None:
    assert place_of("ü\n😀b", 3, "a") == Location("a", 2, 2)
