"""A conversation with the embedded brain and tools that answer from a table: only what is said and called."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from autostyle.agent.brain import BrainRequest, StudyNow, TextDelta
from autostyle.agent.brains.embedded import EmbeddedBrain
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolCall, ToolMessage, UserMessage
from autostyle.agent.outputs import restore_output
from autostyle.agent.tool import Tool

NAMES = (
    "look_at_images",
    "choose_method",
    "plan_study",
    "plan_training",
    "start_study",
    "study_status",
    "steer_study",
    "compare_trials",
    "show_picture",
    "ask_preference",
    "render_best",
    "apply_best",
    "save_best",
    "export_report",
    "list_studies",
    "list_styles",
    "manage_queue",
    "train_lora",
    "train_fast",
)


@dataclass(frozen=True)
class Named:
    """A tool as far as the embedded brain looks at it."""

    name: str


@dataclass
class Talk:
    """Says things to the embedded brain and answers its calls.

    Args:
        answers: data by tool; an ``error`` in it makes the call fail.
        tools: what is offered.
        study: the one on the table; it runs from its start to its end or a stop.
        left: the plan of an earlier conversation that is on the table.
    """

    where: Path
    answers: dict[str, Mapping[str, Any]]
    tools: tuple[str, ...] = NAMES
    study: StudyNow | None = None
    left: str | None = None
    history: list[Message] = field(default_factory=list)

    def say(self, said: str | Notice) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        """What the brain says in this turn, and the calls it makes."""
        return asyncio.run(self._turn(UserMessage(said) if isinstance(said, str) else said))

    async def _turn(self, message: Message) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        self.history.append(message)
        if isinstance(message, Notice) and message.kind in ("ended", "failed") and self.study is not None:
            self.study = replace(self.study, running=False)
        began = self.study
        said: list[str] = []
        calls: list[tuple[str, dict[str, Any]]] = []
        for _ in range(12):
            text, call = await self._reply(began)
            self.history.append(AssistantMessage(text, (call,) if call else ()))
            said.append(text)
            if call is None:
                return "\n".join(filter(None, said)), calls
            calls.append((call.name, json.loads(call.arguments)))
            data = _answer(calls[-1][1], self.answers[call.name])
            if call.name == "compare_trials" and self.study is not None:
                numbers = calls[-1][1]["numbers"]
                self.study = replace(self.study, viewed=numbers[0] if len(numbers) == 1 else None)
            ok = "error" not in data
            self.history.append(ToolMessage(call.id, call.name, ok, "", restore_output(call.name, data, ok)))
            self._follow(call.name, calls[-1][1], data)
        raise AssertionError(f"the brain does not come to an end: {calls}")

    def _follow(self, name: str, arguments: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        if name == "start_study" and "error" not in data and data.get("queued") is None:
            self.study = StudyNow(data["study"], running=True)
        if name == "steer_study" and arguments.get("stop") and self.study is not None:
            self.study = replace(self.study, running=False)

    async def _reply(self, study: StudyNow | None) -> tuple[str, ToolCall | None]:
        text, calls = "", []
        tools = cast("tuple[Tool[Any], ...]", tuple(Named(name) for name in self.tools))
        async for delta in EmbeddedBrain(self.where).stream(BrainRequest(tuple(self.history), tools, study, self.left)):
            if isinstance(delta, TextDelta):
                text += delta.text
            else:
                assert isinstance(delta, ToolCall)
                calls.append(delta)
        assert len(calls) < 2
        return text, calls[0] if calls else None


def _answer(arguments: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """``data``, or what a search that was stopped answers."""
    stopped = arguments.get("stop") and "error" not in data
    return {"study": "photo-starry", "what": ["stopped"]} if stopped else dict(data)
