"""What a study says by itself."""

from __future__ import annotations

from typing import Any

from autostyle.agent.outputs.base import ToolFailure, ToolOutput, TrialOutput
from autostyle.agent.outputs.files import Summary
from autostyle.methods.params import Value


class Round(ToolOutput):
    """A search between two rounds: its front, and the changes that the rules of advice would make, with reasons."""

    tool = "round"
    study: str
    done: int
    total: int
    best: TrialOutput | None
    front: tuple[TrialOutput, ...] = ()
    advice: dict[str, Any] = {}
    reasons: tuple[dict[str, Value], ...] = ()

    @property
    def pictured(self) -> tuple[TrialOutput, ...]:
        return (*self.front, *filter(None, (self.best,)))


class SearchEnded(Summary):
    """What a search had found at its end.

    Args:
        said: the words it was asked for with, where it waited in the queue.
    """

    tool = "ended"
    said: str = ""


class _OfStudy(ToolOutput):
    study: str = ""


class SearchFailed(ToolFailure, _OfStudy):
    """Why a search ended before its time."""

    tool = "failed"
