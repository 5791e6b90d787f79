"""The only module that writes a site: staging folder, lock, atomic exchange.

Comes in: the folder to publish and a function that fills an empty folder. Goes out: that folder, whole, or untouched. The
new site is built in a staging folder beside the target and takes its place in one `renameat2(RENAME_EXCHANGE)`; where the
system or the disk has no such call, the old folder is renamed away first, and put back if the second rename fails
(ADR 0009). A build that is killed leaves its staging folder behind; the next one sweeps it up. Called by the doors.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from build_tools.checking.published import PageChecked, check_page, check_stylesheets, check_together
from build_tools.output import CopiedFile, OutputFile
from build_tools.problem import Problem, sorted_problems
from build_tools.reading.html import read_page
from build_tools.searching.pagefind import index_files
from build_tools.site import BUILD_MARK, Site

CHUNK = 1000
"""Pages in a piece of the last check."""
RENAME_EXCHANGE = 2
AT_FDCWD = -100
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM})


class CannotPublish(Exception):
    """The target is not ours to replace, or somebody else is publishing to it; the message says which."""


class PublishedWithFaults(Exception):
    """The finished site has faults of its own, so it does not take the place of the old one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("the built site has faults")
        self.problems = problems


def publish(target: Path, fill: Callable[[Path], None], is_ours: Callable[[Path], bool] | None = None) -> None:
    """`target` holds what `fill` wrote into the empty folder it was given; if `fill` raises, `target` is as before.

    Raises what `fill` raises, OSError where the disk refuses, CannotPublish where a build of the same target runs
    or the target is a folder that no build of ours made, which `is_ours` can tell if it is not a site.
    """
    target = target.absolute()
    if target.is_symlink() or (target.exists() and not (is_ours or _is_ours)(target)):
        raise CannotPublish(f"{target} exists and was not made by a build of the archive; remove it or name another")
    target.parent.mkdir(parents=True, exist_ok=True)
    with lock(target):
        _sweep(target)
        staging = target.parent / f".{target.name}.staging-{os.getpid()}"
        staging.mkdir()
        try:
            fill(staging)
            _exchange(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def write_files(folder: Path, files: Iterable[OutputFile]) -> None:
    """Each file stands below `folder`, with the folders above it."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / BUILD_MARK).exists() or next(target.iterdir(), None) is None)


def finish(folder: Path, site: Site, executor: Executor | None = None) -> None:
    """What the shell does not write stands in `folder` too: files, copies of sources, the search index; and all is checked.

    Raises PublishedWithFaults if a link, fragment, id or loaded file of any page is wrong.
    """
    write_files(folder, site.files)
    copy_files(folder, site.copies)
    write_files(folder, index_files(site.entries))
    names = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    html = sorted(name for name in names if name.endswith(".html"))
    chunks = [html[start : start + CHUNK] for start in range(0, len(html), CHUNK)]
    check = partial(_check_pages, folder, names)
    found = map(check, chunks) if executor is None else executor.map(check, chunks)
    pages = dict(zip(html, (page for each in found for page in each), strict=True))
    stylesheets = {name: (folder / name).read_text(encoding="utf-8") for name in sorted(names) if name.endswith(".css")}
    faults = sorted_problems((*check_together(pages), *check_stylesheets(stylesheets, names)))
    if faults:
        raise PublishedWithFaults(faults)


def _check_pages(folder: Path, files: frozenset[str], names: list[str]) -> list[PageChecked]:
    return [check_page(name, read_page((folder / name).read_bytes()), files) for name in names]


def copy_files(folder: Path, copies: Iterable[CopiedFile]) -> None:
    """Each original stands below `folder` under its new path."""
    for copy in copies:
        path = folder / copy.path
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy.original, path)


def append_text(path: Path, text: str) -> None:
    """The file ends with `text`, whole: the old content and the new are written beside it and take its place at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_bytes() if path.exists() else b""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(old + text.encode())
    beside.replace(path)


@contextmanager
def lock(target: Path) -> Iterator[None]:
    """While it lasts nobody else publishes to `target`; raises CannotPublish if somebody does."""
    path = target.parent / f".{target.name}.lock"
    with path.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            lock.seek(0)
            raise CannotPublish(f"another build of {target.name} is running ({lock.read().strip()})") from busy
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, since {datetime.now(UTC):%H:%M:%S} UTC\n")
        lock.flush()
        yield


def _sweep(target: Path) -> None:
    """Folders that killed builds left are gone; the lock says that nobody is using them.

    If the last build died between the two renames of the fallback, the old site is put back first.
    """
    retired = target.parent / f".{target.name}.old"
    if retired.exists() and not target.exists():
        retired.rename(target)
    for left in [retired, *target.parent.glob(f".{target.name}.staging-*")]:
        shutil.rmtree(left, ignore_errors=True)


def _exchange(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
    elif not _renameat2(staging, target):
        retired = target.parent / f".{target.name}.old"
        target.rename(retired)
        try:
            staging.rename(target)
        except OSError:
            retired.rename(target)
            raise
        shutil.rmtree(retired, ignore_errors=True)


def _renameat2(staging: Path, target: Path) -> bool:
    """Whether the two folders changed places in one step; False where that is not to be had."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if rename(AT_FDCWD, os.fsencode(staging), AT_FDCWD, os.fsencode(target), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(target))
