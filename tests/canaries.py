"""Hostile words in every field that holds words, made from the model's own classes, so that no new field is forgotten.

Every `str` and `tuple[str, ...]` of `build_tools.model` holds words unless FIXED says that its form is checked before
anything is rendered. Used by the tests of pages and of exports.
"""

from __future__ import annotations

import inspect
import typing
from dataclasses import fields, is_dataclass, replace

from build_tools import model
from build_tools.model import Document, KeptWords, LedgerEntry, Note, Passage, Record, Source, Waiver, WaiverFile
from build_tools.text import Element, Node, Text

FIXED = {
    # ids, references, and addresses made of them
    "id", "work", "document", "passage", "participants", "places", "affiliation", "see_also", "series", "number",
    "message", "messages", "commitment", "sender", "addressee", "by", "toward", "affects",
    # dates and fixed words
    "date", "dates", "time", "when", "until", "status", "edition", "code",
    # anchors, which must be found in the text, and the text itself
    "exact", "prefix", "suffix", "transcription",
    # addresses on the web, whose form is checked, and places of files
    "url", "url_pattern", "licence_url", "base_iri", "path", "place",
    # the ledger of passages and the digests, which are computed
    "digest", "successor", "digests",
}  # fmt: skip
ELSEWHERE = frozenset({Document, KeptWords, LedgerEntry, Waiver, WaiverFile})
"""A document's passages come from its file, the ledger is a machine's; for the words it keeps see rendering/test_versions."""
CLASSES = tuple(
    one
    for _, one in inspect.getmembers(model, inspect.isclass)
    if is_dataclass(one) and one.__module__ == model.__name__ and one not in ELSEWHERE
)
"""What is contributed and shown."""


def words_of(one: type) -> frozenset[str]:
    """The fields of a class of the model that hold words, which anybody may write as they like."""
    if one in {Document, Passage}:
        return frozenset({"label"}) if one is Passage else frozenset()
    hints = typing.get_type_hints(one)
    return frozenset(
        each.name
        for each in fields(one)  # type: ignore[arg-type]
        if hints[each.name] in (str, tuple[str, ...]) and each.name not in FIXED
    )


def with_canaries(value: object, canary: str, also: frozenset[str] = frozenset()) -> typing.Any:
    """The same value with the canary and the name of the field before every text that is only words, bodies included.

    `also` are fields of a fixed form that get it nevertheless.
    """
    if isinstance(value, tuple):
        return tuple(with_canaries(one, canary, also) for one in value)
    if not is_dataclass(value) or isinstance(value, type) or type(value) not in (*CLASSES, Document):
        return value
    words = words_of(type(value)) | also
    changed: dict[str, typing.Any] = {}
    for each in fields(value):
        held = getattr(value, each.name)
        if each.name == "body" and isinstance(value, Note | Record):
            changed[each.name] = tuple(_in_text(node, canary) for node in held)
        elif isinstance(value, Source) and value.document and each.name == "at":
            continue  # a passage, which must exist
        elif each.name in words and isinstance(held, str):
            changed[each.name] = f"{canary} {each.name} {held}"
        elif each.name in words and isinstance(held, tuple):
            changed[each.name] = (*(f"{canary} {each.name} {one}" for one in held), f"{canary} {each.name}")
        elif isinstance(held, tuple) or is_dataclass(held):
            changed[each.name] = with_canaries(held, canary, also)
    return replace(value, **changed)


def _in_text(node: Node, canary: str) -> Node:
    if isinstance(node, Text):
        return Text(f"{node.content} {canary} ") if node.content.strip() else node
    return Element(node.name, node.location, node.attributes, tuple(_in_text(child, canary) for child in node.children))
