"""Calling a tool from a script: its answer, or what went wrong said to the person."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from autostyle.agent.approval import NOBODY
from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.dialogue_state import DialogueState, refused
from autostyle.agent.brains.rules.script import Call, ScriptStep
from autostyle.agent.messages import ToolMessage
from autostyle.agent.outputs import ToolFailure, ToolOutput

Out = TypeVar("Out", bound=ToolOutput)


def call(
    now: DialogueState, kind: type[Out], **arguments: Any
) -> Generator[ScriptStep, ToolMessage | None, Out | None]:
    """Call the tool that answers with a ``kind``, and its answer; None if it is withheld, was refused or failed, and
    then that has been said."""
    if kind.tool not in now.tools:
        yield say(now.language, "withheld", tool=kind.tool)
        return None
    answer = yield Call(kind.tool, {name: value for name, value in arguments.items() if value is not None})
    if answer is not None and answer.ok and isinstance(answer.output, kind):
        return answer.output
    yield failure(now, answer)
    return None


def failure(now: DialogueState, answer: ToolMessage | None) -> str:
    """What went wrong with a call, and what can be done about it."""
    if answer is None or answer.ok:
        return say(now.language, "unclear")
    if refused(answer):
        return say(now.language, "refused")
    wrong = answer.output if isinstance(answer.output, ToolFailure) else ToolFailure(error=answer.text)
    if wrong.error.startswith(NOBODY):
        return say(now.language, "unattended")
    return wording.trouble(now.language, "failed", wrong.error, wrong.hint)
