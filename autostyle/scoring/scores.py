"""What scoring hands out. The scorer itself (torch) is in scorer.py."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scores:
    """Scores of one picture.

    Args:
        style: 0 = the untouched content, 1 = the style picture's crops against the rest of it. Unclamped.
        content: 1 = the untouched content, 0 = the style picture. Unclamped.
        raw: unanchored figures: ssim, ms_ssim, style_similarity, gram_mse, color_distance, leakage.
        held_out: anchored ``style`` and ``content`` by a metric no loss or objective shares anything with.
    """

    style: float
    content: float
    raw: dict[str, float] = field(default_factory=dict)
    held_out: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ScorerId:
    """What is frozen in a study: another scorer cannot resume it."""

    style: str
    "``clip:MODEL`` or ``embedded``."
    version: int
    weights_hash: str
    anchors: dict[str, float]
