"""Make torchvision importable where its binary does not fit the installed torch.

torchvision's wheel beside a CPU-only torch fails at import with "operator torchvision::nms does not exist": its
binary is built for CUDA and does not load, and its Python code describes operators that only the binary defines.
autostyle needs its models and transforms, which are plain Python, so the missing schemas are enough. Everything that
imports torchvision, directly or through open_clip, transformers or diffusers, calls :func:`prepare` first.
"""

from __future__ import annotations

import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

import torch

SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_library: list[torch.library.Library] = []
"""The schemas live as long as this object does."""


def prepare() -> None:
    """Define the schemas torchvision lacks; does nothing where its binary loads, or torchvision was imported."""
    if _library or "torchvision" in sys.modules:
        return
    spec = find_spec("torchvision")
    if spec is not None and spec.origin is not None and not loads(Path(spec.origin).parent):
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(name + SCHEMA)
        _library.append(library)


def loads(package: Path) -> bool:
    """Whether the binary of the torchvision in folder ``package`` loads into this torch."""
    binary = next((path for suffix in (*EXTENSION_SUFFIXES, ".so") if (path := package / f"_C{suffix}").exists()), None)
    if binary is None:
        return False
    try:
        torch.ops.load_library(str(binary))
    except (OSError, ImportError):
        return False
    return True
