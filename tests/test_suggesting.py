"""Links that a document could have are proposed where nothing marks the words, and only there; nothing is written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_tools.cli import archive as command
from build_tools.intake.plain import draft
from build_tools.publishing import write_files
from build_tools.reading.archive import read_archive
from build_tools.suggesting import Suggestion, suggestions

SOURCES = Path(__file__).parent.parent / "sources"
NAME = "telegram-1962-11-03"
TEXT = """Telegram & other <things>

On October 27 the Chairman wrote to Kennedy. Telegrams 1147 and 1159 went out on the 1st
of November 1962, or on 1 November 1962; let us wait. The Soviet
Government and the US were told; 11477, 1,147 and 1147/62 are no telegrams.
On 31 February nothing happened, and in May nothing either.
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the real sources with a new draft."""
    copied = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    (tmp_path / "new.txt").write_text(TEXT, "utf-8")
    files, problems = draft(NAME, tmp_path / "new.txt", copied, today="2026-11-24", date="1962-11-03")
    assert problems == ()
    write_files(copied, files)
    return copied


def suggested(sources: Path) -> list[Suggestion]:
    archive, problems = read_archive(sources)
    assert problems == ()
    assert archive is not None
    return list(suggestions(archive, [NAME]))


def replace(sources: Path, old: str, new: str) -> None:
    path = sources / "documents" / NAME / "edition.xml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_names_days_and_telegrams_of_a_new_draft_are_found_in_its_order(sources: Path) -> None:
    assert [(one.words, one.means) for one in suggested(sources)] == [
        ("October 27", ("1962-10-27",)),
        ("Kennedy", ("person:john-f-kennedy",)),
        ("1147", ("message:state-usun-1147",)),
        ("1159", ("message:state-usun-1159",)),
        ("1 November 1962", ("1962-11-01",)),
        ("Soviet Government", ("organisation:soviet-government",)),
        ("US", ("organisation:us-government",)),
    ]


def test_each_says_where_it_stands_and_why(sources: Path) -> None:
    lines = (sources / "documents" / NAME / "edition.xml").read_text("utf-8").split("\n")
    by_words = {one.words: one for one in suggested(sources)}
    for words, one in by_words.items():
        assert words.partition(" ")[0] in lines[one.place.line - 1]
    assert "without its year" in by_words["October 27"].why
    assert by_words["1 November 1962"].why == "a day"
    assert "keep the tag" in by_words["Soviet Government"].why, "its line ends within it"
    assert (by_words["Kennedy"].before, by_words["Kennedy"].after) == (
        "27 the Chairman wrote to",
        ". Telegrams 1147 and 1159",
    )


def test_what_is_proposed_can_be_written_and_is_then_no_more_proposed(sources: Path) -> None:
    for one in reversed(suggested(sources)):
        if "keep the tag" not in one.why:
            old = {"1147": "Telegrams 1147", "1159": "1159 went", "Kennedy": "Kennedy.", "US": "US were"}.get(
                one.words, one.words
            )
            replace(sources, old, old.replace(one.words, one.markup))
    assert [one.words for one in suggested(sources)] == ["Soviet Government"]


def test_words_of_a_quotation_and_of_an_emphasis_are_looked_through_but_not_those_that_point(sources: Path) -> None:
    replace(sources, "wrote to Kennedy", 'wrote to <quote source="work:frus-vi">the <hi>Kennedy</hi></quote>')
    replace(sources, "Telegrams 1147", 'Telegrams <rs type="message" ref="message:state-usun-1147">1147</rs>')
    words = [one.words for one in suggested(sources)]
    assert "Kennedy" in words
    assert "1147" not in words


def test_one_form_of_several_records_names_them_all(sources: Path) -> None:
    person = (sources / "people" / "john-f-kennedy.md").read_text("utf-8")
    assert "name: John F. Kennedy" in person
    (sources / "people" / "robert-f-kennedy-the-other.md").write_text(
        person.replace("name: John F. Kennedy", "name: Another Kennedy"), "utf-8"
    )
    archive, _ = read_archive(sources)
    assert archive is not None
    (kennedy,) = (one for one in suggestions(archive, [NAME]) if one.words == "Kennedy")
    assert kennedy.means == ("person:john-f-kennedy", "person:robert-f-kennedy-the-other")
    assert kennedy.why == "2 records have that name"


def test_of_our_own_documents_nothing_that_is_marked_is_proposed() -> None:
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    found = suggestions(archive)
    assert {"1015", "Soviet"} <= {one.words for one in found}, "unmarked"
    assert not {"Khrushchev", "Cuba"} & {one.words for one in found}, "every place of theirs is marked"


def test_the_command_prints_lines_or_json_and_changes_nothing(sources: Path) -> None:
    before = {path: path.read_bytes() for path in sources.rglob("*") if path.is_file()}
    runner = CliRunner()
    told = runner.invoke(command, ["suggest", NAME, "--sources", str(sources)])
    assert told.exit_code == 0
    assert "edition.xml" in told.stdout
    assert '<date when="1962-10-27">October 27</date>' in told.stdout
    assert "7 suggestions; a name does not say who is meant" in told.stderr
    listed = json.loads(runner.invoke(command, ["suggest", NAME, "--sources", str(sources), "--format", "json"]).stdout)
    assert [one["words"] for one in listed][:2] == ["October 27", "Kennedy"]
    unknown = runner.invoke(command, ["suggest", "nothing", "--sources", str(sources)])
    assert unknown.exit_code == 2
    assert NAME in unknown.stderr
    assert before == {path: path.read_bytes() for path in sources.rglob("*") if path.is_file()}
