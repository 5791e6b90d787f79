"""The concordance: every word of the documents with the lines in which it stands, on pages that need no script (ADR 0022).

Comes in: the archive as its pages see it. Goes out: `/concordance/` with the rules and the counts, a page for each
initial that goes on in pages of its own, and the words by frequency. The address of a word (`/concordance/v/#verification`)
stays whatever is added: the first page of an initial has every word of it. Words that only hold sentences together are
counted without lines; of very frequent words the first lines stand here, and search has the rest. Called by `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from build_tools.identifiers import Reference, url_of
from build_tools.model import Document
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.records import date_words
from build_tools.rendering.registers import documents_by_date
from build_tools.rendering.templates import render
from build_tools.words import entered, filed, initial, words

CONCORDANCE = "concordance/"
FREQUENT = f"{CONCORDANCE}frequency/"
INITIALS = (*"abcdefghijklmnopqrstuvwxyz", "0-9", "other")
LINES = 100
"""Lines of one word; of a more frequent one its entry has the first of them, and says so."""
ON_ONE_PAGE = 220
"""Lines on a page, where an entry counts for one more; entries are never parted, so no page has more than this."""
INDEXED = 4
"""Words in the list of an initial that take as much room as a line."""
CONTEXT = 38
"""Characters on either side of the word, cut between words where there is a gap."""
MOST_FREQUENT = 250
"""Words in the list by frequency, at most; it ends with a whole rank, unless the first is longer."""
RESERVED = frozenset({"main"})
"""Ids of the shell of every page; no word has a low line, so one behind it keeps them apart."""
_FUNCTION_WORDS = (
    "a an the this that these those "
    "i me my we our ours you your yours he him his she her hers it its they them their theirs who whom whose which what "
    "and or but nor as than so because of to in on at by for from with into upon about "
    "between through under over after before during "
    "is are was were be been being am has have had having do does did "
    "there here then when where how such some other same also very more most"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that are counted, but have no lines. Those of conditions and duties (`if`, `until`, `shall`, `not`) are not among
them, nor those that are something else in capitals or in another sense (`us`, `may`, `mine`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: which document and passage in their order, and its begin and end in the passage."""

    document: int
    passage: int
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """A word while it is collected: how often it stands, in how many documents, and its first places."""

    form: str
    count: int = 0
    documents: int = 0
    last: int = -1
    """The document counted last."""
    places: list[Place] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A word in its context, and the passage where it stands."""

    before: str
    word: str
    after: str
    place: Link


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of a word above its lines."""

    form: str
    anchor: str
    href: str
    """To itself, to be cited by."""
    count: int
    documents: int
    shown: int
    search: str
    terms: tuple[Link, ...]
    function: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A word in a list of words, where its lines are, and how often it stands; `anchor` if this is its address."""

    form: str
    href: str
    count: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The words of an archive, counted: all, those without lines, by initial in the order of the alphabet."""

    documents: tuple[Document, ...]
    passages: tuple[tuple[tuple[str, str], ...], ...]
    """Of each document the address and the name of every passage."""
    words: int
    entries: tuple[Entry, ...]
    letters: Mapping[str, Sequence[Entry]]


def counted(out: Here) -> Counts:
    """Every word of every passage of the archive, documents in the order of their dates."""
    documents = tuple(documents_by_date(out))
    found: dict[str, Entry] = {}
    forms: dict[str, Entry] = {}
    """Each word as written, too, so that it is folded once."""
    for number, document in enumerate(documents):
        for index, passage in enumerate(document.passages):
            text = passage.text
            for start, end in words(text):
                written = text[start:end]
                entry = forms.get(written)
                if entry is None:
                    form = entered(written)
                    entry = found.get(form)
                    if entry is None:
                        entry = found[form] = Entry(form, places=None if form in FUNCTION_WORDS else [])
                    forms[written] = entry
                entry.count += 1
                if entry.last != number:
                    entry.last = number
                    entry.documents += 1
                if entry.places is not None and len(entry.places) < LINES:
                    entry.places.append(Place(number, index, start, end))
    entries = tuple(sorted(found.values(), key=lambda one: filed(one.form)))
    letters: dict[str, list[Entry]] = {one: [] for one in INITIALS}
    for entry in entries:
        letters[initial(entry.form)].append(entry)
    return Counts(documents, tuple(map(_named, documents)), sum(one.count for one in entries), entries, letters)


