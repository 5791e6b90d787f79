"""What a word is when words are counted: the rule of the concordance, which prints it (ADR 0022).

Comes in: a reading text. Goes out: its words with their places in it, the form under which a word is entered, and where
that form stands in the alphabet. A word is a run of letters, digits and their marks; an apostrophe or a hyphen between
two of these joins them, as do a point, a comma or a colon between two digits; single letters that each have a point
after them are one word with its points (`U.S.`). Nothing depends on a locale. Called by `rendering.concordance`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SIGN = r"[^\W_]_*"
"""A letter or digit with its marks, in a text in which `_` stands for every mark."""
LETTER = r"[^\W\d_]_*"
WORD = re.compile(
    rf"(?<![^\W_])(?<![^\W_][_'’‘ʼ-])(?:{LETTER}\.){{2,}}(?![^\W_])|{SIGN}(?:(?:['’‘ʼ‐‑-]|(?<=\d)[.,:](?=\d))?{SIGN})*"
)
FIRST_MARK = "\u0300"
FORMS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"})
"""Typographic signs within a word and those under which it is entered."""
FILED_AS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
    }  # no marks to take off
)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every word of `text`, in order; no two overlap."""
    shadow = text if text.isascii() and "_" not in text else "".join(map(_shadow, text))
    for found in WORD.finditer(shadow):
        yield found.span()


def _shadow(sign: str) -> str:
    """The sign itself, `_` for a mark, a blank for `_`: as many signs as before, so that places stay."""
    if sign == "_":
        return " "
    return "_" if sign >= FIRST_MARK and unicodedata.category(sign)[0] == "M" else sign


def entered(word: str) -> str:
    """The form under which a word is entered: composed letters, case folded, straight apostrophe and hyphen."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold()).translate(FORMS)


def filed(form: str) -> tuple[str, int, str, str]:
    """The place of an entered form in the alphabet: without marks, apostrophes and hyphens; figures first, by size."""
    bare = form
    if not form.isascii():
        plain = unicodedata.normalize("NFKD", form).casefold().translate(FILED_AS)
        bare = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "M")
    bare = "".join(filter(str.isalnum, bare))
    figure = 0
    while figure < len(bare) and bare[figure].isdecimal():
        figure += 1
    digits = "".join(str(unicodedata.digit(sign)) for sign in bare[:figure]).lstrip("0")
    return ("", len(digits), digits + bare[figure:], form) if figure else (bare, 0, "", form)


def initial(form: str) -> str:
    """The heading under which a form is filed: `a` to `z`, `0-9`, or `other` for what is of another alphabet."""
    letters, _, _, _ = filed(form)
    if not letters:
        return "0-9"
    return letters[0] if "a" <= letters[0] <= "z" else "other"
