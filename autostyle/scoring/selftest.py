"""Pictures whose order every score must get right, whatever the pair, and the check that it does."""

from __future__ import annotations

import cv2
import numpy as np

from autostyle.codecs import Pixels
from autostyle.codecs.color import match_color
from autostyle.scoring.scores import Scores

CLEARLY = 0.15
"""How far below the style picture itself a picture without the style's marks must score."""
CHEATS = ("blur", "noise", "color match")


def probes(content: Pixels, style: Pixels, seed: int = 0) -> dict[str, Pixels]:
    """The untouched content, the style picture at its size, and changes that add nothing of the style's hand."""
    rng = np.random.default_rng(seed)
    height, width = content.shape[:2]
    noisy = content + rng.normal(0, 0.15, content.shape).astype(np.float32)
    return {
        "identity": content,
        "style copy": np.clip(cv2.resize(style, (width, height), interpolation=cv2.INTER_AREA), 0, 1),
        "blur": cv2.GaussianBlur(content, (0, 0), max(height, width) / 80).astype(np.float32),
        "noise": np.clip(noisy, 0, 1).astype(np.float32),
        "color match": match_color(content, style),
    }


def failures(found: dict[str, Scores]) -> list[str]:
    """What is wrong with the scores of :func:`probes`, one line each; empty if all is well."""
    wrong = []
    for kind, scores in (
        ("objective", {name: (s.objectives["style"], s.objectives["content"]) for name, s in found.items()}),
        ("held-out", {name: (s.held_out["style"], s.held_out["content"]) for name, s in found.items()}),
    ):
        best_content = max(scores, key=lambda name: scores[name][1])
        best_style = max(scores, key=lambda name: scores[name][0])
        if best_content != "identity":
            wrong.append(f"{kind}: {best_content} keeps more content than the content itself")
        if best_style != "style copy":
            wrong.append(f"{kind}: {best_style} has more style than the style itself")
        wrong += [
            f"{kind}: {name} scores {scores[name][0]:.2f} in style, the style itself {scores['style copy'][0]:.2f}"
            for name in CHEATS
            if scores[name][0] > scores["style copy"][0] - CLEARLY
        ]
    return wrong
