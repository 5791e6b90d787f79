"""Invented documents of every kind, with and without everything that a citation is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from build_tools.citations.item import CitableItem, ItemKind, Locator, Name
from build_tools.dates import read_date

MARLOW = Name("Marlow", "Edith A.")
QUILL = Name("Quill", "Tobias")
INKWELL = Name("Inkwell", "Ada-Maria")
BOARD = Name(literal="Harbour Board", is_body=True)
TITLES: dict[ItemKind, str] = {
    "letter": "Views of the Board on the mole",
    "telegram": "Telegram on what to do with the crane",
    "instruction": "Instruction from the Board to all concerned with the no-entry rule",
    "statement": "On the floating battery: a last word",
    "proclamation": "Opening of the port",
    "record": "Minutes of the meeting with Dr Quill",
}
HERE = "https://archive.example/documents/"
PASSAGE = Locator(("7",), f"{HERE}paper/#p7")
PASSAGES = Locator(("7", "9"), f"{HERE}paper/#p7")
HEADING = Locator(("heading",), f"{HERE}paper/#head")
LOCATORS: dict[str, Locator | None] = {"": None, "passage": PASSAGE, "passages": PASSAGES, "heading": HEADING}
VARIANTS: dict[str, dict[str, object]] = {
    "as it should be": {},
    "no author": {"authors": ()},
    "author of one name": {"authors": (Name(literal="U Thant"),)},
    "body as author": {"authors": (BOARD,)},
    "two authors": {"authors": (MARLOW, INKWELL)},
    "body and person": {"authors": (BOARD, MARLOW)},
    "three authors": {"authors": (MARLOW, INKWELL, BOARD)},
    "no recipient": {"recipients": ()},
    "two recipients": {"recipients": (QUILL, BOARD)},
    "three recipients": {"recipients": (QUILL, BOARD, INKWELL)},
    "neither author nor recipient": {"authors": (), "recipients": ()},
    "no date": {"date": None},
    "month": {"date": read_date("1931-05")},
    "year": {"date": read_date("1931")},
    "uncertain": {"date": read_date("1931-04-02?")},
    "approximate": {"date": read_date("1931-04~")},
    "uncertain and approximate": {"date": read_date("1931-04-02%")},
    "days of a month": {"date": read_date("1931-09-02/1931-09-04")},
    "days of a year": {"date": read_date("1931-04-28/1931-05-03")},
    "days of two years": {"date": read_date("1930-12-30/1931-01-02")},
    "months": {"date": read_date("1931-04/1931-06")},
    "years": {"date": read_date("1930/1931")},
    "open": {"date": read_date("../1931-04-02")},
    "season": {"date": read_date("1931-21")},
    "either": {"date": read_date("[1931-04-02,1931-04-05]")},
    "no number": {"reference_code": ""},
    "no collection": {"fonds": ""},
    "number alone": {"repository": "", "fonds": ""},
    "no place": {"repository": "", "fonds": "", "reference_code": ""},
    "nothing known": {
        "authors": (), "recipients": (), "date": None, "repository": "", "fonds": "", "reference_code": "",
    },
    "question": {"title": "Who pays for the crane?", "short_title": "Who pays?"},
    "quotation marks": {"title": 'The "open door" and ‘hail’ of the Board’s “mole”', "short_title": '"Mole"'},
    "signs": {"title": r"Braces {a} & b_c @d 100% #1 $2 \z ~ ^", "short_title": "Signs & @"},
    "abbreviation": {"title": "Notes of the Harbour Co.", "short_title": "Notes, Harbour Co."},
    "French": {"title": "Lettre du port à tous les pilotes", "short_title": "Lettre du port", "language": "fr"},
}  # fmt: skip


def item_of(kind: ItemKind, variant: str = "as it should be") -> CitableItem:
    """The document of that kind, with what the variant changes."""
    item = CitableItem(
        id="paper",
        kind=kind,
        title=TITLES[kind],
        short_title=f"Paper of 2 April ({kind})",
        authors=(MARLOW,),
        recipients=(QUILL,) if kind in {"letter", "telegram", "instruction"} else (),
        date=read_date("1931-04-02"),
        repository="Harbour Archive",
        reference_code="HA 7/12",
        fonds="Letter Books of the Board, Box 7",
        classification="CONFIDENTIAL",
        archive="Port Aldrin Papers",
        edition="2",
        url=f"{HERE}paper/",
    )
    return replace(item, **VARIANTS[variant])  # type: ignore[arg-type]


ITEMS = {f"{kind}, {variant}": item_of(kind, variant) for kind in get_args(ItemKind) for variant in VARIANTS}
