"""Writes the package for libraries, as a zip or a folder: whole, or not at all; and compares it with the one that is there.

Comes in: the files of the payload, made or to be copied. Each copied file is read in pieces, twice: for its digests, which the
manifests and the description are made of, and to write it; if the two differ, somebody is editing, and nothing is
written. Zips are the same bytes for the same files: sorted, stored, with the day of the edition and fixed rights (ADR 0025).
Called by `cli`.
"""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256, sha512
from pathlib import Path
from typing import IO

from build_tools.exporting.package import (
    METADATA,
    Member,
    crate_file,
    member_of,
    ordered,
    package_name,
    readme_file,
    tag_files,
)
from build_tools.exporting.state import sums_file
from build_tools.model import Archive
from build_tools.output import CopiedFile, OutputFile
from build_tools.publishing import CannotPublish, lock, publish
from build_tools.site import BUILD_MARK

PIECE = 1 << 20
FIRST_YEAR = 1980
"""Zip knows no earlier one."""
NOT_OURS = "exists and was not made by `archive release`; remove it or name another"

File = OutputFile | CopiedFile


class AlreadyReleased(Exception):
    """A package stands there whose files differ from those of the new one."""

    def __init__(self, target: Path, edition: str, changed: tuple[str, ...]) -> None:
        super().__init__(f"{target} holds another package")
        self.edition = edition
        """What the package that is there says of itself."""
        self.changed = changed
        """`+ path`, `- path` or `~ path` of each file that is new, missing or different."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package, ready to be written: each file with its digests, in the order of paths, below a folder of its name."""

    name: str
    edition: str
    day: str
    files: tuple[tuple[File, Member], ...]

    @property
    def size(self) -> int:
        return sum(member.size for _, member in self.files)


def prepare(archive: Archive, files: Iterable[File]) -> Package:
    """The package of the payload `files`: with its explanation, its description, and the tag files of the bag.

    Raises CannotPublish if a source is no longer what was checked, or has a name that UTF-8 cannot write.
    """
    files = tuple(files)
    files = ordered((*files, readme_file(archive, (*(one.path for one in files), METADATA))))
    members = tuple(map(_read, files))
    checked = {f"sources/{path.partition('/')[2]}": digest for path, digest in archive.digests}
    for member in members:
        if checked.get(member.path, member.sha256) != member.sha256:
            raise CannotPublish(f"{member.path} was changed while the package was made; run the command again")
    crate = crate_file(archive, members)
    inside = ordered((*files, crate))
    known = {one.path: one for one in (*members, member_of(crate))}
    tags = tag_files(archive, known.values())
    everything = [
        *((_below_data(one), _below_data_member(known[one.path])) for one in inside),
        *((one, member_of(one)) for one in tags),
    ]
    everything.sort(key=lambda one: one[0].path)
    return Package(package_name(archive), archive.edition.edition, archive.edition.date, tuple(everything))


def site_copies(archive: Archive, site: Path) -> tuple[CopiedFile, ...]:
    """Every file of the built `site`, for the payload. Raises CannotPublish if it was not built from these sources."""
    sums = sums_file(archive)
    try:
        mark = json.loads((site / BUILD_MARK).read_bytes())
        same = mark["edition"] == archive.edition.edition and (site / sums.path).read_bytes() == sums.content
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        same = False
    if not same:
        raise CannotPublish(f"{site} is not the site of these sources; run `archive build` first")
    return tuple(
        CopiedFile(f"site/{path.relative_to(site).as_posix()}", path)
        for path in sorted(site.rglob("*"))
        if path.is_file() and not path.is_symlink()
    )


def release(package: Package, target: Path, *, force: bool = False) -> bool:
    """`target` holds the package: a zip if its name ends so, else a folder. False if it held the very same before.

    Raises AlreadyReleased if a package with other files is there and not `force`; CannotPublish if something else is;
    OSError where the disk refuses. In each case what was there is untouched.
    """
    target = target.absolute()
    if target.is_symlink() or (target.exists() and not _is_ours(target)):
        raise CannotPublish(f"{target} {NOT_OURS}")
    if target.exists():
        there, edition = _digests_of(target)
        changed = _changed(there, {member.path: member.sha256 for _, member in package.files})
        if not changed:
            return False
        if not force:
            raise AlreadyReleased(target, edition, changed)
    if _is_zip(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with lock(target):
            _replace(target, lambda to: _write_zip(package, to))
    else:
        publish(target, lambda folder: _write_folder(package, folder), _is_ours)
    return True


def _is_zip(target: Path) -> bool:
    return target.suffix.lower() == ".zip"


def _below_data(file: File) -> File:
    path = f"data/{file.path}"
    return OutputFile(path, file.content) if isinstance(file, OutputFile) else CopiedFile(path, file.original)


def _below_data_member(member: Member) -> Member:
    return Member(f"data/{member.path}", member.size, member.sha256, member.sha512)


# --- reading --------------------------------------------------------------------------------------------------------


def _read(file: File) -> Member:
    try:
        file.path.encode()
    except UnicodeEncodeError as unnamed:
        raise CannotPublish(f"{file.path!r} has a name that is not UTF-8") from unnamed
    if isinstance(file, OutputFile):
        return member_of(file)
    size, short, long = 0, sha256(), sha512()
    with file.original.open("rb") as opened:
        for piece in _pieces(opened):
            size += len(piece)
            short.update(piece)
            long.update(piece)
    return Member(file.path, size, short.hexdigest(), long.hexdigest())


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: opened.read(PIECE), b"")


