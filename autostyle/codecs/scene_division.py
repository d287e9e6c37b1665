"""Large splats divided into smaller ones, so that what is painted on them may be finer than they were.

The idea is that of G-Style (Kovács et al., "G-Style: Stylized Gaussian Splatting", 2024): texture is bounded by the
splats. Written anew: a splat becomes three in a row along its longest axis.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.scene import Array, Scene, matrices

APART, THINNER = 0.85, 0.5
"""Of the three parts, in standard deviations of the whole along its longest axis: how far the outer ones are from the
middle, and their own deviation. Their profile is within 0.1 of that of an opaque splat, out to two deviations."""
_BESIDE = float(np.exp(-0.5 * (APART / THINNER) ** 2))
"""What each outer part is at the middle."""


def divided(scene: Scene, longest: float, rounds: int, most: int) -> Scene:
    """``scene`` with each splat whose largest deviation is more than ``longest`` in three, ``rounds`` times.

    The parts have the colours and rotation of the whole. No round makes more than ``most`` splats; one that would is
    left out.
    """
    if not rounds:
        return scene
    axis = scene.scales.argmax(axis=1)
    large = scene.scales[np.arange(len(scene)), axis] > longest
    count = int(large.sum())
    if not count or len(scene) + 2 * count > most:
        return scene
    rows = np.concatenate([np.arange(len(scene)), np.flatnonzero(large), np.flatnonzero(large)])
    moved = np.zeros(len(rows))
    moved[len(scene) : len(scene) + count], moved[len(scene) + count :] = 1, -1
    part = large[rows]
    scales = scene.scales[rows].copy()
    along = scales[np.arange(len(rows)), axis[rows]]
    positions = scene.positions[rows] + (moved * APART * along)[:, None] * _axes(scene.rotations[rows], axis[rows])
    scales[np.flatnonzero(part), axis[rows][part]] *= THINNER
    opacities = np.where(part, _thinner(scene.opacities[rows]), scene.opacities[rows])
    parents = np.arange(len(scene)) if scene.parents is None else scene.parents
    changed = np.zeros(len(scene), bool) if scene.changed is None else scene.changed
    made = replace(
        scene,
        positions=positions.astype(np.float32),
        scales=scales,
        rotations=scene.rotations[rows],
        opacities=opacities.astype(np.float32),
        colors=scene.colors[rows],
        harmonics=scene.harmonics[rows],
        parents=parents[rows],
        changed=changed[rows] | part,
    )
    return divided(made, longest, rounds - 1, most)


def _axes(rotations: Array, axis: NDArray[np.intp]) -> Array:
    """Where the ``axis`` (0, 1, 2) of each splat points, (N, 3)."""
    return np.asarray(matrices(rotations)[np.arange(len(rotations)), :, axis], np.float32)


def _thinner(opacities: Array) -> Array:
    """Opacities of the parts, so that in the middle they are together what the whole was."""
    known = np.linspace(0, 1, 1001)
    together = 1 - (1 - known) * (1 - _BESIDE * known) ** 2
    return np.asarray(np.interp(opacities, together, known), np.float32)
