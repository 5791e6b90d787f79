"""What a record's front matter may hold: validation against the model's own classes, and JSON Schemas for editors.

The classes of `model` are the schema (ADR 0003): pydantic validates plain data against them and makes the JSON Schema.
Called by `reading.records` and by the test that keeps the published schemas equal.
"""

from __future__ import annotations

import functools
from dataclasses import is_dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from build_tools import model

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=0)


@functools.cache
def adapter(record_class: type) -> TypeAdapter[Any]:
    """The validator of one class; unknown keys are refused at every depth."""
    _refuse_unknown_keys()
    return TypeAdapter(record_class)


@functools.cache
def _refuse_unknown_keys() -> None:
    """pydantic reads its settings from an attribute of each dataclass; the model need not know pydantic."""
    for name in dir(model):
        candidate = getattr(model, name)
        if isinstance(candidate, type) and is_dataclass(candidate):
            candidate.__pydantic_config__ = STRICT  # type: ignore[attr-defined]


def json_schemas() -> dict[str, dict[str, Any]]:
    """Kind of record -> JSON Schema (2020-12) of its front matter."""
    classes: dict[str, type] = {"note": model.Annotation, "archive": model.Edition}
    classes.update(model.RECORD_CLASSES.items())
    return {kind: adapter(classes[kind]).json_schema() for kind in sorted(classes)}
