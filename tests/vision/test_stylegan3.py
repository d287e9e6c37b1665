"""StyleGAN3's generator: what another implementation makes of the same numbers, and what it is built for.

``stylegan3.json`` was written by OpenMMLab's mmagic 1.2.0 (Apache-2.0), which is no dependency.
"""

from __future__ import annotations

import json
import math
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.vision.stylegan.files import load_generator
from autostyle.vision.stylegan.filters import downsampled, low_pass, upsampled
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.stylegan.schedule import Design, bands
from autostyle.vision.stylegan.stylegan3 import AliasFreeSynthesis, Waves
from tests.nets import tiny_stylegan3
from tests.nvidia_pickles import pickled, shared

REFERENCE: dict[str, Any] = json.loads(Path(__file__).with_name("stylegan3.json").read_text())


@cache
def net(config: str = "t") -> Generator:
    return tiny_stylegan3(kernel=1, radial=True) if config == "r" else tiny_stylegan3()


@pytest.fixture
def latents() -> Tensor:
    """W+ of a picture, another latent in every layer."""
    return net().mapping(torch.eye(8))[None]


@pytest.mark.parametrize("config", ["t", "r"])
def test_pictures_are_those_of_another_implementation(config: str, latents: Tensor) -> None:
    wanted = torch.tensor(REFERENCE["pictures"][config])
    made = net(config).synthesis(latents)
    assert made.shape == (1, 3, 32, 32)
    assert wanted.std() > 0.05
    assert torch.allclose(made[0, :, ::4, ::4], wanted, atol=2e-5)


@pytest.mark.parametrize("side", ["256", "512", "1024"])
def test_layers_are_those_that_were_published(side: str) -> None:
    """The sizes in the names of another implementation's layers, which are NVIDIA's."""
    made = bands(Design(int(side)))
    assert [band.size for band in made] == REFERENCE["sizes"][side]
    assert [band.cutoff for band in made] == pytest.approx(REFERENCE["cutoffs"][side])


