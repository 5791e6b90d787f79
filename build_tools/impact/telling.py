"""An Impact in the sentences that a historian reads, with the words of others kept apart from ours.

Comes in: an Impact, and the options that the commands it names need. Goes out: a Report, the same for every printing: a
headline of counts, what must be done before the change can be merged, and sections of lines. A line consists of pieces that
say whose words they are, so that a printing can make those of contributors harmless. Called by `printing` and `markdown`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from build_tools.dates import in_words, read_date
from build_tools.identifiers import FOLDERS, Reference
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
    ThingKind,
)
from build_tools.location import Location
from build_tools.quotations import Step

Voice = Literal["ours", "theirs", "code", "added", "dropped"]
MOST_AROUND = 8
"""Words shown on either side of a change."""
MOST_WORDS = 40
"""Words shown of what came or went at once, and of a quotation."""
MOST_NAMED = 6
"""Things that refer to a thing, or addresses to record, which a line names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whose they are."""

    text: str
    voice: Voice = "ours"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the change touches."""

    pieces: tuple[Piece, ...]
    details: tuple[tuple[Piece, ...], ...] = ()
    """What belongs to it, one by one: the fields that changed."""
    place: Location | None = None
    is_urgent: bool = False
    """Whether the check refuses the sources because of it."""
    title: str = ""
    """What kind of thing it is, for printings that show lines one by one."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines on one subject."""

    title: str
    count: int
    """Of how many things it tells; some lines tell of several."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that is told of a change."""

    headline: str
    to_do: tuple[Line, ...]
    sections: tuple[Section, ...]


def told(impact: Impact, options: str = "", faults: int = 0) -> Report:
    """The impact in sentences, with how many faults the change brings besides; sections without lines are left out."""
    sections = (
        _section("Passages", _passages(impact), len(impact.passages)),
        _section("Citations", map(_digest, impact.digests)),
        _section("Commitments", map(_commitment, impact.commitments)),
        _section("Anchors of notes and commitments", _anchors(impact.anchors), len(impact.anchors)),
        _section("Quotations", _quotations(impact.quotations)),
        _section("Documents", _things(impact.documents)),
        _section("Notes", _things(impact.notes)),
        _section("Records", _things(impact.records)),
        _section("The edition as a whole", (_field(one, "archive.yml") for one in impact.edition)),
        _section("Days of the chronology", map(_day, impact.days)),
        _section("Pages to look at", (Line((Piece(url, "code"),)) for url in impact.pages)),
        _section("Files", map(_file, _untold(impact))),
        _section("Not compared, since it reads on one side only", map(_unread, impact.unread)),
    )
    to_do = tuple(_to_do(impact, options, faults))
    return Report(headline(impact), to_do, tuple(one for one in sections if one.lines))


def _section(title: str, lines: Iterable[Line], count: int | None = None) -> Section:
    made = tuple(lines)
    return Section(title, len(made) if count is None else count, made)


# --- the headline -----------------------------------------------------------------------------------------------------


def headline(impact: Impact) -> str:
    """`This change touches the words of 1 passage, 1 citation's digest, 1 commitment and 2 quotations.`"""
    if impact.is_empty:
        return "Nothing changed: both sides are the same, file by file."
    counts = list(filter(None, _counts(impact)))
    if not counts:
        number = len(impact.files)
        if not number:
            return "Nothing changed in what could be read on both sides."
        if all(one.kind == "reads the same" for one in impact.files):
            same = "is written otherwise and reads" if number == 1 else "are written otherwise and read"
            return f"This change touches no words and no marks: {_number(number, 'file')} {same} the same."
        return f"This change touches no words: only {_number(number, 'file')}."
    *first, last = counts
    return f"This change touches {', '.join(first)}{' and ' if first else ''}{last}."


HEADLINES: tuple[tuple[PassageKind, str, str, str], ...] = (
    ("words", "the words of ", "", ""),
    ("marks", "the marks of ", "", ""),
    ("added", "", " that is new", " that are new"),
    ("moved", "", " that moves", " that move"),
    ("gone", "", " that goes", " that go"),
)


DOCUMENTS: tuple[tuple[ThingKind, str, str], ...] = (
    ("changed", " besides its passages", " besides their passages"),
    ("added", " that is new", " that are new"),
    ("renamed", " that has another id", " that have other ids"),
    ("gone", " that goes", " that go"),
)


