"""A fast net on frames that come one after the other, as fast as it can."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from autostyle.fingerprints import stamp
from autostyle.methods.devices import out_of_memory, resolve
from autostyle.methods.fast_net.run import loaded


class LivePainter:
    """Paints frames (H, W, 3) of 0..255. No palette is moved: measured anew in every frame, it would pump.

    Args:
        shares: of the net's styles by their number, sum 1.
        strength: 0..1.
    """

    def __init__(self, net: Path, shares: Mapping[int, float], strength: float, device: str) -> None:
        self._device = resolve(device)
        self._net, _ = loaded(net, stamp(net), self._device)
        self._mix, self._strength = self._net.mix(shares, strength).to(self._device), strength

    @out_of_memory()
    @torch.inference_mode()
    def __call__(self, frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
        # Of an array whose channels are last the tensor's are, too, as the convolutions want them.
        image = torch.from_numpy(np.ascontiguousarray(frame)).to(self._device).permute(2, 0, 1)[None].float().div_(255)
        painted = self._net(image, self._mix)
        if not self._net.own:
            painted = torch.lerp(image, painted, self._strength)
        pixels: NDArray[np.uint8] = painted[0].mul_(255).round_().clamp_(0, 255).byte().permute(1, 2, 0).cpu().numpy()
        return pixels
