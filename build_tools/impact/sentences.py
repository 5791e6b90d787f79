"""A line for each thing that a change touches, in words that a historian reads. Called by `telling`, a function a subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from build_tools.dates import in_words, read_date
from build_tools.identifiers import FOLDERS, Reference
from build_tools.impact.lines import (
    MOST_NAMED,
    Line,
    Piece,
    line_of,
    marks_told,
    named,
    number_of,
    shortened,
    steps_told,
)
from build_tools.impact.values import (
    BROKEN,
    TELLING,
    AnchorChange,
    CommitmentTouched,
    DayChange,
    DigestChange,
    FieldChange,
    FileChange,
    Impact,
    PassageChange,
    PassageKind,
    QuotationChange,
    QuotationKind,
    ThingChange,
)
from build_tools.location import Location

# --- passages and citations -------------------------------------------------------------------------------------------

QUOTATIONS: tuple[QuotationKind, ...] = ("verdict", "words", "source", "new", "gone", "stands")
WITH_THEIR_DOCUMENT: frozenset[PassageKind] = frozenset(("added", "gone", "moved"))
ORDER: tuple[PassageKind, ...] = ("words", "gone", "moved", "added", "marks")


def passages_told(impact: Impact) -> Iterator[Line]:
    """Those with other words first; those of a document that came, went or was renamed as a whole in one line."""
    whole = {one.reference: one for one in impact.documents if one.kind != "changed"}
    together: dict[tuple[Reference, PassageKind], list[PassageChange]] = {}
    for kind in ORDER:
        for one in impact.passages:
            if one.kind != kind:
                continue
            if kind in WITH_THEIR_DOCUMENT and one.reference.whole in whole:
                together.setdefault((one.reference.whole, kind), []).append(one)
            else:
                yield line_of(*_passage(one), place=one.place, is_urgent=_is_refused(one), title=_TITLES[kind])
    for (reference, kind), many in together.items():
        came = {"added": "new with it", "gone": "gone with it", "moved": "at other addresses with it"}.get(kind, "")
        yield line_of(
            Piece(whole[reference].name, "theirs"),
            f": {number_of(len(many), 'passage', ' is', ' are')} {came}",
            place=many[0].place,
            is_urgent=any(map(_is_refused, many)),
            title=_TITLES[kind],
        )


_TITLES: dict[PassageKind, str] = {
    "words": "A passage with other words",
    "gone": "A passage goes",
    "moved": "A passage moves",
    "added": "A new passage",
    "marks": "A passage with other marks",
}


def _is_refused(one: PassageChange) -> bool:
    return one.is_published and one.kind == "gone"


def _passage(one: PassageChange) -> Iterator[str | Piece]:
    yield Piece(one.name, "theirs")
    if one.kind == "words":
        yield " has other words: "
        yield from steps_told(one.steps)
    elif one.kind == "marks":
        yield " has the same words with other marks: "
        yield from marks_told(one.steps)
    elif one.kind == "moved":
        yield ", "
        yield Piece(str(one.reference), "code")
        yield ", has the words that stood at "
        yield Piece(str(one.was), "code")
    elif one.kind == "added":
        yield " is new: "
        yield Piece(str(one.reference), "code")
    else:
        yield " is no longer there: "
        yield Piece(str(one.reference), "code")
        yield ", which was published" if one.is_published else ", which was not published"


def digest_told(one: DigestChange) -> Line:
    """A citation that its readers will be told has changed."""
    known = "the new words are in the ledger" if one.is_recorded else "the new words are not in the ledger yet"
    return line_of(
        "Whoever cited ",
        Piece(one.address, "code"),
        " will be told that its words have changed (digest ",
        Piece(one.before, "code"),
        ", now ",
        Piece(one.after, "code"),
        f"); {known}",
        place=one.place,
        is_urgent=not one.is_recorded,
        title="A citation's digest",
    )


# --- commitments, anchors, quotations ---------------------------------------------------------------------------------


def commitment_told(one: CommitmentTouched) -> Line:
    """A commitment: what of it changed, how its wordings stand, and what hangs on it."""
    parts: list[str | Piece] = [Piece(one.name, "theirs"), " (", Piece(str(one.reference), "code"), "): "]
    broken = sum(anchor.kind in BROKEN for anchor in one.anchors)
    again = sum(anchor.kind == "holds again" for anchor in one.anchors)
    holding = len(one.anchors) - broken - again
    standing = [
        f"{broken} {'is' if broken == 1 else 'are'} no longer found" if broken else "",
        f"{again} {'is' if again == 1 else 'are'} found now" if again else "",
        f"{holding} {'is' if holding == 1 else 'are'} found, in a passage that changed" if holding else "",
    ]
    if one.anchors:
        parts.append(f"of the wordings it stands on, {' and '.join(filter(None, standing))}")
    elif one.telling:
        parts.append("the wordings it stands on are as before")
    else:
        parts.append("what was promised, by whom, to whom and on what condition is as before")
    if one.hanging:
        many = len(one.hanging)
        parts.append(". 1 commitment hangs on it: " if many == 1 else f". {many} commitments hang on it: ")
        parts += named([str(reference) for reference in one.hanging])
    place = one.telling[0].place if one.telling else one.place
    return line_of(
        *parts,
        details=map(_told_field, one.telling),
        place=place,
        is_urgent=broken > 0,
        title="A commitment",
    )


def anchors_told(changes: Sequence[AnchorChange]) -> Iterator[Line]:
    """First those that no longer hold, then those whose place should be looked at; the sound ones together, by passage."""
    sound: dict[Reference, list[AnchorChange]] = {}
    for one in sorted(changes, key=lambda one: one.kind not in BROKEN):
        if one.kind == "holds":
            sound.setdefault(one.passage, []).append(one)
        else:
            yield _anchor(one)
    for passage, holding in sound.items():
        names = list(dict.fromkeys(one.name for one in holding))
        yield line_of(
            "1 anchor still holds" if len(holding) == 1 else f"{len(holding)} anchors still hold",
            " in ",
            Piece(str(passage), "code"),
            ", whose words changed: ",
            Piece("; ".join(names[: 2 * MOST_NAMED]), "theirs"),
            f"; and {len(names) - 2 * MOST_NAMED} more" if len(names) > 2 * MOST_NAMED else "",
        )


def _anchor(one: AnchorChange) -> Line:
    return line_of(
        "The note " if one.source.kind == "document" else "The commitment ",
        Piece(one.name, "theirs"),
        " quotes “",
        Piece(shortened(one.words), "theirs"),
        "” of ",
        Piece(str(one.passage), "code"),
        ": ",
        Piece(one.why, "theirs"),
        place=one.place,
        is_urgent=one.kind in BROKEN,
        title="An anchor that no longer holds" if one.kind in BROKEN else "An anchor",
    )


def quotations_told(changes: Sequence[QuotationChange]) -> Iterator[Line]:
    """Those that are judged otherwise first, those that are as before last."""
    for one in sorted(changes, key=lambda one: QUOTATIONS.index(one.kind)):
        yield _quotation(one)


def _quotation(one: QuotationChange) -> Line:
    parts: list[str | Piece] = [Piece(f"“{shortened(one.words)}”", "theirs")]
    parts += [" from ", Piece(str(one.source), "code")] if one.source else []
    parts += [" in ", Piece(str(one.at), "code"), _judged(one)]
    parts += [" (", *steps_told(one.steps), ")"] if one.steps else []
    parts.append("; it claims to be the words of its source, so the check refuses it" if one.is_refused else "")
    return line_of(*parts, place=one.place, is_urgent=one.is_refused, title="A quotation")


def _judged(one: QuotationChange) -> str:
    if one.kind == "verdict":
        return f": the verdict was “{one.before}” and is now “{one.after}”"
    if one.kind == "words":
        return f" has other words than before: the verdict was “{one.before}” and is “{one.after}”"
    if one.kind == "source":
        return f" had another source, or none: the verdict was “{one.before}” and is “{one.after}”"
    if one.kind == "new":
        return f" is new: “{one.after}”"
    if one.kind == "gone":
        return f" is no longer quoted; the verdict was “{one.before}”"
    return f" was compared with words that changed, and is as before: “{one.after}”"


# --- documents, notes, records ----------------------------------------------------------------------------------------


def things_told(changes: Iterable[ThingChange]) -> Iterator[Line]:
    """A line for each document, note or record that came, went or says something else."""
    for one in changes:
        yield _thing(one)


def _thing(one: ThingChange) -> Line:
    parts: list[str | Piece] = [Piece(one.name, "theirs"), " (", Piece(str(one.reference), "code"), ")"]
    is_commitment = one.reference.kind == "commitment"
    others = [field for field in one.fields if not (is_commitment and field.name.partition(",")[0] in TELLING)]
    if one.kind == "added":
        parts.append(" is new")
    elif one.kind == "gone":
        parts.append(" is no longer there")
    elif one.was is not None:
        parts += [" has another id; it was ", Piece(str(one.was), "code")]
    else:
        parts.append(" changed" if others else " changed, as is told among the commitments")
    if one.referring and (one.reference.kind != "document" or one.is_seen_elsewhere):
        parts.append("; it was" if one.kind == "gone" else "; it is")
        parts.append(f" referred to by {_by_kind(one.referring)}")
        if len(one.referring) <= MOST_NAMED:
            parts += [": ", *named([str(reference) for reference in one.referring])]
    place = one.fields[0].place if one.kind == "changed" and one.fields else one.place
    return line_of(*parts, details=map(_told_field, others), place=place, title=_THINGS[one.kind])


def _by_kind(references: Sequence[Reference]) -> str:
    """`12 commitments, 3 messages and 1 person`."""
    kinds = Counter(one.kind for one in references)
    *first, last = [
        f"1 {kind}" if number == 1 else f"{number} {FOLDERS[kind]}" for kind, number in sorted(kinds.items())
    ]
    return f"{', '.join(first)}{' and ' if first else ''}{last}"


_THINGS = {"added": "Something new", "gone": "Something goes", "renamed": "Another id", "changed": "Something changed"}


def _told_field(one: FieldChange) -> Iterator[str | Piece]:
    yield f"{one.name}: "
    if one.steps and one.name.startswith("marks of"):
        yield from marks_told(one.steps)
    else:
        yield from (
            steps_told(one.steps) if any(step != "kept" for step, _ in one.steps) else ["the same words, other marks"]
        )


def field_line(one: FieldChange, title: str) -> Line:
    """A field that changed, with its name and its words compared."""
    return line_of(*_told_field(one), place=one.place, title=title)


# --- days, files ------------------------------------------------------------------------------------------------------


def day_told(one: DayChange) -> Line:
    """A day of the chronology, with what touches it now and what no longer does."""
    parts: list[str | Piece] = [in_words(read_date(one.day)), " (", Piece(one.day, "code"), ")"]
    parts.append({"appears": " gets a page", "vanishes": " has no page any more", "changes": ""}[one.kind])
    for entries, how in ((one.added, "now"), (one.gone, "no longer")):
        for entry in entries[:MOST_NAMED]:
            parts += [f"; {how} {entry.group}: ", Piece(shortened(entry.words), "theirs")]
            parts += [", ", Piece(str(entry.source), "code")]
        if len(entries) > MOST_NAMED:
            parts.append(f"; and {len(entries) - MOST_NAMED} more {how}")
    if one.kind == "changes" and not one.added and not one.gone:
        parts.append("; the same, in another order")
    return line_of(*parts, title="A day of the chronology")


def files_untold(impact: Impact) -> Iterator[FileChange]:
    """Files of which nothing else was told: not those of what came, went or has another id as a whole."""
    told_of = {
        one.place.path
        for many in (impact.passages, impact.documents, impact.notes, impact.records, impact.edition)
        for one in many
    }
    told_of |= {field.place.path for one in impact.documents for field in one.fields}
    earlier = tuple(f"/{FOLDERS[one.was.kind]}/{one.was.id}.md" for one in impact.records if one.was)
    whole = [one for one in impact.documents if one.kind != "changed"]
    folders = [f"/documents/{name.id}/" for one in whole for name in (one.reference, one.was) if name]
    return (
        one
        for one in impact.files
        if not (one.path in told_of or one.path.endswith(earlier) or any(folder in one.path for folder in folders))
    )


def file_told(one: FileChange) -> Line:
    """A file, and what became of it."""
    how = {
        "added": " is new",
        "gone": " is no longer there",
        "changed": " changed",
        "reads the same": " is written otherwise and reads the same",
    }[one.kind]
    return line_of(Piece(one.path, "code"), how, place=Location(one.path), title="A file")


def unread_told(one: Reference) -> Line:
    """Something that was not compared."""
    return line_of(Piece(str(one), "code"))
