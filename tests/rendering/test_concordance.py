"""The concordance has every word of every passage as often as it stands there, in lines that lead to where it stands."""

from __future__ import annotations

import random
import string
import unicodedata
from collections import Counter
from dataclasses import replace
from urllib.parse import urldefrag, urljoin

import pytest

from build_tools.linking import link
from build_tools.location import Location
from build_tools.model import Archive, Passage
from build_tools.output import Page
from build_tools.rendering.addressing import Here, looking_out
from build_tools.rendering.concordance import (
    CONCORDANCE,
    CONTEXT,
    FREQUENT,
    FUNCTION_WORDS,
    LINES,
    ON_ONE_PAGE,
    concordance_pages,
    context,
    url_of_word,
)
from build_tools.rendering.registers import search_page
from build_tools.text import Element
from build_tools.words import entered, filed, initial, words
from tests.rendering.page import ids, parse

BASE = "http://archive.example/"
APOSTROPHES, HYPHENS = "'’‘ʼ", "-‐‑"


def pages_of(out: Here) -> dict[str, Page]:
    return {page.url: page for page in concordance_pages(out)}


def holding(archive: Archive, *texts: str, documents: int = 1) -> Here:
    """The archive with so many documents, each of passages with these texts, and nothing else."""
    first = archive.documents[0]
    passages = tuple(
        Passage(f"p{number}", str(number), Element("p", Location("x")), text) for number, text in enumerate(texts, 1)
    )
    made = tuple(replace(first, id=f"d{number:05}", passages=passages, notes=()) for number in range(documents))
    return with_documents(archive, made)


def with_documents(archive: Archive, documents: tuple) -> Here:
    links, _ = link(archive)
    return replace(looking_out(archive, links), archive=replace(archive, documents=documents))


def independent(text: str) -> list[str]:
    """The words of a text by the rule as the page tells it, sign by sign and without `build_tools.words`."""

    def belongs(at: int) -> bool:
        return 0 <= at < len(text) and (text[at].isalnum() or unicodedata.category(text[at]).startswith("M"))

    def joins(at: int) -> bool:
        if not (belongs(at - 1) and at + 1 < len(text) and text[at + 1].isalnum()):
            return False
        if text[at] in APOSTROPHES + HYPHENS:
            return True
        return text[at] in ".,:" and text[at - 1].isdecimal() and text[at + 1].isdecimal()

    found: list[str] = []
    at = 0
    while at < len(text):
        if not text[at].isalnum():  # a mark alone begins no word
            at += 1
            continue
        end = at
        while belongs(end) or (end > at and end < len(text) and joins(end)):
            end += 1
        pointed = at
        while pointed + 1 < len(text) and text[pointed].isalpha() and text[pointed + 1] == ".":
            pointed += 2
        if pointed >= at + 4 and not belongs(pointed):
            end = pointed
        word = text[at:end]
        for sign in APOSTROPHES:
            word = word.replace(sign, "'")
        for sign in HYPHENS:
            word = word.replace(sign, "-")
        found.append(unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold()))
        at = end
    return found


def entries(pages: dict[str, Page]) -> dict[str, tuple[int, int, str]]:
    """Entered form -> its count, the number of its lines, and the page that has them."""
    found = {}
    for url, page in pages.items():
        for section in parse(page.html).xpath(".//section[@class='word']"):
            form = section.xpath("./h2/a")[0].text_content()
            assert form not in found
            count = int(section.xpath("./h2/small")[0].text.split()[0].replace(",", ""))
            found[form] = count, len(section.xpath(".//ul[@class='kwic']/li")), url
    return found


@pytest.mark.parametrize("which", ["out", "published"])
def test_every_word_is_found_as_often_as_it_stands(which: str, request: pytest.FixtureRequest) -> None:
    here: Here = request.getfixturevalue(which)
    texts = [passage.text for document in here.archive.documents for passage in document.passages]
    counted = Counter(form for text in texts for form in independent(text))
    found = entries(pages_of(here))
    assert {form: count for form, (count, _, _) in found.items()} == dict(counted)
    for form, (count, lines, url) in found.items():
        assert lines == (0 if form in FUNCTION_WORDS else min(count, LINES)), form
        assert url.startswith(f"{CONCORDANCE}{initial(form)}/")


