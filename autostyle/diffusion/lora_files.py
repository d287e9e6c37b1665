"""Which LoRA files are meant, and how strongly each, before any is read. Importing this module imports no torch."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path

from autostyle.errors import BadInput, Missing
from autostyle.vision.fetch import whole_from_hub


def parse(text: str) -> list[tuple[Path, float]]:
    """Files and weights of ``FILE[@WEIGHT][,FILE[@WEIGHT]...]``; a file may be OWNER/NAME[/FILE] on the hub.

    Raises:
        BadInput: there is none, a weight is no number, or a file is not there.
    """
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, weight = part.rpartition("@") if "@" in part else (part, "", "1")
        number = _weight(weight)
        found.append((_file(name), number))
    if not found:
        raise BadInput("no LoRA is named: -p lora=FILE", "a .safetensors file, in kohya's format or that of diffusers")
    return found


def weights(text: str, number: int) -> tuple[float, ...]:
    """The weights of ``number`` files, as in ``0.8,0.5``; 1 for each where ``text`` says nothing.

    Raises:
        BadInput: one is no number, or there are more or fewer.
    """
    said = tuple(_weight(part.strip()) for part in text.split(",")) if text.strip() else (1.0,) * number
    if len(said) != number:
        raise BadInput(
            "{n} weights for {count} LoRA files", "one for each, in order: 0.8,0.5", n=len(said), count=number
        )
    return said


def _weight(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadInput("{text!r} is no weight of a LoRA", "FILE@0.8,OTHER@0.5", text=text)
    return number


def _file(name: str) -> Path:
    """The file of a LoRA: a path, or OWNER/NAME[/FILE] of what the hub's cache holds."""
    file = Path(name).expanduser()
    hub = re.fullmatch(r"([\w.-]+/[\w.-]+)(?:/([\w.-]+\.safetensors))?", name)
    try:
        there = file.is_file()
    except OSError:  # a name longer than any file's
        there = False
    if not there and os.path.lexists(file):  # a folder, a pipe, a device, a link that leads nowhere
        raise BadInput("{path} is no file", "give a .safetensors file", path=file)
    if there or hub is None:
        if not there:
            raise BadInput("there is no LoRA file {path}", "check the path", path=file)
        return file
    try:
        folder = whole_from_hub(hub[1], offline=True)
    except (Missing, ValueError) as error:
        raise BadInput(
            "there is no LoRA {name}", "a path, or first: autostyle weights get {hub}", name=name, hub=hub[1]
        ) from error
    files = sorted(folder.glob(hub[2] or "*.safetensors"))
    if len(files) != 1:
        names = ", ".join(file.name for file in files) or "none"
        raise BadInput(
            "{name} does not name one LoRA file",
            "{hub} has: {names}; say {hub}/FILE",
            name=name,
            hub=hub[1],
            names=names,
        )
    return files[0]
