"""Lists of names: by initial, split when there are many; forms as written, certainty, parts in promises; words compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.identifiers import Reference
from build_tools.model import Person, Term
from build_tools.rendering.addressing import Here, Link, looking_out
from build_tools.rendering.comparing import compared_with, comparison_pages
from build_tools.rendering.records import pointing_to, record_pages
from build_tools.rendering.registers import ON_ONE_PAGE, index_pages, register_pages
from build_tools.rendering.related import shown
from tests.linking.sources import LETTER, document, linked, read
from tests.rendering.conftest import With
from tests.rendering.page import ids, parse


def text_of(markup: str) -> str:
    return " ".join(parse(markup).text_content().split())


def test_a_short_register_is_one_page_with_its_initials(published: Here) -> None:
    (page,) = register_pages("person", published)
    root = parse(page.html)
    initials = root.xpath('//nav[@aria-label="Initials"]/a/@href')
    assert initials == [f"#{one}" for one in root.xpath("//section/@id")]
    assert len(root.xpath('//ul[@class="register"]/li')) == len(published.archive.people)
    assert "commitments: 4 by, 1 toward; messages: sent 11, received 7" in text_of(page.html)


def test_all_names_have_all_kinds_and_other_forms(published: Here) -> None:
    (page,) = index_pages(published)
    assert page.url == "registers/a-z/"
    text = text_of(page.html)
    assert "IL-28" in text
    assert "also " in text
    kinds = {one.split("/")[2] for one in parse(page.html).xpath('//ul[@class="register"]//a/@href')}
    assert kinds == {"people", "organisations", "places", "weapons", "terms", "events", "works"}


def test_a_long_register_has_a_page_for_each_initial_and_loses_nobody(with_records: With) -> None:
    initials = ["A"] * (ON_ONE_PAGE + 20) + ["B", "Ж", "7", "É", "~", "‘"]
    people = [(f"p-{n:04}", Person(name=f"{initial}{n:04}")) for n, initial in enumerate(initials)]
    out = with_records(*people)
    pages = list(register_pages("person", out))
    assert [page.url for page in pages] == [
        "people/", "people/by-initial/0-9/", "people/by-initial/a/", "people/by-initial/a/2/", "people/by-initial/b/",
        "people/by-initial/e/", "people/by-initial/u0436/",
    ]  # fmt: skip
    listed = [href for page in pages for href in parse(page.html).xpath('//ul[@class="register"]//a/@href')]
    assert len(listed) == len(set(listed)) == len(people)
    assert len(parse(pages[0].html).xpath('//nav[@aria-label="Initials"]/a')) == len(pages) - 1


def test_forms_as_written_and_the_certainty_of_the_editors(tmp_path: Path) -> None:
    body = (
        '<p xml:id="p1"><lb n="1"/><persName ref="person:a">Alder</persName>, <persName ref="person:a" cert="medium">the '
        'clerk</persName> and <persName ref="person:b">Birch</persName>; <persName ref="person:a">Alder</persName>.</p>'
    )
    files = LETTER | document(body, "Alder, the clerk and Birch; Alder.\n")
    archive, _ = read(tmp_path, files)
    out = looking_out(archive, linked(tmp_path, files))
    record = next(one for one in archive.people if one.id == "a")
    text = text_of(record_pages(record, out)[0].html)
    assert "As the documents write it“Alder” 2“the clerk” 1" in text
    assert text.count("identified by the editors, certainty medium") == 1


def test_the_four_words_are_compared(published: Here) -> None:
    (page,) = comparison_pages(published)
    assert page.url == "terms/compare/verification/"
    root = parse(page.html)
    assert [one.split(":")[0] for one in root.xpath('//section[@class="mentions"]/h2/a/text()')] == [
        "Inspection", "Observation", "Supervision", "Verification",
    ]  # fmt: skip
    passages = [(document, passage) for document in published.archive.documents for passage in document.passages]
    written = sum(passage.text.lower().count("verif") for _, passage in passages)
    places = root.xpath('//section[@id="verification"]//blockquote')
    assert len(places) == written
    assert root.xpath('//tr[th/a="Verification"]/td[1]')[0].text_content() == str(written)
    assert len(ids(root)) == len(set(ids(root)))
    for place in places:
        assert place.xpath(".//footer/a/@href")[0].startswith("../../../documents/")


def test_each_of_the_words_leads_to_the_comparison(published: Here) -> None:
    for name in ("verification", "inspection", "supervision", "observation"):
        record = next(one for one in published.archive.terms if one.id == name)
        assert "../compare/verification/" in parse(record_pages(record, published)[0].html).xpath("//aside//a/@href")


def term(*others: str) -> Term:
    return Term(name="T", see_also=tuple(f"term:{other}" for other in others))


@pytest.mark.parametrize(
    ("terms", "group"),
    [
        ({"a": term("b", "c"), "b": term("a", "c"), "c": term("a", "b")}, ["a", "b", "c"]),
        ({"a": term("b", "c"), "b": term("a", "c"), "c": term("a")}, []),  # one does not answer
        ({"a": term("b"), "b": term("a")}, []),  # two are too few
        ({"a": term("a", "b", "c"), "b": term("c", "a"), "c": term("b", "a", "d"), "d": term("c")}, ["a", "b", "c"]),
        ({"a": term("missing")}, []),
    ],
)
def test_words_belong_together_if_all_name_all(terms: dict[str, Term], group: list[str]) -> None:
    records = {Reference("term", name): value for name, value in terms.items()}
    assert [one.id for one in compared_with(Reference("term", "a"), records)] == group  # type: ignore[arg-type]


def test_a_word_within_a_word_is_no_place(tmp_path: Path) -> None:
    names = {"inspection": "Inspection", "port": "Port", "view": "View"}
    others = {one: "".join(f'  - "term:{other}"\n' for other in names if other != one) for one in names}
    terms = {f"terms/{one}.md": f"---\nname: {name}\nsee_also:\n{others[one]}---\n" for one, name in names.items()}
    body = '<p xml:id="p1"><lb n="1"/>Inspections of ports: an INSPECTION, a port, no airport, a review; a view.</p>'
    files = (
        LETTER | document(body, "Inspections of ports: an INSPECTION, a port, no airport, a review; a view.\n") | terms
    )
    archive, _ = read(tmp_path, files)
    (page,) = comparison_pages(looking_out(archive, linked(tmp_path, files)))
    assert [one.text_content() for one in parse(page.html).xpath("//table[1]//td[1]")][:3] == ["1", "1", "1"]


def test_who_says_see_also_is_listed_but_once_and_not_without_end(with_records: With) -> None:
    others = [(f"t{number:03}", Term(name=f"Term {number}", see_also=("term:mole",))) for number in range(70)]
    here = with_records(("mole", Term(name="Mole", see_also=("term:t000",))), *others).at("terms/mole/")
    pointing = pointing_to(Reference("term", "mole"), ("term:t000",), here)
    assert pointing.things[0] == (Reference("term", "t001"), ""), "what it refers to itself is not said twice"
    ((_, found),) = shown((pointing,), here)
    assert len(found) == 61
    assert found[-1] == Link("and 9 more, in the whole list", "related/")
