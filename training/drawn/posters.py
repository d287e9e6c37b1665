"""Flat inks and sheets: comic halftone, a constructivist poster, layered paper. Drawn at twice the size."""

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
from training.drawn.prints import inked


def screen(x: Map, y: Map, tone: Map, pitch: float, angle: float) -> Map:
    """A halftone screen: 1 inside dots that cover the share ``tone`` (0..1) of the page, ``pitch`` apart."""
    u, v = (x * np.cos(angle) + y * np.sin(angle)) / pitch, (y * np.cos(angle) - x * np.sin(angle)) / pitch
    far = np.hypot(u - np.round(u), v - np.round(v))
    return step(0.04, -0.04, far - 0.66 * np.sqrt(np.clip(tone, 0, 1)))


def house(
    rng: Rng, page: Color, place: tuple[float, float, float], inks: tuple[Color, Color, Color], line: Color
) -> Color:
    """A block of flats at ``place`` (left, width, top) in its wall, shade and window ``inks``, outlined."""
    left, wide, top = place
    side = page.shape[0]
    # Only the columns that it stands on: a town has some forty houses.
    strip = slice(max(int((left - 0.006) * side), 0), max(int((left + wide + 0.006) * side), 0))
    x, y = (a[:, strip] for a in grid(side))
    across, down = (x - left) / wide, (y - top) / 0.036
    inside = (across > 0) & (across < 1) & (down > 0)
    view = mix(page[:, strip], inks[0], inside)
    view = mix(view, inks[1], screen(x, y, inside * np.clip(across * 0.9 - 0.15, 0, 1), 0.0105, 0.8))
    u = across * max(round(wide / 0.026), 2)
    lit = rng.random((64, 16))[np.clip(down, 0, 63).astype(int), np.clip(u, 0, 15).astype(int)] < 0.4
    pane = (np.abs(u % 1 - 0.5) < 0.27) & (np.abs(down % 1 - 0.5) < 0.3) & (down > 0.4)
    view = mix(view, inks[2], inside & lit & pane)
    gap = np.minimum(np.minimum(x - left, left + wide - x), y - top)
    page[:, strip] = mix(view, line, step(0.0048, 0.0034, np.abs(gap - 0.001)))
    return page


def comic_night(rng: Rng, size: int) -> Picture:
    """A skyline under an explosion: flat inks, black outlines, dots for every half tone."""
    burst, town, boom = pick(
        rng,
        (rgb("ffe14d", "ff8a3c"), rgb("2a5ea8", "5fa3dc", "1d2d5c"), rgb("fffdf0", "ee3a39", "ffd23f")),
        (rgb("8ee3f5", "3aa0d8"), rgb("7a2f83", "d3649f", "2d1650"), rgb("fffdf0", "ffcf33", "f2542d")),
        (rgb("ffb3c1", "f2647c"), rgb("1f7a6f", "7fd0b5", "10353f"), rgb("fffdf0", "ffd84d", "3a6fd8")),
    )
    side = size * 2
    x, y = grid(side)
    cx, cy = rng.uniform(0.38, 0.62), rng.uniform(0.34, 0.46)
    far, turn = np.hypot(x - cx, y - cy), np.arctan2(y - cy, x - cx)
    ray = step(-0.03, 0.03, np.sin(turn * int(rng.integers(9, 14)) + rng.uniform(0, 6)) * far)
    page = mix(paper(rng, side, rgb("f7efdc")[0], 0.6), burst[0], 1.0)
    page = mix(page, burst[1], ray)
    page = mix(page, burst[1], screen(x, y, (1 - ray) * np.clip(far * 1.3 - 0.25, 0, 0.7), 0.0125, 0.4))
    page = mix(page, town[2], screen(x, y, ray * np.clip(far * 1.2 - 0.35, 0, 0.6), 0.0125, 0.4))
    black = rgb("16131a")[0]

    def cloud(radius: float, spikes: int, sharp: float) -> Map:
        wave = np.abs(np.sin(turn * spikes / 2 + 0.7 * np.sin(turn * 3 + radius * 40)))
        return np.asarray(far - radius * (1 + sharp * (1 - wave) + 0.1 * np.sin(turn * 2 + radius * 9)))

    for radius, spikes, sharp, ink in ((0.3, 22, 0.42, boom[1]), (0.23, 18, 0.4, boom[2]), (0.15, 15, -0.22, boom[0])):
        body = cloud(radius, spikes, sharp)
        page = mix(page, ink, step(0.001, -0.001, body))
        tone = step(-0.09, 0.0, body) * (y > cy - 0.1) * (body < 0) * 0.55
        page = mix(page, boom[1] * 0.8, screen(x, y, tone * step(-0.2, 0.35, x - cx + y - cy), 0.0105, 1.1))
        page = mix(page, black, step(0.0062, 0.0045, np.abs(body + 0.002)))
    for base, floors, ink, shade in (
        (0.66, 0.16, town[1], town[0]),
        (0.8, 0.22, town[0], town[2]),
        (0.93, 0.2, town[2], black),
    ):
        a = -0.05
        while a < 1:
            wide, top = rng.uniform(0.06, 0.14), base - rng.uniform(0.0, floors)
            page = house(rng, page, (a, wide, top), (ink, shade, mix(boom[2], boom[0], 0.3)), black)
            a += wide * rng.uniform(0.85, 1.1)
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    page = mix(page, rgb("fbf6e6")[0], step(0.026, 0.024, edge))
    page = mix(page, black, step(0.0042, 0.003, np.abs(edge - 0.026)))
    return to_bytes(shrink(np.clip(page * (1 + 0.05 * (noise(rng, side, 220, 1) - 0.5))[..., None], 0, 1), size))


