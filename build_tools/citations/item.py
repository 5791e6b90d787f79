"""What is cited: a document as a style sees it, made of its header; and the passages that a citation points to.

Comes in: a Document, what is `Known` of the archive's records, and the Edition. Goes out: a `CitableItem`, of which the
styles make their forms, and a `Locator` for one passage or several. Author, title and date are the header's; the address
is built of the document's id and names nothing. Called by `rendering` and `exporting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal, Protocol, get_args
from urllib.parse import quote

from build_tools.dates import HistoricalDate, read_date
from build_tools.identifiers import Reference, url_of
from build_tools.ledger import digest_of
from build_tools.model import AnyRecord, Document, Edition, Message, MessageForm, Organisation, Person

ItemKind = Literal["letter", "telegram", "instruction", "statement", "proclamation", "record"]

KINDS: frozenset[str] = frozenset(get_args(ItemKind))
FORMS: dict[MessageForm, ItemKind] = {
    "telegram": "telegram",
    "letter": "letter",
    "statement": "statement",
    "address": "statement",
    "proclamation": "proclamation",
    "conversation": "record",
    "annex": "record",
    "list": "record",
}
"""Form of a message -> kind of the document that is its text."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""What controls machines, but for the characters that are white space."""
NUMBERED = re.compile(r"[0-9]+[a-z]?")


@dataclass(frozen=True, slots=True)
class Name:
    """An author or recipient; a name that has no order of its own, or is a body's, is in `literal`."""

    family: str = ""
    given: str = ""
    literal: str = ""
    is_body: bool = False
    """A government, department or committee."""

    @property
    def full(self) -> str:
        """As it is spoken: `John F. Kennedy`."""
        return self.literal or f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """As it is filed: `Kennedy, John F.`."""
        return self.literal or ", ".join(filter(None, (self.family, self.given)))

    @property
    def short(self) -> str:
        """What is left of it in a short note: `Kennedy`."""
        return self.literal or self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class CitableItem:
    """A document as it is cited; every text on one line, empty where nothing is known."""

    id: str
    kind: ItemKind
    title: str
    short_title: str
    authors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    date: HistoricalDate | None = None
    repository: str = ""
    reference_code: str = ""
    fonds: str = ""
    classification: str = ""
    rights: str = ""
    summary: str = ""
    archive: str = ""
    """The title of the archive that publishes the edition."""
    edition: str = ""
    url: str = ""
    language: str = "en"

    @property
    def genre(self) -> str:
        """The kind in a word, unless it says nothing or the title begins with it; of a telegram always.

        Styles take for a letter what was sent and has no genre.
        """
        first = re.split(r"\W", self.title.casefold(), maxsplit=1)[0]
        silent = self.kind == "record" or (first == self.kind and self.kind != "telegram")
        return "" if silent else self.kind

    @property
    def place(self) -> str:
        """Where it lies in the repository, from the item upwards as Chicago's notes go: number, then collection."""
        return ", ".join(filter(None, (self.reference_code, self.fonds)))

    @property
    def is_correspondence(self) -> bool:
        """Whether it went from someone to someone: a letter or telegram of which both are known."""
        return self.kind in {"letter", "telegram"} and bool(self.authors and self.recipients)


