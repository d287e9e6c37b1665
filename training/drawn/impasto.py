"""Thick paint in long strokes: a windy night, flat fearless colours, the palette knife, sunflowers."""

from __future__ import annotations

import numpy as np

from training.drawn import scenes
from training.drawn.paint import Picture, Rng, grid, mix, noise, pick, ramp, rgb, step
from training.drawn.scenes import SIDE, Scene, Strokes
from training.drawn.strokes import Brush, Painting, accents


def swirling_night(rng: Rng, size: int) -> Picture:
    """Cobalt wind circling golden stars over a sleeping village."""
    night = pick(
        rng,
        rgb("0b1c4d", "1c3f8f", "2f6cb3", "6fa8c9", "d9d9a0"),
        rgb("101a3f", "21358a", "3a5fc0", "5f9bd0", "b7d7c0"),
        rgb("0a2342", "14497a", "1f7a8c", "6db1a8", "e3d39a"),
    )
    gold = rgb("fff6c2", "f7d84a", "f2b134", "f49d37")
    stars = [(rng.uniform(0.05, 0.95), rng.uniform(0.04, 0.5), rng.uniform(0.02, 0.042)) for _ in range(10)]
    stars.append((rng.uniform(0.15, 0.85), rng.uniform(0.12, 0.22), 0.075))
    eye = (rng.uniform(0.25, 0.75), rng.uniform(0.28, 0.42), 0.13)
    x, y = grid(SIDE)
    wind = scenes.whirl(rng, [eye, *((a, b, r * 1.7) for a, b, r in stars)])
    scene = Scene(scenes.sky(rng, night, 0.75, 0.3), wind)
    scene.color = mix(scene.color, ramp(noise(rng, SIDE, (3, 5), 4), night), 0.45)
    for a, b, r in stars:
        far = np.hypot(x - a, y - b) / r
        scene.lay(step(2.6, 0.6, far) * 0.85, ramp(far / 2.6, rgb("fffbd6", "f7d84a", "d8c465", "7fb0b5")))
    for base, tone in zip((0.7, 0.77, 0.84), rgb("16305f", "1d4a6b", "17324a"), strict=True):
        line = scenes.skyline(rng, base, 0.07, 3)
        scene.lay(
            scenes.below(line), mix(tone, rgb("3f7f78")[0], 0.35 * noise(rng, SIDE, 8, 2)), scenes.direction(line)
        )
    for b in np.sort(rng.uniform(0.85, 1.0, 12)).tolist():
        a, wide = rng.uniform(0, 1), rng.uniform(0.045, 0.075)
        tall = wide * 0.8
        scene.lay(scenes.box(a, b, wide, tall), rgb("4a6287", "5d7696", "34507c")[rng.integers(3)], 1.57)
        roof = np.array([[a - 0.01, b - tall], [a + wide + 0.01, b - tall], [a + wide / 2, b - tall * 1.75]])
        scene.lay(scenes.shape(roof), rgb("9a4a35", "b0693f", "5b3a4f")[rng.integers(3)], 0.5)
        scene.lay(scenes.box(a + wide * 0.35, b - tall * 0.25, wide * 0.26, tall * 0.45), gold[1], 1.57)
    if rng.random() < 0.75:
        a, tall = rng.choice([0.12, 0.2, 0.82]), rng.uniform(0.55, 0.8)
        h = np.linspace(0, 1, 30)
        flame = 0.075 * np.sin(h * np.pi) ** 0.7 * (1 + 0.25 * np.sin(h * 23)) * (1.15 - h)
        spine, up = a + 0.02 * np.sin(h * 9), 1 - h * tall
        outline = [np.stack([spine - flame, up], -1), np.stack([spine + flame, up], -1)[::-1]]
        green = ramp(noise(rng, SIDE, (14, 4), 3), rgb("0b1a1c", "16302a", "3f6136"))
        scene.lay(scenes.shape(np.concatenate(outline)), green, 1.45 + 0.3 * np.sin(y * 28))
    work = Painting(rng, size, scene.color)
    broken = accents(np.concatenate([night[2:], gold[1:2]]), 0.16)
    work.paint(scene, Brush(0.03, 0.14, 1.6, relief=0.8))
    work.paint(scene, Brush(0.014, 0.085, 1.7, vary=0.09, relief=1.1), broken)
    work.paint(scene, Brush(0.008, 0.04, 2.0, vary=0.09, relief=1.3, detail=0.85, stop=0.12), accents(night, 0.08))
    for a, b, r in stars:
        work.lay(scenes.rosette(rng, a, b, r * 0.62, gold[:3]), Brush(r, r, relief=1.8))
    return work.finished(1.1)


