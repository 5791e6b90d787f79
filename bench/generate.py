"""Makes an archive of N documents from our own: ids, dates, numbers and names varied by a seeded generator.

Comes in: the archive's `sources/`. Goes out: a folder of the same form. Every document is the first one with another day,
another title and other telegram numbers; with each come three notes, two commitments, two messages and one person, so
that records grow with N. The shared registers (terms, places, works …) are copied once. `publish` then writes the passage
ledger and the words of every passage, as `archive ledger` does before an edition is given out.
"""

from __future__ import annotations

import random
import re
import shutil
from concurrent.futures import Executor
from pathlib import Path

from build_tools.ledger import additions, as_text, words_as_text, words_to_keep
from build_tools.reading.archive import read_archive

MODEL = "instruction-1962-11-03"
SHARED = ("organisations", "places", "weapons", "terms", "events", "works", "messages", "people", "commitments")
NOTES = 3
COMMITMENTS = 2
SURNAMES = ("Arden", "Bell", "Castell", "Dorn", "Ellis", "Farrow", "Grieve", "Holm", "Ivers", "Jessop", "Kerr", "Lind")


def generate(source: Path, target: Path, documents: int, seed: int = 1962) -> None:
    """`target` is an archive of `documents` documents; the same seed makes the same bytes."""
    chance = random.Random(seed)
    target.mkdir(parents=True)
    shutil.copy(source / "archive.yml", target)
    for folder in SHARED:
        shutil.copytree(source / folder, target / folder)
    shutil.copytree(source / "documents", target / "documents")
    model = source / "documents" / MODEL
    edition = (model / "edition.xml").read_text(encoding="utf-8")
    transcription = (model / "transcription.txt").read_text(encoding="utf-8")
    notes = [path.read_text(encoding="utf-8") for path in sorted((model / "notes").glob("*.md"))[:NOTES]]
    commitments = [path.read_text(encoding="utf-8") for path in sorted((source / "commitments").glob("*.md"))]
    person = (source / "people" / "charles-yost.md").read_text(encoding="utf-8")
    message = (source / "messages" / "state-usun-1177.md").read_text(encoding="utf-8")
    for number in range(1, documents):
        identifier = f"{MODEL}-{number:05d}"
        _write_document(target / "documents" / identifier, edition, transcription, notes, chance)
        for index in range(COMMITMENTS):
            text = commitments[chance.randrange(len(commitments))]
            text = re.sub(rf"document:( ?){MODEL}", rf"document:\g<1>{identifier}", text)
            (target / "commitments" / f"promise-{number:05d}-{index}.md").write_text(text, encoding="utf-8")
        for index in range(2):
            name = f"series-{number % 40:02d}-{number:05d}-{index}"
            text = re.sub(r"(?m)^series: .*$", f"series: bench-{number % 40:02d}-{index}", message)
            text = re.sub(r"(?m)^number: .*$", f'number: "{9000 + number // 40}"', text)
            text = re.sub(r"(?ms)^relations:\n(?:[ -].*\n)*", "", text)
            (target / "messages" / f"{name}.md").write_text(text, encoding="utf-8")
        surname = f"{chance.choice(SURNAMES)} {number:05d}"
        text = re.sub(r"(?m)^name: .*$", f"name: {surname}", person)
        text = re.sub(r"(?m)^sort: .*$", f"sort: {surname}", text)
        text = re.sub(r"(?ms)^identifiers:\n(?:[ -].*\n)*", "", text)
        (target / "people" / f"person-{number:05d}.md").write_text(text, encoding="utf-8")


def publish(sources: Path, executor: Executor | None = None) -> None:
    """The ledger of the generated archive knows every address that it publishes, and keeps the words of every passage."""
    archive, _ = read_archive(sources, executor)
    assert archive is not None
    (sources / "ledger" / "words").mkdir(parents=True)
    text = as_text(additions(archive, reason="", who=""))
    (sources / "ledger" / "passages.tsv").write_text(text, encoding="utf-8")
    for document, words in words_to_keep(archive).items():
        path = sources / "ledger" / "words" / f"{document}.tsv"
        path.write_text(words_as_text(words, is_new=True), encoding="utf-8")


def _write_document(folder: Path, edition: str, transcription: str, notes: list[str], chance: random.Random) -> None:
    day = f"1962-{chance.randint(9, 12):02d}-{chance.randint(1, 28):02d}"
    folder.mkdir(parents=True)
    (folder / "transcription.txt").write_text(transcription, encoding="utf-8")
    (folder / "edition.xml").write_text(edition.replace('when="1962-10-31"', f'when="{day}"'), encoding="utf-8")
    (folder / "notes").mkdir()
    for index, note in enumerate(notes):
        text = note.replace(f"document:{MODEL}", f"document:{folder.name}")
        (folder / "notes" / f"note-{index}.md").write_text(text, encoding="utf-8")
