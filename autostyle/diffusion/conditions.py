"""What a ControlNet looks at: edges, and how far away everything is, by any depth estimator that transformers reads.

Source of the default estimator: Yang et al., "Depth Anything V2", NeurIPS 2024, the small model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from autostyle.codecs.image import quantize
from autostyle.diffusion.checks import refuse_pickles
from autostyle.diffusion.headers import unreadable
from autostyle.diffusion.library import transformers
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


@dataclass(frozen=True)
class DepthEstimator:
    """A frozen estimator with its own way of preparing pictures."""

    processor: Any
    model: Any

    @torch.inference_mode()
    def __call__(self, picture: Tensor) -> Tensor:
        """(1, 3, H, W) values 0..1 -> (1, 3, H, W), 1 where it is nearest, 0 where it is farthest."""
        given = self.processor(images=Image.fromarray(quantize(to_pixels(picture))), return_tensors="pt")
        said = self.model(given["pixel_values"].to(self.model.device)).predicted_depth[:, None].float().cpu()
        depth = F.interpolate(said, size=picture.shape[-2:], mode="bicubic", align_corners=False)
        low, high = depth.amin(), depth.amax()
        near = (depth - low) / (high - low).clamp(min=1e-6)
        if getattr(self.model.config, "depth_estimation_type", "relative") == "metric":
            near = 1 - near  # metres, and not their inverse
        return near.clamp(0, 1).expand(1, 3, -1, -1).contiguous()


def load_estimator(path: Path, device: str) -> DepthEstimator:
    """The estimator in the folder ``path``, on ``device``; raises Missing if it is unreadable, BadInput for pickles."""
    refuse_pickles(path)
    offline = {"local_files_only": True}
    try:
        processor = transformers.AutoImageProcessor.from_pretrained(path, **offline)
        model = transformers.AutoModelForDepthEstimation.from_pretrained(
            path, dtype=torch.float32, use_safetensors=True, **offline
        )
    except (OSError, ValueError, SafetensorError) as error:
        raise unreadable(path, error) from error
    return DepthEstimator(processor, model.eval().requires_grad_(False).to(device))
