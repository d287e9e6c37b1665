"""StyleGAN2's generator, and the layouts that people share networks in; what hides in a pickle is not run."""

from __future__ import annotations

import io
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from autostyle.errors import BadInput, NotBuilt
from autostyle.vision.stylegan.files import load_generator
from autostyle.vision.stylegan.generator import Generator
from tests.nets import tiny_stylegan
from tests.nvidia_pickles import pickled, shared


@pytest.fixture(scope="module")
def net() -> Generator:
    return tiny_stylegan()


@pytest.fixture
def latents(net: Generator) -> Tensor:
    """W+ of two pictures, another latent in every layer."""
    return net.mapping(torch.randn(2 * net.layers, 8, generator=torch.Generator().manual_seed(1))).view(2, -1, 8)


def by_kernels(net: Generator, w: Tensor) -> Tensor:
    """The paper's way, a kernel a picture: weighed, then normalised, then the convolution (section 2.2)."""
    x, picture, number = torch.zeros(0), torch.zeros(0), 0
    blur = torch.tensor([1.0, 3, 3, 1])
    blur = (blur[:, None] * blur) / 64 * 4

    def layer(one: Any, x: Tensor, w: Tensor, up: bool) -> Tensor:
        weight = one.weight * one.affine(w[None])[0][None, :, None, None]
        weight = weight / (weight.square().sum((1, 2, 3), keepdim=True) + 1e-8).sqrt()
        if up:
            x = F.conv_transpose2d(x, weight.transpose(0, 1), stride=2)
            x = F.conv2d(F.pad(x, (1, 1, 1, 1)).transpose(0, 1), blur[None, None]).transpose(0, 1)
        else:
            x = F.conv2d(x, weight, padding=1)
        x = x + one.noise_const * one.noise_strength + one.bias[:, None, None]
        return F.leaky_relu(x, 0.2) * 2**0.5

    def colors(one: Any, x: Tensor, w: Tensor) -> Tensor:
        weight = one.weight * one.affine(w[None])[0][None, :, None, None] / x.shape[1] ** 0.5
        return F.conv2d(x, weight) + one.bias[:, None, None]

    for side in net.synthesis.sides:
        block: Any = net.get_submodule(f"synthesis.b{side}")
        if side == 4:
            x = layer(block.conv1, block.const[None], w[0], False)
            picture, number = colors(block.torgb, x, w[1]), 1
            continue
        x = layer(block.conv1, layer(block.conv0, x, w[number], True), w[number + 1], False)
        apart = torch.zeros(3, 1, side, side)
        apart[:, 0, ::2, ::2] = picture[0]
        larger = F.conv2d(F.pad(apart, (2, 1, 2, 1)), blur[None, None])[:, 0]
        picture, number = larger[None] + colors(block.torgb, x, w[number + 2]), number + 2
    return picture / 2 + 0.5


def test_pictures_are_those_of_the_papers_own_way(net: Generator, latents: Tensor) -> None:
    made = net(latents)
    assert made.shape == (2, 3, 32, 32)
    assert made.std() > 0.04
    for picture, w in zip(made, latents, strict=True):
        assert torch.allclose(picture, by_kernels(net, w)[0], atol=1e-4)


def test_every_latent_acts_and_those_of_a_size_change_nothing_coarser(net: Generator, latents: Tensor) -> None:
    before = net(latents[:1])
    for number in range(net.layers):
        other = latents[:1].clone()
        other[0, number] = latents[1, number]
        assert (net(other) - before).abs().max() > 1e-3
    assert [net.layer_side(number) for number in range(8)] == [4, 8, 8, 16, 16, 32, 32, 32]


def test_directions_are_of_length_one_across_each_other_and_the_first_changes_most(net: Generator) -> None:
    found = net.directions(0, net.layers)
    assert torch.allclose(found @ found.T, torch.eye(8), atol=1e-4)
    weight = torch.cat([one.weight / one.weight.norm(dim=1, keepdim=True) for _, one in net.synthesis.weighed()])
    moved = (weight @ found.T).norm(dim=0)
    assert bool((moved[:-1] >= moved[1:] - 1e-5).all())


