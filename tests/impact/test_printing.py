"""The printings: counts first, what to do, and nothing that contributors wrote does anything but be read."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from build_tools.identifiers import Reference
from build_tools.impact import Impact
from build_tools.impact.markdown import APART, as_markdown, escaped
from build_tools.impact.printing import Faults, Told, as_json, as_text, as_workflow_commands
from build_tools.impact.telling import headline
from build_tools.impact.values import AnchorChange, DayChange, FieldChange, PassageChange, QuotationChange, ThingChange
from build_tools.linking import DayEntry
from build_tools.location import Location
from build_tools.problem import Problem
from tests.impact.changes import LETTER, impact_after, replacing

HOSTILE = (
    "`x` ``` </ins></del></code></details><script>alert(1)</script> <img src=x onerror=alert(1)> "
    "[a](https://evil.example) ![i](//evil.example/p.png) https://evil.example www.evil.example me@evil.example "
    "@octocat @an-org/team #12 GH-7 an-org/repo#3 | a | \\ &lt;b&gt; &#64; *b* _i_ ~~s~~ $x$ <!-- c --> \x1b[31m \u202e \r\n"
    "::error file=a::b\n# heading\n- item"
)
PLACE = Location("sources/documents/x/edition.xml", 3, 1)


def hostile() -> Impact:
    """An impact in which everything that a contributor can write is hostile."""
    source = Reference("document", "x", "p1")
    field = FieldChange("name", (("dropped", HOSTILE), ("added", HOSTILE), ("kept", HOSTILE)), PLACE)
    return Impact(
        passages=(
            PassageChange("words", source, HOSTILE, PLACE, steps=field.steps),
            PassageChange("marks", source, HOSTILE, PLACE, steps=(("added", HOSTILE), ("dropped", HOSTILE))),
        ),
        anchors=(
            AnchorChange("not found", source, HOSTILE, source, HOSTILE, f"nearest is {HOSTILE}", PLACE),
            AnchorChange("holds", source, HOSTILE, source, HOSTILE, HOSTILE, PLACE),
        ),
        quotations=(
            QuotationChange("verdict", source, HOSTILE, source, "verified", "differs", True, field.steps, PLACE),
        ),
        records=(ThingChange("changed", Reference("person", "x"), HOSTILE, PLACE, fields=(field,)),),
        days=(DayChange("appears", "1962-11-03", (DayEntry("1962-11-03", "sent", source, HOSTILE),), ()),),
    )


def all_told(impact: Impact | None) -> Told:
    fault = Problem("html-in-markdown", PLACE, f"HTML may not stand here: {HOSTILE!r}", HOSTILE)
    faults = Faults((fault,), (replace(fault, code="x"),), (replace(fault, message=HOSTILE),))
    return Told(impact, f"revision 0123 ({HOSTILE})", faults)


def told(impact: Impact | None) -> Told:
    return Told(impact, "revision 0123456789ab, the last commit")


# --- what is said -----------------------------------------------------------------------------------------------------


def test_counts_come_first_and_then_what_to_do() -> None:
    impact = impact_after(replacing(LETTER, "(a) to remove promptly the", "(a) to remove at once the"))
    text = as_text(told(impact))
    assert text.splitlines()[0] == (
        "This change touches the words of 1 passage, 1 citation’s digest, 3 commitments, 4 quotations (1 judged otherwise) "
        "and 3 notes."
    )
    assert 'archive ledger --reason "WHY" --who "WHO"' in text
    assert "to remove [-promptly-] {+at once+} the quarantine" in text
    assert f"sources/{LETTER}:" in text
    assert text.index("Before it is merged") < text.index("Passages (1)") < text.index("Quotations (4)")
    assert as_text(told(impact)) == text


def test_the_headline_says_whether_terms_change() -> None:
    taken = "  - commitment: us-condition-no-ambiguity\n    sense: condition of\n"
    impact = impact_after(replacing("commitments/us-no-invasion-assurance.md", taken, ""))
    assert headline(impact) == "This change touches 1 commitment (the terms of 1)."


def test_nothing_changed() -> None:
    assert headline(Impact()) == "Nothing changed: both sides are the same, file by file."
    assert as_text(told(Impact())).count("\n") == 2


def test_one_side_that_does_not_read() -> None:
    problem = Problem("missing-file", Location("sources/archive.yml"), "there is no archive.yml", "Write one")
    for printing in (as_text, as_markdown):
        said = printing(Told(None, "here", Faults((problem,))))
        assert "Nothing can be compared" in said
        assert "missing-file" in said
    assert "::error file=sources/archive.yml" in as_workflow_commands(Told(None, "here", Faults((problem,))))
    assert json.loads(as_json(Told(None, "here", Faults((problem,)))))["impact"] is None


def test_a_redirect_is_proposed_where_the_words_stand_now() -> None:
    moved = impact_after(replacing(LETTER, '<item xml:id="p6">', '<item xml:id="p9">'))
    old, new = "document:letter-1962-10-27#p6", "document:letter-1962-10-27#p9"
    assert f'--ended "{old}" --fate redirected --successor "{new}"' in as_text(told(moved))
    assert f'--ended "{old}" --fate redirected --successor "{new}" --sources' not in as_text(told(moved))
    assert 'archive ledger --sources "a b" --ended' in as_text(Told(moved, "x", Faults(), ' --sources "a b"'))


def test_a_document_that_comes_or_goes_is_told_in_one_line() -> None:
    def renamed(sources: Path) -> None:
        folder = sources / "documents"
        (folder / "letter-1962-10-27").rename(folder / "letter-of-kennedy")

    impact = impact_after(renamed)
    (line,) = (one for one in as_text(told(impact)).splitlines() if "at other addresses with it" in one)
    assert line == "  Letter of 27 October 1962: 11 passages are at other addresses with it"
    assert {one.kind for one in (*impact.documents, *impact.notes)} == {"renamed"}
    assert "1 document that has another id" in headline(impact)
    assert "Files" not in as_text(told(impact))
    gone = impact_after(lambda sources: shutil.rmtree(sources / "documents" / "letter-1962-10-27"))
    said = as_text(told(gone))
    assert "11 passages are gone with it" in said
    assert "Letter of 27 October 1962 (document:letter-1962-10-27) is no longer there; it was referred to by" in said


def test_a_comment_is_no_longer_than_its_host_takes() -> None:
    endless = "x" * 100_000
    field = FieldChange("name", (("dropped", endless), ("added", f"{endless} y")), PLACE)
    person = ThingChange("changed", Reference("person", "x"), endless, PLACE, fields=(field,) * 30)
    quotation = QuotationChange("new", Reference("person", "x"), endless, None, None, "differs", False, (), PLACE)
    impact = Impact(records=(person,) * 100, notes=(person,) * 100, quotations=(quotation,) * 100, pages=("x/",) * 100)
    comment = as_markdown(told(impact))
    assert len(comment) < 65_536
    assert "and 96 more" in comment
    assert comment.count("<details") == comment.count("</details>")


# --- hostile words ----------------------------------------------------------------------------------------------------


def test_hostile_words_in_markdown_are_only_words() -> None:
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(as_markdown(all_told(hostile())))
    tags = set(re.findall(r"</?([a-z0-9]+)", rendered))
    assert tags <= {
        "h3",
        "p",
        "strong",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
    } | {
        *("code", "ins", "del"),
    }
    assert "onerror" not in re.sub(r">[^<]*<", "><", rendered)  # no attribute
    for opening in ("details", "code", "ins", "del", "summary"):
        assert len(re.findall(f"<{opening}[ >]", rendered)) == rendered.count(f"</{opening}>")
    outside = re.sub(r"<code>.*?</code>", "", rendered, flags=re.DOTALL)
    assert not re.search(r"@[a-z]", outside)
    assert not re.search(r"#\d", outside)
    assert "://" not in outside
    assert "\x1b" not in rendered
    assert "\u202e" not in rendered


@pytest.mark.parametrize("text", ["@octocat", "see @an-org/team", "#12", "an-org/repo#3", "GH-7", "https://e.example"])
def test_what_the_host_would_look_for_is_set_apart(text: str) -> None:
    said = escaped(text)
    assert APART in said
    assert said.replace(APART, "").replace("\\", "") == text


def test_hostile_words_on_a_terminal_stay_on_their_line() -> None:
    said = as_text(all_told(hostile()))
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\n::error" not in said
    assert "\n# heading" not in said


def test_hostile_words_in_workflow_commands_begin_none() -> None:
    said = as_workflow_commands(all_told(hostile()))
    assert all(line.startswith(("::notice file=", "::warning file=", "::error file=")) for line in said.splitlines())
    assert "file=a::b" not in "".join(line.split("::", 2)[1] for line in said.splitlines())


def test_hostile_words_in_json_come_back_as_they_are() -> None:
    made = json.loads(as_json(all_told(hostile())))
    assert made["impact"]["anchors"][0]["words"] == HOSTILE
    assert (made["counts"]["anchors"], made["counts"]["passages"], made["counts"]["pages"]) == (2, 2, 0)
    assert made["impact"]["passages"][0]["reference"] == "document:x#p1"
    assert made["faults"]["brought"][0]["location"] == {"path": PLACE.path, "line": 3, "column": 1}