def constructivist(rng: Rng, size: int) -> Picture:
    """Wedges, discs and bars at a steep diagonal, three inks on grey paper."""
    sheet, red, black, third = pick(
        rng,
        rgb("eadfc8", "c8321f", "1d1b1c", "8a8f8a"),
        rgb("e9e2cf", "d9531e", "1b2a3d", "d9b44a"),
        rgb("efe4cf", "b3243a", "22252b", "3f7f8c"),
    )
    side = size * 2
    lean = rng.uniform(0.5, 0.9) * rng.choice([-1, 1])
    x, y = grid(side)
    u, v = (x - 0.5) * np.cos(lean) + (y - 0.5) * np.sin(lean), (y - 0.5) * np.cos(lean) - (x - 0.5) * np.sin(lean)
    page = paper(rng, side, sheet, 1.4)

    def slab(a: float, b: float, wide: float, tall: float) -> Map:
        return step(0.0008, -0.0008, np.maximum(np.abs(u - a) - wide / 2, np.abs(v - b) - tall / 2))

    def rubbed(mask: Map, low: float, high: float) -> Map:
        """A lithographer's crayon: grain that thins from ``low`` to ``high`` along the diagonal."""
        fade = low + (high - low) * np.clip(u + 0.5, 0, 1)
        return mask * step(-0.06, 0.06, noise(rng, side, 260, 1) * 0.8 + 0.1 - fade)

    a, b, r = rng.uniform(-0.2, 0.2), rng.uniform(-0.2, 0.05), rng.uniform(0.22, 0.3)
    far = np.hypot(u - a, v - b)
    page = inked(
        rng, page, third, rubbed(step(0.001, -0.001, far - r * 1.42) * step(-0.001, 0.001, far - r * 1.2), 0.25, 0.75)
    )
    page = inked(rng, page, red, step(0.001, -0.001, far - r))
    page = inked(rng, page, black, rubbed(step(0.001, -0.001, far - r) * step(-0.06, 0.14, v - b), 0.75, 0.3))
    wedge = np.abs(v - b) - 0.34 * (a - r * 0.15 - u)
    page = inked(rng, page, black, step(0.001, -0.001, wedge))
    page = mix(page, sheet, step(0.004, 0.003, np.abs(wedge)) * step(0.001, -0.001, far - r))
    for k in range(int(rng.integers(4, 7))):
        where, thick = 0.12 + 0.075 * k, rng.choice([0.006, 0.012, 0.03])
        ink = (black, red, third)[int(rng.integers(3))]
        page = inked(rng, page, ink, slab(rng.uniform(-0.1, 0.25), where, rng.uniform(0.5, 1.1), thick))
    for k in range(9):
        page = inked(
            rng, page, black if k % 3 else red, slab(0.32 - 0.05 * k, -0.36 + 0.02 * (k % 2), 0.028, 0.16 - 0.012 * k)
        )
    for _ in range(3):
        c, d, q = rng.uniform(-0.45, 0.45), rng.uniform(-0.5, 0.5), rng.uniform(0.03, 0.09)
        ring = np.abs(np.hypot(u - c, v - d) - q)
        page = inked(rng, page, black, step(0.0042, 0.003, ring))
        page = inked(
            rng,
            page,
            third if rng.random() < 0.5 else red,
            rubbed(step(0.001, -0.001, np.hypot(u - c, v - d) - q * 0.7), 0.2, 0.6),
        )
    square = np.maximum(np.abs(u - rng.uniform(0.15, 0.35)), np.abs(v - rng.uniform(0.1, 0.3))) - 0.075
    page = inked(rng, page, rgb("f6efe0")[0], step(0.001, -0.001, square), 0.1)
    page = inked(rng, page, black, rubbed(step(0.001, -0.001, square), 0.35, 0.8))
    return to_bytes(shrink(page, size))


