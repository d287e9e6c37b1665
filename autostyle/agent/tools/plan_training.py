"""plan_training: a search of how to train a fast net on a style picture, by short trainings, becomes a plan."""

from __future__ import annotations

import asyncio
from typing import Annotated

from pydantic import Field

from autostyle.agent.outputs import TrainingPlanned
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.plan_study import Minutes, Trials, told
from autostyle.agent.tools.train_fast import apart
from autostyle.agent.workspace import Workspace
from autostyle.sentences import Sentence
from autostyle.use_cases import training
from autostyle.use_cases.tune import TuneOptions, build


class PlanTraining(Arguments):
    """Arguments of :data:`TOOL`."""

    styles: Annotated[list[str], Field(min_length=1)]
    "Path of the style picture to learn, as the person wrote it; a folder beside it is taken for photos."
    photos: list[str] = []
    "Paths of photographs to paint while it learns, or of folders, where the person names some."
    trials: Trials | None = None
    "How many short trainings, only where the person says how many; 12 otherwise."
    minutes: Minutes | None = None
    "The time the person gives."


async def plan(workspace: Workspace, arguments: PlanTraining, say: Say) -> ToolResult[TrainingPlanned]:
    """Put the plan on the table; nothing runs yet.

    Raises:
        BadInput: not one style picture, too few photographs, or one of them was not named or is none.
    """
    styles, photos = apart(workspace, arguments.styles, arguments.photos)
    trials, minutes = workspace.trials or arguments.trials, workspace.minutes or arguments.minutes
    options = TuneOptions(style=styles, trials=trials, minutes=minutes)
    asked = await asyncio.to_thread(training.search, options, photos)
    made = build(asked, None, workspace.config.home).model_copy(update={"language": workspace.language})
    workspace.speak_of(made)
    workspace.choice, workspace.plan = made.choice, made
    planned = told(workspace, made)
    text = f"{planned.text} Afterwards train_fast with from_study {made.study} trains as it found."
    return ToolResult(text, TrainingPlanned.model_validate(planned.data))


TOOL = Tool(
    name="plan_training",
    description=(
        "Make the plan of a search for the best settings to train a fast net on a style picture, by short trainings. "
        "Nothing runs; start_study runs the plan. Call it only where the person wants the training's settings found."
    ),
    arguments=PlanTraining,
    cost="free",
    run=plan,
    title=lambda arguments: Sentence("plan the search of a training"),
)
