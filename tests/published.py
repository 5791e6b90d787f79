"""The archive built once for all tests that look at the finished site, and a server that shows it below a path."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


def build(target: Path, *options: str, environment: dict[str, str] | None = None, root: Path = ROOT) -> None:
    """`target` holds the site of the archive in `root`, built by the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "build_tools", "build", "--site", str(target), *options],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below `/some/path/`, as any static host would."""

    prefix = "/some/path"
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix + "/"):
            return super().translate_path("/there-is-no-such-file")
        return super().translate_path(path.removeprefix(self.prefix))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address below which `folder` is served, ending with a slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{_Quiet.prefix}/"
        finally:
            server.shutdown()
