"""Cut and printed: woodcut, linocut, comic halftone, posters. Drawn at twice the size, inked on paper."""

from __future__ import annotations

import numpy as np

from autostyle.training.drawn.paint import (
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
    rgb,
    shrink,
    step,
    to_bytes,
)


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
    page = paper(rng, side, cream)
    haze = noise(rng, side, (2, 7), 3)
    page = inked(rng, page, pale, step(0.45, 0.0, y + 0.3 * (haze - 0.5)) * 0.9)
    sun = (rng.uniform(0.2, 0.8), rng.uniform(0.16, 0.26))
    far = np.hypot(x - sun[0], y - sun[1])
    page = inked(rng, page, sunny, step(0.082, 0.08, far))
    wobble = (noise(rng, side, 30, 2) - 0.5) * 0.006
    streaks = (
        step(0.2, 0.5, np.sin((y + wobble * 2 + 0.02 * np.sin(x * 6)) * 210))
        * step(0.3, 0.05, y)
        * step(0.42, 0.6, haze)
    )
    page = inked(rng, page, mid, streaks * step(0.09, 0.1, far))
    peak = rng.uniform(0.3, 0.7)
    slope = 0.36 + 0.62 * np.abs(x - peak) ** 0.85
    page = inked(rng, page, mid, step(0.0, 0.003, y - slope))
    snow = slope + 0.07 + 0.03 * np.abs(np.sin((x - peak) * 55)) + 0.02 * np.sin(x * 90)
    page = mix(page, cream, step(0.004, 0.008, y - slope) * step(0.003, 0.0, y - snow))
    direction = float(rng.choice([-1, 1]))
    for i, (base, rise, pitch, lean) in enumerate(
        ((0.6, 0.05, 0.3, 0.5), (0.7, 0.27, 1.15, 1.1), (0.78, 0.1, 0.6, 0.7), (0.92, 0.09, 0.45, 0.5))
    ):
        shift = rng.uniform(0, 1) if i != 1 else rng.uniform(0.1, 0.3)
        u = direction * x + lean * (base - y) * 0.55 + shift
        crest = base - rise * (2 * np.abs(np.cos(np.pi * u / pitch)) ** 2.2 - 0.75)
        claws = 0.012 * np.abs(np.sin(u * 95 + 3 * np.sin(u * 31))) * (1.6 if i == 1 else 0.8)
        under = blur((y - crest).astype(np.float32), side / 400) + wobble
        top = under + claws
        body = step(0.0, 0.002, top)
        page = mix(page, cream, body)
        page = inked(rng, page, mid if i % 2 else pale, step(0.024, 0.027, under + 0.4 * claws))
        flow = under * (58 if i == 1 else 78) + 1.1 * noise(rng, side, 5, 2) + 0.5 * np.sin(u * 18)
        deep = np.clip(under / (0.34 if i == 1 else 0.2), 0, 1)
        cut = np.sin(flow * 2 * np.pi * 0.62)
        page = inked(rng, page, dark, step(-0.12, 0.12, cut - 0.75 + 1.35 * deep) * step(0.03, 0.034, under))
        outline = step(0.0042, 0.0028, np.abs(top)) + step(0.003, 0.0018, np.abs(under + 0.4 * claws - 0.026))
        page = inked(rng, page, dark, np.clip(outline, 0, 1) * step(-0.02, 0.0, top + 0.015), 0.1)
        foam = step(0.79, 0.81, noise(rng, side, 70, 1)) * step(-0.1, -0.004, top) * step(-0.13, -0.05, top)
        page = mix(page, cream, foam * (0.9 if i in (1, 2) else 0.0))
    grain = np.sin((y * 190 + 3 * noise(rng, side, (3, 8), 3) * 9).astype(np.float32))
    page = np.clip(page * (1 + 0.022 * grain)[..., None], 0, 1).astype(np.float32)
    return to_bytes(shrink(page, size))


STYLES = {"woodcut-wave": woodcut_wave}
