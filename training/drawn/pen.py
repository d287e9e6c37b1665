"""Pen and ink: hatching laid crosswise until it is dark enough. Drawn at twice the size."""

from __future__ import annotations

import numpy as np

from training.drawn import scenes
from training.drawn.paint import (
    Map,
    Picture,
    Rng,
    blur,
    grid,
    grow,
    mix,
    noise,
    paper,
    pick,
    rgb,
    shrink,
    step,
    to_bytes,
)
from training.drawn.scenes import SIDE, Scene


def pen_village(rng: Rng, size: int) -> Picture:
    """A hill town in cross-hatched ink with a touch of wash."""
    sheet, ink, tints = pick(
        rng,
        (rgb("f6efde")[0], rgb("2b2320")[0], rgb("d98f5c", "8fae8b", "8fb3cc", "e8cf94")),
        (rgb("f3f0e6")[0], rgb("1d2740")[0], rgb("c9788a", "a3b48a", "b7c3da", "e9d8a6")),
        (rgb("efe4cb")[0], rgb("33241c")[0], rgb("c27b4b", "a89f6b", "b9b7a0", "e0c48b")),
    )
    x, y = grid(SIDE)
    tone = np.clip(0.12 + 0.5 * (0.5 - y) + 0.5 * (noise(rng, SIDE, (3, 5), 4) - 0.5), 0, 1) * (y < 0.6)
    color = np.broadcast_to(tints[2], (SIDE, SIDE, 3))
    scene, wash = Scene(np.repeat(tone[..., None], 3, -1)), Scene(mix(color, sheet, step(0.0, 0.6, y)))
    lines = np.zeros((SIDE, SIDE), np.float32)

    def place(mask: Map, shade: Map | float, tint: Map) -> None:
        nonlocal lines
        scene.lay(mask, np.repeat(np.broadcast_to(np.asarray(shade, np.float32), (SIDE, SIDE))[..., None], 3, -1))
        wash.lay(mask, tint)
        lines = np.maximum(lines * (1 - mask), scenes.edge(mask))

    for i, base in enumerate((0.5, 0.58)):
        line = scenes.skyline(rng, base, 0.07, 3)
        place(scenes.below(line), 0.15 + 0.3 * noise(rng, SIDE, 6, 3), mix(tints[1], tints[2], 0.6 - 0.4 * i))
    peak = rng.uniform(0.35, 0.65)
    hill = (0.5 + 0.9 * np.abs(np.linspace(0, 1, SIDE) - peak) ** 1.3).astype(np.float32)
    place(scenes.below(hill), 0.2 + 0.3 * noise(rng, SIDE, 8, 3), mix(tints[1], tints[3], 0.5))
    spots = [(rng.normal(peak, 0.2), rng.uniform(0.5, 0.95)) for _ in range(34)]
    for a, b in sorted(spots, key=lambda p: p[1]):
        foot = max(b, float(hill[min(max(int(a * SIDE), 0), SIDE - 1)]) + 0.05)
        if rng.random() < 0.22:
            big = rng.uniform(0.05, 0.09)
            place(
                scenes.crown(rng, a, foot - big * 0.5, big, big * 1.2),
                0.4 + 0.5 * (x - a) / big,
                mix(tints[1], ink, 0.15),
            )
            continue
        wide, tall = rng.uniform(0.05, 0.1), rng.uniform(0.05, 0.11)
        place(scenes.box(a, foot, wide, tall), 0.08, mix(sheet, tints[3], 0.35))
        place(scenes.box(a + wide, foot, wide * 0.5, tall * 0.97), 0.62, tints[3])
        eave, ridge = foot - tall, foot - tall - wide * 0.42
        roof = np.array(
            [
                [a - 0.006, eave],
                [a + wide, eave],
                [a + wide * 1.5 + 0.006, eave],
                [a + wide * 1.15, ridge],
                [a + wide * 0.3, ridge],
            ]
        )
        place(scenes.shape(roof), 0.42, tints[0])
        for k in range(2):
            for row in range(max(int(tall / 0.04), 1)):
                place(
                    scenes.box(a + wide * (0.18 + 0.42 * k), foot - 0.015 - 0.038 * row, wide * 0.17, 0.018),
                    0.95,
                    mix(ink, sheet, 0.4),
                )
    nave, spire = rng.uniform(0.15, 0.2), 0.05
    for left, wide, tall, shade in (
        (peak - nave, nave, 0.1, 0.1),
        (peak, spire, 0.26, 0.1),
        (peak + spire, spire * 0.6, 0.26, 0.65),
    ):
        place(scenes.box(left, 0.56, wide, tall), shade, mix(sheet, tints[3], 0.3 + 0.7 * (shade > 0.5)))
    eaves = np.array([[peak - nave - 0.01, 0.46], [peak, 0.46], [peak, 0.39], [peak - nave + 0.03, 0.39]])
    place(scenes.shape(eaves), 0.45, tints[0])
    cap = np.array([[peak - 0.008, 0.3], [peak + spire * 1.6 + 0.008, 0.3], [peak + spire * 0.8, 0.13]])
    place(scenes.shape(cap), 0.3 + 0.5 * step(peak + spire * 0.7, peak + spire, x), tints[0])
    for k in range(4):
        place(scenes.box(peak - nave + 0.02 + k * nave / 4.4, 0.545, 0.014, 0.045), 0.95, mix(ink, sheet, 0.3))
    for rise in (0.36, 0.43):
        place(scenes.box(peak + 0.017, rise, 0.016, 0.034), 1.0, ink)
    side = size * 2
    sx, sy = grid(side)
    wob_x, wob_y = 0.004 * (noise(rng, side, 14, 3) - 0.5), 0.004 * (noise(rng, side, 14, 3) - 0.5)
    dark = blur(grow(scene.color[..., 0], side), 2)
    page = paper(rng, side, sheet, 0.7)
    stain = blur(grow(wash.color, side), side * 0.004)
    page = page * mix(np.ones_like(page), stain / sheet, 0.5 + 0.5 * noise(rng, side, 7, 4))
    weight = noise(rng, side, 60, 2)
    drawing = np.zeros((side, side), np.float32)
    for angle, level, pitch in ((0.8, 0.14, 0.0085), (2.3, 0.36, 0.0085), (0.12, 0.55, 0.0075), (1.5, 0.74, 0.007)):
        v = ((sy + wob_y) * np.cos(angle) - (sx + wob_x) * np.sin(angle)) / pitch
        # Each hatch line is drawn in pieces, with the pen lifted in between.
        u = ((sx + wob_x) * np.cos(angle) + (sy + wob_y) * np.sin(angle)) / 0.07
        lift = rng.random(4096)[np.round(v).astype(int) % 4096]
        gaps = step(0.5, 0.44, np.abs((u + lift * 7) % 1 - 0.5))
        swell = np.clip((dark - level) * 2.2, 0, 1)
        width = (0.1 + 0.13 * swell) * (0.8 + 0.5 * (weight - 0.5))
        stroke = step(0.05, -0.05, np.abs(v - np.round(v)) - width) * (dark > level + 0.1 * (lift - 0.5)) * gaps
        drawing = np.maximum(drawing, stroke)
    contour = step(0.55, 0.75, grow(lines, side) + 0.22 * (weight - 0.5))
    drawing = np.maximum(drawing, contour * (0.7 + 0.3 * weight))
    return to_bytes(shrink(mix(page, ink, drawing * 0.92), size))


STYLES = {"pen-village": pen_village}
