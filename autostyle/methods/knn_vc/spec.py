"""kNN-VC: a voice said again in another's frames, with WavLM and HiFi-GAN."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class KnnVcParams(Params):
    """Parameters of :data:`SPEC`."""

    strength: Annotated[float, Range(0.0, 1.0, everyday=True)] = 1.0
    "Share of the other voice in the features of each moment: 0 leaves the voice, but for what the networks lose."

    neighbours: Annotated[int, Range(1, 32, log=True, everyday=True, moves={"style": -1})] = 4
    "Frames of the other voice whose mean takes the place of one: few are nearer to the voice, many are smoother."

    layer: Annotated[int, Range(1, 24, tune=False, everyday=True)] = 6
    """Layer of WavLM whose features are compared and sounded; the vocoder has to be trained on it: 6 in the paper. Not
    searched."""


SPEC = MethodSpec(
    name="knn_vc",
    title="kNN-VC: a voice said again in another's frames (WavLM and HiFi-GAN of your own)",
    medium="audio",
    params=KnnVcParams,
    run="autostyle.methods.knn_vc.run:KnnVc",
    needs=("WavLM", "a HiFi-GAN vocoder of its features"),
    weights=(("wavlm", "wavlm_vocoder"),),
    profile="voice",
    limits={"clipping": 0.001, "loudness_drift": 6.0, "length_drift": 0.01},
    presets=({"neighbours": 1}, {"neighbours": 12}, {"strength": 0.6}),
    ratio="strength",
    imitates=True,
    styles=4,
    aliases=("knn vc", "knn-vc", "wavlm"),
    time=TrialTime(30.0, 0.0),
    source="Baas, van Niekerk & Kamper, Voice Conversion With Just Nearest Neighbors, Interspeech 2023",
)
