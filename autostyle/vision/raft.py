"""Optical flow by a network: RAFT, in its small form, from torchvision and its file.

Source: Teed & Deng, "RAFT: Recurrent All-Pairs Field Transforms for Optical Flow", ECCV 2020.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from autostyle.errors import Missing
from autostyle.vision import torchvision_cpu
from autostyle.vision.flow import Field

LEAST, STRIDE = 128, 8
"""Pixels of the shorter side that the network needs, and what sides are multiples of."""


class Raft:
    """A :data:`autostyle.vision.flow.Flow`; ``origin`` says of which file."""

    def __init__(self, network: nn.Module, device: str = "cpu", origin: str = "") -> None:
        self.network, self._device, self.origin = network, device, origin

    @torch.inference_mode()
    def __call__(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> Field:
        """For each pixel of ``first`` the way to its place in ``second``, both (H, W, 3)."""
        height, width = first.shape[:2]
        grown = max(1.0, LEAST / min(height, width))
        shape = [-(-round(side * grown) // STRIDE) * STRIDE for side in (height, width)]
        frames = [self._seen(frame, (shape[1], shape[0])) for frame in (first, second)]
        flow = self.network(*frames)[-1][0].permute(1, 2, 0).cpu().numpy()
        back = cv2.resize(flow, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(back * np.array([width / shape[1], height / shape[0]], np.float32), np.float32)

    def _seen(self, frame: NDArray[np.uint8], size: tuple[int, int]) -> torch.Tensor:
        scaled = np.ascontiguousarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA))
        return torch.from_numpy(scaled).permute(2, 0, 1)[None].to(self._device, torch.float32) / 127.5 - 1


def load_raft(path: Path) -> nn.Module:
    """The network from the file at ``path``: safetensors, or a checkpoint of torch, of which only tensors are read.

    Raises:
        Missing: the file is no such network.
    """
    network = empty()
    try:
        plain = path.suffix == ".safetensors"
        state: Any = load_file(path) if plain else torch.load(path, map_location="cpu", weights_only=True)
        network.load_state_dict(state)
    except (
        RuntimeError,
        TypeError,
        ValueError,
        AttributeError,
        EOFError,
        OSError,
        pickle.UnpicklingError,
        SafetensorError,
    ) as error:
        raise Missing(
            "{path} is no RAFT in torchvision's layout",
            "remove it, or fetch it: `autostyle weights get raft_small`",
            path=path,
        ) from error
    return network


def empty() -> nn.Module:
    """The network with numbers drawn at random."""
    torchvision_cpu.prepare()
    from torchvision.models.optical_flow import raft_small  # type: ignore[import-untyped]

    network: nn.Module = raft_small(weights=None)
    return network
