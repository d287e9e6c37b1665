"""Sound mosaic: a recording played with grains of another sound."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class SoundMosaicParams(Params):
    """Parameters of :data:`SPEC`."""

    strength: Annotated[float, Range(0.0, 1.0, everyday=True)] = 1.0
    "Share of what is heard that is grains of the style; the rest is the recording itself."

    grain: Annotated[float, Range(40.0, 200.0, log=True, moves={"marks": 1}, aliases=("grain size", "알갱이"))] = 93.0
    "Length of a grain in milliseconds: short ones follow rhythm, long ones pitch."

    polyphony: Annotated[int, Range(1, 24, log=True, moves={"content": 1})] = 10
    "Grains that sound at once at most: few leave the style as it is, many follow the recording."

    continuity: Annotated[int, Range(0, 8, moves={"style": 1})] = 3
    "Grains on either side that are preferred to be played in their own order: more is smoother, and more the style."

    repetition: Annotated[int, Range(0, 8)] = 3
    "Grains on either side in which the same one is not to sound again: more sounds less like stuttering."

    transpose: Annotated[int, Range(0, 6, tune=False, timed=False)] = 0
    """Semitones up and down by which grains may be moved, too, so that tunes find their pitches; each takes as much
    time again. Not searched unless asked for."""

    envelope: Annotated[float, Range(0.0, 1.0, moves={"content": 1})] = 0.5
    "How far the grains are as loud as the recording at each moment."

    iterations: Annotated[int, Range(5, 60, limit=200, tune=False)] = 20
    "Times that the choice of grains is mended."


SPEC = MethodSpec(
    name="sound_mosaic",
    title="Sound mosaic: the recording played with grains of another sound",
    medium="audio",
    params=SoundMosaicParams,
    run="autostyle.methods.sound_mosaic.run:SoundMosaic",
    profile="sound",
    limits={"clipping": 0.001, "loudness_drift": 6.0, "length_drift": 0.01},
    presets=(
        {"polyphony": 4, "continuity": 5, "envelope": 0.2},
        {"polyphony": 20, "continuity": 1, "grain": 60.0, "envelope": 1.0},
        {"strength": 0.6, "envelope": 0.8},
    ),
    ratio="strength",
    styles=4,
    aliases=(
        *("sound mosaic", "audio mosaic", "mosaicing", "musaicing", "let it bee", "concatenative synthesis"),
        *("소리 모자이크", "사운드 모자이크"),
    ),
    time=TrialTime(2.5, 0.0),
    source=(
        "Driedger, Prätzlich & Müller, Let It Bee: Towards NMF-Inspired Audio Mosaicing, ISMIR 2015; written from the "
        "paper"
    ),
)
