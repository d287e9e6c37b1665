"""Without a subject: flung paint, fields of colour, a golden tree of spirals, floating circles."""

from __future__ import annotations

import cv2
import numpy as np

from training.drawn.paint import (
    Map,
    Picture,
    Rng,
    blur,
    grid,
    light,
    mix,
    noise,
    pick,
    ramp,
    rgb,
    shrink,
    step,
    to_bytes,
    weave,
)
from training.drawn.scenes import SIDE, Scene
from training.drawn.strokes import Brush, Painting, accents


def drip_dance(rng: Rng, size: int) -> Picture:
    """Skeins of enamel flung over raw canvas, layer upon layer."""
    ground, inks = pick(
        rng,
        (rgb("d9cdb4")[0], rgb("1b1a1d", "f3efe4", "8a8f93", "1b1a1d", "c99b3a", "2e5f74", "1b1a1d", "f3efe4")),
        (rgb("e6dccb")[0], rgb("23365e", "d1442f", "f6f1e5", "f0b73a", "17202e", "d1442f", "f6f1e5", "17202e")),
        (rgb("24313a")[0], rgb("e9e2d0", "d98f4e", "0f1418", "6fa3a5", "e9e2d0", "b5472f", "0f1418", "f2d28b")),
    )
    side = size * 2
    color = ground * (0.9 + 0.16 * weave(side)[..., None]) * (0.95 + 0.1 * noise(rng, side, 4, 3)[..., None])
    height = weave(side) * side / 1400
    for i, ink in enumerate(inks):
        mask = np.zeros((side, side), np.uint8)
        for _ in range(int(rng.integers(13, 19))):
            at, turn, pace, curl = rng.uniform(-0.1, 1.1, 2), rng.uniform(0, 6.3), 0.012, rng.normal(0, 0.12)
            load = rng.uniform(0.0012, 0.0042)
            for _ in range(int(rng.integers(60, 150))):
                curl = 0.9 * curl + rng.normal(0, 0.07)
                turn += curl
                pace = np.clip(pace * np.exp(rng.normal(0, 0.15)), 0.004, 0.024)
                after = at + pace * np.array([np.cos(turn), np.sin(turn)])
                # A slow hand leaves more paint; a pause leaves a pool.
                wide = load * np.sqrt(0.012 / pace) * (3.2 if rng.random() < 0.012 else 1)
                ends = [tuple(np.round(p * side * 8).astype(int).tolist()) for p in (at, after)]
                cv2.line(mask, ends[0], ends[1], (255,), max(round(2 * wide * side), 1), cv2.LINE_AA, 3)
                at = after
                if rng.random() < 0.16:
                    spot = (at + rng.normal(0, 0.03, 2)) * side
                    cv2.circle(
                        mask,
                        spot.astype(int).tolist(),
                        max(round(rng.exponential(0.0018) * side), 1),
                        (255,),
                        -1,
                        cv2.LINE_AA,
                    )
        paint = mask.astype(np.float32) / 255
        body = blur(paint, side * 0.0018)
        color = mix(color, ink * (0.95 + 0.1 * noise(rng, side, 30, 2)[..., None]), paint)
        height = height * (1 - 0.6 * paint) + body * paint * side * (0.0034 if i > 1 else 0.0022)
    return to_bytes(shrink(light(color, blur(height, 0.8), 0.9, 0.35), size))


def color_field(rng: Rng, size: int) -> Picture:
    """Two or three floating fields that breathe against their ground."""
    ground, fields = pick(
        rng,
        (rgb("7a1f1f")[0], rgb("e8632b", "f2a03d", "a32035")),
        (rgb("1e2a4a")[0], rgb("35507f", "12182f", "6f86ad")),
        (rgb("e0a32e")[0], rgb("f6d35b", "d8552b", "f3ead0")),
        (rgb("3b2a2f")[0], rgb("6d3b46", "2a4a4a", "c98d6a")),
        (rgb("b9c4b0")[0], rgb("4f7d78", "f1e4c8", "e08e79")),
    )
    fields = fields[rng.permutation(3)]
    x, y = grid(SIDE)
    scene = Scene(ground * (0.86 + 0.28 * noise(rng, SIDE, 4, 4)[..., None]), 0.3 * (noise(rng, SIDE, 4, 2) - 0.5))
    cuts = np.cumsum(rng.dirichlet(np.full(3, 5.0))) * 0.86
    top = 0.07
    for cut, tone in zip(cuts.tolist(), fields, strict=True):
        bottom = 0.07 + cut - 0.025
        rough = 0.035 * (noise(rng, SIDE, 12, 4) - 0.5)
        inset = np.minimum(np.minimum(x - 0.08, 0.92 - x), np.minimum(y - top, bottom - y)) + rough
        glow = ramp(noise(rng, SIDE, (3, 4), 4), np.stack([tone * 0.78, tone, mix(tone, np.ones(3), 0.16)]))
        scene.lay(step(-0.012, 0.022, inset) * 0.94, glow)
        top = bottom + 0.045
    work = Painting(rng, size, scene.color)
    thin = Brush(0.05, 0.28, 1.6, turn=0.12, vary=0.03, streak=0.1, ragged=0.9, relief=0.16, stop=0.14)
    work.paint(scene, thin)
    work.paint(
        scene,
        Brush(0.02, 0.14, 1.3, turn=0.25, vary=0.05, streak=0.12, ragged=0.95, relief=0.2, stop=0.12, dry=0.45),
        accents(fields, 0.1),
    )
    work.paint(
        scene, Brush(0.008, 0.09, 0.9, turn=0.3, vary=0.06, streak=0.1, ragged=0.9, relief=0.25, stop=0.1, dry=0.5)
    )
    work.height = work.height + weave(work.side) * work.side / 900
    return work.finished(1.0, 0.04)


