"""Cloth: satin stitch on linen, wax-resist batik."""

from __future__ import annotations

import numpy as np

from training.drawn import scenes
from training.drawn.paint import (
    Color,
    Map,
    Picture,
    Rng,
    grid,
    mix,
    noise,
    paper,
    pick,
    ramp,
    rgb,
    shrink,
    step,
    to_bytes,
    weave,
)
from training.drawn.scenes import SIDE, Scene, Strokes
from training.drawn.strokes import Brush, Painting, scattered
from training.drawn.tiles import rim, voronoi


def embroidered_meadow(rng: Rng, size: int) -> Picture:
    """Flowers and a bird in satin stitch on linen."""
    linen, threads, leaf = pick(
        rng,
        (
            rgb("e9dfc9")[0],
            rgb("c8323f", "f08a7a", "f6c667", "3d6fa8", "8fb8d8", "7a4a86"),
            rgb("2f6b4f", "6fa05a", "b0bf6a"),
        ),
        (
            rgb("27374a")[0],
            rgb("f2b5a7", "f7e1a0", "e0605a", "f6f1e4", "7fc4c0", "d98ac0"),
            rgb("5f9f7a", "a3c78a", "dfe3a8"),
        ),
        (
            rgb("d5c3b5")[0],
            rgb("8a2f4a", "d9798a", "f3d9d0", "4a5f8a", "e0a050", "5a3f5f"),
            rgb("4a5f3a", "7f8f4f", "b9b87f"),
        ),
    )
    x, y = grid(SIDE)
    side = size * 2
    cloth = (
        linen * (0.8 + 0.34 * weave(side, 180)[..., None]) * (0.93 + 0.14 * noise(rng, side, (90, 90), 2)[..., None])
    )
    scene, sewn = Scene(np.broadcast_to(linen, (SIDE, SIDE, 3)).copy()), np.zeros((SIDE, SIDE), bool)

    def sew(mask: Map, tone: Color, angle: Map | float) -> None:
        nonlocal sewn
        scene.lay(mask, tone, angle)
        sewn = sewn | (mask > 0.5)

    line = scenes.skyline(rng, 0.86, 0.05, 3)
    for i in range(3):
        sew(
            scenes.below(line + 0.05 * i),
            leaf[i % 3] * (0.9 + 0.2 * noise(rng, SIDE, 5, 2)[..., None]),
            scenes.direction(line) + 0.9 - 0.5 * i,
        )
    sew(scenes.disc(rng.choice([0.16, 0.84]), 0.15, 0.085), threads[2], np.arctan2(y - 0.15, x - 0.16))
    for a in (np.linspace(0.1, 0.9, 7) + rng.normal(0, 0.03, 7)).tolist():
        b, r = rng.uniform(0.26, 0.66), rng.uniform(0.06, 0.1)
        sway = rng.normal(0, 0.03)
        stalk = a + sway * np.sin((y - b) * 6)
        sew(step(0.006, 0.004, np.abs(x - stalk)) * (y > b) * (y < 0.9), leaf[0], 1.57)
        for k in range(int(rng.integers(2, 5))):
            c, hand = b + r + 0.07 * k + 0.02, (-1) ** k
            if c < 0.86:
                root = a + sway * np.sin((c - b) * 6)
                u, v = (x - root) * hand, c - y
                along, across = 0.8 * u + 0.6 * v, 0.8 * v - 0.6 * u
                blade = step(0.002, -0.002, np.abs(across) - 0.022 * np.sin(np.clip(along / 0.1, 0, 1) * np.pi)) * (
                    along > 0
                )
                sew(blade, leaf[int(rng.integers(1, 3))], -0.64 * hand + np.where(across > 0, 0.7, -0.7) * hand)
        around, far = np.arctan2(y - b, x - a), np.hypot(x - a, y - b)
        count = int(rng.choice([5, 6, 8]))
        lobes = np.abs(np.cos(around * count / 2)) ** 0.6
        first, second, third = threads[rng.permutation(len(threads))[:3]]
        sew(step(0.002, -0.002, far - r * (0.55 + 0.45 * lobes)), mix(second, first, step(0.35, 0.8, far / r)), around)
        sew(step(0.002, -0.002, far - r * 0.28), third, around + 1.57)
    bx, by = rng.uniform(0.35, 0.65), 0.14
    body = np.hypot((x - bx) / 0.1, (y - by - 0.1 * (x - bx)) / 0.048)
    sew(step(1.02, 0.98, body), mix(threads[3], threads[4], step(-0.02, 0.03, y - by)), 0.1)
    sew(scenes.disc(bx + 0.09, by - 0.03, 0.034), threads[3], 0.6)
    sew(
        scenes.shape(np.array([[bx + 0.12, by - 0.035], [bx + 0.152, by - 0.022], [bx + 0.118, by - 0.015]])),
        threads[2],
        0.3,
    )
    sew(
        scenes.shape(
            np.array([[bx - 0.09, by - 0.01], [bx - 0.19, by - 0.05], [bx - 0.2, by + 0.02], [bx - 0.09, by + 0.02]])
        ),
        threads[5],
        0.1,
    )
    wing = np.hypot((x - bx + 0.02) / 0.065, (y - by + 0.02) / 0.032)
    sew(step(1.03, 0.97, wing), threads[0], 2.4)
    sew(scenes.disc(bx + 0.1, by - 0.036, 0.006), rgb("14141a")[0], 0.0)
    work = Painting(rng, size, cloth)
    work.height = weave(side, 180) * side / 420
    satin = Brush(
        0.0066, 0.042, 3.0, spread=0.2, turn=0.05, vary=0.05, streak=0.3, ragged=0.12, relief=2.2, stop=0.1, where=sewn
    )
    work.paint(scene, satin)
    work.paint(scene, satin)
    bare = scattered(rng, 420)
    bare = bare[~scene.sample(sewn, bare)]
    # Little crosses all over the ground, upright and slanting.
    for part, turns, tone in ((bare[::2], (0.785, 2.356), threads[2]), (bare[1::2], (0.0, 1.57), threads[4])):
        pale = np.repeat(mix(tone, linen, 0.35)[None], len(part), 0)
        for turn in turns:
            work.lay(Strokes.straight(part, turn, 0.011, 0.0036, pale), satin)
    running = np.linspace(0.03, 0.97, 34)
    for near in (0.03, 0.97):
        for at, turn in (
            (np.stack([running, np.full(34, near)], -1), 0.0),
            (np.stack([np.full(34, near), running], -1), 1.57),
        ):
            work.lay(Strokes.straight(at, turn, 0.016, 0.006, np.repeat(threads[:1], 34, 0)), satin)
    return work.finished(1.2, 0.25)


