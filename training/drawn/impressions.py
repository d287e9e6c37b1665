"""Broken colour: light in dabs and dots. Rain, autumn, a pond, a shore."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.drawn import scenes
from training.drawn.paint import Picture, Rng, grid, mix, noise, pick, ramp, rgb, step
from training.drawn.scenes import SIDE, Scene
from training.drawn.strokes import Brush, Painting, accents


def rainy_city(rng: Rng, size: int) -> Picture:
    """Street lamps and windows melting on wet asphalt."""
    dusk = pick(
        rng,
        rgb("14213d", "2a3a6a", "60507a", "e08e6d"),
        rgb("0f2027", "203a43", "4a6f78", "e0a458"),
        rgb("221e3f", "4b3b73", "a05c7b", "f2b880"),
    )
    lamps = rgb("ffd166", "ff9f45", "ff6b4a", "fff1c1")
    x, y = grid(SIDE)
    vanish = rng.uniform(0.42, 0.58)
    scene = Scene(scenes.sky(rng, dusk, 0.6, 0.35), 1.2 + noise(rng, SIDE, 3, 2))
    for depth in np.linspace(0.08, 1, 6).tolist():
        for side in (-1, 1):
            tall, wide = 0.14 + 0.7 * depth * rng.uniform(0.6, 1.0), 0.16 * depth + 0.03
            wall = mix(dusk[int(rng.integers(0, 3))], rgb("c77d58", "31425e", "7c5866")[rng.integers(3)], 0.45)
            wall = mix(wall, dusk[3], 0.5 * (1 - depth))
            left, foot = vanish + side * 0.62 * depth - (wide if side < 0 else 0), 0.6 + 0.06 * depth
            scene.lay(scenes.box(left, foot, wide, tall), wall, 1.57)
            for row in range(int(tall / 0.055)):
                for column in range(max(int(wide / 0.035), 1)):
                    if rng.random() < 0.4:
                        window = scenes.box(left + 0.01 + column * 0.035, foot - 0.03 - row * 0.055, 0.02, 0.032)
                        scene.lay(window, mix(lamps[int(rng.integers(4))], wall, 0.2), 1.57)
    scene.lay(step(0.16, 0.0, np.hypot(x - vanish, (y - 0.58) * 1.2)) * 0.9, mix(dusk[3], lamps[3], 0.6))
    ground = (y > 0.64).astype(np.float32)
    mirrored = scene.color[np.clip((0.64 - (y[:, 0] - 0.64) * 1.5) * SIDE, 0, SIDE - 1).astype(int)]
    wet = mix(mirrored, dusk[0], 0.3 + 0.4 * noise(rng, SIDE, (9, 7), 3))
    scene.lay(ground, mix(wet, dusk[1], 0.3 * step(0.5, 0.7, noise(rng, SIDE, (4, 24), 2))), 1.57)
    spots = []
    for depth in np.linspace(0.12, 1.1, 5).tolist():
        for side in (-1, 1):
            a, tall, foot = vanish + side * 0.34 * depth, 0.1 + 0.34 * depth, 0.63 + 0.1 * depth
            tone = lamps[int(rng.integers(3))]
            scene.lay(scenes.box(a - 0.004, foot, 0.006 + 0.005 * depth, tall), rgb("1a1a2e")[0], 1.57)
            halo = step(0.13 * depth + 0.03, 0, np.hypot(x - a, y - foot + tall))
            scene.lay(halo * 0.65, tone)
            streak = step(1, 0, np.abs(x - a + 0.012 * np.sin(y * 70)) / (0.012 + 0.03 * depth)) * ground
            scene.lay(streak * step(1.1, 0.6, y) * 0.9, tone)
            spots.append((a, foot - tall, 0.008 + 0.014 * depth, tone))
    for b in np.sort(rng.uniform(0.69, 0.88, int(rng.integers(3, 6)))).tolist():
        a, tall = vanish + rng.uniform(-0.3, 0.3), (b - 0.5) * 0.6
        tone = rgb("d1202f", "22305c", "f0bd3f", "2a7fa8")[rng.integers(4)]
        scene.lay(scenes.box(a - tall * 0.12, b + tall * 0.75, tall * 0.24, tall * 0.75) * 0.7, mix(tone, dusk[0], 0.5))
        scene.lay(scenes.crown(rng, a, b - tall * 0.4, tall * 0.32, tall * 0.85), rgb("12142a")[0], 1.57)
        dome = scenes.crown(rng, a, b - tall * 0.78, tall * 0.85, tall * 0.5)
        scene.lay(dome * (y < b - tall * 0.75), tone, np.arctan((x - a) / tall * 2))
    work = Painting(rng, size, scene.color)
    work.paint(scene, Brush(0.035, 0.1, 1.7, relief=0.8, stop=0.3))
    work.paint(scene, Brush(0.018, 0.045, 1.7, vary=0.09, stop=0.18, turn=0.25), accents(lamps, 0.05))
    work.paint(scene, Brush(0.009, 0.028, 2.0, vary=0.08, detail=0.9, turn=0.2, stop=0.12))
    for a, b, r, tone in spots:
        work.lay(
            scenes.rosette(rng, a, b, r, np.stack([rgb("fffbe6")[0], rgb("fff1c1")[0], tone])), Brush(r, r, relief=1.6)
        )
    return work.finished(1.1, 0.2)


def autumn_wood(rng: Rng, size: int) -> Picture:
    """A path between burning maples, the foliage built from dabs of the brush's tip."""
    leaves = pick(
        rng,
        rgb("6b1410", "b23a2e", "e7812f", "f6bd3c", "fbe08a"),
        rgb("4f2213", "a4471c", "d9822b", "efc050", "f7e3a1"),
        rgb("4a0d35", "9a031e", "e36414", "fb8b24", "ffd97d"),
    )
    air = pick(
        rng, rgb("b9d6ea", "f3ead0", "fbd9a0"), rgb("9fc1d9", "e3dcdc", "f8dfb0"), rgb("a7c7c9", "e6ecd8", "fbe9b8")
    )
    dark = rgb("2a1a2b", "35243a", "3f2a2c")
    x, y = grid(SIDE)
    glow = (rng.uniform(0.4, 0.6), 0.5)
    scene = Scene(scenes.sky(rng, air, 0.6, 0.25), 0.5 + noise(rng, SIDE, 4, 2))
    far = np.hypot(x - glow[0], (y - glow[1]) * 1.2)
    mass = noise(rng, SIDE, 5, 3) * 0.6 + far * 0.9
    scene.lay(
        step(0.34, 0.56, mass),
        ramp(1.05 - far * 1.3 + 0.35 * (noise(rng, SIDE, 9, 3) - 0.5), leaves[[0, 0, 1, 2, 3, 4]]),
        1.0,
    )
    line = scenes.skyline(rng, 0.62, 0.02, 3)
    shade = step(0.45, 0.6, noise(rng, SIDE, (4, 16), 3))
    floor = mix(ramp(1 - far * 1.1, leaves[[1, 2, 3, 4]]), dark[1], 0.55 * shade)
    scene.lay(scenes.below(line), floor, 0.1)
    bend = glow[0] + 0.1 * np.sin(5 * (y - 0.62)) * (1 + y)
    road = np.clip((0.012 + 0.4 * (y - 0.62) - np.abs(x - bend)) * 40, 0, 1) * scenes.below(line)
    scene.lay(road, mix(ramp(1 - far, rgb("6f5a7d", "b392ac", "f3d9b4", "fff3d6")), dark[0], 0.5 * shade), 0.05)
    for depth in np.sort(rng.uniform(0.02, 1, 15)).tolist():
        side = rng.choice([-1.0, 1.0])
        a = glow[0] + side * (0.06 + 0.45 * depth**1.2 * rng.uniform(0.7, 1.15))
        foot, wide = 0.63 + 0.32 * depth**1.4, 0.007 + 0.045 * depth
        bark = mix(dark[int(rng.integers(3))], air[1], 0.45 * (1 - depth))
        lean = rng.uniform(-0.06, 0.06)
        for offset, share, tone in ((-wide / 2, 1.0, bark), (-side * wide / 2, 0.3 * side, mix(bark, leaves[3], 0.55))):
            scene.lay(scenes.box(a + offset, foot, wide * share, 0.55 + 0.4 * depth, lean), tone, 1.57)
        for reach in (-1, 1):
            limb = scenes.box(a + lean * 0.5, foot - 0.3 - 0.1 * depth, wide * 0.4, 0.2, reach * rng.uniform(0.05, 0.2))
            scene.lay(limb, bark, 1.57 - reach * 0.6)
        for _ in range(3):
            big = (0.09 + 0.16 * depth) * rng.uniform(0.6, 1.1)
            blob = scenes.crown(
                rng, a + rng.normal(0, 0.1), foot - 0.42 - 0.3 * depth + rng.normal(0, 0.06), big * 1.3, big
            )
            tone = ramp(noise(rng, SIDE, 10, 2) + 0.15, leaves[int(rng.integers(0, 2)) :][:4])
            scene.lay(blob * step(0.35, 0.55, noise(rng, SIDE, 16, 2)), tone, 1.0)
    work = Painting(rng, size, scene.color)
    work.paint(scene, Brush(0.028, 0.06, 1.6, turn=0.4, relief=0.6, stop=0.2))
    work.paint(scene, Brush(0.014, 0.024, 1.8, turn=0.6, vary=0.08, stop=0.2), accents(leaves, 0.08))
    work.paint(
        scene, Brush(0.008, 0.016, 1.6, turn=0.7, vary=0.09, relief=1.3, detail=0.8, stop=0.2), accents(leaves[2:], 0.1)
    )
    flying = Brush(0.009, 0.014, 0.12, turn=1.5, vary=0.08, relief=1.6, stop=1)
    work.paint(scene, flying, accents(leaves[1:4], 1.0))
    return work.finished(1.0)


