"""What cameras see of a scene, be it splats or a radiance field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import torch

from autostyle.codecs import Pixels
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Camera, Scene
from autostyle.vision import radiance, splats
from autostyle.vision.scene_view import SceneView
from autostyle.vision.tensors import to_pixels


def viewer(scene: Scene, device: str = "cpu") -> Callable[[Camera], SceneView]:
    """What finds a camera's view of ``scene``, whose colours are left open."""
    if isinstance(scene, RadianceField):
        grid = radiance.Grid.of(scene, device)
        return lambda camera: radiance.view(grid, camera)
    known = splats.Splats.of(scene, device)
    return lambda camera: splats.view(known, camera)


def pictures(scene: Scene, cameras: Iterable[Camera]) -> Iterator[Pixels]:
    """What ``cameras`` see of ``scene`` before white, one after the other."""
    colors = torch.from_numpy(scene.colors)
    if isinstance(scene, RadianceField):
        grid = radiance.Grid.of(scene)
        yield from (to_pixels(radiance.picture(grid, colors, camera)) for camera in cameras)
        return
    see = viewer(scene)
    for camera in cameras:
        yield to_pixels(see(camera).picture(colors))
