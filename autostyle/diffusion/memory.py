"""How to fit a pipeline into a device: all of it, or ever smaller pieces that cost ever more time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import psutil  # type: ignore[import-untyped]
import torch
from torch import nn

VAE_TENSORS = 4
"""Full-size tensors of the second level's width that are alive at the decoder's worst moment."""
UNET_TENSORS = 48
"""The same for the UNet, in tensors of its first level's width: skip connections and a feed-forward."""
TILE = 512
"""Side in pixels of a tile of the VAE."""
MARGIN = 0.9
"""Share of the free memory that is planned with; allocators need some room between their blocks."""


class Rung(IntEnum):
    """The ladder, from fast to small."""

    FULL = 0
    TILED = 1
    "The VAE works on tiles."
    MODEL = 2
    "Also, each network is on the device only while it works."
    SEQUENTIAL = 3
    "Also, each layer is: slowest by far."


class Memory:
    """Chooses a rung for each run on one device, from what is free, what a run will need, and what went wrong before.

    Attributes:
        rung: the one in force; None before the first run.
    """

    def __init__(self, device: str) -> None:
        self.device = torch.device(device)
        self.rung: Rung | None = None
        self._floor = Rung.FULL
        self._measured = 1.0

    def choose(self, pipeline: Any, pixels: int) -> Rung:
        """The first rung, not above the lowest learnt so far, whose predicted need fits into the free memory."""
        free = self.free() * MARGIN
        if self.rung is not None and self.device.type != "cpu":
            free += resident(pipeline, self.device)  # what is there already is asked for again
        allowed = [rung for rung in Rung if rung >= self._floor and (rung < Rung.MODEL or self.device.type != "cpu")]
        found = [rung for rung in allowed if self._measured * need(pipeline, pixels, rung) <= free]
        return found[0] if found else allowed[-1]

    def ran_out(self) -> None:
        """Learn from running out of memory: the next run begins a rung lower."""
        self._floor = Rung(min((self.rung or Rung.FULL) + 1, Rung.SEQUENTIAL if self.device.type != "cpu" else 1))

    def measured(self, pipeline: Any, pixels: int) -> None:
        """Learn from a run that fitted: where it took more than predicted, predict more from now on."""
        if self.device.type == "cuda" and self.rung is not None:
            peak = torch.cuda.max_memory_allocated(self.device)
            self._measured = max(self._measured, peak / need(pipeline, pixels, self.rung))

    def free(self) -> int:
        """Free bytes of the device."""
        if self.device.type == "cuda":
            return int(torch.cuda.mem_get_info(self.device)[0])
        return int(psutil.virtual_memory().available)

    @contextmanager
    def settled(self, pipeline: Any, pixels: int) -> Iterator[None]:
        """``pipeline`` ready for one run on ``pixels`` in all; what happens in it is learnt from."""
        self.settle(pipeline, self.choose(pipeline, pixels))
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self.device)
        try:
            yield
        except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "memory" not in str(error):
                raise
            self.ran_out()
            raise
        finally:
            pipeline.maybe_free_model_hooks()
        self.measured(pipeline, pixels)

    def settle(self, pipeline: Any, rung: Rung) -> None:
        """Bring ``pipeline`` to the device as ``rung`` says."""
        if rung >= Rung.TILED:
            pipeline.vae.enable_tiling()
            pipeline.vae.enable_slicing()
        if rung < Rung.MODEL:
            pipeline.to(self.device)
        elif rung != self.rung or not hooked(pipeline):
            pipeline.remove_all_hooks()
            pipeline.to("cpu")
            offload = "model" if rung == Rung.MODEL else "sequential"
            getattr(pipeline, f"enable_{offload}_cpu_offload")(device=self.device)
        self.rung = rung

    def release(self, pipeline: Any) -> None:
        """Take offloading off, so that networks can be exchanged; the next run settles again."""
        if hooked(pipeline):
            pipeline.remove_all_hooks()


def need(pipeline: Any, pixels: int, rung: Rung) -> int:
    """Predicted bytes on the device for one picture of ``pixels`` in all, weights included."""
    sizes = [_bytes(net) for net in _networks(pipeline)]
    vae, unet = pipeline.vae, pipeline.unet
    decoded = pixels if rung < Rung.TILED else min(pixels, TILE**2)
    decoding = VAE_TENSORS * decoded * vae.config.block_out_channels[1] * _item(vae)
    cells = pixels // 64
    denoising = UNET_TENSORS * 2 * cells * unet.config.block_out_channels[0] * _item(unet)
    weights = {Rung.MODEL: max(sizes), Rung.SEQUENTIAL: max(sizes) // 50}.get(rung, sum(sizes))
    return int(weights + max(decoding, denoising))


def resident(pipeline: Any, device: torch.device) -> int:
    """Bytes of the weights that are on ``device`` now."""
    return sum(_bytes(net) for net in _networks(pipeline) if next(net.parameters()).device == device)


def hooked(pipeline: Any) -> bool:
    """Whether offloading is switched on for what denoises; a ControlNet that joined later may not have it yet."""
    nets = [net for net in (pipeline.unet, getattr(pipeline, "controlnet", None)) if net is not None]
    return all(hasattr(net, "_hf_hook") for net in nets)


def _networks(pipeline: Any) -> list[nn.Module]:
    return [part for part in pipeline.components.values() if isinstance(part, nn.Module)]


def _bytes(net: nn.Module) -> int:
    return sum(parameter.numel() * parameter.element_size() for parameter in net.parameters())


def _item(net: nn.Module) -> int:
    return next(net.parameters()).element_size()
