"""A runtime of NumPy alone, for trying out processes: pictures in a millisecond, and every kind of accident on demand.

The environment variable FAKE holds a JSON object:

    seconds, steps   how long a run takes and in how many steps
    accidents        a list of {"do": WHAT, "when": {parameter: value}, "above": {parameter: value}, "once": file};
                     ``once`` makes it happen one time
    scorer           the version the scorer claims to be
    objectives       further ones than style and content, as Metric's arguments; each is best half-way

WHAT is crash (kill -9), exit, memory, refuse, error, hang, nan or disk (no file may grow any more).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from autostyle.codecs.clip import Clip
from autostyle.errors import BadInput, OutOfMemory
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop
from autostyle.scoring.scores import OBJECTIVES, Metric, ScorerId, Scores
from autostyle.tuning import paths

ENVIRONMENT = "FAKE"


def settings() -> dict[str, Any]:
    return json.loads(os.environ.get(ENVIRONMENT, "{}"))


class FakeMethod(Method[Any, Any]):
    """Paints red by its ``strength``, green by a flaw, both of which show in the scores, and blue where it finishes."""

    def __init__(self, name: str) -> None:
        self.spec = registry.find_built(name)

    def load(self, weights: Any, device: str) -> None:
        pass

    def weights_used(self) -> dict[str, str]:
        return {"encoder": "none"}

    def prepare(self, inputs: ImageInputs, size: int) -> tuple[int, int]:
        height, width = inputs.content.shape[:2]
        scale = size / max(height, width)
        return round(height * scale), round(width * scale)

    def run(
        self, prepared: tuple[int, int], params: Any, *, seed: int, on_iterate: OnIterate = lambda f: None
    ) -> ImageResult:
        told = settings()
        values = params.model_dump()
        if self.spec.ratio == "alpha":
            strength, flaw = params.alpha, 0.2 * abs(getattr(params, "detail", 0.5) - 0.5)
        else:
            strength, flaw = params.style_weight / (1 + params.style_weight), 0.1 * abs(params.pixels - 1)
        image = np.zeros((*prepared, 3), np.float32)
        image[..., 0], image[..., 1], image[..., 2] = strength, flaw, float(bool(self.spec.finishes))
        for accident in told.get("accidents", []):
            if all(values.get(name) == value for name, value in accident.get("when", {}).items()) and all(
                values[name] > value for name, value in accident.get("above", {}).items()
            ):
                image = happen(accident, image)
        steps = told.get("steps", 1)
        for step in range(1, steps + 1):
            time.sleep(told.get("seconds", 0.0) / steps)
            try:
                on_iterate(Iterate(step, steps, lambda: image, 1 / step))
            except Stop:
                return ImageResult(image, step, stopped=True)
        return ImageResult(image, steps)


def happen(accident: dict[str, Any], image: Pixels) -> Pixels:
    if "once" in accident:
        if Path(accident["once"]).exists():
            return image
        Path(accident["once"]).touch()
    match accident["do"]:
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            os._exit(7)
        case "memory":
            raise OutOfMemory("the device ran out of memory", "try a smaller --size")
        case "refuse":
            raise BadInput("this combination paints nothing", "try another")
        case "error":
            raise RuntimeError("something\nbroke")
        case "hang":
            time.sleep(3600)
        case "nan":
            return image * np.float32("nan")
        case "disk":
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    return image


class FakeScorer:
    notes = ("scored by a stand-in",)

    def __init__(self) -> None:
        told = settings()
        self.metrics = OBJECTIVES + tuple(Metric(**metric) for metric in told.get("objectives", ()))
        self.identity = ScorerId("fake", told.get("scorer", 1), "0" * 16, {"style": 1.0}, self.metrics)

    def score(self, made: Pixels | Clip) -> Scores:
        image = made.middle if isinstance(made, Clip) else made
        strength, flaw = float(image[..., 0].mean()), float(image[..., 1].mean())
        known = {"style": strength, "content": 1 - strength**2 - flaw}
        further = {metric.name: 1 - abs(strength - 0.5) for metric in self.metrics[2:]}
        return Scores(known | further, {"ssim": 1 - strength}, {"style": strength, "content": 0.5})


class FakeRuntime:
    def method(self, name: str, medium: Any) -> Any:
        return medium.adapt(FakeMethod(name))

    def scorer(self, inputs: ImageInputs, medium: Any, model: str, profile: str) -> FakeScorer:
        return FakeScorer()


def make(*, offline: bool, device: str, encoder: str, worker: int) -> FakeRuntime:
    """The factory: ``fake_runtime:make``."""
    if settings().get("broken"):
        os._exit(3)
    # A run with few pictures: what is tried here is processes, and each picture is a trial that waits for a database.
    if "pytest" not in sys.modules:  # a process of its own
        paths.APART, paths.LONGEST = 0.3, 4.0
    return FakeRuntime()
