"""Photo WCT: whitening and colouring in a wavelet autoencoder that loses no detail, and smoothing that knows edges."""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.methods.masks import MASKS
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime


class PhotoWCTParams(OnePassParams):
    """Parameters of :data:`SPEC`."""

    alpha: Annotated[float, Range(0.0, 1.0, aliases=("알파",))] = 0.5
    "How far tones and colours of every level become the style's: 0 leaves all but the palette, 1 is dramatic."

    relu1_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu1_1, where tones and grain are."

    relu2_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu2_1."

    relu3_1: Annotated[float, Range(0.0, 1.0)] = 1.0
    "Share of alpha at relu3_1."

    relu4_1: Annotated[float, Range(0.0, 0.3, limit=1.0)] = 0.0
    """Share of alpha at relu4_1, where the largest things are. A place of it is eight pixels wide, and what is changed
    there comes back as blotches in even skies and as halos, whatever the covariances are held by (measured)."""

    transform: Literal["wct", "transport"] = "transport"
    "wct: whitened, then coloured; transport: the least change that gives the same covariance."

    shrinkage: Annotated[float, Range(1e-4, 1.0, log=True)] = 0.01
    "How far covariances are moved towards ones alike along all axes: higher is calmer where there are few places."

    smooth_radius: Annotated[float, Range(0.0, 0.05, moves={"structure": 1})] = 0.02
    "Radius of the edge-aware smoothing after it, as a share of the long side; 0 = none."

    smooth_edges: Annotated[float, Range(1e-6, 0.1, log=True, moves={"structure": -1})] = 1e-4
    "Variance of the photograph that counts as an edge to the smoothing; lower keeps finer ones."


SPEC = MethodSpec(
    name="photo_wct",
    title="Photo WCT: a photograph in another's colours and tones in one pass, every detail kept",
    medium="image",
    params=PhotoWCTParams,
    run="autostyle.methods.photo_wct.run:PhotoWCT",
    presets=(
        # A whole palette of the night on a picture of the day drowns its shadows (measured), so others begin with less.
        {"recolor": 0.5},
        {},
        {"alpha": 0.3, "recolor": 0.2},
        {"relu3_1": 0.0},
        {"transform": "wct", "shrinkage": 0.1},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=MASKS,
    ratio="alpha",
    path=5,
    embedded=("encoder", "photo_wct"),
    profile="photo",
    styles=8,
    aliases=("photowct", "photo wct", "wct2", "포토wct", "포토 wct"),
    time=TrialTime(0.4, 1.2e-5, further=0.6, whole=1024, tiled=3.5),
    # 429 MB more for 341 x 512 px, 1408 MB for 683 x 1024
    memory=MemoryNeed(1900, whole=2**20, tile=850_000_000, tiled=96, region=600, fixed=110_000_000),
    source="Yoo et al., Photorealistic Style Transfer via Wavelet Transforms, ICCV 2019",
)
