"""What a change of the real sources touches: exactly that, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

from click.testing import CliRunner

from build_tools.cli import archive as command
from build_tools.identifiers import Reference
from build_tools.impact import Impact, impact_of
from build_tools.ledger import digest_of
from tests.impact.changes import (
    ASSURANCE,
    INSTRUCTION,
    LETTER,
    SOURCES,
    both,
    changed,
    impact_after,
    real,
    replacing,
    side,
)

NOTE = "documents/instruction-1962-11-03/notes/as-i-read.md"
P6 = Reference("document", "letter-1962-10-27", "p6")
WORD = replacing(LETTER, "(a) to remove promptly the", "(a) to remove at once the")


def touched(impact: Impact) -> set[str]:
    """The names of the fields that are not empty."""
    return {one.name for one in fields(impact) if getattr(impact, one.name) != getattr(Impact(), one.name)}


# --- words ------------------------------------------------------------------------------------------------------------


def test_one_corrected_word() -> None:
    impact = impact_after(WORD)
    (passage,) = impact.passages
    assert (passage.kind, passage.reference, passage.is_published) == ("words", P6, True)
    assert [step for step in passage.steps if step[0] != "kept"] == [("dropped", "promptly"), ("added", "at once")]
    assert passage.place.path == f"sources/{LETTER}"
    (digest,) = impact.digests
    (before,) = (
        one for document in real().archive.documents for one in document.passages if one.text.startswith("2) We")
    )
    assert (digest.address, digest.before, digest.is_recorded) == (str(P6), digest_of(before.text), False)
    assert digest.after == digest_of(before.text.replace("promptly", "at once"))
    assert impact.recording.revised == (str(P6),)
    assert (impact.recording.new, impact.recording.vanished) == ((), ())
    assert [one.reference.id for one in impact.commitments] == [
        "us-hemisphere-similar-position",
        "us-lift-quarantine",
        "us-no-invasion-assurance",
    ]
    broken = [one for one in impact.anchors if one.kind == "not found"]
    assert [(one.source.id, one.place.path) for one in broken] == [
        ("us-lift-quarantine", "sources/commitments/us-lift-quarantine.md"),
        ("letter-1962-10-27", "sources/documents/letter-1962-10-27/notes/item-2-in-the-instruction.md"),
    ]
    assert {one.kind for one in impact.anchors} == {"not found", "holds"}
    (judged,) = (one for one in impact.quotations if one.kind == "verdict")
    assert (str(judged.at), judged.before, judged.after) == (
        "document:instruction-1962-11-03#p7",
        "verified",
        "differs",
    )
    assert ("dropped", "at once") in judged.steps
    assert [one.kind for one in impact.quotations].count("stands") == 3
    assert touched(impact) == {
        *("files", "passages", "digests", "recording", "anchors", "quotations", "commitments", "pages"),
    }
    assert [one.kind for one in impact.files] == ["changed"]
    assert {"documents/letter-1962-10-27/", "documents/instruction-1962-11-03/"} <= set(impact.pages)
    assert "people/dean-rusk/" not in impact.pages


def test_a_recorded_correction_asks_for_nothing_more() -> None:
    def change(sources: Path) -> None:
        WORD(sources)
        given = ["ledger", "--sources", str(sources), "--reason", "Misread.", "--who", "The editors"]
        assert CliRunner().invoke(command, given).exit_code == 0

    impact = impact_after(change)
    assert [one.is_recorded for one in impact.digests] == [True]
    assert impact.recording == Impact().recording


def test_blanks_and_ends_of_lines_touch_no_words() -> None:
    def change(sources: Path) -> None:
        path = sources / LETTER
        path.write_text(path.read_text("utf-8").replace("\n        ", "\n\n              "), "utf-8")

    impact = impact_after(change)
    assert touched(impact) == {"files"}
    assert [(one.kind, one.path) for one in impact.files] == [("reads the same", f"sources/{LETTER}")]


def test_other_marks_on_the_same_words() -> None:
    mark = '<placeName ref="place:washington">Washington</placeName>, <date'
    impact = impact_after(replacing(LETTER, mark, "Washington, <date"))
    (passage,) = impact.passages
    assert (passage.kind, passage.reference.fragment) == ("marks", "opener")
    assert passage.steps == (("dropped", 'placeName ref="place:washington"'),)
    assert (impact.digests, impact.anchors, impact.recording) == ((), (), Impact().recording)
    assert impact.pages == ("documents/letter-1962-10-27/", "places/washington/")


def test_a_passage_without_its_id() -> None:
    impact = impact_after(replacing(LETTER, '<closer xml:id="closer">', "<closer>"))
    (passage,) = impact.passages
    assert (passage.kind, str(passage.reference)) == ("gone", "document:letter-1962-10-27#closer")
    assert impact.recording.vanished == ("document:letter-1962-10-27#closer",)
    assert impact.digests == ()
    assert [one.name for one in impact.documents[0].fields] == ["text outside of passages"]


def test_the_same_words_under_another_id() -> None:
    impact = impact_after(replacing(LETTER, '<item xml:id="p6">', '<item xml:id="p9">'))
    (moved,) = impact.passages
    assert (moved.kind, moved.was, moved.reference.fragment) == ("moved", P6, "p9")
    assert impact.recording.vanished == (str(P6),)
    assert {one.kind for one in impact.anchors} == {"no such passage"}
    assert all(one.why.endswith("#p9 now") for one in impact.anchors)


# --- anchors ----------------------------------------------------------------------------------------------------------


def test_words_that_stand_twice_now() -> None:
    once = "would be prepared to\n          do likewise.</item>"
    assert {one.kind for one in impact_after(replacing(LETTER, once, once.replace(".", " now."))).anchors} == {"holds"}
    again = " I am confident that other nations of the Western Hemisphere would be prepared to do likewise.</item>"
    impact = impact_after(replacing(LETTER, once, once.removesuffix("</item>") + again))
    ambiguous = [one for one in impact.anchors if one.kind == "more than once"]
    assert "us-hemisphere-similar-position" in {one.source.id for one in ambiguous}
    assert all("2 times" in one.why for one in ambiguous)


def test_words_that_stand_elsewhere_now() -> None:
    """The anchored words were cut where they stood, and stand at the end of the passage."""
    impact = impact_after(
        both(
            replacing(INSTRUCTION, "but its broad implication is clear:", "and so much is beyond all doubt:"),
            replacing(
                INSTRUCTION,
                "the present regime in Cuba</orgName>.</p>",
                "the present regime in Cuba</orgName>, but its broad implication is clear.</p>",
            ),
        )
    )
    (moved,) = (one for one in impact.anchors if one.kind == "elsewhere")
    assert (moved.source.id, moved.words) == ("us-reserve-terms-open", "but its broad implication is clear")


def test_a_mended_anchor() -> None:
    broken = changed(replacing(NOTE, "precisely stated", "precisely put"))
    (anchor,) = impact_of(broken, real()).anchors
    assert anchor.kind == "holds again"


# --- notes and records ------------------------------------------------------------------------------------------------


def test_a_note_alone() -> None:
    impact = impact_after(
        replacing(NOTE, "The instruction leaves that frame away.", "The instruction drops that frame.")
    )
    assert touched(impact) == {"files", "notes", "pages"}
    (note,) = impact.notes
    assert (note.kind, str(note.reference)) == ("changed", "document:instruction-1962-11-03#n-as-i-read")
    (field,) = note.fields
    assert ("dropped", "leaves") in field.steps
    # the note names him and cites that work, whose pages quote its words
    assert impact.pages == ("documents/instruction-1962-11-03/", "people/nikita-khrushchev/", "works/frus-vi/")


def test_the_condition_of_a_commitment() -> None:
    taken = "  - commitment: us-condition-no-ambiguity\n    sense: condition of\n"
    impact = impact_after(replacing(ASSURANCE, taken, ""))
    (commitment,) = impact.commitments
    (field,) = commitment.telling
    assert (commitment.reference.id, field.name) == ("us-no-invasion-assurance", "depends on, 3")
    assert field.steps == (("dropped", "commitment: us-condition-no-ambiguity; sense: condition of"),)
    assert field.place.path == f"sources/{ASSURANCE}"
    assert "commitments/us-condition-no-ambiguity/" in impact.pages


def test_the_fate_of_a_commitment_and_its_days() -> None:
    def change(sources: Path) -> None:
        path = sources / ASSURANCE
        path.write_text(path.read_text("utf-8").replace('"1963-01-07"', '"1963-01-09"'), "utf-8")

    impact = impact_after(change)
    assert {one.name.partition(",")[0] for one in impact.commitments[0].telling} == {"dates", "fate"}
    days = {one.day: one.kind for one in impact.days}
    assert days["1963-01-07"] == "changes"
    assert {entry.source.id for one in impact.days for entry in one.gone} == {"us-no-invasion-assurance"}


def test_a_day_that_nothing_else_touches() -> None:
    impact = impact_after(replacing("events/hrp-memo-1992-01-06.md", "1992-01-06", "1992-01-07"))
    assert [(one.kind, one.day) for one in impact.days] == [("vanishes", "1992-01-06"), ("appears", "1992-01-07")]
    assert "dates/1992-01-07/" in impact.pages
    assert "dates/1992-01-06/" not in impact.pages


def test_a_record_with_another_id() -> None:
    def change(sources: Path) -> None:
        people = sources / "people"
        (people / "dean-rusk.md").rename(people / "david-dean-rusk.md")

    impact = impact_after(change)
    (record,) = impact.records
    assert (record.kind, record.reference.id, record.was) == (
        "renamed",
        "david-dean-rusk",
        Reference("person", "dean-rusk"),
    )
    assert record.fields == ()
    assert Reference("document", "letter-1962-10-27") in record.referring
    assert impact.recording.vanished == ("person:dean-rusk",)
    assert impact.recording.new == ("person:david-dean-rusk",)


def test_a_record_called_otherwise_is_seen_where_it_is_referred_to() -> None:
    impact = impact_after(replacing("works/frus-vi.md", "short: ", "short: The "))
    (record,) = impact.records
    assert [one.name for one in record.fields] == ["short"]
    assert set(record.referring) >= {Reference("message", "kennedy-khrushchev-1962-10-27")}
    assert "messages/kennedy-khrushchev-1962-10-27/" in impact.pages


def test_the_edition_as_a_whole() -> None:
    impact = impact_after(replacing("archive.yml", "headline: ", "headline: Newly "))
    assert [one.name for one in impact.edition] == ["headline"]
    assert impact.edition[0].place.path == "sources/archive.yml"


# --- sides ------------------------------------------------------------------------------------------------------------


def test_the_same_folder_twice() -> None:
    assert impact_of(real(), real()).is_empty
    assert impact_of(real(), changed(lambda _: None)).is_empty


def test_a_folder_of_another_name(tmp_path: Path) -> None:
    other = side(Path(shutil.copytree(SOURCES, tmp_path / "as it was")))
    assert impact_of(other, real()).is_empty


def test_what_cannot_be_read_has_not_gone() -> None:
    broken = both(replacing(LETTER, "</TEI>", "</TEA>"), replacing(ASSURANCE, "kind: assurance", "kind: [assurance"))
    impact = impact_after(broken)
    assert [str(one) for one in impact.unread] == [
        "commitment:us-no-invasion-assurance",
        "document:letter-1962-10-27",
    ]
    assert touched(impact) == {"files", "unread"}
    assert not [one for one in impact.anchors if one.passage.id == "letter-1962-10-27"]
