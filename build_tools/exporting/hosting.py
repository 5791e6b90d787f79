"""What a static host needs to know: the headers of every answer, and that the folder is not to be processed.

The policy also stands in each page, for hosts that send no headers of their own; the two are compared by a test.
"""

from __future__ import annotations

import json

from build_tools.model import Archive
from build_tools.output import OutputFile

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
"""Nothing inline, nothing from elsewhere; WebAssembly is Pagefind's."""
OPEN = ("data", "dts", "documents")
"""Folders with files that programs in pages of other hosts may read; nothing of the site asks who reads it."""


def hosting_files(archive: Archive, mark: str) -> tuple[OutputFile, ...]:
    """`_headers` (Netlify, Cloudflare), `.nojekyll` (GitHub Pages), and the file `mark` that says what built this."""
    headers = "\n".join(
        [
            "/*",
            f"  Content-Security-Policy: {POLICY}; frame-ancestors 'none'",
            "  X-Content-Type-Options: nosniff",
            "  Referrer-Policy: no-referrer",
            *(line for folder in OPEN for line in (f"/{folder}/*", "  Access-Control-Allow-Origin: *")),
            "",
        ]
    )
    edition = archive.edition
    about = {
        "title": edition.title,
        "edition": edition.edition,
        "date": edition.date,
        "documents": len(archive.documents),
    }
    return (
        OutputFile("_headers", headers.encode()),
        OutputFile(".nojekyll", b""),
        OutputFile(mark, (json.dumps(about, ensure_ascii=False, sort_keys=True) + "\n").encode()),
    )
