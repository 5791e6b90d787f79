"""`/data/`: every file for machines, with its columns, their meanings, its size, and how to read it.

All words about tables and columns come from `schema.tables`, those about our vocabulary from `schema.vocabulary`: the same
that the exporters write by. Comes in: `Here` and the files that were made. Called by `rendering.pages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_tools.output import OutputFile, Page
from build_tools.rendering.addressing import Here, Link
from build_tools.rendering.templates import render
from build_tools.schema.tables import ANNOTATIONS, FILES, SEPARATOR, SERVICES, TABLES, TYPES, Described, Table
from build_tools.schema.vocabulary import CLASSES, PAGE, PREFIXES, PROPERTIES, Word

SCHEMAS = "data/schema/"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file: what the link says, and how large the file is."""

    link: Link
    size: str


@dataclass(frozen=True, slots=True)
class OfferedTable:
    """A table with the files that hold it."""

    table: Table
    anchor: str
    files: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that is not a table."""

    described: Described
    file: Offered


@dataclass(frozen=True, slots=True)
class OfferedMany:
    """A file of which there is one for each document or passage, with the address of one."""

    described: Described
    example: Link


def data_page(out: Here, files: Iterable[OutputFile]) -> Page:
    """The page about those of `files` that lie below `data/`; what was not made is not listed."""
    here = out.at(PAGE)
    sizes = {file.path: len(file.content) for file in files}
    tables = tuple(_table(table, sizes, here) for table in TABLES)
    others = tuple(OfferedFile(one, _offered(one.path, sizes, here)) for one in FILES if one.path in sizes)
    named = {one.path for one in FILES}
    schemas = tuple(
        _offered(path, sizes, here) for path in sorted(sizes) if path.startswith(SCHEMAS) and path not in named
    )
    html = render(
        "data.html",
        here=here,
        edition=here.archive.edition,
        tables=tables,
        others=others,
        schemas=schemas,
        annotations=tuple(_examples(ANNOTATIONS, here)),
        services=tuple(_examples(SERVICES, here)),
        types=tuple(TYPES.items()),
        separator=SEPARATOR,
        prefixes=tuple(PREFIXES.items()),
        words=(("Classes", CLASSES), ("Properties", PROPERTIES)),
        vocabulary=f"{here.archive.edition.base_iri}{PAGE}#",
    )
    return Page(
        url=here.url,
        title="Data",
        html=html,
        section="about",
        body_class="list",
        description="Every commitment, message, date, link and passage as tables and as linked data, with their descriptions.",
        anchors=(*(one.anchor for one in tables), *(word.name for word in _words())),
    )


def services_page(out: Here) -> Page:
    """`/dts/`: what a host of files shows who asks for the folder; programs go on to its entry point."""
    here = out.at("dts/")
    return Page(
        url=here.url,
        title="Text services",
        html=render("services.html", here=here, services=tuple(_examples(SERVICES, here))),
        section="about",
        body_class="list",
        description="The entry point for programs that read the texts by the Distributed Text Services, version 1.0.",
    )


def _examples(described: Iterable[Described], here: Here) -> Iterator[OfferedMany]:
    """Each with the address of an instance, of the first document that has passages; none where there is no document."""
    document = next((one for one in here.archive.documents if one.passages), None)
    for one in described:
        path = one.path
        if document:
            path = path.replace("{document}", document.id).replace("{passage}", document.passages[0].id)
        yield OfferedMany(one, Link(path, "" if "{" in path else here.to(path)))


def _words() -> tuple[Word, ...]:
    return (*CLASSES, *PROPERTIES)


def _table(table: Table, sizes: dict[str, int], here: Here) -> OfferedTable:
    paths = (f"data/{table.name}.{form}" for form in ("csv", "json"))
    return OfferedTable(table, f"table-{table.name}", tuple(_offered(path, sizes, here) for path in paths))


def _offered(path: str, sizes: dict[str, int], here: Here) -> Offered:
    return Offered(Link(path.rpartition("/")[2], here.to(path)), size_words(sizes[path]))


def size_words(count: int) -> str:
    """`812 bytes`, `27 kB`, `1.4 MB`."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
