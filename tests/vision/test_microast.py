"""The one-pass network: what holds whatever its weights are, and what those that ship with autostyle paint."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from autostyle.codecs.image import load_image, resize
from autostyle.losses.adain import channel_moments
from autostyle.losses.variation import total_variation
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.decoder import DECODER_LAYERS
from autostyle.vision.microast import MicroNetwork, Signals, impose
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights
from training.drawn import draw

EXAMPLES = Path(__file__).parents[2] / "studies/examples"
PHOTO = resize(load_image(sorted((EXAMPLES / "content").glob("*.jpg"))[0]).pixels, 256)
STYLE = draw("swirling-night", 3, 256).astype(np.float32) / 255


@pytest.fixture(scope="module")
def network() -> MicroNetwork:
    torch.manual_seed(0)
    return MicroNetwork().eval().requires_grad_(False)


def paint(network: MicroNetwork, image: Tensor, style: Tensor, alpha: float) -> Tensor:
    painted: Tensor = network(image, network.content(image), network.signals(style), torch.full((1, 1), alpha))
    return painted


def test_alpha_0_returns_the_content_and_every_size_is_painted_at_its_own(network: MicroNetwork) -> None:
    image, style = torch.rand(1, 3, 37, 53), torch.rand(1, 3, 41, 32)
    assert torch.equal(paint(network, image, style, 0.0), image)
    assert paint(network, image, style, 1.0).shape == image.shape
    assert not torch.allclose(paint(network, image, style, 1.0), image, atol=1e-3)


def test_what_is_painted_follows_the_style_and_not_where_things_are_in_it(network: MicroNetwork) -> None:
    image, style = torch.rand(1, 3, 32, 32), to_tensor(STYLE)[..., :128, :128]
    mirrored, other = style.flip(-1), 1 - style
    usual = paint(network, image, style, 1.0)
    moved = [float((paint(network, image, s, 1.0) - usual).abs().mean()) for s in (mirrored, other)]
    assert moved[0] < 0.5 * moved[1]


def test_an_even_channel_is_not_blown_up_to_the_styles_contrast() -> None:
    grain = 0.01 * torch.randn(1, 4, 16, 16)
    mean, std, full = torch.zeros(1, 4, 1, 1), torch.ones(1, 4, 1, 1), torch.ones(1, 1, 1, 1)
    assert float(impose(grain, mean, std, full, channel_moments(grain)).std()) < 0.2
    assert float(impose(100 * grain, mean, std, full, channel_moments(100 * grain)).std()) == pytest.approx(1, abs=0.05)


def test_places_that_are_not_seen_are_no_part_of_the_statistics(network: MicroNetwork) -> None:
    features = network.encoders["style"](torch.rand(1, 3, 64, 64), DECODER_LAYERS)
    everywhere = Signals.of(features, torch.ones(1, 1, 64, 64)).vector
    torch.testing.assert_close(everywhere, Signals.of(features).vector, atol=2e-3, rtol=2e-3)


def painted(content: Pixels, alphas: list[float]) -> list[Pixels]:
    """By the embedded weights, in the drawn style."""
    method = registry.create("microast")
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(ImageInputs(content, Style((STYLE,))), 256)
    return [made.image for made in method.run_path(prepared, registry.params("microast")(), alphas, seed=0)]


def test_the_embedded_network_trades_content_for_style_along_alpha() -> None:
    scorer = ImageScorer.open(PHOTO, (STYLE,), (1.0,), weights=Weights.open(offline=True), device="cpu")
    held_out = [scorer.score(image).held_out for image in painted(PHOTO, [0.0, 0.5, 1.0])]
    style, content = ([scores[name] for scores in held_out] for name in ("style", "content"))
    assert style == sorted(style) and content == sorted(content, reverse=True)
    assert style[-1] > style[0] + 0.2


def test_the_embedded_network_leaves_a_flat_sky_calmer_than_the_style() -> None:
    rows = np.linspace(0.3, 0.8, 192, dtype=np.float32)[:, None, None]
    sky = np.broadcast_to(rows * np.array([0.6, 0.8, 1.0], np.float32), (192, 192, 3)).copy()
    (image,) = painted(sky, [1.0])
    assert total_variation(to_tensor(image)) < 0.5 * total_variation(to_tensor(STYLE))
