"""Which device work runs on, and running out of its memory, caught where it really happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil  # type: ignore[import-untyped]
import torch

from autostyle.errors import BadInput, Missing, OutOfMemory
from autostyle.methods.spec import MEMORY_MARGIN


def resolve(name: str) -> str:
    """The device a name stands for: ``auto`` is the first GPU, else Apple's, else the CPU; ``cuda`` is ``cuda:0``.

    Raises Missing if this machine has no such device.
    """
    gpus = torch.cuda.device_count() if torch.cuda.is_available() else 0
    apple = torch.backends.mps.is_available()
    if name == "auto":
        return "cuda:0" if gpus else "mps" if apple else "cpu"
    kind, _, index = name.partition(":")
    if (kind == "cuda" and int(index or 0) >= gpus) or (kind == "mps" and not apple):
        raise Missing("there is no device {name} here", "--device auto takes what there is", name=name)
    return f"cuda:{int(index or 0)}" if kind == "cuda" else name


def too_small(height: int, width: int) -> BadInput:
    """The error for a picture that would be painted with too short a side."""
    return BadInput(
        "at this size the picture is only {width} x {height} pixels", "give a larger --size", width=width, height=height
    )


def refuse_beyond(need: int, device: str) -> None:
    """Raises BadInput where less than ``need`` bytes are free; of other devices than the CPU nothing is foretold."""
    free = int(psutil.virtual_memory().available * MEMORY_MARGIN)
    if device == "cpu" and need > free:
        raise BadInput(
            "the network needs about {need} GB of memory, and {free} GB are free",
            "give one of smaller pictures, or close what takes memory",
            need=round(need / 1e9, 1),
            free=round(free / 1e9, 1),
        )


ALLOCATOR = ("allocate memory", "not enough memory", "out of memory")


@contextmanager
def out_of_memory() -> Iterator[None]:
    """Turn the device's out-of-memory errors into :class:`OutOfMemory`, after freeing what can be freed.

    For a whole function ``@out_of_memory()``; a generator takes it as a block.
    """
    try:
        yield
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise _explained() from error
    except RuntimeError as error:
        # The CPU allocator has no error class of its own.
        if not any(words in str(error) for words in ALLOCATOR):
            raise
        raise _explained() from error


def _explained() -> OutOfMemory:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return OutOfMemory("the device ran out of memory", "try a smaller --size, or --device cpu")
