"""Ornament: gilt fans, painted folk flowers, a contour map."""

from __future__ import annotations

import numpy as np

from training.drawn.paint import (
    Color,
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
)
from training.drawn.scenes import Strokes
from training.drawn.strokes import Brush, Painting, scattered
from training.drawn.tiles import rim, voronoi


def deco_fans(rng: Rng, size: int) -> Picture:
    """Overlapping fans, gilt lines on lacquer."""
    lacquer, gold = pick(
        rng,
        (rgb("0d2b33", "14505c", "2f8f8b", "bfe0cf"), rgb("7a5417", "d3a44a", "fbe9a9")),
        (rgb("1a1230", "3d2463", "8a3f7d", "f0b7b2"), rgb("6b4a1c", "c9a052", "fdeebc")),
        (rgb("14160f", "26432e", "5c8a4f", "e8e2b0"), rgb("7a4a12", "d8963a", "ffe3a0")),
        (rgb("2a0d12", "6d1a26", "c24a38", "f6d2a8"), rgb("6e4d1a", "cfa64f", "fff0bf")),
    )
    side = size * 2
    x, y = grid(side)
    across = int(rng.integers(3, 6))
    wide = 1 / across
    rise = wide * 0.26
    far, turn = np.ones((side, side), np.float32), np.zeros((side, side), np.float32)
    own = np.zeros((side, side), int)
    for row in range(int(1 / rise) + 4):
        shift = 0.5 * (row % 2)
        cell = np.floor(x / wide + shift)
        cx, cy = (cell + 0.5 - shift) * wide, row * rise
        r = np.hypot(x - cx, y - cy) / (wide / 2)
        # Rows further down lie in front.
        inside = r < 1
        far, turn = np.where(inside, r, far), np.where(inside, np.arctan2(cy - y, x - cx), turn)
        own = np.where(inside, row * 64 + cell.astype(int) + 1, own)
    bands = np.array([0.0, 0.2, 0.36, 0.56, 0.72, 0.88, 1.0])
    band = np.clip(np.digitize(far, bands) - 1, 0, 5)
    shade = rng.permutation(np.array([0.15, 0.45, 0.9, 0.3, 0.6, 0.05]))[band]
    spread = 0.12 * (rng.random(8192)[own % 8192] - 0.5)
    color = ramp(shade + spread + 0.25 * (0.5 - y) + 0.12 * (noise(rng, side, 6, 4) - 0.5), lacquer)
    color = color * (0.75 + 0.4 * far[..., None])
    line = np.zeros((side, side), np.float32)
    for bound in bands[1:]:
        line = np.maximum(line, step(0.028, 0.016, np.abs(far - bound)))
    spokes = int(rng.choice([10, 12, 16]))
    fold = np.abs((turn / np.pi * spokes) % 1 - 0.5)
    line = np.maximum(line, step(0.42, 0.46, fold) * np.isin(band, rng.permutation(6)[:3]) * (far > 0.1))
    dot = np.hypot((turn / np.pi * spokes * 1.5) % 1 - 0.5, ((far - 0.64) * 6.5)) < 0.28
    line = np.maximum(line, dot * (band == 3))
    plume = np.sin(turn * spokes) * 0.5 + 0.5
    color = mix(color, lacquer[3], plume * step(0.56, 0.72, far) * step(0.74, 0.72, far) * 0.35)
    leaf = noise(rng, side, 50, 3)
    gilt = ramp(0.25 + 0.6 * leaf + 0.25 * noise(rng, side, 4, 2), gold)
    worn = step(0.9, 0.75, noise(rng, side, 90, 2))
    color = mix(color, gilt, line * worn)
    height = blur(line, side * 0.0012) * side * 0.004 + far * side * 0.012 + noise(rng, side, 120, 2) * side / 900
    return to_bytes(shrink(light(color, height, 1.0, 0.55), size))