@dataclass(frozen=True, slots=True)
class Locator:
    """One passage, or the first and last of several, as readers call them, and the permalink of the first."""

    labels: tuple[str, ...]
    url: str
    digest: str = ""
    """Of the words of a single passage in this edition, as the ledger has it."""

    def words(self, one: str = "para.", many: str = "paras.") -> str:
        """`para. 7`, `paras. 7–8`; a label that is no number stands alone, as `heading`."""
        labels = tuple(dict.fromkeys(self.labels))
        if len(labels) == 2 and all(map(NUMBERED.fullmatch, labels)):
            return f"{many} {'–'.join(labels)}"
        return "–".join(f"{one} {label}" if NUMBERED.fullmatch(label) else label for label in labels)

    def described(self) -> str:
        """The same with the digest, which tells whether the words are still those that were cited."""
        return f"Passage cited: {self.words()}" + (f" (digest {self.digest})" if self.digest else "")


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say that citations need; made once for many documents."""

    names: Mapping[Reference, Name]
    forms: Mapping[str, MessageForm]
    """Id of a document -> the form of the message whose text it is."""


def known_of(records: Mapping[Reference, AnyRecord]) -> Known:
    """Names of all agents, and the forms of all messages whose text is held."""
    return Known(
        {one: name_of(value) for one, value in records.items() if isinstance(value, Person | Organisation)},
        {value.document: value.form for value in records.values() if isinstance(value, Message) and value.document},
    )


def name_of(agent: Person | Organisation) -> Name:
    """The parts of a name, where its filed form says which they are."""
    name = on_one_line(agent.name)
    if isinstance(agent, Organisation):
        return Name(literal=name, is_body=True)
    family, comma, given = (part.strip() for part in on_one_line(agent.sort).partition(","))
    return Name(family, given) if comma and name == f"{given} {family}" else Name(literal=name)


def citable_item(document: Document, known: Known, edition: Edition) -> CitableItem:
    """The document as its header and the edition describe it."""
    header = document.header
    return CitableItem(
        id=document.id,
        kind=_kind(document, known),
        title=on_one_line(header.title),
        short_title=on_one_line(header.short_title),
        authors=_names(header.authors, known),
        recipients=_names(header.addressees, known),
        date=read_date(header.date) if header.date else None,
        repository=on_one_line(header.repository),
        reference_code=on_one_line(header.reference_code),
        fonds=on_one_line(header.fonds),
        classification=on_one_line(header.classification),
        rights=on_one_line(header.availability),
        summary=on_one_line(header.summary),
        archive=on_one_line(edition.title),
        edition=on_one_line(edition.edition),
        url=permalink(document.reference, edition),
        language=document.body.get("xml:lang") or "en",
    )


class Citable(Protocol):
    """What a locator needs of a passage, whether it stands now or only its words are kept."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


def locator(document: Document, passages: Sequence[Citable], edition: Edition) -> Locator:
    """Points to a passage, or from the first of several to the last; the permalink is that of the first, with its version."""
    first = passages[0]
    labels = (first.label, *(passage.label for passage in passages[-1:] if passage is not first))
    digest = digest_of(first.text) if len(labels) == 1 else ""
    address = f"{permalink(document.reference, edition)}?v={version(passages, edition)}#{first.id}"
    return Locator(tuple(map(on_one_line, labels)), address, digest)


def version(passages: Sequence[Citable], edition: Edition) -> str:
    """What a permalink says of the words that it cites: `1-9a67dcb3`, the edition and the first half of their digest.

    Of several passages it is the digests' sum without carry, and the id of the last follows, so that a page can tell whether
    any of them was revised since.
    """
    mark = reduce(xor, (int(digest_of(passage.text)[:8], 16) for passage in passages))
    last = f"-{passages[-1].id}" if len(passages) > 1 else ""
    return f"{quote(edition.edition, safe='')}-{mark:08x}{last}"


def permalink(reference: Reference, edition: Edition) -> str:
    """The full address of a document or passage, below the address that the archive gives as its own."""
    return f"{edition.base_iri.rstrip('/')}/{url_of(reference)}"


def on_one_line(text: str) -> str:
    """The text with every run of white space as one blank, and without characters that control machines."""
    return " ".join(CONTROL.sub("", text).split())


def _names(references: Iterable[Reference], known: Known) -> tuple[Name, ...]:
    return tuple(known.names[one.whole] for one in references if one.whole in known.names)


def _kind(document: Document, known: Known) -> ItemKind:
    """What the title calls it; else what it is as a message; else a record."""
    first = re.split(r"\W", document.header.title.strip().casefold(), maxsplit=1)[0]
    for kind in get_args(ItemKind):
        if first == kind:
            return kind  # type: ignore[no-any-return]
    form = known.forms.get(document.id)
    return FORMS[form] if form else "record"
