"""Strict YAML: every value is text, what surprises is refused, and everything has its place."""

from __future__ import annotations

import time

import pytest

from build_tools.reading.front_matter import read_front_matter, read_yaml


def codes(source: str) -> list[tuple[str, str]]:
    return [(one.code, str(one.location)) for one in read_yaml(source, "a.yml")[1]]


def test_every_value_is_text() -> None:
    read, problems = read_yaml("a: no\nb: 1.10\nc: 12:30:45\nd: 1962-10-27\ne:\nf: [010, ~, yes]\n", "a.yml")
    assert problems == ()
    assert read.result == {
        "a": "no", "b": "1.10", "c": "12:30:45", "d": "1962-10-27", "e": "", "f": ["010", "~", "yes"],
    }  # fmt: skip


def test_places_of_keys_and_values_count_characters() -> None:
    read, _ = read_yaml("é: {ü: [a, 😀, b]}\nc:\n  - d: x\n", "a.yml", first_line=2)
    assert read.places[("é", "ü", 2)] == (2, 15)
    assert read.keys[("é", "ü")] == (2, 5)
    assert read.places[("c", 0, "d")] == (4, 8)
    assert read.places[()] == (2, 1)


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", "a.yml:3:1"),
        ("a: {b: 1, b: 2}\n", "duplicate-key", "a.yml:1:11"),
        ("a: &x [1]\nb: *x\n", "yaml-alias", "a.yml:1:4"),
        ("a: *x\n", "yaml-alias", "a.yml:1:4"),
        ("a: !!python/object/apply:os.system [id]\n", "yaml-tag", "a.yml:1:4"),
        ("a: !!int 3\n", "yaml-tag", "a.yml:1:4"),
        ("a: b: c\n", "yaml-syntax", "a.yml:1:5"),
        ("a: [b\n", "yaml-syntax", "a.yml:2:1"),
        ("a:\n\t- b\n", "yaml-syntax", "a.yml:2:1"),
        ("a: 'b\n", "yaml-syntax", "a.yml:2:1"),
        ("- a\n", "yaml-syntax", "a.yml:1:1"),
        ("words\n", "yaml-syntax", "a.yml:1:1"),
        ("", "yaml-syntax", "a.yml:1:1"),
        ("a: b\n---\nc: d\n", "yaml-syntax", "a.yml:3:1"),
        ("? [a, b]\n: c\n", "yaml-syntax", "a.yml:1:3"),
        ('a: "\\u202e"\n', "forbidden-character", "a.yml:1:4"),
        ('a: "\\0"\n', "forbidden-character", "a.yml:1:4"),
        ('a: "\\ud800"\n', "yaml-syntax", "a.yml:1:7"),
    ],
)
def test_what_is_refused(source: str, code: str, place: str) -> None:
    assert codes(source)[0] == (code, place)


def test_both_places_of_a_doubled_key() -> None:
    assert "first in line 1" in read_yaml("a: 1\na: 2\n", "a.yml")[1][0].message


def test_bombs_do_not_take_their_time() -> None:
    began = time.monotonic()
    laughs = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1000))
    assert codes(laughs) == [("yaml-alias", "a.yml:1:4")]
    assert codes("a: " + "[" * 100_000) == [("yaml-syntax", "a.yml:1:15")]
    assert codes("a: " + "{a: " * 100_000)[0][0] == "yaml-syntax"
    assert codes("- " * 50_000)[0][0] == "yaml-syntax"
    assert time.monotonic() - began < 2


def test_front_matter_and_body() -> None:
    front, problems = read_front_matter("---\nname: A\n---\nOne.\n\n---\n\nTwo.\n", "a.md")
    assert problems == ()
    assert front is not None
    assert front.data == {"name": "A"}
    assert front.body == "One.\n\n---\n\nTwo.\n"
    assert front.body_line == 4


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "empty-file"),
        ("\n \n", "empty-file"),
        ("name: A\n", "no-front-matter"),
        ("---\nname: A\n", "no-front-matter"),
    ],
)
def test_files_without_front_matter(source: str, code: str) -> None:
    front, problems = read_front_matter(source, "a.md")
    assert front is None
    assert [one.code for one in problems] == [code]
