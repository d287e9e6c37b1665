"""Studies of sound against their methods' defaults, and what is known of sounds made by code.

Sounds are those of ``training/sounds.py``: 5 s of content, 7 s of style, at 22,050 Hz. A study has 12 trials, its
presets among them, and its seeds take turns with the pairs; the gain is in hypervolume, on the defaults alone and on
defaults and presets together.
"""

from __future__ import annotations

import optuna

from autostyle.codecs.recording import Recording
from autostyle.methods import registry
from autostyle.methods.contract import Inputs, Style
from autostyle.plan import MethodPlan
from autostyle.scoring.audio.recording_scorer import RecordingScorer
from autostyle.scoring.audio.scorer import AudioScorer
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.studies import Pairs, StudyBench, of_method
from training.sounds import make

TRIALS, RATE = 12, 22_050
PAIRS = (("tune", "rain"), ("drum", "birds"))
PLANS = (
    MethodPlan(name="sound_mosaic"),
    MethodPlan(name="tone_match"),
    MethodPlan(name="sound_texture", fixed={"steps": 25}),
)


def opened(
    plan: MethodPlan, content: Recording, style: Recording, scorer: type[RecordingScorer] = AudioScorer
) -> StudyBench:
    """A method on two recordings."""
    method = registry.create(plan.name)
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(Inputs(content, Style((style,))), RATE)
    return StudyBench(plan, method, prepared, scorer(content, [style], (1.0,)))


def _pairs(plan: MethodPlan) -> Pairs:
    return [(f"{a}-{b}", lambda a=a, b=b: opened(plan, make(a, 5.0), make(b))) for a, b in PAIRS]


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    report("sound", {"trials": TRIALS, "rate": RATE, **{plan.name: of_method(_pairs(plan), TRIALS) for plan in PLANS}})


if __name__ == "__main__":
    main()