def _counts(impact: Impact) -> Iterator[str]:
    kinds = Counter(one.kind for one in impact.passages)
    for kind, before, of_one, of_more in HEADLINES:
        if number := kinds[kind]:
            yield f"{before}{_number(number, 'passage', of_one, of_more)}"
    digests = len(impact.digests)
    yield f"{digests} citation{'’s digest' if digests == 1 else 's’ digests'}" if digests else ""
    gone = sum(one.kind == "gone" and one.reference.kind == "commitment" for one in impact.records)
    yield _number(len(impact.commitments) + gone, "commitment")
    yield _number(len(impact.quotations), "quotation")
    notes = {one.reference for one in impact.notes}
    notes |= {one.source for one in impact.anchors if one.source.kind == "document"}
    yield _number(len(notes), "note")
    received = sum(any(field.name == "transcription" for field in one.fields) for one in impact.documents)
    yield f"the transcription of {_number(received, 'document')}" if received else ""
    for how, of_one, of_more in DOCUMENTS:
        these = [one for one in impact.documents if one.kind == how]
        these = [one for one in these if not one.fields or {field.name for field in one.fields} != {"transcription"}]
        yield _number(len(these), "document", of_one, of_more)
    others = sum(one.reference.kind != "commitment" for one in impact.records)
    yield _number(others, "other record" if impact.commitments or gone else "record")
    yield "what is said of the edition as a whole" if impact.edition else ""
    yield _number(len(impact.days), "day")


def _number(number: int, thing: str, of_one: str = "", of_more: str = "") -> str:
    """`2 notes`; empty of none."""
    plural = f"{thing}es" if thing.endswith("s") else f"{thing}s"
    return "" if not number else f"1 {thing}{of_one}" if number == 1 else f"{number} {plural}{of_more}"


# --- what to do -------------------------------------------------------------------------------------------------------


def _to_do(impact: Impact, options: str, faults: int) -> Iterator[Line]:
    command = f"archive ledger{options}"
    if faults:
        was = "was" if faults == 1 else "were"
        yield _line(f"{_number(faults, 'fault')} that {was} not there before must be mended, see below", is_urgent=True)
    broken = sum(one.kind in BROKEN for one in impact.anchors)
    if broken:
        yield _line(
            f"{_number(broken, 'anchor')} must be mended; this proposes how, as a patch: ",
            Piece(f"archive anchors{options}", "code"),
            is_urgent=True,
        )
    refused = sum(one.is_refused for one in impact.quotations)
    if refused:
        whose = "claims words that its source does" if refused == 1 else "claim words that their sources do"
        yield _line(
            f"{_number(refused, 'quotation')} {whose} not have: correct the words or the source", is_urgent=True
        )
    recording = impact.recording
    if recording.revised:
        given = Piece(f'{command} --reason "WHY" --who "WHO"', "code")
        why = ". The check refuses them until they are recorded with the reason, which readers are shown: "
        yield _line("What was published has new words: ", *_named(recording.revised), why, given, is_urgent=True)
    successors = _successors(impact)
    for address in recording.vanished[:MOST_NAMED]:
        successor = successors.get(address)
        fate = f'redirected --successor "{successor}"' if successor else "withdrawn"
        ended = Piece(f'{command} --ended "{address}" --fate {fate} --reason "WHY" --who "WHO"', "code")
        words = " was published and has vanished; the check refuses that until it is told what became of it: "
        how = "" if successor else " (or redirected, split, merged, with --successor)"
        yield _line(Piece(address, "code"), words, ended, how, is_urgent=True)
    rest = len(recording.vanished) - MOST_NAMED
    if rest > 0:
        yield _line(f"so have {rest} other published addresses", is_urgent=True)
    yield from _received(impact)
    if recording.new:
        count = _number(len(recording.new), "new address")
        yield _line(f"{count} to be recorded when the change is published: ", Piece(command, "code"))


def _successors(impact: Impact) -> dict[str, str]:
    """Address that has vanished -> where its words or its record stand now, if that is known."""
    moved = {str(one.was): str(one.reference) for one in impact.passages if one.was}
    things = (*impact.documents, *impact.notes, *impact.records)
    return moved | {str(one.was): str(one.reference) for one in things if one.was}


