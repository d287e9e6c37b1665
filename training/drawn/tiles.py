"""Pictures put together from pieces: leaded glass, tesserae, cubist facets. Drawn at twice the size."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training.drawn import scenes
from training.drawn.paint import (
    Color,
    Map,
    Picture,
    Rng,
    blur,
    grid,
    grow,
    light,
    mix,
    noise,
    pick,
    ramp,
    rgb,
    shrink,
    step,
    to_bytes,
)
from training.drawn.scenes import SIDE, Scene
from training.drawn.strokes import Brush, Painting

Labels = NDArray[np.int32]


def voronoi(points: NDArray[np.float32], size: int) -> Labels:
    """The number of the nearest of ``points`` (N, 2; 0..1), 0 to N-1, for every pixel."""
    seeds = np.ones((size, size), np.uint8)
    index = np.clip((points * size).astype(int), 0, size - 1)
    seeds[index[:, 1], index[:, 0]] = 0
    _, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    owner = np.zeros(int(labels.max()) + 1, np.int32)
    owner[labels[index[:, 1], index[:, 0]]] = np.arange(len(points))
    return np.asarray(owner[labels], np.int32)


def compact(*labels: NDArray[np.integer]) -> tuple[Labels, int]:
    """One numbering 0 to N-1 for every combination of the given numberings, and N."""
    code = np.zeros(labels[0].shape, np.int64)
    for part in labels:
        code = code * (int(part.max()) + 1) + part
    _, numbers = np.unique(code, return_inverse=True)
    return numbers.reshape(code.shape).astype(np.int32), int(numbers.max()) + 1


def rim(labels: Labels) -> Map:
    """Distance of every pixel to the border of its piece, in fractions of the side."""
    inside = np.ones(labels.shape, np.uint8)
    inside[:, 1:] &= labels[:, 1:] == labels[:, :-1]
    inside[1:] &= labels[1:] == labels[:-1]
    return np.asarray((cv2.distanceTransform(inside, cv2.DIST_L2, 5) / labels.shape[0]), np.float32)


def mean_color(labels: Labels, count: int, color: Color) -> Color:
    """The mean of ``color`` over each piece, (count, 3)."""
    flat = labels.reshape(-1)
    area = np.maximum(np.bincount(flat, minlength=count), 1)
    sums = [np.bincount(flat, color[..., c].reshape(-1), count) for c in range(3)]
    return np.asarray((np.stack(sums, -1) / area[:, None]), np.float32)


def stained_glass(rng: Rng, size: int) -> Picture:
    """A window: a sun's rays over hills and a river, held by lead."""
    jewels = pick(
        rng,
        rgb("9b1d20", "e5a823", "1f4e9e", "2a7f62", "6b2d73", "f4e3a1", "3fa7d6"),
        rgb("7b1e3a", "f29e38", "14365d", "3b7a57", "b23a48", "fbe8b2", "4c9f9a"),
        rgb("b5342c", "f6c445", "243b7a", "0f7173", "8a4f9e", "fdf0c8", "76b4e0"),
    )
    side = size * 2
    x, y = grid(side)
    sun = (rng.uniform(0.3, 0.7), rng.uniform(0.28, 0.42))
    far, turn = np.hypot(x - sun[0], y - sun[1]), np.arctan2(y - sun[1], x - sun[0])
    rays = int(rng.integers(16, 25))
    sector = np.floor((turn / (2 * np.pi) + 0.5) * rays).astype(np.int64) % rays
    ring = np.digitize(far, [0.06, 0.11, 0.2, 0.32, 0.46, 0.62])
    # Alternate rings are turned half a sector, as panes are.
    shifted = np.floor(((turn / (2 * np.pi) + 0.5) * rays) + 0.5).astype(np.int64) % rays
    sector = np.where(ring % 2 == 0, sector, shifted)
    sector = np.where(ring == 0, 0, np.where(ring == 1, sector // 2, sector))
    region, panes = np.zeros((side, side), np.int64), ring * 64 + sector
    bands = np.zeros((side, side), np.int64)
    for i, base in enumerate((0.56, 0.68, 0.8)):
        line = grow(np.tile(scenes.skyline(rng, base, 0.1, 3)[None], (SIDE, 1)), side)
        region = np.where(y > line, i + 1, region)
        bands = np.where(y > line, np.floor((y - line) / 0.055).astype(np.int64), bands)
    cross = np.floor((x + 0.12 * (noise(rng, side, 4, 1) - 0.5) + bands * 0.037) * 11).astype(np.int64)
    panes = np.where(region == 0, panes, bands * 64 + cross)
    middle = sun[0] + 0.12 * np.sin((y - 0.5) * 9)
    river = (np.abs(x - middle) < 0.02 + 0.3 * (y - 0.56)) & (region > 0)
    region = np.where(river, 4, region)
    panes = np.where(river, np.floor((y + 0.03 * np.sin(x * 40)) * 22).astype(np.int64), panes)
    for _ in range(int(rng.integers(3, 6))):
        a, b, r = rng.uniform(0.08, 0.92), rng.uniform(0.78, 0.95), rng.uniform(0.05, 0.09)
        swing = np.arctan2(y - b, x - a)
        petal = np.hypot(x - a, y - b) < r * (0.7 + 0.3 * np.abs(np.cos(swing * 3)))
        heart = np.hypot(x - a, y - b) < r * 0.28
        leaf = np.where(heart, 0, 1 + np.floor((swing / (2 * np.pi) + 0.5) * 6).astype(np.int64))
        region, panes = np.where(petal, np.where(heart, 6, 5), region), np.where(petal, leaf, panes)
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    border = edge < 0.05
    region = np.where(border, 7, region)
    panes = np.where(
        border, np.floor(np.maximum(x, 1 - x) * 13).astype(np.int64) * 20 + np.floor(y * 13).astype(np.int64), panes
    )
    labels, count = compact(region, panes)
    facts = mean_color(labels, count, np.stack([region, panes, far], -1))
    own, pane, distance = facts[:, 0].round().astype(int), facts[:, 1].round().astype(int), facts[:, 2]
    # A pane's chances hang on its place in the design, not on its number: slivers come and go with the size.
    chance = rng.random((4096, 5))[(own * 613 + pane) % 4096]
    sky = ramp(distance / 0.75, jewels[[5, 1, 0, 4, 2]])
    sky = mix(sky, jewels[6][None], (chance[:, 0] < 0.35) * np.clip(distance * 1.6, 0, 0.8))
    meadows = [jewels[3], mix(jewels[3], jewels[1], 0.35), mix(jewels[3], jewels[2], 0.4)]
    tone = np.where((own == 0)[:, None], sky, np.stack([jewels[0], *meadows, *jewels[[6, 0, 1, 2]]])[own])
    tone = np.clip(tone * (0.72 + 0.5 * chance[:, 1:2]) + 0.1 * (chance[:, 2:] - 0.5), 0, 1)
    gap = rim(labels)
    swirl = noise(rng, side, 40, 3)
    streaks = noise(rng, side, (10, 60), 3)
    glow = 0.72 + 0.5 * step(0, 0.035, gap) + 0.35 * (swirl - 0.5) + 0.22 * (streaks - 0.5)
    glass = np.clip(tone[labels] * glow[..., None], 0, 1) ** np.float32(0.92)
    glass = light(glass, (swirl * 5 * side / 1024).astype(np.float32), 1.0, 0.5)
    lead = step(0.0048, 0.0036, gap)
    bead = light(
        np.full_like(glass, 0.13),
        (np.sqrt(np.clip(0.0046 - gap, 0, 1) / 0.0046) * side * 0.004).astype(np.float32),
        1.6,
        1.2,
    )
    return to_bytes(shrink(mix(glass, bead, lead), size))


def tesserae(
    rng: Rng, size: int, scene: Color, rows: Map, cells: Map, region: NDArray[np.integer], grout: Color
) -> Picture:
    """``scene`` in small stones: row and place in the row are the whole parts of ``rows`` and ``cells``."""
    row = np.floor(rows - rows.min()).astype(np.int64)
    place = np.floor(cells - cells.min() + rng.random(int(row.max()) + 1).astype(np.float32)[row]).astype(np.int64)
    labels, count = compact(region.astype(np.int64), row, place)
    side = size * 2
    tone = mean_color(labels, count, scene)
    tone = np.clip(tone * rng.normal(1, 0.13, (count, 1)) + rng.normal(0, 0.028, (count, 3)), 0, 1).astype(np.float32)
    gap = rim(labels)
    grain = noise(rng, side, 90, 2)
    stone = tone[labels] * (0.86 + 0.28 * grain[..., None])
    # Each stone is bedded at its own tilt and so catches the light differently.
    tilt = rng.normal(0, 1, (count, 2)).astype(np.float32)[labels]
    x, y = grid(side)
    relief = np.minimum(gap, 0.0042) * side * 0.75 + (tilt[..., 0] * x + tilt[..., 1] * y) * side * 0.1 + grain * 1.2
    stone = light(stone.astype(np.float32), relief.astype(np.float32), 1.3, 0.25)
    mortar = grout * (0.75 + 0.4 * noise(rng, side, 120, 2)[..., None])
    return to_bytes(shrink(mix(mortar.astype(np.float32), stone, step(0.0009, 0.0022, gap)), size))


def mosaic_wave(rng: Rng, size: int) -> Picture:
    """A breaking wave under a sun, laid in stones along its lines."""
    sea = pick(
        rng,
        rgb("0b3954", "087e8b", "3fb8af", "bfd7ea", "f7f3e3"),
        rgb("10264d", "1d5fa8", "4ea1d3", "a8dadc", "fbf5e6"),
        rgb("123c3a", "1f7a6d", "59b89c", "c6e2c9", "fdf6e0"),
    )
    warm = pick(
        rng, rgb("f9dc5c", "f4a259", "ee6c4d"), rgb("ffe8a3", "f7b267", "d1495b"), rgb("fff1bd", "f2cc60", "e07a5f")
    )
    side = size * 2
    x, y = grid(side)
    sun = (rng.uniform(0.6, 0.82), rng.uniform(0.17, 0.28))
    far, turn = np.hypot(x - sun[0], y - sun[1]), np.arctan2(y - sun[1], x - sun[0])
    stones = rng.uniform(46, 58)
    ring = np.floor(far * stones)
    rows, cells = far * stones, turn / (2 * np.pi) * np.maximum(np.round(ring * 6.1), 5)
    scene = ramp(
        (far * 1.5 - 0.1 + 0.12 * np.sin(far * 60)).astype(np.float32),
        np.stack([warm[0], warm[1], mix(warm[2], sea[4], 0.25), mix(sea[3], warm[2], 0.3), sea[3], sea[2]]),
    )
    scene = mix(scene, warm[0], step(0.105, 0.1, far))
    scene = mix(scene, warm[2], step(0.012, 0.006, np.abs(far - 0.115)))
    region = np.where(far < 0.1, 1, 0)
    phase = rng.uniform(-0.08, 0.08)
    for i, (base, rise, pitch) in enumerate(
        ((0.52, 0.05, 0.4), (0.6, 0.2, 0.95), (0.78, 0.07, 0.5), (0.9, 0.06, 0.36))
    ):
        # A trochoid leans forward into a breaking crest.
        lean = x + (0.7 if i == 1 else 0.25) * (base - y) + phase * (i + 1)
        crest = base - rise * (2 * np.abs(np.cos(np.pi * lean / pitch + i)) ** 3 - 0.6)
        under = y - crest
        inside = under > 0
        depth = np.clip(under / (0.32 if i == 1 else 0.2), 0, 1)
        band = 0.5 + 0.5 * np.sin(under * 75 + i)
        water = ramp(
            (1 - depth * 0.8 - 0.3 * band * (1 - depth)).astype(np.float32),
            sea[:4] if i % 2 else np.stack([sea[0], sea[1], sea[1], sea[2]]),
        )
        foam = step(0.03, 0.012, under) + step(0.62, 0.7, noise(rng, side, 14, 2)) * step(0.12, 0.03, under)
        water = mix(water, sea[4], np.clip(foam, 0, 1))
        scene = np.where(inside[..., None], water, scene).astype(np.float32)
        gy, gx = np.gradient(under)
        stretch = np.maximum(blur(np.hypot(gx, gy).astype(np.float32) * side, side / 60), 0.8)
        rows = np.where(inside, under / stretch * stones, rows)
        cells = np.where(inside, (x + 0.4 * under) * stones * 0.9, cells)
        region = np.where(inside, 2 + i, region)
    return tesserae(
        rng, size, scene, rows.astype(np.float32), cells.astype(np.float32), region, rgb("d8cfbd")[0] * 0.75
    )


def cubist_table(rng: Rng, size: int) -> Picture:
    """A guitar, a bottle and fruit on a table, seen from several sides at once."""
    earth = pick(
        rng,
        rgb("2b2118", "5a4632", "8c7051", "b89a6b", "dcc79b", "52606b", "8d9aa0"),
        rgb("1f2430", "39506b", "6f8aa0", "b56a45", "e0a872", "efe0c2", "7a3f35"),
        rgb("24332c", "3f5f4c", "7d9a76", "c7b577", "ead9ae", "a5573c", "4d4a5a"),
    )
    base = Scene(ramp(noise(rng, SIDE, 3, 3), earth[[2, 3, 4, 5]]))
    base.lay(scenes.shape(np.array([[-0.1, 0.66], [1.1, 0.58], [1.1, 1.1], [-0.1, 1.1]])), earth[2])
    base.lay(scenes.shape(np.array([[0.15, 0.6], [0.9, 0.63], [0.8, 0.95], [0.05, 0.9]])), earth[4])
    gx, gy = rng.uniform(0.42, 0.6), rng.uniform(0.52, 0.62)
    for r, dy, tone in ((0.19, 0.12, 3), (0.15, -0.09, 3)):
        base.lay(scenes.disc(gx, gy + dy, r), earth[tone])
    for r, tone in ((0.06, 0), (0.045, 1)):
        base.lay(scenes.disc(gx, gy, r), earth[tone])
    base.lay(scenes.box(gx - 0.025, gy - 0.02, 0.05, 0.5, 0.04), earth[0])
    for k in range(5):
        base.lay(scenes.box(gx - 0.018 + k * 0.008, gy + 0.2, 0.002, 0.7, 0.05), earth[4])
    bx = 0.2 if gx > 0.5 else 0.8
    base.lay(scenes.box(bx - 0.07, 0.82, 0.14, 0.38), earth[5])
    base.lay(scenes.box(bx - 0.025, 0.46, 0.05, 0.2), earth[5])
    base.lay(scenes.box(bx - 0.06, 0.72, 0.12, 0.14), earth[4])
    for _ in range(4):
        base.lay(
            scenes.disc(rng.uniform(0.15, 0.85), rng.uniform(0.76, 0.88), rng.uniform(0.04, 0.06)),
            earth[6] if rng.random() < 0.5 else earth[3],
        )
    x, y = grid(SIDE)
    sides = []
    for _ in range(15):
        turn, through = float(rng.choice([0.45, 1.1, 2.0, 2.7, 1.57]) + rng.normal(0, 0.12)), rng.normal(0.5, 0.22, 2)
        sides.append(((x - through[0]) * np.cos(turn) + (y - through[1]) * np.sin(turn) > 0).astype(np.int64))
    for _ in range(3):
        c, r = rng.uniform(0.1, 0.9, 2), rng.uniform(0.15, 0.35)
        sides.append((np.hypot(x - c[0], y - c[1]) < r).astype(np.int64))
    labels, count = compact(*sides)
    shift = rng.normal(0, 0.035, (count, 2)).astype(np.float32)[labels]
    swing = rng.normal(0, 0.12, count).astype(np.float32)[labels]
    mx = (x - 0.5) * np.cos(swing) - (y - 0.5) * np.sin(swing) + 0.5 + shift[..., 0]
    my = (x - 0.5) * np.sin(swing) + (y - 0.5) * np.cos(swing) + 0.5 + shift[..., 1]
    seen = cv2.remap(
        base.color,
        (mx * SIDE).astype(np.float32),
        (my * SIDE).astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    # Every facet runs from light to dark along its own direction (passage).
    turn_of = rng.uniform(0, 2 * np.pi, count).astype(np.float32)[labels]
    run = x * np.cos(turn_of) + y * np.sin(turn_of)
    low, high = np.full(count, 9.0, np.float32), np.full(count, -9.0, np.float32)
    np.minimum.at(low, labels.reshape(-1), run.reshape(-1))
    np.maximum.at(high, labels.reshape(-1), run.reshape(-1))
    t = (run - low[labels]) / np.maximum(high - low, 1e-3)[labels]
    shade = (0.62 + 0.72 * t).astype(np.float32)
    color = np.clip(seen * shade[..., None], 0, 1)
    color = mix(color, earth[rng.integers(0, len(earth), count)][labels], 0.22)
    scene = Scene(color, turn_of + 1.57)
    work = Painting(rng, size, scene.color)
    work.paint(scene, Brush(0.022, 0.05, 2.0, relief=0.7, vary=0.04, stop=0.07, streak=0.16))
    work.paint(scene, Brush(0.011, 0.028, 2.0, relief=0.9, vary=0.05, stop=0.05, streak=0.2))
    outline = step(0.0042, 0.002, grow(rim(labels), work.side)) * step(0.3, 0.55, noise(rng, work.side, 7, 2))
    work.color = mix(work.color, earth[0] * 0.6, outline * 0.85)
    return work.finished(0.8)


STYLES = {"stained-glass": stained_glass, "mosaic-wave": mosaic_wave, "cubist-table": cubist_table}
