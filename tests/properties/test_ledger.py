"""Random edits, releases and reverts: whatever people do, no address is lost and none is used twice.

A machine edits an archive as an editor would, records each release with what `archive ledger` would append, and sometimes
goes back to an earlier text. What it knows by itself (every address ever released, and what it once ended) is compared
with the ledger and with what the check says.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from build_tools.checking.ledger import check_ledger
from build_tools.identifiers import Reference
from build_tools.ledger import (
    GONE,
    additions,
    as_text,
    digest_of,
    ending,
    published_addresses,
    states,
    vanished,
    words_to_keep,
)
from build_tools.linking import Links, link
from build_tools.model import Archive, Document, Passage
from build_tools.reading.archive import read_archive
from build_tools.reading.ledger import read_ledger

EXAMPLE = Path(__file__).parent.parent / "example_archive" / "sources"
WORDS = st.sampled_from(["The mole fell.", "It stood again.", "Nobody objects.", "We shall pay."])
NAMES = st.sampled_from([f"p{number}" for number in range(1, 7)])


@cache
def example() -> tuple[Archive, Links]:
    archive, _ = read_archive(EXAMPLE)
    assert archive is not None
    first = archive.documents[0]
    published = replace(first, notes=(), header=replace(first.header, status="published"))
    made = Archive(archive.edition, documents=(replace(published, passages=()),))
    return made, link(archive)[0]


class Editing(RuleBasedStateMachine):
    """One document, whose passages come, change and go."""

    def __init__(self) -> None:
        super().__init__()
        self.archive, self.links = example()
        self.texts: dict[str, str] = {}
        self.earlier: list[dict[str, str]] = []
        self.released: set[str] = set()
        self.given: set[tuple[str, str]] = set()
        self.ended: set[str] = set()
        self.edition = 1

    # --- what an editor does ------------------------------------------------------------------------------------------

    @rule(name=NAMES, words=WORDS)
    def write(self, name: str, words: str) -> None:
        self.texts[name] = words

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        del self.texts[data.draw(st.sampled_from(sorted(self.texts)))]

    @precondition(lambda self: self.earlier)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        self.texts = dict(data.draw(st.sampled_from(self.earlier)))

    @rule()
    def release(self) -> None:
        """As `archive ledger` does it: append what is needed, and publish only if the check then has no fault."""
        now = self.now()
        lines = list(additions(now, reason="Read again.", who="An editor"))
        lines += [
            ending(now, address, "withdrawn", "", reason="It was doubled.", who="An editor")
            for address in vanished(now)
        ]
        written = replace(now, ledger=(*now.ledger, *lines))
        if any(one.severity == "error" for one in check_ledger(written, self.links)):
            reused = {address for address in published_addresses(now) if address in self.ended}
            assert reused, "a release is refused for nothing but an address used anew"
            return
        before = len(self.archive.ledger)
        assert written.ledger[:before] == self.archive.ledger
        words = tuple(one for many in words_to_keep(now).values() for one in many)
        self.archive = replace(self.archive, ledger=written.ledger, kept=(*self.archive.kept, *words))
        self.given |= {
            (str(Reference("document", now.documents[0].id, name)), text) for name, text in self.texts.items()
        }
        self.released |= set(published_addresses(now))
        self.ended |= {one.id for one in lines if one.fate in GONE}
        self.earlier.append(dict(self.texts))
        self.edition += 1

    def now(self) -> Archive:
        document: Document = self.archive.documents[0]
        element = example()[0].documents[0].body
        passages = tuple(Passage(name, name[1:], element, words) for name, words in sorted(self.texts.items()))
        edition = replace(self.archive.edition, edition=str(self.edition))
        return replace(self.archive, edition=edition, documents=(replace(document, passages=passages),))

    # --- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def no_address_is_lost(self) -> None:
        assert set(states(self.archive.ledger)) == self.released

    @invariant()
    def all_words_ever_released_are_kept(self) -> None:
        kept = {(one.id, one.digest): one.words for one in self.archive.kept}
        assert len(kept) == len(self.archive.kept), "nothing is kept twice"
        assert set(kept) == {(address, digest_of(words)) for address, words in self.given}
        assert all(digest_of(words) == digest for (_, digest), words in kept.items())
        assert not [one for one in check_ledger(self.archive, self.links) if one.code.startswith("words-")]

    @invariant()
    def no_address_is_used_twice(self) -> None:
        assert {address for address, entry in states(self.archive.ledger).items() if entry.fate in GONE} == self.ended
        first = [one.id for one in self.archive.ledger if one.fate == "current"]
        assert len(first) == len(set(first))

    @invariant()
    def the_check_sees_what_is_not_released(self) -> None:
        """Each change of published words, each vanished and each reused address is an error of its own."""
        if not self.archive.ledger:
            return
        now = self.now()
        given, known = published_addresses(now), states(self.archive.ledger)
        standing = [one for one in given if one in known and one not in self.ended]
        expected = {
            *(("text-changed", one) for one in standing if known[one].digest != given[one]),
            *(("identifier-reused", one) for one in given if one in self.ended),
            *(("address-vanished", one) for one in known if one not in self.ended and one not in given),
        }  # fmt: skip
        found = [one for one in check_ledger(now, self.links) if one.severity == "error"]
        assert sorted(one.code for one in found) == sorted(code for code, _ in expected)


Editing.TestCase.settings = settings(max_examples=60, stateful_step_count=25, suppress_health_check=list(HealthCheck))
TestEditing = Editing.TestCase


def test_what_the_machine_writes_is_read_back(tmp_path: Path) -> None:
    """The file that such a history leaves is read without a fault."""
    machine = Editing()
    for words in ("The mole fell.", "It stood again."):
        machine.write("p1", words)
        machine.write("p2", words)
        machine.release()
    machine.texts.pop("p2")
    machine.release()
    path = tmp_path / "sources" / "ledger" / "passages.tsv"
    path.parent.mkdir(parents=True)
    path.write_text(as_text(machine.archive.ledger), encoding="utf-8")
    entries, problems = read_ledger(path, tmp_path)
    assert (entries, problems) == (machine.archive.ledger, ())
    assert [one.fate for one in entries] == ["current", "current", "current", "revised", "revised", "withdrawn"]
