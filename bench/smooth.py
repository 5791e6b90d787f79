"""`python -m bench.smooth [--dense] [--site FOLDER] [--runs 3] [--rate 4] [--json FILE]`: whether a long page reads smoothly.

Builds an archive whose document has 500 passages and 1,000 notes (or takes a site built of it), serves it on loopback and
opens it in Chromium on a processor slowed down fourfold. `--dense` has every commitment stated in every repetition of the
text as well, some 1,400 in the margin. Reported are medians: when the first words of the text are painted, the longest task
before and after that, while scrolling, at a jump, over a name, and at hiding marks; what shifts; and how much there is.
Believe it only where the load of the machine, which is printed, is less than its cores. The archive's own document, of
which the long one is made, is opened first in the same way, to compare with.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.generate import MODEL
from bench.long import LONG, lengthen
from tests.groups import chromium
from tests.published import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
PASSAGES, NOTES = 500, 1000
FAR = {LONG: "#p400", MODEL: "#p12"}
"""A passage to jump to in either document."""
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
TASK = 50
"""Milliseconds that a task may last."""
NOTCH = 120
"""Pixels by which a notch of a wheel scrolls."""
WATCH = """
window.seen = { tasks: [], shifts: [], text: 0 }
const watch = (type, keep) =>
    new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type, buffered: true })
