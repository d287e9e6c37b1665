"""Sound texture: a recording whose spectrogram takes on the statistics of another sound's."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class SoundTextureParams(Params):
    """Parameters of :data:`SPEC`."""

    style_weight: Annotated[float, Range(0.01, 30.0, log=True)] = 1.0
    "Weight of the style's statistics beside the recording's own spectrogram."

    reach: Annotated[float, Range(30.0, 400.0, log=True, moves={"marks": 1}, everyday=True)] = 130.0
    "Milliseconds that a filter hears at once: short ones keep rhythm, long ones take over whole sounds."

    levels: Annotated[float, Range(0.0, 1.0, everyday=True)] = 0.5
    "Share of the mean and the spread of each frequency in the statistics; the rest is how frequencies go together."

    filters: Annotated[int, Range(64, 1024, log=True, tune=False)] = 256
    "Random filters that are compared: more tell textures apart better and take longer."

    steps: Annotated[int, Range(4, 200, limit=1000, tune=False, timed=True)] = 60
    "Steps of the optimisation."


SPEC = MethodSpec(
    name="sound_texture",
    title="Sound texture: a spectrogram that takes on another sound's statistics",
    medium="audio",
    params=SoundTextureParams,
    run="autostyle.methods.sound_texture.run:SoundTexture",
    profile="sound",
    limits={"clipping": 0.001, "loudness_drift": 6.0, "length_drift": 0.01},
    presets=(
        {"style_weight": 0.2},
        {"style_weight": 5.0, "levels": 0.8},
        {"style_weight": 10.0, "reach": 60.0},
    ),
    ratio="style_weight",
    styles=4,
    aliases=("sound texture", "audio texture", "texture synthesis", "사운드 텍스처", "소리 질감"),
    time=TrialTime(8.0, 0.0),
    source=(
        "Ulyanov & Lebedev, Audio texture synthesis and style transfer, 2016 (Gram matrices of random filters over "
        "time), with moments of each frequency; phases by Griffin & Lim 1984, accelerated (Perraudin et al., 2013)"
    ),
)
