"""compare_trials: some trials side by side."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from autostyle.agent import lines
from autostyle.agent.outputs import Compared, TrialOutput
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.work import pictured, pictures, record, trial_of
from autostyle.agent.workspace import Workspace
from autostyle.methods.params import Value
from autostyle.report.payload import summary
from autostyle.sentences import Sentence


class CompareTrials(Arguments):
    """Arguments of :data:`TOOL`."""

    numbers: Annotated[list[int], Field(min_length=1, max_length=8)]
    "Numbers of the trials, as study_status tells them; one alone shows that trial."
    study: str | None = None
    "Name of the study; leave it out for the one on the table."


async def compare(workspace: Workspace, arguments: CompareTrials, say: Say) -> ToolResult[Compared]:
    """The trials with their scores, their pictures, and the parameters in which they differ."""
    found = await record(workspace, arguments.study, say)
    shown = [pictured(found, trial_of(found, number)) for number in dict.fromkeys(arguments.numbers)]
    if found.plan.study == workspace.study:
        workspace.viewed = shown[0].number if len(shown) == 1 else None
    differ = _differences(shown)
    said = [lines.trial(trial) for trial in shown]
    if len(shown) > 1:
        said += [
            f"{name}: {', '.join(f'{number} has {value}' for number, value in values.items())}"
            for name, values in differ.items()
        ]
    else:
        said.append(lines.params(shown[0].params))
    output = Compared(study=found.plan.study, trials=tuple(shown), differences=differ, best=summary(found)["best"])
    return ToolResult("; ".join(said) + ".", output, pictures(shown))


def _differences(trials: list[TrialOutput]) -> dict[str, dict[str, Value]]:
    """parameter -> trial -> value, where the trials that have it differ."""
    names = dict.fromkeys(name for trial in trials for name in trial.params)
    values = {name: {str(t.number): t.params[name] for t in trials if name in t.params} for name in names}
    return {name: found for name, found in values.items() if len(set(map(str, found.values()))) > 1}


TOOL = Tool(
    name="compare_trials",
    description="Show trials side by side: scores, pictures, and the parameters in which they differ.",
    arguments=CompareTrials,
    cost="free",
    run=compare,
    title=lambda arguments: Sentence("compare trials {numbers}", numbers=", ".join(map(str, arguments.numbers))),
)