@pytest.mark.parametrize("which", ["out", "published"])
def test_each_line_leads_to_the_passage_that_has_its_words(which: str, request: pytest.FixtureRequest) -> None:
    here: Here = request.getfixturevalue(which)
    texts = {
        f"documents/{document.id}/#{passage.id}": passage.text
        for document in here.archive.documents
        for passage in document.passages
    }
    lines = 0
    for url, page in pages_of(here).items():
        for line in parse(page.html).xpath(".//ul[@class='kwic']/li"):
            left, right = (line.xpath(f"./span[@class='{side}']")[0].text_content() for side in "lr")
            (place,) = line.xpath("./a")
            target = urljoin(BASE + url, place.get("href")).removeprefix(BASE)
            assert left + right in texts[target]
            assert len(left) <= CONTEXT
            form = entered(line.xpath("./span/b")[0].text)
            assert form == line.xpath("ancestor::section/h2/a")[0].text_content()
            lines += 1
    assert lines > 50


def test_the_counts_of_the_first_page_are_those_of_the_entries(published: Here) -> None:
    pages = pages_of(published)
    found = entries(pages)
    facts = [one.text_content() for one in parse(pages[CONCORDANCE].html).xpath(".//dl[@class='facts']//dd")]
    passages = sum(len(one.passages) for one in published.archive.documents)
    assert facts == [
        f"{sum(count for count, _, _ in found.values()):,}",
        f"{len(found):,}",
        f"{len(published.archive.documents)}, of {passages} passages",
        f"{sum(lines for _, lines, _ in found.values()):,}",
    ]
    listed = parse(pages[CONCORDANCE].html).xpath("string(.//p[@class='stop'])").split(", ")
    assert set(listed) == FUNCTION_WORDS


def test_words_go_by_frequency_and_whole_ranks(published: Here) -> None:
    pages = pages_of(published)
    found = entries(pages)
    tree = parse(pages[FREQUENT].html)
    ranks = {
        int(row.xpath("./dt")[0].text): [one.text for one in row.xpath("./dd/a")]
        for row in tree.xpath(".//dl[@class='ranks']/div")
    }
    assert list(ranks) == sorted(ranks, reverse=True)
    for count, forms in ranks.items():
        same = {form for form, (often, _, _) in found.items() if often == count and form not in FUNCTION_WORDS}
        assert set(forms) == same
        assert forms == sorted(forms, key=filed)
    without = tree.xpath(".//section[@class='rules']//a[contains(@href, '#') and not(contains(@href, '_'))]")
    assert {one.text for one in without} == FUNCTION_WORDS & set(found)


def test_what_is_one_word() -> None:
    def split(text: str) -> list[str]:
        return [text[start:end] for start, end in words(text)]

    assert split("the gentlemen's re-export—'offensive' weapons’") == [
        "the",
        "gentlemen's",
        "re-export",
        "offensive",
        "weapons",
    ]
    assert split("at 8:05 p.m., 1,147 of 3.5; (26th) IL28's") == [
        "at",
        "8:05",
        "p.m.",
        "1,147",
        "of",
        "3.5",
        "26th",
        "IL28's",
    ]
    assert split("The U.S. and the U.N.-led J.F.K") == ["The", "U.S.", "and", "the", "U.N.", "led", "J", "F", "K"]
    assert split("detente\u0301 d\u00e9tente \u05e9\u05dc\u05d5\u05dd snake_case ...") == [
        "detente\u0301",
        "d\u00e9tente",
        "\u05e9\u05dc\u05d5\u05dd",
        "snake",
        "case",
    ]
    assert split("") == split("— … '' --") == []


