"""`README.txt` of the package for libraries: what it is, how to verify and read it without our software, licence, citation.

Comes in: the archive, the package's name, and which folders and formats it has. Goes out: plain text, wrapped for a terminal.
Called by `exporting.package`.
"""

from __future__ import annotations

import textwrap

from build_tools.model import Archive

WIDTH = 78


def readme_text(
    archive: Archive,
    name: str,
    folders: tuple[tuple[str, str], ...],
    text: tuple[tuple[str, str, str], ...],
    other: tuple[tuple[str, str, str], ...],
) -> str:
    """The explanation; it names the folders with what they hold, and each ending with its format and its specification.

    Formats that are `text` stand apart from `other` ones.
    """
    edition = archive.edition
    title = f"{edition.title}, edition {edition.edition}"
    published = [one for one in archive.documents if one.header.status == "published"]
    drafts = [one for one in archive.documents if one.header.status != "published"]
    year = edition.date[:4]
    blocks = [
        f"{title}\n{'=' * len(title)}",
        _wrapped(edition.description),
        f"Edition:    {edition.edition}, {edition.date}\nPublisher:  {edition.publisher}\n"
        f"Editors:    {'; '.join(edition.editors)}\nAddress:    {edition.base_iri}",
        _heading("1. What this is"),
        _wrapped(
            f"The whole edition as it was published: {len(published)} documents with their notes, "
            f"{len(archive.records())} records of commitments, messages, events, people and other things, and the ledger of "
            f"every address ever given out ({len(archive.ledger)} lines). It is a BagIt bag (RFC 8493), and its folder data/ "
            "is a Research Object Crate (RO-Crate 1.2): data/ro-crate-metadata.json describes every file. Nothing in it has "
            "to be run, and nothing has to be fetched, to read it."
        ),
        _wrapped("The paths below are those inside data/:"),
        "\n".join(
            [
                *(_item(one, words) for one, words in folders),
                _item("CHANGES.txt", "What each edition published, revised and ended, with reasons"),
                _item("README.txt", "This text"),
            ]
        ),
        _wrapped(
            "The folder sources/ is the edition; the folder exports/ was made of it and can be made again. In sources/, each "
            "document has a folder with transcription.txt (the text as received, never edited), edition.xml (the same text "
            "encoded and corrected in the open) and notes/."
        ),
    ]
    if any(one == "site/" for one, _ in folders):
        blocks.append(
            _wrapped(
                "Open site/index.html in a browser: every page can be read from the disk and without scripts. The index of its "
                "search is in site/pagefind/, in a format of the program Pagefind; nothing is only there."
            )
        )
    if drafts:
        names = ", ".join(one.id for one in drafts)
        blocks.append(_wrapped(f"Drafts, which were not published and must not be cited: {names}."))
    blocks += [
        _heading("2. How to verify it without our software"),
        _wrapped("In the folder that holds bagit.txt, with the tools of any Linux:"),
        "    sha256sum --check --quiet manifest-sha256.txt\n    sha256sum --check --quiet tagmanifest-sha256.txt",
        _wrapped(
            "No output means that every file named is as it was. On macOS write shasum --algorithm 256 for sha256sum; on "
            "Windows compare each line with what certutil -hashfile FILE SHA256 prints. The same can be done with the files "
            "whose names end in sha512.txt. That no file is missing or added:"
        ),
        "    find data -type f | wc -l\n    wc -l < manifest-sha256.txt",
        _wrapped(
            "Both numbers must be equal, and equal to the number after the full stop in Payload-Oxum of bag-info.txt; the "
            "number before it counts the bytes of all files in data/. In the manifests %25, %0A and %0D stand for a sign of "
            "percent and for ends of lines in names of files; no other sign is changed; sha256sum does not know this, "
            "and calls such a file missing. The same sources and the same version of the program make the same package, byte "
            "for byte: two copies of this edition can be compared by the digest of the zip file alone."
        ),
        _wrapped(
            "The digests show damage, not forgery: who can change a file can change its digest. Compare tagmanifest-sha256.txt "
            "with a copy from elsewhere if that matters. In the folder data/, exports/edition/SHA256SUMS has the digests of "
            "the sources alone, as the site shows them. Within sources/ledger/passages.tsv each line ends with a digest of "
            "itself and the line before: the first 16 hexadecimal digits of SHA-256 over the last digest of the line before "
            "(nothing for the first) and the other seven columns, joined by tabs, in UTF-8. The column digest is made in the "
            "same way of the words of the passage, with every run of white space as one blank."
        ),
        _heading("3. How to read it in fifty years"),
        _wrapped(
            "Every file whose name ends as below is text in UTF-8 (RFC 3629; its signs are those of Unicode, "
            "https://www.unicode.org/). Any program that shows text shows it. What the signs in it mean is specified here:"
        ),
        _formats(text),
        *((_wrapped("These are not text:"), _formats(other)) if other else ()),
        _wrapped(
            "Packaging: BagIt, https://www.rfc-editor.org/rfc/rfc8493; RO-Crate 1.2, https://w3id.org/ro/crate/1.2; zip, "
            "ISO/IEC 21320-1 (files are stored, not compressed). Dates of documents and records are in EDTF, "
            "https://www.loc.gov/standards/datetime/. Which elements the editions use is said by schemas/tei.rng; what the "
            "fields of records mean, by exports/data/schema/; what the columns of the tables mean, by "
            "exports/data/schema/tables.json (CSV on the Web). Files in Markdown begin with fields in YAML between two lines "
            "of three hyphens. exports/data/archive.jsonld holds everything as one graph, with its context in the file."
        ),
        _wrapped(
            "If only one thing can be kept, keep sources/. If only plain text can be read, transcription.txt of each document "
            "is its whole text, and sources/ledger/words/ has the words of every passage in every edition."
        ),
        _heading("4. Licence of each part"),
        _wrapped(
            f"Introductions, notes, records, encoding, tables and everything else that the editors wrote: {edition.licence}, "
            f"{edition.licence_url}."
        ),
        _wrapped(
            "The grammar in schemas/ and, if it is there, what makes the pages in site/ work: the MIT licence, "
            "https://spdx.org/licenses/MIT; fonts have their own licences beside them."
        ),
        _wrapped(
            "The words of the documents are not the editors', who claim no rights in them. The terms known of each:"
        ),
        "\n".join(_item(one.id, one.header.availability or "nothing is known") for one in archive.documents),
        _heading("5. How to cite it"),
        _wrapped(
            f"{edition.publisher}. {edition.title}. Edition {edition.edition}. {edition.date}. {edition.base_iri}"
            if edition.publisher != edition.title
            else f"{edition.title}. Edition {edition.edition}. {edition.date}. {edition.base_iri}"
        ),
        _wrapped(
            "Cite a passage with the id of the document and of the passage, which are permanent, and name the edition. "
            "exports/documents/ has a citation of every document and passage in BibTeX, RIS and CSL-JSON."
        ),
        "    @misc{" + name + ",\n"
        f"      title = {{{edition.title}}},\n      editor = {{{' and '.join(f'{{{one}}}' for one in edition.editors)}}},\n"
        f"      edition = {{{edition.edition}}},\n      year = {{{year}}},\n      url = {{{edition.base_iri}}}\n    }}",
    ]
    return "\n\n".join(blocks) + "\n"


def _formats(formats: tuple[tuple[str, str, str], ...]) -> str:
    return "\n".join(f"    {ending:<7} {what}\n            {where}" for ending, what, where in formats)


def _heading(words: str) -> str:
    return f"\n{words}\n{'-' * len(words)}"


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def _item(name: str, words: str) -> str:
    text = f"{name}: {' '.join(words.split())}"
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )
