"""What a safetensors file says of itself in its first bytes: names, shapes, metadata. No tensor is read for it.

Importing this module imports no torch.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from autostyle import json_text, safe_files
from autostyle.errors import BadInput, Missing

TensorShape = tuple[int, ...]
MOST_SETTINGS = 2**20
"""Bytes of a JSON file beside weights."""
_EXPONENTS: dict[str, tuple[str, int]] = {
    "F64": ("<u8", 0x7FF0_0000_0000_0000),
    "F32": ("<u4", 0x7F80_0000),
    "F16": ("<u2", 0x7C00),
    "BF16": ("<u2", 0x7F80),
    "F8_E5M2": ("<u1", 0x7C),
    "F8_E4M3": ("<u1", 0x7F),
}
"""Kind of number -> how its bits are looked at, and those that are all set in an infinity and in what is no number."""
_CHUNK = 2**22


@dataclass(frozen=True)
class Header:
    """The beginning of one file, or of all the files of a folder.

    Args:
        path: the file or folder.
        shapes: name of a tensor -> its shape.
        metadata: what whoever wrote the file said beside them.
    """

    path: Path
    shapes: Mapping[str, TensorShape]
    metadata: Mapping[str, str]

    def under(self, prefix: str) -> dict[str, TensorShape]:
        """The tensors whose names begin with ``prefix``, without it."""
        return {name.removeprefix(prefix): shape for name, shape in self.shapes.items() if name.startswith(prefix)}


def read(path: Path) -> Header:
    """The header of a safetensors file, or of the files in a folder together.

    Raises:
        BadInput: one is no file at all: a pipe, a device, a folder, a link that leads nowhere.
        Missing: one cannot be read, or is not safetensors.
    """
    shapes: dict[str, TensorShape] = {}
    metadata: dict[str, str] = {}
    for file in files(path):
        # Opened, a pipe waits for somebody to write into it, and a device never ends.
        if os.path.lexists(file) and not file.is_file():
            raise BadInput("{path} is no file", "give a .safetensors file", path=file)
        try:
            with safe_open(file, "np") as opened:
                metadata |= opened.metadata() or {}
                shapes |= {name: tuple(opened.get_slice(name).get_shape()) for name in opened.keys()}  # noqa: SIM118
        except (OSError, SafetensorError) as error:
            raise unreadable(file, error) from error
    return Header(path, shapes, metadata)


def files(path: Path) -> list[Path]:
    """The safetensors files that ``path`` is or has in it."""
    return sorted(path.glob("*.safetensors")) if path.is_dir() else [path]


def config(path: Path) -> dict[str, Any]:
    """What a JSON file beside weights says; nothing where there is none or it says nothing of the kind."""
    if not path.is_file():
        return {}
    try:
        said = json_text.loads(safe_files.read(path, MOST_SETTINGS, follow=True))
    except (OSError, ValueError, BadInput):
        return {}
    return said if isinstance(said, dict) else {}


def refuse_broken(path: Path) -> None:
    """Raises BadInput where a number in the files of ``path`` is infinite or none: what paints with it paints nothing.

    Every byte is read once, at about a gigabyte a second.
    """
    for file in sorted(path.rglob("*.safetensors")) if path.is_dir() else [path]:
        read(file)  # the places that its header names are inside of it
        with file.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            tensors: dict[str, Any] = json.loads(opened.read(length))
        data = np.memmap(file, np.uint8, mode="r", offset=8 + length) if file.stat().st_size > 8 + length else None
        for name, said in tensors.items():
            if name == "__metadata__" or said["dtype"] not in _EXPONENTS or data is None:
                continue
            view, mask = _EXPONENTS[said["dtype"]]
            begin, end = said["data_offsets"]
            if any(_broken(data[at : min(at + _CHUNK, end)], view, mask) for at in range(begin, end, _CHUNK)):
                raise BadInput(
                    "{path} is damaged: in {name} there are numbers that are infinite or none",
                    "fetch it again, or give another file",
                    path=file,
                    name=shown(name),
                )


def _broken(chunk: Any, view: str, mask: int) -> bool:
    numbers = np.frombuffer(chunk, view)
    return bool(((numbers & numbers.dtype.type(mask)) == mask).any())


def shown(name: str) -> str:
    """A name out of a file, as a message can have it."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return plain if len(plain) <= 80 else f"{plain[:77]}..."


def unreadable(path: Path, error: Exception) -> Missing:
    """The error for weights that are there and cannot be read."""
    reason = " ".join(str(error).split())[:300]
    return Missing("{path} cannot be loaded: {why}", "fetch it again, or give another file", path=path, why=reason)
