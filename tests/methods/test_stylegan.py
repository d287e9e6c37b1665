"""StyleGAN: what is known of a network's own pictures is found again; mixing and edits are what they say."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil  # type: ignore[import-untyped]
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.methods.contract import ImageInputs, Pixels, Style
from autostyle.methods.stylegan.inversion import Latents, Likeness, invert, spread, tuned
from autostyle.methods.stylegan.run import Inverted, PreparedStyleGAN, StyleGAN, first_layer, mix
from autostyle.methods.stylegan.spec import StyleGANParams
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.weights import Weights
from tests.nets import tiny_stylegan, tiny_stylegan3


@pytest.fixture(scope="module")
def net() -> Generator:
    return tiny_stylegan()


@pytest.fixture(scope="module")
def small() -> Generator:
    return tiny_stylegan(16)


@pytest.fixture(scope="module")
def file(net: Generator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "clouds.safetensors"
    save_file(net.state_dict(), path)
    return path


@pytest.fixture(scope="module")
def method() -> StyleGAN:
    made = StyleGAN()
    made.load(Weights.open(offline=True), "cpu")
    return made


def latent(net: Generator, seed: int) -> Tensor:
    """One of the network's own, (w,)."""
    return net.mapping(torch.randn(1, net.mapping.noise, generator=torch.Generator().manual_seed(seed)))[0]


def pixels(net: Generator, w: Tensor) -> Pixels:
    made: Pixels = net(w[None])[0].clamp(0, 1).permute(1, 2, 0).numpy()
    return made


def test_a_picture_of_the_network_is_found_again(small: Generator, method: StyleGAN) -> None:
    net = small
    w = latent(net, 5)
    target = net(w[None]).clamp(0, 1)
    like, known = Likeness(method.encoder, target), Latents.of(net)
    losses: list[float] = []
    found = invert(net, like, "w", 100, 1e-3, 0, lambda picture, loss: losses.append(loss))
    assert (found - found[0]).abs().max() == 0
    assert losses[-1] < 0.2 * losses[0]
    assert (net(found[None]) - target).abs().mean() < 0.02
    away, other = ((one - w) / known.deviation for one in (found[0], latent(net, 6)))
    assert away.norm() < 0.25 * other.norm()


@pytest.mark.slow
def test_each_layer_has_a_latent_of_its_own_and_the_network_is_tuned_to_what_is_not_its_own(
    small: Generator, method: StyleGAN
) -> None:
    net = small
    across = torch.linspace(0.3, 0.7, 16)
    mixed = torch.stack([latent(net, seed) for seed in range(net.layers)])
    target = 0.7 * net(mixed[None]) + 0.3 * torch.stack([across.expand(16, 16), across[:, None].expand(16, 16)] * 2)[:3]
    like = Likeness(method.encoder, target)

    def away(by: Generator, w: Tensor) -> float:
        return float((by(w[None]) - target).abs().mean())

    one, each = (invert(net, like, space, 80, 1e-4, 0, lambda *_: None) for space in ("w", "w+"))
    assert (each - each[0]).abs().max() > 0
    mine = tuned(net, like, each, 60, lambda *_: None)
    assert away(net, each) < 0.8 * away(net, one)
    assert away(mine, each) < 0.8 * away(net, each)
    assert tuned(net, like, each, 0, lambda *_: None) is net


def test_a_mix_is_what_one_mixes_by_hand(net: Generator) -> None:
    content, style = (latent(net, seed).expand(net.layers, -1) for seed in (1, 2))
    found = Inverted(content, style, net)
    for band, first in (("coarse", 0), ("middle", 3), ("fine", 3)):
        assert first_layer(net, band) == first
    by_hand = torch.cat([content[:3], 0.25 * content[3:] + 0.75 * style[3:]])
    assert torch.allclose(mix(found, StyleGANParams(mix=0.75)), by_hand, atol=1e-5)
    assert torch.equal(mix(found, StyleGANParams(mix=0.0)), content)
    halfway = mix(found, StyleGANParams(mix=0.75, truncation=0.5))
    assert torch.allclose(halfway, (by_hand + net.mapping.w_avg) / 2, atol=1e-5)


