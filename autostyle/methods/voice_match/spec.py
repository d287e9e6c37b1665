"""Voice match: pitch, resonances and tone of one voice moved towards another's."""

from __future__ import annotations

from typing import Annotated

from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class VoiceMatchParams(Params):
    """Parameters of :data:`SPEC`."""

    strength: Annotated[float, Range(0.0, 1.0, everyday=True)] = 1.0
    "How far the voice is moved towards the other in everything below: 0 leaves it as it is."

    pitch: Annotated[float, Range(0.0, 1.2, everyday=True, aliases=("pitch level", "음높이"))] = 1.0
    "Share of the way to the other voice's pitch."

    intonation: Annotated[float, Range(0.0, 1.2, aliases=("pitch range", "억양"))] = 0.5
    "How far the pitch rises and falls as widely as in the other voice."

    formants: Annotated[float, Range(0.0, 1.3, aliases=("formant", "vocal tract", "포먼트"))] = 0.7
    "Share of the way to the resonances of the other vocal tract: as from a smaller or larger mouth."

    envelope: Annotated[float, Range(0.0, 1.3, everyday=True, moves={"style": 1})] = 0.9
    "Share of what still differs in tone, sound by sound, that is taken away."

    classes: Annotated[int, Range(1, 32, log=True, everyday=True)] = 8
    "Kinds of sounds that are told apart and matched, each by itself; 1 is an equalizer."

    smoothness: Annotated[float, Range(10.0, 150.0, log=True, everyday=True)] = 30.0
    "Milliseconds over which the tone moves from one sound to the next: less is sharper, and rougher."

    detail: Annotated[float, Range(1.0, 3.0, log=True, tune=False, everyday=True)] = 2.0
    "How fine the curve over the harmonics is, in milliseconds of quefrency. Not searched: high voices want less."


SPEC = MethodSpec(
    name="voice_match",
    title="Voice match: pitch, resonances and tone moved towards another voice's",
    medium="audio",
    params=VoiceMatchParams,
    run="autostyle.methods.voice_match.run:VoiceMatch",
    profile="voice",
    limits={"clipping": 0.001, "loudness_drift": 6.0, "length_drift": 0.01},
    presets=(
        {"formants": 1.0, "classes": 16},
        {"strength": 0.5},
        {"formants": 0.4, "classes": 4, "smoothness": 60.0},
    ),
    ratio="strength",
    imitates=True,
    styles=4,
    aliases=(
        *("voice match", "voice conversion", "voice changer", "voice style", "voice transfer"),
        *("목소리 변환", "음성 변환", "보이스 매칭", "목소리 맞추기"),
    ),
    time=TrialTime(3.0, 0.0),
    source=(
        "TD-PSOLA (Moulines & Charpentier, 1990), true envelopes (Röbel & Rodet, 2005), pitch after Boersma, 1993; "
        "classes of sounds matched without parallel recordings, in the manner of Erro, Moreno & Bonafonte, 2010"
    ),
)
