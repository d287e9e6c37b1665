"""Dry sticks on toothed paper: chalk pastel and charcoal."""

from __future__ import annotations

from dataclasses import replace

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
    ramp,
    rgb,
    shrink,
    step,
    to_bytes,
)
from training.drawn.scenes import SIDE, Scene, Strokes
from training.drawn.strokes import Brush, Painting, accents


def pastel_pears(rng: Rng, size: int) -> Picture:
    """Fruit and a jug on a cloth, hatched in soft chalk over dark paper."""
    sheet, wall, cloth, fruit = pick(
        rng,
        (
            rgb("2e2a3a"),
            rgb("4a4e7c", "6f78a8", "98a4c8"),
            rgb("d8c6d0", "b08fb5", "f4ead8"),
            rgb("e3c34a", "c8742f", "f2e79a", "7f8f3a"),
        ),
        (
            rgb("23302f"),
            rgb("2f5d5c", "4f8a80", "86b8a2"),
            rgb("f0d9b8", "d79a6b", "fbf0d8"),
            rgb("d8503f", "8f2438", "f5a36b", "e8b04a"),
        ),
        (
            rgb("3a2a26"),
            rgb("8a4f3d", "b9785a", "dfae86"),
            rgb("a8c4d4", "6d8fb0", "e8f0f0"),
            rgb("9fae4a", "5f7a3a", "dfe08a", "d98a4a"),
        ),
    )
    x, y = grid(SIDE)
    scene = Scene(ramp(0.2 + 0.7 * noise(rng, SIDE, 3, 3) + 0.2 * x, wall), 0.8)
    table = scenes.skyline(rng, 0.6, 0.02, 2)
    fold = np.sin(x * 13 + 4 * noise(rng, SIDE, 3, 2)) * (y - 0.5)
    scene.lay(scenes.below(table), ramp(0.55 + 0.9 * fold, cloth[[1, 0, 2]]), 0.6 + 1.2 * fold)
    jx = rng.choice([0.27, 0.72])
    h = np.linspace(0, 1, 40)
    half = 0.062 + 0.075 * np.sin(np.clip(h * 1.25, 0, 1) * np.pi) ** 1.2 + 0.02 * step(0.9, 1.0, h)
    up = 0.72 - 0.46 * h
    body = scenes.shape(np.concatenate([np.stack([jx - half, up], -1), np.stack([jx + half, up], -1)[::-1]]))
    handle = scenes.disc(jx + 0.13, 0.42, 0.09) * (1 - scenes.disc(jx + 0.125, 0.42, 0.062)) * (1 - body)
    glaze = mix(wall[2], rgb("f4f0e4")[0], 0.55)
    shadow = step(0.26, 0.0, np.hypot(x - jx - 0.16, (y - 0.735) * 4))
    scene.lay(shadow * 0.6, mix(cloth[1], sheet[0], 0.5))
    scene.lay(handle, mix(glaze, sheet[0], 0.35), 1.2)
    turn = (x - jx) / 0.14
    tone = ramp(0.72 - 0.75 * turn**2 - 0.28 * turn, np.stack([sheet[0], wall[0], glaze, rgb("fffaf0")[0]]))
    scene.lay(body, tone, 1.57 - 0.5 * turn)
    scene.lay(scenes.crown(rng, jx, 0.262, 0.12, 0.03), sheet[0], 0.0)
    spread = np.linspace(0.1, 0.9, 6) + rng.normal(0, 0.03, 6)
    for a, b in sorted(zip(spread.tolist(), rng.uniform(0.68, 0.86, 6).tolist(), strict=True), key=lambda p: p[1]):
        r = rng.uniform(0.06, 0.085) * (0.7 + 0.5 * b)
        pear, tip = rng.random() < 0.6, rng.uniform(-0.35, 0.35)
        mask = scenes.disc(a, b, r)
        if pear:
            for k in np.linspace(0, 1, 6).tolist():
                mask = np.maximum(mask, scenes.disc(a + tip * r * k, b - r * 1.45 * k, r * (1 - 0.55 * k**0.8)))
        first, second = fruit[rng.permutation(2)]
        scene.lay(
            step(1.3, 0.2, np.hypot((x - a - r * 0.7) / r / 1.2, (y - b - r * 0.85) / r * 2.4)) * 0.75,
            mix(cloth[1], sheet[0], 0.65),
            0.1,
        )
        lit = (
            np.clip(0.75 - np.hypot(x - a + r * 0.4, (y - b + r * 0.45) * (0.75 if pear else 1)) / r / 1.9, 0, 1) * 1.35
        )
        scene.lay(
            mask,
            ramp(lit, np.stack([mix(second, sheet[0], 0.5), second, first, fruit[2]])),
            np.arctan2(y - b, x - a) + 1.57,
        )
        scene.lay(step(1, 0.6, np.hypot((x - a + r * 0.36), (y - b + r * 0.36)) / r / 0.2), rgb("fffbe8")[0])
        stalk = b - r * (2.1 if pear else 0.95)
        scene.lay(scenes.box(a + tip * r - 0.003, stalk + 0.02, 0.007, 0.045, tip * 0.03), rgb("3a2418")[0], 1.57)
    work = Painting(rng, size, paper(rng, size, sheet[0]))
    chalk = Brush(0.012, 0.07, 2.2, ragged=0.5, relief=0.06, streak=0.16, vary=0.05, stop=0.16, dry=0.4)
    work.paint(scene, replace(chalk, width=0.024, cover=2.4, dry=0.3))
    work.paint(scene, chalk, accents(np.concatenate([wall, cloth, fruit]), 0.07))
    work.paint(
        scene, replace(chalk, width=0.006, length=0.05, turn=0.1, vary=0.09, dry=0.46, cover=2.2), accents(fruit, 0.08)
    )
    work.paint(scene, replace(chalk, width=0.006, length=0.025, detail=0.95, cover=2.4, dry=0.34, stop=0.1))
    return work.finished(0.8, 0.0)