def golden_tree(rng: Rng, size: int) -> Picture:
    """A tree whose branches curl into spirals, on leaf gold, over a meadow of patterned tiles."""
    gold, dark, gems = pick(
        rng,
        (
            rgb("6b4a12", "b98a2a", "e3bf5a", "f9e7a3"),
            rgb("2b1a10")[0],
            rgb("c43b2d", "2f6f73", "f2e8c9", "3c3a78", "d98f2b", "1d1d1f"),
        ),
        (
            rgb("4f3a1c", "a67c37", "d8b56a", "f6e6b8"),
            rgb("1d2233")[0],
            rgb("7a2e5c", "3f7f5f", "f4e9d0", "2b4b8c", "e0a030", "17171c"),
        ),
        (
            rgb("5f3612", "c07a2a", "eab05a", "fbe3a6"),
            rgb("33160f")[0],
            rgb("1f5f7a", "b8433a", "f7ecd2", "5a7d3a", "e8c14a", "1a1416"),
        ),
    )
    side = size * 2
    x, y = grid(side)
    leaf = noise(rng, side, 7, 5)
    tile = np.floor(x * 26).astype(int), np.floor(y * 26).astype(int)
    flake = rng.random((32, 32))[tile[1] % 32, tile[0] % 32]
    color = ramp(0.3 + 0.35 * leaf + 0.25 * (flake - 0.5) + 0.2 * (1 - np.hypot(x - 0.5, y - 0.4)), gold)
    height = (flake * 1.5 + noise(rng, side, 160, 2) * 2.2) * side / 1024
    sprinkle = noise(rng, side, 130, 1)
    color = mix(color, gold[3], step(0.86, 0.9, sprinkle) * 0.8)
    ground = 0.8 + 0.05 * np.sin(x * 5 + rng.uniform(0, 6))
    branch, rim = np.zeros((side, side), np.uint8), np.zeros((side, side), np.uint8)
    blobs: list[tuple[float, float]] = []

    def curve(points: Map, wide: Map) -> None:
        pixels = np.round(points * side * 8).astype(int).tolist()
        for p, q, w in zip(pixels[:-1], pixels[1:], wide.tolist(), strict=False):
            cv2.line(branch, p, q, (255,), max(round(w * side), 1), cv2.LINE_AA, 3)
            cv2.line(rim, p, q, (255,), max(round((w + 0.006) * side), 1), cv2.LINE_AA, 3)

    def spiral(a: float, b: float, turn: float, reach: float, wide: float, hand: float) -> None:
        """A stem that leaves at ``turn`` and winds itself up."""
        t = np.linspace(0, 1, 90)
        angle = turn + hand * (0.5 * t + 14.0 * t**2.6)
        pace = reach * (1 - t) ** 0.9 / 30
        points = np.stack([a + np.cumsum(pace * np.cos(angle)), b - np.cumsum(pace * np.sin(angle))], -1)
        curve(points, wide * (1 - 0.75 * t))
        blobs.extend((float(px), float(py)) for px, py in points[[24, 44]])
        if wide > 0.0062:
            for k in (12, 22, 34):
                spiral(
                    float(points[k, 0]),
                    float(points[k, 1]),
                    float(angle[k]) - hand * rng.uniform(0.5, 1.1),
                    reach * rng.uniform(0.5, 0.72),
                    wide * 0.6,
                    -hand,
                )

    foot = rng.uniform(0.42, 0.58)
    h = np.linspace(0, 1, 40)
    spine = np.stack([foot + 0.02 * np.sin(h * 5 + rng.uniform(0, 6)), 0.97 - 0.47 * h], -1)
    curve(spine, 0.075 * (1 - 0.55 * h) + 0.05 * (1 - h) ** 6)
    for turn, hand in ((2.75, 1), (2.2, -1), (1.75, 1), (1.35, -1), (0.95, 1), (0.4, -1)):
        start = spine[int(rng.integers(30, 39))]
        spiral(float(start[0]), float(start[1]), turn + rng.normal(0, 0.08), rng.uniform(0.5, 0.64), 0.021, -hand)
    wood, halo = branch.astype(np.float32) / 255, rim.astype(np.float32) / 255
    color = mix(color, gold[3], halo * 0.75)
    grain = np.sin((x * 9 + 0.6 * noise(rng, side, 5, 3)) * 60)
    color = mix(color, mix(dark, gold[1], 0.25 + 0.16 * grain), wood)
    height += blur(wood, side * 0.003) * wood * side * 0.006 + blur(halo, side * 0.002) * side * 0.002
    jewels = np.zeros((side, side, 3), np.uint8)
    for a, b in blobs:
        centre = [round(a * side), round(b * side)]
        ink = [(255 * g).astype(int).tolist() for g in gems[rng.permutation(len(gems))[:3]]]
        for k, tone in zip((1.0, 0.68, 0.36), ink, strict=True):
            cv2.ellipse(
                jewels,
                centre,
                (max(int(0.0095 * k * side), 1), max(int(0.0125 * k * side), 1)),
                0,
                0,
                360,
                tone,
                -1,
                cv2.LINE_AA,
            )
    there = step(0.05, 0.2, jewels.max(-1) / np.float32(255))
    color = mix(color, jewels.astype(np.float32) / 255, there)
    height += blur(there, side * 0.002) * side * 0.004
    meadow = step(-0.001, 0.001, y - ground)
    u, v = x * 17, (y - ground) * 20
    row, column = np.floor(v).astype(int), np.floor(u + 0.5 * (np.floor(v) % 2)).astype(int)
    kind = rng.integers(0, 4, (64, 64))[row % 64, column % 64]
    tone, other = (
        gems[rng.integers(0, 6, (64, 64))][row % 64, column % 64],
        gems[rng.integers(0, 6, (64, 64))][(row + 9) % 64, column % 64],
    )
    cu, cv = (u + 0.5 * (row % 2)) % 1 - 0.5, v % 1 - 0.5
    r = np.hypot(cu, cv)
    motifs = (
        step(0.36, 0.34, r) * step(0.18, 0.2, r),
        step(0.0, 0.04, cv + 0.4 - 1.3 * np.abs(cu)),
        step(-0.02, 0.02, np.sin(cu * 25)),
        step(0.3, 0.28, np.abs(cu) + np.abs(cv)),
    )
    motif = np.choose(kind, motifs)
    patch = mix(mix(tone, gold[2], 0.3), other, motif)
    joint = step(0.47, 0.44, np.maximum(np.abs(cu), np.abs(cv)))
    color = mix(color, mix(dark, patch, joint), meadow * (1 - wood))
    height = np.where(meadow > 0.5, height * 0.4 + (joint + 0.5 * motif) * side / 500, height)
    return to_bytes(shrink(light(color, blur(height, 1.0), 1.0, 0.5), size))