def concordance_pages(out: Here) -> Iterator[Page]:
    """The introduction, the words by frequency, and every initial that has words."""
    counts = counted(out)
    yield _front_page(counts, out)
    yield _frequency_page(counts, out)
    terms = _terms(out)
    for letter in INITIALS:
        if counts.letters[letter]:
            yield from _letter_pages(letter, counts, terms, out)


def anchor_of(form: str) -> str:
    """The id of a word on the page of its initial; all signs that a word can have may stand in an address as they are."""
    return f"{form}_" if form in RESERVED else form


def url_of_word(form: str) -> str:
    """The address of a word, which stays whatever else the concordance comes to hold."""
    return f"{CONCORDANCE}{initial(form)}/#{anchor_of(form)}"


def _name(letter: str) -> str:
    return {"0-9": "0–9", "other": "Other alphabets"}.get(letter, letter.upper())


# --- the introduction and the list by frequency ---------------------------------------------------------------------------


def _front_page(counts: Counts, out: Here) -> Page:
    here = out.at(CONCORDANCE)
    shown = [one for one in counts.entries if one.places is not None]
    html = render(
        "concordance.html",
        here=here,
        letters=_letters("", counts, here),
        words=counts.words,
        distinct=len(counts.entries),
        documents=len(counts.documents),
        passages=sum(len(one.passages) for one in counts.documents),
        lines=sum(len(one.places or ()) for one in shown),
        cut=sum(one.count > LINES for one in shown),
        most=LINES,
        in_function=sum(one.count for one in counts.entries if one.places is None),
        stop=sorted(FUNCTION_WORDS),
        frequent=here.to(FREQUENT),
    )
    return Page(
        url=here.url,
        title="Concordance",
        html=html,
        section="search",
        body_class="list",
        description="Every word of the documents, with the lines in which it stands; to print, and without scripts.",
    )


def _frequency_page(counts: Counts, out: Here) -> Page:
    here = out.at(FREQUENT)
    order = sorted(counts.entries, key=lambda one: (-one.count, filed(one.form)))
    content = [one for one in order if one.places is not None]
    ranks: list[tuple[int, tuple[Listed, ...]]] = []
    shown = 0
    for count, group in groupby(content, key=lambda one: one.count):
        same = tuple(Listed(one.form, here.to(url_of_word(one.form)), one.count) for one in group)
        if shown and shown + len(same) > MOST_FREQUENT:
            break  # no rank is shown in part: which of its words came first would be by chance of the alphabet
        shown += len(same)
        ranks.append((count, same))
    html = render(
        "concordance-frequency.html",
        here=here,
        letters=_letters("", counts, here),
        ranks=tuple(ranks),
        left_out=tuple(one.count for one in content[shown : shown + 1]),
        rest=len(content) - shown,
        content=len(content),
        function=tuple(
            Listed(one.form, here.to(url_of_word(one.form)), one.count) for one in order if one.places is None
        ),
    )
    return Page(
        url=here.url,
        title="Concordance: words by frequency",
        html=html,
        section="search",
        body_class="list",
        description="The words that the documents use most, with how often each stands in them.",
    )


def _letters(current: str, counts: Counts, here: Here) -> tuple[tuple[Link, bool], ...]:
    """Every initial; without an address where no word has it, and whether it is the one that is open."""
    return tuple(
        (Link(_name(one), here.to(f"{CONCORDANCE}{one}/") if counts.letters[one] else ""), one == current)
        for one in INITIALS
        if one != "other" or counts.letters[one]
    )


# --- the words of an initial ------------------------------------------------------------------------------------------------


def _letter_pages(letter: str, counts: Counts, terms: Mapping[str, tuple[Reference, ...]], out: Here) -> Iterator[Page]:
    parts = _parted(counts.letters[letter])
    base = f"{CONCORDANCE}{letter}/"
    urls = [base if not number else f"{base}{number + 1}/" for number, _ in enumerate(parts)]
    for number, (part, url) in enumerate(zip(parts, urls, strict=True)):
        here = out.at(url)
        up = here.to("")
        html = render(
            "concordance-letter.html",
            here=here,
            title=_name(letter),
            letters=_letters(letter, counts, here),
            index=_index(parts, urls, here) if len(parts) > 1 and not number else (),
            range=f"{part[0].form} – {part[-1].form}" if len(parts) > 1 else "",
            first=here.to(base) if number else "",
            back=here.to(urls[number - 1]) if number else "",
            on=here.to(urls[number + 1]) if number + 1 < len(parts) else "",
            number=number + 1,
            of=len(parts),
            entries=tuple((_heading(one, terms, here), _lines(one, counts, up)) for one in part),
        )
        yield Page(
            url=url,
            title=f"Concordance: {_name(letter)}" + (f", page {number + 1}" if number else ""),
            html=html,
            section="search",
            body_class="list",
            description=f"The words of the documents under {_name(letter)}, from {part[0].form} to {part[-1].form}.",
            anchors=tuple(anchor_of(one.form) for one in (counts.letters[letter] if not number else part)),
        )


