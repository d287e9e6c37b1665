"""VGG from files of others: the layouts and inputs that are known look alike when they are read, others are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from autostyle.errors import BadInput, Missing
from autostyle.vision.encoder import BLOCKS, IMAGENET_MEAN, VGG16_BLOCKS, Encoder, vgg_encoder
from autostyle.vision.vgg import OXFORD, OXFORD_MEAN, feature_indices, load_vgg
from autostyle.vision.weights import Weights

State = dict[str, Tensor]


def oxfords() -> State:
    """Numbers by Caffe's names, for RGB in 0..255: the kernels that Oxford's VGG-16 is known by, random ones, and
    nothing where nobody looks."""
    state = {f"{name}": torch.zeros_like(value) for name, value in vgg_encoder(VGG16_BLOCKS).convs.state_dict().items()}
    first = torch.randn(64, 3, 3, 3, generator=torch.Generator().manual_seed(0))
    for kernel, sums in OXFORD.items():
        first[kernel] += ((torch.tensor(sums) - first[kernel].sum((1, 2))) / 9).view(3, 1, 1)
    return state | {"conv1_1.weight": first, "conv1_1.bias": torch.linspace(-1, 1, 64)}


def by_torchvision(state: State) -> State:
    index = feature_indices(VGG16_BLOCKS)
    return {f"features.{index[name.split('.')[0]]}.{name.split('.')[1]}": value for name, value in state.items()}


def first(state: State, change: object) -> State:
    return state | {"conv1_1.weight": change(state["conv1_1.weight"]).contiguous()}  # type: ignore[operator]


def saved(path: Path, state: State, **how: bool) -> Path:
    if path.suffix == ".safetensors":
        save_file(state, path)
    else:
        torch.save(state, path, **how)
    return path


def seen(encoder: Encoder) -> Tensor:
    image = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        return encoder(image, ["relu1_1"])["relu1_1"]


def test_oxfords_network_sees_the_same_in_every_form_that_is_handed_round(tmp_path: Path) -> None:
    state = oxfords()
    forms = (
        saved(tmp_path / "rgb255.safetensors", state),
        saved(tmp_path / "rgb1.safetensors", first(state, lambda w: w * 255)),
        saved(tmp_path / "caffe.safetensors", first(state, lambda w: w.flip(1))),
        saved(tmp_path / "half.safetensors", {name: value.half() for name, value in state.items()}),
        saved(tmp_path / "features.pth", by_torchvision(first(state, lambda w: w.flip(1)))),
    )
    image = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    bgr = (image.flip(1) * 255) - torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1)
    caffes = torch.conv2d(bgr, state["conv1_1.weight"].flip(1), state["conv1_1.bias"], padding=1).relu()
    for form in forms:
        found = seen(load_vgg("vgg16", form))
        assert float((found - caffes).abs().max() / caffes.max()) < 2e-3, form.name


def test_other_numbers_in_torchvisions_layout_expect_its_input(tmp_path: Path) -> None:
    state = by_torchvision(first(oxfords(), torch.randn_like))
    encoder = load_vgg("vgg16", saved(tmp_path / "vgg16-397923af.pth", state))
    assert encoder.mean.flatten().tolist() == pytest.approx(IMAGENET_MEAN) != pytest.approx(OXFORD_MEAN)
    assert torch.equal(encoder.convs["conv1_1"].weight, state["features.0.weight"])


@pytest.mark.parametrize(("id", "blocks"), [("vgg16", VGG16_BLOCKS), ("vgg19", BLOCKS)])
def test_files_as_old_as_torchvisions_own_are_read(tmp_path: Path, id: str, blocks: tuple[int, ...]) -> None:
    convs = vgg_encoder(blocks).convs
    index = feature_indices(blocks)
    state = {
        f"features.{i}.{part}": getattr(convs[conv], part).detach()
        for conv, i in index.items()
        for part in ("weight", "bias")
    }
    path = saved(tmp_path / "old.pth", state, _use_new_zipfile_serialization=False)
    read = load_vgg(id, path)
    last = list(convs)[-1]
    assert torch.equal(read.convs[last].weight, state[f"features.{index[last]}.weight"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda state: first(state, torch.randn_like), "do not tell which input"),
        (lambda state: first(state, lambda w: w * 58), "do not tell which input"),
        (lambda state: {k: v for k, v in state.items() if "conv5_3" not in k}, "is no VGG-16"),
        (lambda state: first(state, lambda w: w[:, :1]), "is no VGG-16"),
        (lambda state: state | {"conv2_1.weight": torch.zeros(128, 32, 3, 3)}, "is no VGG-16"),
    ],
    ids=["other numbers", "another range", "a layer short", "one channel", "narrower"],
)
def test_another_file_is_refused_in_a_line(tmp_path: Path, change: object, reason: str) -> None:
    path = saved(tmp_path / "mine.safetensors", change(oxfords()))  # type: ignore[operator]
    with pytest.raises(Missing, match=reason):
        load_vgg("vgg16", path)


def test_what_is_no_checkpoint_is_refused_in_a_line(tmp_path: Path) -> None:
    for name in ("text.safetensors", "text.pth"):
        (tmp_path / name).write_text("no numbers")
        with pytest.raises(Missing, match="is no VGG-16"):
            load_vgg("vgg16", tmp_path / name)
    with pytest.raises(Missing, match="is no VGG-19"):
        load_vgg("vgg19", saved(tmp_path / "vgg16.safetensors", oxfords()))


def test_a_layer_that_only_vgg_19_has_is_told_with_those_there_are(tmp_path: Path) -> None:
    encoder = vgg_encoder(VGG16_BLOCKS)
    assert [name for name in encoder.layers if name[4] in "345"] == [
        f"relu{block}_{conv}" for block in (3, 4, 5) for conv in (1, 2, 3)
    ]
    with pytest.raises(BadInput, match="relu4_4") as caught:
        encoder.check_layers(["relu4_1", "relu4_4"])
    assert "relu4_3, relu5_1" in caught.value.hint


@pytest.mark.parametrize("name", ["mine.safetensors", "mine.pth"])
def test_a_vgg_of_ones_own_is_taken_and_named(tmp_path: Path, name: str) -> None:
    weights = Weights(offline=True, yours=tmp_path / "yours")
    weights.use("vgg16", str(saved(tmp_path / name, oxfords())), lambda id, path, _: load_vgg(id, path) and None)
    assert weights.encoder("vgg16").origin == f"vgg16 (yours, {weights.fingerprint('vgg16')})"
    assert weights.encoder("auto").origin.startswith("vgg16"), "what a person went to fetch is what they want"


def test_what_is_no_single_file_is_no_vgg_of_ones_own(tmp_path: Path) -> None:
    weights = Weights(offline=True, yours=tmp_path / "yours")
    (tmp_path / "folder").mkdir()
    (tmp_path / "vgg.h5").touch()
    for given in ("folder", "vgg.h5"):
        with pytest.raises(BadInput, match=given):
            weights.use("vgg16", str(tmp_path / given))
    assert not (tmp_path / "yours").exists()
