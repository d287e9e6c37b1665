"""What a figure means, as data."""

from __future__ import annotations

import pytest

from autostyle.mediums.registry import MEDIUMS
from autostyle.scoring.scorer import PROFILES
from autostyle.scoring.scores import OBJECTIVES, Metric, ProfileName


def test_an_objective_of_which_less_is_better_is_refused() -> None:
    with pytest.raises(ValueError, match="anchor it"):
        Metric("flicker", "Flicker", "objective", "what moves", direction="minimize")


@pytest.mark.parametrize(("profile", "raw"), [("art", 8), ("photo", 13)])
def test_every_figure_says_what_it_is(profile: ProfileName, raw: int) -> None:
    metrics = PROFILES[profile].metrics
    names = [(metric.kind, metric.name) for metric in metrics]
    assert len(set(names)) == len(names) == 2 + raw + 2
    assert all(metric.title and metric.how and (metric.zero or metric.kind == "raw") for metric in metrics)


def test_media_search_for_what_their_scorer_gives() -> None:
    for spec in (MEDIUMS["image"], MEDIUMS["video"]):
        assert [metric.name for metric in spec.objectives] == [metric.name for metric in OBJECTIVES]