def _index(parts: Sequence[Sequence[Entry]], urls: Sequence[str], first: Here) -> tuple[Listed, ...]:
    """Every word of an initial for its first page, which has the address of those, too, whose lines are on another."""
    made = []
    for entries, url in zip(parts, urls, strict=True):
        away = "" if url == first.url else first.to(url)
        for one in entries:
            anchor = anchor_of(one.form)
            made.append(Listed(one.form, f"{away}#{anchor}", one.count, anchor if away else ""))
    return tuple(made)


def _parted(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of an initial on pages, none of them parted; the first leaves room for the words of all others."""
    parts: list[list[Entry]] = [[]]
    weights = [1 + len(one.places or ()) for one in entries]
    filled = len(entries) // INDEXED if sum(weights) > ON_ONE_PAGE else 0
    for one, weight in zip(entries, weights, strict=True):
        if parts[-1] and filled + weight > ON_ONE_PAGE:
            parts.append([])
            filled = 0
        parts[-1].append(one)
        filled += weight
    return parts


def _heading(one: Entry, terms: Mapping[str, tuple[Reference, ...]], here: Here) -> Heading:
    anchor = anchor_of(one.form)
    return Heading(
        form=one.form,
        anchor=anchor,
        href=f"#{anchor}",
        count=one.count,
        documents=one.documents,
        shown=len(one.places or ()),
        search=f"{here.to('search/')}?q={quote(one.form, safe='')}",
        terms=tuple(here.link(reference) for reference in terms.get(one.form, ())),
        function=one.places is None,
    )


def _lines(one: Entry, counts: Counts, up: str) -> tuple[Line, ...]:
    """The lines of a word on a page from which `up` leads to the root of the site."""
    made = []
    for place in one.places or ():
        passage = counts.documents[place.document].passages[place.passage]
        text = passage.text
        url, words_of_it = counts.passages[place.document][place.passage]
        before, after = context(text, place.start, place.end)
        made.append(Line(before, text[place.start : place.end], after, Link(words_of_it, up + url)))
    return tuple(made)


def _named(document: Document) -> tuple[tuple[str, str], ...]:
    """The address of every passage, and the words that name it behind a line."""
    base, title = url_of(document.reference), _title(document)
    return tuple(
        (f"{base}#{one.id}", f"{title}, " + (f"¶\u00a0{one.label}" if one.label.isdecimal() else one.label))
        for one in document.passages
    )


def _title(document: Document) -> str:
    """The short title, and the day if the title does not tell the year."""
    header = document.header
    title = header.short_title or header.title
    if not header.date or header.date[:4] in title:
        return title
    return f"{title}, {date_words(header.date)}"


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a word in its passage: whole words if there is a gap to cut at."""
    before = text[max(0, start - CONTEXT) : start]
    if start > CONTEXT and not text[start - CONTEXT - 1].isspace():
        gap = before.find(" ")
        before = before[gap + 1 :] if 0 <= gap < len(before.rstrip()) else before
    after = text[end : end + CONTEXT]
    if end + CONTEXT < len(text) and not text[end + CONTEXT].isspace():
        gap = after.rfind(" ")
        after = after[:gap] if gap > 0 else after
    return before.lstrip(), after.rstrip()


def _terms(out: Here) -> dict[str, tuple[Reference, ...]]:
    """Entered form -> the terms whose record has that very word as its name or as a form of it."""
    found: dict[str, list[Reference]] = {}
    for record in out.archive.terms:
        for name in dict.fromkeys(map(entered, (record.value.name, *record.value.variants))):
            if name and [(0, len(name))] == list(words(name)):
                found.setdefault(name, []).append(record.reference)
    return {name: tuple(sorted(many)) for name, many in found.items()}