def _received(impact: Impact) -> Iterator[Line]:
    """A word of caution where the text as received was changed."""
    for one in impact.documents:
        for field in one.fields:
            if field.name == "transcription":
                words = " was changed. It is the text as received: change it only where it was received wrongly, and say how "
                yield _line(
                    Piece(field.place.path, "code"), words, "you know", place=field.place, title="A transcription"
                )


def _named(addresses: Sequence[str]) -> Iterator[Piece]:
    for number, address in enumerate(addresses[:MOST_NAMED]):
        yield Piece(", " if number else "")
        yield Piece(address, "code")
    if len(addresses) > MOST_NAMED:
        yield Piece(f" and {len(addresses) - MOST_NAMED} more")


def _line(
    *pieces: str | Piece,
    details: Iterable[Iterable[str | Piece]] = (),
    place: Location | None = None,
    is_urgent: bool = False,
    title: str = "",
) -> Line:
    return Line(_pieces(pieces), tuple(map(_pieces, details)), place, is_urgent, title)


def _pieces(pieces: Iterable[str | Piece]) -> tuple[Piece, ...]:
    made = (Piece(one) if isinstance(one, str) else one for one in pieces)
    return tuple(one for one in made if one.text)


# --- passages and citations -------------------------------------------------------------------------------------------

QUOTATIONS: tuple[QuotationKind, ...] = ("verdict", "words", "source", "new", "gone", "stands")
WITH_THEIR_DOCUMENT: frozenset[PassageKind] = frozenset(("added", "gone", "moved"))
ORDER: tuple[PassageKind, ...] = ("words", "gone", "moved", "added", "marks")