def floating_circles(rng: Rng, size: int) -> Picture:
    """Rings within rings, each painted loosely in its own square of a grid."""
    palette = pick(
        rng,
        rgb("e4572e", "f3a712", "29335c", "669bbc", "a8c686", "f0e2c8", "8d3b72", "2f7f79"),
        rgb("c1121f", "fdf0d5", "003049", "669bbc", "e9a23b", "5b7f5e", "d88c9a", "2d2a32"),
        rgb("264653", "2a9d8f", "e9c46a", "f4a261", "e76f51", "f6efe2", "7d5a8c", "9bb8d3"),
    )
    x, y = grid(SIDE)
    cells = int(rng.integers(3, 5))
    scene = Scene(np.ones((SIDE, SIDE, 3), np.float32))
    for row in range(cells):
        for k in range(cells):
            a, b = (k + 0.5) / cells, (row + 0.5) / cells
            inside = np.maximum(np.abs(x - a), np.abs(y - b)) < 0.5 / cells
            tones = palette[rng.permutation(len(palette))]
            wobble = 1 + 0.12 * (noise(rng, SIDE, 4, 2) - 0.5)
            shift = rng.normal(0, 0.035 / cells, 2)
            far = np.hypot(x - a - shift[0], y - b - shift[1]) * wobble * cells
            scene.lay(inside.astype(np.float32), tones[0], rng.choice([0.1, 1.5, 0.8]))
            for ring, (radius, tone) in enumerate(zip((0.47, 0.39, 0.29, 0.2, 0.1), tones[1:], strict=False)):
                around = np.arctan2(y - b, x - a) + 1.57
                scene.lay(step(0.005, -0.005, far - radius - 0.02 * np.sin(ring * 2.3 + k)) * inside, tone, around)
    work = Painting(rng, size, mix(scene.color, rgb("f5eddc")[0], 0.6))
    work.paint(scene, Brush(0.03, 0.09, 2.0, vary=0.05, streak=0.14, ragged=0.6, relief=0.35, stop=0.1))
    work.paint(
        scene,
        Brush(0.014, 0.05, 1.8, vary=0.07, streak=0.16, ragged=0.6, relief=0.45, stop=0.08),
        accents(palette, 0.04),
    )
    work.paint(scene, Brush(0.008, 0.03, 1.6, vary=0.06, streak=0.14, ragged=0.5, relief=0.5, stop=0.08, detail=0.9))
    work.height = work.height + weave(work.side, 170) * work.side / 1200
    return work.finished(0.9, 0.05)


STYLES = {
    "drip-dance": drip_dance,
    "color-field": color_field,
    "golden-tree": golden_tree,
    "floating-circles": floating_circles,
}
