"""The whole build on one screen: sources -> archive -> links -> checks -> every page, entry and file of the site.

Called by the doors (`cli`, `plugin`). Nothing here writes, prints or exits. Work over documents goes through the executor
that is passed in: none, a process pool, or a Dask client's `get_executor()`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from build_tools.checking import check
from build_tools.exporting.annotations import annotation_files
from build_tools.exporting.citations import citation_files
from build_tools.exporting.dts import dts_files
from build_tools.exporting.files import data_files
from build_tools.exporting.hosting import hosting_files
from build_tools.exporting.package import payload
from build_tools.exporting.sources import source_files
from build_tools.exporting.state import state_files
from build_tools.linking import Links, link
from build_tools.model import Archive
from build_tools.output import CopiedFile, OutputFile, Page
from build_tools.problem import Problem, errors, sorted_problems
from build_tools.reading.archive import read_archive
from build_tools.rendering.citing_data import citing_files
from build_tools.rendering.pages import render_pages
from build_tools.rendering.previews import preview_files
from build_tools.searching.entries import Entry, search_entries
from build_tools.state import state_of

BUILD_MARK = "archive-build.json"
"""Every site of ours has this file; it says which edition was built."""

Report = Callable[[str], None]
"""Told the name of each stage as it begins."""


def _say_nothing(_: str) -> None:
    """For those who need no report."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The archive and its links, or None with the errors that stood in the way; `problems` holds the warnings too."""

    archive: Archive | None
    links: Links | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, without its shell."""

    archive: Archive
    pages: tuple[Page, ...]
    files: tuple[OutputFile, ...]
    copies: tuple[CopiedFile, ...]
    entries: tuple[Entry, ...]


def load(sources: Path, executor: Executor | None = None, report: Report = _say_nothing) -> Loaded:
    """Everything below `sources`, read, linked and checked, with all its problems."""
    report("reading")
    archive, unreadable = read_archive(sources, executor)
    if archive is None:
        return Loaded(None, None, sorted_problems(unreadable))
    report("linking")
    links, unlinked = link(archive, executor)
    report("checking")
    problems = sorted_problems((*unreadable, *unlinked, *check(archive, links)))
    return Loaded(archive, links, problems)


def plan(
    archive: Archive, links: Links, sources: Path, executor: Executor | None = None, report: Report = _say_nothing
) -> Site:
    """Every page, file and search entry of a sound archive."""
    report("exporting")
    state = state_of(archive, links)
    data = data_files(archive, links)
    report("rendering")
    return Site(
        archive=archive,
        pages=tuple(render_pages(archive, links, state, executor, data)),
        files=(
            *hosting_files(archive, BUILD_MARK),
            *data,
            *citation_files(archive),
            *citing_files(archive, links),
            *preview_files(archive, links),
            *state_files(archive, links, state),
            *annotation_files(archive, links),
            *dts_files(archive),
        ),
        copies=tuple(source_files(archive, sources.parent)),
        entries=tuple(search_entries(archive)),
    )


def package_payload(archive: Archive, links: Links, sources: Path) -> tuple[OutputFile | CopiedFile, ...]:
    """What a library receives of a sound archive: its sources, and of the files of the site those that are data."""
    state = state_of(archive, links)
    exports = (
        *data_files(archive, links),
        *citation_files(archive),
        *state_files(archive, links, state),
        *annotation_files(archive, links),
        *dts_files(archive),
    )
    return payload(archive, state, exports, sources)


def stands_in_the_way(loaded: Loaded) -> tuple[Problem, ...]:
    """The problems that forbid publishing."""
    return errors(loaded.problems)
