"""steer_study: change what a search does, while it runs or after it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from autostyle.agent import estimate, guards, lines
from autostyle.agent.outputs import Outlook, Steered, Stopped
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.tools.plan_study import Bounds, Minutes, Prefer, Trials
from autostyle.agent.work import on_the_table, pictured, pictures, plan_of, record, work
from autostyle.agent.workspace import Before, Workspace
from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.jobs.running_search import RunningSearch
from autostyle.methods.params import Aspect, Value
from autostyle.plan import Plan, Within
from autostyle.sentences import Sentence, join_sentences
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.within import fits
from autostyle.use_cases import aspects, methods, plans

LEAST = 4
"""Trials that a method gets at least, where it is to go on and none are left."""
Step = Annotated[float, Field(ge=-2, le=2)]
Data = dict[str, Any]


class SteerStudy(Arguments):
    """Arguments of :data:`TOOL`."""

    why: str
    "The reason, in a sentence; it stands in the report."
    direction: dict[Aspect, Step] = {}
    """Words of taste, -1 less, 1 more, 0.4 a bit, 2 much: style, content (how well it is recognised), color (1 the
    style picture's, -1 the photograph's), structure (its lines and shapes), marks (size and boldness of the strokes).
    Of what is painted already another trial is recommended at once; nothing is computed for it."""
    prefer: Prefer | None = None
    "Where on the front to recommend: 0 content, 1 style."
    fixed: dict[str, Value] = {}
    "Parameters to hold at a value from now on."
    release: list[str] = []
    "Parameters to search again over their whole range, and scores that are not bounded any more."
    within: dict[str, Within] = {}
    """What the recommended trial is to have, [low, high], null an open end: a score (content [0.5, null]) or a
    parameter (style_weight [0.1, 0.5]), whose search range it becomes, too. Of what is painted one is taken at once."""
    bounds: dict[str, Bounds] = {}
    "Search ranges of the trials to come, [low, high]."
    warm_starts: list[dict[str, Value]] = []
    "Sets of parameters to try; at most one in five of all trials."
    method: str | None = None
    "Go on with this method for the trials that are left; where none are, for half as many again."
    add_trials: Trials | None = None
    "Trials more: than the running search is to have, or than a study at rest has done."
    total_trials: Trials | None = None
    "Trials in all, those that are done among them, where the person says how many it shall be in the end."
    add_minutes: Minutes | None = None
    "Minutes from now on, with as many trials as they have room for."
    undo: bool = False
    "Take back the last change made here; nothing else is changed with it."
    stop: bool = False
    "End the search now; everything found is kept."


async def steer(workspace: Workspace, arguments: SteerStudy, say: Say) -> ToolResult[Steered] | ToolResult[Stopped]:
    """Change the plan in force; a search that runs goes by it from its next trial on.

    Raises:
        BadInput: there is no study, or the change cannot be.
        NotBuilt: a method that is planned.
    """
    if arguments.stop:
        return await _stop(workspace)
    study = on_the_table(workspace, None)
    before = plan_of(workspace, study)
    found = await record(workspace, study, say)
    answer, neither = None, False
    if arguments.undo:
        back = _earlier(workspace, study)
        plan, answer, neither = back.plan, back.answer, back.neither
        if answer is not None:
            await _take_back(workspace, study, answer, say)
    else:
        plan = guards.check(workspace, _changed(workspace, before, arguments, found))
        plan = guards.agreed(workspace, plan)
    what, comes = await put_into_force(workspace, plan, arguments.why, say, found)
    if arguments.undo:
        workspace.earlier.pop()
    elif what:
        workspace.remember(Before(before))
    text = f"Changed: {'; '.join(what)}." if what else "The plan was so already; nothing changed."
    picked = comes.picked
    output = Steered(
        what=what,
        plan=plan.model_dump(mode="json"),
        study=plan.study,
        moved=comes.recommended != found.best,
        fits=picked is None or fits(picked, plan.within),
        answer=answer,
        neither=neither,
        **comes.data,
    )
    return ToolResult(
        f"{text} {_told(output, bool(arguments.direction))}".strip(),
        output,
        pictures([picked] if picked and output.moved else ()),
    )


async def put_into_force(
    workspace: Workspace, plan: Plan, why: str, say: Say, found: StudyRecord | None = None
) -> tuple[tuple[str, ...], Outlook]:
    """Write a revision of the plan down, through the search that runs or, at rest, at once. The workspace has the new
    plan then, unless there lies one of a study to come.

    Args:
        found: the study's record before.

    Returns:
        What changed, one line a field, and what comes of it.
    """
    if workspace.search is not None and workspace.search.running:
        search = workspace.search
        what = await search.steer(plan, why)
        comes = of_running(search, found)
    else:
        config = workspace.config
        request = requests.ReviseRequest(home=config.home, storage=config.storage, plan=plan, why=why)
        done = await work(request, say)
        what, comes = tuple(done["what"]), of_rest(StudyRecord.from_json(done["record"]))
    take_up(workspace, plan)
    return what, comes


def take_up(workspace: Workspace, plan: Plan) -> None:
    """Put the plan that is in force in the workspace, unless there lies one of a study to come."""
    if workspace.plan is None or workspace.plan.study == plan.study:
        workspace.plan = plan
        workspace.brief = workspace.brief.model_copy(update={"budget": plan.budget})


def of_running(search: RunningSearch, found: StudyRecord | None) -> Outlook:
    left, best = max(0, search.total - search.done), search.best
    trials = () if found is None else found.trials
    picked = next((pictured(found, trial) for trial in trials if found and trial.number == best), None)
    return Outlook(running=True, rendering=search.rendering, left=left, recommended=best, picked=picked, pending=False)


def of_rest(found: StudyRecord) -> Outlook:
    """What comes of a revision of a study at rest."""
    left, best = found.total - found.done, found.best
    return Outlook(
        running=False,
        rendering=None,
        left=left,
        recommended=best,
        picked=None if best is None else pictured(found, found.trial(best)),
        pending=found.final_pending,
    )


def _told(comes: Steered, leaning: bool) -> str:
    """What a change comes to, for a brain; ``leaning`` is whether words of taste were given."""
    best, render = comes.recommended, comes.rendering
    picked = "" if best is None else f" {_picked(comes, best, leaning)}"
    if render is not None and comes.left:
        return f"The final render of trial {render} is under way; the {comes.left} trials left follow it.{picked}"
    if render is not None:
        other = f" It is rendered after trial {render}." if best not in (None, render) else ""
        return (
            f"All trials are done and the final render of trial {render} is under way: nothing new is painted, "
            f"and only the recommendation can move.{picked}{other} add_trials searches on."
        )
    if comes.running:
        return "The running search goes by it from its next trial on."
    if comes.left:
        return f"start_study goes on with it, {comes.left} trials.{picked}"
    later = " render_best renders it at full size." if comes.pending else ""
    return f"All trials are done: nothing new is painted unless there are more.{picked}{later}"


def _picked(comes: Steered, best: int, leaning: bool) -> str:
    further = ": none that is painted goes further that way" if leaning else ""
    scores = f" ({lines.scores(comes.picked.scores)})" if comes.picked else ""
    if not comes.fits:
        return f"No trial has what is asked for: trial {best}{scores} comes nearest; more trials search there."
    if comes.moved:
        return f"Trial {best}{scores}, painted already, is recommended now; nothing was computed for it."
    return f"Trial {best}{scores} stays the recommended one{further}."


async def _stop(workspace: Workspace) -> ToolResult[Stopped]:
    search = workspace.search
    if search is None or not search.running:
        raise BadInput("no search is running", "nothing needs to be stopped")
    await search.stop()
    output = Stopped(study=search.study, what=("stopped",))
    return ToolResult(f"{search.study} was stopped; everything found is kept.", output)


async def _take_back(workspace: Workspace, study: str, answer: tuple[int, int], say: Say) -> None:
    """Let an answer about two trials count no more."""
    config, (better, worse) = workspace.config, answer
    await work(
        requests.PreferRequest(
            home=config.home, storage=config.storage, study=study, better=better, worse=worse, back=True
        ),
        say,
    )


def _earlier(workspace: Workspace, study: str) -> Before:
    if not workspace.earlier or workspace.earlier[-1].plan.study != study:
        raise BadInput("there is no change to take back", "changes of this conversation only can be taken back")
    return workspace.earlier[-1]


def _changed(workspace: Workspace, plan: Plan, arguments: SteerStudy, found: StudyRecord) -> Plan:
    """``plan`` with what the arguments change; ``found`` is the study's record."""
    budget = _budget(workspace, plan, arguments, found)
    if arguments.method is not None:
        plan = _by(workspace, plan, arguments.method)
    within = {name: ends for name, ends in plan.within.items() if name not in arguments.release} | arguments.within
    best = found.trial(found.best) if found.best is not None else None
    fitting = {n: point for n, point in found.points.items() if fits(found.trial(n), within)}
    plan = aspects.leaning(plan, arguments.direction, best, fitting or found.points)
    scores = {objective.name for objective in found.objectives}
    searched = methods.releasing(plan.methods, [name for name in arguments.release if name not in scores])
    ranges = methods.ranging(searched, {name: ends for name, ends in arguments.within.items() if name not in scores})
    searched = methods.bounding(methods.fixing(searched, arguments.fixed), {**ranges, **arguments.bounds})
    searched = methods.warming(methods.fitting(searched), arguments.warm_starts)
    said = {
        "methods": [method.model_dump() for method in searched],
        "prefer": plan.prefer if arguments.prefer is None else arguments.prefer,
        "within": within,
        "budget": budget,
    }
    with plans.refusing(Sentence("the schema of steer_study gives the ranges")):
        return Plan.model_validate(plan.model_dump() | said).checked()