def rosinality(net: Generator) -> dict[str, Tensor]:
    """The network's tensors under the names and in the shapes of rosinality's stylegan2-pytorch."""
    found: dict[str, Tensor] = {"input.input": net.get_parameter("synthesis.b4.const")[None]}
    for number in range(net.mapping.depth):
        for part in ("weight", "bias"):
            found[f"style.{number + 1}.{part}"] = net.get_parameter(f"mapping.fc{number}.{part}")
    layers = [("conv1", "b4.conv1")]
    colors = [("to_rgb1", "b4.torgb")]
    for number, side in enumerate(net.synthesis.sides[1:]):
        layers += [(f"convs.{2 * number}", f"b{side}.conv0"), (f"convs.{2 * number + 1}", f"b{side}.conv1")]
        colors.append((f"to_rgbs.{number}", f"b{side}.torgb"))
    for number, (theirs, ours) in enumerate(layers):
        one: Any = net.get_submodule(f"synthesis.{ours}")
        found[f"{theirs}.conv.weight"] = one.weight[None]
        found[f"{theirs}.noise.weight"] = one.noise_strength[None]
        found[f"{theirs}.activate.bias"] = one.bias
        found[f"noises.noise_{number}"] = one.noise_const[None, None]
        found[f"{theirs}.conv.blur.kernel"] = one.resample_filter * 4
    for theirs, ours in colors:
        rgb: Any = net.get_submodule(f"synthesis.{ours}")
        found[f"{theirs}.conv.weight"] = rgb.weight[None]
        found[f"{theirs}.bias"] = rgb.bias[None, :, None, None]
    for theirs, ours in (*layers, *colors):
        for part in ("weight", "bias"):
            found[f"{theirs}.conv.modulation.{part}"] = net.get_parameter(f"synthesis.{ours}.affine.{part}")
    return {name: tensor.contiguous() for name, tensor in found.items()}


def test_every_layout_is_the_same_network(net: Generator, latents: Tensor, tmp_path: Path) -> None:
    save_file({name: tensor.half() for name, tensor in net.state_dict().items()}, tmp_path / "half.safetensors")
    save_file(net.state_dict(), tmp_path / "ours.safetensors")
    theirs = rosinality(net)
    save_file(theirs, tmp_path / "theirs.safetensors")
    torch.save({"g_ema": theirs, "g": {}, "latent_avg": net.mapping.w_avg}, tmp_path / "theirs.pt")
    (tmp_path / "nvidia.pkl").write_bytes(pickled({"G_ema": shared(net), "D": None, "training_set_kwargs": {}}))
    expected = net(latents)
    for name in ("ours.safetensors", "theirs.safetensors", "theirs.pt", "nvidia.pkl"):
        found = load_generator(tmp_path / name)
        assert torch.allclose(found(latents), expected, atol=1e-5), name
    assert torch.equal(load_generator(tmp_path / "theirs.pt").mapping.w_avg, net.mapping.w_avg)
    assert torch.allclose(load_generator(tmp_path / "theirs.safetensors").mapping.w_avg, net.mapping.w_avg, atol=0.2)
    assert (load_generator(tmp_path / "half.safetensors")(latents) - expected).abs().max() < 0.02
    assert "RUN" not in os.environ


class Hostile:
    """Calls ``function`` when it is unpickled the usual way."""

    def __init__(self, function: Any, *args: Any) -> None:
        self.what = function, args

    def __reduce__(self) -> Any:
        return self.what