def lily_pond(rng: Rng, size: int) -> Picture:
    """Water lilies on a pond that holds sky and willows upside down."""
    deep, bloom = pick(
        rng,
        (rgb("1f3d4a", "2f6b6b", "5b8fa8", "a7b8d8", "d8c7dd"), rgb("fdf2f5", "f4b6c2", "e27d9c", "f8e08e")),
        (rgb("24324f", "4a5f94", "7d86bd", "b9a9cf", "f1cfc4"), rgb("fffaf0", "f7d6bf", "ef8f7a", "f6d365")),
        (rgb("17352c", "2f6146", "6b9a6a", "a9c79b", "e0e6c0"), rgb("ffffff", "f6d5e5", "d98cb3", "f7e27f")),
    )
    _, y = grid(SIDE)
    scene = Scene(ramp(0.15 + 0.8 * noise(rng, SIDE, (4, 3), 4), deep), scenes.sea_angle(rng))
    hang = step(0.45, 0.75, noise(rng, SIDE, (9, 2), 3)) * step(0.85, 0.1, y)
    scene.lay(hang * 0.85, mix(deep[0], rgb("3f5f2f")[0], 0.5), 1.57)
    scene.lay(step(0.62, 0.78, noise(rng, SIDE, (3, 9), 3)) * 0.8, deep[4], 0.0)
    flowers = []
    for b in np.sort(rng.uniform(0.12, 0.98, 9)).tolist():
        middle = rng.uniform(0.05, 0.95)
        for _ in range(int(rng.integers(4, 9))):
            c, a, wide = b + rng.normal(0, 0.03), middle + rng.normal(0, 0.1), (0.03 + 0.09 * b) * rng.uniform(0.7, 1.2)
            pad = scenes.crown(rng, a, c, wide, wide * 0.36)
            green = mix(rgb("5d8a4a", "86a860", "3f7a5f", "a9b86a")[rng.integers(4)], deep[3], 0.3 * (1 - b))
            scene.lay(scenes.crown(rng, a, c + wide * 0.06, wide * 1.05, wide * 0.4), deep[0], 0.0)
            scene.lay(pad, green, 0.1)
            if rng.random() < 0.3:
                flowers.append((a, c - wide * 0.08, wide * 0.2))
    work = Painting(rng, size, scene.color)
    work.paint(scene, Brush(0.03, 0.1, 1.8, vary=0.08, relief=0.7, stop=0.25), accents(deep, 0.15))
    work.paint(
        scene, Brush(0.015, 0.055, 1.9, vary=0.1, stop=0.16), accents(np.concatenate([deep[1:], bloom[1:2]]), 0.14)
    )
    work.paint(scene, Brush(0.009, 0.03, 1.6, vary=0.1, detail=0.7, stop=0.12), accents(deep[2:], 0.1))
    for a, b, r in flowers:
        work.lay(scenes.rosette(rng, a, b, r, bloom[[3, 0, 1, 2]]), Brush(r, r, relief=1.7))
    return work.finished(1.0)


