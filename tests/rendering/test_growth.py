"""No page grows with the archive: the largest of each kind in an archive of some size, and in one of twice that size.

In both everything is crowded: all documents quote, cite and answer one letter, all telegrams are of one series and answer one
of them, all commitments hang on one, and all is of one day or month.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from pathlib import Path

import pytest

from build_tools.linking import link
from build_tools.output import Page
from build_tools.rendering.documents import BESIDE
from build_tools.rendering.pages import render_pages
from build_tools.state import state_of
from tests.linking.sources import LETTER, commitment, edition, read

HEAVIEST = 130_000
"""Bytes of a page, compressed."""
SOME = 310
"""More than any list has on one page."""
MAY_GROW = 1.3
"""Times; numbers get longer, and every list that is split says how many pages it has."""


def crowded(count: int) -> dict[str, str]:
    files = dict(LETTER)
    files["messages/first.md"] = message("first", "0")
    files["commitments/hub.md"] = commitment(name="The hub")
    for n in range(count):
        name = f"x{n:04}"
        when = ("1962-11-03", "1962-11", "1962")[n % 3]
        text = f"In letter {n} Alder wrote to Birch: “The removal of Alder.” So it is."
        body = (
            f'<p xml:id="p1"><lb n="1"/>In <ref target="document:letter">letter</ref> {n} '
            '<persName ref="person:a">Alder</persName> wrote to <persName ref="person:b">Birch</persName>: '
            '<quote source="document:letter#p1">“The removal of Alder.”</quote> So it is.</p>'
        )
        files[f"documents/{name}/edition.xml"] = edition(body, date=f'<date when="{when}">then</date>')
        files[f"documents/{name}/transcription.txt"] = text + "\n"
        files[f"messages/{name}.md"] = message(name, str(n + 1), "relations: [{link: answers, message: first}]\n", when)
        files[f"commitments/{name}.md"] = commitment(
            name=f"Promise {n}",
            depends_on="[{commitment: hub}]",
            passages=f"[{{document: {name}, passage: p1, exact: So it is}}]",
            messages="[first]",
            dates=f'["{when}"]',
        )
        files[f"people/{name}.md"] = f'---\nname: Alder {n}\nsee_also: ["person:a"]\n---\n'
        files[f"events/{name}.md"] = (
            f'---\nname: Event {n}\nwhen: {{date: "{when}"}}\nparticipants: ["person:b"]\n---\n'
        )
    return files


def message(name: str, number: str, relations: str = "", when: str = "1962-11-03") -> str:
    return (
        f'---\nname: Telegram {name}\nform: telegram\nholding: calendared\nseries: series-one\nnumber: "{number}"\n'
        f'sender: ["person:a"]\naddressee: ["person:b"]\nsent: {{date: "{when}"}}\n{relations}---\n'
    )


def kind_of(url: str) -> str:
    """The address without names and days, and without the number of a page by which a list goes on."""
    named = re.sub(r"(?<=/)(x\d{4}|letter|first|hub|[abe]|\d{4}[\d-]*)(?=/)", "*", url)
    return re.sub(r"(?<=/)\d{1,3}/$", "", named)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Page], list[Page]]:
    made = []
    for count in (SOME, SOME * 2):
        archive, problems = read(tmp_path_factory.mktemp("crowded"), crowded(count))
        assert problems == ()
        links, _ = link(archive)
        made.append(list(render_pages(archive, links, state_of(archive, links))))
    return made[0], made[1]


def largest(pages: list[Page]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for page in pages:
        found[kind_of(page.url)] = max(found[kind_of(page.url)], len(page.html))
    return found


def test_no_page_grows_with_the_archive(pages: tuple[list[Page], list[Page]]) -> None:
    before, after = map(largest, pages)
    assert len(before) > 40
    growing = {kind: (before[kind], size) for kind, size in after.items() if size > before[kind] * MAY_GROW}
    assert growing == {}


def test_no_page_is_heavy(pages: tuple[list[Page], list[Page]]) -> None:
    heavy = {page.url for page in pages[1] if len(gzip.compress(page.html.encode(), 6)) > HEAVIEST}
    assert heavy == set()


def test_each_page_has_an_address_of_its_own(pages: tuple[list[Page], list[Page]]) -> None:
    urls = [page.url for page in pages[1]]
    assert len(urls) == len(set(urls))


def test_a_margin_names_so_many_commitments_and_leads_to_the_rest(tmp_path: Path) -> None:
    files = dict(LETTER)
    for n in range(100):
        passage = "[{document: letter, passage: p1, exact: removal of Alder}]"
        files[f"commitments/x{n:03}.md"] = commitment(name=f"Promise {n}", passages=passage)
    archive, problems = read(tmp_path, files)
    assert problems == ()
    links, _ = link(archive)
    pages = {page.url: page for page in render_pages(archive, links, state_of(archive, links))}
    html = str(pages["documents/letter/"].html)
    assert html.count('<a class="commit ') == BESIDE
    assert f'<a href="#refers-to-this">and {100 - BESIDE} more commitments</a>' in html
    foot = html[html.index('id="refers-to-this"') :]
    assert "Promise 0" in foot
    everywhere = "".join(str(page.html) for url, page in pages.items() if url.startswith("documents/letter/"))
    assert all(f">Promise {n}</a>" in everywhere for n in range(100))