def folk_flowers(rng: Rng, size: int) -> Picture:
    """A mirrored bouquet of single-stroke petals on a lacquered board."""
    board, petals, greens = pick(
        rng,
        (rgb("17181d")[0], rgb("d7263d", "f46036", "f7c548", "2e86ab", "f5e6e8"), rgb("3f7d3f", "7fae4a", "c9d46b")),
        (rgb("12324a")[0], rgb("f26b5e", "fbb13c", "fef3d6", "73c2be", "d95d8c"), rgb("2f8068", "74b381", "d4df8a")),
        (rgb("f4ead2")[0], rgb("b3202c", "1f4e8c", "e0952f", "4a8f7a", "7a2f5f"), rgb("2f5f3a", "5f8f3f", "a3b25a")),
        (rgb("6d1524")[0], rgb("f7d08a", "f3722c", "fff3d9", "4fb3a5", "f094a1"), rgb("4f9a5f", "a0c66a", "e3e6a0")),
    )
    grainy = noise(rng, size * 2, (40, 6), 3)
    work = Painting(rng, size, board * (0.88 + 0.24 * grainy[..., None]))
    single = Brush(0.02, 0.05, taper=0.85, ragged=0.25, streak=0.2, relief=1.1)

    def lay(at: Map, turn: Map, long: Map | float, wide: Map | float, color: Color) -> None:
        """The strokes and their mirror images."""
        n = len(at)
        flipped = np.stack([1 - at[:, 0], at[:, 1]], -1)
        both = [np.concatenate([np.broadcast_to(np.asarray(a, np.float32), (n,))] * 2) for a in (long, wide)]
        tones = np.broadcast_to(color, (n, 3))
        strokes = Strokes.straight(
            np.concatenate([at, flipped]),
            np.concatenate([turn, np.pi - turn]),
            both[0],
            both[1],
            np.concatenate([tones, tones]),
        )
        work.lay(strokes, single)

    def flower(a: float, b: float, r: float) -> None:
        tones = petals[rng.permutation(len(petals))]
        for ring, count, tone, long in (
            (0.66, 15, tones[0], 0.62),
            (0.62, 15, mix(tones[0], tones[2], 0.55), 0.36),
            (0.34, 10, tones[1], 0.44),
            (0.3, 10, mix(tones[1], np.ones(3), 0.5), 0.2),
        ):
            turn = np.linspace(0, 2 * np.pi, count, endpoint=False) + 0.2
            at = np.stack([a + r * ring * np.cos(turn), b + r * ring * np.sin(turn)], -1)
            lay(at, turn, r * long, r * (0.34 if long > 0.4 else 0.15), tone * (1 + 0.1 * np.sin(turn + 4))[:, None])
        turn = rng.uniform(0, 2 * np.pi, 9)
        lay(np.stack([a + r * 0.1 * np.cos(turn), b + r * 0.1 * np.sin(turn)], -1), turn, r * 0.02, r * 0.1, tones[2])

    def stem(points: Map) -> None:
        n = len(points) - 1
        middle, delta = (points[1:] + points[:-1]) / 2, np.diff(points, axis=0)
        turn = np.arctan2(delta[:, 1], delta[:, 0])
        lay(middle, turn, np.hypot(delta[:, 0], delta[:, 1]) * 1.5, 0.008, greens[0])
        for k in range(1, n, 2):
            for side in (-1, 1):
                out = turn[k] + side * 0.75
                at = middle[k] + 0.03 * np.array([np.cos(out), np.sin(out)])
                lay(at[None], np.array([out]), 0.055, 0.022, greens[int(rng.integers(2))])
                lay(at[None], np.array([out + 0.1 * side]), 0.034, 0.007, greens[2])

    heads = [(0.5, 0.36, 0.17)]
    for b, a, r in zip(
        (0.17, 0.44, 0.7, 0.88), rng.uniform(0.12, 0.3, 4).tolist(), rng.uniform(0.08, 0.13, 4).tolist(), strict=True
    ):
        heads.append((a, b + rng.normal(0, 0.015), r))
    for a, b, _ in heads:
        t = np.linspace(0, 1, 12)
        bulge = rng.uniform(-0.1, 0.1) if a < 0.45 else 0.0
        stem(np.stack([0.5 + (a - 0.5) * t**0.7 + bulge * np.sin(np.pi * t), 0.98 + (b - 0.98) * t], -1))
    taken = np.array(heads)
    for a, b in rng.uniform(0.03, 0.5, (40, 2)) * np.array([1, 1.94]):
        gap = (np.hypot(taken[:, 0] - a, taken[:, 1] - b) - taken[:, 2]).min()
        if gap > 0.045:
            r = min(gap * 0.6, 0.035)
            turn = np.linspace(0, 2 * np.pi, 6, endpoint=False)
            at = np.stack([a + r * 0.55 * np.cos(turn), b + r * 0.55 * np.sin(turn)], -1)
            lay(at, turn, r * 0.5, r * 0.42, petals[int(rng.integers(5))])
            lay(np.array([[a, b]]), np.zeros(1), r * 0.1, r * 0.4, petals[2])
            taken = np.concatenate([taken, [[a, b, r]]])
    for a, b, r in heads:
        flower(a, b, r)
    edge = np.linspace(0.02, 0.5, 17)
    for b in (0.018, 0.982):
        lay(np.stack([edge, np.full(17, b)], -1), np.zeros(17), 0.006, 0.012, petals[2])
    lay(np.stack([np.full(33, 0.018), np.linspace(0.02, 0.98, 33)], -1), np.zeros(33), 0.006, 0.012, petals[2])
    return work.finished(0.9, 0.25)


