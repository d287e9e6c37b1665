"""What a plan may not do unless the person has said so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.allowed_files import hear
from autostyle.agent.guards import agreed, check
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput, Unconsented
from autostyle.methods import registry
from autostyle.plan import Choice, MethodPlan, Plan

BUILT = [spec for spec in registry.OURS.values() if spec.built]


def plan(name: str, **fields: Any) -> Plan:
    return Plan(
        study="s",
        content=Path("c.png"),
        styles=(Path("s.png"),),
        methods=(MethodPlan(name=name, **fields),),
        choice=Choice(method=name),
    )


@pytest.mark.parametrize("spec", BUILT, ids=lambda spec: spec.name)
def test_every_method_searches_its_balance_of_style_and_content(workspace: Workspace, spec: Any) -> None:
    info = registry.params(spec.name).info()[spec.ratio]
    assert info.tune
    with pytest.raises(BadInput, match="always searched"):
        check(workspace, plan(spec.name, fixed={spec.ratio: info.default}))
    hear(workspace, f"with {spec.ratio} at {info.default}")
    check(workspace, plan(spec.name, fixed={spec.ratio: info.default}))


def test_a_voice_is_imitated_by_a_consent_that_was_given_here_for_it(workspace: Workspace) -> None:
    voice = plan("voice_match")
    with pytest.raises(Unconsented):
        agreed(workspace, voice)
    workspace.consented.add("another.wav")
    with pytest.raises(Unconsented):
        agreed(workspace, voice)
    workspace.consented.add("s.png")
    assert agreed(workspace, voice).consent and not agreed(workspace, plan("gatys")).consent


def test_an_adapter_stays_below_one_unless_the_person_asks_for_more(workspace: Workspace) -> None:
    scale = registry.params("ip_adapter").info()["adapter_scale"]
    assert scale.default == 0.7 and scale.high is not None and scale.high < 1.0
    beyond = plan("ip_adapter", bounds={"adapter_scale": (0.5, 1.2)})
    with pytest.raises(BadInput, match=r"searched from 0 to 0\.95"):
        check(workspace, beyond)
    hear(workspace, "go up to an adapter scale of 1.2")
    assert check(workspace, beyond) == beyond


def test_a_brain_tries_at_most_a_fifth_of_the_trials(workspace: Workspace) -> None:
    starts = tuple({"alpha": 0.1 * n} for n in range(7))
    with pytest.raises(BadInput, match="7 warm starts in 32 trials"):
        check(workspace, plan("adain", warm_starts=starts))
    check(workspace, plan("adain", warm_starts=starts[:6]))
