"""Messages and the workspace as JSON, and back: the lines of the file of a conversation."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from autostyle.agent import messages
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage
from autostyle.agent.outputs import ToolOutput, restore_output
from autostyle.agent.workspace import Workspace
from autostyle.sentences import pack_sentences, unpack_sentences

WORKSPACE_FIELDS = ("brief", "language", "keywords", "keywords_by", "choice", "plan", "study", "earlier", "asked")
"""The fields of a workspace that outlive the program."""
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    cls.role: TypeAdapter(cls) for cls in (UserMessage, Notice, AssistantMessage, ToolMessage)
}
for _adapter in _ADAPTERS.values():
    _adapter.rebuild(
        _types_namespace={**vars(messages), "ToolOutput": ToolOutput}
    )  # which a message only names for types


def encode_message(message: Message) -> dict[str, Any]:
    """``message`` as JSON data. A notice keeps its own kind as ``of``; the templates of what went wrong stay known."""
    adapter = _ADAPTERS[message.role]
    fields: dict[str, Any] = adapter.dump_python(message, mode="json", exclude={"output"}, fallback=str)
    if isinstance(message, Notice | ToolMessage):
        data, pictures = message.data, fields.pop("pictures")
        fields |= {"data": to_jsonable_python(data, fallback=str), "pictures": pictures}
        if isinstance(message, Notice):
            fields["of"] = fields.pop("kind")
        if sentences := pack_sentences(data):
            fields["sentences"] = sentences
    return {"kind": message.role, **fields}


def decode_message(record: dict[str, Any]) -> Message:
    """What :func:`encode_message` was given; raises ValueError, TypeError or KeyError where it is no such thing."""
    fields = {name: value for name, value in record.items() if name not in ("kind", "at")}
    if record["kind"] == Notice.role:
        fields["kind"] = fields.pop("of")
    data, sentences = fields.pop("data", None), fields.pop("sentences", [])
    unpack_sentences(data, sentences)
    if data:
        fields["output"] = restore_output(str(fields.get("name") or fields.get("kind")), data, fields.get("ok", True))
    message: Message = _ADAPTERS[record["kind"]].validate_python(fields)
    return message


def encode_workspace(workspace: Workspace) -> dict[str, Any]:
    """What of ``workspace`` outlives the program, as JSON data."""
    return {name: _field(name).dump_python(getattr(workspace, name), mode="json") for name in WORKSPACE_FIELDS}


def restore_workspace(workspace: Workspace, kept: dict[str, Any]) -> None:
    """Put what :func:`encode_workspace` gave back in the workspace; a field of another version is left as it is."""
    for name in WORKSPACE_FIELDS:
        if name in kept:
            try:
                value = _field(name).validate_python(kept[name])
            except ValueError:
                continue
            setattr(workspace, name, value)


@cache
def _field(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(Workspace)[name])
