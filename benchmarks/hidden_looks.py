"""Looks that nothing was trained on: chains of ffmpeg's own curves and colour filters, with random settings."""

from __future__ import annotations

from collections.abc import Callable

import av
import av.filter
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels

Rng = np.random.Generator
FORMAT = "rgb48le"


def filtered(pixels: Pixels, chain: list[tuple[str, str]]) -> Pixels:
    """``pixels``, (H, W, 3), 0..1, through a chain of ffmpeg's filters, each with its options, at 16 bits a channel."""
    height, width = pixels.shape[:2]
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format=av.VideoFormat(FORMAT), time_base=1)
    last = source
    for name, options in (*chain, ("format", f"pix_fmts={FORMAT}")):
        node = graph.add(name, options)
        last.link_to(node)
        last = node
    sink = graph.add("buffersink")
    last.link_to(sink)
    graph.configure()
    samples = (np.clip(pixels, 0, 1) * 65535 + 0.5).astype(np.uint16)
    frame = av.VideoFrame.from_ndarray(samples, format=FORMAT)
    frame.pts = 0
    source.push(frame)
    made: NDArray[np.uint16] = sink.pull().to_ndarray()
    return made.astype(np.float32) / np.float32(65535)


def hidden_look(rng: Rng) -> list[tuple[str, str]]:
    """A random chain of two to four filters."""
    chosen = rng.choice(len(FILTERS), int(rng.integers(2, 5)), replace=False)
    return [FILTERS[number](rng) for number in chosen]


def _preset(rng: Rng) -> tuple[str, str]:
    names = ("cross_process", "darker", "increase_contrast", "lighter", "linear_contrast", "medium_contrast")
    return "curves", f"preset={rng.choice((*names, 'strong_contrast', 'vintage'))}"


def _curves(rng: Rng) -> tuple[str, str]:
    def curve(much: float) -> str:
        at = np.linspace(0, 1, 5)
        values = np.clip(np.maximum.accumulate(at + rng.normal(0, much, 5) * (0.5, 1, 1, 1, 0.5)), 0, 1)
        return " ".join(f"{x:g}/{y:.4f}" for x, y in zip(at, values, strict=True))

    much = {"m": 0.06, "r": 0.03, "g": 0.03, "b": 0.03}
    return "curves", ":".join(f"{channel}='{curve(by)}'" for channel, by in much.items())


def _balance(rng: Rng) -> tuple[str, str]:
    return "colorbalance", _options(rng, ("rs", "gs", "bs", "rm", "gm", "bm", "rh", "gh", "bh"), 0.12, 0.5)


def _temperature(rng: Rng) -> tuple[str, str]:
    return "colortemperature", f"temperature={rng.uniform(4200, 10000):.0f}:mix={rng.uniform(0.4, 1):.3f}"


def _mixer(rng: Rng) -> tuple[str, str]:
    matrix = np.eye(3) + rng.normal(0, 0.07, (3, 3))
    names = [f"{a}{b}" for a in "rgb" for b in "rgb"]
    return "colorchannelmixer", ":".join(f"{n}={v:.4f}" for n, v in zip(names, matrix.ravel(), strict=True))


def _vibrance(rng: Rng) -> tuple[str, str]:
    return "vibrance", f"intensity={rng.uniform(-0.8, 1.0):.3f}"


def _hue(rng: Rng) -> tuple[str, str]:
    return (
        "huesaturation",
        f"hue={rng.normal(0, 8):.2f}:saturation={rng.normal(0, 0.2):.3f}:intensity={rng.normal(0, 0.05):.3f}",
    )


def _selective(rng: Rng) -> tuple[str, str]:
    names = rng.choice(
        ("reds", "yellows", "greens", "cyans", "blues", "magentas", "whites", "neutrals", "blacks"), 3, False
    )
    return "selectivecolor", ":".join(
        f"{name}='{' '.join(f'{v:.3f}' for v in np.clip(rng.normal(0, 0.15, 4), -1, 1))}'" for name in names
    )


def _levels(rng: Rng) -> tuple[str, str]:
    low, high = rng.uniform(0, 0.1, 3), 1 - rng.uniform(0, 0.1, 3)
    parts = [f"{c}omin={lo:.3f}:{c}omax={hi:.3f}" for c, lo, hi in zip("rgb", low, high, strict=True)]
    return "colorlevels", ":".join(parts)


def _options(rng: Rng, names: tuple[str, ...], much: float, most: float) -> str:
    return ":".join(f"{name}={np.clip(rng.normal(0, much), -most, most):.3f}" for name in names)


FILTERS: tuple[Callable[[Rng], tuple[str, str]], ...] = (
    _preset,
    _curves,
    _balance,
    _temperature,
    _mixer,
    _vibrance,
    _hue,
    _selective,
    _levels,
)
