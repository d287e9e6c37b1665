"""CLIP's picture half as a style model, through open_clip.

Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.errors import Missing
from autostyle.vision import torchvision_cpu

ARCHITECTURE = "ViT-B-32"
TAG = "laion2b_s34b_b79k"


class Clip(nn.Module):
    """Crops to unit vectors in CLIP's picture space.

    Args:
        visual: open_clip's picture tower.
        origin: what made the scores, e.g. ``clip:ViT-B-32/laion2b_s34b_b79k``.
        side: the side in pixels that the tower takes.
        mean, std: its normalisation.
    """

    long_side, crop = 256, 160
    mean: Tensor
    std: Tensor

    def __init__(
        self, visual: nn.Module, origin: str, side: int, mean: tuple[float, ...], std: tuple[float, ...]
    ) -> None:
        super().__init__()
        self.visual, self.origin, self.side = visual, origin, side
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)

    def forward(self, image: Tensor) -> Tensor:
        """RGB crops (N, 3, H, W) in 0..1 -> unit vectors (N, D)."""
        x = F.interpolate(image, size=(self.side, self.side), mode="bicubic", align_corners=False, antialias=True)
        return F.normalize(self.visual((x.clamp(0, 1) - self.mean) / self.std).float(), dim=1)


def load_clip(path: Path, architecture: str = ARCHITECTURE, tag: str = TAG) -> Clip:
    """Read an open_clip checkpoint (safetensors, or tensors only). Raises Missing if the file is none."""
    torchvision_cpu.prepare()
    import open_clip  # type: ignore[import-untyped]

    try:
        model = open_clip.create_model(architecture, pretrained=str(path), weights_only=True)
    except Exception as error:  # open_clip lets everything through that its many formats' readers raise
        raise Missing(
            f"{path} is no checkpoint of open_clip's {architecture}", "remove it and run `autostyle weights get clip`"
        ) from error
    visual, expects = model.visual, model.visual.preprocess_cfg
    side = expects["size"][0] if isinstance(expects["size"], tuple) else expects["size"]
    return Clip(visual, f"clip:{architecture}/{tag}", side, expects["mean"], expects["std"])
