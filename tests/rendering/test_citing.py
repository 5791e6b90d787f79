"""The sheet of citations: every passage, its words, its permalink, its forms and files, and nothing of a title's own markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as parsing

from build_tools.citations.item import known_of, version
from build_tools.exporting.citations import FORMATS, citation_files
from build_tools.linking import link
from build_tools.model import Archive
from build_tools.output import Page
from build_tools.rendering.addressing import looking_out
from build_tools.rendering.citing import citing_page

CANARY = '"><script>alert(1)</script><img src=x onerror=alert(1)>{ & @misc{x}\n'


def sheet(archive: Archive) -> Page:
    links, _ = link(archive)
    out = looking_out(archive, links)
    return citing_page(archive.documents[0], known_of(out.records), out)


def contributed(archive: Archive) -> Archive:
    """The archive with a text that breaks out, if it can, in every field of a header that a citation uses."""
    document = archive.documents[0]
    header = replace(
        document.header, title=CANARY, short_title=CANARY, repository=CANARY, reference_code=CANARY, fonds=CANARY,
        classification=CANARY,
    )  # fmt: skip
    return replace(archive, documents=(replace(document, header=header),))


def test_each_passage_has_its_words_its_permalink_and_its_files(example: Archive) -> None:
    page = sheet(example)
    document = example.documents[0]
    assert page.url == f"documents/{document.id}/cite/"
    tree = parsing.fragment_fromstring(page.html, create_parent="main")
    files = {file.path for file in citation_files(example)}
    for passage in document.passages:
        (section,) = tree.xpath("//section[@id=$id]", id=passage.id)
        assert section.xpath("string(blockquote/p)") == passage.text
        permalink = (
            f"{example.edition.base_iri}documents/{document.id}/?v={version((passage,), example.edition)}#{passage.id}"
        )
        (address,) = section.xpath(".//a[@class='address']")
        assert address.text == permalink
        assert address.get("href") == f"../#{passage.id}"
        assert permalink in section.xpath("string(dl)")
        for name in section.xpath(".//a[@download]/@href"):
            assert f"{page.url}{name}" in files
    assert {"the-document", *(passage.id for passage in document.passages)} == set(page.anchors)


def test_every_style_is_there(example: Archive) -> None:
    tree = parsing.fragment_fromstring(sheet(example).html, create_parent="main")
    (section,) = tree.xpath("//section[@id='the-document']")
    styles = [" ".join(term.text_content().split()) for term in section.xpath(".//dt")]
    assert styles == [
        "Chicago note",
        "Chicago short note",
        "Chicago bibliography",
        "State Department note",
        "State Department list of sources",
        "MLA in the text",
        "MLA works cited",
        "APA in the text",
        "APA references",
    ]


def test_nothing_of_a_contributed_text_is_markup(example: Archive) -> None:
    page = sheet(contributed(example))
    tree = parsing.fragment_fromstring(page.html, create_parent="main")
    assert not tree.xpath("//script | //img | //*[@onerror]")
    assert "<script>" in tree.text_content()


def test_there_is_a_file_of_each_format_for_the_document_and_each_passage(example: Archive) -> None:
    paths = [file.path for file in citation_files(example)]
    assert len(paths) == len(set(paths)) == sum(1 + len(one.passages) for one in example.documents) * len(FORMATS)
    first = example.documents[0]
    assert f"documents/{first.id}/cite.bib" in paths
    assert f"documents/{first.id}/cite/{first.passages[0].id}.ris" in paths


def test_documents_of_one_title_and_day_are_told_apart(example: Archive) -> None:
    first = example.documents[0]
    twin = replace(first, id="twin-1931-04-02")
    files = {file.path: file.content for file in citation_files(replace(example, documents=(first, twin)))}
    assert files[f"documents/{first.id}/cite.bib"] != files["documents/twin-1931-04-02/cite.bib"]
    assert b"{twin-1931-04-02," in files["documents/twin-1931-04-02/cite.bib"]


@pytest.mark.parametrize("name", ["bib", "ris", "json"])
def test_a_document_without_date_author_and_reference_can_be_cited(example: Archive, name: str) -> None:
    document = example.documents[0]
    header = replace(document.header, date="", authors=(), addressees=(), repository="", reference_code="", fonds="")
    bare = replace(example, documents=(replace(document, header=header),))
    files = {file.path: file.content.decode() for file in citation_files(bare)}
    assert header.title in files[f"documents/{document.id}/cite.{name}"]
    assert "None" not in sheet(bare).html
