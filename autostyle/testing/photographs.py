"""Photographs of scenes made by code, from cameras that are known exactly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from autostyle.codecs.image import save_image
from autostyle.codecs.scene import Scene, orbit
from autostyle.vision.rendering import viewer
from autostyle.vision.tensors import to_pixels


def photographed(
    folder: Path, scene: Scene, count: int = 24, side: int = 128, *, transparent: bool = True, nerfstudio: bool = False
) -> Path:
    """Photographs of ``scene`` from around it, written as NeRF's synthetic scenes are (file_path without its ending,
    camera_angle_x, RGBA), or as nerfstudio writes them; the path of the transforms file."""
    turns = [number / count for number in range(count)]
    cameras = orbit(scene, turns, [8 + 45 * ((number * 0.618034) % 1) for number in range(count)])
    (folder / "train").mkdir(parents=True, exist_ok=True)
    see, colors, frames = viewer(scene), torch.from_numpy(scene.colors), list[dict[str, Any]]()
    for number, camera in enumerate(one.at(side) for one in cameras):
        seen = see(camera)
        bare = to_pixels(seen.picture(colors, 0.0)) / seen.covered.clamp_min(1e-3).numpy()[..., None]
        pixels = bare.clip(0, 1) if transparent else to_pixels(seen.picture(colors))
        name = f"train/r_{number:03}"
        save_image(folder / f"{name}.png", pixels, alpha=seen.covered.numpy() if transparent else None, overwrite=True)
        pose = np.eye(4)
        pose[:3, :3] = camera.turn.T @ np.diag([1, -1, -1])  # axes right, up, back
        pose[:3, 3] = camera.place
        said = f"{name}.png" if nerfstudio else f"./{name}"
        frames.append({"file_path": said, "transform_matrix": pose.tolist()})
    one = cameras[0].at(side)
    lens = {"fl_x": one.focal[0], "fl_y": one.focal[1], "cx": side / 2, "cy": side / 2, "w": side, "h": side}
    of_all = lens if nerfstudio else {"camera_angle_x": 2 * float(np.arctan(side / 2 / one.focal[0]))}
    path = folder / ("transforms.json" if nerfstudio else "transforms_train.json")
    path.write_text(json.dumps({**of_all, "frames": frames}))
    return path
