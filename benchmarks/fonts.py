"""Fonts: how far a study gets above a method's defaults, and whether the held-out metrics agree.

The content is the font that ``autostyle.testing.letters`` draws in code, with letters of a pangram; the styles are two
of the examples. A study has 10 trials, its presets among them, and its seeds take turns with the styles; the gain is in
hypervolume, on the defaults alone and on defaults and presets together.
"""

from __future__ import annotations

from pathlib import Path

import optuna

from autostyle.mediums.registry import create
from autostyle.methods import registry
from autostyle.methods.contract import FontInputs, Style
from autostyle.plan import MethodPlan
from autostyle.testing.letters import small_font
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.studies import Pairs, StudyBench, of_method

TRIALS, PIXELS, TEXT = 10, 40, "Sphinxofblackquartz"
STYLES = Path(__file__).parents[1] / "studies" / "examples" / "styles"
STYLE_NAMES = ("swirling-night-12.jpg", "woodcut-wave-0.jpg")
PLANS = (MethodPlan(name="font_color"), MethodPlan(name="font_shape", fixed={"steps": 12}))


def opened(plan: MethodPlan, style: str) -> StudyBench:
    """A method on one style."""
    medium, weights = create("font", "font"), Weights.open(offline=True)
    method = medium.method(plan.name)
    method.load(weights, "cpu")
    inputs = FontInputs(small_font(TEXT), Style((medium.load_style(STYLES / style).exemplar,)))
    profile = registry.find(plan.name).profile
    scorer = medium.scorer(inputs, weights=weights, device="cpu", model="embedded", profile=profile)
    return StudyBench(plan, method, method.prepare(inputs, PIXELS), scorer)


def _pairs(plan: MethodPlan) -> Pairs:
    return [(style, lambda style=style: opened(plan, style)) for style in STYLE_NAMES]


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    report(
        "fonts",
        {"trials": TRIALS, "pixels an em": PIXELS, **{plan.name: of_method(_pairs(plan), TRIALS) for plan in PLANS}},
    )


if __name__ == "__main__":
    main()