watch('longtask', (one) => seen.tasks.push([one.startTime, one.duration]))
watch('layout-shift', (one) => { if (!one.hadRecentInput) seen.shifts.push(one.value) })
watch('element', (one) => { seen.text ||= one.renderTime })
new MutationObserver((_, observer) => {
    const words = document.querySelector('.passage p')
    if (words) { words.setAttribute('elementtiming', 'text'); observer.disconnect() }
}).observe(document, { childList: true, subtree: true })
"""
FIGURES = (
    "first paint",
    "first text",
    "loaded",
    "longest task before text",
    "longest task after text",
    "tasks too long after text",
    "longest task, wheel",
    "longest task, keys",
    "longest task, back to the top",
    "longest task, hover",
    "longest task, marks off",
    "longest task, marks on",
    "jump: first text",
    "jump: longest task",
    "jump: target below header",
    "phone: first text",
    "phone: longest task after text",
    "phone: longest task, scrolling",
    "phone: shift",
    "shift, loading",
    "shift, all",
    "elements",
)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def main() -> None:
    """Measure and print the medians."""
    parser = argparse.ArgumentParser(prog="bench.smooth", description=__doc__)
    parser.add_argument("--dense", action="store_true", help="commitments in every repetition of the text")
    parser.add_argument("--site", type=Path, default=None, help="a site that was built of the long archive before")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4, help="how many times slower the processor is made")
    parser.add_argument("--json", type=Path, default=None, help="write the figures there, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or _built(Path(folder), dense=options.dense)
        page = (site / "documents" / LONG / "index.html").read_bytes()
        print(f"{len(page):,} bytes of HTML, {len(gzip.compress(page, 6)):,} compressed; load {_load()}")
        runs = _runs(site, options.runs, options.rate)
    print(f"{'median of runs':32}{'long':>12}{'model':>12}   (each run of the long one)")
    for figure in FIGURES:
        long, model = ([run[figure] for run in runs[name]] for name in (LONG, MODEL))
        each = "  ".join(f"{value:,.3g}" if value < 1 else f"{value:,.0f}" for value in long)
        print(f"{figure:32}{statistics.median(long):>12,.3f}{statistics.median(model):>12,.3f}   ({each})")
    print(f"load at the end {_load()}")
    if options.json:
        options.json.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _built(folder: Path, *, dense: bool) -> Path:
    lengthen(ROOT / "sources", folder / "sources", PASSAGES, NOTES, everywhere=dense)
    command = [sys.executable, "-m", "build_tools", "build", "--sources", str(folder / "sources")]
    subprocess.run([*command, "--site", str(folder / "site")], cwd=ROOT, check=True, capture_output=True)
    shutil.rmtree(folder / "sources")
    return folder / "site"


def _runs(site: Path, count: int, rate: float) -> dict[str, list[dict[str, float]]]:
    """Of the long document and of the one it was made of; by turns, so that both have the same of the machine."""
    from playwright.sync_api import sync_playwright

    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        runs: dict[str, list[dict[str, float]]] = {LONG: [], MODEL: []}
        for _ in range(count):
            for name, found in runs.items():
                found.append(_run(browser, f"{address}documents/{name}/", FAR[name], rate))
        browser.close()
    return runs


def _run(browser: Browser, url: str, far: str, rate: float) -> dict[str, float]:
    figures: dict[str, float] = {}
    page = _opened(browser, url, rate, WIDE)
    figures |= {
        "first paint": page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
        "first text": page.evaluate("seen.text"),
        "loaded": page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"),
        "longest task before text": max(_tasks(page, before=True), default=0),
        "longest task after text": max(_tasks(page), default=0),
        "tasks too long after text": sum(task > TASK for task in _tasks(page)),
        "shift, loading": _shift(page),
        "elements": page.evaluate("document.querySelectorAll('*').length"),
    }
    page.mouse.move(600, 500)
    for figure in ("wheel", "keys", "back to the top"):
        _forget(page)
        if figure == "keys":
            _keys(page, 30)
        elif figure == "wheel":
            _wheel(page, 200, NOTCH, 20)
        else:
            _wheel(page, 70, -1400, 90)
        page.wait_for_timeout(600)
        figures[f"longest task, {figure}"] = max(_tasks(page), default=0)
    page.evaluate("document.querySelector('.text a.name').scrollIntoView({ behavior: 'instant', block: 'center' })")
    page.wait_for_timeout(1000)
    _forget(page)
    page.locator(".text a.name").first.hover()
    page.wait_for_timeout(1500)
    figures["longest task, hover"] = max(_tasks(page), default=0)
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_timeout(700)
    for figure in ("marks off", "marks on"):
        _forget(page)
        page.locator('.marks input[value="notes"]').click()
        page.locator('.marks input[value="commitments"]').click()
        page.wait_for_timeout(800)
        figures[f"longest task, {figure}"] = max(_tasks(page), default=0)
    figures["shift, all"] = _shift(page)
    page.context.close()

    page = _opened(browser, f"{url}{far}", rate, WIDE)
    figures |= {
        "jump: first text": page.evaluate("seen.text"),
        "jump: longest task": max(_tasks(page), default=0),
        "jump: target below header": page.evaluate(
            """far => document.querySelector(far).getBoundingClientRect().top
            - document.querySelector('header.site').getBoundingClientRect().bottom""",
            far,
        ),
    }
    page.context.close()

    page = _opened(browser, url, rate, PHONE)
    figures["phone: first text"] = page.evaluate("seen.text")
    figures["phone: longest task after text"] = max(_tasks(page), default=0)
    page.mouse.move(200, 500)
    _forget(page)
    _wheel(page, 200, NOTCH, 20)
    page.wait_for_timeout(600)
    figures["phone: longest task, scrolling"] = max(_tasks(page), default=0)
    figures["phone: shift"] = _shift(page)
    page.context.close()
    return figures


def _opened(browser: Browser, url: str, rate: float, viewport: dict[str, int]) -> Page:
    context = browser.new_context(viewport=viewport)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.goto(url)
    page.wait_for_timeout(3000)
    return page


def _wheel(page: Page, steps: int, by: int, pause: int) -> None:
    """Turns the wheel so many times, by so many pixels, with so many milliseconds between."""
    for _ in range(steps):
        page.mouse.wheel(0, by)
        page.wait_for_timeout(pause)


def _keys(page: Page, steps: int) -> None:
    for _ in range(steps):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(120)
    page.keyboard.press("End")
    page.wait_for_timeout(1200)


def _tasks(page: Page, *, before: bool = False) -> Sequence[float]:
    """Milliseconds of the long tasks that began before, or after, the first words were painted."""
    found: list[list[float]] = page.evaluate("seen.tasks")
    text: float = page.evaluate("seen.text")
    return [duration for start, duration in found if (start < text) is before]


def _shift(page: Page) -> float:
    return float(page.evaluate("seen.shifts.reduce((sum, one) => sum + one, 0)"))


def _forget(page: Page) -> None:
    page.evaluate("seen.tasks.length = 0")


if __name__ == "__main__":
    main()
