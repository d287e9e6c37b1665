"""Trials of a diffusion method with everything kept, against a loop that loads and encodes for each of them.

With a GPU both run at the true sizes of SDXL, with random numbers for weights: they take the time and the memory of
the published ones. Elsewhere both run on the tiny models, where only the ratio says something.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Method, Pixels, Style
from autostyle.methods.params import Params
from autostyle.testing.tiny import models
from autostyle.testing.tiny.sizes import TRUE
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report, square

TRIALS, NAIVE = 6, 3
"""How many trials of each loop are timed."""
LORA = "lora_sdxl_kohya.safetensors"


@contextmanager
def denoiser(method: Method[Any, Any]) -> Iterator[list[float]]:
    """Seconds that the UNet itself takes, call by call."""
    unet, seconds = method.engine.pipeline.unet, []  # type: ignore[attr-defined]
    began = 0.0

    def before(*_: object) -> None:
        nonlocal began
        _wait()
        began = time.perf_counter()

    def after(*_: object) -> None:
        _wait()
        seconds.append(time.perf_counter() - began)

    hooks = [unet.register_forward_pre_hook(before), unet.register_forward_hook(after)]
    try:
        yield seconds
    finally:
        for hook in hooks:
            hook.remove()


def opened(name: str, folder: Path, device: str) -> Method[Any, Any]:
    """A method on weights that nothing else shares."""
    method = registry.create(name)
    method.load(Weights(offline=True, yours=folder), device)
    return method


def compared(
    name: str, folder: Path, device: str, pair: tuple[Pixels, Pixels], size: int, steps: int
) -> dict[str, Any]:
    """Seconds a trial of both loops, and where they go."""
    aids = {"lora": (folder / LORA,)} if name == "style_lora" else {}
    inputs, model = ImageInputs(pair[0], Style((pair[1],), prompt="oil on canvas"), aids=aids), registry.params(name)
    given: dict[str, Any] = {"steps": steps}
    trials: list[Params] = [model.parse(given | {"strength": 0.4 + 0.08 * n}) for n in range(TRIALS)]

    method = opened(name, folder, device)
    prepared = method.prepare(inputs, size)
    method.run(prepared, trials[0], seed=0)
    if device != "cpu":
        torch.cuda.reset_peak_memory_stats()
    with denoiser(method) as inside:
        began = time.perf_counter()
        for params in trials:
            method.run(prepared, params, seed=0)
        kept = (time.perf_counter() - began) / TRIALS
    peak = torch.cuda.max_memory_allocated() if device != "cpu" else None

    began = time.perf_counter()
    again = trials[:NAIVE]
    for params in again:
        fresh = opened(name, folder, device)
        fresh.run(fresh.prepare(inputs, size), params, seed=0)
    naive = (time.perf_counter() - began) / len(again)
    return {
        "seconds_a_trial": kept,
        "seconds_a_trial_naive": naive,
        "trials_an_hour": 3600 / kept,
        "trials_an_hour_naive": 3600 / naive,
        "denoiser_share": sum(inside) / TRIALS / kept,
        "peak_bytes": peak,
    }


def write_models(folder: Path, device: str) -> None:
    """SDXL and its parts: tiny on a CPU, else at the true widths, in the half precision of the published files."""
    if device == "cpu":
        models.write_all(folder, families=["sdxl"])
        return
    torch.set_default_dtype(torch.float16)
    try:
        with torch.device(device):
            models.write_all(folder, TRUE, ["sdxl"])
    finally:
        torch.set_default_dtype(torch.float32)


def main() -> None:
    gpu = torch.cuda.is_available()
    content, style = pictures()[0]
    size = 1024 if gpu else 96
    pair = square(content, size), square(style, size)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        device = "cuda:0" if gpu else "cpu"
        write_models(folder, device)
        if gpu:
            torch.cuda.empty_cache()
        names = ["ip_adapter", "instant_style", "controlnet", "style_lora"]
        results = {name: compared(name, folder, device, pair, size, 24 if gpu else 4) for name in names}
    data = {
        "models": "SDXL at its true sizes, random weights" if gpu else "tiny models in the layout of SDXL",
        "device": torch.cuda.get_device_name() if gpu else "cpu",
        "size": size,
        "methods": results,
    }
    report("diffusion", data)


def _wait() -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


if __name__ == "__main__":
    main()
