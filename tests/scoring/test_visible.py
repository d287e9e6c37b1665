"""What nobody sees counts in no score: neither in what is held against, nor in what was painted there."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import torch

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.transparency import opposite_halves
from autostyle.scoring.content import ms_ssim, ssim
from autostyle.scoring.held_out import LookStatistics
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import Scores
from autostyle.scoring.style import embed
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights
from tests.scoring.pictures import painting, photo

CONTENT, STYLE = photo("astronaut"), painting("swirling-night")


def disc(size: int = 256, radius: float = 110) -> Visibility:
    y, x = np.mgrid[:size, :size] - size / 2
    return np.clip(radius - np.hypot(x, y), 0, 1).astype(np.float32)


def spoilt(picture: Pixels, visible: Visibility) -> Pixels:
    """``picture`` with stripes where it is not to be seen."""
    stripes = np.zeros_like(picture)
    stripes[::3, ..., 0] = 1
    return np.where(visible[..., None] > 0, picture, stripes).astype(np.float32)


@cache
def cut_out() -> ImageScorer:
    """Of the middle of a photograph and of a painting, stripes where they are not to be seen."""
    seen = disc()
    return ImageScorer.open(
        spoilt(CONTENT, seen),
        (spoilt(STYLE, seen),),
        (1.0,),
        weights=Weights.open(offline=True),
        device="cpu",
        model="embedded",
        visible=seen,
        styles_visible=(seen,),
    )


def figures(scores: Scores) -> dict[str, float]:
    held = {f"held out {name}": value for name, value in scores.held_out.items()}
    return {**scores.objectives, **scores.raw, **held}


def test_what_is_painted_where_nobody_sees_it_changes_no_score() -> None:
    painted, other = (0.5 * CONTENT + 0.5 * STYLE, CONTENT[::-1])
    calm, wild = (np.where(disc()[..., None] > 0, painted, there).astype(np.float32) for there in (painted, other))
    found = cut_out().score(wild)
    assert figures(found) == pytest.approx(figures(cut_out().score(calm)), abs=1e-6)
    assert 0.2 < found.objectives["content"] < 0.9


def test_the_anchors_of_a_cut_out_are_where_they_are_said_to_be() -> None:
    untouched = cut_out().score(CONTENT)
    assert untouched.objectives == pytest.approx({"style": 0, "content": 1}, abs=0.02)
    assert untouched.held_out == pytest.approx({"style": 0, "content": 1}, abs=0.05)
    assert untouched.raw["leakage"] < 0
    copy = cut_out().score(STYLE)
    assert copy.objectives["style"] > 0.9 and copy.held_out["style"] > 0.9
    assert copy.objectives["content"] == pytest.approx(0, abs=0.1) and copy.raw["leakage"] > 0.6
    assert copy.raw["gram_mse"] < 0.01 and copy.raw["color_distance"] < 0.3


@pytest.mark.parametrize("measure", [ssim, ms_ssim])
def test_similarity_where_all_is_seen_is_that_of_the_library(measure: object) -> None:
    image, content = to_tensor(STYLE[:201, :171]), to_tensor(CONTENT[:201, :171])
    whole = torch.ones(1, 1, 201, 171)
    assert callable(measure)
    assert measure(image, content, whole) == pytest.approx(measure(image, content), abs=1e-4)


def test_crops_of_which_hardly_anything_is_seen_are_left_out() -> None:
    model = Weights.open(offline=True).style_model("embedded", "cpu")
    seen = torch.zeros(1, 1, 256, 256)
    seen[..., :70] = 1
    found = embed(model, to_tensor(spoilt(STYLE, seen[0, 0].numpy())), seen)
    plain = embed(model, to_tensor(STYLE))
    assert {left for _, left, _, _ in found.places} == {0}
    alike = torch.nn.functional.cosine_similarity(found.mean(found.vectors), plain.mean(plain.vectors), dim=0)
    assert alike > 0.9


def test_the_filters_of_the_held_out_metric_count_what_is_seen() -> None:
    seen = disc()
    base = LookStatistics.of(STYLE, seen)
    assert base.distance(LookStatistics.of(spoilt(STYLE, seen), seen)) < 0.2 * base.distance(
        LookStatistics.of(spoilt(STYLE, seen))
    )


@pytest.mark.parametrize("diagonal", [False, True])
def test_two_halves_of_what_is_seen_are_about_as_large(diagonal: bool) -> None:
    seen = np.eye(64, dtype=np.float32) if diagonal else disc(64, 20)
    halves = opposite_halves(seen)
    assert sum(halves) == pytest.approx(seen)
    assert min(half.sum() for half in halves) > 0.4 * seen.sum()
