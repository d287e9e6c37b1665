"""Studies of ``stylegan`` against its defaults, on the drawn heads of its small network.

A study has 12 trials, its presets among them; content and style are drawn from other noise than the network has seen,
128 px. What was looked for in the network is kept within a pair, as in any study.
"""

from __future__ import annotations

import numpy as np
import optuna
import torch

from autostyle.codecs import Pixels
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.stylegan.spec import NETWORK, SPEC
from autostyle.plan import MethodPlan
from autostyle.scoring.scorer import ImageScorer
from autostyle.vision.weights import Weights
from benchmarks.common import report
from benchmarks.studies import StudyBench, of_method
from training.drawn.heads import NUMBERS, heads

TRIALS, SIDE = 12, 128
PAIRS = ((1, 2), (3, 4))
"""Seeds of the noise of contents and styles."""


def opened(plan: MethodPlan, content: Pixels, style: Pixels) -> StudyBench:
    """The method on one pair of heads."""
    weights, method = Weights.open(offline=True), registry.create(plan.name)
    method.load(weights, "cpu")
    network = next(aid for aid in SPEC.aids if aid.name == NETWORK).given(["drawn-heads"]).files
    prepared = method.prepare(ImageInputs(content, Style((style,)), aids={NETWORK: network}), SIDE)
    return StudyBench(
        plan, method, prepared, ImageScorer.open(content, (style,), (1.0,), weights=weights, device="cpu")
    )


def head(seed: int) -> Pixels:
    """A drawn one, (SIDE, SIDE, 3)."""
    noise = torch.randn(1, NUMBERS, generator=torch.Generator().manual_seed(10_000 + seed))
    return np.ascontiguousarray(heads(noise, SIDE)[0].permute(1, 2, 0).numpy())


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    plan = MethodPlan(name=SPEC.name)
    pairs = [(f"{a}-{b}", lambda a=a, b=b: opened(plan, head(a), head(b))) for a, b in PAIRS]
    report("stylegan", {"trials": TRIALS, "size": SIDE, SPEC.name: of_method(pairs, TRIALS)})


if __name__ == "__main__":
    main()