def _passages(impact: Impact) -> Iterator[Line]:
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
                yield _line(*_passage(one), place=one.place, is_urgent=_is_refused(one), title=_TITLES[kind])
    for (reference, kind), many in together.items():
        came = {"added": "new with it", "gone": "gone with it", "moved": "at other addresses with it"}.get(kind, "")
        yield _line(
            Piece(whole[reference].name, "theirs"),
            f": {_number(len(many), 'passage', ' is', ' are')} {came}",
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
        yield from _steps(one.steps)
    elif one.kind == "marks":
        yield " has the same words with other marks: "
        yield from _list_of_marks(one.steps)
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


def _list_of_marks(steps: Sequence[Step]) -> Iterator[str | Piece]:
    if not steps:
        yield "the same marks, at other words"
    counted = Counter(steps)
    for number, ((kind, mark), times) in enumerate(list(counted.items())[:MOST_NAMED]):
        yield ", " if number else ""
        yield Piece(f"{mark}{f' ({times} times)' if times > 1 else ''}", "added" if kind == "added" else "dropped")
    if len(counted) > MOST_NAMED:
        yield f" and {len(counted) - MOST_NAMED} more"


def _digest(one: DigestChange) -> Line:
    known = "the new words are in the ledger" if one.is_recorded else "the new words are not in the ledger yet"
    return _line(
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


def _commitment(one: CommitmentTouched) -> Line:
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
        parts += _named([str(reference) for reference in one.hanging])
    place = one.telling[0].place if one.telling else one.place
    return _line(
        *parts,
        details=map(_told_field, one.telling),
        place=place,
        is_urgent=broken > 0,
        title="A commitment",
    )


def _anchors(changes: Sequence[AnchorChange]) -> Iterator[Line]:
    """First those that no longer hold, then those whose place should be looked at; the sound ones together, by passage."""
    sound: dict[Reference, list[AnchorChange]] = {}
    for one in sorted(changes, key=lambda one: one.kind not in BROKEN):
        if one.kind == "holds":
            sound.setdefault(one.passage, []).append(one)
        else:
            yield _anchor(one)
    for passage, holding in sound.items():
        names = list(dict.fromkeys(one.name for one in holding))
        yield _line(
            "1 anchor still holds" if len(holding) == 1 else f"{len(holding)} anchors still hold",
            " in ",
            Piece(str(passage), "code"),
            ", whose words changed: ",
            Piece("; ".join(names[: 2 * MOST_NAMED]), "theirs"),
            f"; and {len(names) - 2 * MOST_NAMED} more" if len(names) > 2 * MOST_NAMED else "",
        )


def _anchor(one: AnchorChange) -> Line:
    return _line(
        "The note " if one.source.kind == "document" else "The commitment ",
        Piece(one.name, "theirs"),
        " quotes “",
        Piece(_shortened(one.words), "theirs"),
        "” of ",
        Piece(str(one.passage), "code"),
        ": ",
        Piece(one.why, "theirs"),
        place=one.place,
        is_urgent=one.kind in BROKEN,
        title="An anchor that no longer holds" if one.kind in BROKEN else "An anchor",
    )


def _quotations(changes: Sequence[QuotationChange]) -> Iterator[Line]:
    """Those that are judged otherwise first, those that are as before last."""
    for one in sorted(changes, key=lambda one: QUOTATIONS.index(one.kind)):
        yield _quotation(one)


def _quotation(one: QuotationChange) -> Line:
    parts: list[str | Piece] = [Piece(f"“{_shortened(one.words)}”", "theirs")]
    parts += [" from ", Piece(str(one.source), "code")] if one.source else []
    parts += [" in ", Piece(str(one.at), "code"), _judged(one)]
    parts += [" (", *_steps(one.steps), ")"] if one.steps else []
    parts.append("; it claims to be the words of its source, so the check refuses it" if one.is_refused else "")
    return _line(*parts, place=one.place, is_urgent=one.is_refused, title="A quotation")


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


def _things(changes: Iterable[ThingChange]) -> Iterator[Line]:
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
            parts += [": ", *_named([str(reference) for reference in one.referring])]
    place = one.fields[0].place if one.kind == "changed" and one.fields else one.place
    return _line(*parts, details=map(_told_field, others), place=place, title=_THINGS[one.kind])


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
        yield from _list_of_marks(one.steps)
    else:
        yield from (
            _steps(one.steps) if any(step != "kept" for step, _ in one.steps) else ["the same words, other marks"]
        )


def _field(one: FieldChange, title: str) -> Line:
    return _line(*_told_field(one), place=one.place, title=title)


# --- days, files ------------------------------------------------------------------------------------------------------


def _day(one: DayChange) -> Line:
    parts: list[str | Piece] = [in_words(read_date(one.day)), " (", Piece(one.day, "code"), ")"]
    parts.append({"appears": " gets a page", "vanishes": " has no page any more", "changes": ""}[one.kind])
    for entries, how in ((one.added, "now"), (one.gone, "no longer")):
        for entry in entries[:MOST_NAMED]:
            parts += [f"; {how} {entry.group}: ", Piece(_shortened(entry.words), "theirs")]
            parts += [", ", Piece(str(entry.source), "code")]
        if len(entries) > MOST_NAMED:
            parts.append(f"; and {len(entries) - MOST_NAMED} more {how}")
    if one.kind == "changes" and not one.added and not one.gone:
        parts.append("; the same, in another order")
    return _line(*parts, title="A day of the chronology")


def _untold(impact: Impact) -> Iterator[FileChange]:
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


def _file(one: FileChange) -> Line:
    how = {
        "added": " is new",
        "gone": " is no longer there",
        "changed": " changed",
        "reads the same": " is written otherwise and reads the same",
    }[one.kind]
    return _line(Piece(one.path, "code"), how, place=Location(one.path), title="A file")


def _unread(one: Reference) -> Line:
    return _line(Piece(str(one), "code"))


# --- words ------------------------------------------------------------------------------------------------------------


def _steps(steps: Sequence[Step]) -> Iterator[Piece]:
    """What came and went, with some words around it."""
    for number, (kind, words) in enumerate(steps):
        before = Piece(" ") if number else Piece("")
        if kind == "kept":
            shown = _around(words.split(), is_first=number == 0, is_last=number == len(steps) - 1)
            yield before
            yield Piece(shown, "theirs")
        else:
            yield before
            yield Piece(_shortened(words), "added" if kind == "added" else "dropped")


def _around(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """The words next to what changed."""
    most = MOST_AROUND if is_first or is_last else 2 * MOST_AROUND
    if len(words) <= most:
        return " ".join(words)
    if is_first:
        return "… " + " ".join(words[-MOST_AROUND:])
    if is_last:
        return " ".join(words[:MOST_AROUND]) + " …"
    return f"{' '.join(words[:MOST_AROUND])} … {' '.join(words[-MOST_AROUND:])}"


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    half = MOST_WORDS // 2
    return f"{' '.join(words[:half])} … {' '.join(words[-half:])}"
