"""The ledger's lists, the matrix, the days, the drawing, the wording and the trace, of small archives with known answers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_tools.linking import link
from build_tools.model import Archive
from build_tools.output import Page
from build_tools.rendering import pages as rendering_pages
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.as_of import LISTED, as_of_pages
from build_tools.rendering.commitment_lists import NAMES, PARTIES, ROWS, ledger_pages
from build_tools.rendering.commitments import NEAR, commitment_pages
from build_tools.rendering.dependencies import graph_page
from build_tools.rendering.fate_line import WIDTH, Mark, fate_line
from build_tools.rendering.pages import render_pages
from build_tools.rendering.wording import shared
from build_tools.standing import standing_of
from build_tools.state import state_of
from tests.linking.sources import LETTER, PERSON, commitment, edition, read
from tests.rendering.page import parse

Pages = dict[str, Page]
Make = Callable[[dict[str, str]], tuple[Here, Pages]]
SOURCE = "sources: [{grade: A, document: letter, at: p1}]"


def step(date: str, status: str, text: str = "Done.") -> str:
    return f'{{date: "{date}", status: {status}, text: "{text}", {SOURCE}}}'


def by_url(pages: Iterable[Page]) -> Pages:
    found = list(pages)
    assert len({page.url for page in found}) == len(found), "two pages have one address"
    return {page.url: page for page in found}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Every page about commitments of an archive of these files."""

    def made(files: dict[str, str]) -> tuple[Here, Pages]:
        archive, problems = read(tmp_path, LETTER | files)
        links, dangling = link(archive)
        assert (*problems, *dangling) == ()
        out = looking_out(archive, links)
        standing = standing_of(archive)
        pages = [*ledger_pages(standing, out), *as_of_pages(standing, out), graph_page(out)]
        pages += [page for record in archive.commitments for page in commitment_pages(record, out)]
        return out, by_url(pages)

    return made


def hrefs(page: Page, path: str = ".") -> list[str]:
    return [str(href) for href in parse(page.html).xpath(f"{path}//a/@href")]


def rows(page: Page) -> list[str]:
    """The commitments of a list, by what they are called."""
    return [str(name) for name in parse(page.html).xpath('.//table[@class="ledger"]//th[@scope="row"]/a/text()')]


# --- lists ------------------------------------------------------------------------------------------------------------

THREE = {
    "commitments/one.md": commitment(
        name="One", toward='["person:b", "person:c"]', fate=f"[{step('1962-11-20', 'met')}]"
    ),
    "commitments/three.md": commitment(name="Three", by='["person:b"]', toward='["person:a"]', kind="demand"),
    "commitments/two.md": commitment(name="Two", fate=f"[{step('1962-11-20', 'partly met')}]"),
    "people/c.md": PERSON.format(name="Cedar"),
}


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("by/a/", ["One", "Two"]),
        ("by/b/", ["Three"]),
        ("kind/undertaking/", ["One", "Two"]),
        ("kind/demand/", ["Three"]),
        ("status/met/", ["One"]),
        ("status/partly-met/", ["Two"]),
        ("status/open/", ["Three"]),
        ("between/a/b/", ["One", "Two"]),
        ("between/a/c/", ["One"]),
        ("between/b/a/", ["Three"]),
    ],
)
def test_a_list_has_exactly_its_own(make: Make, url: str, names: list[str]) -> None:
    _, pages = make(THREE)
    assert rows(pages[f"commitments/{url}"]) == names


def test_the_ledger_leads_to_every_list(make: Make) -> None:
    _, pages = make(THREE)
    found = set(hrefs(pages["commitments/"], './/nav[@class="filters"]'))
    lists = {
        url.removeprefix("commitments/") for url in pages if url.split("/")[1] in {"by", "kind", "status", "parties"}
    }
    assert found == lists
    assert {"as-of/", "matrix/", "graph/"} <= set(hrefs(pages["commitments/"]))


def test_a_cell_leads_to_exactly_what_it_counts(make: Make) -> None:
    _, pages = make(THREE)
    matrix = pages["commitments/matrix/"]
    cells = parse(matrix.html).xpath(".//td/a")
    assert len(cells) == 3
    for cell in cells:
        target = pages[cell.get("href").replace("../", "commitments/")]
        assert int(cell.text) == len(rows(target))
    assert "1 partly met, 1 met" in matrix.html
    assert cells[0].get("aria-label").startswith("2 by Alder toward")


