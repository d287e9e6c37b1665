"""WCT: whitening and colouring, or other ways to take on a style's statistics, level by level in one decoder."""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.methods.masks import MASKS
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime

Match = Literal["moments", "efdm", "transport", "wct"]


class WCTParams(OnePassParams):
    """Parameters of :data:`SPEC`."""

    relu1_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu1_1, where grain and colours are."

    relu2_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu2_1, where fine marks are."

    relu3_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu3_1, where strokes are."

    relu4_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu4_1, where patterns are."

    match1: Match = "wct"
    "What becomes the style's at relu1_1: as match4."

    match2: Match = "wct"
    "What becomes the style's at relu2_1: as match4."

    match3: Match = "wct"
    "What becomes the style's at relu3_1: as match4."

    match4: Match = "wct"
    "At relu4_1: moments of each channel, their whole distributions (efdm), or covariances (transport moves least)."

    shrinkage: Annotated[float, Range(1e-4, 1.0, log=True)] = 0.1
    "How far covariances are moved towards ones alike along all axes: higher is calmer where there are few places."

    detail: Annotated[float, Range(0.0, 1.0, moves={"structure": 1, "marks": -1}, everyday=True)] = 0.5
    "Share of the content's fine structure that reaches the decoder: 0 paints from deep features alone."


SPEC = MethodSpec(
    name="wct",
    title="WCT: whitening and colouring, any style in one pass",
    medium="image",
    params=WCTParams,
    run="autostyle.methods.wct.run:WCT",
    presets=(
        {"detail": 0.3},
        {"relu4_1": 0.5, "match1": "efdm", "match2": "efdm"},
        {"shrinkage": 0.01, "match3": "transport", "match4": "transport"},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=MASKS,
    ratio="alpha",
    path=5,
    embedded=("adain_encoder", "adain_decoder"),
    styles=8,
    aliases=("whitening and coloring", "whitening and colouring", "화이트닝"),
    time=TrialTime(0.2, 2.5e-6, further=0.7),
    memory=MemoryNeed(1100),  # 673 MB more for 682 x 1024 px with efdm throughout, 535 with wct
    source="Li et al., Universal Style Transfer via Feature Transforms, NIPS 2017",
)
