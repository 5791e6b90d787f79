"""The metadata of pages, and what Zotero was seen to save by it.

Expected is what Zotero's translation-server (commit d88a8d53, translators 28143701, translate 017253c, utilities 4051881,
schema 5eedf44) saved from the built pages on 24 November 2026, and, for each rule, what it had saved without it
(docs/decisions/0013). It is not run here; whoever changes the metadata runs it again.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.citations.item import CitableItem, Name, known_of
from build_tools.dates import in_words, read_date
from build_tools.rendering.addressing import Here
from build_tools.rendering.citing import citing_page
from build_tools.rendering.documents import document_pages
from build_tools.rendering.metadata import metadata_of

INSTRUCTION = "Instruction from the President to all concerned with present negotiations in Cuba"
SAVED = {
    "instruction-1962-11-03": {
        "itemType": "manuscript",
        "author": ["Kennedy, John F."],
        "title": INSTRUCTION,
        "shortTitle": "Instruction of 3 November 1962",
        "date": "1962-11-03",
        "archive": "Central Intelligence Agency, Records Search Tool (CREST)",
        "archiveLocation": "CIA-RDP80B01676R001800020011-1, DCI Record Files, Job 80B01676R, Box 18, Folder 2, item 11",
        "language": "en",
        "extra": "Cuba Negotiations Archive, edition 1",
        "url": "https://cuba-negotiations.example/documents/instruction-1962-11-03/",
    },
    "letter-1962-10-27": {
        "itemType": "letter",
        "author": ["Kennedy, John F."],
        "recipient": ["Khrushchev, Nikita S."],
        "title": "Letter from President Kennedy to Chairman Khrushchev",
        "shortTitle": "Letter of 27 October 1962",
        "date": "1962-10-27",
        "archive": "Kennedy Library",
        "archiveLocation": "National Security Files, Countries Series, USSR, Khrushchev Correspondence",
        "language": "en",
        "extra": "Cuba Negotiations Archive, edition 1",
        "url": "https://cuba-negotiations.example/documents/letter-1962-10-27/",
    },
}
"""What Zotero saved, but for rights and abstract, which are the header's words."""


def meta(name: str, out: Here, **header: str) -> list[tuple[str, str]]:
    document = next(one for one in out.archive.documents if one.id == name)
    changed = replace(document, header=replace(document.header, **header))  # type: ignore[arg-type]
    return list(document_pages(changed, out)[0].meta)


def read(pairs: list[tuple[str, str]]) -> dict[str, object]:
    """The item by Zotero's order of names: its own before Highwire's, and those before Dublin Core's."""
    found = dict(pairs)
    highwire = [content for name, content in pairs if name == "citation_author"]
    item: dict[str, object] = {
        "itemType": found["z.itemType"],
        "author": highwire or [content for name, content in pairs if name == "DC.creator"],
        "recipient": [] if highwire else [content for name, content in pairs if name == "z.recipients"],
        "title": found.get("citation_title", found["DC.title"]),
        "date": found.get("z.date") or found.get("citation_publication_date") or found.get("DC.date", ""),
        "type": found.get("DC.type", ""),
        "language": found.get("citation_language", ""),
        "url": found.get("citation_public_url", ""),
        **{name: found.get(f"z.{name}", "") for name in ("shortTitle", "archive", "archiveLocation", "extra")},
    }
    return {name: value for name, value in item.items() if value}


@pytest.mark.parametrize("name", SAVED)
def test_the_page_says_what_zotero_was_seen_to_save(name: str, published: Here) -> None:
    assert read(meta(name, published)) == SAVED[name]
    assert "public domain" in dict(meta(name, published))["DC.rights"]


@pytest.mark.parametrize("name", SAVED)
def test_views_and_the_sheet_are_saved_as_the_document_and_the_certificate_as_a_page(
    name: str, published: Here
) -> None:
    document = next(one for one in published.archive.documents if one.id == name)
    sheet = citing_page(document, known_of(published.records), published)
    pages = {
        page.url.removeprefix(f"documents/{name}/"): page for page in (*document_pages(document, published), sheet)
    }
    assert {view for view, page in pages.items() if page.meta == pages[""].meta} == {
        "", "transcription/", "diplomatic/", "side-by-side/", "cite/",
    }  # fmt: skip
    assert pages["fidelity/"].meta == ()


def item(**fields: object) -> CitableItem:
    whole = CitableItem(
        id="paper", kind="letter", title="On the mole", short_title="Mole", url="https://a.example/paper/"
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def pairs(published: Here, **fields: object) -> list[tuple[str, str]]:
    return list(metadata_of(published.archive.documents[0], item(**fields)))


def test_highwires_author_would_push_out_the_recipient_of_a_letter(published: Here) -> None:
    people = {"authors": (Name("Marlow", "Edith"),), "recipients": (Name("Quill", "Tobias"), Name("Hay", "Ann"))}
    letter = read(pairs(published, kind="telegram", **people))
    assert (letter["author"], letter["recipient"]) == (["Marlow, Edith"], ["Quill, Tobias", "Hay, Ann"])
    assert letter["type"] == "Telegram"
    assert "recipient" not in read(pairs(published, kind="record", **people))  # a manuscript has none in Zotero


def test_a_name_without_an_order_ends_with_a_comma(published: Here) -> None:
    """Else Zotero files the Department of State under its last word."""
    found = read(
        pairs(published, authors=(Name(literal="Department of State"),), recipients=(Name(literal="U Thant"),))
    )
    assert (found["author"], found["recipient"]) == (["Department of State,"], ["U Thant,"])


def test_a_document_without_a_date_says_so(published: Here) -> None:
    """Else Zotero takes the first date that is marked in the text."""
    assert read(meta("instruction-1962-11-03", published, date=""))["date"] == "n.d."


@pytest.mark.parametrize("date", ["1962-11-03?", "1962-11-03~", "1962-11%"])
def test_a_doubtful_date_is_never_given_as_a_certain_one(date: str, published: Here) -> None:
    when = read_date(date)
    assert read(meta("instruction-1962-11-03", published, date=date))["date"] == in_words(when)


@pytest.mark.parametrize(
    ("date", "highwire", "dublin_core"),
    [
        ("1962-11-03?", None, "1962-11-03?"),
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
        assert "Z3988" not in document_pages(document, published)[0].html