def moved(mask: Map, by: float) -> Map:
    """``mask`` shifted ``by`` pixels right and down, its border repeated."""
    shift = np.array([[1, 0, by], [0, 1, by]], np.float32)
    return np.asarray(cv2.warpAffine(mask, shift, mask.shape[::-1], borderMode=cv2.BORDER_REPLICATE))


def paper_cut(rng: Rng, size: int) -> Picture:
    """Sheets of coloured paper, each cut to a ridge and casting a shadow on the one behind."""
    sheets = pick(
        rng,
        rgb("fbe8c6", "f9c784", "f08a5d", "c84b5c", "7a2e58", "3b1c4a", "1c1030"),
        rgb("f1f6e4", "c5e3c8", "86c5b0", "45a29e", "26737d", "17475c", "0b2239"),
        rgb("fdeee4", "f7c9c0", "e59aa6", "b46a92", "74487c", "433061", "231b40"),
        rgb("f5edc9", "e2cf8d", "b9b35a", "7d9548", "47733f", "275238", "12302b"),
    )
    side = size * 2
    x, y = grid(side)

    def sheet(tone: Color) -> Color:
        return paper(rng, side, tone, 0.9)

    page = sheet(sheets[0])
    cx, cy = rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.38)
    rings = 4
    masks = []
    for k in range(rings):
        wob = 0.012 * (noise(rng, side, 5, 2) - 0.5)
        masks.append(
            (
                step(-0.0008, 0.0008, np.hypot(x - cx, y - cy) - 0.33 + 0.065 * k + wob),
                mix(sheets[0], sheets[1], k / 4 + 0.1),
            )
        )
    masks = [(1 - m, tone) for m, tone in masks]
    for k in range(6):
        line = column(side, scenes.skyline(rng, 0.46 + 0.1 * k, 0.12 - 0.008 * k, int(rng.integers(2, 5))))
        ridge = step(-0.0008, 0.0008, y - line)
        if k in (1, 2, 3, 4):
            for _ in range(int(rng.integers(5, 10))):
                a = rng.uniform(0, 1)
                foot = float(line[0, min(int(a * side), side - 1)]) + 0.02
                tall = (0.06 + 0.035 * k) * rng.uniform(0.7, 1.2)
                for tier in range(4):
                    w, b = tall * (0.2 + 0.1 * tier), foot - tall * (0.95 - 0.24 * tier)
                    ridge = np.maximum(
                        ridge, polygon(side, np.array([[a, b], [a + w, b + tall * 0.36], [a - w, b + tall * 0.36]]))
                    )
        masks.append((ridge, sheets[k + 1]))
    for mask, tone in masks:
        cast = blur(moved(mask, side * 0.007), side * 0.007)
        page = page * (1 - 0.55 * cast * (1 - mask))[..., None]
        lit = step(0.02, 0.3, mask - moved(mask, 2))
        page = mix(mix(page, sheet(tone), mask), np.ones(3), lit * 0.22)
    return to_bytes(shrink(page, size))


STYLES = {"comic-night": comic_night, "constructivist": constructivist, "paper-cut": paper_cut}
