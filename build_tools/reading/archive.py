"""Everything below `sources/`, each file once, in the order of its path -> the Archive.

Documents and records are read in chunks, by plain functions that an executor may run in other processes or on other
machines that see the same folder; the result and its order are the same without one. Called by `site`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from build_tools.identifiers import FOLDERS, Kind, is_identifier
from build_tools.location import Location
from build_tools.model import RECORD_CLASSES, Archive, Document
from build_tools.problem import Problem
from build_tools.reading.records import read_edition, read_record
from build_tools.reading.tei import read_document

FIELDS: dict[Kind, str] = {kind: folder for kind, folder in FOLDERS.items() if kind in RECORD_CLASSES}
"""Kind of record -> its folder, which is also its field of Archive."""
DOCUMENT_FOLDER = frozenset({"edition.xml", "transcription.txt", "notes"})
TOP = frozenset({"archive.yml", "documents", "ledger", "waivers", *FIELDS.values()})
CHUNK = 64

T = TypeVar("T")
R = TypeVar("R")
Read = tuple[R | None, tuple[Problem, ...]]


def read_archive(sources: Path, executor: Executor | None = None) -> tuple[Archive | None, tuple[Problem, ...]]:
    """The archive, None if `archive.yml` cannot be used; what cannot be read is left out of it and is a Problem."""
    root = sources.parent
    problems: list[Problem] = [*_strange(sources, TOP, root)]
    edition, faults = read_edition(sources / "archive.yml", root)
    problems.extend(faults)
    folders, faults = _named(sources / "documents", root, wants_folder=True)
    problems.extend(faults)
    for folder in folders:
        problems.extend(_strange(folder, DOCUMENT_FOLDER, root))
    documents = _gather(partial(_read_documents, root), folders, executor, problems)
    records: dict[str, tuple[Any, ...]] = {}
    for kind, name in FIELDS.items():
        files, faults = _named(sources / name, root, wants_folder=False)
        problems.extend(faults)
        records[name] = tuple(_gather(partial(_read_records, root, kind), files, executor, problems))
    if edition is None:
        return None, tuple(problems)
    return Archive(edition, tuple(documents), **records), tuple(problems)


def _read_documents(root: Path, folders: Sequence[Path]) -> list[Read[Document]]:
    return [read_document(folder, root) for folder in folders]


def _read_records(root: Path, kind: Kind, files: Sequence[Path]) -> list[Read[Any]]:
    return [read_record(file, root, kind) for file in files]


def _gather(
    read: Callable[[Sequence[Path]], list[Read[R]]],
    paths: Sequence[Path],
    executor: Executor | None,
    problems: list[Problem],
) -> Iterator[R]:
    """What could be read of `paths`, in their order; the rest adds to `problems`."""
    for found, faults in in_chunks(read, paths, executor):
        problems.extend(faults)
        if found is not None:
            yield found


def in_chunks(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], executor: Executor | None) -> Iterator[R]:
    """`work` over all items, chunk by chunk, in their order, by the executor if there is one."""
    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    results: Iterable[list[R]] = map(work, chunks) if executor is None else executor.map(work, chunks)
    for result in results:
        yield from result


def _named(folder: Path, root: Path, *, wants_folder: bool) -> tuple[list[Path], tuple[Problem, ...]]:
    """The documents or records of a folder that have a name fit for an address, sorted; and those that have not."""
    problems: list[Problem] = []
    found: list[Path] = []
    taken: dict[str, str] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        here = Location(path.relative_to(root).as_posix())
        name = path.name if wants_folder else path.stem
        key = unicodedata.normalize("NFC", name).casefold()
        if path.is_symlink():
            problems.append(Problem("symbolic-link", here, f"{path.name!r} is a symbolic link", "Put the file itself there"))
        elif wants_folder != path.is_dir() or not (wants_folder or path.suffix == ".md"):
            expected = "a folder for each document" if wants_folder else "a Markdown file for each record"
            problems.append(Problem("unexpected-file", here, f"{path.name!r} may not stand here", f"Here stands {expected}"))
        elif key in taken:
            hint = "Rename one: on Windows and macOS they would be the same"
            problems.append(Problem("colliding-names", here, f"{path.name!r} and {taken[key]!r} collide", hint))
        elif not is_identifier(name):
            hint = "Use small letters, digits and hyphens, at most 64, no name that Windows keeps for itself"
            problems.append(Problem("bad-identifier", here, f"{name!r} cannot name a {'document' if wants_folder else 'record'}", hint))
        else:
            found.append(path)
        taken.setdefault(key, path.name)
    return found, tuple(problems)


def _strange(folder: Path, known: frozenset[str], root: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            here = Location(path.relative_to(root).as_posix())
            hint = f"Here may stand {', '.join(sorted(known))}"
            yield Problem("unexpected-file", here, f"{path.name!r} may not stand here", hint)
        elif path.is_symlink():
            here = Location(path.relative_to(root).as_posix())
            yield Problem("symbolic-link", here, f"{path.name!r} is a symbolic link", "Put the file itself there")
