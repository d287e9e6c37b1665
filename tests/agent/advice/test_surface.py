"""The response surface: it goes where the scores rise, and stays where it may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autostyle.agent.advice.surface import promising
from autostyle.methods import registry
from autostyle.plan import MethodPlan
from autostyle.tuning.pareto import Point, front
from tests.agent.advice.searching import Tried, tried

PLAN = MethodPlan(name="gatys", fixed={"content_layers": "relu3_1"}, bounds={"style_scale": (0.5, 1.5)})


def hill(params: Mapping[str, Any]) -> Point:
    """The more recolouring the more style; fewer pixels are better for both."""
    good = 0.6 - 0.25 * params["pixels"]
    return good * params["recolor"], good * (1 - params["recolor"])


def searched(count: int) -> list[Tried]:
    rng = np.random.default_rng(0)
    return [
        tried(
            n,
            hill,
            recolor=float(rng.random()),
            pixels=float(rng.uniform(0.5, 2)),
            style_scale=float(rng.uniform(0.5, 1.5)),
        )
        for n in range(count)
    ]


def best(trials: list[Tried]) -> list[Tried]:
    return [trials[n] for n in front({t.number: (t.style, t.content) for t in trials})]


def test_it_proposes_what_is_better_than_anything_tried() -> None:
    trials = searched(20)

    proposals = promising(PLAN, trials, best(trials), 2)

    least = min(float(t.params["pixels"]) for t in trials)
    assert len(proposals) == 2
    assert all(float(proposal["pixels"]) < least for proposal in proposals)


def test_proposals_are_whole_valid_and_within_the_bounds() -> None:
    trials = searched(20)

    for proposal in promising(PLAN, trials, best(trials), 5):
        registry.params("gatys").parse(dict(proposal))
        assert 0.5 <= float(proposal["style_scale"]) <= 1.5
        assert "content_layers" not in proposal, "what is held is not proposed"


def test_nothing_is_proposed_where_everything_is_held() -> None:
    trials = searched(8)
    held = MethodPlan(name="gatys", fixed=dict(trials[0].params))

    assert promising(held, trials, best(trials), 2) == []
