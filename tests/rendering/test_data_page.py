"""`/data/`: every file that is made is listed, every column and every word of ours explained, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin

import pytest
from lxml import html

from build_tools.model import Archive
from build_tools.output import OutputFile
from build_tools.rendering.addressing import Here
from build_tools.rendering.data_page import data_page, services_page, size_words
from build_tools.schema.tables import ANNOTATIONS, FILES, SERVICES, TABLES
from build_tools.schema.vocabulary import CLASSES, PROPERTIES
from build_tools.site import plan
from tests.conftest import EXAMPLE
from tests.rendering.page import ids, parse


@pytest.fixture(scope="module")
def files(out: Here) -> tuple[OutputFile, ...]:
    site = plan(out.archive, out.links, EXAMPLE)
    return tuple(file for file in site.files if file.path.startswith("data/"))


@pytest.fixture(scope="module")
def page(out: Here, files: tuple[OutputFile, ...]) -> html.HtmlElement:
    return parse(data_page(out, files).html)


def linked_files(page: html.HtmlElement) -> dict[str, str]:
    """Each file that can be downloaded, with the size that stands beside it."""
    return {urljoin("data/", one.get("href")): one.getnext().text for one in page.xpath(".//a[@download]")}


def test_every_file_is_listed_with_its_size(page: html.HtmlElement, files: tuple[OutputFile, ...]) -> None:
    assert linked_files(page) == {file.path: size_words(len(file.content)) for file in files}


def test_every_column_is_explained(page: html.HtmlElement) -> None:
    for table in TABLES:
        (section,) = page.xpath(f".//section[@id='table-{table.name}']")
        rows = [[cell.text_content() for cell in row] for row in section.xpath(".//tbody/tr")]
        assert rows == [
            [column.name, ("list: " if column.many else "") + column.type, column.meaning] for column in table.columns
        ]
        assert table.meaning in section.text_content()
        assert all(name in section.xpath("p")[0].text_content() for name in table.key)


def test_every_word_of_ours_stands_at_its_address(page: html.HtmlElement) -> None:
    for word in (*CLASSES, *PROPERTIES):
        (term,) = page.xpath(f".//dt[@id='{word.name}']")
        assert term.text_content() == word.name
        assert word.meaning in term.getnext().text_content()


def test_ids_are_unique_and_anchors_stand(page: html.HtmlElement, out: Here, files: tuple[OutputFile, ...]) -> None:
    found = ids(page)
    assert len(set(found)) == len(found)
    assert set(data_page(out, files).anchors) <= set(found)
    within = {href[1:] for href in page.xpath(".//a/@href") if href.startswith("#")}
    assert within <= set(found)


def test_what_every_document_has_is_told_with_an_example(page: html.HtmlElement, out: Here) -> None:
    made = {file.path for file in plan(out.archive, out.links, EXAMPLE).files}
    for section, told in (("annotations", ANNOTATIONS), ("text-services", SERVICES)):
        (heading,) = page.xpath(f".//h2[@id='{section}']")
        text = heading.getparent().text_content()
        for one in told:
            assert {True} == {words in text for words in (one.title, one.meaning, one.path, one.format)}
        examples = [urljoin("data/", href) for href in heading.getparent().xpath(".//p[@class='files']/a/@href")]
        assert len(examples) == len(told)
        assert set(examples) <= made


def test_the_folder_of_text_services_leads_to_its_entry_point(out: Here) -> None:
    page = services_page(out)
    assert page.url == "dts/"
    hrefs = {urljoin(page.url, href) for href in parse(page.html).xpath(".//a/@href")}
    assert {"dts/index.json", "dts/collection.json", "data/#text-services"} <= hrefs


def test_without_documents_there_is_no_example(out: Here, files: tuple[OutputFile, ...]) -> None:
    empty = replace(out, archive=Archive(out.archive.edition))
    for page in (services_page(empty), data_page(empty, files)):
        tree = parse(page.html)
        assert not [href for href in tree.xpath(".//a/@href") if "{" in href or "%7B" in href]
        assert SERVICES[0].meaning in tree.text_content()


def test_what_was_not_made_is_not_listed(out: Here, files: tuple[OutputFile, ...]) -> None:
    fewer = tuple(file for file in files if file.path != "data/cmif.xml")
    listed = linked_files(parse(data_page(out, fewer).html))
    assert "data/cmif.xml" not in listed
    assert set(listed) == {file.path for file in fewer}
    assert "data/cmif.xml" in {one.path for one in FILES}


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (27_400, "27 kB"), (1_440_000, "1.4 MB")]
)
def test_sizes_are_said_in_words(count: int, words: str) -> None:
    assert size_words(count) == words
