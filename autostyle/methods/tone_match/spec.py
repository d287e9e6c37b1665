"""Tone match: the tone, dynamics and loudness of one recording on another."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class ToneMatchParams(Params):
    """Parameters of :data:`SPEC`."""

    strength: Annotated[float, Range(0.0, 1.0, everyday=True)] = 1.0
    "How far the recording is moved towards the style in everything below: 0 leaves it as it is."

    tone: Annotated[float, Range(0.0, 1.2, everyday=True, aliases=("eq", "equalizer", "음색"))] = 1.0
    "Share of the difference between the long-term spectra that the equalizer takes away."

    smoothness: Annotated[float, Range(0.08, 1.0, log=True, everyday=True)] = 0.33
    "Octaves over which the equalizer is smoothed: more is broader and gentler."

    reach: Annotated[float, Range(3.0, 24.0, limit=40.0, everyday=True)] = 15.0
    "Most decibels that the equalizer raises or lowers anything."

    dynamics: Annotated[float, Range(0.0, 1.0, everyday=True, aliases=("compression", "다이내믹"))] = 0.6
    "How far loud and soft are as far apart as in the style."

    loudness: Annotated[float, Range(0.0, 1.0, tune=False, everyday=True, aliases=("lufs", "음량"))] = 1.0
    "How far the whole becomes as loud as the style (LUFS, ITU-R BS.1770). Not searched: no score hears it."


SPEC = MethodSpec(
    name="tone_match",
    title="Tone match: the tone, dynamics and loudness of another recording",
    medium="audio",
    params=ToneMatchParams,
    run="autostyle.methods.tone_match.run:ToneMatch",
    profile="sound",
    limits={"clipping": 0.001, "loudness_drift": 3.0, "length_drift": 0.01},
    presets=(
        {"strength": 0.5},
        {"dynamics": 0.0, "smoothness": 0.15, "reach": 24.0},
        {"dynamics": 1.0, "smoothness": 0.15, "reach": 24.0},
    ),
    ratio="strength",
    styles=8,
    aliases=(
        *("tone match", "eq match", "match eq", "match the eq", "match the tone", "match the loudness"),
        *(
            "mastering",
            "master it",
            "음색 맞추기",
            "음색을 … 맞춰",
            "음색을 … 맞추",
            "음량을 … 맞춰",
            "음량에 맞춰",
            "음색에 맞춰",
            "톤 매칭",
            "이큐 매칭",
            "마스터링",
        ),
    ),
    time=TrialTime(1.0, 0.0),
    source="an equalizer of linear phase between smoothed long-term spectra; loudness by ITU-R BS.1770-4",
)
