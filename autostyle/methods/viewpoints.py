"""From where a scene is seen: where it is painted, where it is judged, and on the way around it."""

from __future__ import annotations

import numpy as np

from autostyle.codecs.scene import Camera, Scene, orbit
from autostyle.methods.aids import Aids

LOW, HIGH = 8.0, 38.0
"""Degrees above the middle between which cameras stand that are invented."""
JUDGED = ((0.07, 15.0), (0.4, 30.0), (0.73, 20.0))
"""Turn and height of the views that are judged where cameras are invented: none of them is painted."""
NEAR, FAR = 0.03, 0.17
"""Shares of a full turn to the views that a judged one is held against."""


def painted(scene: Scene, aids: Aids, count: int) -> tuple[Camera, ...]:
    """So many cameras that see all of it, spread around it: what is painted."""
    turns = [n / count for n in range(count)]
    # Neighbours stand at different heights, and the heights are spread over any stretch of the way.
    heights = [LOW + (HIGH - LOW) * ((n * 0.618034) % 1) for n in range(count)]
    return orbit(scene, turns, heights)


def judged(scene: Scene, aids: Aids) -> tuple[tuple[Camera, Camera, Camera], ...]:
    """Cameras whose views are scored, none of which is painted, each with a near and a far one it is held against."""
    found = []
    for turn, height in JUDGED:
        near, far = (turn + NEAR, height + 3), (turn + FAR, height - 5)
        turns, heights = zip((turn, height), near, far, strict=True)
        one, second, third = orbit(scene, turns, heights)
        found.append((one, second, third))
    return tuple(found)


def turntable(scene: Scene, aids: Aids, frames: int) -> tuple[Camera, ...]:
    """Cameras once around it."""
    rise = [18 + 8 * np.sin(2 * np.pi * n / frames) for n in range(frames)]
    return orbit(scene, [n / frames for n in range(frames)], rise)
