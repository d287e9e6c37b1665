"""CLIP through open_clip: its picture half as a style model, both halves to hold pictures against words.

Source: Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.codecs import Pixels
from autostyle.errors import Missing
from autostyle.vision import torchvision_cpu
from autostyle.vision.tensors import to_tensor

ARCHITECTURE = "ViT-B-32"
TAG = "laion2b_s34b_b79k"


class CLIPEncoder(nn.Module):
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

    def forward(self, image: Tensor, visible: Tensor | None = None) -> Tensor:
        """RGB crops (N, 3, H, W) in 0..1 -> unit vectors (N, D). Patches are seen whole, whatever is ``visible``."""
        x = F.interpolate(image, size=(self.side, self.side), mode="bicubic", align_corners=False, antialias=True)
        return F.normalize(self.visual((x.clamp(0, 1) - self.mean) / self.std).float(), dim=1)


def load_clip(path: Path, architecture: str = ARCHITECTURE, tag: str = TAG) -> CLIPEncoder:
    """Read an open_clip checkpoint (safetensors, or tensors only). Raises Missing if the file is none."""
    return _clip(_model(path, architecture), architecture, tag)


class Tagger(nn.Module):
    """Pictures against words, both in CLIP's common space.

    Args:
        model: open_clip's two towers.
        clip: the picture half, with what it expects.
    """

    def __init__(self, model: nn.Module, clip: CLIPEncoder) -> None:
        super().__init__()
        self.model, self.clip, self.origin = model, clip, clip.origin

    @torch.inference_mode()
    def fits(self, pictures: Sequence[Pixels], texts: Sequence[str]) -> list[float]:
        """How well each text fits pictures (H, W, 3) in 0..1: its cosine, mean over the pictures."""
        from open_clip import tokenizer  # type: ignore[import-untyped]

        model: Any = self.model
        tokens = tokenizer.tokenize(list(texts), context_length=model.context_length).to(self.clip.mean.device)
        words = F.normalize(model.encode_text(tokens).float(), dim=1)
        seen = torch.cat([self.clip(to_tensor(picture, self.clip.mean.device)) for picture in pictures])
        found: list[float] = (seen @ words.T).mean(dim=0).tolist()
        return found


def load_tagger(path: Path, architecture: str = ARCHITECTURE, tag: str = TAG) -> Tagger:
    """Both halves of an open_clip checkpoint; raises Missing as :func:`load_clip` does."""
    model = _model(path, architecture)
    return Tagger(model, _clip(model, architecture, tag))


def _model(path: Path, architecture: str) -> Any:
    torchvision_cpu.prepare()
    import open_clip

    try:
        return open_clip.create_model(architecture, pretrained=str(path), weights_only=True)
    except Exception as error:  # open_clip lets everything through that its many formats' readers raise
        raise Missing(
            "{path} is no checkpoint of open_clip's {architecture}",
            "remove it and run `autostyle weights get clip`",
            path=path,
            architecture=architecture,
        ) from error


def _clip(model: Any, architecture: str, tag: str) -> CLIPEncoder:
    visual, expects = model.visual, model.visual.preprocess_cfg
    side = expects["size"][0] if isinstance(expects["size"], tuple) else expects["size"]
    return CLIPEncoder(visual, f"clip:{architecture}/{tag}", side, expects["mean"], expects["std"])
