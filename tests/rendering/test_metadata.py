"""The metadata of a document's page: what Zotero saves it by, as a letter or manuscript with archive, place, date, rights."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.rendering.addressing import Here
from build_tools.rendering.documents import annotated_page


def meta(name: str, out: Here, **header: str) -> list[tuple[str, str]]:
    document = next(one for one in out.archive.documents if one.id == name)
    changed = replace(document, header=replace(document.header, **header))  # type: ignore[arg-type]
    return list(annotated_page(changed, out).meta)


def test_the_instruction_is_a_manuscript_with_author_archive_and_place(published: Here) -> None:
    found = meta("instruction-1962-11-03", published)
    title = "Instruction from the President to all concerned with present negotiations in Cuba"
    assert [(name, content) for name, content in found if name != "DC.rights"] == [
        ("citation_title", title),
        ("citation_author", "Kennedy, John F."),
        ("citation_publication_date", "1962-11-03"),
        ("citation_language", "en"),
        ("DC.title", title),
        ("DC.date", "1962-11-03"),
        ("DC.type", "manuscript"),
        ("DC.language", "en"),
        ("DC.identifier", "CIA-RDP80B01676R001800020011-1"),
        ("z.itemType", "manuscript"),
        ("z.archive", "Central Intelligence Agency, Records Search Tool (CREST)"),
        (
            "z.archiveLocation",
            "DCI Record Files, Job 80B01676R, Box 18, Folder 2, item 11, CIA-RDP80B01676R001800020011-1",
        ),
    ]
    assert "public domain" in dict(found)["DC.rights"]


def test_a_letter_is_a_letter(published: Here) -> None:
    found = dict(meta("letter-1962-10-27", published))
    assert (found["DC.type"], found["z.itemType"]) == ("letter", "letter")
    assert found["citation_author"] == "Kennedy, John F."
    assert found["citation_publication_date"] == "1962-10-27"


@pytest.mark.parametrize(
    ("date", "highwire", "dublin_core"),
    [
        ("1962-11-03?", "1962-11-03", "1962-11-03"),
        ("1962-11", "1962-11", "1962-11"),
        ("1962-11-03/1962-11-05", None, "1962-11-03/1962-11-05"),
        ("", None, None),
    ],
)
def test_a_date_is_given_only_in_forms_that_are_read(
    date: str, highwire: str | None, dublin_core: str | None, published: Here
) -> None:
    found = dict(meta("instruction-1962-11-03", published, date=date))
    assert found.get("citation_publication_date") == highwire
    assert found.get("DC.date") == dublin_core


def test_there_is_no_coins_that_would_override_it(published: Here) -> None:
    for document in published.archive.documents:
        assert "Z3988" not in annotated_page(document, published).html
