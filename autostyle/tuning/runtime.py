"""What a worker computes with: methods, scorer, weights. Importing this module imports no torch; :func:`real` does.

A worker is told which runtime to use by name (``module:factory``), so that everything about processes can be tried
on one that crashes, hangs or runs out of memory at will.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from autostyle.mediums.contract import Medium, Scorer
from autostyle.methods.contract import AnyMethod, Inputs
from autostyle.scoring.scores import ProfileName
from autostyle.vision.weights import BASES, Weights

if TYPE_CHECKING:
    from autostyle.vision.encoder import Encoder

REAL = "autostyle.tuning.runtime:real"
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}
"""What keeps model libraries from opening a socket; they read it when they are imported, which is later."""


class Runtime(Protocol):
    """Everything a worker needs that costs time or memory to set up."""

    def method(self, name: str, medium: Medium[Any, Any, Any]) -> AnyMethod:
        """The method called ``name``, at work on ``medium``, loaded."""

    def scorer(
        self, inputs: Inputs[Any, Any], medium: Medium[Any, Any, Any], model: str, profile: ProfileName
    ) -> Scorer:
        """The scorer of one content and its style; ``model`` as in Plan.scorer, ``profile`` as Plan.judged_by."""


class Factory(Protocol):
    """Makes a runtime.

    Args:
        offline: open no socket.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:N`` or ``mps``.
        encoder: as in Plan.encoder: an encoder for the methods that optimise its features, a base model for those
            that paint with diffusion models.
        worker: number of the worker; on a machine with several GPUs each worker takes its own.
    """

    def __call__(self, *, offline: bool, device: str, encoder: str, worker: int) -> Runtime: ...


def load(target: str) -> Factory:
    """The factory ``module:name``."""
    module, _, name = target.partition(":")
    return cast("Factory", getattr(import_module(module), name))


@dataclass(frozen=True)
class _Chosen(Weights):
    """Weights that give methods which leave the encoder or the base model open the one a plan chose."""

    choice: str = "auto"

    def encoder(self, name: str = "auto", device: str = "cpu", pooling: str = "max") -> Encoder:
        chosen = self.choice if name == "auto" and self.choice not in BASES else name
        return super().encoder(chosen, device, pooling)

    def base(self, name: str = "auto", sets: Iterable[tuple[str, ...]] = ()) -> str:
        return super().base(self.choice if name == "auto" else name, sets)


class _Real:
    def __init__(self, *, offline: bool, device: str, encoder: str, worker: int) -> None:
        from autostyle.methods.devices import resolve

        if offline:
            os.environ.update(OFFLINE)
        self._device = resolve(device if device not in ("auto", "cuda") else _own_gpu(worker, device))
        weights = Weights.open(offline=offline)
        self._weights = _Chosen(weights.offline, weights.yours, weights.register, choice=encoder)

    def method(self, name: str, medium: Medium[Any, Any, Any]) -> AnyMethod:
        method = medium.method(name)
        method.load(self._weights, self._device)
        return method

    def scorer(
        self, inputs: Inputs[Any, Any], medium: Medium[Any, Any, Any], model: str, profile: ProfileName
    ) -> Scorer:
        return medium.scorer(inputs, weights=self._weights, device=self._device, model=model, profile=profile)


def real(*, offline: bool, device: str, encoder: str, worker: int) -> Runtime:
    """The runtime that computes: registered methods, real weights, the real scorer."""
    return _Real(offline=offline, device=device, encoder=encoder, worker=worker)


def _own_gpu(worker: int, device: str) -> str:
    """``cuda:N`` where there are several GPUs to share out, else ``device``."""
    import torch

    gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
    return f"cuda:{worker % gpus}" if gpus > 1 else device
