"""Fast nets for clips: one pass a frame of a net that has learnt to be steady."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from autostyle.methods.fast_net.spec import NET, FastNetParams
from autostyle.methods.fast_net.spec import SPEC as FAST_NET
from autostyle.methods.params import Range
from autostyle.methods.spec import MOST_SOFTNESS, MethodSpec, TrialTime


class TemporalNetParams(FastNetParams):
    """Parameters of :data:`SPEC`: those of a fast net, and how steady the clip is held."""

    hold: Annotated[float, Range(0.0, 0.95, everyday=True)] = 0.9
    "Share of each frame that is the one before, carried along the motion: 0 leaves steadiness to the net."


def _of_styles(files: tuple[Path, ...], styles: Sequence[Path]) -> tuple[Path, ...]:
    from autostyle.methods.fast_net.nets import of_styles

    return of_styles(files, styles, steady=True)


SPEC = MethodSpec(
    name="temporal_net",
    title="Fast net for clips: one pass a frame of a net that has learnt to be steady, the fastest",
    medium="video",
    params=TemporalNetParams,
    run="autostyle.methods.temporal_net.run:TemporalNet",
    presets=(
        {"alpha": 0.95, "recolor": 0.85},
        {"hold": 0.6},
        {"alpha": 0.65},
    ),
    limits={**FAST_NET.limits, "softness": MOST_SOFTNESS},
    aids=tuple(replace(aid, of_styles=_of_styles) if aid.name == NET else aid for aid in FAST_NET.aids),
    lacks=FAST_NET.lacks,
    ratio="alpha",
    styles=8,
    aliases=("temporal net", "steady net", "템포럴넷", "템포럴 넷", "영상 패스트넷", "깜박임 없는 넷"),
    time=TrialTime(1.0, 1.6e-5),  # of 12 frames, with their scores: 0.9 s at 64 x 36 px, 1.4 at 256 x 144
    source=(
        "Johnson, Alahi & Fei-Fei, ECCV 2016; Huang et al., Real-Time Neural Style Transfer for Videos, CVPR 2017; "
        "Wang et al., Consistent Video Style Transfer via Relaxation and Regularization, IEEE TIP 2020"
    ),
)
