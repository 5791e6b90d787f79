"""`make pictures`: a photograph of every kind of page, wide and narrow, light and dark, and as printed, into `pictures/`.

`python -m tests.pictures commitments/graph/ dates/` takes those pages only.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import SWITCHES
from tests.browser.test_clean import KINDS
from tests.groups import chromium
from tests.published import ROOT, build, served

MORE = (
    "documents/letter-1962-10-27/",
    "commitments/kind/assurance/",
    "commitments/status/met/",
    "commitments/between/john-f-kennedy/soviet-government/",
    "commitments/us-lift-quarantine/",
    "messages/kennedy-khrushchev-1962-10-27/",
    "events/excomm-1962-11-03/",
    "contribute/",
)
"""Pages of a kind that is in KINDS, which look different because of what they hold."""
PAPER = {"width": 718, "height": 1016}
"""The printed area of A4, in pixels."""


def main() -> None:
    """Build the site, open each page, take the pictures."""
    from playwright.sync_api import sync_playwright

    wanted = sys.argv[1:] or dict.fromkeys([*KINDS, *MORE])
    target = ROOT / "pictures"
    if not sys.argv[1:]:
        shutil.rmtree(target, ignore_errors=True)  # none of a page that is no more
    target.mkdir(exist_ok=True)
    missing = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(site)
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        with served(site) as address:
            contexts = {
                (scheme, width): browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
                for scheme in ("light", "dark")
                for width in (1280, 390)
            }
            printer = browser.new_context(viewport=PAPER)
            for path in wanted:
                name = path.strip("/").replace("/", "-") or "home"
                for (scheme, width), context in contexts.items():
                    page = context.new_page()
                    answer = page.goto(address + path)
                    if not answer or answer.status != 200:
                        missing.append(path)
                    page.screenshot(path=target / f"{name}-{scheme}-{width}.png", full_page=True)
                    page.close()
                page = printer.new_page()
                page.goto(address + path)
                page.pdf(path=target / f"{name}-print.pdf", format="A4")
                page.emulate_media(media="print")
                page.screenshot(path=target / f"{name}-print.png", full_page=True)
                page.close()
        browser.close()
    print(f"{len(list(target.iterdir()))} pictures in {target}")
    if missing:
        sys.exit(f"not in the site: {', '.join(dict.fromkeys(missing))}")


if __name__ == "__main__":
    main()
