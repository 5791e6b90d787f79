"""Measures one build, stage by stage, with the memory of all its processes together; run in a process of its own."""

from __future__ import annotations

import gc
import gzip
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from lxml import etree

from build_tools.anchoring import proposals
from build_tools.checking.documents import check_transcriptions
from build_tools.checking.ledger import check_ledger
from build_tools.cli import executor
from build_tools.ledger import additions
from build_tools.linking import Links
from build_tools.model import Archive
from build_tools.plugin import build_shell
from build_tools.problem import as_line, errors
from build_tools.publishing import finish, publish
from build_tools.quotations import quotations_of
from build_tools.rendering.layered import laid_out
from build_tools.searching.pagefind import index_files
from build_tools.site import load, plan

HEAVY = 130_000
"""Bytes of a page, compressed, that none should have; only larger ones are compressed to see."""


class Memory(threading.Thread):
    """Samples the resident memory of this process and its children; `peak` is in MiB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0

    def run(self) -> None:
        while True:
            self.peak = max(self.peak, sum(_proportional(process) for process in _family(os.getpid())) / 1024)
            time.sleep(0.1)


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _proportional(process: int) -> int:
    """KiB of the process, memory that several share counted once among them."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def measure(sources: Path, config: Path, jobs: int) -> dict[str, float]:
    """Seconds of each stage, of the floor and of the whole, and the peak memory in MiB."""
    seconds: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - began

    editions = sorted(sources.glob("documents/*/edition.xml"))
    with stage("floor"):
        for path in editions:
            etree.parse(path)
    memory = Memory()
    memory.start()
    began = time.perf_counter()
    marks: list[tuple[str, float]] = []

    def report(name: str) -> None:
        marks.append((name, time.perf_counter()))

    gc.disable()  # as the command does
    with executor(jobs) as pool, tempfile.TemporaryDirectory() as folder:
        loaded = load(sources, pool, report)
        if loaded.archive is None or loaded.links is None or errors(loaded.problems):
            raise SystemExit("\n".join(as_line(problem) for problem in loaded.problems[:5]))
        site = plan(loaded.archive, loaded.links, sources, pool, report)
        report("")
        for (name, at), (_, end) in pairwise(marks):
            seconds[name] = end - at
        target = Path(folder) / "site"

        def fill(staging: Path) -> None:
            with stage("shell"):
                build_shell(site, config, staging)
            with stage("finish"):
                finish(staging, site, pool)

        publish(target, fill)
        seconds["total"] = time.perf_counter() - began
        pages = [path.stat().st_size for path in target.rglob("*.html")]
        largest = [path for path in target.rglob("*.html") if path.stat().st_size > HEAVY]
        weights = {path: len(gzip.compress(path.read_bytes(), 6)) for path in largest}
        heaviest = max(weights, key=lambda path: weights[path])
        seconds["largest page"] = weights[heaviest]
        seconds["pages over 130 KB"] = sum(weight > HEAVY for weight in weights.values())
        print(f"largest page: {heaviest.parent.relative_to(target)}", file=sys.stderr)
        seconds["bytes per page"] = sum(pages) / len(pages)
        seconds["pages"] = len(pages)
    archive = loaded.archive
    with stage("trust (inside check)"):
        _ask_for_trust(archive, loaded.links)
    with stage("graphs (inside rendering)"):
        _lay_out(archive)
    with stage("index (inside finish)"):
        index_files(site.entries)
    seconds["memory"] = memory.peak
    seconds["bytes"] = sum(path.stat().st_size for path in editions)
    return seconds


def _ask_for_trust(archive: Archive, links: Links) -> None:
    """What makes every word trustworthy, once more by itself: fidelity, quotations, anchors, the ledger."""
    check_transcriptions(archive, links)
    quotations_of(archive)
    proposals(archive)
    check_ledger(replace(archive, ledger=additions(archive, reason="", who="")), links)


def _lay_out(archive: Archive) -> None:
    """Every commitment and all that it hangs on, in layers, once more by itself."""
    nodes = [record.id for record in archive.commitments]
    edges = [(one.commitment, record.id) for record in archive.commitments for one in record.value.depends_on]
    laid_out(nodes, edges)


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])), sys.stdout)
