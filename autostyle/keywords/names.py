"""Plain names of colours, in English and in Korean."""

from __future__ import annotations

import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

_TABLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "black": ("검정", ("#0a0a0a", "#1c1a1a", "#101820", "#14100c")),
    "charcoal": ("먹색", ("#33343a", "#403c3a", "#20262c", "#2c2a24")),
    "grey": ("회색", ("#808080", "#6b6b6b", "#979797")),
    "pale grey": ("연회색", ("#b4b8bc", "#c6c4c0")),
    "white": ("흰색", ("#fafafa", "#efeff0")),
    "ivory": ("상아색", ("#f3ecd6", "#e8e0c4")),
    "beige": ("베이지색", ("#d8c4a0", "#c9b48e")),
    "brown": ("갈색", ("#6b4423", "#7f5a3a", "#8a5f3c")),
    "dark brown": ("고동색", ("#3b2414", "#4a3222")),
    "ochre": ("황토색", ("#b8862f", "#c08f4a", "#a5793a")),
    "gold": ("금색", ("#d9a61e", "#e0b840")),
    "yellow": ("노랑", ("#f4d81c", "#efe04a", "#f3e27a")),
    "orange": ("주황", ("#ee7f1a", "#e0692a", "#f09a4a")),
    "rust": ("적갈색", ("#a0431c", "#8c3a20", "#b5533a")),
    "red": ("빨강", ("#cc1f22", "#e03a34", "#a51c22")),
    "burgundy": ("자주색", ("#5e1424", "#761c34")),
    "pink": ("분홍", ("#f0a6b8", "#e07898", "#f4c8cc")),
    "magenta": ("자홍", ("#c01c88", "#b03a90")),
    "purple": ("보라", ("#6a2c91", "#553a80", "#8458a8")),
    "lavender": ("연보라", ("#b4a4d8", "#c8c0e0")),
    "navy": ("남색", ("#141c44", "#1c2a5a")),
    "blue": ("파랑", ("#1f4fc0", "#2c66c8", "#3a5aa0")),
    "slate blue": ("청회색", ("#56688a", "#6a7c98", "#445470")),
    "light blue": ("하늘색", ("#8cbce8", "#a8cce4", "#6aa6dc")),
    "teal": ("청록", ("#127a80", "#1c6068", "#3a9494")),
    "turquoise": ("옥색", ("#40c4c0", "#7cd4c8")),
    "dark green": ("진녹색", ("#143c24", "#26482c")),
    "green": ("초록", ("#1f8a3c", "#3a9a48", "#4c8a4c")),
    "olive": ("올리브색", ("#6c6c24", "#808040", "#5a5a30")),
    "sage": ("회녹색", ("#94a486", "#7e9078", "#aab89a")),
    "light green": ("연두", ("#8cc83c", "#a8d878", "#b8dc90")),
}
GREYS = frozenset({"grey", "pale grey"})
"""Names that say little about a picture that has other colours too."""


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


_SAMPLES = [(name, _rgb(code)) for name, (_, codes) in _TABLE.items() for code in codes]
_LAB = rgb2lab(np.array([[rgb for _, rgb in _SAMPLES]]))[0]


def nearest(rgb: tuple[float, float, float]) -> str:
    """The English name of an sRGB colour, 0..1: of some eighty samples the one the eye finds closest (CIEDE2000)."""
    lab = rgb2lab(np.array([[rgb]]))[0]
    return _SAMPLES[int(np.argmin(deltaE_ciede2000(_LAB, np.broadcast_to(lab, _LAB.shape))))][0]


def tint(rgb: tuple[float, float, float]) -> complex:
    """a* + i b* of an sRGB colour: its length is the chroma, its angle the hue; 0 is grey."""
    _, a, b = rgb2lab(np.array([[rgb]]))[0, 0]
    return complex(a, b)


def is_known(name: str) -> bool:
    """Whether :func:`nearest` may name a colour so."""
    return name in _TABLE


def korean(name: str) -> str:
    """The Korean name of a colour that :func:`nearest` named."""
    return _TABLE[name][0]
