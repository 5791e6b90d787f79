"""The encoding gives back the transcription, character for character; any change of either is seen."""

from __future__ import annotations

import random
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from build_tools.fidelity import recovered_lines
from build_tools.text import lines_of
from tests.linking.sources import LETTER, document, faults, read

CASES = {
    "order": (
        '<p xml:id="p1"><lb n="1"/>One <lb n="3"/>two <lb n="1" type="continued"/>three <lb n="2"/>four</p>',
        "One three\nfour\ntwo\n",
    ),
    "joined": (
        '<p xml:id="p1"><lb n="1"/>rem<lb n="2" break="no"/>oval <fw type="stamp"><lb n="3"/>SEEN</fw> '
        'of <lb n="2" type="continued" break="no"/>s</p>',
        "rem\novals\nSEEN of",
    ),
    "blank lines": ('<lb n="1"/><p xml:id="p1"><lb n="2"/>One</p><lb n="3"/>\n<lb n="4"/>', "\nOne\n\n\n"),
    "blanks": (
        '<p xml:id="p1"><lb n="1"/><space quantity="3"/>One.<space quantity="2"/>Two\n  three'
        '<space quantity="1" unit="tabs"/><lb n="2"/><space quantity="1"/>end <space quantity="2"/></p>',
        "   One.  Two three\t\n end  \n",
    ),
    "layers": (
        '<p xml:id="p1"><lb n="1"/>a<choice><orig> -- </orig><reg> — </reg></choice>b'
        "<surplus>. </surplus>.<supplied> not</supplied> <choice><sic>teh</sic><corr>the</corr></choice>"
        " <metamark>//</metamark> end</p>",
        "a -- b. . teh // end\n",
    ),
    "letters": ('<p xml:id="p1"><lb n="1"/>⊙ TOP &amp; SECRET\u00a0 é e\u0301</p>', "⊙ TOP & SECRET\u00a0 é e\u0301"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_transcription_comes_back(tmp_path: Path, case: str) -> None:
    body, transcription = CASES[case]
    archive, problems = read(tmp_path, LETTER | document(body, transcription))
    assert problems == ()
    lines = recovered_lines(archive.documents[0].body)
    assert [lines.get(number, "") for number in range(1, len(lines_of(transcription)) + 1)] == lines_of(transcription)
    assert faults(tmp_path, LETTER | document(body, transcription)) == []


def test_the_first_difference_is_shown_in_both_files(tmp_path: Path) -> None:
    body = '<p xml:id="p1"><lb n="1"/>One\n<lb n="2"/>the <hi>weapons</hi> which you descibe <lb n="3"/>ass</p>'
    found = faults(tmp_path, LETTER | document(body, "One\nthe weapons which you describe\nas\n"))
    (problem,) = [one for one in found if one.code == "transcription-differs"]
    assert "'…apons which you descibe'" in problem.message
    assert "sources/documents/letter/transcription.txt:2:27 has '…apons which you describe'" in problem.message
    assert "2 lines differ in all" in problem.hint
    assert (problem.location.line, problem.location.column) == (10, 16)  # the last tag before it


def test_words_before_the_first_line_mark(tmp_path: Path) -> None:
    found = faults(tmp_path, LETTER | document('<p xml:id="p1">Before <lb n="1"/>One</p>', "One"))
    assert [one.message for one in found if one.code == "transcription-differs"] == [
        "'Before' stands before the first <lb>"
    ]


def test_five_hundred_changes_are_all_seen(tmp_path: Path) -> None:
    """Single letters, words, lines and their order, changed in the transcription."""
    chance = random.Random(1962)
    vocabulary = [
        "the",
        "weapons",
        "which",
        "you",
        "describe",
        "as",
        "offensive",
        "under",
        "UN",
        "verification",
        ".",
        "'",
        '"',
        "—",
        "(",
        ")",
    ]
    lines = [" ".join(chance.choice(vocabulary) for _ in range(chance.randrange(9))) for _ in range(40)]
    body = "".join(f'<lb n="{number}"/>{escape(line)}\n' for number, line in enumerate(lines, start=1))
    archive, _ = read(tmp_path, LETTER | document(f'<p xml:id="p1">{body}</p>', "\n".join(lines)))
    found = recovered_lines(archive.documents[0].body)
    recovered = [found.get(number, "") for number in range(1, 41)]
    assert recovered == lines
    changed = 0
    while changed < 500:
        other = change("\n".join(lines), chance)
        if other != "\n".join(lines):
            changed += 1
            assert lines_of(other) != recovered


def change(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice(["", "x", " ", "\n"]) + text[at + 1 :]
    if kind == 1:
        words = text.split(" ")
        words.insert(chance.randrange(len(words)), "not")
        return " ".join(words)
    if kind == 2:
        lines[one], lines[two] = lines[two], lines[one]
    else:
        del lines[one]
    return "\n".join(lines)
