"""Fast net: a network that has learnt its styles, in one forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from autostyle.methods.aids import AidSpec, AidValue
from autostyle.methods.masks import MASKS
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime

NET = "net"


class FastNetParams(OnePassParams):
    """Parameters of :data:`SPEC`."""

    alpha: Annotated[float, Range(0.0, 1.0, aliases=("알파",))] = 0.85
    "Strength of the style: 0 leaves the content as it is, in the palette asked for."

    recolor: Annotated[float, Range(0.0, 1.0)] = 0.5
    "Share of the way the painted palette is moved to that of the style picture."

    style_scale: Annotated[float, Range(0.5, 2.0, log=True, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "Size of the marks: the output's long side over that at which the net paints."


# What follows opens pictures, and specs are read wherever methods are listed.


def _read(texts: Sequence[str]) -> AidValue:
    from autostyle.vision.net_files import named_net

    return AidValue(tuple(named_net(text) for text in texts))


def _check(path: Path) -> None:
    from autostyle.vision.net_files import head

    head(path)


def _of_styles(files: tuple[Path, ...], styles: Sequence[Path]) -> tuple[Path, ...]:
    from autostyle.methods.fast_net.nets import of_styles

    return of_styles(files, styles)


def _lacks(styles: Sequence[Path]) -> str:
    from autostyle.methods.fast_net.nets import lacks

    return lacks(styles)


SPEC = MethodSpec(
    name="fast_net",
    title="Fast net: one pass of a network that has learnt its styles, the fastest",
    medium="image",
    params=FastNetParams,
    run="autostyle.methods.fast_net.run:FastStyle",
    presets=(
        {"alpha": 0.95, "style_scale": 0.55, "recolor": 0.85},
        {"alpha": 0.65},
        {"alpha": 1.0, "style_scale": 1.4, "recolor": 1.0},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=(
        AidSpec(
            NET,
            "A net of your own: its name, its file, or one in the layout of pytorch/examples.",
            endings=(".safetensors", ".pth", ".pt", ".model"),
            read=_read,
            check=_check,
            of_styles=_of_styles,
        ),
        *MASKS,
    ),
    lacks=_lacks,
    ratio="alpha",
    path=6,
    styles=8,
    aliases=(
        "fast style net",
        "fast neural style",
        "johnson",
        "feed forward net",
        "패스트넷",
        "패스트 넷",
        "고속 스타일 넷",
    ),
    time=TrialTime(0.15, 1.1e-6, whole=2048, tiled=12.0),
    # 139 MB more for 682 x 1024 px, 756 MB for 1365 x 2048
    memory=MemoryNeed(290, whole=2**22, tile=500_000_000, tiled=64),
    source=(
        "Johnson, Alahi & Fei-Fei, Perceptual Losses for Real-Time Style Transfer and Super-Resolution, ECCV 2016; "
        "Dumoulin, Shlens & Kudlur, A Learned Representation for Artistic Style, ICLR 2017"
    ),
)
