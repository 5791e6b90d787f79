"""Two texts, fields or trees side by side: what words came and went, what marks, which items of a list.

The comparison of words is that of quotations and of earlier versions (`word_by_word`); what two texts have in common at
either end is set aside first, so that a corrected word in a long text costs one walk along it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from build_tools.identifiers import Reference
from build_tools.quotations import Step
from build_tools.quotations.comparing import word_by_word
from build_tools.text import Element, Node, Text, as_text, elements

MOST_COMPARED = 1500
"""Words of either text, apart from what they have in common at both ends, that are compared one by one."""
LINES = frozenset({"lb", "pb", "cb"})
"""Marks of lines and pages, which are counted and not told apart."""


def words_compared(before: str, after: str) -> tuple[Step, ...]:
    """The words of both in order: kept, only after (added), only before (dropped)."""
    old, new = before.split(), after.split()
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    steps: list[Step] = [("kept", " ".join(old[:head]))] if head else []
    if max(len(old_middle), len(new_middle)) <= MOST_COMPARED:
        steps += word_by_word(new_middle, old_middle)
    else:
        steps += [("dropped", " ".join(old_middle)), ("added", " ".join(new_middle))]
    if tail:
        steps.append(("kept", " ".join(old[len(old) - tail :])))
    return tuple(step for step in steps if step[1])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def kept_words(steps: Sequence[Step]) -> dict[int, int]:
    """Number of each word that was kept, counted before -> its number after."""
    old = new = 0
    kept: dict[int, int] = {}
    for kind, words in steps:
        count = len(words.split())
        if kind == "kept":
            kept.update(zip(range(old, old + count), range(new, new + count), strict=True))
        old += count if kind != "added" else 0
        new += count if kind != "dropped" else 0
    return kept


# --- trees ------------------------------------------------------------------------------------------------------------


def shape(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The trees without places, and without blanks that only set out the source: equal if the encoding says the same."""
    return tuple(_events(nodes))


def _events(nodes: Sequence[Node]) -> Iterator[str]:
    stack: list[Node | None] = list(reversed(nodes))
    while stack:  # as in `text`: recursion would meet its limit in a deep tree
        node = stack.pop()
        if node is None:
            yield "end"
        elif isinstance(node, Text):
            if node.content.strip():
                yield f"text {node.content.strip()}"
        else:
            yield f"begin {_mark(node)}"
            stack.append(None)
            stack.extend(reversed(node.children))


def marks_compared(before: Sequence[Node], after: Sequence[Node]) -> tuple[Step, ...]:
    """The marks that came and went; empty if the same marks stand at other words."""
    old, new = _marks(before), _marks(after)
    gone = sorted((old - new).elements())
    come = sorted((new - old).elements())
    return (*(("dropped", one) for one in gone), *(("added", one) for one in come))


def _marks(nodes: Sequence[Node]) -> Counter[str]:
    return Counter(one.name if one.name in LINES else _mark(one) for node in nodes for one in elements(node))


def _mark(element: Element) -> str:
    return " ".join([element.name, *(f'{name}="{value}"' for name, value in element.attributes)])


# --- fields -----------------------------------------------------------------------------------------------------------


def in_words(value: object) -> str:
    """A value of the model as a person reads it: keys that say something, with what they say."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Reference):
        return str(value)
    if isinstance(value, Element):
        return as_text(value)
    if isinstance(value, tuple):
        return ", ".join(map(in_words, value))
    if is_dataclass(value):
        told = ((one.name, getattr(value, one.name)) for one in fields(value))
        return "; ".join(f"{title_of(name)}: {in_words(one)}" for name, one in told if one not in ("", (), None, False))
    return {None: "", True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool | None) else str(value)


def title_of(field: str) -> str:
    """`depends on` of `depends_on`."""
    return field.replace("_", " ")


def items_compared(before: tuple[object, ...], after: tuple[object, ...]) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Number (from 0, after) of each item that came, went or changed, with its words compared."""
    old, new = [*map(in_words, before)], [*map(in_words, after)]
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(j - i, m - k)
        for number in range(pairs):
            yield k + number, words_compared(old[i + number], new[k + number])
        for number in range(i + pairs, j):
            yield k + pairs, (("dropped", old[number]),)
        for number in range(k + pairs, m):
            yield number, (("added", new[number]),)