def _budget(workspace: Workspace, plan: Plan, arguments: SteerStudy, found: StudyRecord) -> Data:
    """The budget with what the arguments add. A search that runs gets more than it was to have; a study at rest, which
    may have been cut short, more than it has done."""
    running = workspace.search is not None and workspace.search.running
    trials, minutes = plan.budget.trials, plan.budget.minutes
    if arguments.total_trials is not None:
        trials = max(arguments.total_trials, found.done)
    if arguments.add_trials is not None:
        trials = (trials if running else found.done) + arguments.add_trials
    if arguments.method is not None and found.done >= trials:
        trials = found.done + max(LEAST, plan.budget.trials // 2)
    if arguments.add_minutes is not None:
        minutes = (minutes if running and minutes else found.seconds / 60) + arguments.add_minutes
        room = math.ceil(arguments.add_minutes * 60 / found.typical_seconds) if found.typical_seconds else 0
        trials = max(trials, found.done + room)
    elif minutes and not running and (arguments.add_trials or arguments.total_trials):
        # Trials were asked for by their number, and the time given before does not hold them.
        needed = (trials - found.done) * found.typical_seconds
        minutes = minutes if found.seconds + needed <= minutes * 60 else None
    return {"trials": trials, "minutes": minutes}


def _by(workspace: Workspace, plan: Plan, method: str) -> Plan:
    """``plan`` with its remaining trials given to one method, which keeps what was decided for it."""
    choice = methods.choose(workspace.brief, method)
    known = tuple(m for m in plan.methods if m.name == choice.method)
    searched = known or methods.plan_methods(choice)
    lost = methods.taken(plan.methods) - methods.taken(searched)
    switched = plan.model_copy(
        update={
            "choice": choice,
            "methods": searched,
            "within": {name: ends for name, ends in plan.within.items() if name not in lost},
        }
    )
    return switched if known else plans.hold_colors(switched, workspace.brief.wishes)


def _seconds(workspace: Workspace, arguments: SteerStudy) -> float:
    running = workspace.search is not None and workspace.search.running
    more = arguments.add_trials or arguments.total_trials
    if workspace.plan is None or not running or not (more or arguments.add_minutes):
        return 0.0
    if more is None:
        return (arguments.add_minutes or 0.0) * 60
    if arguments.add_trials is None:
        more = max(0, more - workspace.plan.budget.trials)
    return estimate.trials(workspace.plan, more, workspace)


def _details(workspace: Workspace, arguments: SteerStudy) -> Iterator[Detail]:
    if workspace.study is not None:
        yield Detail("goes_on", str((workspace.config.home / workspace.study).absolute()))


def _leaning(name: str, step: float) -> str:
    if name == "color":
        return Sentence("colours of the style") if step > 0 else Sentence("colours of the photograph")
    return Sentence("more {what}", what=Sentence(name)) if step > 0 else Sentence("less {what}", what=Sentence(name))


def _title(arguments: SteerStudy) -> str:
    if arguments.stop:
        return Sentence("stop the search")
    if arguments.undo:
        return Sentence("take the last change back")
    more = [Sentence("trials: {count} more", count=arguments.add_trials) if arguments.add_trials else ""]
    more += [Sentence("trials: {count} in all", count=arguments.total_trials) if arguments.total_trials else ""]
    more += [Sentence("minutes: {count:g} more", count=arguments.add_minutes) if arguments.add_minutes else ""]
    more += [Sentence("go on with {method}", method=arguments.method) if arguments.method else ""]
    more += [_leaning(name, step) for name, step in arguments.direction.items() if step]
    return join_sentences(filter(None, more)) if any(more) else Sentence("steer the search")


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
    details=_details,
    seconds=_seconds,
)
