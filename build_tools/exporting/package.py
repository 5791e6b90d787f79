"""What a library receives: the payload of the package, its RO-Crate description, and the tag files of its BagIt bag.

Everything here is made from values and writes nothing. `payload` says which files go in, `described` adds the crate's
metadata once their digests are known, `tag_files` makes what RFC 8493 asks for beside the payload. `packing` reads the copied
files, takes the digests and writes the package. ADR 0025.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256, sha512
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from build_tools.exporting.changes import changes_text
from build_tools.exporting.readme import readme_text
from build_tools.identifiers import Reference, url_of
from build_tools.model import Archive
from build_tools.output import CopiedFile, OutputFile
from build_tools.schema import __file__ as schema_file
from build_tools.state import State

METADATA = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.2"
CONTEXT = [f"{CRATE}/context", {"sha256": "http://schema.org/sha256"}]
"""The second part says what `sha256` means to readers whose copy of the first does not know it."""
MIT = "https://spdx.org/licenses/MIT"
RIGHTS = "#rights-of-the-documents"
TEXTS = ("edition.xml", "transcription.txt")
LICENCE_TEXTS = ("CC-BY-4.0.txt", "public-domain.txt")
ALGORITHMS = ("sha256", "sha512")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: its media type, its name, and where it is specified."""

    media_type: str
    name: str
    specification: str


TEI = Format("application/tei+xml", "TEI P5, Text Encoding Initiative", "https://tei-c.org/guidelines/p5/")
FORMATS = {
    ".bib": Format("application/x-bibtex", "BibTeX", "https://www.ctan.org/pkg/bibtex"),
    ".css": Format("text/css", "CSS", "https://www.w3.org/TR/CSS/"),
    ".csv": Format("text/csv", "Comma-separated values", "https://www.rfc-editor.org/rfc/rfc4180"),
    ".gz": Format("application/gzip", "gzip", "https://www.rfc-editor.org/rfc/rfc1952"),
    ".html": Format("text/html", "HTML", "https://html.spec.whatwg.org/"),
    ".js": Format("text/javascript", "JavaScript", "https://tc39.es/ecma262/"),
    ".json": Format("application/json", "JSON", "https://www.rfc-editor.org/rfc/rfc8259"),
    ".jsonld": Format("application/ld+json", "JSON-LD 1.1", "https://www.w3.org/TR/json-ld11/"),
    ".md": Format("text/markdown", "Markdown (CommonMark)", "https://spec.commonmark.org/"),
    ".png": Format("image/png", "PNG", "https://www.w3.org/TR/png-3/"),
    ".ris": Format("application/x-research-info-systems", "RIS", "https://en.wikipedia.org/wiki/RIS_(file_format)"),
    ".rng": Format("application/xml", "RELAX NG", "https://relaxng.org/spec-20011203.html"),
    ".svg": Format("image/svg+xml", "SVG", "https://www.w3.org/TR/SVG2/"),
    ".tsv": Format(
        "text/tab-separated-values",
        "Tab-separated values",
        "https://www.iana.org/assignments/media-types/text/tab-separated-values",
    ),
    ".txt": Format("text/plain", "Plain text in UTF-8", "https://www.rfc-editor.org/rfc/rfc3629"),
    ".woff2": Format("font/woff2", "WOFF 2, a format of fonts", "https://www.w3.org/TR/WOFF2/"),
    ".xml": TEI,
    ".yml": Format("application/yaml", "YAML 1.2", "https://yaml.org/spec/1.2.2/"),
}
NOT_TEXT = frozenset({".gz", ".png", ".woff2"})
XML = Format("application/xml", "XML 1.0", "https://www.w3.org/TR/xml/")
"""What the site has of it is its map, not an edition."""
UNKNOWN = Format("application/octet-stream", "Bytes", "")
FOLDERS = {
    "sources/": "What the editors wrote, whole: TEI editions, transcriptions as received, notes, records, the passage ledger",
    "exports/": "The same as data: tables, linked data, correspondence, citations, annotations, text services, state",
    "schemas/": "The grammar that every TEI edition conforms to",
    "docs/": "What the site says about the archive, and how texts, notes and records are written",
    "licences/": "The licences in full",
    "site/": "The site as it was published, pages in HTML",
}
SCHEMA_OF = {
    **{
        f"sources/{folder}/": f"exports/data/schema/{kind}.json"
        for folder, kind in {
            "commitments": "commitment",
            "events": "event",
            "messages": "message",
            "organisations": "organisation",
            "people": "person",
            "places": "place",
            "terms": "term",
            "weapons": "weapon",
            "works": "work",
        }.items()
    },
    "sources/archive.yml": "exports/data/schema/archive.json",
}
"""Beginning of a path -> the JSON schema of what it holds, or of the front matter that it begins with."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the package as it was read: its path, size and digests."""

    path: str
    size: int
    sha256: str
    sha512: str


def member_of(file: OutputFile) -> Member:
    """The digests of a file that is made here."""
    content = file.content
    return Member(file.path, len(content), sha256(content).hexdigest(), sha512(content).hexdigest())


