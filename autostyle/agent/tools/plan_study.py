"""plan_study: pictures, wishes and budget become a plan that a search can run."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

from pydantic import Field

from autostyle import decision
from autostyle.agent import allowed_files, estimate, guards
from autostyle.agent.outputs import Planned
from autostyle.agent.tool import Arguments, Say, Tool, ToolResult
from autostyle.agent.workspace import Workspace
from autostyle.brief import Budget
from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.mediums import registry as mediums
from autostyle.mediums.files import medium
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.params import Value
from autostyle.plan import ASKED, Choice, Plan, StudyName, Within
from autostyle.sentences import Sentence, join_sentences
from autostyle.use_cases import aids, methods, plans

Bounds = tuple[float, float]
Trials = Annotated[int, Field(ge=1, le=10_000)]
Minutes = Annotated[float, Field(gt=0, le=10_080)]
Prefer = Annotated[float, Field(ge=0, le=1)]


class PlanStudy(Arguments):
    """Arguments of :data:`TOOL`."""

    content: list[str] = []
    "Path of the picture or clip to stylize, as the person wrote it; leave it out if it was looked at already."
    styles: list[str] = []
    "Paths of the style pictures; several are blended. Leave them out if they were looked at already."
    style_weights: list[float] = []
    "Share of each style picture, in their order; empty means equal shares."
    prompt: str | None = None
    "Words that describe the result, for methods that read them."
    trials: Trials | None = None
    "How many sets of parameters are tried; 32 unless the person says otherwise; leave it out where they do not."
    minutes: Minutes | None = None
    "The time the person gives; the search ends at the trials or at the minutes, whichever comes first."
    size: Annotated[int, Field(ge=1)] | None = None
    "Long side in pixels while searching, 384 by default; smaller is faster and coarser."
    final_size: Annotated[int, Field(ge=1)] | None = None
    "Long side in pixels of the result, where the person said one; left out, the content's own, within minutes."
    prefer: Prefer | None = None
    "Where on the front to recommend: 0 content, 1 style. Left out, it follows the strength that was wished."
    fixed: dict[str, Value] = {}
    "Parameters held at a value, only where the person asked for that value."
    aids: dict[str, str | list[str]] = {}
    "Files that a method works with, by the names it gives them (style_lora: lora), as the person wrote them."
    bounds: dict[str, Bounds] = {}
    "Narrower search ranges, [low, high], where the wishes give a reason."
    within: dict[str, Within] = {}
    "What the recommended trial is to have, [low, high] of a score or a parameter: content [0.5, null] is at least 0.5."
    warm_starts: list[dict[str, Value]] = []
    "Sets of parameters to try first; at most one in five trials."
    study: StudyName | None = None
    "A name for the study; left out, it is made from the pictures. The same pictures and name go on with the old one."


async def plan(workspace: Workspace, arguments: PlanStudy, say: Say) -> ToolResult[Planned]:
    """Put a plan on the table; nothing runs yet.

    Raises:
        BadInput: a picture is missing, was not named or is none, or a value is out of range.
        NotBuilt: a file of another medium, or a wish that no method here fulfils.
    """
    brief = workspace.brief
    content = allowed_files.works(workspace, arguments.content) or brief.content
    styles = allowed_files.styles(workspace, arguments.styles, content) or brief.styles
    if not content:
        raise BadInput("the picture to stylize is missing", "ask the person for it")
    if not styles:
        raise BadInput("the style picture is missing", "ask the person for it")
    choice = _choice(workspace, content, styles)
    home = workspace.config.home
    made = plans.new(content[0], styles, choice, home, study=arguments.study, style_weights=arguments.style_weights)
    arguments, made = _with_aids(workspace, arguments, made)
    made = _asked(plans.apply_wishes(made, brief.wishes), arguments, _budget(workspace, arguments))
    if not _counted(workspace, arguments):
        made = _uncounted(made, workspace)
    made = made.model_copy(update={"keywords": workspace.keywords, "keywords_by": workspace.keywords_by})
    made = made.model_copy(update={"language": workspace.language})
    if arguments.study is None:
        made = _apart(made, home)
    guards.check(workspace, made)
    given = {"content": content, "styles": styles, "budget": made.budget, "medium": medium(content[0])}
    workspace.brief = brief.model_copy(update=given)
    workspace.choice, workspace.plan = choice, made
    return told(workspace, workspace.plan)


def _with_aids(workspace: Workspace, arguments: PlanStudy, plan: Plan) -> tuple[PlanStudy, Plan]:
    """``plan`` with the files that ``arguments`` name for its methods, and the arguments with what was said of them."""
    names = [method.name for method in plan.methods]
    said = {name: [files] if isinstance(files, str) else files for name, files in arguments.aids.items()}
    fixed, texts = aids.apart(names, arguments.fixed, said)
    guards.refuse_unnamed(workspace, names, texts)
    files, params = aids.read(names, texts, plan.styles)
    searched = methods.searching_with(plan.methods, files)
    made = plan.model_copy(update={"aids": files, "methods": searched})
    return arguments.model_copy(update={"fixed": {**params, **fixed}}), made


def _choice(workspace: Workspace, contents: tuple[Path, ...], styles: tuple[Path, ...]) -> Choice:
    """The choice in the workspace, or the one to make where there is none for this medium, or the table's was made for
    other contents, or other styles than its method has learnt: nothing stands in for it."""
    choice, brief = workspace.choice, workspace.brief
    by_name = choice.method if choice is not None and choice.row == ASKED else None
    kind = medium(contents[0])
    if choice is not None and brief.medium == kind and (by_name or not _lacks(choice, contents, styles)):
        return choice
    return methods.choose(brief.model_copy(update={"content": contents, "medium": kind, "styles": styles}), by_name)


def _lacks(choice: Choice, contents: tuple[Path, ...], styles: tuple[Path, ...]) -> bool:
    """Whether one of the methods that would be searched paints other contents or styles only."""
    specs = [registry.find(name) for name in (choice.method, *choice.alternatives[:1])]
    return any(
        bool(decision.unfit(spec, contents) or (spec.lacks is not None and spec.lacks(styles))) for spec in specs
    )


def _apart(plan: Plan, home: Path) -> Plan:
    """``plan`` under a name of its own, where the trials of the study of its name are none of this plan: made at what
    no revision can change, by other methods, or without the values that are held now."""

    def alike(before: Plan) -> bool:
        same = all(getattr(before, name) == getattr(plan, name) for name in ("size", "prompt", "style_weights"))
        return same and plans.searches_alike(before, plan) and _digests(before.aids) == _digests(plan.aids)

    return plans.aside(plan, home, alike)


def _digests(files: Aids) -> dict[str, list[str]]:
    return {name: [digest(file) if file.exists() else "" for file in given] for name, given in files.items()}


MOST_FILLING = 1000
"""Trials that a long time is filled with at most: of more the sampler learns nothing."""


def _counted(workspace: Workspace, arguments: PlanStudy) -> bool:
    """Whether somebody said how many trials."""
    trials, before = workspace.trials or arguments.trials, workspace.plan
    usual = {Budget().trials, *([plans.usual_trials(before.methods)] if before is not None else [])}
    return trials is not None or workspace.brief.budget.trials not in usual


def _uncounted(plan: Plan, workspace: Workspace) -> Plan:
    """``plan`` with as many trials as are usual, or as fill the time where the best quality is wished."""
    budget = plan.budget.model_copy(update={"trials": plans.usual_trials(plan.methods)})
    plan = plan.model_copy(update={"budget": budget})
    return _filling(plan, workspace) if workspace.brief.wishes.quality and budget.minutes else plan


def _filling(plan: Plan, workspace: Workspace) -> Plan:
    """``plan`` with as many trials as its minutes leave time for, where that is known; never fewer than it has."""
    assert plan.budget.minutes is not None
    each = estimate.trials(plan, FEW, workspace) / FEW
    fitting = int(plan.budget.minutes * 60 / each) if math.isfinite(each) else 0
    trials = max(plan.budget.trials, min(fitting, MOST_FILLING))
    return plan.model_copy(update={"budget": plan.budget.model_copy(update={"trials": trials})})


FEW = 32
"""Trials over which the time of one is estimated."""


def _budget(workspace: Workspace, arguments: PlanStudy) -> Budget:
    before = workspace.brief.budget
    return Budget(
        trials=workspace.trials or arguments.trials or before.trials,
        minutes=workspace.minutes or arguments.minutes or before.minutes,
    )


def _asked(plan: Plan, arguments: PlanStudy, budget: Budget) -> Plan:
    """``plan`` with everything the arguments say."""
    said = {
        "budget": budget.model_dump(),
        "prompt": arguments.prompt or plan.prompt,
        "size": arguments.size or plan.size,
        "final_size": arguments.final_size or plan.final_size,
        "prefer": plan.prefer if arguments.prefer is None else arguments.prefer,
        "within": arguments.within,
    }
    scores = {objective.name for objective in mediums.find(plan.medium).objectives}
    searched = methods.fixing(plan.methods, arguments.fixed)
    ranges = methods.ranging(searched, {name: ends for name, ends in arguments.within.items() if name not in scores})
    searched = methods.bounding(searched, {**ranges, **arguments.bounds})
    searched = methods.warming(searched, arguments.warm_starts)
    with plans.refusing(Sentence("the schema of plan_study gives the ranges")):
        whole = plan.model_copy(update={"methods": searched}).model_dump() | said
        return Plan.model_validate(whole).checked()


def told(workspace: Workspace, plan: Plan) -> ToolResult[Planned]:
    """What there is to say of ``plan``."""
    seconds = estimate.search(plan, workspace)
    resumes = (workspace.config.home / plan.study / "plan.yaml").is_file()
    names = [method.name for method in plan.methods]
    output = Planned(
        plan=plan.model_dump(mode="json"),
        study=plan.study,
        methods=tuple(names),
        trials=plan.budget.trials,
        pictures=plans.pictures_of_run(plan.methods[0]),
        minutes=plan.budget.minutes,
        size=plan.told(plan.size),
        seconds_estimate=None if seconds == math.inf else seconds,
        resumes=resumes,
    )
    runs = f"{plan.budget.trials} {'runs' if output.pictures > 1 else 'trials'} of {' and '.join(names)}"
    each = f", up to about {output.pictures} pictures a run," if output.pictures > 1 else ""
    searched = f"{runs}{each} at {plan.told(plan.size)}"
    text = f"{plan.study}: {searched}, {estimate.format_estimate(seconds)}."
    if others := workspace.brief.content[1:]:
        text += f" It is tuned on {plan.content.name}; apply_best gives the other {len(others)} its look afterwards."
    if resumes:
        text += " A study of this name is there: it goes on, and the trials count from its first one."
    return ToolResult(text, output)


def _title(arguments: PlanStudy) -> Sentence:
    trials = [Sentence("{count} trials", count=arguments.trials)] if arguments.trials else []
    return join_sentences([Sentence("plan the study"), *trials])


TOOL = Tool(
    name="plan_study",
    description=(
        "Make the plan of a search: pictures, budget, and what of the parameters the wishes decide. The sampler finds "
        "the numbers, the balance of style and content among them. Nothing runs; start_study runs the plan."
    ),
    arguments=PlanStudy,
    cost="free",
    run=plan,
    title=_title,
)
