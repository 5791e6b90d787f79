"""The comparative entry of words that are easily taken for each other: a count of each, and every place it stands in.

Words belong together if each names all the others under `see_also`; nothing else decides it. What is counted is the text of
the documents: the forms of each record, and those marked in one place by an editor, wherever they stand. Comes in: `Here`. Goes
out: pages `/terms/compare/<term>/`, named for the term that refers to most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.identifiers import Reference, read_reference
from build_tools.linking.finding import context_of
from build_tools.model import AnyRecord, Document, Term
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link, Quotation, passage_words
from build_tools.rendering.templates import render

FEWEST = 3
"""Words; of two that refer to each other their own pages say enough."""
ON_ONE_PAGE = 250
"""Places; the rest of a word's follow on pages of their own."""
DOCUMENTS = 12
"""Documents named beside a word, those that have most of it."""
PASSAGES = 60
"""Passages in the table of what stands together."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word where it stands in a passage."""

    passage: Reference
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words compared: what it is, how often it stands in which document, and where."""

    id: str
    link: Link
    summary: str
    count: int
    forms: tuple[tuple[str, int], ...]
    documents: tuple[tuple[Link, int], ...]
    other_documents: int
    quotations: tuple[Quotation, ...]
    further: tuple[Link, ...]


def compared_with(reference: Reference, records: Mapping[Reference, AnyRecord]) -> tuple[Reference, ...]:
    """The words that are compared with this one, itself among them, in the order of ids; nothing if there are too few."""
    if reference.kind != "term":
        return ()
    group = _circle(reference, records)
    if len(group) < FEWEST or any(_circle(one, records) != group for one in group):
        return ()
    return group


def comparison_url(group: Sequence[Reference], records: Mapping[Reference, AnyRecord]) -> str:
    """The address of the entry: it bears the name of the word that refers to most, of equals the first."""
    name = min(group, key=lambda one: (-len(records[one].see_also), one.id)).id
    return f"terms/compare/{name}/"


def comparison_pages(out: Here) -> Iterator[Page]:
    """An entry for every group of words that belong together."""
    groups = {compared_with(record.reference, out.records) for record in out.archive.terms} - {()}
    for group in sorted(groups):
        yield from _pages(group, out)


def _circle(reference: Reference, records: Mapping[Reference, AnyRecord]) -> tuple[Reference, ...]:
    """The word with those of its neighbours, taken in the order of ids, that all refer to each other."""
    found = [reference]
    for one in sorted(_neighbours(reference, records)):
        if all(other in _neighbours(one, records) and one in _neighbours(other, records) for other in found):
            found.append(one)
    return tuple(sorted(found))


def _neighbours(reference: Reference, records: Mapping[Reference, AnyRecord]) -> frozenset[Reference]:
    value = records.get(reference)
    if not isinstance(value, Term):
        return frozenset()
    read = (read_reference(text) for text in value.see_also)
    return frozenset(one for one in read if one and one.kind == "term" and one != reference)


# --- where they stand -----------------------------------------------------------------------------------------------


def forms_of(reference: Reference, here: Here) -> tuple[str, ...]:
    """The name, the forms that the record gives, and those that an editor marked in a document; the longest first."""
    value = here.records[reference]
    marked = (
        mention.words
        for mention in here.links.mentions_of(reference)
        if mention.source.kind == "document" and not mention.role and "n-" not in mention.source.fragment
    )
    forms = {" ".join(form.casefold().split()) for form in (value.name, *value.variants, *marked)} - {""}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def places_of(forms: Sequence[str], documents: Sequence[Document]) -> Iterator[Place]:
    """Every place where one of the forms stands as a word of its own in a passage."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, forms))})(?!\w)", re.IGNORECASE)
    for document in documents:
        for passage in document.passages:
            for found in pattern.finditer(passage.text):
                before, after = context_of(passage.text, found.start(), found.end())
                yield Place(Reference("document", document.id, passage.id), before, found[0], after)


def _form(form: str) -> str:
    return r"\s+".join(map(re.escape, form.split()))


def _pages(group: tuple[Reference, ...], out: Here) -> Iterator[Page]:
    url = comparison_url(group, out.records)
    here = out.at(url)
    places = {one: tuple(places_of(forms_of(one, out), out.archive.documents)) for one in group}
    words = tuple(_word(one, places[one], here) for one in group)
    title = _listed([word.link.words.lower() for word in words]).capitalize()
    rows = _together(group, places, here)
    html = render(
        "comparison.html",
        here=here,
        title=title,
        words=words,
        total=sum(word.count for word in words),
        documents=len(out.archive.documents),
        rows=rows[:PASSAGES],
        left_out=len(rows) - len(rows[:PASSAGES]),
    )
    yield _page(url, title, html, f"The words {_listed([word.link.words for word in words])} compared.")
    for one, word in zip(group, words, strict=True):
        for number, start in enumerate(range(ON_ONE_PAGE, word.count, ON_ONE_PAGE), 2):
            there = out.at(_further_url(url, one, number))
            chunk = tuple(_quotation(place, there) for place in places[one][start : start + ON_ONE_PAGE])
            html = render(
                "comparison_further.html",
                here=there,
                title=word.link.words,
                number=number,
                back=Link(title, there.to(url)),
                places=chunk,
            )
            yield _page(
                there.url, f"{word.link.words}: places, page {number}", html, f"Where {word.link.words} stands."
            )


def _page(url: str, title: str, html: str, description: str) -> Page:
    return Page(url=url, title=title, html=html, section="registers", body_class="list", description=description)


def _further_url(url: str, word: Reference, number: int) -> str:
    return f"{url}{word.id}/{number}/"


def _word(reference: Reference, places: Sequence[Place], here: Here) -> Word:
    value = here.records[reference]
    forms = Counter(" ".join(place.words.casefold().split()) for place in places)
    documents = Counter(place.passage.whole for place in places)
    ranked = sorted(documents.items(), key=lambda one: (-one[1], one[0]))
    return Word(
        reference.id,
        here.link(reference),
        value.summary,
        len(places),
        tuple(sorted(forms.items(), key=lambda one: (-one[1], one[0]))),
        tuple((here.link(document), count) for document, count in ranked[:DOCUMENTS]),
        len(ranked[DOCUMENTS:]),
        tuple(_quotation(place, here) for place in places[:ON_ONE_PAGE]),
        tuple(
            Link(
                f"{start + 1}–{min(start + ON_ONE_PAGE, len(places))}",
                here.to(_further_url(here.url, reference, number)),
            )
            for number, start in enumerate(range(ON_ONE_PAGE, len(places), ON_ONE_PAGE), 2)
        ),
    )


def _quotation(place: Place, here: Here) -> Quotation:
    words = f"{here.link(place.passage.whole).words}, {passage_words(place.passage.fragment)}"
    return Quotation(place.before, place.words, place.after, here.link(place.passage, words))


def _together(
    group: Sequence[Reference], places: Mapping[Reference, Sequence[Place]], here: Here
) -> list[tuple[Link, tuple[int, ...]]]:
    """The passages with how often each word stands in them, in the order of the documents and their text."""
    counts = {one: Counter(place.passage for place in places[one]) for one in group}
    order = {
        Reference("document", document.id, passage.id): None
        for document in here.archive.documents
        for passage in document.passages
        if any(Reference("document", document.id, passage.id) in counts[one] for one in group)
    }
    return [
        (
            here.link(passage, f"{here.link(passage.whole).words}, {passage_words(passage.fragment)}"),
            tuple(counts[one][passage] for one in group),
        )
        for passage in order
    ]


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
