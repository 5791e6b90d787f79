"""Everything below `sources/`, each file once, in the order of its path -> the Archive.

Documents and records are read in chunks, by plain functions that an executor may run in other processes or on other
machines that see the same folder; the result and its order are the same without one. Called by `site`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from build_tools.identifiers import FOLDERS, Kind, Reference, is_identifier, note_anchor
from build_tools.location import Location
from build_tools.model import RECORD_CLASSES, AnyRecord, Archive, Document, KeptWords, LedgerEntry, Record, WaiverFile
from build_tools.problem import Problem, sorted_problems
from build_tools.reading.files import entries_of, name_of, named_files, named_folders
from build_tools.reading.ledger import read_ledger, read_words
from build_tools.reading.records import read_edition, read_record, read_waiver
from build_tools.reading.tei import read_document

FIELDS: dict[Kind, str] = {kind: folder for kind, folder in FOLDERS.items() if kind in RECORD_CLASSES}
"""Kind of record -> its folder, which is also its field of Archive."""
TOP = frozenset({"archive.yml", "documents", "ledger", "waivers", *FIELDS.values()})
DOCUMENT = frozenset({"edition.xml", "transcription.txt", "notes"})
FOLDERS_EXPECTED = frozenset({"notes", "words"}) | (TOP - {"archive.yml"})
LEDGER = frozenset({"passages.tsv", "words"})
CHUNK = 64

R = TypeVar("R")
Read = tuple[R | None, tuple[Problem, ...]]


def read_archive(sources: Path, executor: Executor | None = None) -> tuple[Archive | None, tuple[Problem, ...]]:
    """The archive, None if `archive.yml` cannot be used; what cannot be read is left out of it and is a Problem."""
    with _collector_resting():
        return _read(sources, executor)


def _read(sources: Path, executor: Executor | None) -> tuple[Archive | None, tuple[Problem, ...]]:
    root = sources.parent
    problems: list[Problem] = [*_unexpected(sources, TOP, root)]
    edition, faults = read_edition(sources / "archive.yml", root)
    problems.extend(faults)
    folders, faults = named_folders(sources / "documents", root, "a document")
    problems.extend(faults)
    for folder in folders:
        problems.extend(_unexpected(folder, DOCUMENT, root))
    documents = tuple(_gathered(partial(_read_documents, root), folders, executor, problems))
    unreadable = {Reference("document", folder.name) for folder in folders} - {one.reference for one in documents}
    unreadable |= {one for document in documents for one in _unreadable_notes(document, sources)}
    records: dict[str, tuple[Record[AnyRecord], ...]] = {}
    for kind, name in FIELDS.items():
        files, faults = named_files(sources / name, root, f"a {kind}")
        problems.extend(faults)
        records[name] = tuple(_gathered(partial(_read_records, root, kind), files, executor, problems))
        unreadable |= {Reference(kind, file.stem) for file in files} - {one.reference for one in records[name]}
    ledger, kept = _read_ledger(sources / "ledger", root, executor, problems)
    waivers, faults = _read_waivers(sources / "waivers", root)
    problems.extend(faults)
    if edition is None:
        return None, sorted_problems(problems)
    fields: dict[str, Any] = records  # each tuple holds records of the field's own kind, which no type checker can see
    archive = Archive(
        edition,
        documents,
        **fields,
        ledger=ledger,
        kept=kept,
        waivers=waivers,
        digests=_digests(sources, root),
        unreadable=frozenset(unreadable),
    )
    return archive, sorted_problems(problems)


def _read_ledger(
    folder: Path, root: Path, executor: Executor | None, problems: list[Problem]
) -> tuple[tuple[LedgerEntry, ...], tuple[KeptWords, ...]]:
    """The passage ledger and the words it vouches for; a folder that is a symbolic link was refused and is not followed."""
    if folder.is_symlink():
        return (), ()
    problems.extend(_unexpected(folder, LEDGER, root))
    entries, faults = read_ledger(folder / "passages.tsv", root)
    problems.extend(faults)
    files, faults = _tables(folder / "words", root)
    problems.extend(faults)
    read = _gathered(partial(_read_words, root), files, executor, problems)
    return entries, tuple(words for many in read for words in many)


def _tables(folder: Path, root: Path) -> tuple[list[Path], tuple[Problem, ...]]:
    """The files of kept words, sorted; all else in the folder is a Problem."""
    problems: list[Problem] = []
    files: list[Path] = []
    for path in entries_of(folder):
        if path.suffix == ".tsv" and is_identifier(path.stem) and path.is_file() and not path.is_symlink():
            files.append(path)
            continue
        hint = "The words of a document are a file id.tsv that `archive ledger` writes"
        here = Location(name_of(path, root))
        problems.append(Problem("unexpected-file", here, f"{path.name!r} may not stand here", hint))
    return files, tuple(problems)


def _read_words(root: Path, files: Sequence[Path]) -> list[Read[tuple[KeptWords, ...]]]:
    return [read_words(path, root) for path in files]


def _unreadable_notes(document: Document, sources: Path) -> Iterator[Reference]:
    """The notes of a document that have a file, and are not among its notes."""
    read = {note.id for note in document.notes}
    for path in entries_of(sources / "documents" / document.id / "notes"):
        if path.suffix == ".md" and path.stem not in read:
            yield Reference("document", document.id, note_anchor(path.stem))


def _read_waivers(folder: Path, root: Path) -> tuple[tuple[WaiverFile, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    waivers: list[WaiverFile] = []
    for path in entries_of(folder):
        here = Location(name_of(path, root))
        if path.suffix != ".yml" or not is_identifier(path.stem) or not path.is_file():
            hint = "A waiver is a file id.yml, its id of small letters, digits and hyphens"
            problems.append(Problem("unexpected-file", here, f"{path.name!r} may not stand here", hint))
            continue
        waiver, faults = read_waiver(path, root)
        problems.extend(faults)
        if waiver is not None:
            waivers.append(waiver)
    return tuple(waivers), tuple(problems)


def _digests(sources: Path, root: Path) -> tuple[tuple[str, str], ...]:
    """Every file below `sources` that is one, with its SHA-256; symbolic links were refused and are not followed."""
    found: list[tuple[str, str]] = []
    for folder, names, files in os.walk(sources):
        names.sort()
        for name in files:
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                found.append((name_of(path, root), sha256(path.read_bytes()).hexdigest()))
    return tuple(sorted(found))


def _read_documents(root: Path, folders: Sequence[Path]) -> list[Read[Document]]:
    with _collector_resting():
        return [read_document(folder, root) for folder in folders]


def _read_records(root: Path, kind: Kind, files: Sequence[Path]) -> list[Read[Record[AnyRecord]]]:
    with _collector_resting():
        return [read_record(file, root, kind) for file in files]


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No collection of garbage meanwhile: what is read holds no cycles, and walking it again and again took a quarter
    of the time of a thousand documents."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _gathered(
    read: Callable[[Sequence[Path]], list[Read[R]]],
    paths: Sequence[Path],
    executor: Executor | None,
    problems: list[Problem],
) -> Iterator[R]:
    """What could be read of `paths`, in their order; the faults of all join `problems`."""
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    results: Iterable[list[Read[R]]] = map(read, chunks) if executor is None else executor.map(read, chunks)
    for result in results:
        for found, faults in result:
            problems.extend(faults)
            if found is not None:
                yield found


def _unexpected(folder: Path, known: frozenset[str], root: Path) -> Iterator[Problem]:
    """What may not stand in a folder of fixed content, by its name or by what it is."""
    for path in entries_of(folder):
        here = Location(name_of(path, root))
        shown = here.path.rsplit("/", 1)[-1]
        if path.is_symlink():
            yield Problem("symbolic-link", here, f"{shown!r} is a symbolic link", "Put there what it points to")
        elif path.name not in known:
            hint = f"Here may stand {', '.join(sorted(known))}"
            yield Problem("unexpected-file", here, f"{shown!r} may not stand here", hint)
        elif path.is_dir() != (path.name in FOLDERS_EXPECTED):
            expected = "folder" if path.name in FOLDERS_EXPECTED else "file"
            hint = f"Put a {expected} of that name there"
            yield Problem("unexpected-file", here, f"{shown!r} is not a {expected}", hint)