def limbs(
    rng: Rng, root: tuple[float, float], turn: float, long: float, wide: float
) -> list[tuple[float, float, float, float, float]]:
    """A bare tree from its ``root``: (x, y, angle, length, width) of every piece of every branch."""
    parts, (a, b) = [], root
    for _ in range(3):
        parts.append((a + long / 6 * np.cos(turn), b - long / 6 * np.sin(turn), -turn, long / 2.4, wide))
        a, b = a + long / 3 * np.cos(turn), b - long / 3 * np.sin(turn)
        turn += rng.normal(0, 0.12)
        wide *= 0.9
    if wide > 0.0014:
        for side in (-1, 1):
            fork, share = turn + side * rng.uniform(0.2, 0.6), rng.uniform(0.65, 0.85)
            parts += limbs(rng, (a, b), fork, long * share, wide * 0.68)
    return parts


def charcoal_trees(rng: Rng, size: int) -> Picture:
    """Bare trees by a misty river, rubbed, hatched and lifted with the eraser."""
    sheet, coal, chalk = pick(
        rng,
        (rgb("e8e2d6")[0], rgb("1d1b1c")[0], rgb("fbf8f0")[0]),
        (rgb("cdbfa8")[0], rgb("241d1a")[0], rgb("f7efdf")[0]),
        (rgb("b9c0c4")[0], rgb("1a1f26")[0], rgb("f6f8f8")[0]),
    )
    x, y = grid(SIDE)
    level = rng.uniform(0.6, 0.68)
    cloud = noise(rng, SIDE, (3, 5), 4)
    tone = 0.12 + 0.4 * step(0.45, 0.8, cloud) * step(0.7, 0.1, y)
    moon = np.hypot(x - rng.uniform(0.25, 0.75), y - rng.uniform(0.16, 0.3))
    tone = tone * step(0.03, 0.3, moon)
    scene = Scene(np.repeat(tone[..., None], 3, -1), 2.3 + 0.8 * (noise(rng, SIDE, 3, 2) - 0.5))
    for i in range(3):
        line = scenes.skyline(rng, level - 0.06 + 0.02 * i, 0.04, 5)
        scene.lay(scenes.below(line), np.full(3, 0.26 + 0.13 * i), 2.2)
    river = scenes.below(np.full(SIDE, level))
    shine = step(0.25, 0.0, np.abs(x - 0.5 + 0.25 * np.sin(y * 9)) / (0.2 + 1.2 * (y - level))) * (
        0.4 + 0.6 * noise(rng, SIDE, (3, 30), 2)
    )
    scene.lay(river, np.repeat((0.5 - 0.5 * shine)[..., None], 3, -1), 0.05)
    work = Painting(rng, size, paper(rng, size, sheet))

    def rubbed(_: Rng, color: Map) -> Map:
        return mix(sheet[None], coal[None], np.clip(color[:, 0], 0, 1))

    stick = Brush(0.03, 0.12, 2.0, ragged=0.8, streak=0.1, vary=0.02, relief=0, stop=0.5, dry=0.3)
    work.paint(scene, stick, rubbed)
    work.color = blur(work.color, work.side * 0.006)
    dark = 0.9 * grow(scene.color[..., 0], work.side)
    for width, dry in ((0.012, 0.44), (0.006, 0.5)):
        before = work.color.copy()
        work.paint(
            scene,
            replace(stick, width=width, length=width * 9, dry=dry, cover=1.4),
            lambda _, c: np.repeat(coal[None], len(c), 0),
        )
        work.color = mix(before, work.color, np.clip(dark, 0, 1))
    fog = step(0.12, 0.0, np.abs(grid(work.side)[1] - level)) * noise(rng, work.side, (3, 8), 3)
    work.color = mix(work.color, sheet, fog * 0.7)
    limb = Brush(0.01, 0.1, ragged=0.4, streak=0.3, relief=0, dry=0.16)
    for near in np.sort(rng.uniform(0, 1, int(rng.integers(5, 8)))).tolist():
        a, foot = rng.uniform(0.04, 0.96), level + 0.04 + 0.24 * near
        rows = np.array(
            limbs(rng, (a, foot), 1.57 + rng.normal(0, 0.08), 0.13 + 0.12 * near, 0.013 + 0.027 * near), np.float32
        )
        color = mix(np.repeat(coal[None], len(rows), 0), sheet[None], 0.4 * (1 - near))
        work.lay(Strokes.straight(rows[:, :2], rows[:, 2], rows[:, 3], rows[:, 4], color), limb)
        n = 40
        grass = np.stack([a + rng.normal(0, 0.05 + 0.05 * near, n), foot + rng.normal(0, 0.008, n)], -1)
        work.lay(
            Strokes.straight(
                grass, rng.normal(-1.57, 0.5, n), rng.uniform(0.02, 0.05, n), 0.004, np.repeat(coal[None], n, 0)
            ),
            limb,
        )
    lifted = Brush(0.007, 0.05, 0.12, ragged=0.9, streak=0.05, relief=0, dry=0.55, vary=0.02, stop=1)
    work.paint(
        scene, replace(lifted, where=(scene.color[..., 0] < 0.3)), lambda _, c: np.repeat(chalk[None], len(c), 0)
    )
    return to_bytes(shrink(work.color, size))


STYLES = {"pastel-pears": pastel_pears, "charcoal-trees": charcoal_trees}
