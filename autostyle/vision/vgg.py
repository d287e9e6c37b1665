"""VGG-16 and VGG-19, read from files of others into :class:`~autostyle.vision.encoder.Encoder`.

Two layouts are known: torchvision's (``features.0.weight``) and one by Caffe's names (``conv1_1.weight``). No file says
which input its numbers expect, so the first convolution tells: the VGG-16 that Oxford published is known by some of its
kernels, for RGB or BGR, 0..1 or 0..255. Others in torchvision's layout were trained as torchvision trains.

Activations are left on the scale ImageNet training gave them: every loss that uses them is divided by its own value at
the inputs, so no layer needs scaling here.
"""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from autostyle.errors import Missing
from autostyle.vision.encoder import (
    BLOCKS,
    IMAGENET_MEAN,
    IMAGENET_STD,
    OXFORD_MEAN,
    VGG16_BLOCKS,
    Encoder,
    vgg_encoder,
)

NAMES: dict[str, tuple[str, Sequence[int]]] = {"vgg16": ("VGG-16", VGG16_BLOCKS), "vgg19": ("VGG-19", BLOCKS)}
"""id -> its name in the field, and its blocks."""
OXFORD = {
    1: (-1.5267, 0.3819, 1.3670),
    5: (-0.5833, -1.8558, 2.1633),
    22: (-1.3984, -0.1481, 1.5558),
    25: (-1.4931, 1.1794, 1.0072),
    29: (1.5292, -0.2901, -1.5379),
    59: (1.1687, 1.3466, -2.0866),
}
"""Kernels of Oxford's VGG-16 that tell red from blue: number in conv1_1 -> sum over its nine places for each of R, G
and B in 0..255 (Simonyan & Zisserman, CC BY 4.0)."""
ALIKE = 0.98
"""Least cosine of a file's sums and these."""
SCALE_ERROR = 0.02
"""What the scale of a file may be off, relative: half precision and eight bits round."""


class VggInput(NamedTuple):
    """What a network expects: RGB in 0..1 less ``mean``, over ``std``, in the order of channels ``order``."""

    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    order: tuple[int, int, int] = (0, 1, 2)


TORCHVISION = VggInput(IMAGENET_MEAN, IMAGENET_STD)


def feature_indices(blocks: Sequence[int] = BLOCKS) -> dict[str, int]:
    """``conv4_2`` -> its index in torchvision's ``features``: a convolution and its ReLU take two, a pool one."""
    found, index = {}, 0
    for block, count in enumerate(blocks, 1):
        for conv in range(1, count + 1):
            found[f"conv{block}_{conv}"] = index
            index += 2
        index += 1
    return found


def load_vgg(id: str, path: Path, pooling: str = "max") -> Encoder:
    """The network called ``id`` from the file at ``path``: safetensors, or a checkpoint of torch.

    Raises:
        Missing: the file is no such network, or one whose input cannot be told.
    """
    name, blocks = NAMES[id]
    try:
        state = _tensors(path)
        by_name = "conv1_1.weight" in state
        convs = {
            f"{conv}.{part}": state[f"{conv}.{part}" if by_name else f"features.{index}.{part}"].float()
            for conv, index in feature_indices(blocks).items()
            for part in ("weight", "bias")
        }
        first = convs["conv1_1.weight"]
        expected = oxfords(first) if id == "vgg16" else None
        if expected is None and not by_name:
            expected = TORCHVISION
        if expected is not None:
            convs["conv1_1.weight"] = first[:, list(expected.order)]
            encoder = vgg_encoder(blocks, pooling, expected.mean, expected.std)
            encoder.convs.load_state_dict(convs)
            return encoder
    except (
        RuntimeError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        EOFError,
        pickle.UnpicklingError,
        SafetensorError,
    ) as error:
        raise Missing(
            "{path} is no {name} in torchvision's layout or by Caffe's names",
            "remove it, or name another: `autostyle weights get {id}`, `autostyle weights use {id} FILE`",
            path=path,
            name=name,
            id=id,
        ) from error
    raise Missing(
        "{path}: its numbers do not tell which input this {name} expects",
        "known are torchvision's layout, and Oxford's VGG-16 for RGB or BGR, 0..1 or 0..255",
        path=path,
        name=name,
    )


def oxfords(first: Tensor) -> VggInput | None:
    """The input that Oxford's VGG-16 expects in the form that its first convolution ``first`` (64, 3, 3, 3) has here;
    None for another network."""
    known = torch.tensor(list(OXFORD.values()))
    for order in ((0, 1, 2), (2, 1, 0)):
        sums = first[list(OXFORD)][:, list(order)].sum((2, 3))
        if float(F.cosine_similarity(sums.flatten(), known.flatten(), dim=0)) < ALIKE:
            continue
        # As many times as the numbers are larger, their input is smaller.
        scale = float((sums * known).sum() / known.square().sum())
        for most in (1.0, 255.0):
            if abs(scale / most - 1) < SCALE_ERROR:
                return VggInput(OXFORD_MEAN, (most / 255,) * 3, order)
    return None


def _tensors(path: Path) -> Mapping[str, Tensor]:
    if path.suffix == ".safetensors":
        return load_file(path)
    # Memory-mapped where torch can: the classifier, most of the file, is then never read. torchvision's files are older
    # than the format that can be mapped. Tensors only, never a pickle's code.
    mapped = zipfile.is_zipfile(path)
    state: Mapping[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True, mmap=mapped)
    return state
