"""Water on paper: watercolour washes that bloom and dry to dark rims, ink that fades into mist. At twice the size."""

from __future__ import annotations

import cv2
import numpy as np

from training.drawn import scenes
from training.drawn.paint import (
    Color,
    Map,
    Picture,
    Rng,
    blur,
    column,
    grid,
    light,
    mix,
    noise,
    paper,
    pick,
    polygon,
    rgb,
    shrink,
    step,
    to_bytes,
)
from training.drawn.scenes import Strokes
from training.drawn.strokes import Brush, Painting


class Sheet:
    """Watercolour paper: washes darken it like filters laid over each other."""

    def __init__(self, rng: Rng, size: int, tone: Color) -> None:
        self.rng, self.size, self.side = rng, size, size * 2
        self.color = paper(rng, self.side, tone, 0.4)
        self.tooth = noise(rng, self.side, 150, 2)
        self.drift = noise(rng, self.side, 12, 4) - 0.5, noise(rng, self.side, 12, 4) - 0.5
        self.bloom = noise(rng, self.side, 6, 5)
        self.back = step(0.012, 0.0, np.abs(self.bloom - 0.62)) * 0.25

    def bent(self, mask: Map, amount: float) -> Map:
        """``mask`` with its outline pushed about by the paper, ``amount`` of the side at most."""
        x, y = grid(self.side)
        reach = amount * 2
        at = [(a + reach * d) * self.side for a, d in zip((x, y), self.drift, strict=True)]
        bent = cv2.remap(mask.astype(np.float32), at[0], at[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(bent)

    def wash(self, mask: Map, pigment: Color, strength: float = 1.0, wet: float = 0.0, rough: float = 0.006) -> None:
        """A wash of ``pigment`` (3,) or a map of it; ``wet`` (0..1) lets the border run, dry ones get a dark rim."""
        shape = self.bent(mask, rough)
        soft = blur(shape, self.side * 0.03)
        running = step(1 - wet, 1.15 - wet, self.bloom) if wet else np.zeros_like(shape)
        body = shape * (1 - running) + soft * running
        inner = blur(shape, self.side * 0.004)
        rim = np.clip(shape * (1 - inner) * 2, 0, 1) * (1 - running)
        flow = 0.62 + 0.75 * (self.bloom - 0.5) + 0.7 * rim + 0.3 * (self.tooth - 0.5)
        density = np.clip(body * (flow + self.back), 0, 2) * strength
        self.color = self.color * np.exp(np.log(np.clip(pigment, 0.02, 1)) * density[..., None])

    def dried(self) -> Picture:
        """The dry sheet, its grain lit from the side."""
        height = self.tooth * 1.3 * self.side / 1024
        return to_bytes(shrink(light(np.clip(self.color, 0, 1), height, 1.0, 0.0), self.size))


def watercolor_lake(rng: Rng, size: int) -> Picture:
    """Mountains and firs over a lake, washes one upon the other."""
    air, hills, fir, warm = pick(
        rng,
        (
            rgb("8fc1e3", "f9d9c0"),
            rgb("9fb2d6", "7c93c4", "4f6fa8", "33538a"),
            rgb("2f5d50", "1f3f4a"),
            rgb("e98a5f", "f3c15f"),
        ),
        (
            rgb("c6a3d6", "ffd6c2"),
            rgb("c6a1cc", "a07bb5", "75589c", "4d3f7c"),
            rgb("345072", "252c54"),
            rgb("f0788c", "f9b26f"),
        ),
        (
            rgb("9ad4cf", "fbe6b4"),
            rgb("a8cfc0", "74ad9f", "47857f", "2c5f66"),
            rgb("4d6a2f", "2b4630"),
            rgb("e3a23c", "d9673f"),
        ),
    )
    sheet = Sheet(rng, size, rgb("fbf7ee")[0])
    side = sheet.side
    x, y = grid(side)
    level = rng.uniform(0.56, 0.62)
    above = step(0.001, -0.001, y - level)
    sun = np.hypot(x - rng.uniform(0.25, 0.75), y - rng.uniform(0.2, 0.32))
    sheet.wash(step(0.36, 0.1, y) * step(0.05, 0.06, sun), air[0], 1.0, 0.85, 0.04)
    sheet.wash(step(0.1, 0.4, y) * above * step(0.05, 0.09, sun), air[1], 0.9, 0.7, 0.03)
    sheet.wash(step(0.062, 0.06, sun), warm[1], 0.9, 0.2)
    masses = []
    for i, tone in enumerate(hills):
        line = column(side, scenes.skyline(rng, 0.32 + 0.075 * i, 0.16 - 0.03 * i, 3 + i)) + 0.015 * np.abs(
            np.sin(x * (23 + 9 * i))
        )
        mass = step(-0.001, 0.001, y - line) * above
        fade = 1 - 0.75 * step(0.0, 0.22, y - line)
        masses.append((mass * fade, tone, 0.7 + 0.12 * i))
        sheet.wash(mass * fade, tone, 0.7 + 0.12 * i, 0.3)
    groves = [rng.normal(middle, 0.07, 9) for middle in (rng.uniform(0.05, 0.2), rng.uniform(0.8, 0.95))]
    boughs = []
    for a in np.concatenate(groves).tolist():
        tall = rng.uniform(0.1, 0.26)
        for tier in np.linspace(0, 1, 7).tolist():
            b, w = level + 0.012 - tall * (1 - tier), tall * (0.03 + 0.17 * tier) * rng.uniform(0.7, 1.15)
            low = b + tall * 0.09
            boughs.append(
                np.array([[a, b - tall * 0.12], [a + w, low], [a + w * 0.2, low - tall * 0.04], [a - w, low]])
            )
    trees = polygon(side, *boughs)
    sheet.wash(trees, fir[0], 1.1, 0.22, 0.004)
    sheet.wash(trees * step(0.35, 0.65, noise(rng, side, 9, 2)), fir[1], 0.8, 0.3, 0.006)
    rows = np.clip((level - (y[:, 0] - level) * 0.95) * side, 0, side - 1).astype(int)
    ripple = 0.004 * np.sin(y * 260 + 5 * sheet.bloom)
    columns = np.clip((x + ripple) * side, 0, side - 1).astype(int)
    below = 1 - above
    sheet.wash(below * step(0.0, 0.5, y - level + 0.05), air[0], 0.8, 0.6, 0.01)
    for mass, tone, strength in [*masses[1:], (trees, fir[0], 1.0)]:
        sheet.wash(mass[rows[:, None], columns] * below, tone, strength * 0.62, 0.55, 0.008)
    shine = step(0.7, 0.74, noise(rng, side, (4, 46), 2)) * below * step(0.0, 0.05, y - level)
    sheet.color = mix(sheet.color, paper(rng, side, rgb("fdfaf4")[0]), shine * 0.75)
    bank = column(side, scenes.skyline(rng, 0.93, 0.05, 3))
    sheet.wash(step(0, 0.002, y - bank), warm[0], 0.8, 0.35, 0.01)
    sheet.wash(step(0.01, 0.03, y - bank) * step(0.4, 0.6, noise(rng, side, (20, 5), 2)), fir[0], 0.9, 0.3, 0.01)
    for tone in fir:
        blades = []
        for a, b in rng.uniform((0, 0.86), (1, 1), (32, 2)).tolist():
            tip = [a + rng.normal(0, 0.02), b - rng.uniform(0.03, 0.09)]
            blades.append(np.array([[a - 0.0025, b + 0.03], [a + 0.0025, b + 0.03], tip]))
        sheet.wash(polygon(side, *blades), tone, 0.9, 0.0, 0.002)
    spots = np.zeros((side, side), np.uint8)
    for _ in range(70):
        centre = (rng.uniform(0, 1, 2) * side).astype(int).tolist()
        cv2.circle(spots, centre, max(int(rng.exponential(0.0022) * side), 1), (255,), -1, cv2.LINE_AA)
    sheet.wash(spots / np.float32(255), mix(hills[1], warm[0], 0.5), 0.5, 0.0, 0.002)
    return sheet.dried()


def ink_mountains(rng: Rng, size: int) -> Picture:
    """Peaks in mist, a pine on a rock, a few birds and a seal: ink on old paper."""
    tone, ink, seal = pick(
        rng,
        (rgb("efe6d2")[0], rgb("1c1c22")[0], rgb("b5301f")[0]),
        (rgb("e9e4d8")[0], rgb("1a2530")[0], rgb("a82a26")[0]),
        (rgb("f0e2c4")[0], rgb("2a1d18")[0], rgb("b0382a")[0]),
    )
    sheet = Sheet(rng, size, tone)
    side = sheet.side
    x, y = grid(side)
    moon = np.hypot(x - rng.uniform(0.25, 0.75), y - 0.16)
    sheet.wash(step(0.3, 0.05, moon) * step(0.062, 0.064, moon), mix(ink, tone, 0.72), 0.55, 0.8, 0.01)
    streaks = noise(rng, side, (26, 5), 4)
    for i, (base, rise) in enumerate(((0.36, 0.12), (0.46, 0.2), (0.6, 0.16), (0.76, 0.1))):
        line = column(side, scenes.skyline(rng, base, rise, 4 + i)) + 0.02 * (noise(rng, side, 16, 4) - 0.5)
        under = y - line
        mist = step(0.02 + 0.16 + 0.02 * i, 0.0, under) * step(-0.001, 0.001, under)
        depth = 0.3 + 0.25 * i
        texture = 0.45 + 0.85 * step(0.42, 0.62, streaks + 0.25 * (sheet.tooth - 0.5))
        sheet.wash(mist * texture, mix(ink, tone, 0.45 - 0.1 * i), depth, 0.4, 0.004)
        ridge = step(1, 0, np.abs(under - 0.002) / (0.002 + 0.006 * streaks)) * step(0.3, 0.6, streaks)
        sheet.wash(ridge, ink, 0.4 + 0.3 * i, 0.1, 0.004)
    work = Painting(rng, size, sheet.color)
    dry = Brush(0.03, 0.2, ragged=0.95, streak=0.25, relief=0, dry=0.36)
    flip = rng.choice([-1.0, 1.0])

    def put(points: list[tuple[float, float]]) -> Map:
        return np.array([(0.5 + flip * (a - 0.5), b) for a, b in points], np.float32)

    def ink_of(count: int, thin: float) -> Color:
        return np.repeat(mix(ink, tone, thin)[None], count, 0) * rng.uniform(0.7, 1.1, (count, 1))

    n = 46
    rock = put([(0.72 + 0.3 * rng.random() ** 0.7, 0.8 + 0.22 * rng.random()) for _ in range(n)])
    work.lay(
        Strokes.straight(
            rock, rng.normal(0.9 * flip, 0.4, n), rng.uniform(0.05, 0.16, n), rng.uniform(0.02, 0.05, n), ink_of(n, 0.2)
        ),
        dry,
    )
    trunk, a, b, lean = [], 0.86, 0.84, rng.uniform(2.0, 2.35)
    for k in range(16):
        trunk.append((a, b, lean, 0.034 * (1 - k / 19)))
        a, b = a + 0.034 * np.cos(lean), b - 0.034 * np.sin(lean)
        lean += rng.normal(0, 0.33) - 0.1 * (lean - 2.2)
    at = put([(p[0], p[1]) for p in trunk])
    turn, wide = np.array([p[2] for p in trunk]), np.array([p[3] for p in trunk])
    bark = Brush(0.03, 0.2, ragged=0.7, streak=0.3, relief=0, dry=0.2)
    work.lay(Strokes.straight(at, -turn * flip, 0.05, wide, ink_of(len(trunk), 0.05)), bark)
    needle = Brush(0.003, 0.03, taper=0.9, ragged=0.2, relief=0)
    for k in range(4, 16):
        for _ in range(2):
            reach = rng.uniform(0.03, 0.13) * rng.choice([-1.0, 1.0])
            end = (trunk[k][0] + reach, trunk[k][1] - rng.uniform(-0.01, 0.04))
            middle = ((trunk[k][0] + end[0]) / 2, (trunk[k][1] + end[1]) / 2)
            slant = np.arctan2(end[1] - trunk[k][1], flip * (end[0] - trunk[k][0]))
            work.lay(Strokes.straight(put([middle]), slant, abs(reach), 0.005, ink_of(1, 0.1)), bark)
            m = 60
            fan = rng.uniform(-np.pi, 0, m)
            puffs = np.array(end) + rng.normal(0, 1, (m, 2)) * np.array([0.026, 0.008])
            tufts = put([(float(c), float(d)) for c, d in puffs])
            tufts += 0.011 * np.stack([np.cos(fan), np.sin(fan)], -1)
            work.lay(
                Strokes.straight(tufts, fan, rng.uniform(0.014, 0.026, m), 0.0032, ink_of(m, rng.uniform(0.0, 0.35))),
                needle,
            )
    for _ in range(int(rng.integers(4, 8))):
        a, b, span = rng.uniform(0.15, 0.6), rng.uniform(0.2, 0.42), rng.uniform(0.009, 0.018)
        pair = put([(a - span * 0.45, b), (a + span * 0.45, b)])
        work.lay(Strokes.straight(pair, np.array([0.5, -0.5]), span, 0.004, ink_of(2, 0.1)), needle)
    page = shrink(np.clip(work.color, 0, 1), work.side)
    sx, sy = (0.08, 0.86) if flip > 0 else (0.87, 0.86)
    u, v = (x - sx) / 0.05, (y - sy) / 0.065
    inside = (u > 0) & (u < 1) & (v > 0) & (v < 1)
    glyph = np.abs(((u * 3.1) % 1) - 0.5) < 0.17 + 0.2 * (
        rng.random((4, 4))[np.clip(v * 4, 0, 3).astype(int), np.clip(u * 4, 0, 3).astype(int)] - 0.3
    )
    page = mix(
        page,
        seal * (0.85 + 0.3 * sheet.tooth[..., None]),
        inside & ~(glyph & (np.abs(v - 0.5) < 0.4) & (np.abs(u - 0.5) < 0.42)),
    )
    return to_bytes(shrink(light(page, sheet.tooth * side / 1024, 1.0, 0.0), size))


STYLES = {"watercolor-lake": watercolor_lake, "ink-mountains": ink_mountains}
