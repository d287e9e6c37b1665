"""The words of the request that is being made, in however many messages: a queue keeps them with it."""

from __future__ import annotations

from pathlib import Path

from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.workspace import Workspace

OF_A_REQUEST = frozenset({"stylize", "start", "refuse", "undo", "unclear", "train"})
"""What a message may be about that counts as said of the request to come; the rest is about the study there is."""


def note(workspace: Workspace, text: str) -> None:
    """Take note of what the person said, unless it is about the study on the table and nothing else."""
    here, about_a_study = Path.cwd(), workspace.study is not None
    acts = understand_cached(text, here, study=about_a_study, before=workspace.language).acts
    if not about_a_study or OF_A_REQUEST & {act.intent for act in acts}:
        workspace.asked = [*workspace.asked, text]


def words(workspace: Workspace, longest: int) -> str:
    """All that was said of the request, a message a line, at most ``longest`` characters."""
    return "\n".join(workspace.asked)[:longest]
