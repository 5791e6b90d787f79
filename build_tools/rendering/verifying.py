"""`/verify/`: the page on which a reader checks a citation, a link or a quotation before handing it in.

Comes in: `Here`. Goes out: one page, which says how the check is made, what its answers mean and how to do it by hand. Its
form is shown by the script that does the work, `verify.js`, with the two files that `citing_data` makes of each document.
Called by `pages`.
"""

from __future__ import annotations

from build_tools.output import Page
from build_tools.rendering.addressing import Here
from build_tools.rendering.templates import render

MOST_NAMED = 8
"""Documents named on the page, beyond which only their number is told."""
MOST_TO_CHOOSE = 200
"""Documents among which a reader can choose; of more than these none is chosen, and a link names it instead."""


def verify_page(out: Here) -> Page:
    """`/verify/`."""
    here = out.at("verify/")
    documents = out.archive.documents
    html = render(
        "verify.html",
        here=here,
        home=f"{out.archive.edition.base_iri.rstrip('/')}/",
        count=len(documents),
        documents=tuple(here.link(one.reference) for one in documents[:MOST_NAMED]),
        choices=tuple((one.id, one.header.short_title) for one in documents)
        if len(documents) <= MOST_TO_CHOOSE
        else (),
    )
    return Page(
        url=here.url,
        title="Check a citation or a quotation",
        html=html,
        section="about",
        body_class="list",
        description="Paste a link, a footnote or a quotation: do the words stand in the archive, and have they changed?",
        anchors=("by-hand", "answers"),
    )
