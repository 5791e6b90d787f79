"""BibTeX: one entry, in ASCII braces, that BibTeX, biblatex and every reader of them take apart alike.

Each sign that means something to BibTeX or TeX is written as a command, so that a title may hold braces, quotation marks,
`@`, `&` or a backslash; letters stay in UTF-8. BibTeX counts braces even behind a backslash: two that match are written so,
one alone as a command (which pandoc drops). Addresses are percent-encoded and not escaped, as `url` is read verbatim.
"""

from __future__ import annotations

import re

from build_tools.citations.csl_json import citation_key
from build_tools.citations.dating import in_other_words, parts_of
from build_tools.citations.item import CitableItem, Locator, Name
from build_tools.dates import HistoricalDate, Part

COMMANDS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\`{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
ALONE = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
"""Braces without a partner, which BibTeX would count."""
MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(item: CitableItem, locator: Locator | None = None) -> str:
    """The file, ending in a line feed."""
    edition = ", ".join(filter(None, (item.archive, f"edition {item.edition}" if item.edition else "")))
    recipients = f"To {' and '.join(name.full for name in item.recipients)}" if item.recipients else ""
    notes = [recipients, edition, locator.described() if locator else ""]
    archival = ", ".join(filter(None, (item.repository, item.fonds, item.reference_code)))
    fields = {
        "author": " and ".join(_name(name) for name in item.authors),
        "title": f"{{{escaped(item.title)}}}" if item.title else "",
        "shorttitle": f"{{{escaped(item.short_title)}}}" if item.short_title != item.title else "",
        **(_date(item.date) if item.date else {}),
        "type": escaped(item.kind.capitalize() if item.kind != "record" else ""),
        "howpublished": escaped(archival),
        "library": escaped(item.repository),
        "collection": escaped(item.fonds),
        "number": escaped(item.reference_code),
        "note": escaped("; ".join(filter(None, notes))),
        "pages": escaped(locator.words()) if locator else "",
        "url": address(locator.url if locator else item.url),
        "language": escaped({"en": "english"}.get(item.language, item.language)),
    }
    lines = [f"  {key} = {_value(key, text)}" for key, text in fields.items() if text]
    return "".join([f"@misc{{{citation_key(item, locator)}", *(f",\n{line}" for line in lines), "\n}\n"])


def escaped(text: str) -> str:
    """The text as TeX prints it unchanged; hyphens and commas that TeX would join are kept apart."""
    paired = _paired(text)
    signs = {"{": r"\{", "}": r"\}"}
    written = "".join(
        (signs if at in paired else ALONE)[one] if one in signs else COMMANDS.get(one, one)
        for at, one in enumerate(text)
    )
    return re.sub(r"([-,?!])(?=[-,`?!])", r"\1{}", written)


def _paired(text: str) -> frozenset[int]:
    """Where the braces stand that open and close each other."""
    waiting: list[int] = []
    paired: set[int] = set()
    for at, one in enumerate(text):
        if one == "{":
            waiting.append(at)
        elif one == "}" and waiting:
            paired.update((waiting.pop(), at))
    return frozenset(paired)


def address(url: str) -> str:
    """The address without a sign that would end the value."""
    return "".join(one if one.isascii() and one not in ' "{}\\<>^`|' else _percent(one) for one in url)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{escaped(name.literal)}}}"
    return f"{_part_of_name(name.family)}, {_part_of_name(name.given)}"


def _part_of_name(text: str) -> str:
    """A part with a comma or an `and` of its own is kept together by braces."""
    written = escaped(text)
    return f"{{{written}}}" if "," in text or re.search(r"\band\b", text, re.IGNORECASE) else written


def _date(when: HistoricalDate) -> dict[str, str]:
    """`date` for biblatex, which knows EDTF; year and month for BibTeX; in words what has no such form."""
    parts = parts_of(when)
    if not parts:
        return {"year": escaped(in_other_words(when))}
    mark = {(True, True): "%", (True, False): "?", (False, True): "~"}.get((when.uncertain, when.approximate), "")
    first = parts[0]
    month = MONTHS[first.earliest.month] if first.precision != "year" and len(parts) == 1 else ""
    years = "--".join(dict.fromkeys(f"{part.earliest.year:04}" for part in parts))
    return {"date": "/".join(_iso(part) + mark for part in parts), "year": years, "month": month}


def _iso(part: Part) -> str:
    return part.earliest.isoformat()[: {"year": 4, "month": 7}.get(part.precision, 10)]


def _value(key: str, text: str) -> str:
    return text if key == "month" else f"{{{text}}}"
