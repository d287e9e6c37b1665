"""Thick paint: brush and palette knife over composed scenes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from autostyle.training.drawn import scenes
from autostyle.training.drawn.paint import Color, Rng, grid, mix, noise, pick, ramp, rgb, step
from autostyle.training.drawn.scenes import SIDE, Scene
from autostyle.training.drawn.strokes import Brush, Painting, Strokes, Tint

Picture = NDArray[np.uint8]


def accents(palette: Color, share: float) -> Tint:
    """Broken colour: a ``share`` of the strokes leans half way to a colour of ``palette``."""

    def tint(rng: Rng, color: Color) -> Color:
        other = palette[rng.integers(0, len(palette), len(color))]
        chosen = (rng.random(len(color)) < share).astype(np.float32)
        return mix(color, other, chosen * rng.uniform(0.35, 0.75, len(color)).astype(np.float32))

    return tint


def swirling_night(rng: Rng, size: int) -> Picture:
    """Cobalt wind circling golden stars over a sleeping village."""
    night = pick(
        rng,
        rgb("0b1c4d", "1c3f8f", "2f6cb3", "6fa8c9", "d9d9a0"),
        rgb("101a3f", "21358a", "3a5fc0", "5f9bd0", "b7d7c0"),
        rgb("0a2342", "14497a", "1f7a8c", "6db1a8", "e3d39a"),
    )
    gold = rgb("f7d84a", "f2b134", "fff3b0", "f49d37")
    stars = [
        (float(x), float(y), float(r))
        for x, y, r in zip(
            rng.uniform(0.05, 0.95, 9), rng.uniform(0.04, 0.5, 9), rng.uniform(0.025, 0.06, 9), strict=True
        )
    ]
    moon = (float(rng.uniform(0.15, 0.85)), float(rng.uniform(0.12, 0.22)), 0.085)
    eyes = [(float(rng.uniform(0.25, 0.75)), float(rng.uniform(0.25, 0.42)), 0.13)]
    x, y = grid(SIDE)
    scene = Scene(
        scenes.sky(rng, night, 0.75, 0.3), scenes.whirl(rng, eyes + [(a, b, r * 1.7) for a, b, r in stars + [moon]])
    )
    wind = noise(rng, SIDE, (3, 5), 4)
    scene.color = mix(scene.color, ramp(wind, night), 0.45)
    for a, b, r in [*stars, moon]:
        far = np.hypot(x - a, y - b) / r
        scene.lay(
            step(2.4, 0.6, far) * 0.85,
            ramp((far / 2.4).astype(np.float32), rgb("fffbd6", "f7d84a", "d8c465", "7fb0b5")),
        )
    hills = rgb("16305f", "1d4a6b", "17324a")
    for i, base in enumerate((0.72, 0.79, 0.86)):
        line = scenes.skyline(rng, base, 0.07, 3)
        scene.lay(scenes.below(line), mix(hills[i], rgb("3f7f78")[0], 0.3 * noise(rng, SIDE, 8, 2)), scenes.slope(line))
    for _ in range(int(rng.integers(9, 14))):
        a, w, h = float(rng.uniform(0, 1)), float(rng.uniform(0.03, 0.06)), float(rng.uniform(0.03, 0.05))
        b = float(rng.uniform(0.86, 0.97))
        scene.lay(scenes.box(a, b, w, h), rgb("31466b", "45597a", "25365a")[rng.integers(3)], 1.5)
        roof = np.array([[a - 0.008, b - h], [a + w + 0.008, b - h], [a + w / 2, b - h * 1.8]])
        scene.lay(scenes.polygon(SIDE, roof), rgb("7a3b2e", "8f5a3c", "2b2f4a")[rng.integers(3)], 0.6)
        scene.lay(scenes.box(a + w * 0.4, b - h * 0.3, w * 0.22, h * 0.35), gold[1])
    if rng.random() < 0.75:
        a, tall = float(rng.choice([0.12, 0.2, 0.82])), float(rng.uniform(0.55, 0.8))
        h = np.linspace(0, 1, 30)
        flame = 0.07 * np.sin(h * np.pi) ** 0.7 * (1 + 0.25 * np.sin(h * 23)) * (1.15 - h)
        side = a + 0.02 * np.sin(h * 9)
        points = np.concatenate(
            [np.stack([side - flame, 1 - h * tall], -1), np.stack([side + flame, 1 - h * tall], -1)[::-1]]
        )
        scene.lay(
            scenes.polygon(SIDE, points),
            mix(rgb("0d1f1c")[0], rgb("3b5a32")[0], noise(rng, SIDE, (14, 4), 3)),
            1.45 + 0.3 * np.sin(y * 28),
        )
    work = Painting(rng, size, rgb("1a2a55")[0])
    work.paint(scene, Brush(0.03, 0.14, 1.6, relief=0.8))
    work.paint(
        scene, Brush(0.014, 0.085, 1.7, vary=0.09, relief=1.1), accents(np.concatenate([night[2:], gold[:1]]), 0.16)
    )
    work.paint(scene, Brush(0.008, 0.045, 1.6, vary=0.1, relief=1.3, detail=0.8), accents(night, 0.12))
    return work.finished(1.1)


def fauve_hills(rng: Rng, size: int) -> Picture:
    """A landscape in flat, fearless colours, every patch hatched by a loaded brush."""
    colors = pick(
        rng,
        rgb("f26b38", "f7db4f", "2f9599", "a7226e", "ec2049", "355c7d", "f9a03f"),
        rgb("e4572e", "17bebb", "ffc914", "2e282a", "76b041", "d81159", "8f2d56"),
        rgb("ff6f59", "254441", "43aa8b", "b2b09b", "ef3054", "f4d35e", "3d5a80"),
    )
    order = rng.permutation(len(colors))
    patch = colors[order]
    scene = Scene(
        scenes.sky(rng, np.stack([patch[0], mix(patch[1], np.ones(3, np.float32), 0.25), patch[1]]), 0.5, 0.4),
        scenes.whirl(rng, [(0.3, 0.2, 0.15), (0.75, 0.25, 0.12)], 1.0),
    )
    sun = (float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.12, 0.25)))
    scene.lay(scenes.disc(*sun, 0.075), mix(patch[2], rgb("fff6c9")[0], 0.5))
    for i, base in enumerate((0.42, 0.5, 0.62, 0.74, 0.9)):
        line = scenes.skyline(rng, base, 0.1, int(rng.integers(2, 5)))
        tone = patch[(i + 2) % len(patch)]
        stripes = step(0.35, 0.65, noise(rng, SIDE, (4, 14), 2))
        scene.lay(
            scenes.below(line),
            mix(tone, patch[(i + 4) % len(patch)], 0.55 * stripes),
            scenes.slope(line) + float(rng.uniform(-0.5, 0.5)),
        )
    for _ in range(int(rng.integers(6, 11))):
        a, b = float(rng.uniform(0.02, 0.98)), float(rng.uniform(0.5, 0.9))
        big = 0.06 + 0.16 * (b - 0.4)
        scene.lay(scenes.box(a - big * 0.07, b + big * 0.9, big * 0.14, big * 1.1), rgb("3a1f3d")[0], 1.5)
        tone = patch[int(rng.integers(len(patch)))]
        scene.lay(scenes.crown(rng, a, b, big, big * 1.15), tone, float(rng.uniform(0, 3)))
        scene.lay(
            scenes.crown(rng, a - big * 0.12, b - big * 0.15, big * 0.5, big * 0.6), mix(tone, rgb("fff2b0")[0], 0.45)
        )
    work = Painting(rng, size, rgb("f3e3c3")[0])
    work.paint(scene, Brush(0.045, 0.13, 1.5, ragged=0.75, relief=0.6, vary=0.05))
    work.paint(scene, Brush(0.022, 0.08, 1.1, ragged=0.6, vary=0.1, stop=0.1), accents(colors, 0.1))
    work.paint(scene, Brush(0.012, 0.05, 0.9, vary=0.08, detail=0.9, stop=0.1))
    return work.finished(0.9)


def rainy_city(rng: Rng, size: int) -> Picture:
    """Street lamps and windows melting on wet asphalt, put down with the flat of the knife."""
    dusk = pick(
        rng,
        rgb("14213d", "2a3a6a", "60507a", "e08e6d"),
        rgb("0f2027", "203a43", "4a6f78", "e0a458"),
        rgb("221e3f", "4b3b73", "a05c7b", "f2b880"),
    )
    lamps = rgb("ffd166", "ff9f45", "ff6b4a", "fff1c1", "f94f6d", "59d2c5")
    scene = Scene(scenes.sky(rng, dusk, 0.55, 0.25), np.float32(1.2))
    vanish = float(rng.uniform(0.42, 0.58))
    _, y = grid(SIDE)
    for side in (-1, 1):
        for depth in np.linspace(0.08, 1, 6):
            x = vanish + side * 0.62 * depth
            tall, wide = 0.14 + 0.75 * depth * float(rng.uniform(0.7, 1.0)), 0.16 * depth + 0.03
            wall = mix(dusk[int(rng.integers(0, 3))], rgb("c77d58", "31425e", "7c5866")[rng.integers(3)], 0.45)
            left = x - (wide if side < 0 else 0)
            scene.lay(scenes.box(left, 0.62 + 0.06 * depth, wide, tall), mix(wall, dusk[3], 0.45 * (1 - depth)), 1.57)
            for row in range(int(tall / 0.055)):
                for column in range(max(int(wide / 0.035), 1)):
                    if rng.random() < 0.42:
                        scene.lay(
                            scenes.box(left + 0.01 + column * 0.035, 0.58 + 0.06 * depth - row * 0.055, 0.018, 0.03),
                            mix(lamps[int(rng.integers(4))], wall, 0.2),
                            1.57,
                        )
    scene.lay(step(0.1, 0.0, np.hypot(grid(SIDE)[0] - vanish, (y - 0.6) * 1.4)), mix(dusk[3], lamps[3], 0.6))
    mirrored = scene.color[::-1]
    start = int(0.64 * SIDE)
    ground = np.zeros_like(y)
    ground[start:] = 1
    stretch = np.clip((0.64 - (y[:, 0] - 0.64) * 1.5) * SIDE, 0, SIDE - 1).astype(int)
    scene.lay(
        ground,
        mix(scene.color[stretch], dusk[0], 0.35 + 0.25 * noise(rng, SIDE, (14, 5), 3)),
        1.57 + 0.25 * (noise(rng, SIDE, 6, 2) - 0.5),
    )
    del mirrored
    spots = []
    for depth in np.linspace(0.15, 1, 7):
        for side in (-1, 1):
            x, tall = vanish + side * 0.36 * depth, 0.1 + 0.38 * depth
            tone = lamps[int(rng.integers(3))]
            foot = 0.62 + 0.1 * depth
            scene.lay(scenes.box(x - 0.004, foot, 0.006 + 0.004 * depth, tall), rgb("1a1a2e")[0], 1.57)
            spots.append((x, foot - tall, 0.012 + 0.02 * depth, tone))
            scene.lay(step(1, 0, np.abs(grid(SIDE)[0] - x) / (0.02 + 0.03 * depth)) * ground * 0.75, tone)
    for _ in range(int(rng.integers(3, 7))):
        x, b = vanish + float(rng.uniform(-0.28, 0.28)), float(rng.uniform(0.68, 0.86))
        tall = (b - 0.52) * 0.55
        tone = pick(rng, rgb("c1121f"), rgb("161a2d"), rgb("e0b13c"), rgb("2a6f97"))[0]
        scene.lay(scenes.crown(rng, x, b - tall * 0.4, tall * 0.3, tall * 0.75), rgb("15172b")[0], 1.57)
        dome = scenes.crown(rng, x, b - tall * 0.85, tall * 0.75, tall * 0.42)
        dome[int((b - tall * 0.8) * SIDE) :] = 0
        scene.lay(dome, tone, 0.2)
        scene.lay(
            scenes.box(x - tall * 0.1, b + tall * 0.7, tall * 0.2, tall * 0.7) * 0.6, mix(tone, dusk[0], 0.4), 1.57
        )
    work = Painting(rng, size, dusk[0])
    work.paint(scene, Brush(0.035, 0.11, 1.7, relief=0.8, stop=0.3))
    work.paint(scene, Brush(0.018, 0.05, 1.6, vary=0.09, stop=0.2, turn=0.25), accents(lamps, 0.06))
    work.paint(scene, Brush(0.009, 0.03, 1.6, vary=0.1, detail=0.85, turn=0.3), accents(lamps, 0.06))
    for x, b, r, tone in spots:
        turn = rng.uniform(0, 6.3, 22).astype(np.float32)
        far = (rng.uniform(0.2, 1.6, 22) * r).astype(np.float32)
        at = np.stack([x + far * np.cos(turn), b + far * np.sin(turn)], -1)
        glow = mix(np.tile(rgb("fffbe6"), (22, 1)), np.tile(tone, (22, 1)), np.clip(far / r / 1.2, 0, 1))
        work.lay(
            Strokes.straight(at[::-1], (turn + 1.57)[::-1], np.float32(r * 0.9), np.float32(r * 0.45), glow[::-1]),
            Brush(r, r, relief=1.6),
        )
    return work.finished(1.1, 0.2)


def autumn_wood(rng: Rng, size: int) -> Picture:
    """A path between burning maples, foliage built from dabs of the brush's tip."""
    leaves = pick(
        rng,
        rgb("8c1c13", "bf4342", "e7812f", "f6bd3c", "fbe08a", "7a8b3a"),
        rgb("6a2c18", "a4471c", "d9822b", "efc050", "f7e3a1", "566b3c"),
        rgb("5f0f40", "9a031e", "e36414", "fb8b24", "ffd97d", "3d6b52"),
    )
    air = pick(rng, rgb("cfe3ee", "f5e6c4", "f8c98c"), rgb("b7cfe0", "e7d7d2", "f6d6a0"))
    scene = Scene(scenes.sky(rng, air, 0.6, 0.2), np.float32(0.4))
    x, y = grid(SIDE)
    haze = noise(rng, SIDE, 6, 4)
    scene.lay(
        step(0.25, 0.6, (haze + 0.35 * y).astype(np.float32)) * 0.8, ramp(noise(rng, SIDE, 8, 4), leaves[1:5]), 1.0
    )
    line = scenes.skyline(rng, 0.66, 0.03, 3)
    floor = ramp(noise(rng, SIDE, (5, 18), 4), leaves[[0, 1, 2, 3, 2]])
    scene.lay(scenes.below(line), mix(floor, rgb("3c2f2f")[0], 0.2 + 0.3 * noise(rng, SIDE, 4, 2)), 0.1)
    middle = float(rng.uniform(0.4, 0.6))
    bend = middle + 0.12 * np.sin(3 * (y - 0.65)) + 0.08 * np.sin(9 * (y - 0.65))
    road = np.clip((0.02 + 0.42 * (y - 0.64) - np.abs(x - bend)) * SIDE * 0.4, 0, 1) * scenes.below(line)
    scene.lay(
        road.astype(np.float32), ramp(noise(rng, SIDE, (6, 20), 3), rgb("7c5c63", "c79a7b", "f3d9a4", "9a86a4")), 0.05
    )
    for depth in np.sort(rng.uniform(0.05, 1, 16)):
        side = float(rng.choice([-1, 1]))
        a = middle + side * (0.07 + 0.45 * float(depth) ** 1.1 * float(rng.uniform(0.7, 1.1)))
        foot, wide = 0.66 + 0.3 * float(depth) ** 1.4, 0.008 + 0.035 * float(depth)
        bark = mix(rgb("2d1e2f", "4a3030", "59463f")[rng.integers(3)], air[1], 0.5 * (1 - float(depth)))
        scene.lay(
            scenes.box(a - wide / 2, foot, wide, 0.5 + 0.4 * float(depth), float(rng.uniform(-0.05, 0.05))), bark, 1.57
        )
        scene.lay(
            scenes.box(a + wide * 0.15, foot, wide * 0.3, 0.5 + 0.4 * float(depth)), mix(bark, leaves[3], 0.5), 1.57
        )
        for _ in range(4):
            cx, cy = a + float(rng.normal(0, 0.09)), foot - 0.32 - 0.3 * float(depth) + float(rng.normal(0, 0.1))
            big = (0.1 + 0.2 * float(depth)) * float(rng.uniform(0.6, 1.1))
            blob = scenes.crown(rng, cx, cy, big * 1.2, big) * step(0.3, 0.55, noise(rng, SIDE, 14, 2))
            scene.lay(blob, ramp(noise(rng, SIDE, 10, 3), leaves[int(rng.integers(0, 3)) :]), 1.0)
    work = Painting(rng, size, leaves[2])
    work.paint(scene, Brush(0.03, 0.07, 1.6, turn=0.4, relief=0.6, stop=0.3))
    work.paint(scene, Brush(0.016, 0.026, 1.8, turn=0.9, vary=0.1, stop=0.3), accents(leaves, 0.14))
    work.paint(
        scene,
        Brush(0.009, 0.016, 1.3, turn=1.2, vary=0.12, relief=1.3, detail=0.7, stop=0.3),
        accents(leaves[2:5], 0.25),
    )
    return work.finished(1.0)


STYLES = {f.__name__.replace("_", "-"): f for f in (swirling_night, fauve_hills, rainy_city, autumn_wood)}
