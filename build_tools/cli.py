"""The `archive` command: arguments in, exit code out.

Exit codes: 0 fine; 1 the sources have faults; 2 wrong usage; 3 the machine refused (disk, permission, missing program,
another build). Faults go to standard output, one a line, so that editors and `grep` can use them; what the command is
doing goes to standard error. A traceback is always a fault of ours.
"""

from __future__ import annotations

import gc
import os
import shlex
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

import click

from build_tools.history import Earlier, NoSuchRevision, ledger_history, sources_of
from build_tools.model import Fate
from build_tools.problem import Problem, as_github, as_json, as_line, errors, sorted_problems
from build_tools.site import Loaded, load, package_payload, plan

if TYPE_CHECKING:
    from build_tools.impact.printing import Told
    from build_tools.model import Archive

FAULTS, USAGE, MACHINE = 1, 2, 3
PRINTINGS = {"text": as_line, "json": as_json, "github": as_github}
MOST_PRINTED = 100


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cuba-negotiations-archive", message="archive %(version)s")
def archive() -> None:
    """Check, build and preview the archive, and add to it."""


def sources_option(command: click.decorators.FC) -> click.decorators.FC:
    """`--sources FOLDER`, the folder that scholars write in."""
    return click.option(
        "--sources",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("sources"),
        show_default=True,
        help="The folder of the sources.",
    )(command)


