"""Compares every quotation of the archive with its source: archive -> what each quotation is worth.

`marked` finds the quotations that the encoding of a document marks, `prose` those of our own notes and records,
`comparing` judges both by the one published rule (ADR 0016). Called by `linking`, so that checks and pages see the same.
"""

from __future__ import annotations

from collections import defaultdict

from build_tools.model import Archive
from build_tools.quotations.comparing import Sources
from build_tools.quotations.marked import quotations_in
from build_tools.quotations.prose import quotations_in_note, quotations_in_record
from build_tools.quotations.values import AGREEING, Compared, Interpolation, Quotation, Quotations, Step, Verdict

__all__ = ["AGREEING", "Compared", "Interpolation", "Quotation", "Quotations", "Step", "Verdict", "quotations_of"]


def quotations_of(archive: Archive) -> Quotations:
    """Every quotation of every document, note and record, with its verdict."""
    sources = Sources(archive)
    standing: dict[str, tuple[Quotation, ...]] = {}
    ours: list[Quotation] = []
    for document in archive.documents:
        found = tuple(quotations_in(document, sources))
        if found:
            standing[document.id] = found
        for note in document.notes:
            ours.extend(quotations_in_note(note, sources))
    for record in archive.records():
        ours.extend(quotations_in_record(record, sources))
    quoting: defaultdict[str, list[Quotation]] = defaultdict(list)
    for one in (*(each for every in standing.values() for each in every), *ours):
        if one.place is not None and one.verdict in AGREEING:
            quoting[one.place.id].append(one)
    return Quotations(standing, tuple(ours), {name: tuple(quoting[name]) for name in sorted(quoting)})
