"""Proposes links that a document could have: names, dates and telegrams that it mentions and that nothing marks yet.

Comes in: an Archive. Goes out: Suggestions, each with the words, where they stand, what they may mean and how sure that is.
Nothing is ever marked by itself, for that a name is written does not say who is meant. Looked for are the names and other
forms of the registers, days written out in English, and numbers that telegrams of the archive have. What stands within an
element that already points somewhere is left alone. Called by the `archive suggest` command.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from build_tools.dates import MONTHS, read_date
from build_tools.identifiers import Kind, Reference
from build_tools.location import Location
from build_tools.model import Archive, Document, Message, Organisation, Passage
from build_tools.text import NOT_READ, Element, Node, Text, layer
from build_tools.words import entered, words

POINTING = ("ref", "target")
"""Attributes that say what an element names; `source`, which says what it quotes, leaves names within it open."""
WRITTEN: dict[Kind, tuple[str, str]] = {
    "person": ("persName", ""),
    "organisation": ("orgName", ""),
    "place": ("placeName", ""),
    "weapon": ("objectName", ""),
    "term": ("term", ""),
    "event": ("rs", "event"),
    "message": ("rs", "message"),
}
"""The element that names a record of a kind, and its type if it needs one."""
CONTEXT = 5
"""Words before and after that a suggestion shows."""
MONTH = "|".join(filter(None, MONTHS))
DAY = re.compile(
    rf"\b(?:(?P<m1>{MONTH}) (?P<d1>[0-9]{{1,2}})|(?P<d2>[0-9]{{1,2}})(?: of)? (?P<m2>{MONTH}))\b"
    r"(?:,? (?P<year>[12][0-9]{3})\b)?"
)
"""`October 27`, `27 October`, `October 27, 1962`."""
NUMBER = re.compile(r"(?<![0-9.,/:-])[0-9]{3,5}(?![0-9/:-]|[.,][0-9])")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words of a document that could lead somewhere."""

    place: Location
    """Of the tag before the words, which on a transcription by lines is that of their line."""
    passage: Reference
    words: str
    before: str
    after: str
    means: tuple[str, ...]
    """What could be meant: references, or a date in EDTF; several where the registers do not decide."""
    why: str
    markup: str
    """What could be written in the place of the words, if the first meaning is the right one."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of a passage's reading text that nothing points from, and the tag that it follows."""

    start: int
    end: int
    place: Location