def jobs_option(command: click.decorators.FC) -> click.decorators.FC:
    """`--jobs N`, how many processes share the work over documents."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        help="How many processes share the work; the result is the same.",
    )(command)


def format_option(command: click.decorators.FC) -> click.decorators.FC:
    """`--format`, how faults are printed."""
    return click.option(
        "--format",
        "printing",
        type=click.Choice(list(PRINTINGS)),
        default="text",
        show_default=True,
        help="How faults are printed.",
    )(command)


@archive.command()
@sources_option
@jobs_option
@format_option
def check(sources: Path, jobs: int, printing: str) -> None:
    """Name every fault of the sources with its place and cure."""
    with executor(jobs) as pool:
        loaded = _loaded(sources, pool)
    _print_problems(loaded.problems, printing)
    if errors(loaded.problems) or loaded.archive is None:
        sys.exit(FAULTS)
    _say(f"no faults in {len(loaded.archive.documents)} documents and {len(loaded.archive.records())} records")


@archive.command()
@sources_option
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder to publish; replaced as a whole, or left as it is.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The settings of the shell.",
)
@jobs_option
@format_option
def build(sources: Path, site: Path, config: Path, jobs: int, printing: str) -> None:
    """Check the sources and publish the site."""
    from build_tools.plugin import build_shell
    from build_tools.publishing import PublishedWithFaults, finish, publish

    began = time.monotonic()
    with executor(jobs) as pool:
        loaded = _loaded(sources, pool)
        _print_problems(loaded.problems, printing)
        if errors(loaded.problems) or loaded.archive is None or loaded.links is None:
            _say(f"{site} was left as it is")
            sys.exit(FAULTS)
        planned = plan(loaded.archive, loaded.links, sources, pool, _say)

        def fill(folder: Path) -> None:
            complaints = build_shell(planned, config, folder)
            if complaints:
                raise PublishedWithFaults(complaints)
            finish(folder, planned, pool)

        _say("publishing")
        try:
            publish(site, fill)
        except PublishedWithFaults as faulty:
            _print_problems(faulty.problems, printing)
            _say(f"{site} was left as it is")
            sys.exit(FAULTS)
    archive_read = planned.archive
    click.echo(
        f"Built {len(planned.pages)} pages from {len(archive_read.documents)} documents and "
        f"{len(archive_read.records())} records in {time.monotonic() - began:.1f} s: open {site / 'index.html'} "
        "or run `make serve`"
    )


@archive.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The settings of the shell.",
)
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(config: Path, address: str) -> None:
    """Preview the site; it is built again when a source is saved."""
    from build_tools.plugin import serve_shell

    serve_shell(config, address)


@archive.command()
@click.argument("identifier", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--title", default="", help="The document's title; its first line if not given.")
@click.option("--date", default="", help="Its date in EDTF, such as 1962-11-03; undated if not given.")
@sources_option
def new(identifier: str, file: Path, title: str, date: str, sources: Path) -> None:
    """Make a draft edition ID of the plain transcription FILE."""
    from build_tools.intake.plain import draft
    from build_tools.publishing import write_files

    drafted, problems = draft(
        identifier, file, sources, today=datetime.now(UTC).date().isoformat(), title=title, date=date
    )
    _print_problems(problems, "text")
    if errors(problems):
        sys.exit(FAULTS)
    write_files(sources, drafted)
    click.echo(f"Made {sources / 'documents' / identifier}: now edit its edition.xml, then run `make check`")


@archive.command()
@click.option("--reason", default="", help="Why published words were changed, or an address ended.")
@click.option("--who", default="", help="Who decided it.")
@click.option("--ended", metavar="ADDRESS", default="", help="A vanished address, such as document:ID#p7.")
@click.option(
    "--fate",
    type=click.Choice(["redirected", "split", "merged", "withdrawn"]),
    default="withdrawn",
    help="How it ended.",
)
@click.option("--successor", default="", help="What answers for it now; several with blanks between.")
@sources_option
def ledger(reason: str, who: str, ended: str, fate: Fate, successor: str, sources: Path) -> None:
    """Append to the passage ledger what has been published, revised or ended since."""
    from build_tools.ledger import additions, as_text, ending, vanished, words_as_text, words_to_keep
    from build_tools.publishing import append_text

    read = _loaded(sources, None).archive
    if read is None:
        sys.exit(FAULTS)
    new_lines = additions(read, reason=reason, who=who)
    gone = vanished(read)
    if ended and ended not in gone:
        raise click.BadParameter(f"{ended!r} was not published, or still stands", param_hint="--ended")
    if (ended or any(line.fate == "revised" for line in new_lines)) and not (reason and who):
        changed = ", ".join([line.id for line in new_lines if line.fate == "revised"] + ([ended] if ended else []))
        raise click.UsageError(f"published words were changed or have gone ({changed}): give --reason and --who")
    if ended:
        new_lines = (*new_lines, ending(read, ended, fate, successor, reason=reason, who=who))
    for document, words in words_to_keep(read).items():
        file = sources / "ledger" / "words" / f"{document}.tsv"
        append_text(file, words_as_text(words, is_new=not file.exists()))
        click.echo(f"kept the words of {len(words)} passages in {file}")
    if new_lines:
        append_text(sources / "ledger" / "passages.tsv", as_text(new_lines, read.ledger))
    click.echo(f"appended {len(new_lines)} lines to {sources / 'ledger' / 'passages.tsv'}")
    for address in gone:
        if address != ended:
            _say(f"{address} has vanished; say what became of it with --ended {address} --fate … --reason … --who …")


@archive.command()
@sources_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="The zip to write, or a folder if the name does not end with .zip.  [default: release/TITLE-edition-N.zip]",
)
@click.option(
    "--with-site",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help="Put the site in, too, which was built from the same sources into this folder.",
)
@click.option("--force", is_flag=True, help="Replace a package of other content, even of the same edition.")
@jobs_option
@format_option
def release(sources: Path, out: Path | None, with_site: Path | None, force: bool, jobs: int, printing: str) -> None:
    """Check the sources and pack the edition for a library: a BagIt bag that is an RO-Crate."""
    from build_tools.exporting.package import package_name
    from build_tools.packing import AlreadyReleased, prepare, site_copies
    from build_tools.packing import release as write

    with executor(jobs) as pool:
        loaded = _loaded(sources, pool)
    _print_problems(loaded.problems, printing)
    if errors(loaded.problems) or loaded.archive is None or loaded.links is None:
        _say("nothing was packed")
        sys.exit(FAULTS)
    read = loaded.archive
    why = _not_to_be_released(read)
    if why:
        _say(f"{why}; nothing was packed")
        sys.exit(FAULTS)
    target = out or Path("release") / f"{package_name(read)}.zip"
    _say("packing")
    site = site_copies(read, with_site) if with_site else ()
    try:
        package = prepare(read, (*package_payload(read, loaded.links, sources), *site))
        written = write(package, target, force=force)
    except OSError as refused:
        place = f" ({refused.filename})" if refused.filename else ""
        _refuse(f"{refused.strerror or refused}{place}; {target} is as it was")
    except AlreadyReleased as there:
        for line in there.changed[:MOST_PRINTED]:
            click.echo(line)
        if len(there.changed) > MOST_PRINTED:
            _say(f"and {len(there.changed) - MOST_PRINTED} more files")
        of = f"edition {there.edition}" if there.edition else "an edition that it does not name"
        cure = (
            "raise `edition` in archive.yml, or give --force if it was never handed over"
            if there.edition == read.edition.edition
            else "name another with --out, or give --force"
        )
        _say(f"{target} holds {of} with other files (above: + new, - gone, ~ different) and was left as it is: {cure}")
        sys.exit(FAULTS)
    done = "Packed" if written else "Nothing changed in"
    click.echo(f"{done} {target}: edition {package.edition}, {len(package.files)} files, {package.size} bytes")


@archive.command()
@sources_option
def anchors(sources: Path) -> None:
    """Propose, as a patch, how anchors that no longer hold could be mended; nothing is changed."""
    from build_tools.anchoring import as_patch, proposals
    from build_tools.reading.archive import read_archive

    read, problems = read_archive(sources)
    if read is None:
        _print_problems(errors(problems), "text")
        sys.exit(FAULTS)
    found = proposals(read)
    root = sources.parent
    texts = {one.place.path: (root / one.place.path).read_text(encoding="utf-8") for one in found}
    click.echo(as_patch(found, texts), nl=False)
    for one in found:
        _say(f"{one.place}: {one.key}: {one.why}")
    if not found:
        _say("every anchor matches its passage exactly once")
        return
    _say(
        "Read the patch, mend it where it is wrong, and apply it: archive anchors > anchors.patch; git apply anchors.patch"
    )
    sys.exit(FAULTS)


@archive.command()
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1)
@click.option(
    "--format",
    "printing",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How suggestions are printed.",
)
@sources_option
def suggest(documents: tuple[str, ...], printing: str, sources: Path) -> None:
    """Propose links for names, days and telegrams that documents mention and nothing marks; nothing is changed."""
    from build_tools import suggesting
    from build_tools.reading.archive import read_archive

    read, problems = read_archive(sources)
    if read is None:
        _print_problems(errors(problems), "text")
        sys.exit(FAULTS)
    known = [one.id for one in read.documents]
    for name in documents:
        if name not in known:
            raise click.BadParameter(f"there is no document {name!r}; there are {', '.join(known) or 'none'}")
    found = suggesting.suggestions(read, documents)
    if printing == "json":
        click.echo(suggesting.as_json(found))
    else:
        for line in suggesting.as_lines(found):
            click.echo(line)
    if errors(problems):
        _say("the sources have faults, so that some of this may be wrong: run archive check")
    _say(
        f"{len(found)} suggestions; a name does not say who is meant: read each, and write it where it is right"
        if found
        else "no name of the registers, no day and no number of a telegram stands unmarked"
    )


@archive.command()
@click.option("--since", metavar="REVISION", default="", help="The git revision to compare with.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help="A folder of sources to compare with, instead of a revision.",
)
@sources_option
@click.option(
    "--format",
    "printing",
    type=click.Choice(["text", "markdown", "json", "github"]),
    default="text",
    show_default=True,
    help="For a terminal, for the conversation of a proposal, for programs, for the lines of a proposal.",
)
@jobs_option
def impact(since: str, against: Path | None, sources: Path, printing: str, jobs: int) -> None:
    """Tell what a change of the sources touches, before it is merged; nothing is changed.

    The sources are compared as they stand, committed or not: with those of the commit where this branch left the main one,
    or, on the main branch, of the last commit.
    """
    from build_tools.impact.markdown import as_markdown
    from build_tools.impact.printing import as_json as impact_as_json
    from build_tools.impact.printing import as_text, as_workflow_commands

    if since and against:
        raise click.UsageError("give --since or --against, not both")
    if not sources.is_dir():
        raise click.BadParameter(f"there is no folder {str(sources)!r}", param_hint="--sources")
    printings = {"text": as_text, "markdown": as_markdown, "json": impact_as_json, "github": as_workflow_commands}
    with TemporaryDirectory(prefix="archive-impact-") as folder, executor(jobs) as pool:
        try:
            earlier = Earlier(against, str(against)) if against else sources_of(sources, since, Path(folder))
        except NoSuchRevision as unknown:
            raise click.UsageError(str(unknown)) from unknown
        told = _told(sources, earlier, pool)
    click.echo(printings[printing](told), nl=False)


@archive.command()
@click.argument("code")
def explain(code: str) -> None:
    """Print cause and cure of the fault CODE."""
    from build_tools.explaining import explanation

    text, others = explanation(code)
    if not text:
        nearest = f" Did you mean {', '.join(others)}?" if others else ""
        raise click.BadParameter(f"no fault has the code {code!r}.{nearest}", param_hint="CODE")
    click.echo(text)


@contextmanager
def executor(jobs: int) -> Iterator[Executor | None]:
    """None for one job, else a pool of that many processes, whose forked workers share what is already in memory."""
    if jobs == 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        yield pool


def main() -> None:
    """Run the command; a machine that refuses gets one line and exit code 3."""
    gc.disable()  # nothing read or rendered holds a cycle, and walking it all again and again made growth worse than linear
    from build_tools.publishing import CannotPublish
    from build_tools.searching.pagefind import PagefindFailed

    try:
        archive.main(standalone_mode=True)
    except (CannotPublish, PagefindFailed) as refused:
        _refuse(str(refused))
    except OSError as refused:
        place = f" ({refused.filename})" if refused.filename else ""
        _refuse(f"{refused.strerror or refused}{place}; the published site is as it was")


def _refuse(message: str) -> NoReturn:
    click.echo(f"archive: {message}", err=True)
    sys.exit(MACHINE)


def _loaded(sources: Path, pool: Executor | None) -> Loaded:
    if not sources.is_dir():
        raise click.BadParameter(f"there is no folder {str(sources)!r}", param_hint="--sources")
    loaded = load(sources, pool, _say)
    past = ledger_history(sources)
    return replace(loaded, problems=sorted_problems((*loaded.problems, *past))) if past else loaded


def _not_to_be_released(read: Archive) -> str:
    """Why an archive without faults is not an edition that can be handed over, or nothing."""
    from build_tools.ledger import additions, vanished, words_to_keep

    if not any(document.header.status == "published" for document in read.documents):
        return "no document is published yet"
    if additions(read, reason="", who="") or words_to_keep(read) or vanished(read):
        return "the ledger does not yet record what is published: run `archive ledger` first"
    return ""


def _told(sources: Path, earlier: Earlier, pool: Executor | None) -> Told:
    """The impact of what lies between the two folders, each read, linked and checked once, with the faults of both."""
    from build_tools.impact import Side, impact_of
    from build_tools.impact.printing import Told, faults_apart

    _say(f"reading {earlier.words}")
    before = load(earlier.sources, pool)
    _say(f"reading {sources}")
    after = load(sources, pool)
    impact = None
    if before.archive and before.links and after.archive and after.links:
        impact = impact_of(Side(before.archive, before.links), Side(after.archive, after.links))
    options = "" if sources == Path("sources") else f" --sources {shlex.quote(str(sources))}"
    return Told(impact, earlier.words, faults_apart(before.problems, after.problems, impact), options)


def _print_problems(problems: tuple[Problem, ...], printing: str) -> None:
    for problem in problems[:MOST_PRINTED]:
        click.echo(PRINTINGS[printing](problem))
    if len(problems) > MOST_PRINTED:
        _say(f"and {len(problems) - MOST_PRINTED} more faults")


def _say(text: str) -> None:
    """Tells a person what is going on: over one line of a terminal, a line each elsewhere."""
    if sys.stderr.isatty() and "NO_COLOR" not in os.environ:
        click.echo(f"\r\x1b[K{text}", err=True, nl=not text.endswith("ing"))
    else:
        click.echo(text, err=True)
