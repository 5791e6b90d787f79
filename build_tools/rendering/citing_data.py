"""What a script needs to cite any selection of a document: one small file, fetched when a reader first asks.

Comes in: an archive and its links. Goes out: `documents/<id>/cite/forms.json` for each document: every form and file with a
sign in the place of the passages, a fragment in that of theirs and a version in that of edition and digest; the label and
digest of each passage; the provisos with the offsets of their words; and what the ledger says of passages that were revised
or are gone. A script puts in what is selected and decides nothing about style. Called by `site`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from build_tools.citations.bibtex import bibtex
from build_tools.citations.csl_json import csl_json
from build_tools.citations.item import CitableItem, Known, Locator, citable_item, known_of
from build_tools.citations.ris import ris
from build_tools.identifiers import read_reference, url_of
from build_tools.ledger import digest_of
from build_tools.linking import Links
from build_tools.model import Archive, Document, LedgerEntry
from build_tools.output import OutputFile
from build_tools.rendering.addressing import Here, looking_out, passage_words
from build_tools.rendering.citing import Form, entries_of, notes_of
from build_tools.rendering.provisos import Proviso, Terms, provisos_of

WHERE = "\ue000"
"""Stands for the passages: `para. 7`, `paras. 7–8`, `heading`; a character that is assigned to nothing."""
FRAGMENT = "passage-cited"
"""Stands for the id of the first passage, in addresses and keys; ids of passages have no hyphen."""
VERSION = "version-cited"
"""Stands for the edition and digest in addresses."""


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
        "past": _past(document, here),
        "provisos": {one: [_proviso(each, one, texts) for each in many] for one, many in provisos.items()},
    }


def _past(document: Document, here: Here) -> dict[str, list[dict[str, object]]]:
    """Id of a passage -> all that the ledger says of it, for those of which it says more than that they were published."""
    told: defaultdict[str, list[LedgerEntry]] = defaultdict(list)
    for entry in here.archive.ledger:
        reference = read_reference(entry.id)
        if reference and reference.whole == document.reference and entry.digest != "-":
            told[reference.fragment].append(entry)
    return {
        passage: [
            {
                "edition": one.edition,
                "digest": one.digest,
                "fate": one.fate,
                "reason": one.reason,
                "now": [_successor(name, here) for name in one.successor.split()],
            }
            for one in entries
        ]
        for passage, entries in told.items()
        if len(entries) > 1 or entries[-1].fate != "current"
    }


def _successor(name: str, here: Here) -> dict[str, str]:
    """What answers for an address now."""
    reference = read_reference(name)
    if reference is None:
        return {"words": name, "href": ""}
    words = passage_words(reference.fragment)
    link = here.link(reference, words if here.url == url_of(reference.whole) else "")
    return {"words": link.words, "href": link.href}


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
