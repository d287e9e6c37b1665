"""Calling a tool from a script: its data, or what went wrong said to the person."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from autostyle.agent.approval import NOBODY
from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.conversation import Conversation
from autostyle.agent.brains.rules.script import Call, Step
from autostyle.agent.calls import SAID_NO
from autostyle.agent.messages import ToolMessage

Done = Generator[Step, ToolMessage | None, Mapping[str, Any] | None]


def call(now: Conversation, tool: str, **arguments: Any) -> Done:
    """The data of the answer; None if the tool is withheld, was refused or failed, and then that has been said."""
    if tool not in now.tools:
        yield say(now.language, "withheld", tool=tool)
        return None
    answer = yield Call(tool, {name: value for name, value in arguments.items() if value is not None})
    if answer is None or not answer.ok:
        yield failure(now, answer)
        return None
    return answer.data


def failure(now: Conversation, answer: ToolMessage | None) -> str:
    """What went wrong with a call, and what can be done about it."""
    if answer is None:
        return say(now.language, "unclear")
    if refused(answer):
        return say(now.language, "refused")
    if str(answer.data.get("error")).startswith(NOBODY):
        return say(now.language, "unattended")
    return wording.trouble(now.language, "failed", answer.data.get("error") or answer.text, answer.data.get("hint"))


def refused(answer: ToolMessage) -> bool:
    """Whether a call failed because the person said no."""
    return answer.data.get("error") == SAID_NO
