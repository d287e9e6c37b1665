"""What a person asks the recommended trial to have, of what is painted already."""

from __future__ import annotations

import math

import pytest

from autostyle.errors import BadInput
from autostyle.plan import Plan, Within
from autostyle.tuning.preference import Preference
from autostyle.tuning.standing import standing
from autostyle.tuning.trial_record import TrialRecord
from autostyle.tuning.within import fits, miss
from tests.tuning.test_standing import FRONT, slots
from tests.use_cases.test_aspects import PLAN

TRIAL = TrialRecord(3, "gatys", "complete", {"style_weight": 0.4, "style_loss": "gram"}, {"style": 0.6, "content": 0.5})


@pytest.mark.parametrize(
    ("within", "lacks"),
    [
        ({"content": (0.5, None)}, 0),
        ({"content": (None, 0.5), "style_weight": (0.1, 0.5)}, 0),
        ({"content": (0.7, None)}, 0.2),
        ({"style_weight": (0.8, 1.0)}, 0.5),
        ({"style_weight": (None, 0.2), "style": (None, 0.5)}, 0.6),
        ({"alpha": (0.1, 0.5)}, math.inf),
        ({"style_loss": (0.1, 0.5)}, math.inf),
    ],
)
def test_what_lies_beside_the_bounds_is_told_by_how_much(within: dict[str, Within], lacks: float) -> None:
    assert miss(TRIAL, within) == pytest.approx(lacks)
    assert fits(TRIAL, within) is (lacks == 0)


@pytest.mark.parametrize(
    ("within", "best"),
    [
        ({}, 1),
        ({"content": (0.8, None)}, 0),
        ({"content": (None, 0.5)}, 2),
        ({"content": (0.95, None)}, 0),  # none has it: the nearest
        ({"style": (0.3, 0.6)}, 3),  # on no front, and the only one that has it
    ],
)
def test_the_recommended_trial_has_what_is_asked_for_or_comes_nearest(within: dict[str, Within], best: int) -> None:
    found = standing(slots(*FRONT, (0.5, 0.5)), 0.5, [], within=within)
    assert found.best == best and found.front == (0, 1, 2)
    assert all(name in found.rule for name in within)


def test_a_trial_that_was_liked_before_does_not_stand_against_what_is_asked_for_now() -> None:
    liked = Preference(better=3, worse=1, prefer=0.5, known=4).as_json()
    assert standing(slots(*FRONT, (0.3, 0.3)), 0.5, [liked], within={"content": (0.5, None)}).best == 1


def test_a_plan_names_scores_and_numbers_that_there_are() -> None:
    asked = {"content": (0.5, None), "style_weight": (0.1, 0.5)}
    plan = Plan.model_validate(PLAN.model_dump() | {"within": asked}).checked()
    assert Plan.from_yaml(plan.to_yaml()).within == asked
    for wrong in ({"beauty": (0.5, None)}, {"content": (0.6, 0.5)}, {"style_loss": (0.1, 0.2)}):
        with pytest.raises(BadInput, match="within"):
            Plan.model_validate(PLAN.model_dump() | {"within": wrong}).checked()