def pointillist_shore(rng: Rng, size: int) -> Picture:
    """A bay at noon in dots of pure colour that mix in the eye."""
    x, y = grid(SIDE)
    air, sea, sand, wood = pick(
        rng,
        (
            rgb("7fb2e5", "bcd8f0", "fbe8c8"),
            rgb("2f6fb0", "4f9fc0", "a8d8d0"),
            rgb("f4d9a0", "f7e7c4", "e0a878"),
            rgb("2f5f3f", "6f9f4f", "b8c860"),
        ),
        (
            rgb("f0a078", "f8c890", "fbe8b8"),
            rgb("5060a8", "9080b8", "f0b0a0"),
            rgb("d89878", "f0c8a0", "b07088"),
            rgb("304070", "507868", "a0a058"),
        ),
        (
            rgb("60a8b8", "a8d8c8", "f8f0c0"),
            rgb("187080", "40a098", "b0e0c0"),
            rgb("f0d890", "f8ecc0", "d8a860"),
            rgb("285848", "609858", "d0d070"),
        ),
    )
    level = rng.uniform(0.4, 0.48)
    scene = Scene(scenes.sky(rng, air, level, 0.25))
    for _ in range(3):
        cloud = scenes.crown(
            rng, rng.uniform(0, 1), rng.uniform(0.08, 0.28), rng.uniform(0.2, 0.4), rng.uniform(0.06, 0.12)
        )
        scene.lay(cloud * 0.8, mix(air[2], rgb("ffffff")[0], 0.5))
    water = ramp(1.6 * (y - level) + 0.4 * (noise(rng, SIDE, (4, 20), 3) - 0.5), sea)
    scene.lay((y > level).astype(np.float32), water)
    land = scenes.skyline(rng, level - 0.01, 0.05, 4)
    scene.lay(scenes.below(land) * (y < level), mix(wood[1], air[0], 0.45))
    curve = 0.98 - 0.42 * np.clip(x if rng.random() < 0.5 else 1 - x, 0, 1) ** 1.4
    beach = step(-0.004, 0.004, y - curve)
    scene.lay(step(-0.02, -0.01, y - curve), rgb("fbf6e8")[0])
    scene.lay(beach, ramp(noise(rng, SIDE, (6, 12), 3), sand))
    for _ in range(4):
        a, b = rng.uniform(0.1, 0.9), level + rng.uniform(0.02, 0.2)
        big = 0.25 * (b - level) + 0.05
        sail = np.array([[a, b - big], [a, b], [a + big * 0.45, b]])
        scene.lay(scenes.shape(sail), rgb("fffaf0")[0])
        scene.lay(scenes.box(a - big * 0.3, b + big * 0.12, big * 0.75, big * 0.1), rgb("a03828")[0])
        scene.lay(scenes.box(a - big * 0.1, b + big * 0.8, big * 0.3, big * 0.6) * 0.45, rgb("fffaf0")[0])
    side = 1.0 if curve[0, -1] < curve[0, 0] else 0.0
    for _ in range(3):
        a, b = abs(side - rng.uniform(0.02, 0.3)), rng.uniform(0.3, 0.5)
        scene.lay(scenes.box(a - 0.012, 0.9, 0.024, 0.9 - b), rgb("4a3050")[0])
        for _ in range(5):
            leaf = scenes.crown(rng, a + rng.normal(0, 0.07), b + rng.normal(0, 0.06), 0.16, 0.12)
            scene.lay(leaf, ramp(noise(rng, SIDE, 12, 2) + 0.4 * (b - y), wood))
    for _ in range(int(rng.integers(3, 7))):
        a, b = rng.uniform(0.1, 0.9), rng.uniform(0.8, 0.95)
        tall = 0.24 * (b - 0.4)
        tone = rgb("c03848", "3858a0", "f0f0e8", "703868")[rng.integers(4)]
        scene.lay(scenes.crown(rng, a + tall * 0.5, b + 0.005, tall * 1.1, tall * 0.12), rgb("7868a0")[0])
        scene.lay(scenes.shape(np.array([[a, b - tall * 0.8], [a + tall * 0.28, b], [a - tall * 0.28, b]])), tone)
        scene.lay(scenes.disc(a, b - tall * 0.85, tall * 0.1), rgb("704030")[0])
        scene.lay(scenes.crown(rng, a, b - tall * 1.0, tall * 0.7, tall * 0.2), mix(tone, rgb("ffffff")[0], 0.6))
    pure = rgb("e05030", "f0c030", "3060c0", "50a050", "f09040", "8050a0", "60c0d0", "f8f0e0")
    dot = Brush(0.013, 0.0001, 1.1, spread=0.18, vary=0.1, streak=0.06, ragged=0.12, relief=0.5, stop=1)
    work = Painting(rng, size, mix(scene.color, rgb("f5ead6")[0], 0.35))
    work.paint(scene, dot, accents(pure, 0.25))
    work.paint(scene, replace(dot, width=0.0095, cover=1.3, relief=0.7), accents(pure, 0.3))
    work.paint(scene, replace(dot, width=0.0075, relief=0.7, detail=0.5), accents(pure, 0.14))
    return work.finished(0.7, 0.08)


STYLES = {
    "rainy-city": rainy_city,
    "autumn-wood": autumn_wood,
    "lily-pond": lily_pond,
    "pointillist-shore": pointillist_shore,
}