def suggestions(archive: Archive, documents: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """All suggestions for these documents, or for all, in the order of their texts; for the same words at most one."""
    named = _names(archive)
    numbered = _numbers(archive)
    found: list[Suggestion] = []
    for document in archive.documents:
        if documents and document.id not in documents:
            continue
        for passage in document.passages:
            found.extend(_suggested(document, passage, named, numbered))
    return tuple(found)


def as_lines(found: Iterable[Suggestion]) -> Iterator[str]:
    """One line for each: where, the words between those around them, what they may mean and why, and how to write that."""
    for one in found:
        around = " ".join(filter(None, ("…" if one.before else "", one.before, f"[{one.words}]", one.after)))
        meant = " or ".join(one.means)
        yield f"{one.place}: passage {one.passage.fragment}: {around}: {meant} ({one.why}): {one.markup}"


def as_json(found: Iterable[Suggestion]) -> str:
    """The same for programs: a list of objects."""
    objects = [
        {
            "file": one.place.path,
            "line": one.place.line,
            "column": one.place.column,
            "passage": str(one.passage),
            "words": one.words,
            "before": one.before,
            "after": one.after,
            "means": list(one.means),
            "why": one.why,
            "markup": one.markup,
        }
        for one in found
    ]
    return json.dumps(objects, ensure_ascii=False, indent=1)


# --- what could be meant ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """The forms of all records, to be found by the words that they consist of."""

    forms: Mapping[tuple[str, ...], tuple[tuple[str, Reference], ...]]
    """Words as they are entered -> the form as it is written, and whose it is."""
    lengths: Mapping[str, tuple[int, ...]]
    """First word -> how many words the forms have that begin with it, the longest first."""


def _names(archive: Archive) -> _Names:
    found: defaultdict[tuple[str, ...], list[tuple[str, Reference]]] = defaultdict(list)
    for record in archive.records():
        if record.reference.kind not in WRITTEN:
            continue
        forms = [record.value.name, *record.value.variants]
        if isinstance(record.value, Organisation) and record.value.abbreviation:
            forms.append(record.value.abbreviation)
        for form in dict.fromkeys(forms):
            key = tuple(entered(form[start:end]) for start, end in words(form))
            if key and not form.isdigit() and (form, record.reference) not in found[key]:  # numbers see `_telegrams`
                found[key].append((form, record.reference))
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in found:
        lengths[key[0]].add(len(key))
    return _Names(
        {key: tuple(sorted(forms, key=lambda one: (str(one[1]), one[0]))) for key, forms in found.items()},
        {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()},
    )


def _numbers(archive: Archive) -> Mapping[str, tuple[Reference, ...]]:
    """Number of a telegram -> the messages of that number."""
    found: defaultdict[str, list[Reference]] = defaultdict(list)
    for record in archive.messages:
        if isinstance(record.value, Message) and record.value.number:
            found[record.value.number].append(record.reference)
    return {number: tuple(sorted(many, key=str)) for number, many in found.items()}


# --- where it is written ----------------------------------------------------------------------------------------------


def _suggested(
    document: Document, passage: Passage, named: _Names, numbered: Mapping[str, tuple[Reference, ...]]
) -> Iterator[Suggestion]:
    text = passage.text
    runs = tuple(_runs(passage.element))
    taken: list[tuple[int, int]] = []
    made: list[tuple[int, Suggestion]] = []
    candidates = (*_days(text, document.header.date), *_telegrams(text, numbered), *_named(text, named))
    for start, end, means, why, markup in candidates:
        within = _free(runs, start, end)
        if not within or any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        reference = Reference("document", document.id, passage.id)
        before, after = _context(text, start, end)
        if len(within) > 1:
            why += "; keep the tag that stands within the words"
        made.append((start, Suggestion(within[0].place, reference, text[start:end], before, after, means, why, markup)))
    return (one for _, one in sorted(made, key=lambda one: one[0]))


def _runs(passage: Element) -> Iterator[_Run]:
    """The pieces of the reading text outside everything that points somewhere; neighbours are pieces of their own."""
    pieces = iter(layer(passage).pieces)
    at = 0
    place = passage.location

    def walk(node: Node, *, free: bool) -> Iterator[_Run]:
        nonlocal at, place
        if isinstance(node, Text):
            piece = next(pieces)
            if piece and free:
                yield _Run(at, at + len(piece), place)
            at += len(piece)
            return
        place = node.location
        if node.name in {"lb", "space"}:
            piece = next(pieces)
            if piece and free:
                yield _Run(at, at + len(piece), place)
            at += len(piece)
            return
        inside = free and node.name not in NOT_READ and node.name != "date" and not any(map(node.get, POINTING))
        for child in node.children:
            yield from walk(child, free=inside)

    return walk(passage, free=True)


def _free(runs: Iterable[_Run], start: int, end: int) -> tuple[_Run, ...]:
    """The pieces that hold the words, if no part of them is marked; none if any is."""
    within = tuple(run for run in runs if run.start < end and start < run.end)
    return within if sum(min(run.end, end) - max(run.start, start) for run in within) == end - start else ()


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    return " ".join(text[:start].split()[-CONTEXT:]), " ".join(text[end:].split()[:CONTEXT])


# --- candidates -------------------------------------------------------------------------------------------------------

Candidate = tuple[int, int, tuple[str, ...], str, str]
"""Begin and end of the words, what they may mean, why, and how that would be written."""


def _named(text: str, named: _Names) -> Iterator[Candidate]:
    """The longest forms first, so that *Soviet Government* is not taken for *Soviet*."""
    spans = list(words(text))
    forms = [entered(text[start:end]) for start, end in spans]
    found: list[tuple[int, int, tuple[Reference, ...]]] = []
    for first in range(len(spans)):
        for count in named.lengths.get(forms[first], ()):
            if first + count > len(spans):
                continue
            start, end = spans[first][0], spans[first + count - 1][1]
            key = tuple(forms[first : first + count])
            meant = tuple(
                dict.fromkeys(one for form, one in named.forms.get(key, ()) if _as_written(form, text[start:end]))
            )
            if meant:
                found.append((start, end, meant))
    for start, end, meant in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        why = f"{meant[0].kind} of that name" if len(meant) == 1 else f"{len(meant)} records have that name"
        yield start, end, tuple(map(str, meant)), why, _element(meant[0], text[start:end])


def _as_written(form: str, found: str) -> bool:
    """Capitals are part of a name: `US` is no *us*, and a common word is no surname; a small form may begin a sentence."""
    if form.isupper():
        return found == form
    return found[:1].isupper() or not form[:1].isupper()


def _days(text: str, dated: str) -> Iterator[Candidate]:
    year = read_date(dated).earliest.year if dated else None
    for match in DAY.finditer(text):
        month = MONTHS.index(match["m1"] or match["m2"])
        written = int(match["year"]) if match["year"] else year
        if written is None:
            continue
        edtf = f"{written:04d}-{month:02d}-{int(match['d1'] or match['d2']):02d}"
        try:
            read_date(edtf)
        except ValueError:
            continue
        why = "a day" if match["year"] else "a day without its year, which is taken from the date of the document"
        yield *match.span(), (edtf,), why, f'<date when="{edtf}">{escape(match[0])}</date>'


def _telegrams(text: str, numbered: Mapping[str, tuple[Reference, ...]]) -> Iterator[Candidate]:
    for match in NUMBER.finditer(text):
        meant = numbered.get(match[0], ())
        if meant:
            why = "the number of a telegram" if len(meant) == 1 else f"{len(meant)} messages have that number"
            yield *match.span(), tuple(map(str, meant)), why, _element(meant[0], match[0])


def _element(meant: Reference, written: str) -> str:
    name, kind = WRITTEN[meant.kind]
    typed = f' type="{kind}"' if kind else ""
    return f"<{name}{typed} ref={quoteattr(str(meant))}>{escape(written)}</{name}>"