def _is_ours(target: Path) -> bool:
    """Whether a package of ours, even a damaged one, or nothing at all is at `target`."""
    if target.is_dir():
        ours = (target / "bagit.txt").is_file() and (target / "data" / METADATA).is_file()
        return not _is_zip(target) and (ours or next(target.iterdir(), None) is None)
    if not (_is_zip(target) and target.is_file()):
        return False
    try:
        with zipfile.ZipFile(target) as opened:
            names = {name.partition("/")[2] for name in opened.namelist()}
    except zipfile.BadZipFile:
        return False
    return {"bagit.txt", f"data/{METADATA}"} <= names


def _digests_of(target: Path) -> tuple[dict[str, str], str]:
    """Path -> SHA-256 of each file of a package as it lies there, and the edition that it says it is."""
    found: dict[str, str] = {}
    info = b""
    if target.is_dir():
        for path in target.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as opened:
                    found[path.relative_to(target).as_posix()] = _digest(opened)
        if (target / "bag-info.txt").is_file():
            info = (target / "bag-info.txt").read_bytes()
    else:
        with zipfile.ZipFile(target) as packed:
            for one in packed.infolist():
                name = one.filename.partition("/")[2]
                try:
                    with packed.open(one) as opened:
                        found[name] = _digest(opened)
                    info = packed.read(one) if name == "bag-info.txt" else info
                except zipfile.BadZipFile:
                    found[name] = "damaged"
    lines = info.decode("utf-8", "replace").splitlines()
    said = (line.partition(":")[2].strip() for line in lines if line.startswith("Internal-Sender-Identifier:"))
    return found, next(said, "")


def _digest(opened: IO[bytes]) -> str:
    whole = sha256()
    for piece in _pieces(opened):
        whole.update(piece)
    return whole.hexdigest()


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{'~' if path in old and path in new else '+' if path in new else '-'} {path}"
        for path in sorted({*old, *new})
        if old.get(path) != new.get(path)
    )


# --- writing --------------------------------------------------------------------------------------------------------


def _replace(target: Path, write: Callable[[Path], None]) -> None:
    """`target` is what `write` wrote beside it; what killed runs left there is gone."""
    for left in target.parent.glob(f".{target.name}.new-*"):
        left.unlink()
    beside = target.with_name(f".{target.name}.new-{os.getpid()}")
    try:
        write(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _write_zip(package: Package, path: Path) -> None:
    when = _time_of(package.day)
    with path.open("wb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as packed:
            for file, member in package.files:
                entry = zipfile.ZipInfo(f"{package.name}/{file.path}", when)
                entry.create_system = 3  # Unix, whose rights follow
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                entry.file_size = member.size
                with packed.open(entry, "w") as written:
                    _copy(file, member, written)
        opened.flush()
        os.fsync(opened.fileno())


def _write_folder(package: Package, folder: Path) -> None:
    for file, member in package.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            _copy(file, member, written)


def _copy(file: File, member: Member, written: IO[bytes]) -> None:
    if isinstance(file, OutputFile):
        written.write(file.content)
        return
    whole = sha256()
    with file.original.open("rb") as opened:
        for piece in _pieces(opened):
            whole.update(piece)
            written.write(piece)
    if whole.hexdigest() != member.sha256:
        raise CannotPublish(f"{file.original} was changed while the package was made; run the command again")


def _time_of(day: str) -> tuple[int, int, int, int, int, int]:
    """Midnight of the edition's day, as far as a zip can say it."""
    read = max(date.fromisoformat(day), date(FIRST_YEAR, 1, 1))
    return (read.year, read.month, read.day, 0, 0, 0)
