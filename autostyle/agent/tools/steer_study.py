"""steer_study: change what a search does, while it runs or after it."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import Field

from autostyle.agent.tools import directions, estimate, guards
from autostyle.agent.tools.contract import Arguments, Say, Tool, ToolResult
from autostyle.agent.tools.directions import Direction
from autostyle.agent.tools.plan_study import Bounds, Minutes, Prefer, Trials
from autostyle.agent.tools.work import on_the_table, plan_of, points, record, work
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.methods.params import Value
from autostyle.plan import Plan
from autostyle.planning import methods, plans

LEAST = 4
"""Trials that a method gets at least, where it is to go on and none are left."""
Step = Annotated[float, Field(ge=-1, le=1)]


class SteerStudy(Arguments):
    """Arguments of :data:`TOOL`."""

    why: str
    "The reason, in a sentence; it stands in the report."
    direction: dict[Direction, Step] = {}
    """Words of taste, -1 less to 1 more: style, content (how well it is recognised), color (1 the style picture's,
    -1 the photograph's), structure (its lines and shapes), marks (size and boldness of the strokes)."""
    prefer: Prefer | None = None
    "Where on the front to recommend: 0 content, 1 style."
    fixed: dict[str, Value] = {}
    "Parameters to hold at a value from now on."
    release: list[str] = []
    "Parameters to search again over their whole range."
    bounds: dict[str, Bounds] = {}
    "Search ranges, [low, high]."
    warm_starts: list[dict[str, Value]] = []
    "Sets of parameters to try; at most one in five of all trials."
    method: str | None = None
    "Go on with this method for the trials that are left; where none are, for half as many again."
    add_trials: Trials | None = None
    "Trials beyond those of the plan."
    add_minutes: Minutes | None = None
    "Minutes from now on, with as many trials as they have room for."
    undo: bool = False
    "Take back the last change made here; nothing else is changed with it."
    stop: bool = False
    "End the search now; everything found is kept."


async def steer(workspace: Workspace, arguments: SteerStudy, say: Say) -> ToolResult:
    """Change the plan in force; a search that runs goes by it from its next trial on.

    Raises:
        BadInput: there is no study, or the change cannot be.
        NotBuilt: a method that is planned.
    """
    if arguments.stop:
        return await _stop(workspace)
    study = on_the_table(workspace, None)
    before = plan_of(workspace, study)
    if arguments.undo:
        plan = _earlier(workspace, study)
    else:
        looks = bool(arguments.direction or arguments.add_minutes or arguments.method)
        found = await record(workspace, study, say) if looks else {}
        plan = guards.check(workspace, _changed(workspace, before, arguments, found))
    running = workspace.search is not None and workspace.search.running
    what = await put_into_force(workspace, plan, arguments.why, say)
    if arguments.undo:
        workspace.earlier.pop()
    elif what:
        workspace.earlier.append(before)
    goes_on = "The running search goes by it from its next trial on." if running else "start_study goes on with it."
    text = f"Changed: {'; '.join(what)}. {goes_on}" if what else "The plan was so already; nothing changed."
    return ToolResult(text, {"what": list(what), "plan": plan.model_dump(mode="json"), "study": plan.study})


async def put_into_force(workspace: Workspace, plan: Plan, why: str, say: Say) -> tuple[str, ...]:
    """Write a revision of the plan down, through the search that runs or, at rest, at once: what changed, one line a
    field. The desk has the new plan then, unless there lies one of a study to come."""
    if workspace.search is not None and workspace.search.running:
        what = await workspace.search.steer(plan, why)
    else:
        config = workspace.config
        request = requests.Revise(home=config.home, storage=config.storage, plan=plan, why=why)
        what = tuple((await work(request, say))["what"])
    if workspace.plan is None or workspace.plan.study == plan.study:
        workspace.plan = plan
        workspace.brief = workspace.brief.model_copy(update={"budget": plan.budget})
    return what


async def _stop(workspace: Workspace) -> ToolResult:
    search = workspace.search
    if search is None or not search.running:
        raise BadInput("no search is running", "nothing needs to be stopped")
    await search.stop()
    return ToolResult(
        f"{search.study} was stopped; everything found is kept.", {"study": search.study, "what": ["stopped"]}
    )


def _earlier(workspace: Workspace, study: str) -> Plan:
    if not workspace.earlier or workspace.earlier[-1].study != study:
        raise BadInput("there is no change to take back", "changes of this conversation only can be taken back")
    return workspace.earlier[-1]


def _changed(workspace: Workspace, plan: Plan, arguments: SteerStudy, found: dict[str, Any]) -> Plan:
    """``plan`` with what the arguments change; ``found`` is the study's record, where they need it."""
    budget = _budget(workspace, plan, arguments, found)
    if arguments.method is not None:
        plan = _by(workspace, plan, arguments.method)
    plan = directions.leaning(plan, arguments.direction, found.get("best"), points(found))
    searched = methods.releasing(plan.methods, arguments.release)
    searched = methods.bounding(methods.fixing(searched, arguments.fixed), arguments.bounds)
    searched = methods.warming(methods.fitting(searched), arguments.warm_starts)
    said = {
        "methods": [method.model_dump() for method in searched],
        "prefer": plan.prefer if arguments.prefer is None else arguments.prefer,
        "budget": budget,
    }
    with plans.refusing("the schema of steer_study gives the ranges"):
        return Plan.model_validate(plan.model_dump() | said).checked()


def _budget(workspace: Workspace, plan: Plan, arguments: SteerStudy, found: dict[str, Any]) -> dict[str, Any]:
    trials, minutes = plan.budget.trials + (arguments.add_trials or 0), plan.budget.minutes
    done = sum(trial["state"] != "running" for trial in found.get("all_trials", ()))
    if arguments.method is not None and found and done >= trials:
        trials = done + max(LEAST, plan.budget.trials // 2)
    if arguments.add_minutes is not None:
        running = workspace.search is not None and workspace.search.running
        minutes = (minutes if running and minutes else found["seconds"] / 60) + arguments.add_minutes
        times = sorted(trial["seconds"] for trial in found["all_trials"] if trial["state"] == "complete")
        room = math.ceil(arguments.add_minutes * 60 / times[len(times) // 2]) if times else 0
        trials = max(trials, done + room)
    return {"trials": trials, "minutes": minutes}


def _by(workspace: Workspace, plan: Plan, method: str) -> Plan:
    """``plan`` with its remaining trials given to one method, which keeps what was decided for it."""
    choice = methods.choose(workspace.brief, method)
    known = tuple(m for m in plan.methods if m.name == choice.method)
    switched = plan.model_copy(update={"choice": choice, "methods": known or methods.searched(choice)})
    return switched if known else plans.coloured(switched, workspace.brief.wishes)


def _seconds(workspace: Workspace, arguments: SteerStudy) -> float:
    running = workspace.search is not None and workspace.search.running
    if workspace.plan is None or not running or not (arguments.add_trials or arguments.add_minutes):
        return 0.0
    if arguments.add_trials is None:
        return (arguments.add_minutes or 0.0) * 60
    return estimate.trials(workspace.plan, arguments.add_trials, workspace)


def _leaning(name: str, step: float) -> str:
    if name == "color":
        return "colours of the style" if step > 0 else "colours of the photograph"
    return f"more {name}" if step > 0 else f"less {name}"


def _title(arguments: SteerStudy) -> str:
    if arguments.stop:
        return "stop the search"
    if arguments.undo:
        return "take the last change back"
    more = [f"trials: {arguments.add_trials} more" if arguments.add_trials else ""]
    more += [f"minutes: {arguments.add_minutes:g} more" if arguments.add_minutes else ""]
    more += [f"go on with {arguments.method}" if arguments.method else ""]
    more += [_leaning(name, step) for name, step in arguments.direction.items() if step]
    return ", ".join(filter(None, more)) or "steer the search"


TOOL = Tool(
    name="steer_study",
    description=(
        "Change the study on the table, while it runs or after it: where it leans, its bounds, what it holds, its "
        "method, more trials or minutes, or its end. Look at study_status first. Give the reason in `why`."
    ),
    arguments=SteerStudy,
    cost="compute",
    run=steer,
    title=_title,
    seconds=_seconds,
)
