"""The state of the edition as data: `/edition/edition.json`, the twin of the page, and the digests of every source.

`/edition/SHA256SUMS` has the form that `sha256sum -c` reads at the root of the repository. Called by `site`.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from build_tools.identifiers import Reference
from build_tools.linking import Links
from build_tools.model import Archive
from build_tools.output import OutputFile
from build_tools.state import State


def state_files(archive: Archive, links: Links, state: State) -> tuple[OutputFile, ...]:
    """Both files."""
    edition = archive.edition
    told = {
        "edition": edition.edition,
        "date": edition.date,
        "counts": [
            {"id": one.id, "subject": section.title, "words": one.words, "n": one.n, "of": one.of, "list": one.list_url}
            for section in state.sections
            for one in section.counts
        ],
        "questions": [asdict(one) for one in edition.questions],
        "wanted": [
            {
                "message": str(one.message),
                "holding": one.holding,
                "archival_source": one.archival_source,
                "printed": [asdict(source) for source in one.printed],
                "cited_by": list(map(str, one.cited_by)),
                "commitments": list(map(str, one.commitments)),
            }
            for one in state.wanted
        ],
        "quotations": [
            {
                "at": str(one.at),
                "words": one.words,
                "source": str(one.source) if one.source else None,
                "verdict": one.verdict,
                "place": str(one.place) if one.place else None,
                "missing": one.missing,
            }
            for one in (
                *(each for found in links.quotations.standing.values() for each in found),
                *links.quotations.ours,
            )
        ],
        "waivers": [{"id": one.id, **asdict(one.value)} for one in archive.waivers],
        "editions": [
            {
                "edition": one.edition,
                "date": one.date,
                "summary": one.summary,
                "addresses": dict(one.counts),
                "changes": [asdict(change) for change in one.changes],
            }
            for one in state.editions
        ],
        "sources": dict(archive.digests),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    return (OutputFile("edition/edition.json", f"{text}\n".encode()), sums_file(archive))


def sums_file(archive: Archive) -> OutputFile:
    """The digests of the sources, by which a built site can be told to be theirs."""
    sums = "".join(f"{digest}  {path}\n" for path, digest in archive.digests)
    return OutputFile("edition/SHA256SUMS", sums.encode())


def _plain(value: object) -> str:
    if isinstance(value, Reference):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
