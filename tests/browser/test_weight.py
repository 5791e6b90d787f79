"""How heavy pages are, whether they hold still while they load, and whether they can be read at 400 %.

What a first visit of the document transfers is `test_reading`'s; here are all the others.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.browser.test_clean import KINDS

pytestmark = pytest.mark.group("browser")

HEAVIEST = 130_000
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 %."""
SHIFTED = """() => new Promise((done) => {
    let sum = 0
    const seen = (list) => { for (const one of list.getEntries()) sum += one.value }
    new PerformanceObserver(seen).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => done(sum), 120)
})"""


def test_every_page_is_light(site: Path) -> None:
    weights = {
        path.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes(), 9)) for path in site.rglob("*.html")
    }
    assert {path: weight for path, weight in weights.items() if weight > HEAVIEST} == {}


def test_what_every_page_loads_is_light(site: Path) -> None:
    """Styles, scripts and the face of the text: with the page itself they stay below the bound."""
    assets = site / "assets"
    shared = [*assets.glob("*.css"), *assets.glob("*.js")]
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in shared)
    scripts = sum(len(gzip.compress(path.read_bytes(), 9)) for path in assets.glob("*.js"))
    weight += (assets / "fonts" / "source-serif-4-normal.woff2").stat().st_size
    heaviest = max(len(gzip.compress(path.read_bytes(), 9)) for path in site.rglob("*.html"))
    assert scripts <= 50_000
    assert weight + heaviest <= HEAVIEST, (weight, heaviest)


def test_no_kind_of_page_is_scrolled_sideways_at_400_per_cent_or_shifts(browser, address: str) -> None:
    context = browser.new_context(viewport=ZOOMED)
    page = context.new_page()
    wide, shifting = {}, {}
    for path in KINDS:
        answer = page.goto(address + path)
        assert answer.status == 200, f"{path} is in the list of kinds, but not in the site"
        shifted = page.evaluate(SHIFTED)
        if shifted > 0.02:
            shifting[path] = shifted
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > ZOOMED["width"]:
            wide[path] = width
    context.close()
    assert wide == {}
    assert shifting == {}
