"""How long a search may take: from the study's own trials, else from others of this conversation, else as measured.

What was measured stands in a method's spec: upper ends, for square pictures on two CPU cores, from studies at 64, 192
and 384 px and final renders at 1024 px; a GPU is faster. Of others nothing is known before they have run here.
"""

from __future__ import annotations

import math
from pathlib import Path

from autostyle.agent import last_report
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError
from autostyle.mediums import registry as mediums
from autostyle.mediums.serving import open_medium
from autostyle.mediums.sides import SaidSize
from autostyle.mediums.unasked import unasked_size
from autostyle.methods import registry
from autostyle.plan import MethodPlan, Plan
from autostyle.tuning.trial_record import typical_seconds
from autostyle.use_cases import plans

START_UP = 5.0
"""Seconds from the call to the first trial, the report, and what a process's first trial takes longer than others."""
MethodPace = dict[str, tuple[float, int]]
"""Method -> seconds a trial took, and the long side in pixels at which it took them."""


def search(plan: Plan, workspace: Workspace) -> float:
    """Seconds that the trials ``plan`` still has to run, and its final render, take at most; inf while unknown."""
    done, spent, _ = _before(workspace.config.home / plan.study)
    work = START_UP + trials(plan, max(0, plan.budget.trials - done), workspace)
    if plan.budget.minutes is not None:
        work = min(work, max(0.0, plan.budget.minutes * 60 - spent))
    final = plan.final_size or _own_size(plan)
    return work + _run(plan.methods[0], final, _known(plan, workspace)) * _longer(plan, final)


def trials(plan: Plan, count: int, workspace: Workspace) -> float:
    """Seconds that ``count`` trials of ``plan`` take at most; inf while unknown."""
    first, *others = (method.name for method in plan.methods)
    searched = {method.name: method for method in plan.methods}
    # How a study shares its trials: half at most go to the others, evenly.
    each = count // 2 // len(others) if others else 0
    counts = {first: count - each * len(others), **dict.fromkeys(others, each)}
    pace = _known(plan, workspace)
    return sum(n * _run(searched[name], plan.size, pace) for name, n in counts.items() if n)


def render(workspace: Workspace, study: str) -> float:
    """Seconds that the final render of a study takes at most; inf while unknown."""
    return saved(workspace, study, None, None)


def saved(workspace: Workspace, study: str, number: int | None, size: SaidSize | None) -> float:
    """Seconds that a trial of a study, the recommended one for None, takes at most where it is painted at ``size``, the
    content's for ``own`` and the final render's for None; inf while unknown."""
    plan = plans.from_file(plans.file_of(study, workspace.config.home))
    name = _method_of(workspace.config.home / study, number) or plan.methods[0].name
    method = next((method for method in plan.methods if method.name == name), MethodPlan(name=name))
    pixels = _own_size(plan) if size == "own" else size or plan.final_size or _own_size(plan)
    return START_UP + _run(method, pixels, _known(plan, workspace)) * _longer(plan, pixels)


def format_estimate(seconds: float) -> str:
    """An estimate for a brain: ``about 3.2 minutes at most``."""
    if seconds == math.inf:
        return "how long is unknown on this machine until the first trial"
    return f"about {seconds / 60:.1f} minutes at most"


def learn(plan: Plan, workspace: Workspace, method: str, seconds: float) -> None:
    """Remember how long a trial of ``plan`` took."""
    workspace.pace.setdefault(_about(plan), {})[method] = seconds, plan.size


def _known(plan: Plan, workspace: Workspace) -> MethodPace:
    """What trials took: those of the study itself count before those of this conversation."""
    _, _, own = _before(workspace.config.home / plan.study)
    return workspace.pace.get(_about(plan), {}) | own


def _about(plan: Plan) -> str:
    """What a pace is good for: pictures are alike, a clip's trials take as long as that clip is long."""
    return plan.medium if mediums.find(plan.medium).alike else plan.study


def _own_size(plan: Plan) -> int:
    """The size of a final render at the content's own; the most where that cannot be read."""
    try:
        own = open_medium(plan.content, plan.methods[0].name).size_of(plan.content)
    except AutostyleError:
        return mediums.scale(plan.medium).own
    return unasked_size(plan.medium, plan.methods[0].name, own)


def _longer(plan: Plan, final: int) -> float:
    """How many times as long as a trial the whole takes; 1 where it cannot be read."""
    try:
        return open_medium(plan.content, plan.methods[0].name).longer(plan.content, plan.size, final)
    except AutostyleError:
        return 1.0


def _before(folder: Path) -> tuple[int, float, MethodPace]:
    """How many trials of a study are over, the seconds they took together, and each method's pace, as its last report
    says; nothing without one."""
    found = last_report.read(folder)
    if found is None:
        return 0, 0.0, {}
    painted = dict.fromkeys(trial.method for trial in found.trials if trial.complete)
    pace = {method: (typical_seconds(found.trials, method), found.plan.size) for method in painted}
    return found.done, found.seconds, pace


def _method_of(folder: Path, number: int | None = None) -> str | None:
    """The method of a study's trial, the recommended one where ``number`` is None, as its last report says."""
    found = last_report.read(folder)
    wanted = found.best if found is not None and number is None else number
    return next((trial.method for trial in (() if found is None else found.trials) if trial.number == wanted), None)


def _run(method: MethodPlan, size: int, pace: MethodPace) -> float:
    """Seconds of a run, with all its values where it goes along the ratio."""
    time, one = registry.find_built(method.name).time, _trial(method.name, size, pace)
    if method.name in pace or time is None:
        return one
    return one * time.along(size, plans.pictures_of_run(method)) / time.at(size)


def _trial(method: str, size: int, pace: MethodPace) -> float:
    """Seconds of a trial; what was measured at another size is carried over by the method's law, else by its area."""
    time = registry.find_built(method).time
    if method not in pace:
        return time.at(size) if time is not None else math.inf
    seconds, measured = pace[method]
    return seconds * (time.at(size) / time.at(measured) if time is not None else (size / measured) ** 2)
