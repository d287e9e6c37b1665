"""Tool calls as models write them into their text where the server does not take them out: one reader for every way.

Sources: the chat templates of Hermes and Qwen (``<tool_call>``), Qwen3-Coder, GLM and MiniMax (XML), Llama 3
(``<function=``, ``<|python_tag|>``), Mistral (``[TOOL_CALLS]``), DeepSeek, Kimi K2, Cohere, Granite, gpt-oss (harmony).
Yao et al., ReAct, ICLR 2023, as LangChain and its kin ask for it (``Action:``, ``Action Input:``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from autostyle import json_text

Found = tuple[str, object]
"""A name and its arguments, as written."""

MARK = re.compile(
    r"(?<![`'\"“‘(>\w])(?:<(?:tool_calls?|tools|function_calls?|functioncall|minimax:tool_call|TOOLCALL>|invoke\s|function=|\|?DSML\|)"
    r"|<\|(?:tool_call\|>|tool_calls_section_begin\|>|tool_call_begin\|>|python_tag\|>|START_ACTION\|>"
    r"|channel\|>commentary\b)"
    r"|<｜(?:tool▁calls?▁begin|DSML)｜|\[TOOL_CALLS\])"
)
"""Where a call begins that the model marked as one."""
REACT = re.compile(r"\**Action\**[ \t]*:\**[ \t]*`?(?P<name>[\w.-]*)`?[ \t]*(?P<whole>\n)?")
"""The line that names an action; ``whole`` once nothing more can be part of the name."""
_REACT_INPUT = re.compile(r"\s*\**Action[ _]Input\**[ \t]*:\**\s*")
_REACT_AFTER = re.compile(r"\n\s*\**(?:Observation|Thought|Final Answer|Action)\b\**[ \t]*:")
"""What the model makes up behind its action."""
_MARKS = re.compile(
    r"</?(?:tool_calls?|tools|function_calls?|functioncall|minimax:tool_call|TOOLCALL)>|<\|/?[\w▁]+\|>|<｜[^｜>]*｜>|\[/?TOOL_CALLS\]|\[ARGS\]"
)
_NAMES = ("name", "tool", "tool_name", "function", "function_name", "action")
_ARGUMENTS = ("arguments", "parameters", "args", "input", "tool_input", "action_input", "kwargs", "params")
_BESIDE = frozenset({"id", "type", "call_id", "tool_call_id", "thought", "reason", "index"})
_FENCE = re.compile(r"^[ \t]*```[\w-]*|```[ \t]*$", re.MULTILINE)
_XML_CALL = re.compile(r"<(?:function=|invoke\s+name=)\"?([\w.-]+)\"?\s*>(.*?)(?:</(?:function|invoke)>|\Z)", re.DOTALL)
_XML_VALUE = re.compile(
    r"<parameter(?:=|\s+name=)\"?([\w.-]+)\"?[^>]*>\n?(.*?)\n?(?=</parameter>|<parameter|\Z)", re.DOTALL
)
_KEY_VALUE = re.compile(r"<arg_key>\s*(.*?)\s*</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|\Z)", re.DOTALL)


def calls(text: str, names: Sequence[str]) -> list[Found] | None:
    """The calls that ``text`` consists of; None where it holds anything else.

    Args:
        text: one block, from its first mark, brace or name on.
        names: of the tools that are offered.
    """
    marked = bool(MARK.search(text))
    bare = _FENCE.sub("", _MARKS.sub("\n", text)).strip()
    readers: tuple[Callable[[str, Sequence[str]], list[Found] | None], ...] = (
        (_xml, _named_json, _json, _python) if marked else (_react, _json, _python)
    )
    for read in readers:
        if found := read(bare, names):
            return found
    return None


def may_be_react(text: str, names: Sequence[str]) -> bool:
    """Whether ``text``, which begins like an action, can still become one, or is one."""
    action = REACT.match(text)
    if action is None or not action["whole"]:
        return action is not None
    begun = text[action.end() :].lstrip(" \t\n*")[:12].replace("_", " ")
    return known(action["name"], names) is not None and "Action Input".startswith(begun)


def _react(text: str, names: Sequence[str]) -> list[Found] | None:
    """The first action and its input, which may be a bare value; what follows is made up."""
    action = REACT.match(text)
    given = action and _REACT_INPUT.match(text, action.end())
    if action is None or given is None or (name := known(action["name"], names)) is None:
        return None
    after = _REACT_AFTER.search(text, given.end())
    value = _FENCE.sub("", text[given.end() : after.start() if after else len(text)]).strip()
    decoded = _decoded(value, 0) if value.startswith(("{", "[")) else None
    if decoded is not None and value[decoded[1] :].strip():
        return None
    return [(name, value if decoded is None else decoded[0])]


def _json(text: str, names: Sequence[str]) -> list[Found] | None:
    """Objects or lists of them, one behind the other."""
    found: list[Found] = []
    at = 0
    while at < len(text):
        if text[at] in (" \t\r\n,;}]" if found else " \t\r\n"):  # small models close more than they opened
            at += 1
            continue
        decoded = _decoded(text, at)
        if decoded is None:
            return None
        value, at = decoded
        for item in value if isinstance(value, list) else [value]:
            inside = list(_objects(item, names))
            if not inside:
                return None
            found += inside
    return found


def _decoded(text: str, at: int) -> tuple[object, int] | None:
    """The value that begins at ``at``, and where it ends; one that was left open or that Python wrote is the last."""
    whole = text.rstrip().endswith(("}", "]", '"'))  # not cut off within a number
    for closed in ("", "}", "}}") if whole else ("",):
        try:
            value, end = json_text.raw_decode(text + closed, at)
            return value, min(end, len(text))
        except ValueError:
            continue
    try:
        return ast.literal_eval(text[at:].strip()), len(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _objects(item: object, names: Sequence[str]) -> Iterator[Found]:
    """The calls that one JSON object stands for."""
    if not isinstance(item, dict):
        return
    for key in ("tool_calls", "calls"):
        if isinstance(item.get(key), list) and len(item) <= 2:
            for inside in item[key]:
                yield from _objects(inside, names)
            return
    if isinstance(item.get("function"), dict):
        yield from _objects(item["function"], names)
        return
    for key in _NAMES:
        if (name := known(item.get(key), names)) is not None:
            rest = {other: value for other, value in item.items() if other != key and other not in _BESIDE}
            given = [value for other, value in rest.items() if other in _ARGUMENTS]
            if len(rest) == len(given) <= 1:
                yield name, given[0] if given else {}
            return
    if len(item) == 1:  # {"tool": {arguments}}
        (key, value) = next(iter(item.items()))
        if isinstance(value, dict) and (name := known(key, names)) is not None:
            yield name, value


def _named_json(text: str, names: Sequence[str]) -> list[Found] | None:
    """A name followed by an object: Mistral, DeepSeek, Kimi, gpt-oss, Llama."""
    named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    head = re.compile(
        rf"(?:commentary\s+)?(?:to=)?(?:<?function[s=.]*\s*)*(?:tools?\.)?({named})(?::\d+)?>?(?:\s|json|code|```|constrain)*(?=\{{)"
    )
    found: list[Found] = []
    at = 0
    while begun := head.search(text, at):
        if re.sub(r"</?function>|```|function|assistant|commentary|\s", "", text[at : begun.start()]):
            return None
        try:
            value, at = json_text.raw_decode(text, begun.end())
        except ValueError:
            return None
        found.append((begun[1], value))
    return found if not re.sub(r"</?function>|```|\s", "", text[at:]) else None


def _xml(text: str, names: Sequence[str]) -> list[Found] | None:
    """Elements: Qwen3-Coder and MiniMax; GLM's keys and values behind a name."""
    found: list[Found] = []
    for call in _XML_CALL.finditer(text):
        values = {value[1]: value[2] for value in _XML_VALUE.finditer(call[2])}
        if (name := known(call[1], names)) is None or (not values and call[2].strip()):
            return None
        found.append((name, values))
    if found:
        return found
    blocks = [block for block in re.split(r"\n(?=[\w.-]+\s*(?:\n|<arg_key>|\Z))", text) if block.strip()]
    for block in blocks:
        head, _, rest = block.strip().partition("<arg_key>")
        if (name := known(head.strip(), names)) is None:
            return None
        found.append((name, {pair[1]: pair[2] for pair in _KEY_VALUE.finditer(f"<arg_key>{rest}")} if rest else {}))
    return found