def test_a_network_without_aliases_is_looked_through_and_mixed_as_the_other(method: StyleGAN, tmp_path: Path) -> None:
    other = tiny_stylegan3(16, 4)
    assert [first_layer(other, band) for band in ("coarse", "middle", "fine")] == [0, 3, 3]
    save_file(other.state_dict(), tmp_path / "waves.safetensors")
    given, losses = prepared(method, other, tmp_path / "waves.safetensors"), list[float]()
    params = StyleGANParams(inversion_steps=6, tuning_steps=2, mix=1.0)
    method.run(given, params, seed=0, on_iterate=lambda iterate: losses.append(iterate.loss or 0.0))
    assert losses[5] < 0.5 * losses[0] and len(losses) == 2 * 6 + 2 + 1
    (found,) = given.found.values()
    assert torch.equal(mix(found, params)[:3], found.content[:3])
    assert torch.equal(mix(found, params)[3:], found.style[3:])


def test_a_network_that_takes_more_memory_than_is_free_is_refused_first(
    method: StyleGAN, net: Generator, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 8 * net.memory() < tiny_stylegan(128).memory()
    prepared(method, net, file)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1000))
    with pytest.raises(BadInput, match=r"the network needs about .* GB of memory"):
        prepared(method, net, file)


def test_an_edit_and_its_opposite_are_none(net: Generator) -> None:
    content = latent(net, 1).expand(net.layers, -1)
    there = mix(Inverted(content, content, net), StyleGANParams(direction=2, amount=1.5))
    assert (net(there[None]) - net(content[None])).abs().mean() > 0.01
    back = mix(Inverted(there, there, net), StyleGANParams(direction=2, amount=-1.5))
    assert torch.allclose(back, content, atol=1e-4)
    direction = net.directions(0, net.layers)[2]
    assert (there - content)[0] @ direction == pytest.approx(1.5 * spread(net, direction[None]), rel=1e-3)


def prepared(method: StyleGAN, net: Generator, file: Path, **aids: tuple[Path, ...]) -> PreparedStyleGAN:
    pictures = [pixels(net, latent(net, seed)) for seed in (1, 2)]
    return method.prepare(ImageInputs(pictures[0], Style((pictures[1],)), aids={"network": (file,), **aids}), 32)


QUICK = StyleGANParams(inversion_steps=30, tuning_steps=10)


def test_pictures_are_looked_for_once_whatever_is_mixed_of_them(method: StyleGAN, net: Generator, file: Path) -> None:
    given, steps = prepared(method, net, file), list[int]()
    first = method.run(given, QUICK, seed=0, on_iterate=lambda iterate: steps.append(iterate.steps))
    assert steps == [2 * 30 + 10 + 1] * 71
    again = method.run(given, QUICK, seed=0, on_iterate=lambda iterate: steps.append(iterate.steps))
    assert steps[71:] == [1]
    assert np.array_equal(first.image, again.image) and "licence" in again.notes[0]
    none, more, all_ = (
        float(np.abs(made.image - pixels(net, latent(net, 2))).mean())
        for made in method.run_path(given, QUICK.model_copy(update={"layers": "coarse"}), [0.0, 0.5, 1.0], seed=0)
    )
    assert none > more > all_


def test_directions_of_a_file_are_gone_along(method: StyleGAN, net: Generator, file: Path, tmp_path: Path) -> None:
    up, wrong = tmp_path / "up.safetensors", tmp_path / "wrong.safetensors"
    save_file({"up": torch.eye(8)[3] * 5}, up)
    save_file({"up": torch.zeros(9)}, wrong)
    given = prepared(method, net, file, directions=(up,))
    assert given.directions is not None
    content = latent(net, 1).expand(net.layers, -1)
    moved = mix(Inverted(content, content, net), StyleGANParams(amount=1.0), given.directions) - content
    assert bool((moved[:, 3] > 0).all())
    assert moved[:, [0, 1, 2, 4, 5, 6, 7]].abs().max() == 0
    with pytest.raises(BadInput, match="none of number 1"):
        mix(Inverted(content, content, net), StyleGANParams(amount=1.0, direction=1), given.directions)
    with pytest.raises(BadInput, match="no directions of this network"):
        prepared(method, net, file, directions=(wrong,))
    with pytest.raises(BadInput, match="no network was given"):
        method.prepare(ImageInputs(np.zeros((32, 32, 3), np.float32), Style((np.zeros((32, 32, 3), np.float32),))), 32)
