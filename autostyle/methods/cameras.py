"""Cameras as methods of scenes take them."""

from __future__ import annotations

from pathlib import Path

from autostyle.methods.aids import AidSpec
from autostyle.sentences import Sentence

_KINDS = (("transforms.json",), ("cameras.json",), ("cameras.bin", "images.bin"), ("cameras.txt", "images.txt"))
"""Files that tell cameras together."""
_WITHIN = ("", "sparse/0", "sparse")
"""Where programs put them in a folder of theirs."""


def in_folder(folder: Path) -> tuple[Path, ...]:
    """The files in a folder that tell cameras, as nerfstudio, 3DGS and COLMAP name them; none where there are none."""
    for within in _WITHIN:
        for kind in _KINDS:
            files = tuple(folder / within / name for name in kind)
            if all(file.is_file() for file in files):
                return files
    return ()


CAMERAS = AidSpec(
    "cameras",
    Sentence("Cameras of the scene's photographs: transforms.json, cameras.json, or COLMAP's cameras and images."),
    endings=(".json", ".txt", ".bin"),
    many=True,
    of_content=True,
    of_folder=in_folder,
    aliases=("camera", "transforms", "카메라"),
)