def fauve_hills(rng: Rng, size: int) -> Picture:
    """A landscape in flat, fearless colours, every patch hatched by a loaded brush and ringed in blue."""
    air, land, ring = pick(
        rng,
        (rgb("f9a03f", "f7db4f", "fbe9b0"), rgb("a7226e", "2f9599", "ec2049", "f26b38", "355c7d"), rgb("27305e")),
        (rgb("17bebb", "8fe0d0", "fbe3c0"), rgb("8f2d56", "ffc914", "e4572e", "76b041", "d81159"), rgb("2a1e5c")),
        (rgb("ef7a85", "f7b5a0", "fdf0c4"), rgb("254441", "43aa8b", "ff6f59", "f4d35e", "3d5a80"), rgb("1c2f4f")),
        (rgb("3f72af", "7fb5d6", "f9f3d0"), rgb("7a4fa3", "f4743b", "2a9d5c", "f6c90e", "e63462"), rgb("16234f")),
    )
    land = land[rng.permutation(len(land))]
    scene = Scene(scenes.sky(rng, air, 0.5, 0.3), 0.35 + 0.5 * (noise(rng, SIDE, 3, 2) - 0.5))
    scene.lay(scenes.disc(rng.uniform(0.2, 0.8), rng.uniform(0.12, 0.25), 0.075), mix(land[3], rgb("fff6c9")[0], 0.35))
    outline = np.zeros((SIDE, SIDE), np.float32)
    for i, base in enumerate((0.4, 0.48, 0.6, 0.74, 0.9)):
        line = scenes.skyline(rng, base, 0.09, int(rng.integers(2, 5)))
        furrows = step(0.4, 0.6, noise(rng, SIDE, (4, 16), 2))
        tone = mix(land[i % 5], land[(i + 2) % 5], 0.5 * furrows)
        scene.lay(scenes.below(line), tone, scenes.direction(line) + rng.uniform(-0.35, 0.35))
        outline = np.maximum(outline * (1 - scenes.below(line)), scenes.edge(scenes.below(line)))
    for b in np.sort(rng.uniform(0.5, 0.86, int(rng.integers(5, 9)))).tolist():
        a, big = rng.uniform(0.04, 0.96), 0.05 + 0.34 * (b - 0.4)
        trunk, leaf = (
            scenes.box(a - big * 0.06, b + big * 0.95, big * 0.12, big),
            scenes.crown(rng, a, b, big, big * 1.2),
        )
        scene.lay(trunk, ring[0], 1.57)
        scene.lay(leaf, land[int(rng.integers(5))], rng.uniform(0.6, 2.4))
        scene.lay(scenes.crown(rng, a - big * 0.14, b - big * 0.16, big * 0.5, big * 0.6), mix(air[1], land[1], 0.3))
        outline = np.maximum(outline * (1 - leaf), scenes.edge(leaf))
    work = Painting(rng, size, mix(scene.color, rgb("f3e3c3")[0], 0.55))
    work.paint(scene, Brush(0.04, 0.12, 2.0, ragged=0.7, relief=0.6, vary=0.05, stop=0.12))
    work.paint(scene, Brush(0.02, 0.075, 1.3, ragged=0.6, vary=0.09, stop=0.1), accents(land, 0.07))
    work.paint(scene, Brush(0.012, 0.04, 1.8, vary=0.07, detail=0.95, stop=0.08))
    contour = Scene(np.broadcast_to(ring[0], (SIDE, SIDE, 3)), scenes.tangent(outline))
    work.paint(contour, Brush(0.011, 0.05, 1.5, vary=0.05, turn=0.08, where=outline > 0.3))
    return work.finished(0.9)


