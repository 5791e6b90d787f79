"""The ledger and its parts: all commitments, those by a party, of a kind, in a status, between two parties, and the matrix.

Each part is a page of its own, so that filtering needs no script; a long one is split. The matrix has the parties that
undertook in its rows and those toward whom in its columns; each number leads to the list of exactly those. What a list
shows of a commitment is decided in `row_of`. Called by `pages`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.identifiers import Reference, read_reference
from build_tools.model import Commitment, Record
from build_tools.output import Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.as_of import slug
from build_tools.rendering.commitments import KINDS, Row, row_of
from build_tools.rendering.records import short_name
from build_tools.rendering.templates import render
from build_tools.standing import STATUSES, Standing, last_status

LEDGER = "commitments/"
ROWS = 100
"""Commitments on one page of a list."""
NAMES = 500
"""Parties on one page of theirs."""
FIRST = 25
"""Of each kind on the page of the ledger, if not all fit on it."""
PARTIES = 20
"""Rows and columns of the matrix."""

Many = Sequence[Record[Commitment]]
Group = tuple[str, str, str, int, tuple[Row, ...], Link]


@dataclass(frozen=True, slots=True)
class Choice:
    """A list that a reader can go to, and how many are in it."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How many commitments one party has toward another, and in which states."""

    link: Link | None
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The commitments sorted into every list, once; the keys are agents, kinds, statuses, pairs of agents."""

    by: Mapping[Reference, Many]
    kind: Mapping[str, Many]
    status: Mapping[str, Many]
    between: Mapping[tuple[Reference, Reference], Many]


def ledger_pages(standing: Standing, out: Here) -> Iterator[Page]:
    """The ledger, its lists, and the matrix."""
    ledger = _sorted_out(out.archive.commitments)
    yield _ledger_page(ledger, standing, out)
    yield _matrix_page(ledger, out)
    yield from _parties_pages(ledger, out)
    for party, many in ledger.by.items():
        name = out.link(party).words
        yield from _list(_by_url(party, out), f"Commitments: {name}", many, out, party=party)
    for kind, many in ledger.kind.items():
        yield from _list(f"{LEDGER}kind/{kind}/", KINDS[kind][0], many, out, gist=KINDS[kind][1])
    for status, many in ledger.status.items():
        gist = "the last that is known of each"
        yield from _list(f"{LEDGER}status/{slug(status)}/", f"Commitments: {status}", many, out, gist=gist)
    for (party, other), many in ledger.between.items():
        title = f"Commitments: {out.link(party).words}, toward {out.link(other).words}"
        yield from _list(_between_url(party, other, out), title, many, out)


def _sorted_out(commitments: Many) -> Ledger:
    by: defaultdict[Reference, list[Record[Commitment]]] = defaultdict(list)
    kinds: defaultdict[str, list[Record[Commitment]]] = defaultdict(list)
    statuses: defaultdict[str, list[Record[Commitment]]] = defaultdict(list)
    between: defaultdict[tuple[Reference, Reference], list[Record[Commitment]]] = defaultdict(list)
    for record in commitments:
        parties, others = _agents(record.value.by), _agents(record.value.toward)
        for party in parties:
            by[party].append(record)
            for other in others:
                between[party, other].append(record)
        kinds[record.value.kind].append(record)
        statuses[last_status(record.value)].append(record)
    return Ledger(
        {party: by[party] for party in sorted(by)},
        {kind: kinds[kind] for kind in KINDS if kind in kinds},
        {status: statuses[status] for status in STATUSES if status in statuses},
        {pair: between[pair] for pair in sorted(between)},
    )


def _agents(texts: tuple[str, ...]) -> list[Reference]:
    return list(dict.fromkeys(filter(None, map(read_reference, texts))))


def _name(party: Reference, here: Here) -> str:
    """A party in an address: its id, with its kind before it if a person and an organisation share the id."""
    other = Reference("organisation" if party.kind == "person" else "person", party.id)
    return f"{party.kind}-{party.id}" if other in here.records else party.id


def _by_url(party: Reference, here: Here) -> str:
    return f"{LEDGER}by/{_name(party, here)}/"


def _between_url(party: Reference, other: Reference, here: Here) -> str:
    return f"{LEDGER}between/{_name(party, here)}/{_name(other, here)}/"


# --- the ledger -------------------------------------------------------------------------------------------------------


def _ledger_page(ledger: Ledger, standing: Standing, out: Here) -> Page:
    here = out.at(LEDGER)
    count = len(here.archive.commitments)
    shown = count if count <= ROWS else FIRST
    groups: tuple[Group, ...] = tuple(
        (
            kind,
            *KINDS[kind],
            len(many),
            tuple(row_of(record, here) for record in many[:shown]),
            Link(f"All {len(many)}", here.to(f"{LEDGER}kind/{kind}/")),
        )
        for kind, many in ledger.kind.items()
    )
    parties = sorted(ledger.by.items(), key=lambda one: (-len(one[1]), one[0]))
    html = render(
        "ledger.html",
        here=here,
        groups=groups,
        count=count,
        whole=count <= ROWS,
        parties=tuple(
            Choice(Link(here.link(party).words, here.to(_by_url(party, here))), len(many))
            for party, many in parties[:PARTIES]
        ),
        more_parties=max(len(parties) - PARTIES, 0),
        kinds=tuple(
            Choice(Link(KINDS[kind][0], here.to(f"{LEDGER}kind/{kind}/")), len(many))
            for kind, many in ledger.kind.items()
        ),
        statuses=tuple(
            Choice(Link(status, here.to(f"{LEDGER}status/{slug(status)}/")), len(many))
            for status, many in ledger.status.items()
        ),
        days=len(standing.days),
    )
    return Page(
        url=here.url,
        title="Commitments",
        html=html,
        section="commitments",
        body_class="list",
        description="Who undertook what toward whom, on what condition, and what came of it.",
        anchors=tuple(group[0] for group in groups),
    )


def _parties_pages(ledger: Ledger, out: Here) -> Iterator[Page]:
    """Everyone who undertook, demanded, reserved or ordered something, by name."""
    parties = sorted(ledger.by, key=lambda party: (_filed(party, out), party))
    starts = range(0, len(parties), NAMES)
    urls = [f"{LEDGER}parties/" + (f"{start // NAMES + 1}/" if start else "") for start in starts]
    for start, own in zip(starts, urls, strict=True):
        here = out.at(own)
        html = render(
            "parties.html",
            here=here,
            parties=tuple(
                Choice(Link(here.link(party).words, here.to(_by_url(party, here))), len(ledger.by[party]))
                for party in parties[start : start + NAMES]
            ),
            others=tuple(
                Link(here.link(parties[first]).words, here.to(other) if other != own else "")
                for first, other in zip(starts, urls, strict=True)
            ),
        )
        yield Page(
            url=own,
            title="Commitments by party" + (f", from {start + 1}" if start else ""),
            html=html,
            section="commitments",
            body_class="list",
            description="Everyone who promised, asked, reserved or ordered something.",
        )


def _filed(party: Reference, here: Here) -> str:
    value = here.records.get(party)
    return (value.sort or value.name).casefold() if value else party.id


# --- lists ------------------------------------------------------------------------------------------------------------


def _list(
    url: str, title: str, many: Many, out: Here, *, gist: str = "", party: Reference | None = None
) -> Iterator[Page]:
    """A list on as many pages as it needs; the second is at `2/` below the first."""
    starts = range(0, len(many), ROWS)
    urls = [url if not start else f"{url}{start // ROWS + 1}/" for start in starts]
    for start, own in zip(starts, urls, strict=True):
        here = out.at(own)
        html = render(
            "commitment-list.html",
            here=here,
            title=title,
            gist=gist,
            party=here.link(party) if party else None,
            ledger=here.to(LEDGER),
            count=len(many),
            rows=tuple(row_of(record, here) for record in many[start : start + ROWS]),
            others=tuple(
                Link(f"{first + 1}–{min(first + ROWS, len(many))}", here.to(other) if other != own else "")
                for first, other in zip(starts, urls, strict=True)
            ),
        )
        yield Page(
            url=here.url,
            title=f"{title}, from {start + 1}" if start else title,
            html=html,
            section="commitments",
            body_class="list",
            description=f"{title}: what each says, where it stands, and what came of it.",
        )


# --- the matrix -------------------------------------------------------------------------------------------------------


def _matrix_page(ledger: Ledger, out: Here) -> Page:
    here = out.at(f"{LEDGER}matrix/")
    rows = Counter({party: len(many) for party, many in ledger.by.items()})
    columns: Counter[Reference] = Counter()
    for (_, other), many in ledger.between.items():
        columns[other] += len(many)
    left, top = _most(rows), _most(columns)
    html = render(
        "matrix.html",
        here=here,
        columns=tuple(here.link(other, short_name(other, here)) for other in top),
        rows=tuple(
            (
                Link(here.link(party).words, here.to(_by_url(party, here))),
                tuple(_cell(party, other, ledger, here) for other in top),
            )
            for party in left
        ),
        left_out=len(rows) - len(left) + len(columns) - len(top),
    )
    return Page(
        url=here.url,
        title="Who owes whom",
        html=html,
        section="commitments",
        body_class="list",
        description="How many commitments each party has toward each other, and in what state they are.",
    )


def _most(counts: Counter[Reference]) -> list[Reference]:
    return sorted(counts, key=lambda party: (-counts[party], party))[:PARTIES]


def _cell(party: Reference, other: Reference, ledger: Ledger, here: Here) -> Cell:
    many = ledger.between.get((party, other))
    if not many:
        return Cell(None, ())
    states = Counter(last_status(record.value) for record in many)
    link = Link(str(len(many)), here.to(_between_url(party, other, here)))
    return Cell(link, tuple((status, states[status]) for status in STATUSES if states[status]))
