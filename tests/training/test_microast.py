"""What the one-pass network is trained on."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from autostyle.codecs.color import match_color
from autostyle.vision.weights import Weights
from training.data import draw_abstract, draw_sky, to_tensor
from training.microast import Pair, flat_excess, losses, recolored, style_weight


@pytest.fixture(scope="module")
def pair() -> Pair:
    rng = np.random.default_rng(0)
    contents = to_tensor([draw_sky(rng, 64), draw_abstract(rng, 64)])
    eye = Weights.open(offline=True).encoder("embedded", "cpu", "avg")
    return Pair.of(eye, contents, to_tensor([draw_abstract(rng, 96)]), False, 1)


def test_at_the_content_the_style_loss_is_its_weight_and_nothing_else_is_lost(pair: Pair) -> None:
    eye = Weights.open(offline=True).encoder("embedded", "cpu", "avg")
    parts = losses(eye, pair.contents, [pair], [1.0])
    share = style_weight(1.0) / (1 + style_weight(1.0))
    assert float(parts["style"]) == pytest.approx(share, rel=0.02)
    assert all(float(parts[name]) == pytest.approx(0, abs=1e-4) for name in ("content", "flat", "gamut", "identity"))


def test_grain_on_flat_places_costs(pair: Pair) -> None:
    torch.manual_seed(0)
    assert float(flat_excess(pair.contents + 0.2 * torch.randn_like(pair.contents), pair)) > 0.5


def test_style_counts_more_with_every_step_of_alpha() -> None:
    weights = [style_weight(alpha) for alpha in (0.0, 0.25, 0.5, 0.75, 1.0)]
    ratios = [b / a for a, b in itertools.pairwise(weights)]
    assert min(ratios) > 3 and max(ratios) == pytest.approx(min(ratios))


def test_a_crop_gets_the_palette_that_the_whole_picture_gets() -> None:
    rng = np.random.default_rng(1)
    whole, style = draw_abstract(rng, 96), draw_abstract(rng, 96)
    few = whole[::6, ::6].astype(np.float32) / 255
    wanted = match_color(few, style[::3, ::3].astype(np.float32) / 255)
    found = recolored(np.ascontiguousarray(whole[::6, ::6]), whole, style, 1.0).astype(np.float32) / 255
    assert np.abs(found - wanted).max() <= 1 / 255
