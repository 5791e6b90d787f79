"""What leads nowhere is a Problem at its place, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linking.sources import LETTER, PERSON, commitment, document, faults

PLACE = {"places/cuba.md": PERSON.format(name="Cuba")}


def with_name(element: str) -> dict[str, str]:
    return LETTER | PLACE | document(f'<p xml:id="p1"><lb n="1"/>To {element}</p>', "To Cuba\n")


@pytest.mark.parametrize(
    ("element", "code", "found", "hint"),
    [
        ('<placeName ref="place:cub">Cuba</placeName>', "dangling-reference", "place:cub", "Did you mean place:cuba?"),
        (
            '<persName ref="person:cuba">Cuba</persName>',
            "dangling-reference",
            "person:cuba",
            "Did you mean place:cuba?",
        ),
        ('<persName ref="place:cuba">Cuba</persName>', "wrong-kind", "is a place, but a person was expected", ""),
        ('<rs type="event" ref="place:cuba">Cuba</rs>', "wrong-kind", "but an event was expected", ""),
        ('<ref target="document:letter#p9">Cuba</ref>', "unknown-passage", "no passage 'p9'", "Its passages are p1"),
        ('<ref target="place:cuba#p9">Cuba</ref>', "unknown-passage", "no passage 'p9'", "Leave out"),
    ],
)
def test_references_of_an_edition(tmp_path: Path, element: str, code: str, found: str, hint: str) -> None:
    (problem,) = faults(tmp_path, with_name(element))
    assert problem.code == code
    assert found in problem.message
    assert hint in problem.hint
    assert (problem.location.path, problem.location.line) == ("sources/documents/letter/edition.xml", 9)


@pytest.mark.parametrize(
    ("fields", "code", "found", "hint", "at"),
    [
        (
            {"messages": "[letter-of-alder]"},
            "dangling-reference",
            "'letter-of-alder'",
            "sources/messages/",
            "letter-of",
        ),
        ({"messages": "[a]"}, "wrong-kind", "'a' is a person, but a message was expected", "", "a]"),
        ({"by": '["person:aa"]'}, "dangling-reference", "'person:aa'", "Did you mean person:a?", '"person:aa'),
        ({"by": '["place:cuba"]'}, "wrong-kind", "a person or an organisation was expected", "", '"place:'),
        ({"by": '["a"]'}, "dangling-reference", "not a reference of the form", "Did you mean person:a?", '"a"'),
        ({"by": '["persons:a"]'}, "dangling-reference", "no kind of record", "Did you mean person:a?", '"persons'),
        ({"see_also": '["date:1962-13-01"]'}, "dangling-reference", "not a day", "such as date", '"date'),
        (
            {"sources": "[{grade: A, document: lettre}]"},
            "dangling-reference",
            "'lettre'",
            "Did you mean letter?",
            "lettre",
        ),
        ({"sources": "[{grade: A, document: letter, at: p7}]"}, "unknown-passage", "'p7'", "are p1", "letter"),
        (
            {"depends_on": "[{commitment: 'commitment:c'}]"},
            "dangling-reference",
            "without its kind",
            "Write 'c'",
            "'commitment",
        ),
        (
            {"passages": "[{document: lettre, passage: p1, exact: x}]"},
            "dangling-reference",
            "'lettre'",
            "letter",
            "lettre",
        ),
        ({"passages": "[{document: letter, passage: p2, exact: x}]"}, "unknown-passage", "'p2'", "are p1", "p2"),
        (
            {"passages": "[{document: letter, passage: p1, exact: The renewal of Alder}]"},
            "anchor-not-found",
            "nearest is 'The removal of Alder'",
            "The text has 'removal', not 'renewal'",
            "The renewal",
        ),
        (
            {"passages": "[{document: letter, passage: p1, exact: nothing of the kind here}]"},
            "anchor-not-found",
            "nor anything like it",
            "letter for letter",
            "nothing of",
        ),
        (
            {"passages": "[{document: letter, passage: p1, exact: removal of}]"},
            "anchor-ambiguous",
            "stands 2 times in passage 'p1', at the offsets 4, 29",
            "Give one of these prefixes: 'The', 'the'",
            "removal of",
        ),
        (
            {"passages": "[{document: letter, passage: p1, exact: removal of, prefix: a}]"},
            "anchor-not-found",
            "not with the prefix",
            "the text has",
            "removal of",
        ),
    ],
)
def test_references_of_a_record(
    tmp_path: Path, fields: dict[str, str], code: str, found: str, hint: str, at: str
) -> None:
    (problem,) = faults(tmp_path, LETTER | PLACE | {"commitments/c.md": commitment(**fields)})
    assert problem.code == code
    assert found in problem.message
    assert hint in problem.hint
    assert problem.location.path == "sources/commitments/c.md"
    line = commitment(**fields).split("\n")[problem.location.line - 1]
    assert line[problem.location.column - 1 :].startswith(at)


def test_a_note_without_its_words_is_at_its_exact(tmp_path: Path) -> None:
    note = '---\ntitle: N\nkind: term\ntarget:\n  passage: p1\n  exact: Oak\n---\nSee ([A](document:letter#p1 "A")).\n'
    (problem,) = faults(tmp_path, LETTER | {"documents/letter/notes/n.md": note})
    assert (problem.code, problem.location.line, problem.location.column) == ("anchor-not-found", 6, 10)


def test_ten_thousand_slips_are_found_at_once(tmp_path: Path) -> None:
    people = {f"people/person-{n}.md": PERSON.format(name=f"P{n}") for n in range(300)}
    also = ", ".join(f'"person:persn-{n % 300}"' for n in range(10_000))
    found = faults(tmp_path, LETTER | people | {"terms/t.md": f"---\nname: T\nsee_also: [{also}]\n---\n"})
    assert len(found) == 10_000
    assert {problem.hint for problem in found if "persn-17'" in problem.message} == {"Did you mean person:person-17?"}
