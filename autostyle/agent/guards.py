"""What a plan may not do unless the person has said so: experience that a model easily talks itself out of."""

from __future__ import annotations

import os
from collections.abc import Sequence

from autostyle.agent.allowed_files import allowed, spoke_of
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput, Unconsented
from autostyle.methods import registry
from autostyle.methods.consent import refuse_unasked
from autostyle.plan import MethodPlan, Plan
from autostyle.use_cases import aids

MOST_STARTS = 5
"""A brain proposes at most one in so many trials; the sampler finds the numbers."""


def check(workspace: Workspace, plan: Plan) -> Plan:
    """``plan``, unless it holds the balance of style and content, leaves a range that a study searches, or tries too
    many sets of a brain's own; raises BadInput then. A parameter that the person has named is theirs to set."""
    for method in plan.methods:
        _check_ratio(workspace, method)
        _check_ranges(workspace, method)
    starts = sum(len(method.warm_starts) for method in plan.methods)
    if starts > plan.budget.trials // MOST_STARTS:
        raise BadInput(
            "{starts} warm starts in {trials} trials are too many",
            "at most one trial in {most}: the sampler finds the numbers",
            starts=starts,
            trials=plan.budget.trials,
            most=MOST_STARTS,
        )
    return plan


def agreed(workspace: Workspace, plan: Plan) -> Plan:
    """``plan`` with the consent that was given in this conversation; raises Unconsented where it imitates a voice and
    has none."""
    try:
        refuse_unasked([method.name for method in plan.methods], plan.styles, plan.consent)
    except Unconsented as error:
        if error.voices not in workspace.consented:
            raise
        return plan.model_copy(update={"consent": True})
    return plan


def _check_ratio(workspace: Workspace, method: MethodPlan) -> None:
    ratio = registry.find_built(method.name).ratio
    if ratio in method.fixed and not spoke_of(workspace, ratio):
        raise BadInput(
            "{ratio} of {method} is always searched: it is the balance of style and content",
            "give it bounds, or lean with prefer; it is fixed only where the person names {ratio}",
            ratio=ratio,
            method=method.name,
        )


def _check_ranges(workspace: Workspace, method: MethodPlan) -> None:
    infos = registry.params(method.name).info()
    asked = {**{name: (value, value) for name, value in method.fixed.items()}, **method.bounds}
    for name, (low, high) in asked.items():
        info = infos.get(name)
        if info is None or info.low is None or info.high is None or isinstance(high, str) or isinstance(low, str):
            continue
        if not info.low <= low <= high <= info.high and not spoke_of(workspace, name):
            raise BadInput(
                "{name} of {method} is searched from {low:g} to {high:g}",
                "{help} It goes further only where the person names {name}.",
                name=name,
                method=method.name,
                low=info.low,
                high=info.high,
                help=info.help,
            )


def refuse_unnamed(workspace: Workspace, methods: Sequence[str], texts: aids.Texts) -> None:
    """Raises BadInput where a file is to be an aid that the person has not named, neither it nor a folder it is in."""
    for name, said in texts.items():
        for text in said:
            if not _said(workspace, text):
                for file in aids.read(methods, {name: [text]})[0][name]:
                    if not _said(workspace, os.path.relpath(file)):
                        allowed(workspace, str(file))


def _said(workspace: Workspace, text: str) -> bool:
    return any(text in message for message in workspace.said)
