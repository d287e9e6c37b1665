"""Running out of memory, caught where it really happens."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import torch

from autostyle.errors import OutOfMemory

A = ParamSpec("A")
R = TypeVar("R")


def out_of_memory(work: Callable[A, R]) -> Callable[A, R]:
    """Turn the device's out-of-memory errors into :class:`OutOfMemory`, after freeing what can be freed."""

    @functools.wraps(work)
    def guarded(*args: A.args, **kwargs: A.kwargs) -> R:
        try:
            return work(*args, **kwargs)
        except (torch.OutOfMemoryError, MemoryError) as error:
            raise _explained() from error
        except RuntimeError as error:
            # The CPU allocator has no error class of its own.
            if "not enough memory" not in str(error) and "out of memory" not in str(error):
                raise
            raise _explained() from error

    return guarded


def _explained() -> OutOfMemory:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    return OutOfMemory("the device ran out of memory", "try a smaller --size, or --device cpu")