def _python(text: str, names: Sequence[str]) -> list[Found] | None:
    """``name(key="value")``, several of them, a list of them, or one inside ``print``."""
    try:
        tree = ast.parse(text.strip(), mode="exec")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    found: list[Found] = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            value: ast.expr = statement.value
        elif isinstance(statement, ast.Expr):
            value = statement.value
        else:
            return None
        for item in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
            call = _python_call(item, names)
            if call is None:
                return None
            found.append(call)
    return found


def _python_call(item: ast.expr, names: Sequence[str]) -> Found | None:
    if not isinstance(item, ast.Call):
        return None
    if isinstance(item.func, ast.Name) and item.func.id == "print" and len(item.args) == 1 and not item.keywords:
        return _python_call(item.args[0], names)
    function = item.func
    if isinstance(function, ast.Attribute) and function.attr == "call":  # Llama: name.call(...)
        function = function.value
    name = known(ast.unparse(function), names)
    try:
        values: dict[str, Any] = {str(word.arg): ast.literal_eval(word.value) for word in item.keywords if word.arg}
        bare = [ast.literal_eval(argument) for argument in item.args]
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None
    if name is None or (bare and (values or len(bare) > 1)) or any(word.arg is None for word in item.keywords):
        return None
    return name, bare[0] if bare else values


def known(name: object, names: Sequence[str]) -> str | None:
    """The tool that ``name`` means: its own name, or that in another spelling (``functions.Look-At-Images``)."""
    if not isinstance(name, str):
        return None
    if name in names:
        return name
    plain = re.sub(r"[^a-z0-9]", "", name.strip().lower().rpartition(".")[2].removesuffix("()"))
    spelled: Mapping[str, str] = {re.sub(r"[^a-z0-9]", "", own.lower()): own for own in names}
    return spelled.get(plain)
