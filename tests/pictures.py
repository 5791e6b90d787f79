"""`make pictures`: a photograph of every kind of page, wide and narrow, light and dark, and printed, into `pictures/`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import SWITCHES
from tests.browser.test_clean import KINDS
from tests.groups import chromium
from tests.published import ROOT, build, served


def main() -> None:
    """Build the site, open each page, take the pictures."""
    from playwright.sync_api import sync_playwright

    wanted = sys.argv[1:] or KINDS
    target = ROOT / "pictures"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(site)
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        with served(site) as address:
            for path in wanted:
                name = path.strip("/").replace("/", "-") or "home"
                for scheme in ("light", "dark"):
                    for width in (1280, 390):
                        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
                        page = context.new_page()
                        page.goto(address + path)
                        page.screenshot(path=target / f"{name}-{scheme}-{width}.png", full_page=True)
                        context.close()
                page = browser.new_page()
                page.goto(address + path)
                page.pdf(path=target / f"{name}.pdf", format="A4")
                page.close()
        browser.close()
    print(f"{len(list(target.iterdir()))} pictures in {target}")


if __name__ == "__main__":
    main()
