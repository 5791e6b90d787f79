"""Every page of the site, in one list. Called by `site`.

The families below are the table of contents of the site. Documents and commitments, the largest pages, may be rendered by
an executor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from build_tools.citations.item import known_of
from build_tools.identifiers import Reference
from build_tools.ledger import Past, pasts_of
from build_tools.linking import Links
from build_tools.model import Archive, Commitment, Document, Record
from build_tools.output import OutputFile, Page
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.as_of import as_of_pages
from build_tools.rendering.chronology import chronology_pages
from build_tools.rendering.citing import citing_page
from build_tools.rendering.commitment_lists import ledger_pages
from build_tools.rendering.commitments import commitment_pages
from build_tools.rendering.comparing import comparison_pages
from build_tools.rendering.concordance import concordance_pages
from build_tools.rendering.data_page import data_page, services_page
from build_tools.rendering.days import day_pages, period_pages
from build_tools.rendering.dependencies import graph_page
from build_tools.rendering.documents import document_pages, documents_pages
from build_tools.rendering.edition import edition_page, quotations_page
from build_tools.rendering.gone import gone_of, gone_pages
from build_tools.rendering.messages import message_pages, number_pages, sending_of
from build_tools.rendering.messages import register_pages as messages_pages
from build_tools.rendering.notebook import notebook_page
from build_tools.rendering.records import record_pages
from build_tools.rendering.registers import (
    REGISTERS,
    home_page,
    index_pages,
    register_pages,
    registers_page,
    search_page,
)
from build_tools.rendering.spans import spans_of
from build_tools.rendering.traffic import traffic_pages
from build_tools.rendering.verifying import verify_page
from build_tools.rendering.versions import versions_pages
from build_tools.standing import standing_of
from build_tools.state import State

CHUNK = 500
"""Documents, or commitments, in a piece of work; large, since each carries the names of all records to its process."""


def render_pages(
    archive: Archive, links: Links, state: State, executor: Executor | None = None, files: Sequence[OutputFile] = ()
) -> Iterator[Page]:
    """All pages: home and lists, then documents, records and days, each kind in the order of its ids.

    `files` are what `/data/` lists.
    """
    out = looking_out(archive, links)
    yield home_page(out)
    yield search_page(out)
    yield verify_page(out)
    yield notebook_page(out)
    yield from documents_pages(out)
    standing = standing_of(archive)
    yield from ledger_pages(standing, out)
    yield from as_of_pages(standing, out)
    yield graph_page(out)
    sending = sending_of(archive)
    yield from messages_pages(out, sending)
    yield from traffic_pages(out, sending)
    yield from chronology_pages(out)
    yield registers_page(out)
    if files:
        yield data_page(out, files)
        yield services_page(out)
    yield edition_page(out, state)
    yield quotations_page(out)
    yield from index_pages(out)
    for kind in REGISTERS:
        yield from register_pages(kind, out)
    chunks = [archive.documents[start : start + CHUNK] for start in range(0, len(archive.documents), CHUNK)]
    pasts = pasts_of(archive)
    views = [_narrowed(out, chunk, pasts) for chunk in chunks]  # a cluster asks how many there are
    for pages in map(_documents, views, chunks) if executor is None else executor.map(_documents, views, chunks):
        yield from pages
    promised = [archive.commitments[start : start + CHUNK] for start in range(0, len(archive.commitments), CHUNK)]
    seen = [_narrowed_to(out, chunk) for chunk in promised]
    for pages in map(_commitments, seen, promised) if executor is None else executor.map(_commitments, seen, promised):
        yield from pages
    for message in archive.messages:
        yield from message_pages(message, out, sending)
    yield from number_pages(out)
    yield from comparison_pages(out)
    for record in archive.records():
        if record.reference.kind in REGISTERS:
            yield from record_pages(record, out)
    spans = spans_of(archive)
    yield from period_pages(out, spans)
    yield from day_pages(out, spans)
    yield from concordance_pages(out)
    yield from gone_pages(gone_of(out), out)


def _narrowed(out: Here, documents: Sequence[Document], pasts: Mapping[Reference, Past]) -> Here:
    """What the pages of these documents look out on: a whole archive would be sent to each process, and outgrow it."""
    references = [document.reference for document in documents]
    ids = [document.id for document in documents]
    quotations = out.links.quotations
    links = replace(
        out.links,
        mentions={one: out.links.mentions[one] for one in references if one in out.links.mentions},
        outgoing={one: out.links.outgoing[one] for one in references if one in out.links.outgoing},
        anchored={one: out.links.anchored[one] for one in ids if one in out.links.anchored},
        days={},
        quotations=replace(
            quotations,
            standing={one: quotations.standing[one] for one in ids if one in quotations.standing},
            ours=(),
            quoting={one: quotations.quoting[one] for one in ids if one in quotations.quoting},
        ),
    )
    past = [pasts[one] for one in references if one in pasts]
    happened = tuple(entry for one in past for entry in one.entries)
    words = tuple(kept for one in past for kept in one.words)
    return replace(out, archive=Archive(out.archive.edition, ledger=happened, kept=words), links=links)


def _narrowed_to(out: Here, commitments: Sequence[Record[Commitment]]) -> Here:
    """The same for commitments: with the documents of their passages, and what refers to them."""
    references = [record.reference for record in commitments]
    names = {passage.document for record in commitments for passage in record.value.passages}
    hanging = {one.id: out.links.hanging[one.id] for one in references if one.id in out.links.hanging}
    links = replace(
        out.links,
        mentions={one: out.links.mentions[one] for one in references if one in out.links.mentions},
        outgoing={one: out.links.outgoing[one] for one in references if one in out.links.outgoing},
        anchored={one: out.links.anchored[one] for one in sorted(names) if one in out.links.anchored},
        days={},
        by={},
        toward={},
        carried={},
        hanging=hanging,
        quotations=replace(out.links.quotations, standing={}, ours=(), quoting={}),
    )
    documents = tuple(one for one in out.archive.documents if one.id in names)
    return replace(out, archive=Archive(out.archive.edition, documents=documents), links=links)


def _commitments(out: Here, commitments: Sequence[Record[Commitment]]) -> list[Page]:
    return [page for record in commitments for page in commitment_pages(record, out)]


def _documents(out: Here, documents: Sequence[Document]) -> list[Page]:
    known = known_of(out.records)
    return [
        page
        for document in documents
        for page in (
            *document_pages(document, out, known),
            citing_page(document, known, out),
            *versions_pages(document, known, out),
        )
    ]
