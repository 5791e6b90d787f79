"""Why a TEI tree is not as our RELAX NG allows: every fault at its place, and what might stand there instead.

libxml2 judges each file, fast; but it stops at the first fault of a paragraph, speaks its own language and knows no
columns. So a file that it refuses is walked once more here, with the derivatives of Brzozowski over the very same
grammar: the pattern of an element, after each of its children, is the pattern of what may still come (ADR 0005).
Called by `xml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from lxml import etree

from build_tools.problem import Problem
from build_tools.text import Element, Text

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
MOST_NAMED = 12
"""How many of the elements that might stand there a hint lists."""

DATING = frozenset({"when", "from", "to", "notBefore", "notAfter", "when-custom"})
POINTING = frozenset({"ref", "target", "source", "hand", "resp", "next", "prev", "facs", "who", "corresp"})

What = Literal["empty", "nothing", "text", "choice", "group", "more", "element", "attribute", "value", "list"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of RELAX NG, simplified; `of` holds the patterns below it, `name` that of an element or attribute."""

    what: What
    name: str = ""
    of: tuple[Pattern, ...] = ()
    source: etree._Element | None = None
    """The `element` of the grammar, whose content is made into patterns when it is needed; or the type of a value."""


EMPTY, NOTHING, TEXT = Pattern("empty"), Pattern("nothing"), Pattern("text")
Defines = Mapping[str, etree._Element]


