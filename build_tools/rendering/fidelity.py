"""The certificate of a document: that its encoding gives back the transcription, and where the reading text deviates.

Comes in: a Document and `Here`. Goes out: `/documents/<id>/fidelity/`, with both digests, the rules, the ledger of
deviations, and how to check all of it oneself with the two files that are offered. Called by `documents`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from build_tools.fidelity import Deviation, DeviationKind, certificate, deviations
from build_tools.identifiers import deviation_anchor, deviation_mark, read_reference, url_of
from build_tools.model import Document
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.passages import node_html
from build_tools.rendering.templates import render
from build_tools.rendering.views import views_of

REASONS: dict[DeviationKind, str] = {
    "corrected": "taken for a slip",
    "regularised": "written in the form of this edition",
    "left out": "taken for a slip",
    "supplied": "not in the transcription",
    "mark of insertion": "says where words belong, and is no word itself",
    "set apart": "a stamp, a footer or a mark on the page, not part of the text",
    "added": "encoded as an addition; the words are unchanged",
    "moved": "out of the order of the lines; the words are unchanged",
    "taken up again": "the line goes on here; the words are unchanged",
    "doubtful": "marked as doubtful; the words are unchanged",
}
"""What is said of a deviation of each kind, before the reason that the encoding gives."""
DECLARED = frozenset({"correction", "normalization"})


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A deviation as a reader sees it."""

    anchor: str
    number: int
    kind: DeviationKind
    spot: Link
    line: Link
    transcribed: str
    read: str
    reason: str
    certainty: str
    who: tuple[Link, ...]


def fidelity_page(document: Document, out: Here) -> Page:
    """`/documents/<id>/fidelity/`."""
    here = out.at(f"{url_of(document.reference)}fidelity/")
    rows = ledger_rows(document, here)
    html = render(
        "fidelity.html",
        here=here,
        document=document,
        views=views_of(document, here),
        back=here.link(document.reference),
        certificate=certificate(document),
        last_line_ends=document.transcription.endswith("\n"),
        rows=rows,
        declarations=tuple(
            (one.name.capitalize(), Markup("").join(node_html(child, here) for child in one.children))
            for one in document.header.editorial_declarations
            if one.name in DECLARED
        ),
    )
    return Page(
        url=here.url,
        title=f"Fidelity: {document.header.short_title}",
        html=html,
        section="documents",
        body_class="list",
        description=f"How to see that the text of {document.header.title} is that of its transcription.",
        anchors=tuple(row.anchor for row in rows),
    )


def ledger_rows(document: Document, here: Here) -> tuple[LedgerRow, ...]:
    """The ledger of editorial deviations as readers see it, from this page."""
    return tuple(_row(one, document, here) for one in deviations(document))


def _row(one: Deviation, document: Document, here: Here) -> LedgerRow:
    base = url_of(document.reference)
    labels = {passage.id: passage.label for passage in document.passages}
    spot = Link("between passages", "")
    if one.passage:
        label = labels[one.passage]
        target = deviation_mark(one.number) if one.has_spot else one.passage
        spot = Link(f"passage {label}" if label[:1].isdigit() else label, here.to(f"{base}#{target}"))
    line = Link(f"line {one.line}", here.to(f"{base}transcription/#l-{one.line}") if one.line else "")
    reason = "; ".join(filter(None, (REASONS[one.kind], one.reason)))
    certainty = one.certainty or "none stated"
    who = _who(one.who, document, here)
    return LedgerRow(
        deviation_anchor(one.number),
        one.number,
        one.kind,
        spot,
        line,
        one.transcribed,
        one.read,
        reason,
        certainty,
        who,
    )


def _who(written: str, document: Document, here: Here) -> tuple[Link, ...]:
    """Those whom the encoding names; the editors of the archive where it names nobody."""
    names = {f"#{one.id}": one.name for one in document.header.responsible if one.id}
    named = tuple(
        here.read(pointer) if read_reference(pointer) else Link(names.get(pointer, pointer), "")
        for pointer in written.split()
    )
    return named or tuple(Link(name, "") for name in here.archive.edition.editors)
