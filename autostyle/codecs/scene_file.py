"""Scenes out of files and into files; which format a file is, its bytes say where they can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from autostyle.atomic import atomic_write_bytes
from autostyle.codecs import radiance_field_file, scene_ply, scene_splat, scene_spz
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Scene, Stored
from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.safe_files import reading
from autostyle.sentences import Sentence

_READ: dict[str, Callable[[BinaryIO, Path], tuple[Scene, Stored | None]]] = {
    scene_ply.PLY: scene_ply.read,
    scene_splat.SPLAT: scene_splat.read,
    scene_spz.SPZ: scene_spz.read,
    radiance_field_file.FIELD: radiance_field_file.read,
}
_ENCODE: dict[str, Callable[[Scene], bytes]] = {
    scene_ply.PLY: scene_ply.encode,
    scene_splat.SPLAT: scene_splat.encode,
    scene_spz.SPZ: scene_spz.encode,
    radiance_field_file.FIELD: radiance_field_file.encode,
}
READABLE = tuple(_READ)
LEAST = 32
"""Splats of a scene."""


@dataclass(frozen=True)
class SceneFile:
    """A file of splats, read.

    Args:
        sha256: of the file's bytes.
        notes: what a person should know.
    """

    scene: Scene
    path: Path
    sha256: str
    notes: tuple[Sentence, ...] = ()


def read_scene(path: Path) -> SceneFile:
    """Read a file of splats.

    Raises:
        BadInput: missing, empty, damaged, no splats in it, or not as many as make a scene.
    """
    try:
        with reading(path) as file:
            start = file.read(4)
            if not start:
                raise BadInput("{path} is empty", "a copy or download may have been cut off", path=path)
            kind = _kind(start, path)
            if kind not in _READ:
                raise BadInput(
                    "{path} has no Gaussian splats that can be read",
                    "it may be a mesh, a point cloud or a compressed file: export it as a 3DGS .ply (SuperSplat does)",
                    path=path,
                )
            file.seek(0)
            scene, stored = _READ[kind](file, path)
        sha256 = digest(path)
    except FileNotFoundError as error:
        raise BadInput("there is no file {path}", "check the path", path=path) from error
    except PermissionError as error:
        raise BadInput("{path} may not be read", "check the file's permissions", path=path) from error
    if len(scene) < LEAST:
        raise BadInput("{path} has {n} splats", "a scene has at least {least}", path=path, n=len(scene), least=LEAST)
    for values in (scene.positions, scene.scales, scene.opacities, scene.colors, scene.harmonics):
        if not np.isfinite(values).all():
            raise BadInput("{path} holds values that are no numbers", "export it again", path=path)
    return SceneFile(replace(scene, stored=stored), path, sha256)


def encode_scene(ending: str, scene: Scene) -> bytes:
    """``scene`` in the format of an ending of :data:`READABLE`."""
    return _ENCODE[ending](scene)


def write_scene(path: Path, scene: Scene, *, overwrite: bool = False) -> tuple[Sentence, ...]:
    """Write ``scene`` whole or not at all, in the format of the ending; returns what the format cannot carry.

    Raises:
        BadInput: something is there and may not be replaced, or the ending is none of ours.
    """
    ending = path.suffix.lower()
    if ending not in _ENCODE:
        raise BadInput(
            "cannot write {ending}", "endings: {names}", ending=ending or path.name, names=", ".join(_ENCODE)
        )
    if path.exists() and not overwrite:
        raise BadInput("{path} exists", "--force overwrites it", path=path)
    atomic_write_bytes(path, encode_scene(ending, scene))
    if isinstance(scene, RadianceField) and ending in (scene_splat.SPLAT, scene_spz.SPZ):
        return (Sentence("a {ending} carries no field: the points of its grid are splats in it", ending=ending),)
    if ending == scene_splat.SPLAT and scene.harmonics.shape[1]:
        return (Sentence("a .splat carries no highlights: they are left out"),)
    return ()


def _kind(start: bytes, path: Path) -> str:
    if start[:3] == b"ply":
        return scene_ply.PLY
    return scene_spz.SPZ if start[:2] == b"\x1f\x8b" or start == scene_spz.MAGIC else path.suffix.lower()
