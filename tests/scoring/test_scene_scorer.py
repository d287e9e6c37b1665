"""Scores of scenes: anchored on views, and how alike views are by the true geometry."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch

from autostyle.codecs.scene import Scene
from autostyle.methods.viewpoints import judged
from autostyle.scoring.scene_scorer import SceneScorer
from autostyle.testing.inputs import scene as picture
from autostyle.testing.scenes import room
from autostyle.vision.weights import Weights


@cache
def content() -> Scene:
    return room(1200)


@pytest.fixture(scope="module")
def scorer() -> SceneScorer:
    one = judged(content(), {})[:1]
    return SceneScorer(content(), one, (picture(96, 96, 4),), (1.0,), weights=Weights.open(offline=True), device="cpu")


def test_the_untouched_scene_is_all_content_and_no_style(scorer: SceneScorer) -> None:
    scores = scorer.score(content())
    assert scores.objectives["content"] == pytest.approx(1, abs=1e-3)
    assert scores.objectives["style"] == pytest.approx(0, abs=1e-3)
    assert scores.raw["view_excess"] == pytest.approx(0, abs=1e-6) and 0 < scores.raw["view_error"] < 0.05


def test_views_that_have_nothing_to_do_with_each_other_are_told(scorer: SceneScorer) -> None:
    """Noise on the splats is on the same points in all views; noise on the views is not."""
    random = torch.Generator().manual_seed(0)
    shaken = [[torch.from_numpy(one).permute(2, 0, 1)[None] for one in each] for each in scorer.content_views()]
    shaken = [[one + 0.2 * torch.randn(one.shape, generator=random) for one in each] for each in shaken]
    near, far = scorer.views_error(shaken)
    noisy = content().with_colors(
        content().colors + np.random.default_rng(0).normal(0, 0.2, (1200, 3)).astype(np.float32)
    )
    raw = scorer.score(noisy).raw
    assert near > 2 * raw["view_error"] and far > 2 * raw["view_error_far"]
