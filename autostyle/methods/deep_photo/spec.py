"""Deep photo: Gatys' optimisation, held to what changes of colour alone can make of a photograph."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.params import Range
from autostyle.methods.spec import MemoryNeed, MethodSpec, TrialTime


class DeepPhotoParams(GatysParams):
    """Parameters of :data:`SPEC`: those of gatys, and how firmly the photograph is held."""

    laplacian_weight: Annotated[
        float, Range(10.0, 100_000.0, log=True, moves={"structure": 1, "marks": -1}, aliases=("라플라시안 가중치",))
    ] = 10_000.0
    "Weight of the matting Laplacian: higher lets colours change and edges not; lower lets brushwork in."


SPEC = MethodSpec(
    name="deep_photo",
    title="Deep photo: a photograph in another's light and colours, its lines kept and no brushwork",
    medium="image",
    params=DeepPhotoParams,
    run="autostyle.methods.deep_photo.run:DeepPhoto",
    presets=(
        # A whole palette of the night on a picture of the day drowns its shadows (measured), so others begin with half.
        {"recolor": 0.5},
        {},
        {"laplacian_weight": 1000.0, "recolor": 0.5},
        {"laplacian_weight": 100_000.0, "style_loss": "sliced"},
    ),
    limits=GATYS.limits,
    encoder=True,
    profile="photo",
    aids=GATYS.aids,
    ratio="style_weight",
    path=GATYS.path,
    begin=GATYS.begin,
    towards=GATYS.towards,
    styles=8,
    aliases=("deep photo style", "deep photo", "딥 포토"),
    time=TrialTime(0.25, 1.1e-4, 0.2, along_to=1024),
    # That of gatys and the matrices of all sizes, 104 bytes a pixel; of a large picture that of a band of it.
    memory=MemoryNeed(2500, whole=2**20, tile=1_050_000_000, tiled=120, grows=True, region=700, fixed=170_000_000),
    source="Luan, Paris, Shechtman & Bala, Deep Photo Style Transfer, CVPR 2017",
)
