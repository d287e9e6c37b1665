"""ask_preference: which of these two? The answers move the recommended trial."""

from __future__ import annotations

from typing import Any

from autostyle.agent.tools import lines
from autostyle.agent.tools.compare_trials import pick
from autostyle.agent.tools.contract import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.steer_study import put_into_force
from autostyle.agent.tools.work import on_the_table, pictured, pictures, plan_of, points, record, work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.tuning import pareto, preference
from autostyle.tuning.preference import Answer


class AskPreference(Arguments):
    """Arguments of :data:`TOOL`."""

    pair: tuple[int, int] | None = None
    "Two trials; leave them out for the two that tell most."
    better: int | None = None
    "The answer: the one of the pair that the person likes better. Left out, the pair is only shown."


async def ask(workspace: Workspace, arguments: AskPreference, say: Say) -> ToolResult:
    """Show a pair, or take an answer: it is kept with the study, and the preference and the recommended trial follow.

    Raises:
        BadInput: there is no such trial, or nothing is left to ask.
    """
    study = on_the_table(workspace, None)
    if arguments.better is None:
        return _shown(await record(workspace, study, say), arguments.pair)
    if arguments.pair is None or arguments.better not in arguments.pair:
        raise BadInput("the answer is none of the pair", "give both trials, and one of them as the better")
    worse = next((n for n in arguments.pair if n != arguments.better), arguments.better)
    config = workspace.config
    answer = requests.Prefer(
        home=config.home, storage=config.storage, study=study, better=arguments.better, worse=worse
    )
    found = await work(answer, say)
    prefer = preference.preferred(points(found), _answers(found))
    plan = plan_of(workspace, study).model_copy(update={"prefer": prefer})
    await put_into_force(workspace, plan, f"trial {arguments.better} is liked better than trial {worse}", say)
    best = pareto.recommend(points(found), prefer)
    following = preference.question(points(found), _answers(found))
    data = {"pair": list(arguments.pair), "prefer": prefer, "recommended": best, "next": following}
    more = (
        f"The next pair that tells most: {following[0]} and {following[1]}." if following else "Nothing is left to ask."
    )
    return ToolResult(f"Style now weighs {prefer:.2f}; trial {best} is recommended. {more}", data)


def _shown(found: dict[str, Any], pair: tuple[int, int] | None) -> ToolResult:
    pair = pair or preference.question(points(found), _answers(found))
    if pair is None:
        raise BadInput("there is no pair left to ask about", "the front has one trial, or every answer is given")
    trials = [pictured(found, pick(found, number)) for number in pair]
    text = f"{' or '.join(map(lines.trial, trials))}: which does the person like better?"
    return ToolResult(text, {"pair": list(pair), "trials": trials}, pictures(trials))


def _answers(found: dict[str, Any]) -> list[Answer]:
    return [Answer(**answer) for answer in found["answers"]]


TOOL = Tool(
    name="ask_preference",
    description=(
        "Show two trials of the front and ask which the person likes better, or pass their answer on. Answers move the "
        "recommended trial and are kept."
    ),
    arguments=AskPreference,
    cost="free",
    run=ask,
    title=lambda arguments: "ask which is better" if arguments.better is None else f"prefer trial {arguments.better}",
)
