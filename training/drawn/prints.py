"""Cut in wood or lino and printed by hand. Drawn at twice the size, inked on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from training.drawn import scenes
from training.drawn.paint import (
    Color,
    Map,
    Picture,
    Rng,
    blur,
    grid,
    mix,
    noise,
    paper,
    pick,
    polygon,
    ramp,
    rgb,
    shrink,
    step,
    to_bytes,
)
from training.drawn.scenes import SIDE, Scene
from training.drawn.strokes import Brush, Painting


def inked(rng: Rng, page: Color, ink: Color, mask: Map, wear: float = 0.25) -> Color:
    """``page`` with ``ink`` (3,) printed through ``mask``: uneven pressure, specks left bare."""
    side = page.shape[0]
    pressure = noise(rng, side, 5, 3)
    specks = noise(rng, side, 200, 1)
    bare = step(0.74, 0.92, specks + 0.25 * (pressure - 0.5)) * wear * 2
    return mix(page, ink * (0.92 + 0.16 * pressure[..., None]), mask * np.clip(1 - bare, 0, 1))


def woodcut_wave(rng: Rng, size: int) -> Picture:
    """Great waves cut in rolling lines, indigo over cream, a mountain and a sun far off."""
    cream, pale, mid, dark, sunny = pick(
        rng,
        rgb("f2e6c9", "a9c4c9", "4f7ea3", "1b2f55", "d1603d"),
        rgb("f4ead5", "b9c9b5", "4d8a87", "123440", "e09f3e"),
        rgb("efe2c6", "c3b9cf", "6c6aa5", "25204f", "c8553d"),
    )
    side = size * 2
    x, y = grid(side)
    haze = noise(rng, side, (2, 7), 3)
    page = inked(rng, paper(rng, side, cream), pale, step(0.45, 0.0, y + 0.3 * (haze - 0.5)) * 0.9)
    far = np.hypot(x - rng.uniform(0.2, 0.8), y - rng.uniform(0.16, 0.26))
    page = inked(rng, page, sunny, step(0.082, 0.08, far))
    wobble = (noise(rng, side, 30, 2) - 0.5) * 0.006
    streaks = step(0.2, 0.5, np.sin((y + wobble * 2 + 0.02 * np.sin(x * 6)) * 210)) * step(0.42, 0.6, haze)
    page = inked(rng, page, mid, streaks * step(0.3, 0.05, y) * step(0.09, 0.1, far))
    peak = rng.uniform(0.3, 0.7)
    slope = 0.36 + 0.62 * np.abs(x - peak) ** 0.85
    page = inked(rng, page, mid, step(0.0, 0.003, y - slope))
    snow = slope + 0.07 + 0.03 * np.abs(np.sin((x - peak) * 55)) + 0.02 * np.sin(x * 90)
    page = mix(page, cream, step(0.004, 0.008, y - slope) * step(0.003, 0.0, y - snow))
    heading = rng.choice([-1.0, 1.0])
    great = 1
    shapes = ((0.6, 0.05, 0.3, 0.5), (0.7, 0.27, 1.15, 1.1), (0.78, 0.1, 0.6, 0.7), (0.92, 0.09, 0.45, 0.5))
    for i, (base, rise, pitch, lean) in enumerate(shapes):
        shift = rng.uniform(0.1, 0.3) if i == great else rng.uniform(0, 1)
        u = heading * x + lean * (base - y) * 0.55 + shift
        crest = base - rise * (2 * np.abs(np.cos(np.pi * u / pitch)) ** 2.2 - 0.75)
        claws = 0.012 * np.abs(np.sin(u * 95 + 3 * np.sin(u * 31))) * (1.6 if i == great else 0.8)
        under = blur(y - crest, side / 400) + wobble
        top = under + claws
        page = mix(page, cream, step(0.0, 0.002, top))
        page = inked(rng, page, mid if i % 2 else pale, step(0.024, 0.027, under + 0.4 * claws))
        flow = under * (58 if i == great else 78) + 1.1 * noise(rng, side, 5, 2) + 0.5 * np.sin(u * 18)
        deep = np.clip(under / (0.34 if i == great else 0.2), 0, 1)
        cut = np.sin(flow * 2 * np.pi * 0.62)
        page = inked(rng, page, dark, step(-0.12, 0.12, cut - 0.75 + 1.35 * deep) * step(0.03, 0.034, under))
        outline = step(0.0042, 0.0028, np.abs(top)) + step(0.003, 0.0018, np.abs(under + 0.4 * claws - 0.026))
        page = inked(rng, page, dark, np.clip(outline, 0, 1) * step(-0.02, 0.0, top + 0.015), 0.1)
        foam = step(0.79, 0.81, noise(rng, side, 70, 1)) * step(-0.1, -0.004, top) * step(-0.13, -0.05, top)
        page = mix(page, cream, foam * (0.9 if i in (1, 2) else 0.0))
    grain = np.sin(y * 190 + 27 * noise(rng, side, (3, 8), 3))
    return to_bytes(shrink(page * (1 + 0.022 * grain)[..., None], size))


def linocut_birches(rng: Rng, size: int) -> Picture:
    """Birches before a low sun: one black block of gouge marks over a rainbow roll of colour."""
    roll = pick(
        rng,
        rgb("1f6f78", "6fb3a2", "f4d58d", "ee8434", "c73e1d"),
        rgb("3b3561", "9a5f8f", "f2a65a", "f7d488", "7a9e7e"),
        rgb("20538f", "75a7c9", "f0e0b0", "e3b23c", "a23b2a"),
    )
    side = size * 2
    _, y = grid(side)
    cream, black = rgb("f5ecd7", "17161a")
    page = mix(paper(rng, side, cream), ramp(y + 0.05 * (noise(rng, side, 3, 2) - 0.5), roll), 0.93)
    sx, sy = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.5)
    gx, gy = grid(SIDE)
    ground = scenes.skyline(rng, 0.76, 0.04, 3)
    rays = np.arctan2(gy - sy, gx - sx)
    scene = Scene(np.ones((SIDE, SIDE, 3), np.float32), rays)
    scene.lay(scenes.below(ground), np.zeros(3), scenes.direction(ground) + 0.25)
    block = Painting(rng, size, np.ones(3, np.float32))
    cut = Brush(0.0085, 0.06, 1.0, taper=1.0, ragged=0.15, stop=1, streak=0, vary=0, relief=0, turn=0.05)
    near = np.hypot(gx - sx, gy - sy)

    def away(_: Rng, color: Color) -> Color:
        return np.zeros_like(color)

    for reach, cover in ((0.75, 0.9), (0.42, 0.9), (0.22, 1.6)):
        block.paint(scene, replace(cut, where=near < reach, cover=cover), away)
    block.paint(scene, replace(cut, where=scenes.below(ground) > 0.5), away)
    key = block.color[..., 0]
    bx, by = grid(side)
    key = key * step(0.075, 0.08, np.hypot(bx - sx, by - sy))
    page = mix(page, cream, step(0.08, 0.075, np.hypot(bx - sx, by - sy)) * 0.6)
    for depth in np.sort(rng.uniform(0.1, 1, int(rng.integers(7, 11)))).tolist():
        a, wide, foot = rng.uniform(0, 1), 0.012 + 0.05 * depth, 0.76 + 0.22 * depth
        lean, curve = rng.uniform(-0.05, 0.05), rng.uniform(-0.03, 0.03)
        spine = a + lean * (foot - by) + curve * np.sin(by * 4 + a * 9)
        off = (bx - spine) / (wide * (0.7 + 0.3 * by))
        trunk = step(0.5, 0.46, np.abs(off)) * (by < foot)
        scars = step(
            0.66, 0.72, noise(rng, side, (int(7 / wide**0.5), int(30 / (0.4 + depth))), 2) + 0.32 * np.abs(off)
        )
        page = mix(page, cream, trunk)
        shadow = step(0.1, 0.5, off * np.sign(a - sx) + 0.12 * np.sin(by * 420)) * 0.9
        key = np.maximum(key * (1 - trunk), trunk * np.maximum(scars, shadow * step(-0.2, 0.3, np.sin(by * 380))))
        key = np.maximum(key, step(0.1, 0.04, np.abs(np.abs(off) - 0.52)) * (by < foot))
        for _ in range(int(rng.integers(3, 6))):
            b, side_of, long = rng.uniform(0.02, 0.5), rng.choice([-1.0, 1.0]), rng.uniform(0.08, 0.22)
            root = a + lean * (foot - b) + curve * np.sin(b * 4 + a * 9)
            tip = np.array([root + side_of * long, b - long * 0.9])
            limb = np.array([[root, b + wide * 0.3], [root, b - wide * 0.3], tip])
            key = np.maximum(key, polygon(side, limb))
    return to_bytes(shrink(inked(rng, page, black, key, 0.18), size))


STYLES = {"woodcut-wave": woodcut_wave, "linocut-birches": linocut_birches}