def contour_map(rng: Rng, size: int) -> Picture:
    """An island's relief: tinted steps, contour lines, shaded hills and soundings in the sea."""
    sea, land, ink = pick(
        rng,
        (rgb("2f6f8f", "7fb6c4", "cfe6df"), rgb("7fa36b", "c9c98a", "e8d3a0", "c9935f", "f6f0e6"), rgb("3a2a20")[0]),
        (rgb("1c2b4a", "3d5f8a", "9fb8cf"), rgb("d9b48f", "c98a6b", "a65a52", "6f3a4f", "f3e3d3"), rgb("1a1428")[0]),
        (rgb("c9d8cf", "dfe8dc", "f3f0e2"), rgb("f0dca8", "e8b37a", "d9785a", "a5485a", "5a2f4f"), rgb("4a2f3a")[0]),
    )
    side = size * 2
    x, y = grid(side)
    hill = noise(rng, side, 4, 6, 0.47)
    hill = hill * 1.25 - 0.42 * np.hypot(x - rng.uniform(0.35, 0.65), y - rng.uniform(0.35, 0.65)) - 0.22
    hill = blur(hill, side / 300)
    water = hill < 0
    steps = 26
    level = np.floor(hill * steps * 2)
    depth = np.clip(-level / steps / 0.9, 0, 1)
    color = np.where(water[..., None], ramp(1 - depth, sea), ramp(np.clip(level / steps / 1.15, 0, 1), land))
    color = (
        color
        * (0.94 + 0.12 * noise(rng, side, (160, 60), 2)[..., None])
        * (0.93 + 0.14 * noise(rng, side, 4, 4)[..., None])
    )
    terraces = np.where(water, level * 0.4, level) / steps
    color = light(color, blur(terraces * side * 0.05 + np.where(water, 0, hill) * side * 0.14, side / 900), 1.0, 0.0)
    slope = np.hypot(*np.gradient(hill)) * side
    gap = np.abs(hill * steps * 2 - np.round(hill * steps * 2)) / np.maximum(slope * steps * 2, 1e-3)
    heavy = np.round(hill * steps * 2) % 5 == 0
    thick = np.where(heavy, 0.0019, 0.0009)
    line = step(0.0006, -0.0004, gap - thick) * np.where(water, 0.45, 0.85)
    color = mix(color, np.where(water[..., None], sea[0] * 0.75, ink), line)
    shore = np.abs(hill) / np.maximum(slope, 1e-3)
    color = mix(color, ink, step(0.0032, 0.002, shore))
    tick = np.abs((shore * 190) % 1 - 0.5)
    color = mix(color, sea[0] * 0.8, step(0.3, 0.4, tick) * step(0.03, 0.004, shore) * water * 0.6)
    ticks = np.minimum(np.abs((x * 6) % 1 - 0.5), np.abs((y * 6) % 1 - 0.5))
    color = mix(color, ink, step(0.006, 0.003, ticks) * 0.35)
    forest = (noise(rng, side, 6, 3) > 0.56) & (hill > 0.03) & (hill < 0.26)
    tree = rim(voronoi(scattered(rng, 5200), side))
    color = mix(color, mix(ink, land[0], 0.45), step(0.0034, 0.0046, tree) * forest * 0.8)
    return to_bytes(shrink(color, size))


STYLES = {
    "deco-fans": deco_fans,
    "folk-flowers": folk_flowers,
    "contour-map": contour_map,
}
