"""NeRF style: the colours of a radiance field that was fitted to photographs, optimised over many views of it."""

from __future__ import annotations

from pathlib import Path

from autostyle import formats
from autostyle.methods.cameras import CAMERAS
from autostyle.methods.spec import MethodSpec, TrialTime
from autostyle.methods.splat_style.spec import MOST_EXCESS, PRESETS, ViewPaintingParams
from autostyle.sentences import Sentence


class NerfStyleParams(ViewPaintingParams):
    """Parameters of :data:`SPEC`."""


def _unfit(path: Path) -> str:
    if formats.at(path) in formats.FIELDS or not path.is_file():
        return ""
    return Sentence("takes photographs with their cameras, or a field of such, not splats")


SPEC = MethodSpec(
    name="nerf_style",
    title="NeRF style: photographs with their cameras become a radiance field, painted to look alike from every side",
    medium="scene",
    params=NerfStyleParams,
    run="autostyle.methods.nerf_style.run:NerfStyle",
    presets=PRESETS,
    limits={"view_excess": MOST_EXCESS},
    encoder=True,
    aids=(CAMERAS,),
    unfit=_unfit,
    ratio="style_weight",
    path=6,
    begin=0.02,
    styles=8,
    aliases=("nerf style", "radiance field style", "stylized nerf", "너프 스타일", "방사 필드 스타일"),
    time=TrialTime(4.0, 4e-4, 0.4),
    source=(
        "Zhang et al., ARF: Artistic Radiance Fields, ECCV 2022, on a grid of voxels (Sun et al., Direct Voxel Grid "
        "Optimization, CVPR 2022); the losses are those of gatys"
    ),
)
