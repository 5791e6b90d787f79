"""What a script needs to cite any selection of a document: one small file, fetched when a reader first asks.

Comes in: an archive and its links. Goes out: `documents/<id>/cite/forms.json` for each document: every form and file with a
sign in the place of the passages and a fragment in that of theirs, the label and digest of each passage, and the provisos
with the offsets of their words. A script puts in what is selected and decides nothing about style. Called by `site`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import CitableItem, Known, Locator, citable_item, known_of
from build_tools.citations.ris import ris
from build_tools.identifiers import url_of
from build_tools.ledger import digest_of
from build_tools.linking import Links
from build_tools.model import Archive, Document
from build_tools.output import OutputFile
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing import Form, entries_of, notes_of
from build_tools.rendering.provisos import Proviso, provisos_of

WHERE = "\ue000"
"""Stands for the passages: `para. 7`, `paras. 7–8`, `heading`; a character that is assigned to nothing."""
FRAGMENT = "passage-cited"
"""Stands for the id of the first passage, in addresses and keys; ids of passages have no hyphen."""


def citing_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """A file for each document, in the order of the archive."""
    out = looking_out(archive, links)
    known = known_of(out.records)
    for document in archive.documents:
        here = out.at(url_of(document.reference))
        text = json.dumps(citing_data(document, known, here), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield OutputFile(f"{here.url}cite/forms.json", f"{text}\n".encode())


def citing_data(document: Document, known: Known, here: Here) -> dict[str, object]:
    """The content of the file; links are relative to the document's page."""
    item = citable_item(document, known, here.archive.edition)
    where = Locator((WHERE,), f"{item.url}#{FRAGMENT}")
    provisos = provisos_of(document, here)
    return {
        "edition": item.edition,
        "address": item.url,
        "where": WHERE,
        "fragment": FRAGMENT,
        "forms": [
            *(_form(one, "note") for one in notes_of(item, where)),
            *(_form(one, "entry") for one in entries_of(item)),
        ],
        "files": _files(item, where),
        "passages": [{"id": one.id, "label": one.label, "digest": digest_of(one.text)} for one in document.passages],
        "provisos": {passage: [_proviso(one) for one in many] for passage, many in provisos.items()},
    }


def _form(form: Form, sort: str) -> dict[str, object]:
    """A form as runs `[words, italic]`, with what its style calls a passage and several."""
    one, many = ("par.", "pars.") if form.style == "MLA" else ("para.", "paras.")
    runs = [[run.text, run.italic] for run in form.runs]
    return {"style": form.style, "what": form.what, "sort": sort, "one": one, "many": many, "runs": runs}


def _files(item: CitableItem, where: Locator) -> dict[str, str]:
    return {"bib": bibtex(item, where), "ris": ris(item, where), "json": csl_json(item, where)}


def _proviso(one: Proviso) -> dict[str, object]:
    terms = [
        {"words": term.words, "place": term.place.words, "href": term.place.href, "passage": term.passage}
        for term in one.terms
    ]
    made: dict[str, object] = {
        "kind": one.kind,
        "subject": one.subject.words,
        "href": one.subject.href,
        "words": one.words,
    }
    return {**made, "start": one.start, "end": one.end, "terms": terms} if terms else made
