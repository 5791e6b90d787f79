"""Makes an archive whose model document is long: its text over and over, with its commitments, and as many notes as wished.

Comes in: the archive's `sources/`. Goes out: a folder of the same form, in which a further document, LONG, has exactly so
many passages (the heading is one) and notes. Commitments state the same words in each repetition, or in the first. The same
arguments make the same bytes. Called by `smooth`, and by the tests that look at a long page.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.generate import MODEL, SHARED

LONG = f"{MODEL}-long"
IDENTIFIED = re.compile(r'\b(xml:id|next|prev|target)="(#?)([a-z]+)([0-9]*)([a-z]?)"')
LINE = re.compile(r'<lb n="([0-9]+)"')
PASSAGE = re.compile(r'<(?:p|head) xml:id="([a-z0-9]+)">')
TARGET = re.compile(r"(?m)^  passage: *(\S+)$")
STATED = re.compile(rf"(?m)^  - document: *{MODEL}\n    passage: *(\S+)\n(?:    .*\n)+")


def lengthen(source: Path, target: Path, passages: int, notes: int, *, everywhere: bool = True) -> None:
    """`target` is an archive with the document LONG of `passages` passages and `notes` notes.

    Commitments state the words of every repetition, or only those of the first, as they do in an archive.
    """
    target.mkdir(parents=True)
    shutil.copy(source / "archive.yml", target)
    for name in (*SHARED, "documents"):
        shutil.copytree(source / name, target / name)
    model = source / "documents" / MODEL
    head, body, tail = _parts((model / "edition.xml").read_text(encoding="utf-8"))
    lines = (model / "transcription.txt").read_text(encoding="utf-8").split("\n")
    own = PASSAGE.findall(body)
    copies: list[str] = []
    where: list[dict[str, str]] = []
    left = passages
    while left > 0:
        number = len(copies)
        kept = own[:left]
        part = body if len(kept) == len(own) else _up_to(body, own[left])
        copies.append(_copy(part, number, own, len(lines)))
        where.append({name: _moved(name, number, own) for name in kept})
        left -= len(kept)
    text = "".join(copies)
    folder = target / "documents" / LONG
    (folder / "notes").mkdir(parents=True)
    (folder / "edition.xml").write_text(head.replace(MODEL, LONG) + text + tail, encoding="utf-8")
    last = max(int(number) for number in LINE.findall(text))
    (folder / "transcription.txt").write_text("\n".join((lines * len(copies))[:last]), encoding="utf-8")
    _write_notes(model / "notes", folder / "notes", where, notes)
    for path in sorted((target / "commitments").glob("*.md")):
        stated = where if everywhere else where[:1]
        path.write_text(_stated_again(path.read_text(encoding="utf-8"), stated), encoding="utf-8")


def _parts(edition: str) -> tuple[str, str, str]:
    begins = edition.index("<body>") + len("<body>")
    ends = edition.index("</body>")
    return edition[:begins], edition[begins:ends], edition[ends:]


def _up_to(body: str, passage: str) -> str:
    """The body before a passage, up to where the one before it ends."""
    before = body[: body.index(f'<p xml:id="{passage}">')]
    return before[: before.rindex("</p>") + len("</p>")]


def _moved(name: str, number: int, own: Sequence[str]) -> str:
    return f"p{own.index(name) + number * len(own)}" if number else name


def _copy(body: str, number: int, own: Sequence[str], lines: int) -> str:
    """The body as the `number`th repetition: ids and lines of its own, and its heading an ordinary passage."""

    def identified(found: re.Match[str]) -> str:
        attribute, sign, letters, digits, letter = found.groups()
        if letters + digits in own:
            return f'{attribute}="{sign}{_moved(letters + digits, number, own)}"'
        return f'{attribute}="{sign}{letters}{digits}{letter}{f"-{number}" if number else ""}"'

    body = IDENTIFIED.sub(identified, body)
    body = LINE.sub(lambda found: f'<lb n="{int(found[1]) + number * lines}"', body)
    if not number:
        return body
    body = re.sub(r'<pb n="([0-9]+)"', lambda found: f'<pb n="{int(found[1]) + number * 5}"', body)
    return re.sub(r"<(/?)head\b", r"<\1p", body)


def _write_notes(source: Path, target: Path, where: Sequence[dict[str, str]], wanted: int) -> None:
    """Of all notes of all repetitions as many as wanted, spread evenly."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(source.glob("*.md"))}
    on = {stem: found[1] for stem, text in texts.items() if (found := TARGET.search(text))}
    every = [(number, stem) for number, names in enumerate(where) for stem in texts if on.get(stem) in names]
    for index in range(wanted):
        number, stem = every[index * len(every) // wanted]
        text = TARGET.sub(f"  passage: {where[number][on[stem]]}", texts[stem], count=1)
        (target / f"{stem}-{number:03d}.md").write_text(text, encoding="utf-8")


def _stated_again(commitment: str, where: Sequence[dict[str, str]]) -> str:
    """The record states the words in these repetitions, too."""
    found = list(STATED.finditer(commitment))
    if not found:
        return commitment
    more = "".join(
        re.sub(r"passage: *\S+", f"passage: {names[one[1]]}", one[0].replace(MODEL, LONG), count=1)
        for names in where
        for one in found
        if one[1] in names
    )
    end = found[-1].end()
    return commitment[:end] + more + commitment[end:]
