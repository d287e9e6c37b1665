"""Networks pickled as NVIDIA does it: each object brings the source of its class along."""

from __future__ import annotations

import collections
import pickle
import sys
import types
from typing import Any
from unittest.mock import patch

import numpy as np
import torch


def reconstruct(meta: Any) -> Any:
    """What such a file names; never called here."""
    raise AssertionError


class Shared:
    """An object as it is pickled: its class's source beside its state."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state

    def __reduce__(self) -> Any:
        source = "import os\nos.environ['RUN'] = 'yes'\n"
        meta = {"type": "class", "version": 6, "module_src": source, "class_name": "Layer", "state": self.state}
        return sys.modules["torch_utils.persistence"]._reconstruct_persistent_obj, (meta,)


def shared(module: torch.nn.Module, **settings: Any) -> Shared:
    """``module`` and all in it; ``settings``: what it was made with."""
    return Shared(
        {
            "training": False,
            "_parameters": collections.OrderedDict(module.named_parameters(recurse=False)),
            "_buffers": collections.OrderedDict(module.named_buffers(recurse=False)),
            "_modules": collections.OrderedDict((name, shared(one)) for name, one in module.named_children()),
            "_init_args": (),
            "_init_kwargs": {"mapping_kwargs": {"num_layers": 2}, **settings},
            "weight_gain": np.sqrt(np.float64(0.5)),
            "in_size": np.broadcast_to(np.asarray(36), [2]),
            "_non_persistent_buffers_set": set(),
        }
    )


def pickled(thing: Any) -> bytes:
    """A file of ``thing``; NVIDIA's modules are here only while it is made."""
    module = types.ModuleType("torch_utils.persistence")
    reconstruct.__module__, reconstruct.__qualname__ = "torch_utils.persistence", "_reconstruct_persistent_obj"
    vars(module)["_reconstruct_persistent_obj"] = reconstruct
    theirs = {"torch_utils": types.ModuleType("torch_utils"), "torch_utils.persistence": module}
    with patch.dict(sys.modules, theirs):
        return pickle.dumps(thing, protocol=4)
