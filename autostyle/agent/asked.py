"""The words of the request that is being made, in however many messages: a queue keeps them with it."""

from __future__ import annotations

from pathlib import Path

from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.model import Intent
from autostyle.agent.workspace import Workspace

OF_A_STUDY: tuple[Intent, ...] = (
    *("explain", "show", "look", "open", "compare", "prefer", "stop", "steer", "more", "status", "where", "queue"),
    *("list", "help", "methods", "cost", "greet", "thanks"),
)
"""What is said of the study on the table, or of nothing in particular, while another request is being made."""


def note(workspace: Workspace, text: str) -> None:
    """Take note of what the person said, unless none of it can be about the request to come."""
    here, about_a_study = Path.cwd(), workspace.study is not None
    acts = understand_cached(text, here, study=about_a_study, before=workspace.language).acts
    if not about_a_study or {act.intent for act in acts}.difference(OF_A_STUDY):
        workspace.asked = [*workspace.asked, text]


def words(workspace: Workspace, longest: int) -> str:
    """All that was said of the request, a message a line, at most ``longest`` characters."""
    return "\n".join(workspace.asked)[:longest]
