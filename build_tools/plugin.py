"""The door to MkDocs, and the only module that imports it: hands over our pages, passes our problems to its log.

MkDocs and Material are a shell (ADR 0002). Each page comes finished; a page class of our own keeps MkDocs from making a
Markdown object for it, and tells it the anchors. Pages stay out of the navigation, whose cost is quadratic. `cli` gives
the site it has planned; `mkdocs build` and `mkdocs serve` make the plugin plan it itself.
"""

from __future__ import annotations

import logging
import os
import re
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as ShellPage
from mkdocs.utils.templates import TemplateContext

from build_tools.history import ledger_history
from build_tools.identifiers import relative_url
from build_tools.location import Location
from build_tools.output import Page
from build_tools.problem import Problem, as_line
from build_tools.publishing import PublishedWithFaults, finish
from build_tools.site import Site, load, plan, stands_in_the_way

log = logging.getLogger("mkdocs.plugins.archive")

DOC_FILE = re.compile(r"Doc file '([^']+)'")


class FinishedPage(ShellPage):
    """A page whose HTML is ready: MkDocs neither reads nor converts anything for it."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(page.title, file, config)
        self.archive_page = page

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        self.present_anchor_ids = set(self.archive_page.anchors)


class ArchiveConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs has no types there
    """What `mkdocs.yml` may say of us."""

    sources = config_options.Dir(exists=True, default="sources")


class ArchivePlugin(BasePlugin[ArchiveConfig]):  # type: ignore[no-untyped-call]  # as above
    """Puts the archive into the site that MkDocs builds."""

    def __init__(self) -> None:
        super().__init__()
        self.given: Site | None = None
        """The site as `cli` planned it; None when MkDocs itself was called."""
        self.site: Site | None = None
        self.executor: Executor | None = None

    @event_priority(100)  # first: whatever comes later may need the date of the edition
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.site = self.given or self._planned(Path(self.config.sources), config)
        day = datetime.fromisoformat(self.site.archive.edition.date).replace(tzinfo=UTC)
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self.site is not None
        for file in list(files):
            if _is_material(file, config):  # our main.html loads none of Material's scripts, styles and icons
                files.remove(file)
        for page in self.site.pages:
            file = File.generated(config, f"{page.url}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            FinishedPage(page, file, config)
            files.append(file)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        assert self.site is not None
        env.globals["edition"] = self.site.archive.edition  # for every template, the page of errors too
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: ShellPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        assert self.site is not None
        ours = page.archive_page if isinstance(page, FinishedPage) else None
        if ours is not None:
            page.content = ours.html
        root = relative_url(page.url, "")
        context["archive"] = {"page": ours, "root": "" if root == "./" else root}  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_page(self, output: str, *, page: ShellPage, config: MkDocsConfig) -> str:
        # written by MkDocs right after this; without it the memory of the build grows with the site
        page.content = None
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.given is not None:
            return  # whoever gave the site finishes it
        assert self.site is not None
        try:
            finish(Path(config.site_dir), self.site)
        except PublishedWithFaults as faulty:
            _log_problems(faulty.problems)
            raise PluginError("the built site has faults") from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        server.watch(str(self.config.sources))
        return server

    def _planned(self, sources: Path, config: MkDocsConfig) -> Site:
        loaded = load(sources, self.executor)
        past = ledger_history(sources)
        _log_problems((*loaded.problems, *past))
        if past or stands_in_the_way(loaded) or loaded.archive is None or loaded.links is None:
            raise Abort("the sources have faults; nothing was published")
        return plan(loaded.archive, loaded.links, sources, self.executor)


def build_shell(site: Site, config_file: Path, folder: Path) -> tuple[Problem, ...]:
    """`folder` holds our pages and the hand-written ones in the shell; what MkDocs complained of is returned."""
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    logger.propagate = False
    try:
        config = load_config(str(config_file), site_dir=str(folder))
        plugin = config.plugins["archive"]
        assert isinstance(plugin, ArchivePlugin)
        plugin.given = site
        mkdocs_build(config)
    finally:
        logger.removeHandler(complaints)
        logger.propagate = True
    return tuple(complaints.problems)


def serve_shell(config_file: Path, address: str) -> None:
    """Serves the site at `address` and builds it again at every change, until interrupted; says so, and every fault."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    mkdocs_serve(str(config_file), dev_addr=address)


class _Complaints(logging.Handler):
    """Warnings of MkDocs, about hand-written pages, as Problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        named = DOC_FILE.search(message)
        place = Location(f"docs/{named[1]}" if named else "mkdocs.yml")
        hint = "Mend the link or the setting it names"
        self.problems.append(Problem("hand-written-page", place, " ".join(message.split()).rstrip("."), hint))


def _is_material(file: File, config: MkDocsConfig) -> bool:
    """Whether a file is one of the theme's own, and neither of the docs nor of our shell in `custom_dir`."""
    ours = {Path(config.docs_dir), Path(config.theme.custom_dir or config.docs_dir)}
    return file.src_dir is not None and Path(file.src_dir) not in ours


def _log_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        log.log(logging.ERROR if problem.severity == "error" else logging.WARNING, as_line(problem))
