"""A fast net as ONNX, for phones, browsers, OBS: any height and width, the style's names in its metadata.

onnx, onnxscript and, to check what was written, onnxruntime are the extra ``autostyle[onnx]``.
"""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from autostyle.atomic import atomic_write_bytes
from autostyle.errors import BadInput
from autostyle.vision.fast_net import FastNet

OPSET = 18
SIZES = ((97, 131), (64, 203), (150, 85))
"""Heights and widths at which a file is checked."""
CLOSE = 1 / 255


class _Mixing(nn.Module):
    """Image and mix in, a clipped picture out."""

    def __init__(self, net: FastNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, image: Tensor, mix: Tensor) -> Tensor:
        painted: Tensor = self.net(image, mix)
        return painted.clamp(0, 1)


class _Fixed(nn.Module):
    """The same of one mix."""

    mix: Tensor

    def __init__(self, net: FastNet, mix: Tensor) -> None:
        super().__init__()
        self.net = net
        self.register_buffer("mix", mix)

    def forward(self, image: Tensor) -> Tensor:
        painted: Tensor = self.net(image, self.mix)
        return painted.clamp(0, 1)


def export_net(net: FastNet, names: Sequence[str], out: Path, shares: Mapping[int, float], strength: float) -> float:
    """Write ``net`` to ``out``: input ``image``, RGB (1, 3, H, W), 0..1, and output ``painted`` alike.

    Args:
        names: of its styles, by row.
        shares: of styles that are fixed; none: a second input ``mix``, (1, rows), takes a share of each style and,
            last, of none, sum 1.
        strength: of the style, where it is fixed.

    Returns:
        By how much onnxruntime's pictures are off, of values 0..1, at most.

    Raises:
        BadInput: the file would paint another picture; nothing is written.
    """
    import onnxruntime  # type: ignore[import-untyped]  # of the extra

    fixed = bool(shares) or net.rows == 1
    mix = net.mix(shares or {0: 1.0}, strength)
    module = (_Fixed(net, mix) if fixed else _Mixing(net)).eval()
    image = torch.rand(1, 3, *SIZES[0], generator=torch.Generator().manual_seed(0))
    inputs = (image,) if fixed else (image, mix)
    height, width = torch.export.Dim("height", min=32), torch.export.Dim("width", min=32)
    shapes: dict[str, Any] = {"image": {2: height, 3: width}} | ({} if fixed else {"mix": None})
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            module,
            inputs,
            dynamo=True,
            verbose=False,
            dynamic_shapes=shapes,
            input_names=["image"] if fixed else ["image", "mix"],
            output_names=["painted"],
            opset_version=OPSET,
        )
        assert program is not None
        styles = [names[number] for number in shares] if shares else list(names)
        program.model.metadata_props["styles"] = json.dumps(styles, ensure_ascii=False)
        program.model.metadata_props["input"] = "RGB, 0..1, (1, 3, height, width)"
        if not fixed:
            program.model.metadata_props["mix"] = json.dumps([*styles, "none"] if net.own else styles)
        program.model.producer_name = "autostyle"
        # Of a height and a width that are told, not worked out from them.
        painted = program.model.graph.outputs[0]
        assert program.model.graph.inputs[0].shape is not None
        painted.shape = program.model.graph.inputs[0].shape.copy()
        file = Path(folder) / "net.onnx"
        program.save(file, external_data=False)
        off = _difference(onnxruntime, file, module, None if fixed else mix)
        if off > CLOSE:
            raise BadInput(
                "onnxruntime paints another picture than torch: {off:.4f} of 1", "report this, please", off=off
            )
        atomic_write_bytes(out, file.read_bytes())
    return off


def _difference(ort: Any, file: Path, module: nn.Module, mix: Tensor | None) -> float:
    session, worst = ort.InferenceSession(str(file), providers=["CPUExecutionProvider"]), 0.0
    for number, (height, width) in enumerate(SIZES):
        image = torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(number))
        given = {"image": image.numpy()} | ({} if mix is None else {"mix": mix.numpy()})
        with torch.inference_mode():
            wanted = module(image) if mix is None else module(image, mix)
        worst = max(worst, float(np.abs(session.run(None, given)[0] - wanted.numpy()).max()))
    return worst
