"""`/notebook/`: the page on which a reader's own notes are shown, by a script and out of the reader's own browser (ADR 0020).

Comes in: `Here`. Goes out: the page with what it is, in words; the edition holds no note of any reader. Called by `pages`.
"""

from __future__ import annotations

from build_tools.output import Page
from build_tools.rendering.addressing import Here
from build_tools.rendering.templates import render


def notebook_page(out: Here) -> Page:
    """The page, with an empty place that `notebook.js` fills."""
    here = out.at("notebook/")
    return Page(
        url=here.url,
        title="Your notes",
        html=render("notebook.html", here=here, edition=here.archive.edition),
        section="notebook",
        body_class="list",
        description="Notes that readers write on passages, kept in their own browser.",
    )
