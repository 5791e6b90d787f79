"""Indexes entries with Pagefind's own program, spoken to directly over its service protocol.

Comes in: search entries, one for each page. Goes out: the files of the index, sorted by path. Called by `publishing`.
Pagefind's Python wrapper sleeps a tenth of a second before each answer (300 s for 3,000 records), so this module writes
the requests itself (ADR 0008): base64 JSON and a comma on standard input, the same back. Each page is handed over as a
small HTML file whose headings carry the passage ids, so that a hit opens at its passage. Without filters and sort keys
the index of Pagefind 1.5.2 is the same bytes for the same entries in the same order.
"""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import IO, Any

from build_tools.output import OutputFile
from build_tools.searching.entries import Entry

NEEDED = (".pagefind", ".pf_fragment", ".pf_index", ".pf_meta")
"""What the index consists of, beside the three files below; Pagefind also writes two user interfaces we do not use."""
NEEDED_FILES = frozenset({"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"})


class PagefindFailed(Exception):
    """The program is missing, stopped, or refused an entry: a broken machine, not a scholar's fault."""


def index_files(entries: Iterable[Entry], folder: str = "pagefind") -> tuple[OutputFile, ...]:
    """The search index over `entries`, as files below `folder`; raises PagefindFailed.

    Requests are written while answers are read in a thread of their own, so neither pipe can fill up. Linear in the
    text; memory holds the finished index once.
    """
    with _service() as service:
        count = 0
        assert service.stdin is not None
        assert service.stdout is not None
        answers = _AnswerReader(service.stdout)
        answers.start()
        try:
            _ask(service.stdin, 0, {"type": "NewIndex", "config": {"root_selector": "html", "force_language": "en"}})
            for count, entry in enumerate(entries, start=1):
                _ask(
                    service.stdin,
                    count,
                    {
                        "type": "AddFile",
                        "index_id": 0,
                        "url": "/" + entry.url,
                        "file_path": None,
                        "file_contents": as_indexed_html(entry),
                    },
                )
            _ask(service.stdin, count + 1, {"type": "GetFiles", "index_id": 0})
            service.stdin.flush()
        except BrokenPipeError:
            pass  # the reader knows why the program stopped
        answers.join()  # the program leaves as soon as its input ends, answered or not: close it only after this
        service.kill()
    if answers.failure:
        raise PagefindFailed(answers.failure)
    kept = [
        OutputFile(f"{folder}/{file['path']}", base64.b64decode(file["content"]))
        for file in answers.files
        if file["path"].endswith(NEEDED) or file["path"] in NEEDED_FILES
    ]
    kept = [file for file in kept if "wasm." not in file.path or file.path.endswith("wasm.en.pagefind")]
    return tuple(sorted(kept, key=lambda file: file.path))


def as_indexed_html(entry: Entry) -> str:
    """The small page that Pagefind reads for one entry: a heading with an id for each part, then its words."""
    parts = "".join(
        f'<h2 id="{escape(part.anchor)}">{escape(part.label)}</h2><p>{escape(part.text)}</p>'
        if part.anchor
        else f"<p>{escape(part.text)}</p>"
        for part in entry.parts
    )
    dates = "; ".join(entry.dates)
    dated = f'<p data-pagefind-meta="date">{escape(dates)}</p>' if dates else ""
    return (
        f'<html lang="en"><head><title>{escape(entry.title)}</title></head><body><main data-pagefind-body>'
        f'<h1 data-pagefind-meta="title">{escape(entry.title)}</h1>'
        f'<span data-pagefind-meta="kind" data-pagefind-ignore="index">{escape(entry.kind)}</span>'
        f"{dated}{parts}</main></body></html>"
    )


def _service() -> subprocess.Popen[bytes]:
    try:
        from pagefind_bin import get_executable

        program = Path(get_executable())
    except (ImportError, FileNotFoundError) as missing:
        raise PagefindFailed("Pagefind's program is missing; install the package pagefind_bin") from missing
    return subprocess.Popen(
        [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _ask(pipe: IO[bytes], number: int, payload: dict[str, object]) -> None:
    request = json.dumps({"message_id": number, "payload": payload}).encode()
    pipe.write(base64.b64encode(request) + b",")


class _AnswerReader(threading.Thread):
    """Reads every answer; at the end holds the files of the index, or what went wrong."""

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.pipe = pipe
        self.files: list[dict[str, str]] = []
        self.failure = "Pagefind's program stopped before it gave its index"

    def run(self) -> None:
        for answer in _answers(self.pipe):
            payload = answer["payload"]
            if payload["type"] == "Error":
                self.failure = f"Pagefind refused an entry: {payload.get('message', '')}"
                return
            if payload["type"] == "GetFiles":
                self.files, self.failure = payload["files"], ""
                return


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    pending = b""
    while chunk := pipe.read1(1 << 16):  # type: ignore[attr-defined]  # a pipe of Popen is a BufferedReader
        *whole, pending = (pending + chunk).split(b",")
        for answer in whole:
            yield json.loads(base64.b64decode(answer))