@pytest.mark.parametrize("radial", [False, True])
def test_a_filter_lets_through_what_is_below_its_cutoff_and_nothing_above_its_band(radial: bool) -> None:
    taps, cutoff, width, rate = 48, 6.0, 4.0, 64.0
    kernel = low_pass(taps, cutoff, width, rate, radial=radial)
    assert kernel is not None
    if not radial:
        kernel = kernel[:, None] * kernel[None, :]
    far = 1024
    response = torch.fft.fft2(kernel, (far, far)).abs()
    bin_ = lambda frequency: round(frequency / rate * far)  # noqa: E731
    diagonal = bin_(cutoff / math.sqrt(2) if radial else cutoff)
    assert response[0, 0] == pytest.approx(1.0, abs=1e-5)
    assert response[0, bin_(cutoff)] == pytest.approx(0.5, abs=0.05)
    assert response[diagonal, diagonal] == pytest.approx(0.5 if radial else 0.25, abs=0.05)
    assert response[0, bin_(cutoff + width) : far // 2].max() < 0.01
    assert low_pass(1, cutoff, width, rate) is None


def test_a_wave_at_another_rate_is_the_same_wave() -> None:
    rate, times = 32, 2
    kernel = low_pass(16 * times, 8.0, 4.0, rate * times)
    here, there = (torch.arange(rate * many) / many / rate for many in (1, times))
    wave, wanted = ((2 * math.pi * 3 * along).sin().expand(1, 1, len(along), -1) for along in (here, there))
    before = 16 * times // 2
    finer = upsampled(wave, kernel, times, before, before - 1)
    inside = slice(20, -20)
    shift = 0.5 / times / rate  # the filter has no middle tap
    wanted = (2 * math.pi * 3 * (there - shift)).sin().expand(1, 1, len(there), -1)
    assert finer.shape == wanted.shape
    assert (finer - wanted)[..., inside, inside].abs().max() < 0.01
    assert downsampled(finer, None, 1) is finer
    assert downsampled(finer, kernel, times).shape[-1] == (rate * times - 16 * times) // times + 1


def decibels(one: Tensor, other: Tensor) -> float:
    """Of the difference of pictures of -1..1, over their range (the paper's EQ-T and EQ-R)."""
    return float(10 * torch.log10(4 / (one - other).square().mean()))


def moved(config: str, latents: Tensor, x: float = 0, y: float = 0, turns: float = 0) -> Tensor:
    """The picture of which the input is looked up elsewhere."""
    mine = net(config).synthesis
    assert isinstance(mine, AliasFreeSynthesis) and isinstance(mine.input, Waves)
    cos, sin = math.cos(2 * math.pi * turns), math.sin(2 * math.pi * turns)
    before = mine.input.transform.clone()
    mine.input.transform.copy_(torch.tensor([[cos, -sin, x], [sin, cos, y], [0, 0, 1]]))
    made: Tensor = mine(latents)
    mine.input.transform.copy_(before)
    return made


@pytest.mark.parametrize("config", ["t", "r"])
def test_the_picture_shifts_with_its_input(config: str, latents: Tensor) -> None:
    still, shifted = (moved(config, latents, x=x, y=-x) for x in (0, 5 / 32))
    back = decibels(still[..., :-5, 5:], shifted[..., 5:, :-5])
    assert back > max(55, decibels(still, shifted) + 20)


def test_the_picture_turns_with_its_input_where_kernels_are_points(latents: Tensor) -> None:
    turned = {config: (moved(config, latents), moved(config, latents, turns=0.25)) for config in ("t", "r")}
    away = {
        config: max(decibels(torch.rot90(still, quarter, (2, 3)), one) for quarter in (1, -1))
        for config, (still, one) in turned.items()
    }
    assert away["r"] > 55
    assert away["t"] < 30


def test_each_latent_acts_and_says_how_fine_it_is(latents: Tensor) -> None:
    before = net()(latents)
    for number in range(net().layers):
        other = latents.clone()
        other[0, number] = latents[0, (number + 1) % net().layers]
        assert (net()(other) - before).abs().max() > 1e-3, number
    assert [net().layer_side(number) for number in range(8)] == [4, 4, 7, 11, 19, 32, 32, 32]
    assert [number for number, _ in net().synthesis.weighed()] == [1, 2, 3, 4, 5, 6]


SAID = {"num_critical": 1, "margin_size": 4, "conv_clamp": None, "magnitude_ema_beta": 0.99, "channel_max": 8}


def other() -> Generator:
    """Of settings that are not the paper's."""
    mine = tiny_stylegan3()
    design = Design(16, 4, critical=1, margin=4, clamp=math.inf)
    mine.synthesis = AliasFreeSynthesis(8, (8, 8, 6, 4), design)
    return mine.requires_grad_(False)


def test_layouts_are_the_same_network_whatever_it_was_built_by(latents: Tensor, tmp_path: Path) -> None:
    for made, settings in ((net("t"), {}), (net("r"), {}), (other(), SAID)):
        (tmp_path / "nvidia.pkl").write_bytes(pickled({"G_ema": shared(made, **settings)}))
        said = {name: str(value) for name, value in settings.items() if value is not None}
        state = made.state_dict()
        save_file(state, tmp_path / "ours.safetensors", said)
        without = {name: tensor for name, tensor in state.items() if not name.endswith("_filter")}
        save_file(without, tmp_path / "WITHOUT_FILTERS.SAFETENSORS", said)
        for name in ("nvidia.pkl", "ours.safetensors", "WITHOUT_FILTERS.SAFETENSORS"):
            found = load_generator(tmp_path / name)
            assert torch.equal(found(latents[:, : made.layers]), made(latents[:, : made.layers])), name
    assert "RUN" not in os.environ


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "is no generator"),
        ({**SAID, "num_critical": 2}, "filters of bad.pkl are not those of its settings"),
        ({**SAID, "margin_size": 10**9}, "is no generator"),
        ({**SAID, "first_cutoff": float("nan")}, "is no generator"),
        ({**SAID, "filter_size": 10**6}, "is no generator"),
        ({**SAID, "first_cutoff": 2.0**-52, "first_stopband": 2.0**-51}, "is no generator"),
        ({**SAID, "filter_size": [6]}, "is no generator"),
        ({**SAID, "conv_clamp": "256; import os"}, "is no generator"),
        ({**SAID, "conv_clamp": shared(torch.nn.Identity())}, "is no generator"),
    ],
)
def test_settings_are_data_that_has_to_agree_with_the_tensors(
    settings: dict[str, Any], words: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.pkl").write_bytes(pickled({"G_ema": shared(other(), **settings)}))
    with pytest.raises(BadInput, match=words):
        load_generator(tmp_path / "bad.pkl")


@pytest.mark.parametrize("lost", ["L2", "input.freqs", "L3.weight"])
def test_what_is_lost_of_a_network_is_not_made_up(lost: str, tmp_path: Path) -> None:
    save_file(net().state_dict(), tmp_path / "whole.safetensors")
    found = load_file(tmp_path / "whole.safetensors")
    layer, _, part = lost.partition(".")
    kept = {name: one for name, one in found.items() if not (f".{layer}" in name and name.endswith(part))}
    assert len(kept) < len(found)
    save_file(kept, tmp_path / "part.safetensors")
    with pytest.raises(BadInput, match="is no generator"):
        load_generator(tmp_path / "part.safetensors")
