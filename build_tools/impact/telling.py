"""An Impact in the sentences that a historian reads, with the words of others kept apart from ours.

Comes in: an Impact, and the options that the commands it names need. Goes out: a Report, the same for every printing: a
headline of counts, what must be done before the change can be merged, and sections of lines. A line consists of pieces that
say whose words they are, so that a printing can make those of contributors harmless. Called by `printing` and `markdown`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.impact.lines import MOST_NAMED, Line, Piece, line_of, named, number_of
from build_tools.impact.sentences import (
    anchors_told,
    commitment_told,
    day_told,
    digest_told,
    field_line,
    file_told,
    files_untold,
    passages_told,
    quotations_told,
    things_told,
    unread_told,
)
from build_tools.impact.values import BROKEN, Impact, PassageKind, ThingKind


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
        _section("Passages", passages_told(impact), len(impact.passages)),
        _section("Citations", map(digest_told, impact.digests)),
        _section("Commitments", map(commitment_told, impact.commitments)),
        _section("Anchors of notes and commitments", anchors_told(impact.anchors), len(impact.anchors)),
        _section("Quotations", quotations_told(impact.quotations)),
        _section("Documents", things_told(impact.documents)),
        _section("Notes", things_told(impact.notes)),
        _section("Records", things_told(impact.records)),
        _section("The edition as a whole", (field_line(one, "archive.yml") for one in impact.edition)),
        _section("Days of the chronology", map(day_told, impact.days)),
        _section("Pages to look at", (Line((Piece(url, "code"),)) for url in impact.pages)),
        _section("Files", map(file_told, files_untold(impact))),
        _section("Not compared, since it reads on one side only", map(unread_told, impact.unread)),
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
            return f"This change touches no words and no marks: {number_of(number, 'file')} {same} the same."
        return f"This change touches no words: only {number_of(number, 'file')}."
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
            yield f"{before}{number_of(number, 'passage', of_one, of_more)}"
    digests = len(impact.digests)
    yield f"{digests} citation{'’s digest' if digests == 1 else 's’ digests'}" if digests else ""
    gone = sum(one.kind == "gone" and one.reference.kind == "commitment" for one in impact.records)
    terms = sum(bool(one.telling) for one in impact.commitments)
    yield number_of(len(impact.commitments) + gone, "commitment") + f" (the terms of {terms})" * bool(terms)
    judged = sum(one.before != one.after for one in impact.quotations if one.before and one.after)
    yield number_of(len(impact.quotations), "quotation") + f" ({judged} judged otherwise)" * bool(judged)
    notes = {one.reference for one in impact.notes}
    notes |= {one.source for one in impact.anchors if one.source.kind == "document"}
    yield number_of(len(notes), "note")
    received = sum(any(field.name == "transcription" for field in one.fields) for one in impact.documents)
    yield f"the transcription of {number_of(received, 'document')}" if received else ""
    for how, of_one, of_more in DOCUMENTS:
        these = [one for one in impact.documents if one.kind == how]
        these = [one for one in these if not one.fields or {field.name for field in one.fields} != {"transcription"}]
        yield number_of(len(these), "document", of_one, of_more)
    others = sum(one.reference.kind != "commitment" for one in impact.records)
    yield number_of(others, "other record" if impact.commitments or gone else "record")
    yield "what is said of the edition as a whole" if impact.edition else ""
    yield number_of(len(impact.days), "day")


# --- what to do -------------------------------------------------------------------------------------------------------


def _to_do(impact: Impact, options: str, faults: int) -> Iterator[Line]:
    command = f"archive ledger{options}"
    if faults:
        was = "was" if faults == 1 else "were"
        yield line_of(
            f"{number_of(faults, 'fault')} that {was} not there before must be mended, see below", is_urgent=True
        )
    broken = sum(one.kind in BROKEN for one in impact.anchors)
    if broken:
        yield line_of(
            f"{number_of(broken, 'anchor')} must be mended; this proposes how, as a patch: ",
            Piece(f"archive anchors{options}", "code"),
            is_urgent=True,
        )
    refused = sum(one.is_refused for one in impact.quotations)
    if refused:
        whose = "claims words that its source does" if refused == 1 else "claim words that their sources do"
        yield line_of(
            f"{number_of(refused, 'quotation')} {whose} not have: correct the words or the source", is_urgent=True
        )
    recording = impact.recording
    if recording.revised:
        given = Piece(f'{command} --reason "WHY" --who "WHO"', "code")
        why = ". The check refuses them until they are recorded with the reason, which readers are shown: "
        yield line_of("What was published has new words: ", *named(recording.revised), why, given, is_urgent=True)
    successors = _successors(impact)
    for address in recording.vanished[:MOST_NAMED]:
        successor = successors.get(address)
        fate = f'redirected --successor "{successor}"' if successor else "withdrawn"
        ended = Piece(f'{command} --ended "{address}" --fate {fate} --reason "WHY" --who "WHO"', "code")
        words = " was published and has vanished; the check refuses that until it is told what became of it: "
        how = "" if successor else " (or redirected, split, merged, with --successor)"
        yield line_of(Piece(address, "code"), words, ended, how, is_urgent=True)
    rest = len(recording.vanished) - MOST_NAMED
    if rest > 0:
        yield line_of(f"so have {rest} other published addresses", is_urgent=True)
    yield from _received(impact)
    if recording.new:
        count = number_of(len(recording.new), "new address")
        yield line_of(f"{count} to be recorded when the change is published: ", Piece(command, "code"))


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
                yield line_of(
                    Piece(field.place.path, "code"), words, "you know", place=field.place, title="A transcription"
                )