def test_the_rule_is_the_one_that_is_told() -> None:
    chance = random.Random(1962)
    signs = "aBé\u0301Ж1٣'’-‐.,:— (\"\u05d0ß" + string.ascii_letters
    for _ in range(5000):
        text = "".join(chance.choice(signs) for _ in range(chance.randint(0, 24)))
        assert [entered(text[start:end]) for start, end in words(text)] == independent(text), repr(text)


def test_the_order_is_that_of_letters_and_of_no_locale() -> None:
    given = [
        "zone",
        "Éclair",
        "eagle",
        "we're",
        "were",
        "wert",
        "re-export",
        "reenter",
        "réenter",
        "10",
        "9",
        "1,147",
        "26th",
        "26",
    ]
    forms = sorted(map(entered, given), key=filed)
    assert forms == [
        "9",
        "10",
        "26",
        "26th",
        "1,147",
        "eagle",
        "éclair",
        "reenter",
        "réenter",
        "re-export",
        "we're",
        "were",
        "wert",
        "zone",
    ]
    assert [initial(entered(one)) for one in ("Éclair", "Łódź", "9", "٣", "Жуков", "œuvre")] == [
        "e",
        "l",
        "0-9",
        "0-9",
        "other",
        "o",
    ]
    assert entered("Gentlemen’s") == entered("gentlemen's")
    assert entered("de\u0301tente") == entered("DÉTENTE")
    assert filed("1" * 9000) > filed("9" * 8999)


HOSTILE = "<script>alert('x')</script> & \"quoted\" main \u05e9\u05dc\u05d5\u05dd \u202etfel Жуков's a'b"


def test_a_hostile_word_is_text(example: Archive) -> None:
    pages = pages_of(holding(example, HOSTILE))
    for page in pages.values():
        assert "<script" not in page.html
        assert "alert('" not in page.html
        tree = parse(page.html)
        assert tree.xpath(".//script") == []
        assert len(ids(tree)) == len(set(ids(tree)))
        assert "main" not in ids(tree)  # the shell has it
        assert all(one.split() == [one] for one in ids(tree))
    assert {"script", "alert", "x", "quoted", "main", "שלום", "жуков's", "a'b", "tfel"} == set(entries(pages))
    line = parse(pages[f"{CONCORDANCE}q/"].html).xpath(".//li/span")
    assert 'script> & "quoted" main' in "".join(one.text_content() for one in line)


def test_an_empty_archive_says_so(example: Archive) -> None:
    pages = pages_of(with_documents(example, ()))
    assert set(pages) == {CONCORDANCE, FREQUENT}
    assert "holds no words yet: it has no documents" in pages[CONCORDANCE].html
    assert "holds no such words" in pages[FREQUENT].html
    assert "its documents have no text" in pages_of(holding(example, "…"))[CONCORDANCE].html


def test_a_document_of_one_passage(example: Archive) -> None:
    pages = pages_of(holding(example, "Verification."))
    assert entries(pages) == {"verification": (1, 1, f"{CONCORDANCE}v/")}
    (line,) = parse(pages[f"{CONCORDANCE}v/"].html).xpath(".//ul[@class='kwic']/li")
    assert line.xpath("./a/@href") == ["../../documents/d00000/#p1"]
    assert line.xpath("string(./span[@class='r'])") == "Verification."
    assert line.xpath("string(./span[@class='l'])") == ""


def test_the_same_bytes_whatever_the_order_of_documents(published: Here) -> None:
    turned = replace(published, archive=replace(published.archive, documents=published.archive.documents[::-1]))
    assert list(concordance_pages(turned)) == list(concordance_pages(published))