@dataclass(frozen=True, slots=True)
class Rule:
    """What one `element` of the grammar allows: its content without attributes, and its attributes."""

    content: Pattern
    attributes: Mapping[str, Pattern]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of a child: the pattern it is to match, and the pattern of what may come after it."""

    child: Pattern
    after: Pattern


class Grammar:
    """The grammar of a file in the XML form of RELAX NG, ready to be asked."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self.defines: Defines = {one.get("name", ""): one for one in tree.iter(f"{RNG}define")}
        self.rules: dict[etree._Element, Rule] = {}
        # the same few patterns come again with every child, so each is made once and looked up by what it is
        self.same: dict[Pattern, Pattern] = {}
        self.steps: dict[tuple[int, str], Step | None] = {}
        self.with_text: dict[int, bool] = {}
        root = tree.getroot()
        start = root.find(f"{RNG}start")
        self.start = self._all(start if start is not None else root)
        self.names = frozenset(_name_of(one) for one in tree.iter(f"{RNG}element"))

    def faults(self, root: Element) -> Iterator[Problem]:
        """Everything in the tree that the grammar does not allow, in document order."""
        found = next((one for one in _reachable(self.start, "element") if one.name == root.name), None)
        if found is None:
            expected = ", ".join(sorted(one.name for one in _reachable(self.start, "element")))
            yield self._wrong_element(root, f"<{expected}>", expected.split(", "))
            return
        waiting = [(root, found)]
        while waiting:
            element, pattern = waiting.pop()
            rule = self._rule(pattern)
            yield from self._attributes(element, rule)
            inner: list[tuple[Element, Pattern]] = []
            yield from self._children(element, rule.content, inner)
            waiting.extend(reversed(inner))

    def without_text(self) -> frozenset[str]:
        """The elements that hold only elements wherever they stand, so that blanks in them mean nothing."""
        with_text: set[str] = set()
        seen: set[etree._Element] = set()
        waiting = list(_reachable(self.start, "element"))
        while waiting:
            pattern = waiting.pop()
            if pattern.source is None or pattern.source in seen:
                continue
            seen.add(pattern.source)
            content = self._rule(pattern).content
            if next(_reachable(content, "text"), None) or next(_reachable(content, "value"), None):
                with_text.add(pattern.name)
            waiting.extend(_reachable(content, "element"))
        return self.names - with_text

    def _attributes(self, element: Element, rule: Rule) -> Iterator[Problem]:
        known = rule.attributes
        for name, value in element.attributes:
            if name not in known:
                hint = _did_you_mean(name, known, f"<{element.name}> may have {_listed(known)}")
                found = f"the attribute {name!r} may not stand on <{element.name}>"
                yield Problem("schema-attribute", element.location, found, hint)
            elif not _matches(known[name], value):
                yield _wrong_value(element, name, value, known[name])
        for name in sorted(rule.required - {name for name, _ in element.attributes}):
            found = f"<{element.name}> lacks the attribute {name!r}"
            yield Problem("schema-attribute", element.location, found, f"Add {name}={_example(known[name])}")

    def _children(self, element: Element, pattern: Pattern, inner: list[tuple[Element, Pattern]]) -> Iterator[Problem]:
        told_of_text = False
        for child in element.children:
            if isinstance(child, Text):
                if child.content.strip() and not told_of_text and not self._may_have_text(pattern):
                    told_of_text = True
                    found = f"the words {child.content.strip()[:40]!r} may not stand directly in <{element.name}>"
                    hint = f"Put them into {_listed(_first(pattern), '<{}>')}" if _first(pattern) else "Remove them"
                    yield Problem("schema-content", element.location, found, hint)
                continue
            step = self._step(pattern, child.name)
            if step is None:
                yield self._wrong_element(child, f"<{element.name}>", sorted(_first(pattern)))
                continue
            inner.append((child, step.child))
            pattern = step.after
        if not _may_end(pattern):
            found = f"<{element.name}> is not complete: it lacks {_listed(_first(pattern), '<{}>', ' or ')}"
            yield Problem("schema-content", element.location, found, "Add it")

    def _wrong_element(self, element: Element, where: str, expected: list[str]) -> Problem:
        if element.name.startswith("{"):
            namespace, _, name = element.name[1:].partition("}")
            found = f"the element <{name}> of {namespace or 'no namespace'!r} may not stand in an edition"
            hint = f'Only elements of TEI may: the root declares xmlns="{TEI_NAMESPACE}"'
            return Problem("schema-element", element.location, found, hint)
        here = f"Here may stand {_listed(expected, '<{}>')}" if expected else "Nothing more may stand here"
        if element.name not in self.names:
            found = f"the element <{element.name}> is not among those that this archive publishes"
            return Problem("schema-element", element.location, found, _did_you_mean(element.name, self.names, here))
        found = f"the element <{element.name}> may not stand here in {where}"
        return Problem("schema-content", element.location, found, here)

    def _step(self, pattern: Pattern, name: str) -> Step | None:
        """None if no element of that name may come."""
        key = (id(pattern), name)
        if key not in self.steps:
            self.steps[key] = None
            after = _after(pattern, name)
            if after is not NOTHING:
                child = next(one for one in _beginning(pattern) if one.name == name)
                self.steps[key] = Step(child, self._once(after))
        return self.steps[key]

    def _may_have_text(self, pattern: Pattern) -> bool:
        if id(pattern) not in self.with_text:
            self.with_text[id(pattern)] = _after_text(pattern) is not NOTHING
        return self.with_text[id(pattern)]

    def _once(self, pattern: Pattern) -> Pattern:
        return self.same.setdefault(pattern, pattern)

    def _rule(self, element: Pattern) -> Rule:
        assert element.source is not None
        if element.source not in self.rules:
            content = self._all(element.source)
            attributes = {one.name: one.of[0] for one in _reachable(content, "attribute")}
            rule = Rule(self._once(_without_attributes(content)), attributes, _required(content))
            self.rules[element.source] = rule
        return self.rules[element.source]

    def _all(self, above: etree._Element) -> Pattern:
        parts = [self._pattern(one) for one in above if one.tag != f"{RNG}name"]
        return _in_order(parts)

    def _pattern(self, one: etree._Element) -> Pattern:
        made = MAKERS.get(str(one.tag))
        if made is None:
            raise ValueError(f"line {one.sourceline} of the schema: {one.tag} is not understood")
        return made(self, one)


def _make_choice(grammar: Grammar, one: etree._Element) -> Pattern:
    return _either([grammar._pattern(below) for below in one])


def _make_repeated(grammar: Grammar, one: etree._Element) -> Pattern:
    return _repeated(grammar._all(one))


MAKERS: Mapping[str, Callable[[Grammar, etree._Element], Pattern]] = {
    f"{RNG}empty": lambda _, __: EMPTY,
    f"{RNG}notAllowed": lambda _, __: NOTHING,
    f"{RNG}text": lambda _, __: TEXT,
    f"{RNG}ref": lambda grammar, one: grammar._all(grammar.defines[one.get("name", "")]),
    f"{RNG}group": lambda grammar, one: grammar._all(one),
    f"{RNG}choice": _make_choice,
    f"{RNG}optional": lambda grammar, one: _either([grammar._all(one), EMPTY]),
    f"{RNG}oneOrMore": _make_repeated,
    f"{RNG}zeroOrMore": lambda grammar, one: _either([_make_repeated(grammar, one), EMPTY]),
    f"{RNG}element": lambda _, one: Pattern("element", _name_of(one), source=one),
    f"{RNG}attribute": lambda grammar, one: Pattern("attribute", _name_of(one), (grammar._all(one),)),
    f"{RNG}list": lambda grammar, one: Pattern("list", of=(grammar._all(one),)),
    f"{RNG}data": lambda _, one: Pattern("value", source=one),
    f"{RNG}value": lambda _, one: Pattern("value", source=one),
}


