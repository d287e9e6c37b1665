"""A conversation as the messages of a chat request, in OpenAI's form, which litellm translates for every provider."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autostyle import json_text, resources
from autostyle.agent.brain import BrainRequest
from autostyle.agent.brains.language.claims import Verdicts, correct_claims
from autostyle.agent.brains.language.pictures import part
from autostyle.agent.messages import AssistantMessage, Attachment, Notice, ToolMessage, UserMessage, pictures_of
from autostyle.agent.tool import Tool
from autostyle.filenames import legible

ONLY_A_PLAN = """
## Now

Only a plan is wanted: nothing may be started, written or sent. End with the plan.
"""
STUDY = """
## The study on the table

{name}. {state}
"""
RUNS = "Its search is running; a notice tells its end."
VIEWED = 'They are looking at trial {number}: that is what "this one" means.\n'
ELSEWHERE = "Another program is running it."
RESTS = (
    "Nothing runs it now, whatever was said before. study_status tells how far it is; start_study with study={name!r} "
    "goes on with what is left, after steer_study if there is to be more."
)
LEFT = """
## The plan on the table

{name}, made in an earlier conversation; nothing of it has run. start_study starts it where the person says that it may.
"""
NOTHING_DONE = (
    "[From autostyle, not from the person] You called no tool, so nothing was done or saved; the person was told so. "
    "Call the tool that does it, or say plainly that it is not done."
)
PICTURES = 12
"""Pictures sent with a request, the latest; of those before only the names."""


def chat(request: BrainRequest, verdicts: Verdicts | None = None) -> list[dict[str, Any]]:
    """The messages of the whole request: who the model is, then the conversation. Reads the picture files.

    Args:
        verdicts: what was found of the model's replies as they came; what is not known yet is asked now.
    """
    only_a_plan = all(tool.cost == "free" for tool in request.tools)
    system = resources.read("agent.md").text + (ONLY_A_PLAN if only_a_plan else "") + _table(request)
    return [{"role": "system", "content": system}, *_plainly(conversation(request, verdicts or Verdicts()))]


def _plainly(value: Any) -> Any:
    """``value`` with names that are no UTF-8 read as they were meant: no server would take them otherwise."""
    match value:
        case str():
            return legible(value)
        case list():
            return [_plainly(item) for item in value]
        case dict():
            return {name: _plainly(item) for name, item in value.items()}
    return value


def _table(request: BrainRequest) -> str:
    """Which study is on the table and whether it runs: what was said of it before may be long past."""
    study = request.study
    if study is None:
        return LEFT.format(name=request.left) if request.left else ""
    state = ELSEWHERE if study.elsewhere else RUNS if study.running else RESTS.format(name=study.name)
    viewed = "" if study.viewed is None else VIEWED.format(number=study.viewed)
    return STUDY.format(name=study.name, state=state) + viewed


def conversation(request: BrainRequest, verdicts: Verdicts) -> list[dict[str, Any]]:
    """Its messages; pictures of tools follow their answers as a message of the user, where every server takes them, and
    so does the truth what the model said it had done and has not."""
    history = request.messages
    first_round = next((m for m in history if isinstance(m, Notice) and m.kind == "round"), None)
    recent = {id(picture) for picture in [p for message in history for p in pictures_of(message)][-PICTURES:]}
    messages: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for message, untrue in correct_claims(request, verdicts):
        if waiting and not isinstance(message, ToolMessage):
            messages.append({"role": "user", "content": waiting})
            waiting = []
        parts = [_part(picture, id(picture) in recent) for picture in pictures_of(message)]
        match message:
            case UserMessage():
                messages.append({"role": "user", "content": _content(message.text, parts)})
            case Notice():
                # How to judge a round is said once; the model has it before it from then on.
                how = f"{resources.read('critique.md').text}\n" if message is first_round else ""
                text = f"[From autostyle, not from the person] {how}{message.text}"
                messages.append({"role": "user", "content": _content(text, parts)})
            case AssistantMessage():
                messages.append(_assistant(message))
                if untrue:
                    messages.append({"role": "user", "content": NOTHING_DONE})
            case ToolMessage():
                messages.append({"role": "tool", "tool_call_id": message.call, "content": message.text})
                if parts:
                    waiting += [_text(f"[From autostyle, not from the person] Pictures of {message.name}:"), *parts]
    return [*messages, {"role": "user", "content": waiting}] if waiting else messages


def functions(tools: Iterable[Tool[Any]]) -> list[dict[str, Any]]:
    """The tools as a model is told of them."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": {key: value for key, value in _plain(tool.schema()).items() if key != "description"},
            },
        }
        for tool in tools
    ]


def _assistant(message: AssistantMessage) -> dict[str, Any]:
    said: dict[str, Any] = {"role": "assistant", "content": message.text or None}
    if message.calls:
        said["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": _object(call.arguments)}}
            for call in message.calls
        ]
    return said


def _object(arguments: str) -> str:
    """``arguments`` if they are a JSON object, else an empty one: some providers parse them and refuse the rest."""
    try:
        return arguments if isinstance(json_text.loads(arguments), dict) else "{}"
    except ValueError:
        return "{}"


def _content(text: str, parts: list[dict[str, Any]]) -> str | list[dict[str, Any]]:
    return [_text(text), *parts] if parts else text


def _part(picture: Attachment, recent: bool) -> dict[str, Any]:
    return part(picture) if recent else _text(f"[picture {picture.path.name}, shown before]")


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _plain(schema: Any) -> Any:
    """``schema`` as every provider takes it: arrays with one schema for all items, no rules for names of properties,
    and without the titles pydantic makes of names, which tell a model nothing."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _plain(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    plain.pop("propertyNames", None)
    if "prefixItems" in plain:
        plain["items"] = plain.pop("prefixItems")[0]
    return plain