def knife_harbour(rng: Rng, size: int) -> Picture:
    """Boats and gables in slabs of paint, spread and lifted by the palette knife."""
    air, walls, water = pick(
        rng,
        (
            rgb("5d88b0", "a9c6d8", "f4dcb8"),
            rgb("c8553d", "e8b04a", "f3ead7", "588b8b", "2d3a55"),
            rgb("1f3b5c", "4f7f9f", "b9cfd4"),
        ),
        (
            rgb("e58e62", "f5c58b", "fbe8c0"),
            rgb("7d2e46", "d9853b", "f6e3c1", "37536b", "23253d"),
            rgb("2d2f5a", "74668f", "eeb68c"),
        ),
        (
            rgb("3d5a6c", "8fa8a6", "e0dac6"),
            rgb("9e2b25", "e0a84e", "ebe5d9", "4b6a5a", "1f2a36"),
            rgb("12303a", "3f6c70", "a7bcae"),
        ),
    )
    quay = rng.uniform(0.5, 0.56)
    scene = Scene(scenes.sky(rng, air, quay, 0.35), 0.15 + 1.2 * (noise(rng, SIDE, 3, 2) - 0.5))
    a = -0.02
    while a < 1:
        wide, tall = rng.uniform(0.06, 0.12), rng.uniform(0.12, 0.3)
        tone = walls[int(rng.integers(4))]
        scene.lay(scenes.box(a, quay, wide, tall), tone, 1.57)
        roof = np.array([[a, quay - tall], [a + wide, quay - tall], [a + wide / 2, quay - tall - wide * 0.7]])
        scene.lay(scenes.shape(roof), mix(walls[0], walls[4], rng.uniform(0, 0.7)), 0.8)
        for row in range(int(tall / 0.05)):
            for k in range(2):
                scene.lay(
                    scenes.box(a + wide * (0.2 + 0.4 * k), quay - 0.02 - row * 0.05, wide * 0.2, 0.026), walls[4], 1.57
                )
        a += wide
    _, y = grid(SIDE)
    mirror = scene.color[np.clip((quay - (y[:, 0] - quay) * 0.9) * SIDE, 0, SIDE - 1).astype(int)]
    ripple = step(0.42, 0.62, noise(rng, SIDE, (5, 34), 2))
    sea = mix(mix(ramp(1.3 * (1 - y), water), mirror, 0.5), water[2], 0.6 * ripple)
    scene.lay((y > quay).astype(np.float32), sea, scenes.sea_angle(rng))
    for b in np.sort(rng.uniform(quay + 0.06, 0.92, 5)).tolist():
        a, long = rng.uniform(0.08, 0.9), 0.08 + 0.3 * (b - quay)
        hull = np.array(
            [
                [a - long / 2, b],
                [a + long / 2, b - 0.01],
                [a + long * 0.34, b + long * 0.2],
                [a - long * 0.36, b + long * 0.2],
            ]
        )
        scene.lay(scenes.box(a - 0.004, b, 0.008, long * 1.5), walls[4], 1.57)
        sail = np.array([[a + 0.006, b - long * 1.4], [a + 0.006, b - long * 0.15], [a + long * 0.45, b - long * 0.15]])
        scene.lay(scenes.shape(sail), walls[2] if rng.random() < 0.6 else walls[1], 1.1)
        scene.lay(scenes.shape(hull), walls[int(rng.integers(2)) * 4 % 5] if rng.random() < 0.5 else walls[3], 0.05)
        scene.lay(
            scenes.box(a - long * 0.3, b + long * 0.5, long * 0.6, long * 0.28) * 0.55,
            mix(walls[2], water[0], 0.4),
            0.0,
        )
    slab = Brush(0.05, 0.085, 2.2, turn=0.3, vary=0.06, streak=0.1, ragged=0.22, relief=0.9, stop=0.18, spread=0.4)
    work = Painting(rng, size, scene.color)
    work.paint(scene, slab)
    work.paint(
        scene, Brush(0.026, 0.05, 1.8, turn=0.2, vary=0.07, streak=0.1, ragged=0.25, relief=1.1, stop=0.12, spread=0.4)
    )
    work.paint(
        scene, Brush(0.012, 0.035, 1.8, turn=0.12, vary=0.07, streak=0.1, ragged=0.25, relief=1.3, detail=0.9, stop=0.1)
    )
    return work.finished(1.4, 0.3)


