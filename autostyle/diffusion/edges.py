"""What a ControlNet looks at, computed without weights."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from autostyle.vision.tensors import to_pixels


def canny(picture: Tensor, detail: float) -> Tensor:
    """(1, 3, H, W) white edges on black of a picture in 0..1.

    Args:
        detail: 0 finds only the hardest edges, 1 nearly every one; 0.5 gives the thresholds 64 and 128 that edge
            ControlNets are usually fed with.
    """
    high = 255 * (1 - 0.98 * detail)
    gray = cv2.cvtColor((255 * to_pixels(picture)).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    found = cv2.Canny(gray, high / 2, high)
    return torch.from_numpy(found.astype(np.float32) / 255).expand(1, 3, *found.shape).contiguous()