# --- derivatives ------------------------------------------------------------------------------------------------------


def _in_order(parts: list[Pattern]) -> Pattern:
    kept = [part for part in parts if part is not EMPTY]
    if any(part is NOTHING for part in kept):
        return NOTHING
    if len(kept) < 2:
        return kept[0] if kept else EMPTY
    return Pattern("group", of=(kept[0], _in_order(kept[1:])))


def _either(parts: list[Pattern]) -> Pattern:
    flat: list[Pattern] = []
    for part in parts:
        flat.extend(one for one in (part.of if part.what == "choice" else (part,)) if one is not NOTHING)
    kept = list(dict.fromkeys(flat))
    if len(kept) < 2:
        return kept[0] if kept else NOTHING
    return Pattern("choice", of=tuple(kept))


def _repeated(pattern: Pattern) -> Pattern:
    return pattern if pattern is NOTHING or pattern is EMPTY else Pattern("more", of=(pattern,))


def _may_end(pattern: Pattern) -> bool:
    if pattern.what == "choice":
        return any(map(_may_end, pattern.of))
    if pattern.what in {"group", "more"}:
        return all(map(_may_end, pattern.of))
    return pattern.what in {"empty", "text", "value", "list"}


def _after(pattern: Pattern, name: str) -> Pattern:
    """What may come after an element of this name; NOTHING if it may not stand here."""
    return _derivative(pattern, lambda one: EMPTY if one.what == "element" and one.name == name else NOTHING)


def _after_text(pattern: Pattern) -> Pattern:
    return _derivative(pattern, lambda one: one if one.what in {"text", "value", "list"} else NOTHING)


def _derivative(pattern: Pattern, of_leaf: Callable[[Pattern], Pattern]) -> Pattern:
    if pattern.what == "choice":
        return _either([_derivative(one, of_leaf) for one in pattern.of])
    if pattern.what == "more":
        after = _derivative(pattern.of[0], of_leaf)
        return NOTHING if after is NOTHING else _in_order([after, _either([pattern, EMPTY])])
    if pattern.what == "group":
        head, tail = pattern.of
        after = _derivative(head, of_leaf)
        first = NOTHING if after is NOTHING else _in_order([after, tail])
        return _either([first, _derivative(tail, of_leaf)]) if _may_end(head) else first
    return of_leaf(pattern)


def _beginning(pattern: Pattern) -> Iterator[Pattern]:
    """The elements that may come next."""
    if pattern.what == "element":
        yield pattern
    elif pattern.what == "group":
        yield from _beginning(pattern.of[0])
        if _may_end(pattern.of[0]):
            yield from _beginning(pattern.of[1])
    elif pattern.what in {"choice", "more"}:
        for one in pattern.of:
            yield from _beginning(one)


def _first(pattern: Pattern) -> frozenset[str]:
    return frozenset(one.name for one in _beginning(pattern))


def _reachable(pattern: Pattern, what: What) -> Iterator[Pattern]:
    """Every such pattern that is not inside an element or attribute."""
    if pattern.what == what:
        yield pattern
    elif pattern.what in {"choice", "group", "more"}:
        for one in pattern.of:
            yield from _reachable(one, what)


def _required(content: Pattern) -> frozenset[str]:
    """The attributes that stand in every form of the element."""
    if content.what == "attribute":
        return frozenset([content.name])
    if content.what == "choice":
        return frozenset.intersection(*map(_required, content.of))
    if content.what in {"group", "more"}:
        return frozenset().union(*map(_required, content.of))
    return frozenset()


def _without_attributes(pattern: Pattern) -> Pattern:
    if pattern.what == "attribute":
        return EMPTY
    if pattern.what == "choice":
        return _either([_without_attributes(one) for one in pattern.of])
    if pattern.what == "group":
        return _in_order([_without_attributes(one) for one in pattern.of])
    if pattern.what == "more":
        return _repeated(_without_attributes(pattern.of[0]))
    return pattern


# --- values -----------------------------------------------------------------------------------------------------------

