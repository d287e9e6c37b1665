"""A turn written down straight: say this, call that, look at the answer, go on.

A brain keeps nothing between two requests, so a script is run from its start each time and fed the answers of the turn;
what it said before the last answer has been said. Scripts therefore depend on the history alone.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autostyle.agent.messages import ToolMessage


@dataclass(frozen=True)
class Call:
    """A tool to be called."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


ScriptStep = str | Call
Script = Generator[ScriptStep, ToolMessage | None, None]
"""Yields what is said, and calls; it is sent each call's answer, and None after what is said."""


def resume(script: Script, answers: Sequence[ToolMessage]) -> tuple[str, Call | None]:
    """What comes next once ``answers`` are in: words, and the call they lead to, if any."""
    left = list(answers)
    said: list[str] = []
    answer: ToolMessage | None = None
    while True:
        try:
            step = script.send(answer)
        except StopIteration:
            return "\n\n".join(said), None
        answer = None
        if isinstance(step, str):
            said += [step] if step else []
        elif left and left[0].name == step.tool:
            answer = left.pop(0)
            said.clear()
        else:
            return "\n\n".join(said), step