def package_name(archive: Archive) -> str:
    """The name of the package: `cuba-negotiations-archive-edition-1`."""
    words = f"{archive.edition.title} edition {archive.edition.edition}".lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")


def payload(
    archive: Archive, state: State, exports: Iterable[OutputFile], sources: Path
) -> tuple[OutputFile | CopiedFile, ...]:
    """Every file of the payload but the crate's metadata, in the order of paths; each path is relative to the payload."""
    root = sources.parent
    name = f"{sources.name}/"
    files: list[OutputFile | CopiedFile] = [
        CopiedFile(f"sources/{path.removeprefix(name)}", root / path) for path, _ in archive.digests
    ]
    files += [OutputFile(f"exports/{one.path}", one.content) for one in exports]
    files.append(CopiedFile("schemas/tei.rng", Path(schema_file or "").parent / "tei.rng"))
    licences = root / "LICENSES"
    files += [CopiedFile(f"licences/{one}", licences / one) for one in LICENCE_TEXTS if (licences / one).is_file()]
    docs = root / "docs"
    files += [
        CopiedFile(f"docs/{one.relative_to(docs).as_posix()}", one)
        for pattern in ("*.md", "contribute/*.md")
        for one in sorted(docs.glob(pattern))
        if one.is_file() and not one.is_symlink()
    ]
    files.append(OutputFile("CHANGES.txt", changes_text(archive, state.editions).encode()))
    return ordered(files)


def ordered(files: Iterable[OutputFile | CopiedFile]) -> tuple[OutputFile | CopiedFile, ...]:
    """The files in the order of their paths' characters, whatever the language of the machine."""
    return tuple(sorted(files, key=lambda one: one.path))


def readme_file(archive: Archive, paths: Iterable[str]) -> OutputFile:
    """`README.txt`, for a payload that has the files `paths`."""
    paths = tuple(paths)
    endings = sorted({PurePosixPath(path).suffix for path in paths} & set(FORMATS))
    told = [(ending, FORMATS[ending].name, FORMATS[ending].specification) for ending in endings]
    text = tuple(one for one in told if one[0] not in NOT_TEXT)
    other = tuple(one for one in told if one[0] in NOT_TEXT)
    folders = tuple((name, words) for name, words in FOLDERS.items() if any(one.startswith(name) for one in paths))
    return OutputFile("README.txt", readme_text(archive, package_name(archive), folders, text, other).encode())


# --- RO-Crate -------------------------------------------------------------------------------------------------------


def crate_file(archive: Archive, members: Iterable[Member]) -> OutputFile:
    """`ro-crate-metadata.json` (RO-Crate 1.2), which describes the whole and each of `members` once."""
    members = tuple(members)
    graph = [_descriptor(), *_wholes(archive, members), *(_file(one, archive) for one in members)]
    used = {_format_of(one.path) for one in members}
    graph += [
        {"@id": one.specification, "@type": ["CreativeWork", "Standard"], "name": one.name}
        for one in sorted(used, key=lambda one: one.specification)
        if one.specification
    ]
    graph += _context_entities(archive)
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1)
    return OutputFile(METADATA, f"{text}\n".encode())


def _descriptor() -> dict[str, Any]:
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": CRATE},
    }


def _wholes(archive: Archive, members: tuple[Member, ...]) -> Iterator[dict[str, Any]]:
    """The root and its folders; what lies in a folder is part of that."""
    edition = archive.edition
    folders = [name for name in FOLDERS if any(one.path.startswith(name) for one in members)]
    top = [one.path for one in members if not any(one.path.startswith(name) for name in folders)]
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{edition.title}, edition {edition.edition}",
        "description": _folded(edition.description),
        "datePublished": edition.date,
        "version": edition.edition,
        "identifier": package_name(archive),
        "url": edition.base_iri,
        "license": {"@id": edition.licence_url},
        "publisher": {"@id": "#publisher"},
        "editor": [{"@id": f"#editor-{number}"} for number, _ in enumerate(edition.editors, 1)],
        "inLanguage": "en",
        "mentions": [{"@id": _iri(archive, one.reference)} for one in archive.documents],
        "hasPart": [{"@id": quote(path)} for path in [*folders, *top]],
    }
    for name in folders:
        yield {
            "@id": quote(name),
            "@type": "Dataset",
            "name": name,
            "description": FOLDERS[name],
            "hasPart": [{"@id": quote(one.path)} for one in members if one.path.startswith(name)],
        }


def _file(member: Member, archive: Archive) -> dict[str, Any]:
    form = _format_of(member.path)
    told: dict[str, Any] = {
        "@id": quote(member.path),
        "@type": "File",
        "name": member.path,
        "contentSize": str(member.size),
        "sha256": member.sha256,
        "encodingFormat": [form.media_type, {"@id": form.specification}] if form.specification else form.media_type,
    }
    schema = "schemas/tei.rng" if member.path.endswith("/edition.xml") and member.path.startswith("sources/") else ""
    for beginning, path in SCHEMA_OF.items():
        if member.path.startswith(beginning):
            schema = path
    if "/notes/" in member.path and member.path.startswith("sources/documents/"):
        schema = "exports/data/schema/note.json"
    if schema:
        told["conformsTo"] = {"@id": schema}
    if member.path.startswith("schemas/"):
        told["license"] = {"@id": MIT}
    where = PurePosixPath(member.path)
    if where.parts[:2] == ("sources", "documents") and where.name in TEXTS:
        told["encodesCreativeWork"] = {"@id": _iri(archive, Reference("document", where.parent.name))}
        if where.suffix == ".txt":
            told["license"] = {"@id": RIGHTS}
    return told


