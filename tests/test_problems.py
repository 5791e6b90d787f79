"""Each folder of `problems/` is named for a code and shows what brings it about.

Its `sources/` is laid over the example archive, which has no fault of its own; `expected.txt` is what `archive check`
then prints. What cannot be kept in git on every system (links, names that differ only in case, large files) is made as
`made.txt` says, a line each: `link PATH TARGET`, `copy PATH FROM`, `grow PATH BYTES`.
Accept what is printed now with `python -m tests.test_problems`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from build_tools.checking import check
from build_tools.linking import link
from build_tools.problem import as_line, sorted_problems
from build_tools.reading.archive import read_archive

HERE = Path(__file__).parent
EXAMPLE = HERE / "example_archive" / "sources"
FOLDERS = sorted(path for path in (HERE / "problems").iterdir() if path.is_dir())


def printed(folder: Path, root: Path) -> str:
    """What is said of the example archive with the sources of `folder` laid over it, in the empty folder `root`."""
    sources = root / "sources"
    shutil.copytree(EXAMPLE, sources)
    if (folder / "sources").exists():
        shutil.copytree(folder / "sources", sources, dirs_exist_ok=True)
    if (folder / "made.txt").exists():
        for line in (folder / "made.txt").read_text(encoding="utf-8").splitlines():
            make(*line.split(), sources=sources)
    archive, problems = read_archive(sources)
    if archive is not None:
        links, unlinked = link(archive)
        problems = (*problems, *unlinked, *check(archive, links))
    return "".join(f"{as_line(problem)}\n" for problem in sorted_problems(problems))


def make(verb: str, path: str, what: str, *, sources: Path) -> None:
    target = sources / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if verb == "link":
        target.symlink_to(what)
    elif verb == "copy":
        shutil.copy(sources / what, target)
    else:
        with target.open("ab") as file:
            file.write(b"\n" * int(what))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_fault_is_named_with_its_place_and_cure(folder: Path, tmp_path: Path) -> None:
    said = printed(folder, tmp_path)
    assert said == (folder / "expected.txt").read_text(encoding="utf-8")
    assert f": {folder.name}: " in said


def test_the_example_archive_has_no_fault(tmp_path: Path) -> None:
    assert printed(HERE / "example_archive" / "nothing", tmp_path) == ""


def accept() -> None:
    """Every `expected.txt` is what is printed now."""
    for folder in FOLDERS:
        with TemporaryDirectory() as root:
            (folder / "expected.txt").write_text(printed(folder, Path(root)), encoding="utf-8")


if __name__ == "__main__":
    accept()
