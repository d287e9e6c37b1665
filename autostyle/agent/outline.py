"""What came of a request before anything runs, as ``ask --plan-only`` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autostyle import decision
from autostyle.agent.understanding.read import understand
from autostyle.agent.workspace import Workspace
from autostyle.brief import Brief, Budget, Wishes
from autostyle.plan import Plan
from autostyle.report.payload import SCHEMA


def outline(workspace: Workspace, questions: Sequence[str]) -> dict[str, Any]:
    """The object of CONTRACT's ``ask --plan-only``: what is on the desk, and for what no tool was asked yet, what the
    rules understand of the words themselves."""
    brief = _heard(workspace)
    row = decision.load().row(decision.Situation.of(brief))
    choice, plan = workspace.choice, workspace.plan
    return {
        "schema": SCHEMA,
        "language": workspace.language,
        "content": [str(path.absolute()) for path in brief.content],
        "style": [str(path.absolute()) for path in brief.styles],
        "medium": brief.medium,
        "method": choice.method if choice else None,
        "preferred": list(choice.preferred if choice else row.prefer),
        "row": choice.row if choice else row.id,
        "reason": choice.reason if choice else row.reason,
        "alternatives": list(choice.alternatives) if choice else [],
        "wishes": brief.wishes.model_dump(),
        "keywords": list(workspace.keywords),
        "trials": plan.budget.trials if plan else brief.budget.trials,
        "minutes": plan.budget.minutes if plan else brief.budget.minutes,
        "size": plan.size if plan else Plan.model_fields["size"].default,
        "study": plan.study if plan else None,
        "questions": list(questions),
    }


def _heard(workspace: Workspace) -> Brief:
    """The brief, completed where no tool has put anything on the desk."""
    brief = workspace.brief
    if workspace.plan is not None or not workspace.said:
        return brief
    said = understand(workspace.said[-1], Path.cwd())
    budget = Budget(trials=said.trials or brief.budget.trials, minutes=said.minutes or brief.budget.minutes)
    given: dict[str, Any] = {
        "content": brief.content or said.content,
        "styles": brief.styles or said.styles,
        "budget": budget,
    }
    if workspace.choice is None:
        wishes = {name: value for name, value in said.wishes.items() if value is not None}
        given |= {"medium": said.medium or brief.medium, "wishes": Wishes.model_validate(wishes)}
    return brief.model_copy(update=given)
