"""Double precision, which Apple's GPUs have not."""

from __future__ import annotations

import torch
from torch import Tensor


def exact_on(image: Tensor) -> torch.device:
    """Where float64 is to be had: on the device of ``image``, or the CPU."""
    return torch.device("cpu") if image.device.type == "mps" else image.device
