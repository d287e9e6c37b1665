"""The arguments of a call as a tool takes them, where a model or its server wrote them another way."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from autostyle import json_text
from autostyle.agent.tool import Tool
from autostyle.errors import BadInput

WRAPPED = ("arguments", "parameters", "args", "input", "kwargs", "properties")
_FENCE = re.compile(r"^\s*```\w*\s*(.*?)\s*(?:```)?\s*$", re.DOTALL)


def fit_arguments(tool: Tool[Any], arguments: object) -> str | None:
    """``arguments`` as JSON that ``tool`` takes: they may be encoded twice, wrapped, a dictionary, a bare value, or
    written as Python has them. None where no reading of them fits."""
    return next((text for text in _readings(tool, arguments) if _fits(tool, text)), None)


def _readings(tool: Tool[Any], arguments: object) -> Iterator[str]:
    if isinstance(arguments, str):
        yield arguments
    value = _decoded(arguments)
    if value in (None, "", [], "null", "None"):
        value = {}
    yield json.dumps(value)
    for found in [value, *_unwrapped(value)]:
        if isinstance(found, dict):
            yield json.dumps(found)
            yield json.dumps(_reshaped(tool, found))
        else:
            yield from (json.dumps(_reshaped(tool, {name: found})) for name in _only_field(tool))


def _decoded(value: object) -> object:
    """``value`` out of the strings it is written in, up to three deep."""
    for _ in range(3):
        if not isinstance(value, str):
            break
        text = value.strip()
        if fence := _FENCE.match(text) if text.startswith("```") else None:
            text = fence[1]
        decoded = _literal(text)
        if decoded is text:
            return value
        value = decoded
    return value


def _literal(text: str) -> object:
    for read in (json_text.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
    return text


def _unwrapped(value: object) -> Iterator[object]:
    """What is inside a list of one, or under a name that stands for arguments."""
    if isinstance(value, list) and len(value) == 1:
        yield value[0]
        value = value[0]
    if isinstance(value, dict):
        for name in WRAPPED:
            if name in value and len(value) <= 3:
                yield _decoded(value[name])


def _reshaped(tool: Tool[Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Values that were encoded again, a list's only item without its list, and null for what may be left out."""
    schema = tool.schema()
    fields = schema.get("properties", {})
    required = schema.get("required", ())
    found = {}
    for name, value in arguments.items():
        if value is None and name not in required:
            continue
        kinds = _kinds(fields.get(name, {}), schema)
        if isinstance(value, str) and "string" not in kinds:
            value = _decoded(value)
        if "array" in kinds and not isinstance(value, list):
            value = [value]
        found[name] = value
    return found


def _kinds(field: Mapping[str, Any], schema: Mapping[str, Any]) -> set[str]:
    """The JSON types that a field takes."""
    if "$ref" in field:
        field = schema["$defs"][field["$ref"].rsplit("/", 1)[-1]]
    kinds = {field["type"]} if isinstance(field.get("type"), str) else set()
    return kinds.union(*(_kinds(part, schema) for part in (*field.get("anyOf", ()), *field.get("allOf", ()))))


def _only_field(tool: Tool[Any]) -> tuple[str, ...]:
    """The field that a bare value is meant for: the only one that must be given, or the only one there is."""
    schema = tool.schema()
    for names in (tuple(schema.get("required", ())), tuple(schema.get("properties", {}))):
        if len(names) == 1:
            return names
    return ()


def _fits(tool: Tool[Any], text: str) -> bool:
    try:
        tool.parse(text)
    except BadInput:
        return False
    return True