def _context_entities(archive: Archive) -> Iterator[dict[str, Any]]:
    """Who made the edition, whose words it holds, on what terms, and its documents."""
    edition = archive.edition
    yield {"@id": CRATE, "@type": "CreativeWork", "name": "RO-Crate Metadata Specification 1.2", "version": "1.2"}
    yield {"@id": edition.licence_url, "@type": "CreativeWork", "name": edition.licence}
    yield {"@id": MIT, "@type": "CreativeWork", "name": "MIT licence"}
    yield {
        "@id": RIGHTS,
        "@type": "CreativeWork",
        "name": "Rights of the documents",
        "description": "The editors claim no rights in the words of the documents. What is known of the terms of each stands "
        "in the header of its edition (availability).",
    }
    yield {"@id": "#publisher", "@type": "Organization", "name": edition.publisher, "url": edition.base_iri}
    for number, name in enumerate(edition.editors, 1):
        yield {"@id": f"#editor-{number}", "@type": "Person", "name": name}
    known = {one.reference: one.value for one in archive.records()}
    agents: dict[Reference, None] = {}
    for document in archive.documents:
        header = document.header
        agents.update(dict.fromkeys((*header.authors, *header.addressees)))
        told = {
            "@id": _iri(archive, document.reference),
            "@type": "CreativeWork",
            "identifier": str(document.reference),
            "name": header.title,
            "description": _folded(header.summary),
            "dateCreated": header.date,
            "creativeWorkStatus": header.status,
            "conditionsOfAccess": _folded(header.availability),
            "author": [{"@id": _iri(archive, one)} for one in header.authors],
            "recipient": [{"@id": _iri(archive, one)} for one in header.addressees],
            "encoding": [{"@id": quote(f"sources/documents/{document.id}/{name}")} for name in TEXTS],
        }
        yield {key: value for key, value in told.items() if value}
    for reference in sorted(agents, key=str):
        name = getattr(known.get(reference), "name", "") or reference.id
        kind = "Person" if reference.kind == "person" else "Organization"
        yield {"@id": _iri(archive, reference), "@type": kind, "name": name, "identifier": str(reference)}


def _format_of(path: str) -> Format:
    ending = ".txt" if path.endswith("/SHA256SUMS") else PurePosixPath(path).suffix
    return XML if ending == ".xml" and path.startswith("site/") else FORMATS.get(ending, UNKNOWN)


def _iri(archive: Archive, reference: Reference) -> str:
    return f"{archive.edition.base_iri}{url_of(reference)}"


def _folded(text: str) -> str:
    return " ".join(text.split())


# --- BagIt ----------------------------------------------------------------------------------------------------------


def tag_files(archive: Archive, members: Iterable[Member]) -> tuple[OutputFile, ...]:
    """The files of the bag beside `data/` (RFC 8493); the paths of `members` are relative to `data/`."""
    members = sorted(members, key=lambda one: one.path)
    tags = [
        OutputFile("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        OutputFile("bag-info.txt", _bag_info(archive, members).encode()),
        *_manifests("manifest", [(f"data/{one.path}", one) for one in members]),
    ]
    tags.sort(key=lambda one: one.path)
    return (*tags, *_manifests("tagmanifest", [(one.path, member_of(one)) for one in tags]))


def _manifests(name: str, members: list[tuple[str, Member]]) -> Iterator[OutputFile]:
    for algorithm in ALGORITHMS:
        lines = (f"{getattr(one, algorithm)}  {bag_path(path)}\n" for path, one in members)
        yield OutputFile(f"{name}-{algorithm}.txt", "".join(lines).encode())


def bag_path(path: str) -> str:
    """A path as a manifest names it: the ends of lines and the sign of percent are encoded, nothing else."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _bag_info(archive: Archive, members: list[Member]) -> str:
    edition = archive.edition
    told = (
        ("Source-Organization", edition.publisher),
        ("External-Description", edition.description),
        ("External-Identifier", f"{edition.base_iri}edition/"),
        ("External-Identifier", package_name(archive)),
        ("Internal-Sender-Identifier", edition.edition),
        ("Internal-Sender-Description", f"{edition.title}, edition {edition.edition}, {edition.date}"),
        ("Bagging-Date", edition.date),
        ("Payload-Oxum", f"{sum(one.size for one in members)}.{len(members)}"),
    )
    # not folded after 79 signs, which is only recommended: readers keep the line ends of what is folded
    return "".join(f"{name}: {_folded(value)}\n" for name, value in told)