FORMS = {
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "gYearMonth": r"[0-9]{4}-(0[1-9]|1[0-2])",
    "gYear": r"[0-9]{4}",
    "dateTime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?",
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "nonNegativeInteger": r"\+?[0-9]+",
    "integer": r"[+-]?[0-9]+",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "NCName": r"[^\W\d][\w.-]*",
    "ID": r"[^\W\d][\w.-]*",
}
EXAMPLES = {"date": '"1962-11-03"', "positiveInteger": '"1"', "language": '"en"'}


def _matches(pattern: Pattern, value: str) -> bool:
    if pattern.what == "choice":
        return any(_matches(one, value) for one in pattern.of)
    if pattern.what == "list":
        item = pattern.of[0].of[0] if pattern.of[0].what == "more" else pattern.of[0]
        words = value.split()
        return bool(words) and all(_matches(item, word) for word in words)
    if pattern.what != "value" or pattern.source is None:
        return True
    if pattern.source.tag == f"{RNG}value":
        return value.strip() == (pattern.source.text or "").strip()
    value = " ".join(value.split())
    kind = pattern.source.get("type", "")
    limits = [param.text or "" for param in pattern.source.iter(f"{RNG}param") if param.get("name") == "pattern"]
    if kind in FORMS and not re.fullmatch(FORMS[kind], value):
        return False
    return all(re.fullmatch(limit, value) for limit in limits) and not (kind in {"date", "dateTime"} and _no_day(value))


def _no_day(value: str) -> str:
    """Why there never was such a day, or nothing."""
    try:
        date.fromisoformat(value[:10])
    except ValueError as impossible:
        return str(impossible)
    return ""


def _wrong_value(element: Element, name: str, value: str, pattern: Pattern) -> Problem:
    given, place = f"{name}={_quoted(value)} on <{element.name}>", element.location
    if name in DATING:
        reason = f": {_no_day(value)}" if re.fullmatch(FORMS["date"], value) else ""
        hint = "Give a day, month or year that was, such as 1962-10-27, 1962-10 or 1962"
        return Problem("bad-date", place, f"{given} is not a date{reason}", hint)
    if name in POINTING:
        hint = "Write #id for something in this file, or kind:id for a record, such as person:charles-yost"
        return Problem("bad-reference", place, f"{given} is not a reference", hint)
    if name == "n" and element.name == "lb":
        hint = "Give the number of the line in transcription.txt, from 1"
        return Problem("line-mark", place, f"{given} is not the number of a line", hint)
    words = [one.source.text or "" for one in _values(pattern) if one.source is not None and one.source.text]
    words = [word for word in words if word.strip()]
    hint = _did_you_mean(value, words, f"It may be {_listed(words)}") if words else f"Write it as {_example(pattern)}"
    return Problem("schema-attribute", place, f"{given} is not a value that may stand there", hint)


def _values(pattern: Pattern) -> Iterator[Pattern]:
    if pattern.what == "value":
        yield pattern
    for one in pattern.of:
        yield from _values(one)


def _example(pattern: Pattern) -> str:
    for one in _values(pattern):
        if one.source is None:
            continue
        if one.source.tag == f"{RNG}value":
            return _quoted(one.source.text or "")
        if one.source.get("type") in EXAMPLES:
            return EXAMPLES[one.source.get("type", "")]
        limit = one.source.find(f"{RNG}param")
        if limit is not None:
            return f"the pattern {limit.text}"
    return '"…"'


# --- words ------------------------------------------------------------------------------------------------------------


def _name_of(pattern: etree._Element) -> str:
    """The name of an element or attribute of the grammar, as the tree of `xml` writes it."""
    child = pattern.find(f"{RNG}name")
    name = pattern.get("name") or (child.text if child is not None else "") or ""
    namespace = pattern.get("ns") or (child.get("ns", "") if child is not None else "")
    return f"xml:{name}" if namespace == XML_NAMESPACE and not name.startswith("xml:") else name


def _quoted(text: str) -> str:
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _listed(names: Iterable[str], form: str = "{}", between: str = ", ") -> str:
    known = [form.format(name) for name in sorted(names)]
    more = len(known) - MOST_NAMED
    return between.join(known[:MOST_NAMED]) + (f" and {more} others" if more > 0 else "")


def _did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    folded = {one.lower(): one for one in sorted(known)}
    near = get_close_matches(name.lower(), folded, n=1)
    return f"Did you mean {folded[near[0]]}?" if near else otherwise
