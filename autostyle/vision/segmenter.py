"""A semantic segmenter of a person's own, through transformers: what each place of a picture shows.

Any model of transformers' semantic segmentation (SegFormer, UPerNet, BEiT, DPT and others), or of its universal one
that asks by queries alone (MaskFormer, Mask2Former).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.image import at_most, quantize
from autostyle.sentences import Sentence
from autostyle.vision.local_models import read_model

LONG_SIDE = 1024
"""Of the picture it is shown; its own processor makes it smaller yet."""
MEANT: dict[str, tuple[str, ...]] = {
    "person": ("person", "people", "human", "man", "woman", "boy", "girl", "child", "baby", "rider", "pedestrian"),
    "ground": (
        "ground",
        "earth",
        "land",
        "grass",
        "floor",
        "road",
        "sidewalk",
        "field",
        "sand",
        "path",
        "pavement",
        "terrain",
        "dirt track",
        "snow",
    ),
    "water": ("water", "sea", "river", "lake", "waterfall", "swimming pool"),
    "building": ("building", "house", "skyscraper", "tower", "hovel"),
    "plant": ("plant", "tree", "flower", "palm", "grass", "vegetation", "bush"),
    "car": ("car", "bus", "truck", "van"),
}
"""What a word means among labels, beside itself."""


@dataclass(frozen=True)
class Segmenter:
    """A loaded model.

    Args:
        name: as the settings call it, a folder by its last part.
        processor, model: of transformers.
        labels: what each of its classes is called, in small letters, other names after commas.
    """

    name: str
    processor: Any
    model: Any
    labels: tuple[str, ...]

    def classes(self, what: str) -> list[int]:
        """The classes that ``what`` may mean."""
        wanted = {what, *MEANT.get(what, ())}
        return [n for n, label in enumerate(self.labels) if wanted & set(re.split(r"\s*[,;/]\s*", label))]

    @torch.inference_mode()
    def segment(self, picture: Pixels, what: str) -> Visibility | None:
        """How far each place of (H, W, 3), 0..1, shows ``what``: the sum of its classes' probabilities, (H, W); None
        where it has no such class."""
        if not (mine := self.classes(what)):
            return None
        shown = Image.fromarray(quantize(at_most(picture, LONG_SIDE)))
        given = self.processor(images=shown, return_tensors="pt").to(self.model.device)
        likely = _likely(self.model(**given))[mine].sum(0).cpu().numpy()
        height, width = picture.shape[:2]
        return np.asarray(cv2.resize(likely, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _likely(seen: Any) -> Tensor:
    """The probability of each class at each place, (K, h, w), of what a model returns."""
    if hasattr(seen, "logits"):
        return cast("Tensor", seen.logits[0].float().softmax(0))
    # Each query has a place and a class, or none; their sum is what Mask2Former's own semantic map is the greatest of.
    classes = seen.class_queries_logits[0].float().softmax(-1)[:, :-1]
    places = seen.masks_queries_logits[0].float().sigmoid()
    both = torch.einsum("qc,qhw->chw", classes, places)
    return both / both.sum(0).clamp_min(1e-6)


def load(name: str, device: str = "cpu") -> Segmenter:
    """The model in the folder ``name``, or of the hub id ``name`` in the cache of this machine.

    Raises:
        Missing: it is not here, is no semantic segmenter, or has no safetensors.
    """
    kinds = ("AutoModelForSemanticSegmentation", "AutoModelForUniversalSegmentation")
    found = read_model(name, device, Sentence("segmenter"), "AutoImageProcessor", kinds)
    config = found.model.config
    labels = tuple(str(config.id2label.get(n, "")).lower() for n in range(config.num_labels))
    return Segmenter(*found, labels)
