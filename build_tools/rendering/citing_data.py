"""What a script needs to cite any selection of a document, or to check a quotation of it: two small files, fetched on demand.

Comes in: an archive and its links. Goes out: `documents/<id>/cite/forms.json` for each document: every form and file with a
sign in the place of the passages, a fragment in that of theirs and a version in that of edition and digest; the label and
digest of each passage; the provisos with the offsets of their words; and what the ledger says of passages that were revised
or are gone, with the words that they had. A script puts in what is selected and decides nothing about style. Beside it,
`words.json` has the words of all passages, as their digests are taken of them. Called by `site`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import CitableItem, Known, Locator, citable_item, known_of
from build_tools.citations.ris import ris
from build_tools.identifiers import url_of
from build_tools.ledger import NO_PAST, digest_of, pasts_of
from build_tools.linking import Links
from build_tools.model import Archive, Document
from build_tools.output import OutputFile
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.citing import Form, entries_of, notes_of
from build_tools.rendering.provisos import Proviso, Terms, provisos_of
from build_tools.rendering.versions import past_data

WHERE = "\ue000"
"""Stands for the passages: `para. 7`, `paras. 7–8`, `heading`; a character that is assigned to nothing."""
FRAGMENT = "passage-cited"
"""Stands for the id of the first passage, in addresses and keys; ids of passages have no hyphen."""
VERSION = "version-cited"
"""Stands for the edition and digest in addresses."""


def citing_files(archive: Archive, links: Links) -> Iterator[OutputFile]:
    """Two files for each document, in the order of the archive."""
    out = looking_out(archive, links)
    known = known_of(out.records)
    pasts = pasts_of(archive)
    for document in archive.documents:
        past = pasts.get(document.reference, NO_PAST)
        here = replace(
            out, archive=replace(archive, ledger=past.entries, kept=past.words), url=url_of(document.reference)
        )
        for name, data in (("forms", citing_data(document, known, here)), ("words", words_data(document))):
            text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            yield OutputFile(f"{here.url}cite/{name}.json", f"{text}\n".encode())


def citing_data(document: Document, known: Known, here: Here) -> dict[str, object]:
    """The content of the file; links are relative to the document's page."""
    item = citable_item(document, known, here.archive.edition)
    where = Locator((WHERE,), f"{item.url}?v={VERSION}#{FRAGMENT}")
    provisos = provisos_of(document, here)
    texts = {one.id: one.text for one in document.passages}
    return {
        "edition": item.edition,
        "address": item.url,
        "title": document.header.title,
        "date": document.header.date,
        "where": WHERE,
        "fragment": FRAGMENT,
        "version": VERSION,
        "forms": [
            *(_form(one, "note") for one in notes_of(item, where)),
            *(_form(one, "entry") for one in entries_of(item)),
        ],
        "files": _files(item, where),
        "passages": [{"id": one.id, "label": one.label, "digest": digest_of(one.text)} for one in document.passages],
        "past": past_data(document, here),
        "provisos": {one: [_proviso(each, one, texts) for each in many] for one, many in provisos.items()},
    }


def words_data(document: Document) -> dict[str, object]:
    """The content of `words.json`: what the document is called, and its passages in order."""
    return {
        "titles": [document.header.title, document.header.short_title],
        "language": document.body.get("xml:lang") or "en",
        "passages": [{"id": one.id, "label": one.label, "text": one.text} for one in document.passages],
    }


def _form(form: Form, sort: str) -> dict[str, object]:
    """A form as runs `[words, italic]`, with what its style calls a passage and several."""
    one, many = ("par.", "pars.") if form.style == "MLA" else ("para.", "paras.")
    runs = [[run.text, run.italic] for run in form.runs]
    return {"style": form.style, "what": form.what, "sort": sort, "one": one, "many": many, "runs": runs}


def _files(item: CitableItem, where: Locator) -> dict[str, str]:
    return {"bib": bibtex(item, where), "ris": ris(item, where), "json": csl_json(item, where)}


def _proviso(one: Proviso, passage: str, texts: Mapping[str, str]) -> dict[str, object]:
    made: dict[str, object] = {
        "kind": one.kind,
        "subject": one.subject.words,
        "href": one.subject.href,
        "words": one.words,
        "start": units(texts[passage], one.start),
        "end": units(texts[passage], one.end),
    }
    if one.kind == "terms":
        made["terms"] = [_terms(term, texts) for term in one.terms]
    else:
        made["source"] = [units(texts[passage], at) for at in one.source]
    return made


def _terms(term: Terms, texts: Mapping[str, str]) -> dict[str, object]:
    span = [units(texts.get(term.passage, ""), at) for at in term.span]
    place, passage = term.place, term.passage
    return {"words": term.words, "place": place.words, "href": place.href, "passage": passage, "span": span}


def units(text: str, offset: int) -> int:
    """An offset as scripts count it: a character beyond the first 65,536 is two."""
    return len(text[:offset].encode("utf-16-le")) // 2 if offset >= 0 else offset
