"""torchvision's VGG-19, read from its own checkpoint into :class:`~autostyle.vision.encoder.Encoder`.

Its activations are left on the scale ImageNet training gave them: every loss that uses them is divided by its own
value at the inputs, so no layer needs scaling here.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import torch

from autostyle.errors import Missing
from autostyle.vision.encoder import BLOCKS, Encoder, vgg19_encoder


def feature_indices() -> dict[str, int]:
    """``conv4_2`` -> its index in torchvision's ``features``: a convolution and its ReLU take two, a pool one."""
    found, index = {}, 0
    for block, count in enumerate(BLOCKS, 1):
        for conv in range(1, count + 1):
            found[f"conv{block}_{conv}"] = index
            index += 2
        index += 1
    return found


def load_vgg19(path: Path, pooling: str = "max") -> Encoder:
    """Read ``features.*`` of a torchvision VGG-19 checkpoint. Raises Missing if the file is none."""
    encoder = vgg19_encoder(pooling)
    try:
        # Memory-mapped: the classifier, five sixths of the file, is never read. Tensors only, never a pickle's code.
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        encoder.convs.load_state_dict(
            {
                f"{conv}.{part}": state[f"features.{i}.{part}"]
                for conv, i in feature_indices().items()
                for part in ("weight", "bias")
            }
        )
    except (RuntimeError, KeyError, TypeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise Missing(
            "{path} is no VGG-19 checkpoint of torchvision",
            "remove it and run `autostyle weights get vgg19`",
            path=path,
        ) from error
    return encoder
