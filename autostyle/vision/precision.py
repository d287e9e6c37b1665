"""Whether bfloat16 pays on this device: measured once a machine, not guessed from its name.

The answer is kept in the user's cache folder: measured anew by every process it could differ with the machine's load,
and the same seed would give two pictures. It is kept by kind of processor, for home folders are shared and moved: where
there are no instructions for it, bfloat16 is up to a hundred times slower.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import torch
from platformdirs import user_cache_path
from torch import nn

from autostyle import json_text
from autostyle.atomic import atomic_write_text
from autostyle.errors import AutostyleError

ENOUGH = 1.2
"""How many times faster bfloat16 must be to be worth its rounding."""


def _seconds(work: Callable[[], None], repeats: int = 5) -> float:
    work()
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


M = TypeVar("M", bound=nn.Module)


def fast(module: M, device: str) -> M:
    """A copy of a frozen ``module`` whose convolutions are in bfloat16, channels last, if that pays; else ``module``.

    Converted once instead of under autocast, which casts every weight and feature map again at every step. Buffers
    (the input's normalisation) keep their precision.
    """
    if not pays(device):
        return module
    copied = copy.deepcopy(module)
    for part in copied.modules():
        if isinstance(part, nn.Conv2d):
            part.to(torch.bfloat16, memory_format=torch.channels_last)  # type: ignore[call-overload]
    return copied


@lru_cache
def pays(device: str) -> bool:
    """Whether a small convolution stack, forward and backward, runs 1.2 times faster in bfloat16.

    MPS is left in float32: its half-precision kernels were not measured.
    """
    if device.startswith("mps"):
        return False
    name = torch.cuda.get_device_name(device) if device.startswith("cuda") else _processor()
    key = f"{name} {torch.get_num_threads()} {torch.__version__}"
    file = user_cache_path("autostyle") / "bfloat16.json"
    known = _known(file)
    if not isinstance(known.get(key), bool):
        measured = _measured(device)
        known = _known(file)  # another process may have measured meanwhile: all go by the first answer
        if not isinstance(known.get(key), bool):
            known[key] = measured
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic_write_text(file, json.dumps(known))
        except (OSError, AutostyleError):
            pass  # a cache that cannot be written is only measured again
    return bool(known[key])


def _known(file: Path) -> dict[str, object]:
    try:
        return dict(json_text.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return {}


def _processor() -> str:
    """The processor and what of its instructions torch computes with."""
    known: dict[str, object] = dict(getattr(torch.cpu, "get_capabilities", dict)())
    wide = [name for name in ("avx512_bf16", "amx_bf16", "bf16", "sve_bf16") if known.get(name)]
    return " ".join([str(known.get("cpu_name", "")), torch.backends.cpu.get_cpu_capability(), *wide]).strip()


def _measured(device: str) -> bool:
    net = nn.Sequential(nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), nn.Conv2d(16, 64, 3, padding=1)).to(device)
    image = torch.rand(1, 16, 160, 160, device=device, requires_grad=True)

    def step(enabled: bool) -> None:
        with torch.autocast(image.device.type, torch.bfloat16, enabled=enabled):
            net(image).float().sum().backward()
        if image.is_cuda:
            torch.cuda.synchronize()

    try:
        return _seconds(lambda: step(True)) * ENOUGH < _seconds(lambda: step(False))
    except RuntimeError:  # a device whose convolutions have no bfloat16 kernels at all
        return False
