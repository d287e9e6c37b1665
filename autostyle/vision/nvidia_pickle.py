"""Tensors out of the pickles that NVIDIA shares its networks in, without anything of theirs being run.

Such a file holds objects that bring the source of their own classes along, and a plain unpickler executes it. Here
every name in a file is looked up in a short list, whose entries rebuild tensors or keep what they are given; the
source is a string that nobody reads. A name that is not in the list ends the reading.
"""

from __future__ import annotations

import collections
import io
import math
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import torch
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.sentences import Sentence

HINT = Sentence("only tensors are read of a pickle, and nothing in it is run; a safetensors file has no such trouble")
MOST = 4 << 30
"""Bytes of the largest file that is read; the largest of NVIDIA's has 0.4 GB."""


class _Unlisted(pickle.UnpicklingError):
    """Something that is not read; its text says what."""


class Record:
    """What an object of a class that is not there was made of: its name, and its state."""

    def __init__(self, *args: Any) -> None:
        meta = args[0] if len(args) == 1 and isinstance(args[0], dict) else {}
        self.name, self.state = str(meta.get("class_name", "")), meta.get("state")

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Names(dict[Any, Any]):
    """A dictionary whose entries were attributes."""

    def __setstate__(self, state: Any) -> None:
        """Nothing is set but entries."""


class _Call:
    """A function of ours in a file's hands: it can be called, and nothing of it can be set."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *args: Any) -> Any:
        return self._function(*args)

    def __setstate__(self, state: Any) -> None:
        raise _Unlisted("a change of what reads it")


def _storage(data: Any) -> Any:
    """A storage in torch's own older format, read by torch with its own list of what may be in there."""
    try:
        found = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        found = None
    if not isinstance(found, torch.storage.TypedStorage):
        raise _Unlisted("something that is no storage of a tensor")
    return found


def _tensor(storage: Any, offset: Any, size: Any, stride: Any, *_: Any) -> Tensor:
    if not isinstance(storage, torch.storage.TypedStorage):
        raise _Unlisted("something that is no storage of a tensor")
    found, data = torch.empty(0, dtype=storage.dtype), storage._untyped_storage
    begin, sides, steps = int(offset), tuple(map(int, size)), tuple(map(int, stride))
    there = data.nbytes() // found.element_size()
    last = begin + sum((side - 1) * step for side, step in zip(sides, steps, strict=True))
    # torch would enlarge the storage to whatever it is asked for, and one number can be said to be any tensor.
    if min(0, begin, *sides, *steps) < 0 or (all(sides) and last >= there) or math.prod(sides) > there:
        raise _Unlisted("a tensor that reaches beyond its numbers")
    return found.set_(data, begin, sides, steps)


def _parameter(data: Any, *_: Any) -> Any:
    return data


READ: Mapping[tuple[str, str], Callable[..., Any]] = {
    ("builtins", "set"): set,
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("dnnlib.util", "EasyDict"): _Names,
    ("numpy", "dtype"): Record,
    ("numpy", "ndarray"): Record,
    ("numpy.core.multiarray", "_reconstruct"): Record,
    ("numpy._core.multiarray", "_reconstruct"): Record,
    ("numpy.core.multiarray", "scalar"): Record,
    ("numpy._core.multiarray", "scalar"): Record,
    ("torch._utils", "_rebuild_tensor_v2"): _Call(_tensor),
    ("torch._utils", "_rebuild_parameter"): _Call(_parameter),
    ("torch.storage", "_load_from_bytes"): _Call(_storage),
    ("torch_utils.persistence", "_reconstruct_persistent_obj"): Record,
}
"""(module, name) -> what stands for it."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        found = READ.get((module, name))
        if found is None:
            raise _Unlisted(f"{module}.{name}")
        return found

    def persistent_load(self, pid: Any) -> Any:
        raise _Unlisted("something outside of the file")


def read_pickle(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The parameters and buffers of the generator in a file, by name, those of ``G_ema``, else ``G``; and the settings
    that it and its synthesis were made with.

    Raises:
        BadInput: it is none, or names anything but tensors and what holds them.
    """
    if path.stat().st_size > MOST:
        raise BadInput("{path} is too large for a network", HINT, path=path.name)
    with path.open("rb") as stream:
        found = _unpickled(stream, path)
    parts = found if isinstance(found, Mapping) else {}
    generator = parts.get("G_ema", parts.get("G"))
    if not isinstance(generator, Record):
        raise BadInput("{path} has no generator", HINT, path=path.name)
    made_with: dict[str, Any] = {}
    for part in (generator, _state(generator).get("_modules", {}).get("synthesis")):
        if isinstance(part, Record):
            made_with.update(_state(part).get("_init_kwargs") or {})
    return dict(_tensors(generator, "", 0, set())), made_with


def _unpickled(stream: IO[bytes], path: Path) -> Any:
    try:
        return _Reader(stream).load()
    except _Unlisted as error:
        raise BadInput("{path} is not read: it asks for {name}", HINT, path=path.name, name=str(error)) from error
    except Exception as error:  # a file may be damaged in any way
        raise BadInput("{path} is no pickle of a network", HINT, path=path.name) from error


def _state(module: Record) -> Mapping[str, Any]:
    return module.state if isinstance(module.state, Mapping) else {}


def _tensors(module: Record, before: str, depth: int, known: set[int]) -> Iterator[tuple[str, Tensor]]:
    """Each module is looked into once: one that is in many would be walked through as often as there are ways to it."""
    known.add(id(module))
    state = _state(module)
    for kind in ("_parameters", "_buffers"):
        for name, tensor in dict(state.get(kind) or {}).items():
            if isinstance(tensor, Tensor):
                yield f"{before}{name}", tensor
    if depth < 8:
        for name, inner in dict(state.get("_modules") or {}).items():
            if isinstance(inner, Record) and id(inner) not in known:
                yield from _tensors(inner, f"{before}{name}.", depth + 1, known)