def opened(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("place", ["at the top", "in the state", "in a storage", "in a list of hooks"])
@pytest.mark.parametrize("function", [opened, exec, getattr, eval, os.system])
def test_what_hides_in_a_pickle_is_refused_and_not_run(
    place: str, function: Any, net: Generator, tmp_path: Path
) -> None:
    flag = tmp_path / "run"
    argument = {opened: flag, os.system: f"touch {flag}"}.get(function, f"open({str(flag)!r}, 'w')")
    bad = Hostile(function, *((object, "__class__") if function is getattr else (argument,)))
    whole: dict[str, Any] = {"G_ema": shared(net)}
    if place == "at the top":
        whole["D"] = bad
    elif place == "in the state":
        whole["G_ema"].state["_modules"]["mapping"] = bad
    elif place == "in a list of hooks":
        whole["G_ema"].state["_forward_hooks"] = [bad]
    else:
        stream = io.BytesIO()
        torch.save(bad, stream, _use_new_zipfile_serialization=False)
        whole["G_ema"].state["_buffers"]["w"] = Hostile(torch.storage._load_from_bytes, stream.getvalue())
    (tmp_path / "bad.pkl").write_bytes(pickled(whole))
    with pytest.raises(BadInput, match="it asks for"):
        load_generator(tmp_path / "bad.pkl")
    assert not flag.exists()


def test_what_reads_a_pickle_is_not_changed_by_it(tmp_path: Path) -> None:
    """``BUILD`` sets what an object's state says; a function of ours is none."""
    change = b"\x80\x02ctorch._utils\n_rebuild_parameter\n}X\x0c\x00\x00\x00__defaults__K\x01sb."
    (tmp_path / "bad.pkl").write_bytes(change)
    with pytest.raises(BadInput, match="a change of what reads it"):
        load_generator(tmp_path / "bad.pkl")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pkl", b"no pickle"),
        ("a.pkl", pickle.dumps({"G_ema": 1})[:-4]),
        ("a.pkl", pickle.dumps({"G_ema": {"a": 1}})),
        ("a.pkl", pickle.dumps([1, 2])),
        ("a.safetensors", b"\0" * 64),
        ("a.pt", b"no checkpoint"),
    ],
)
def test_what_is_no_network_is_refused_in_a_line(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput) as caught:
        load_generator(tmp_path / name)
    assert "a.p" in str(caught.value) or "a.s" in str(caught.value)


@pytest.mark.parametrize(
    ("size", "stride"), [((1000,), (1,)), ((1 << 40,), (0,)), ((2, 2), (-1, 1))], ids=["beyond", "again", "before"]
)
def test_a_tensor_has_no_more_numbers_than_its_file(
    size: tuple[int, ...], stride: tuple[int, ...], net: Generator, tmp_path: Path
) -> None:
    whole = {"G_ema": shared(net)}
    storage = torch.ones(4)._typed_storage()
    whole["G_ema"].state["_buffers"]["w"] = Hostile(
        torch._utils._rebuild_tensor_v2, storage, 0, size, stride, False, {}
    )
    (tmp_path / "bad.pkl").write_bytes(pickled(whole))
    with pytest.raises(BadInput, match="beyond its numbers"):
        load_generator(tmp_path / "bad.pkl")


@pytest.mark.parametrize("hostile", [{1: torch.zeros(1)}, [1], {"a": torch.zeros(1).expand(1 << 40)}])
def test_a_checkpoint_of_something_else_is_none(hostile: Any, tmp_path: Path) -> None:
    torch.save(hostile, tmp_path / "a.pt")
    with pytest.raises(BadInput, match="no generator"):
        load_generator(tmp_path / "a.pt")


def test_nothing_is_made_as_large_as_one_tensor_says(net: Generator, tmp_path: Path) -> None:
    save_file({**net.state_dict(), "synthesis.b4.conv1.weight": torch.zeros(1 << 20)}, tmp_path / "a.safetensors")
    with pytest.raises(BadInput, match="no generator"):
        load_generator(tmp_path / "a.safetensors")


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("mapping.embed.weight", "class"),
        ("synthesis.b8.skip.weight", "resid"),
    ],
)
def test_networks_of_other_kinds_are_named(extra: str, words: str, net: Generator, tmp_path: Path) -> None:
    save_file({**net.state_dict(), extra: torch.zeros(1)}, tmp_path / "a.safetensors")
    with pytest.raises(NotBuilt, match=words):
        load_generator(tmp_path / "a.safetensors")


def test_a_network_with_numbers_that_are_none_is_refused(net: Generator, tmp_path: Path) -> None:
    state = {**net.state_dict(), "synthesis.b4.const": torch.full((6, 4, 4), float("nan"))}
    save_file(state, tmp_path / "a.safetensors")
    with pytest.raises(BadInput, match="no generator"):
        load_generator(tmp_path / "a.safetensors")