def test_twice_as_many_documents_are_at_most_twice_as_much(example: Archive) -> None:
    chance = random.Random(3)
    vocabulary = ["".join(chance.choices(string.ascii_lowercase, k=7)) for _ in range(3000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    base = holding(example, "x", documents=200)
    documents = tuple(
        replace(one, passages=(replace(one.passages[0], text=" ".join(chance.choices(vocabulary, weights, k=150))),))
        for one in base.archive.documents
    )
    half, whole = (
        pages_of(replace(base, archive=replace(base.archive, documents=documents[:count]))) for count in (100, 200)
    )
    sizes = [sum(len(page.html.encode()) for page in pages.values()) for pages in (half, whole)]
    assert sizes[0] < sizes[1] < 2 * sizes[0]
    assert max(len(page.html.encode()) for page in whole.values()) < 100_000


def test_a_very_frequent_word_has_its_first_lines_and_leads_to_search(example: Archive) -> None:
    pages = pages_of(holding(example, "Cuba and Cuba", documents=LINES))
    assert entries(pages)["cuba"] == (2 * LINES, LINES, f"{CONCORDANCE}c/")
    section = parse(pages[f"{CONCORDANCE}c/"].html).xpath(".//section[@class='word']")[0]
    assert f"the first {LINES} lines of {2 * LINES}" in section.text_content()
    assert f"{2 * LINES} in {LINES} documents" in section.text_content()
    assert "../../search/?q=cuba" in section.xpath(".//a/@href")
    assert len(set(section.xpath(".//li/a/@href"))) == LINES // 2  # the first of them by order
    assert "one word does now" in pages[CONCORDANCE].html


def test_a_long_initial_goes_on_and_its_first_page_has_the_address_of_every_word(example: Archive) -> None:
    many = [f"m{one}{two}" for one in string.ascii_lowercase for two in string.ascii_lowercase]
    pages = pages_of(holding(example, " ".join(many)))
    urls = [url for url in pages if url.startswith(f"{CONCORDANCE}m/")]
    assert urls == [f"{CONCORDANCE}m/", *(f"{CONCORDANCE}m/{n}/" for n in range(2, len(urls) + 1))]
    assert len(urls) > 3
    assert list(entries(pages)) == many
    first = parse(pages[urls[0]].html)
    assert set(many) <= set(ids(first))
    assert len(ids(first)) == len(set(ids(first)))
    for item in first.xpath(".//ul[@class='word-index']/li/a"):
        url, at = urldefrag(urljoin(BASE + urls[0], item.get("href")))
        assert at == item.text
        assert at in ids(parse(pages[url.removeprefix(BASE)].html).xpath(f".//*[@id='{at}']/..")[0])
    for url in urls:
        assert len(parse(pages[url].html).xpath(".//section[@class='word']")) * 2 <= ON_ONE_PAGE
    nav = parse(pages[urls[1]].html).xpath(".//nav[@class='further']")[0]
    assert nav.xpath(".//a/@href") == ["../", "../", "../3/"]


def test_the_address_of_a_word_is_in_its_page(published: Here) -> None:
    pages = pages_of(published)
    for form in entries(pages):
        url, at = urldefrag(url_of_word(form))
        assert at in ids(parse(pages[url].html))
    assert url_of_word("verification") == "concordance/v/#verification"


def test_a_term_of_that_very_word_is_led_to(published: Here) -> None:
    pages = pages_of(published)
    (section,) = parse(pages[f"{CONCORDANCE}v/"].html).xpath(".//section[h2/@id='verification']")
    assert "../../terms/verification/" in section.xpath(".//a/@href")
    assert section.xpath("string(.//a[contains(@href, 'terms/')])") == "Verification"
    (other,) = parse(pages[f"{CONCORDANCE}v/"].html).xpath(".//section[h2/@id='verifying']")
    assert not any("terms/" in href for href in other.xpath(".//a/@href"))


def test_context_is_whole_words() -> None:
    text = "The assembly of the missiles continues, and the future of the SAM sites is unclear to everybody here."
    start = text.index("future")
    before, after = context(text, start, start + len("future"))
    assert all(one in text.split() for one in (before.split()[0], after.split()[-1]))
    assert context("a" * 300, 100, 110) == ("a" * CONTEXT, "a" * CONTEXT)
    assert context("short (word)", 7, 11) == ("short (", ")")


def test_search_without_scripts_leads_to_it(published: Here) -> None:
    tree = parse(search_page(published).html)
    assert "../concordance/" in tree.xpath(".//noscript//a/@href")
    assert "../concordance/" in tree.xpath("./p/a/@href")
