"""The wavelet autoencoder: nothing is lost where it pools, and it encodes as the encoder does."""

from __future__ import annotations

import pytest
import torch

from autostyle.vision.encoder import Encoder
from autostyle.vision.wavelet import LEVELS, WaveletDecoder, haar, padded, repainted, unhaar
from autostyle.vision.weights import Weights


def test_haar_keeps_everything_and_its_low_pass_is_mean_pooling() -> None:
    x = torch.rand(2, 3, 8, 12)
    low, high = haar(x)
    torch.testing.assert_close(low, torch.nn.functional.avg_pool2d(x, 2))
    torch.testing.assert_close(unhaar(low, high), x)


@pytest.fixture(scope="module")
def networks() -> tuple[Encoder, WaveletDecoder]:
    weights = Weights.open(offline=True)
    return weights.encoder("embedded", "cpu", pooling="avg"), weights.wavelet_decoder("cpu")


def test_what_nothing_is_changed_of_comes_back_and_is_encoded_as_the_encoder_does(
    networks: tuple[Encoder, WaveletDecoder],
) -> None:
    met: dict[str, torch.Tensor] = {}

    def look(level: str, x: torch.Tensor) -> torch.Tensor:
        met[level] = x
        return x

    image = torch.rand(1, 3, 32, 40)
    with torch.no_grad():
        torch.testing.assert_close(repainted(*networks, image, look), image, atol=1e-3, rtol=0)
        torch.testing.assert_close(met, networks[0](image, LEVELS))


@pytest.mark.parametrize("level", LEVELS[:3])
def test_what_is_changed_at_a_level_is_seen_there_in_the_picture(
    networks: tuple[Encoder, WaveletDecoder], level: str
) -> None:
    """Features of a darker picture, put in at one level, darken it."""
    image = torch.nn.functional.interpolate(torch.rand(1, 3, 8, 8), size=(64, 64), mode="bicubic").clamp(0, 1)
    darker = image * 0.8
    with torch.no_grad():
        wanted = networks[0](darker, LEVELS)
        found = repainted(*networks, image, lambda here, x: wanted[here] if here == level else x)
    left = float((found - darker).square().mean() / (image - darker).square().mean())
    assert left < 0.6, "of what is between them"


def test_padding_mirrors_to_sides_that_three_halvings_take() -> None:
    image = torch.rand(1, 3, 33, 47)
    grown = padded(image)
    assert grown.shape == (1, 3, 40, 48)
    assert torch.equal(grown[..., :33, :47], image)
