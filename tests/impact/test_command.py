"""`archive impact`: with git and without, in folders with blanks, with a side that does not read."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_tools.cli import archive as command
from tests.conftest import EXAMPLE
from tests.impact.changes import LETTER as LETTER_OF_KENNEDY
from tests.impact.changes import SOURCES, replacing

PEOPLE = "people/edith-marlow.md"
LETTER = "documents/letter-1931-04-02/edition.xml"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@harbour.example"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The example archive in a repository, in a subfolder with a blank in its name, committed on `main`."""
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "the papers" / "our sources"))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "The first edition")
    return copied


def impact(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["impact", *map(str, arguments)])


def told(*arguments: str | Path) -> dict[str, dict[str, list[dict[str, object]]]]:
    result = impact(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    made: dict[str, dict[str, list[dict[str, object]]]] = json.loads(result.stdout)
    return made


def rename(sources: Path, name: str = "Edith Marrow") -> None:
    path = sources / PEOPLE
    path.write_text(path.read_text("utf-8").replace("Edith Marlow", name), "utf-8")


def test_what_is_not_committed_is_compared_with_the_last_commit(sources: Path) -> None:
    assert impact("--sources", sources).stdout.startswith("Nothing changed")
    rename(sources)
    made = told("--sources", sources)
    (record,) = made["impact"]["records"]
    assert (record["kind"], record["reference"]) == ("changed", "person:edith-marlow")
    assert "the last commit" in str(made["compared_with"])
    assert git(sources, "status", "--porcelain").endswith(f'our sources/{PEOPLE}"')  # nothing else was touched


def test_a_branch_is_compared_with_where_it_left_main(sources: Path) -> None:
    git(sources, "switch", "-qc", "correction")
    rename(sources)
    git(sources, "commit", "-qam", "Her name")
    git(sources, "switch", "-q", "main")
    (sources / "people" / "tobias-quill.md").unlink()
    git(sources, "commit", "-qam", "Something else, on main")
    git(sources, "switch", "-q", "correction")
    made = told("--sources", sources)
    assert [one["reference"] for one in made["impact"]["records"]] == ["person:edith-marlow"]
    assert "where this branch left main" in str(made["compared_with"])


def test_a_revision_that_is_named(sources: Path) -> None:
    git(sources, "tag", "first")
    rename(sources)
    git(sources, "commit", "-qam", "Her name")
    assert impact("--sources", sources).stdout.startswith("Nothing changed")
    assert len(told("--sources", sources, "--since", "first")["impact"]["records"]) == 1
    assert len(told("--sources", sources, "--since", "HEAD~1")["impact"]["records"]) == 1


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "HEAD:the papers", ""])
def test_an_unknown_revision_is_a_wrong_usage(sources: Path, revision: str) -> None:
    result = impact("--sources", sources, f"--since={revision}")
    if not revision:
        assert result.exit_code == 0
        return
    assert (result.exit_code, result.stdout) == (2, "")
    assert "git knows no revision" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "sources"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for path in (None, ""):
        if path is not None:
            monkeypatch.setenv("PATH", path)
        result = impact("--sources", copied)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "--against" in result.stderr


def test_a_repository_without_a_commit_and_one_without_the_folder(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "sources"))
    git(tmp_path, "init", "-q")
    assert "nothing was committed" in impact("--sources", copied).stderr
    (tmp_path / "README").write_text("Here it begins.")
    git(tmp_path, "add", "README")
    git(tmp_path, "commit", "-qm", "Begin")
    result = impact("--sources", copied)
    assert (result.exit_code, "has no folder sources" in result.stderr) == (2, True)


def test_sources_that_are_the_whole_repository(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(EXAMPLE, tmp_path / "sources"))
    git(copied, "init", "-q")
    git(copied, "add", ".")
    git(copied, "commit", "-qm", "Begin")
    (copied / ".git").rename(tmp_path / "kept")  # which is no source, and stands in no folder of sources
    (copied / ".git").write_text(f"gitdir: {tmp_path / 'kept'}")
    rename(copied)
    assert [one["reference"] for one in told("--sources", copied)["impact"]["records"]] == ["person:edith-marlow"]


def test_another_folder(sources: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(sources, tmp_path / "as it was"))
    assert impact("--sources", sources, "--against", other).stdout.startswith("Nothing changed")
    rename(sources)
    assert "1 record" in impact("--sources", sources, "--against", other).stdout
    both = impact("--sources", sources, "--against", other, "--since", "HEAD")
    assert (both.exit_code, "not both" in both.stderr) == (2, True)
    assert impact("--sources", sources, "--against", tmp_path / "nowhere").exit_code == 2
    assert impact("--sources", tmp_path / "nowhere").exit_code == 2


def test_a_side_that_does_not_read(sources: Path) -> None:
    rename(sources)
    letter = sources / LETTER
    letter.write_text(letter.read_text("utf-8").replace("</TEI>", ""), "utf-8")
    result = impact("--sources", sources)
    assert result.exit_code == 0
    assert f"our sources/{LETTER}:" in result.stdout
    assert "error: ill-formed-xml" in result.stdout
    assert result.stdout.startswith("This change touches 1 record.\n")  # what can be compared still is
    assert "document:letter-1931-04-02" in result.stdout
    git(sources, "commit", "-qam", "It does not read")
    git(sources, "switch", "-qc", "mended")
    shutil.copy(EXAMPLE / LETTER, letter)
    mended = impact("--sources", sources)
    assert "Faults that this change mends (1)" in mended.stdout
    (sources / "archive.yml").write_text("title: [", "utf-8")
    for printing in ("text", "markdown", "json", "github"):
        result = impact("--sources", sources, "--format", printing)
        assert (result.exit_code, "archive.yml" in result.stdout) == (0, True)


def test_faults_are_told_once_and_by_what_the_change_has_to_do_with_them(tmp_path: Path) -> None:
    copied = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    replacing(LETTER_OF_KENNEDY, "(a) to remove promptly the", "(a) to remove at once the")(copied)
    said = impact("--sources", copied, "--against", SOURCES).stdout
    brought = said[said.index("Faults that this change brings (1)\n") :]
    assert "error: transcription-differs: " in brought
    assert "anchor-not-found" not in brought
    assert "text-changed" not in brought
    assert "1 fault that was not there before must be mended" in said
    mended = impact("--sources", SOURCES, "--against", copied).stdout
    assert "transcription-differs" in mended[mended.index("Faults that this change mends (") :]
    assert "must be mended" not in mended
    both = impact("--sources", copied, "--against", copied).stdout
    assert both.startswith("Nothing changed")
    assert "Faults that were there before and still are (" in both


def test_a_symbolic_link_that_was_committed(sources: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\nname: Secret\n---\n")
    (sources / "people" / "linked.md").symlink_to(secret)
    git(sources, "add", ".")
    git(sources, "commit", "-qm", "A link")
    (sources / "people" / "linked.md").unlink()
    result = impact("--sources", sources)
    assert result.exit_code == 0
    assert "symbolic-link" in result.stdout
    assert "Secret" not in result.stdout


def test_the_same_bytes_each_time(sources: Path) -> None:
    rename(sources, "Edith *Marrow* @octocat")
    for printing in ("text", "markdown", "json", "github"):
        first, second = (impact("--sources", sources, "--format", printing).stdout for _ in range(2))
        assert first == second
        assert str(sources.parent.parent.parent) not in first.replace(str(sources), "")
