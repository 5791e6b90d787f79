"""Groups of tests that need more than Python, and what is said of those that this machine cannot run.

A test module names its group with `pytestmark = pytest.mark.group("browser")`. Where the group's need is not met its tests
are left out, and the last lines of the run say which and why; with ARCHIVE_TESTS_ALL=1, as in CI, that is a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def chromium() -> str:
    """The path of Chromium, or an empty string."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def _no_browser() -> str:
    if not importlib.util.find_spec("playwright"):
        return "Playwright is not installed"
    return "" if chromium() else "no Chromium; on Debian: apt-get install chromium"


def pandoc() -> str:
    """The path of pandoc, as the package brings it, or an empty string."""
    if not importlib.util.find_spec("pypandoc"):
        return shutil.which("pandoc") or ""
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        return ""


def _no_citations() -> str:
    missing = [name for name in ("bibtexparser", "rispy") if not importlib.util.find_spec(name)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return "" if pandoc() else "no pandoc, which the package pypandoc_binary brings"


def _no_validator() -> str:
    if not shutil.which("java"):
        return "no Java; on Debian: apt-get install default-jre-headless"
    return "" if shutil.which("npm") else "no npm, which brings the validator"


def _no_cluster() -> str:
    return "" if importlib.util.find_spec("distributed") else "the package distributed is not installed"


def _no_rdf() -> str:
    return "" if importlib.util.find_spec("rdflib") else "the package rdflib is not installed"


def _no_corpora() -> str:
    return "" if CORPORA.is_dir() else "no ../shared/corpora beside the project"


CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
NEEDS: dict[str, Callable[[], str]] = {
    "browser": _no_browser,
    "validity": _no_validator,
    "cluster": _no_cluster,
    "citations": _no_citations,
    "rdf": _no_rdf,
    "corpora": _no_corpora,
}
LEFT_OUT = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "group(name): needs more than Python; see tests/groups.py")
    config.stash[LEFT_OUT] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    reasons = {name: need() for name, need in NEEDS.items()}
    for item in items:
        for mark in item.iter_markers("group"):
            if reason := reasons[mark.args[0]]:
                config.stash[LEFT_OUT][mark.args[0]] = reason
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == 0 and session.config.stash[LEFT_OUT] and os.environ.get("ARCHIVE_TESTS_ALL"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name, reason in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"not run: {name} tests: {reason}")