def sunflower_field(rng: Rng, size: int) -> Picture:
    """Sunflowers to the horizon in ropes of yellow and ochre under a hot sky."""
    air = pick(
        rng, rgb("2f7fb8", "6fb6d9", "cfe6d8"), rgb("1d6f8a", "62b3a9", "f2e6b1"), rgb("5a5fa8", "a98fc4", "f7cfa0")
    )
    petal = pick(rng, rgb("ffd23f", "f7b801", "f18701", "ffe98a"), rgb("ffcf33", "f0a202", "d95d39", "fff0a0"))
    leaf = rgb("23402b", "3f6b35", "6f9440", "a8b84b")
    scene = Scene(scenes.sky(rng, air, 0.42, 0.35), scenes.whirl(rng, [(rng.uniform(0.2, 0.8), 0.16, 0.16)], 1.0))
    horizon = scenes.skyline(rng, 0.4, 0.035, 3)
    scene.lay(scenes.below(horizon), mix(air[1], leaf[1], 0.6), scenes.direction(horizon))
    field = scenes.skyline(rng, 0.45, 0.02, 2)
    green = ramp(noise(rng, SIDE, (9, 9), 3), leaf)
    scene.lay(scenes.below(field), green, 1.3 + 0.8 * (noise(rng, SIDE, 7, 2) - 0.5))
    _, y = grid(SIDE)
    gilt = step(0.4, 0.6, noise(rng, SIDE, (30, 60), 2)) * step(0.62, 0.46, y) * scenes.below(field)
    scene.lay(gilt, petal[1])
    work = Painting(rng, size, scene.color)
    work.paint(scene, Brush(0.026, 0.11, 1.8, relief=0.8, stop=0.2))
    work.paint(scene, Brush(0.013, 0.06, 1.8, vary=0.1, stop=0.2), accents(np.concatenate([leaf[2:], air[1:]]), 0.1))
    rows = []
    depth = 0.47
    while depth < 1.06:
        big = 0.012 + 0.16 * (depth - 0.45)
        across = np.arange(rng.uniform(-0.5, 0) * big, 1 + big, big * 2.3)
        rows += [(a + rng.normal(0, big * 0.35), depth + rng.normal(0, big * 0.3), big) for a in across.tolist()]
        depth += big * 1.25
    for a, b, big in rows:
        r = big * rng.uniform(0.8, 1.15)
        for ring, count, tones in ((1.0, 17, petal[[2, 1, 1]]), (0.72, 13, petal[[0, 1, 3]])):
            turn = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.normal(0, 0.12, count)
            at = np.stack([a + r * ring * 0.72 * np.cos(turn), b + r * ring * 0.62 * np.sin(turn)], -1)
            color = tones[rng.integers(0, 3, count)] * (1 + 0.12 * np.sin(turn + 3.6))[:, None]
            work.lay(Strokes.straight(at, turn, r * 0.62, r * 0.27, color), Brush(r, r, relief=1.4, ragged=0.4))
        work.lay(scenes.rosette(rng, a, b, r * 0.42, rgb("7a4a1e", "4f2d14", "2e1b10")), Brush(r, r, relief=1.5))
    return work.finished(1.1)


STYLES = {
    "swirling-night": swirling_night,
    "fauve-hills": fauve_hills,
    "knife-harbour": knife_harbour,
    "sunflower-field": sunflower_field,
}
