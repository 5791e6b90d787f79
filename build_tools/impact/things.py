"""Documents, notes and records before and after: which came, went or have another id, and which fields say something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import zip_longest

from build_tools.identifiers import Reference, note_anchor
from build_tools.impact.values import FieldChange, Side, ThingChange, ThingKind
from build_tools.impact.words import in_words, items_compared, marks_compared, shape, title_of, words_compared
from build_tools.linking import Links
from build_tools.location import Location
from build_tools.model import Annotation, AnyRecord, Archive, Document, Edition, Header
from build_tools.quotations import Step
from build_tools.text import Element, Node, as_text, elements, paragraphs

Value = AnyRecord | Annotation | Header | Edition


@dataclass(frozen=True, slots=True)
class Thing:
    """What a record, note or document says, and how the place of a key in it is found."""

    reference: Reference
    name: str
    value: Value
    """Its front matter or header."""
    body: tuple[Node, ...]
    at: Callable[..., Location]
    transcription: str = ""
    passages: tuple[str, ...] = ()


def records_of(archive: Archive) -> dict[Reference, Thing]:
    """Every record."""
    return {
        one.reference: Thing(one.reference, one.value.name, one.value, one.body, one.at) for one in archive.records()
    }


def notes_of(archive: Archive) -> dict[Reference, Thing]:
    """Every note of every document."""
    found: dict[Reference, Thing] = {}
    for document in archive.documents:
        for note in document.notes:
            reference = Reference("document", document.id, note_anchor(note.id))
            found[reference] = Thing(reference, note.value.title, note.value, note.body, note.at)
    return found


def documents_of(archive: Archive) -> dict[Reference, Thing]:
    """Every document, without its passages: header, transcription, what stands between passages, and their order."""
    return {one.reference: _document(one) for one in archive.documents}


def _document(document: Document) -> Thing:
    place = document.body.location
    inside = {id(passage.element) for passage in document.passages}
    return Thing(
        document.reference,
        document.header.short_title,
        document.header,
        _without(document.body, inside),
        lambda *_: Location(place.path),
        document.transcription,
        tuple(passage.id for passage in document.passages),
    )


def _without(body: Element, inside: Collection[int]) -> tuple[Node, ...]:
    """The outermost elements that are no part of a passage and hold none: stamps, furniture, salutations."""
    above = {id(child): one for one in elements(body) for child in one.children}
    holding: set[int] = set()
    for one in elements(body):
        current = above.get(id(one)) if id(one) in inside else None
        while current is not None and id(current) not in holding:
            holding.add(id(current))
            current = above.get(id(current))
    found: list[Node] = []
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if id(element) in inside:
            continue
        if id(element) in holding:
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))
        else:
            found.append(element)
    return tuple(found)


# --- the comparison ---------------------------------------------------------------------------------------------------


def things_compared(
    old: Mapping[Reference, Thing],
    new: Mapping[Reference, Thing],
    before: Side,
    after: Side,
    unread: frozenset[Reference],
) -> tuple[ThingChange, ...]:
    """Every thing that came, went, was renamed or says something else; in the order of the side after, the gone last."""
    old = {one: thing for one, thing in old.items() if not {one, one.whole} & unread}
    new = {one: thing for one, thing in new.items() if not {one, one.whole} & unread}
    renamed = _renamed(old, new)
    left = set(renamed.values())
    found: list[ThingChange] = []
    for reference, thing in new.items():
        was = renamed.get(reference)
        earlier = old.get(was or reference)
        changed = tuple(fields_compared(earlier, thing)) if earlier else ()
        if earlier and was is None and not changed:
            continue
        kind: ThingKind = "added" if earlier is None else "renamed" if was else "changed"
        referring = _referring(reference, after.links)
        if was:
            referring = tuple(sorted({*referring, *_referring(was, before.links)} - {reference, was}, key=str))
        found.append(ThingChange(kind, reference, thing.name, thing.at(), was, changed, referring))
    for reference, thing in old.items():
        if reference not in new and reference not in left:
            referring = _referring(reference, before.links)
            found.append(ThingChange("gone", reference, thing.name, thing.at(), referring=referring))
    return tuple(found)


def _renamed(old: Mapping[Reference, Thing], new: Mapping[Reference, Thing]) -> dict[Reference, Reference]:
    """New id -> old id of what says the very same, or at least has the same name, and is of one kind (and document)."""
    renamed: dict[Reference, Reference] = {}
    for said in (_all_said, _name_said):
        waiting: defaultdict[object, list[Reference]] = defaultdict(list)
        taken = set(renamed.values())
        for reference, thing in old.items():
            if reference not in new and reference not in taken:
                waiting[said(thing)].append(reference)
        for reference, thing in new.items():
            if reference not in old and reference not in renamed and (candidates := waiting.get(said(thing))):
                renamed[reference] = candidates.pop(0)
    return renamed


def _all_said(thing: Thing) -> object:
    value = tuple(_comparable(getattr(thing.value, one.name)) for one in fields(thing.value))
    return (thing.reference.kind, bool(thing.reference.fragment), value, shape(thing.body), thing.transcription)


def _name_said(thing: Thing) -> object:
    whose = thing.reference.id if thing.reference.fragment else ""
    return (thing.reference.kind, whose, thing.name)


def _comparable(value: object) -> object:
    """A value of a field, in which elements have no places."""
    if isinstance(value, Element):
        return shape((value,))
    return tuple(map(_comparable, value)) if isinstance(value, tuple) else value


def _referring(reference: Reference, links: Links) -> tuple[Reference, ...]:
    """Documents and records that refer to it, once each; of a note nothing does."""
    if reference.fragment:
        return ()
    sources = {one.source.whole for one in links.mentions_of(reference)} - {reference}
    return tuple(sorted(sources, key=str))


def fields_compared(before: Thing, after: Thing) -> Iterator[FieldChange]:
    """Each field, item of a list, or text that says something else."""
    yield from values_compared(before.value, after.value, after.at)
    yield from _bodies(before, after)
    if before.transcription != after.transcription:
        steps = words_compared(before.transcription, after.transcription)
        lines = zip_longest(before.transcription.split("\n"), after.transcription.split("\n"))
        first = next(number for number, (one, other) in enumerate(lines, start=1) if one != other)
        place = Location(after.at().path.replace("edition.xml", "transcription.txt"), first)
        yield FieldChange("transcription", steps, place)
    common = set(before.passages) & set(after.passages)
    old, new = ([one for one in side.passages if one in common] for side in (before, after))
    if old != new:
        steps = words_compared(" ".join(old), " ".join(new))
        yield FieldChange("order of passages", steps, after.at())


def values_compared(before: Value, after: Value, at: Callable[..., Location]) -> Iterator[FieldChange]:
    """Each field of two values of the model that says something else."""
    for one in fields(after):
        old, new = getattr(before, one.name, None), getattr(after, one.name)
        if _comparable(old) == _comparable(new):
            continue
        name = title_of(one.name)
        items = tuple(items_compared(old, new)) if isinstance(old, tuple) and isinstance(new, tuple) else ()
        for index, steps in items:
            yield FieldChange(f"{name}, {index + 1}", steps, at(one.name, index))
        if not items:  # one value, or elements of which only the marks changed
            yield FieldChange(name, words_compared(in_words(old), in_words(new)), at(one.name))


def edition_compared(before: Edition, after: Edition, path: str) -> tuple[FieldChange, ...]:
    """What `archive.yml` says otherwise."""
    return tuple(values_compared(before, after, lambda *_: Location(path)))


def _bodies(before: Thing, after: Thing) -> Iterator[FieldChange]:
    """The Markdown of a record or note, or what stands between the passages of a document."""
    is_document = bool(after.passages) or bool(after.transcription)
    name = "text outside of passages" if is_document else "text"
    old, new = _words(before.body), _words(after.body)
    place = _first_place(after.body) or after.at()
    if old != new:
        yield FieldChange(name, words_compared(old, new), place)
    elif shape(before.body) != shape(after.body):
        marks: tuple[Step, ...] = marks_compared(before.body, after.body)
        yield FieldChange(f"marks of the {name}", marks, place)


def _words(body: tuple[Node, ...]) -> str:
    blocks = tuple(block for block, _ in paragraphs(body)) or body
    return " ".join(filter(None, map(as_text, blocks)))


def _first_place(body: tuple[Node, ...]) -> Location | None:
    return next((node.location for node in body if isinstance(node, Element)), None)
