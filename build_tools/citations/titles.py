"""Titles as American styles print them: in headline style, with inner quotation marks turned.

Only words that the header writes wholly in small letters get a capital, so that names and marks of the document stay as
they are; titles in other languages than English are left alone. The list of small words is that of CSL.
"""

from __future__ import annotations

import re

SMALL = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with yet".split()  # noqa: SIM905
)
WORD = re.compile(r"""(?:(?<=^)|(?<=[\s"'“‘(\[/–—-]))[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)*(?=[^\w@\\]|$)""")
"""Letters between blanks, brackets, quotation marks or hyphens; what has other signs in it is left alone."""
OUTER = {"“": "‘", "”": "’"}


def headline(title: str, language: str) -> str:
    """`Instruction from the President to All Concerned`, of a title in English; another title as it is."""
    if not language.casefold().startswith("en"):
        return title
    words = list(WORD.finditer(title))
    result = []
    end = 0
    for number, word in enumerate(words):
        result.append(title[end : word.start()])
        opens = number in {0, len(words) - 1} or re.search(r"[:?!.]\W*$", title[: word.start()]) is not None
        result.append(_capitalised(word[0]) if opens or word[0] not in SMALL else word[0])
        end = word.end()
    return "".join((*result, title[end:]))


def curled(title: str) -> str:
    """The title with typographic quotation marks and apostrophes in place of straight ones."""
    title = re.sub(r'(^|[\s(\[{—–-])"', r"\1“", title).replace('"', "”")
    return re.sub(r"(^|[\s(\[{—–“-])'(?=\S)", r"\1‘", title).replace("'", "’")


def quoted(title: str) -> str:
    """The title between double quotation marks; those inside it become single."""
    return f"“{''.join(OUTER.get(one, one) for one in curled(title))}”" if title else ""


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:] if word.islower() else word