def leaf(cloth: Color, dx: Map, dy: Map, pose: tuple[float, float], bleed: Map, swirl: Map, dyes: Color) -> Color:
    """``cloth`` with a waxed leaf on it; dx, dy lead away from its middle, ``pose`` is its direction and length."""
    turn, long = pose
    u = (dx * np.cos(turn) + dy * np.sin(turn)) / long + 0.5
    v = (dy * np.cos(turn) - dx * np.sin(turn)) / long + 0.12 * np.sin(u * 3)
    t = np.clip(u, 0, 1)
    half = 0.24 * np.sin(np.pi * t**0.8) ** 0.9 * (1 + 0.1 * np.abs(np.sin(t * 32)))
    gap = (half - np.abs(v) + bleed / long) * ((u > 0) & (u < 1))
    inside = step(0.0, 0.008, gap)
    vein = np.abs(((u - np.abs(v) * 0.9) * 9) % 1 - 0.5)
    cloth = mix(cloth, dyes[3], step(-0.03, -0.02, gap) * ((u > -0.03) & (u < 1.03)) * 0.8)
    cloth = mix(cloth, ramp(0.2 + 0.6 * t + 0.35 * (swirl - 0.5), dyes[[0, 1, 1, 2]]), inside)
    rib = np.maximum(step(0.4, 0.46, vein) * step(0.0, 0.03, gap), step(0.012, 0.007, np.abs(v)) * inside)
    return mix(mix(cloth, dyes[3], rib * 0.9), dyes[0], step(0.03, 0.022, gap) * inside)


def batik_leaves(rng: Rng, size: int) -> Picture:
    """Wax-resist cloth: great leaves, dye crackling through the broken wax."""
    dyes = pick(
        rng,
        rgb("f1e3c2", "d99a3c", "8f3f22", "1d2546"),
        rgb("f3ecd8", "7fb3a6", "2a6a78", "10263a"),
        rgb("f6e6c8", "e0b04a", "5f7f3f", "23301f"),
        rgb("f7e4d4", "e58a6a", "9a3358", "2a1740"),
    )
    side = size * 2
    x, y = grid(side)
    bleed = 0.006 * (noise(rng, side, 40, 2) - 0.5)
    color = paper(rng, side, dyes[3], 1.5)
    swirl = noise(rng, side, 3, 2)
    lines = np.abs((swirl * 11 + bleed * 40) % 1 - 0.5)
    color = mix(color, dyes[2], step(0.3, 0.42, lines) * 0.9)
    specks = scattered(rng, 700)
    spot = rim(voronoi(specks, side))
    color = mix(color, dyes[1], step(0.0135, 0.0145, spot) * step(0.2, 0.1, lines) * 0.9)
    leaves = [(a, b, rng.uniform(0, 6.3), rng.uniform(0.3, 0.46)) for a, b in scattered(rng, 14).tolist()]
    for a, b, turn, long in leaves:
        ends = [np.clip(np.array([c - long * 0.6, c + long * 0.6]) * side, 0, side).astype(int) for c in (b, a)]
        near = np.s_[ends[0][0] : ends[0][1], ends[1][0] : ends[1][1]]
        color[near] = leaf(color[near], x[near] - a, y[near] - b, (turn, long), bleed[near], swirl[near], dyes)
    wander = noise(rng, side, 5, 3)
    for count, reach, depth in ((130, 0.0026, 0.85), (900, 0.0016, 0.6)):
        crackle = step(reach, 0.0, rim(voronoi(scattered(rng, count), side)))
        color = mix(color, dyes[3], crackle * step(0.3, 0.55, wander) * depth)
    color = color * (0.9 + 0.2 * noise(rng, side, 8, 4)[..., None]) * (0.9 + 0.2 * weave(side, 260)[..., None])
    return to_bytes(shrink(color, size))


STYLES = {"embroidered-meadow": embroidered_meadow, "batik-leaves": batik_leaves}
