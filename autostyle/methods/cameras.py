"""Cameras as methods of scenes take them."""

from __future__ import annotations

from autostyle.methods.aids import AidSpec
from autostyle.sentences import Sentence

CAMERAS = AidSpec(
    "cameras",
    Sentence("Cameras of the scene's photographs: transforms.json, cameras.json, or COLMAP's cameras and images."),
    endings=(".json", ".txt", ".bin"),
    many=True,
    of_content=True,
    aliases=("camera", "transforms", "카메라"),
)
