"""A fast net as ONNX: any size, the same picture through onnxruntime, its styles by name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from autostyle.testing.inputs import scene
from autostyle.vision.export_net import SIZES, export_net
from autostyle.vision.fast_net import load_net
from tests.nets import tiny_net

pytestmark = pytest.mark.slow


def test_onnxruntime_paints_as_torch_does_at_odd_sizes_and_the_file_names_its_styles(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    net, known = load_net(tiny_net(tmp_path / "net.safetensors", {"one": scene(60, 80, 1), "둘": scene(60, 80, 2)}))
    off = export_net(net, [style.name for style in known.styles], tmp_path / "mix.onnx", {}, 1.0)
    assert off < 1 / 255
    session = onnxruntime.InferenceSession(str(tmp_path / "mix.onnx"), providers=["CPUExecutionProvider"])
    said = session.get_modelmeta().custom_metadata_map
    assert json.loads(said["styles"]) == ["one", "둘"] and json.loads(said["mix"]) == ["one", "둘", "none"]
    for height, width in (*SIZES, (33, 47)):
        image = scene(height, width, 3).transpose(2, 0, 1)[None]
        mix = net.mix({0: 0.3, 1: 0.7}, 0.8)
        (painted,) = session.run(None, {"image": image, "mix": mix.numpy()})
        wanted = net(torch.from_numpy(image), mix).clamp(0, 1).numpy()
        assert painted.shape == image.shape and np.abs(painted - wanted).max() < 1 / 255
