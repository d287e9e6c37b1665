"""AdaIN: arbitrary style in one forward pass."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.masks import MASKS
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime


class AdaINParams(OnePassParams):
    """Parameters of :data:`SPEC`."""

    detail: Annotated[float, Range(0.0, 1.0, moves={"structure": 1, "marks": -1}, everyday=True)] = 0.3
    "Share of the content's fine structure that reaches the decoder: 0 paints from deep features alone."


SPEC = MethodSpec(
    name="adain",
    title="AdaIN: arbitrary style in one forward pass, fast",
    medium="image",
    params=AdaINParams,
    run="autostyle.methods.adain.run:AdaIN",
    presets=(
        {"detail": 0.1},
        {"detail": 0.6},
        {"alpha": 0.7, "detail": 0.5},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=MASKS,
    ratio="alpha",
    embedded=("adain_encoder", "adain_decoder"),
    styles=8,
    aliases=("ada in", "adaptive instance norm", "어데인", "아다인", "에이다인", "애드에인", "아데인"),
    time=TrialTime(0.15, 1.1e-6, whole=2048, tiled=4.0),  # measured: 0.12 s at 64 px, 0.28 at 384
    # 362 MB more for 681 x 1024 px, 1185 MB for 1362 x 2048; a mask of one region takes 350 bytes a pixel.
    memory=MemoryNeed(400, whole=2**22, tile=500_000_000, tiled=64, region=350, fixed=100_000_000),
    source="Huang & Belongie, Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization, ICCV 2017",
)
