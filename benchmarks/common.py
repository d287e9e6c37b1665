"""What every benchmark shares: the pictures, the timing of two sides in turn, the JSON."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy import stats

from autostyle.codecs.image import load_image, resize
from autostyle.methods.contract import Pixels

OUT = Path(__file__).parent / "out"
EXAMPLES = Path(__file__).parent.parent / "studies" / "examples"


def pictures() -> list[tuple[Pixels, Pixels]]:
    """(content, style) pairs from the examples shipped with the project."""
    contents = sorted((EXAMPLES / "content").glob("*.jpg"))
    styles = sorted((EXAMPLES / "styles").glob("*.jpg"))
    pairs = zip(contents, (styles * len(contents))[: len(contents)], strict=True)
    return [(load_image(c).pixels, load_image(s).pixels) for c, s in pairs]


def square(pixels: Pixels, size: int) -> Pixels:
    """The central square of a picture, ``size`` pixels wide."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return resize(np.ascontiguousarray(pixels[top : top + side, left : left + side]), size)


def alternate(sides: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Median seconds of each side, run in turn so that a drifting machine drifts for all."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for work in sides.values():
        work()
    for _ in range(repeats):
        for name, work in sides.items():
            started = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in times.items()}


def gain(differences: Sequence[float]) -> dict[str, object]:
    """The mean of paired differences, and its 95 % interval by Student's t; of one there is none."""
    mean = statistics.mean(differences)
    if len(differences) < 2:
        return {"mean": mean, "interval_95": None}
    half = float(stats.t.ppf(0.975, len(differences) - 1) * stats.sem(differences))
    return {"mean": mean, "interval_95": [mean - half, mean + half]}


def machine() -> dict[str, Any]:
    return {
        "cpu": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "python": platform.python_version(),
    }


def report(name: str, figures: dict[str, Any]) -> None:
    """Print one JSON object, and keep it under benchmarks/out."""
    OUT.mkdir(exist_ok=True)
    text = json.dumps({"benchmark": name, "machine": machine(), **figures}, indent=1)
    (OUT / f"{name}.json").write_text(text + "\n")
    sys.stdout.write(text + "\n")
