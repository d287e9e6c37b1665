"""Whether a picture can be painted in the memory that is free, asked before a minute is spent on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import psutil  # type: ignore[import-untyped]

from autostyle.codecs.image import fit_size
from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.regions import count_regions
from autostyle.methods.spec import MEMORY_MARGIN


def refuse_beyond_memory(method: str, shape: Sequence[int], size: int, device: str, aids: Aids = NONE) -> None:
    """Raises BadInput where ``method`` needs more than is free for a picture that is ``size`` pixels long.

    Args:
        shape: height and width of the content.
        device: as a request has it.
        aids: as a method gets them; each region of a mask takes memory of its own.

    Of a method whose need was not measured, and of other devices than the CPU, nothing is foretold: they say so
    themselves when they run out, where the system would end a process without a word.
    """
    need = registry.find_built(method).memory
    if need is None:
        return
    if device != "cpu":
        from autostyle.methods.devices import resolve  # it brings torch

        if resolve(device) != "cpu":
            return
    height, width = fit_size(shape[0], shape[1], size)
    pixels = height * width
    free = int(psutil.virtual_memory().available * MEMORY_MARGIN)
    regions = count_regions(aids)
    if need.at(pixels, regions) > free:
        raise BadInput(
            "{method} needs about {need} GB of memory for {width} x {height} px, and {free} GB are free",
            "about {side} px on the long side fit",
            method=method,
            need=round(need.at(pixels, regions) / 1e9, 1),
            width=width,
            height=height,
            free=round(free / 1e9, 1),
            side=int(size * math.sqrt(need.most(free, pixels, regions) / pixels)) // 10 * 10,
        )
