"""Every page of the site, in one list. Called by `site`.

The families below are the table of contents of the site. Documents, the largest pages, may be rendered by an executor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from build_tools.linking import Links
from build_tools.model import Archive, Document
from build_tools.output import Page
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.as_of import as_of_pages
from build_tools.rendering.commitment_lists import ledger_pages
from build_tools.rendering.commitments import commitment_pages
from build_tools.rendering.days import chronology_page, day_pages
from build_tools.rendering.dependencies import graph_page
from build_tools.rendering.documents import document_pages, documents_page
from build_tools.rendering.messages import message_pages, number_pages
from build_tools.rendering.messages import register_page as messages_page
from build_tools.rendering.records import record_pages
from build_tools.rendering.registers import REGISTERS, home_page, register_page, registers_page, search_page
from build_tools.standing import standing_of

CHUNK = 500
"""Documents in a piece of work; large, since each piece carries the names of all records to the process that does it."""


def render_pages(archive: Archive, links: Links, executor: Executor | None = None) -> Iterator[Page]:
    """All pages: home and lists, then documents, records and days, each kind in the order of its ids."""
    out = looking_out(archive, links)
    yield home_page(out)
    yield search_page(out)
    yield documents_page(out)
    standing = standing_of(archive)
    yield from ledger_pages(standing, out)
    yield from as_of_pages(standing, out)
    yield graph_page(out)
    yield messages_page(out)
    yield chronology_page(out)
    yield registers_page(out)
    yield from (register_page(kind, out) for kind in REGISTERS)
    chunks = [archive.documents[start : start + CHUNK] for start in range(0, len(archive.documents), CHUNK)]
    views = [_narrowed(out, chunk) for chunk in chunks]  # a cluster asks how many there are
    for pages in map(_documents, views, chunks) if executor is None else executor.map(_documents, views, chunks):
        yield from pages
    for commitment in archive.commitments:
        yield from commitment_pages(commitment, out)
    for message in archive.messages:
        yield from message_pages(message, out)
    yield from number_pages(out)
    for record in archive.records():
        if record.reference.kind in REGISTERS:
            yield from record_pages(record, out)
    yield from day_pages(out)


def _narrowed(out: Here, documents: Sequence[Document]) -> Here:
    """What the pages of these documents look out on: a whole archive would be sent to each process, and outgrow it."""
    references = [document.reference for document in documents]
    ids = [document.id for document in documents]
    links = replace(
        out.links,
        mentions={one: out.links.mentions[one] for one in references if one in out.links.mentions},
        outgoing={one: out.links.outgoing[one] for one in references if one in out.links.outgoing},
        anchored={one: out.links.anchored[one] for one in ids if one in out.links.anchored},
        days={},
    )
    quotations = replace(
        out.quotations,
        standing={one: out.quotations.standing[one] for one in ids if one in out.quotations.standing},
        quoting={one: out.quotations.quoting[one] for one in ids if one in out.quotations.quoting},
    )
    return replace(out, archive=Archive(out.archive.edition), links=links, quotations=quotations)


def _documents(out: Here, documents: Sequence[Document]) -> list[Page]:
    return [page for document in documents for page in document_pages(document, out)]