def test_a_person_and_a_body_of_one_id_have_lists_of_their_own(make: Make) -> None:
    _, pages = make(
        THREE
        | {"organisations/a.md": PERSON.format(name="A board"), "commitments/z.md": commitment(by='["organisation:a"]')}
    )
    assert rows(pages["commitments/by/person-a/"]) == ["One", "Two"]
    assert rows(pages["commitments/by/organisation-a/"]) == ["A promise"]


def test_a_thousand_between_two_parties_are_split(make: Make) -> None:
    many = 1000
    _, pages = make({f"commitments/c{n:04}.md": commitment(name=f"Promise {n:04}") for n in range(many)})
    parts = [pages[f"commitments/between/a/b/{part}"] for part in ("", *(f"{n}/" for n in range(2, many // ROWS + 1)))]
    assert [name for part in parts for name in rows(part)] == [f"Promise {n:04}" for n in range(many)]
    assert "2/" in hrefs(parts[0])
    assert "../" in hrefs(parts[1])
    assert len(rows(pages["commitments/"])) < ROWS
    assert "kind/undertaking/" in hrefs(pages["commitments/"], './/p[@class="further"]')
    assert all(len(page.html.encode()) < 250_000 for page in pages.values())


def test_many_parties_are_listed_though_the_matrix_leaves_them_out(make: Make) -> None:
    many = max(PARTIES, NAMES) + 1
    files = {f"people/p{n:04}.md": PERSON.format(name=f"Person {n:04}") for n in range(many)}
    files |= {f"commitments/c{n:04}.md": commitment(by=f'["person:p{n:04}"]') for n in range(many)}
    _, pages = make(files)
    assert len(parse(pages["commitments/matrix/"].html).xpath(".//tbody/tr")) == PARTIES
    listed = {
        href for url in ("", "2/") for href in hrefs(pages[f"commitments/parties/{url}"], './/ul[@class="register"]')
    }
    assert len(listed) == many


# --- as of a date -----------------------------------------------------------------------------------------------------

COURSE = {
    "commitments/one.md": commitment(
        name="One",
        dates='["1962-10-27"]',
        fate=f"[{step('1962-11-03', 'narrowed')}, {step('1962-11-10/1962-11-20', 'disputed', 'At some time.')}]",
    ),
    "commitments/two.md": commitment(
        name="Two", fate=f"[{step('1962-11-12', 'stated')}, {step('1962-11-15', 'stated', 'Again.')}]"
    ),
}


def test_there_is_a_page_for_each_day_on_which_something_changed(make: Make) -> None:
    _, pages = make(COURSE)
    days = ["1962-10-27", "1962-11-03", "1962-11-12", "1962-11-15", "1962-11-20"]
    assert [url for url in pages if url.startswith("commitments/as-of/1")] == [
        f"commitments/as-of/{day}/" for day in days
    ]
    for before, day, after in zip(["", *days], days, [*days[1:], ""], strict=False):
        (nav,) = parse(pages[f"commitments/as-of/{day}/"].html).xpath('.//nav[@class="steps"]')
        assert nav.xpath('a[@rel="prev"]/@href') == ([f"../{before}/"] if before else [])
        assert nav.xpath('a[@rel="next"]/@href') == ([f"../{after}/"] if after else [])


def test_what_a_span_leaves_open_is_said(make: Make) -> None:
    _, pages = make(COURSE)
    between = parse(pages["commitments/as-of/1962-11-15/"].html)
    (row,) = between.xpath('.//section[@id="narrowed"]//tbody/tr')
    assert "perhaps already disputed (10–20 November 1962)" in row.text_content()
    last = parse(pages["commitments/as-of/1962-11-20/"].html)
    (changed,) = last.xpath('.//ul[@class="changes"]/li')
    assert "narrowed → disputed" in changed.text_content()
    assert "on this day at the latest; the date is 10–20 November 1962" in changed.text_content()
    (row,) = last.xpath('.//section[@id="disputed"]//tbody/tr')
    assert "at the latest on Tuesday 20 November 1962; the date is 10–20 November 1962" in row.text_content()


def test_changes_are_marked_and_repetitions_told_from_them(make: Make) -> None:
    _, pages = make(COURSE)
    marks = {
        day: dict(
            zip(
                parse(page.html).xpath('.//table[@class="as-of"]//th[@scope="row"]/a/text()'),
                parse(page.html).xpath('.//table[@class="as-of"]//td[last()]/descendant-or-self::*[not(*)]/text()'),
                strict=True,
            )
        )
        for day in ("1962-11-12", "1962-11-15", "1962-11-20")
        for page in [pages[f"commitments/as-of/{day}/"]]
    }
    assert marks["1962-11-12"] == {"One": "–", "Two": "new"}
    assert marks["1962-11-15"] == {"One": "–", "Two": "a step"}
    assert marks["1962-11-20"] == {"One": "changed", "Two": "–"}
    assert "still stated" in pages["commitments/as-of/1962-11-15/"].html


def test_too_many_to_read_are_counted(make: Make) -> None:
    fate = f"[{step('1962-11-03', 'stated')}]"
    _, pages = make({f"commitments/c{n:04}.md": commitment(fate=fate) for n in range(LISTED + 1)})
    page = parse(pages["commitments/as-of/1962-11-03/"].html)
    assert page.xpath(".//table") == []
    assert f"{LISTED + 1} stated" in page.text_content()
    assert "1 more changed on this day" in page.text_content()


def test_too_many_days_have_a_page_for_each_year(make: Make) -> None:
    def fate(n: int) -> str:
        return f"[{step(f'{1800 + n % 2}-{n % 9 + 1:02}-{n % 28 + 1:02}', 'stated')}]"

    _, pages = make({f"commitments/c{n:04}.md": commitment(fate=fate(n)) for n in range(LISTED * 2)})
    index = pages["commitments/as-of/"]
    assert {"1800/", "1801/"} <= set(hrefs(index))
    days = {href for year in ("1800", "1801") for href in hrefs(pages[f"commitments/as-of/{year}/"], ".//table")}
    assert {f"commitments/as-of/{day.removeprefix('../')}" for day in days} == {
        url for url in pages if url.startswith("commitments/as-of/") and url.count("-") == 3
    }


# --- what hangs on what -----------------------------------------------------------------------------------------------

HANGING = {
    "commitments/one.md": commitment(
        name="One", depends_on="[{commitment: two}, {commitment: three, sense: limited by}]"
    ),
    "commitments/two.md": commitment(name="Two"),
    "commitments/three.md": commitment(name="Three", depends_on="[{commitment: two, sense: verified by}]"),
    "commitments/alone.md": commitment(name="Alone"),
}


def test_the_drawing_and_its_table_say_the_same(make: Make) -> None:
    _, pages = make(HANGING)
    page = parse(pages["commitments/graph/"].html)
    told = {
        "{} {}: {}".format(*row.xpath("th/a/text()"), *row.xpath("td[1]/text()"), *row.xpath("td[2]/a/text()"))
        for row in page.xpath(".//tbody/tr")
    }
    drawn = set(page.xpath('.//div[@class="picture wide"]//a[contains(@class, "edge")]/@aria-label'))
    assert told == drawn == {"One is conditional on: Two", "One is limited by: Three", "Three is verified by: Two"}
    assert "1 commitment hangs on nothing" in page.text_content()


def test_an_arrow_leads_to_the_row_that_tells_of_it(make: Make) -> None:
    _, pages = make(HANGING)
    page = parse(pages["commitments/graph/"].html)
    href = page.xpath('.//a[@aria-label="One is limited by: Three"]/@href')[0]
    assert href == "../one/#h-2"
    (row,) = parse(pages["commitments/one/"].html).xpath('.//tr[@id="h-2"]')
    assert "Three" in row.text_content()
    assert "is limited by" in row.text_content()


def test_a_page_draws_a_neighbourhood_and_no_more(make: Make) -> None:
    files = {f"commitments/c{n:03}.md": commitment(depends_on="[{commitment: hub}]") for n in range(NEAR + 5)}
    _, pages = make(files | {"commitments/hub.md": commitment(name="Hub")})
    hub = parse(pages["commitments/hub/"].html)
    assert len(hub.xpath('.//div[@class="picture wide"]//rect[@rx="4"]')) == NEAR + 1
    assert "5 more are not drawn" in hub.text_content()
    assert "5 more hang on it" in hub.text_content()
    (me,) = hub.xpath('.//div[@class="picture wide"]//g[contains(@class, " me")]')
    assert me.getparent().tag == "svg"


def test_what_is_too_large_to_be_drawn_is_listed(make: Make) -> None:
    files = {f"commitments/c{n:03}.md": commitment(depends_on="[{commitment: hub}]") for n in range(350)}
    _, pages = make(files | {"commitments/hub.md": commitment(name="Hub")})
    page = parse(pages["commitments/graph/"].html)
    assert page.xpath(".//svg") == []
    assert "351 that hang together" in page.text_content()
    assert "50 more stand on the pages" in page.text_content()


# --- wording ----------------------------------------------------------------------------------------------------------

SECOND = {
    "documents/answer/edition.xml": edition(
        '<p xml:id="p1"><lb n="1"/>The prompt removal of all, upon arrangements.</p>',
        date='<date when="1962-11-09">9th</date>',
    ),
    "documents/answer/transcription.txt": "The prompt removal of all, upon arrangements.\n",
}


def wording(make: Make, *passages: str) -> list[list[str]]:
    """The rows of the comparison, with what is only in one of them in brackets."""
    _, pages = make(SECOND | {"commitments/c.md": commitment(passages=f"[{', '.join(passages)}]")})
    page = parse(pages["commitments/c/"].html)
    for link_there in page.xpath('.//a[@class="place"]'):
        link_there.drop_tree()
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        for row in page.xpath('.//table[@class="side"]/tbody/tr')
    ]


def test_the_earlier_document_stands_first_and_changes_are_marked(make: Make) -> None:
    answer = "{document: answer, passage: p1, exact: The prompt removal of all, role: repeats}"
    letter = "{document: letter, passage: p1, exact: The removal of Alder}"
    assert wording(make, answer, letter) == [
        [
            "The removal of [only in the earlier: Alder]",
            "The [only in the later: prompt] removal of [only in the later: all]",
            "What is promised: changed",
        ]
    ]


def test_terms_are_set_beside_terms_and_what_has_no_counterpart_is_said(make: Make) -> None:
    found = wording(
        make,
        "{document: letter, passage: p1, exact: The removal of Alder}",
        "{document: letter, passage: p1, exact: on October 27, role: qualifies}",
        "{document: letter, passage: p1, exact: the removal of Birch, role: qualifies}",
        "{document: answer, passage: p1, exact: upon arrangements, role: qualifies}",
        "{document: answer, passage: p1, exact: removal}",
    )
    assert [row[2] for row in found] == [
        "What is promised: changed",
        "On what terms: other words",
        "On what terms: only in the earlier",
    ]
    assert found[1][:2] == ["[only in the earlier: on October 27]", "[only in the later: upon arrangements]"]
    assert found[2][1] == "nothing"


def test_one_document_alone_is_not_compared(make: Make) -> None:
    assert wording(make, "{document: letter, passage: p1, exact: The removal of Alder}") == []
    terms = "{document: answer, passage: p1, exact: upon arrangements, role: qualifies}"
    assert wording(make, "{document: letter, passage: p1, exact: The removal of Alder}", terms) == []


words = st.lists(st.sampled_from(["the", "of", "removal", "weapons", "to"]), max_size=9)


@given(words, words)
@settings(deadline=None)
def test_what_two_texts_share_is_in_both_in_order(one: list[str], other: list[str]) -> None:
    found = shared(one, other)
    assert all(one[a] == other[b] for a, b in found)
    assert found == sorted(set(found))
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert shared(one, one) == [(n, n) for n in range(len(one))]


def test_a_long_word_is_worth_more_than_small_ones() -> None:
    one, other = ["to", "the", "removal", "of"], ["removal", "to", "the", "of"]
    assert [one[a] for a, _ in shared(one, other)] == ["removal", "of"]


# --- the page and the trace -------------------------------------------------------------------------------------------


def test_passages_are_told_by_their_type(make: Make) -> None:
    passages = ", ".join(
        f"{{document: letter, passage: p1, exact: {exact}, role: {role}}}"
        for exact, role in [
            ("The removal of Alder", "qualifies"),
            ("on October 27", "denies"),
            ("the removal of Birch", "states"),
        ]
    )
    _, pages = make({"commitments/c.md": commitment(passages=f"[{passages}]")})
    page = parse(pages["commitments/c/"].html)
    assert page.xpath(".//section[1]/h3/text()") == ["Stated", "Qualified", "Denied"]
    assert [mark.text for mark in page.xpath(".//section[1]//mark")] == [
        "the removal of Birch",
        "The removal of Alder",
        "on October 27",
    ]


def test_the_line_of_time_leads_to_the_steps(make: Make) -> None:
    _, pages = make(COURSE)
    page = parse(pages["commitments/one/"].html)
    assert page.xpath('.//div[contains(@class, "fate-line")]//a/@href') == ["#s-1", "#s-2"]
    assert [item.get("id") for item in page.xpath('.//ol[contains(@class, "fate")]/li')] == ["s-1", "s-2"]
    assert len(page.xpath('.//div[contains(@class, "fate-line")]//g[contains(@class, "doubtful")]')) == 1


@given(
    st.lists(
        st.tuples(
            st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(0, 90), st.sampled_from(["met", "partly met"])
        ),
        min_size=2,
        max_size=12,
    )
)
@settings(deadline=None)
def test_the_marks_of_the_line_never_cover_each_other_or_leave_it(steps: list[tuple[date, int, str]]) -> None:
    marks = [
        Mark(status, f"#s-{n}", day, day + timedelta(after), after > 0) for n, (day, after, status) in enumerate(steps)
    ]
    svg = parse(fate_line(marks, "demand", "A fate"))
    taken = [[float(box.get(key)) for key in ("x", "y", "width")] for box in svg.xpath('.//rect[@class="hit"]')]
    assert len(taken) == len(marks)
    assert all(x >= -1 and x + width <= WIDTH + 1 for x, _, width in taken)
    for n, (x, y, width) in enumerate(taken):
        for other, row, more in taken[:n]:
            assert row != y or x + width <= other + 0.2 or other + more <= x + 0.2
    assert 2 <= len(svg.xpath('.//text[@class="sub"]')) <= 11


def test_the_margin_leads_to_the_ledger_as_of_each_day(make: Make) -> None:
    _, pages = make(COURSE)
    found = hrefs(pages["commitments/one/"], ".//aside")
    assert {"../as-of/1962-10-27/", "../as-of/1962-11-03/", "../as-of/1962-11-20/", "trace/"} <= set(found)


def test_the_trace_is_in_the_order_of_time_with_words_and_sources(make: Make) -> None:
    _, pages = make(
        {
            "commitments/c.md": commitment(
                fate=f"[{step('1962-10-20', 'undertaken', 'First.')}, {step('1963', 'met', 'Last.')}]"
            )
        }
    )
    items = parse(pages["commitments/c/trace/"].html).xpath('.//ol[@class="trace"]/li')
    told = [" ".join(item.text_content().split()) for item in items]
    assert [word in text for word, text in zip(["First.", "A letter", "Last."], told, strict=True)] == [True] * 3
    assert items[1].xpath(".//mark/text()") == ["The removal of Alder"]
    assert all("passage 1" in text for text in told)
    assert "The last that is known of it: met" in parse(pages["commitments/c/trace/"].html).text_content()


def test_every_link_between_these_pages_leads_somewhere(make: Make) -> None:
    _, pages = make(THREE | HANGING | {"commitments/four.md": COURSE["commitments/one.md"]})
    for url, page in pages.items():
        for href in hrefs(page):
            path = (Path("/") / url / href.partition("#")[0]).as_posix()
            parts: list[str] = []
            for part in path.strip("/").split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            target = "/".join(parts) + "/"
            if target.startswith("commitments/"):
                assert target in pages, f"{url}: {href}"


def test_canaries_stay_words(make: Make) -> None:
    canary = "<script>alert(1)</script>\\\"'&amp; \u05d0\u05d1 " + "long " * 60
    quoted = f'"{canary}"'
    _, pages = make(
        {
            "commitments/c.md": commitment(
                name=quoted,
                statement=quoted,
                reading=quoted,
                depends_on="[{commitment: d}]",
                fate=f"[{step('1962-11-03', 'met', canary)}]",
            ),
            "commitments/d.md": commitment(name=quoted),
        }
    )
    for page in pages.values():
        assert parse(page.html).xpath(".//script") == []


def test_a_thousand_passages_make_no_page_heavy_and_are_all_within_reach(make: Make) -> None:
    """Nor a thousand steps, messages and days: in 200 documents of two passages, and one of 600."""
    sentence = "Alder will remove battery {n} from the island, and Birch will see that it is gone. "
    files = {
        f"documents/d{n:03}/{name}": content
        for n in range(200)
        for name, content in (
            ("edition.xml", edition(f'<p xml:id="p1"><lb n="1"/>{(sentence * 2).format(n=n)}</p>')),
            ("transcription.txt", (sentence * 2).format(n=n) + "\n"),
        )
    }
    lines = [sentence.format(n=n) for n in range(600)]
    body = "".join(f'<p xml:id="p{n + 1}"><lb n="{n + 1}"/>{line}</p>' for n, line in enumerate(lines))
    files["documents/long/edition.xml"] = edition(body)
    files["documents/long/transcription.txt"] = "".join(f"{one}\n" for one in lines)
    quoted = [("long", n + 1, f"remove battery {n} from the island") for n in range(600)]
    passages = [f"{{document: {one}, passage: p{n}, exact: {exact}}}" for one, n, exact in quoted]
    for n in range(200):
        stated = f"{{document: d{n:03}, passage: p1, exact: Birch will see that it is gone"
        passages.append(f"{stated}, suffix: '. Alder'}}")
        passages.append(f"{{document: d{n:03}, passage: p1, exact: 'gone. Alder will', role: qualifies}}")
    days = [f"19{n // 300 + 63}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(1000)]
    fate = ", ".join(step(day, "stated", f"Step {n}.") for n, day in enumerate(days))
    _, pages = make(files | {"commitments/c.md": commitment(passages=f"[{', '.join(passages)}]", fate=f"[{fate}]")})
    for url, page in pages.items():
        assert len(gzip.compress(page.html.encode(), 6)) < 100_000, url

    def found(path: str, *starts: str) -> list[str]:
        """The addresses that the pages with these beginnings, and the commitment's own, have there."""
        own = [page for url, page in pages.items() if url.startswith(starts)]
        return [urljoin(page.url, str(href)) for page in own for href in parse(page.html).xpath(path)]

    first = parse(pages["commitments/c/"].html)
    quotations = './/section[h2="Where it is stated"]//footer/a/@href'
    places = [
        *(urljoin("commitments/c/", str(one)) for one in first.xpath(quotations)),
        *found(quotations, "commitments/c/p"),
    ]
    assert len(set(places)) == len(places) == 1000
    assert sorted(found(".//blockquote//footer/a/@href", "commitments/c/trace/")) == sorted(places)
    assert len(found('.//li/p/b[.="stated"]/text()', "commitments/c/trace/")) == 1000
    assert set(found('.//a[@class="place"]/@href', "commitments/c/wording/")) <= set(places)
    assert (
        len(first.xpath('.//table[@class="side"]')) + len(found('.//table[@class="side"]/@class', "commitments/c/w"))
        == 200
    )
    assert set(hrefs(pages["commitments/c/"])) >= {"passages/2/", "wording/2/", "trace/"}
    assert "2/" in hrefs(pages["commitments/c/trace/"])


def test_pages_made_in_pieces_by_other_processes_are_the_same(
    example: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though each is sent no more of the archive than it looks out on."""
    links, _ = link(example)
    state = state_of(example, links)
    whole = list(render_pages(example, links, state))
    monkeypatch.setattr(rendering_pages, "CHUNK", 1)
    alone = looking_out(example, links)
    assert [page for record in example.commitments for page in commitment_pages(record, alone)] == [
        page for page in whole if re.fullmatch(r"commitments/(lend-the-crane|repair-the-mole)/.*", page.url)
    ]
    for workers in (1, 4):
        with ProcessPoolExecutor(workers) as executor:
            assert list(render_pages(example, links, state, executor)) == whole
