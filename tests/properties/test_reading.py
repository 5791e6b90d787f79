"""Whatever the bytes, reading gives a value or Problems, never a traceback; and every Problem can be printed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.problem import Problem, as_github, as_json, as_line
from build_tools.reading.archive import read_archive
from build_tools.reading.html import read_page
from build_tools.reading.markdown import read_markdown
from build_tools.text import Element, Node, Text
from tests.conftest import EXAMPLE

EDITION = (EXAMPLE / "documents" / "letter-1931-04-02" / "edition.xml").read_bytes()
RECORD = (EXAMPLE / "commitments" / "repair-the-mole.md").read_bytes()
MARKUP = st.text(alphabet="<>/&;!?[]()*_`#>-:\"'\\ \n\tab1ü\u202e\x00|{}@%~^=+,.")


def mutated(original: bytes) -> st.SearchStrategy[bytes]:
    """The original with a stretch of it replaced by something else, often by a stretch of itself."""
    places = st.integers(0, len(original))
    inserted = st.one_of(
        st.binary(max_size=20),
        MARKUP.map(str.encode),
        st.tuples(places, st.integers(0, 200)).map(lambda cut: original[cut[0] : cut[0] + cut[1]]),
    )
    return st.builds(
        lambda at, length, put: original[:at] + put + original[at + length :], places, st.integers(0, 60), inserted
    )


def read(edition: bytes, record: bytes) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        for path, content in (
            ("archive.yml", (EXAMPLE / "archive.yml").read_bytes()),
            ("documents/a/edition.xml", edition),
            ("documents/a/transcription.txt", b"a\n"),
            ("documents/a/notes/n.md", record),
            ("commitments/c.md", record),
        ):
            (sources / path).parent.mkdir(parents=True, exist_ok=True)
            (sources / path).write_bytes(content)
        return read_archive(sources)[1]


def check(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert problem.location.line >= 1
        assert problem.location.column >= 1
        assert problem.message
        for printed in (as_line(problem), as_json(problem), as_github(problem)):
            assert "\n" not in printed
            printed.encode()


@settings(max_examples=150, deadline=None)
@given(st.one_of(mutated(EDITION), st.binary(), MARKUP.map(str.encode)), st.one_of(mutated(RECORD), st.binary()))
def test_any_bytes_give_problems(edition: bytes, record: bytes) -> None:
    check(read(edition, record))


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKUP, st.text()))
def test_any_markdown_gives_nodes_of_a_few_kinds(source: str) -> None:
    nodes, problems = read_markdown(source, "a.md")
    check(problems)
    names: set[str] = set()
    waiting: list[Node] = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            assert "  " not in node.content
        elif isinstance(node, Element):
            names.add(node.name)
            waiting.extend(node.children)
    assert names <= {"p", "hi", "ref", "bibl", "list", "item", "quote", "head"}


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(), MARKUP.map(str.encode)))
def test_any_bytes_are_a_page(content: bytes) -> None:
    read_page(content)
