"""The radiance field of posed photographs: fitted once, kept in the user's cache folder by all that it comes from."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from autostyle import safe_files
from autostyle.atomic import atomic_write_bytes
from autostyle.codecs.posed_photographs import PosedPhotograph, PosedPhotographs
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.radiance_field_file import MOST_CAMERAS
from autostyle.codecs.scene import AHEAD, Camera
from autostyle.codecs.scene_file import read_scene, write_scene
from autostyle.errors import AutostyleError, BadInput, Refused
from autostyle.methods.contract import Iterate, OnIterate, Stop, ignore
from autostyle.methods.devices import out_of_memory
from autostyle.methods.nerf_style import kept_fields
from autostyle.methods.nerf_style.reading import digest, read
from autostyle.methods.viewpoints import looked_at
from autostyle.sentences import Sentence
from autostyle.vision.radiance_fit import STAGES, Fit, FitState, Photograph

VERSION = 3
"""Raised whenever the same photographs would come to another field."""
LONG_SIDE = 96
"""Pixels of the photographs that a field is fitted to."""
KEPT_EVERY = 15.0
"""Seconds from one copy of what there is to the next."""
AROUND = 1.1
"""How much wider a field is than what all cameras see of it."""
LEAST_SIDE, FARTHEST = 1e-5, 1000
"""Of a field: its side, and how many of these it is from the origin; beyond that 32 bits tell no points apart."""
MOST_UNFINISHED = 2**30
TOGETHER = 0.6
"""Share of the cameras that have to see the point at which they look together."""

ALIKE = 0.997
"""Length of the mean of what is ahead of all cameras above which they look one way: about eight degrees apart."""


def fitted(posed: PosedPhotographs, on_iterate: OnIterate = ignore) -> Path:
    """The file of the field of ``posed``, a PLY: fitted now unless it is kept.

    What is there so far is kept, too: stopped or killed, the next call goes on from there, to the same field.

    Raises:
        BadInput: a photograph cannot be read, or they do not look at one thing.
        Refused: ``on_iterate`` stopped it.
        Missing: no room for it.
    """
    place = _place(digest(posed, on_iterate))
    if place.is_file():
        try:
            if isinstance(read_scene(place).scene, RadianceField):
                kept_fields.use(place)
                return place
        except BadInput:  # damaged: made anew
            pass
    with out_of_memory():
        fit, cameras = _begin(posed, on_iterate)
        unfinished = place.with_suffix(".unfinished")
        _restore(fit, unfinished)
        place.parent.mkdir(parents=True, exist_ok=True)
        _run(fit, unfinished, on_iterate)
        field = fit.field(_up(cameras), _some(cameras))
    if field is None:
        raise BadInput(
            "the photographs of {path} come to no field",
            "their cameras may be those of other pictures",
            path=posed.path.name,
        )
    write_scene(place, field, overwrite=True)
    unfinished.unlink(missing_ok=True)
    kept_fields.tidy()
    return place


def _place(told: str) -> Path:
    what = json.dumps([VERSION, torch.__version__, told, LONG_SIDE, STAGES])
    return kept_fields.folder() / f"{hashlib.sha256(what.encode()).hexdigest()[:32]}.ply"


def _begin(posed: PosedPhotographs, on_iterate: OnIterate) -> tuple[Fit, tuple[Camera, ...]]:
    read_ones = read(posed, LONG_SIDE, on_iterate)
    cameras = tuple(one.camera for one in read_ones)
    corner, side = _cube(posed, cameras)
    # Right before a camera nothing is; how near that is the scene's size says, not the unit that it is measured in.
    read_ones = [replace(one, camera=replace(one.camera, near=AHEAD * side / 2)) for one in read_ones]
    ready = [_photograph(one, all(other.opacity is not None for other in read_ones)) for one in read_ones]
    fit = Fit(ready, corner, side, STAGES)
    if not fit.state.occupied.any():
        raise BadInput(
            "the photographs of {path} show nothing together",
            "their cameras may be those of other pictures",
            path=posed.path.name,
        )
    return fit, cameras


def _photograph(one: PosedPhotograph, transparent: bool) -> Photograph:
    """What is transparent only here and there is laid on white."""
    pixels = one.pixels if one.opacity is None or transparent else one.pixels + (1 - one.opacity[..., None])
    opacity = torch.from_numpy(np.ascontiguousarray(one.opacity)) if transparent and one.opacity is not None else None
    return Photograph(one.camera, torch.from_numpy(np.ascontiguousarray(pixels, np.float32)), opacity)


def _cube(posed: PosedPhotographs, cameras: Sequence[Camera]) -> tuple[tuple[float, float, float], float]:
    """The first corner and the side of the cube that the cameras look at.

    Raises:
        BadInput: they look at nothing together.
    """
    middle = looked_at(cameras)
    seen, reach = 0, []
    for one in cameras:
        there = one.turn.astype(np.float64) @ (middle - one.place)
        if there[2] <= 0:
            continue
        x = there[0] / there[2] * one.focal[0] + one.principal[0]
        y = there[1] / there[2] * one.focal[1] + one.principal[1]
        seen += bool(0 <= x <= one.width and 0 <= y <= one.height)
        half = np.arctan(max(one.width / one.focal[0], one.height / one.focal[1]) / 2)  # what is long is whole
        reach.append(float(np.linalg.norm(middle - one.place) * np.sin(half)))
    apart = float(np.linalg.norm(np.std([one.place for one in cameras], axis=0)))
    alike = float(np.linalg.norm(np.mean([one.ahead for one in cameras], axis=0)))
    if seen < TOGETHER * len(cameras) or apart < 1e-3 * float(np.median(reach or [1])) or alike > ALIKE:
        raise BadInput(
            "the photographs of {path} do not look at one thing from several sides",
            "a field wants photographs around what it shows; a room from inside wants splats, made elsewhere",
            path=posed.path.name,
        )
    side = 2 * AROUND * float(np.median(reach))
    if side < LEAST_SIDE or float(np.abs(middle).max()) > FARTHEST * side:
        raise BadInput(
            "the cameras of {path} are so far from the origin, or so near each other, that they cannot be told apart",
            "move the scene to the origin, and scale it to some units",
            path=posed.path.name,
        )
    x, y, z = (float(number) for number in middle - side / 2)
    return (x, y, z), side


def _up(cameras: Sequence[Camera]) -> tuple[float, float, float]:
    """Which way is up: that of the cameras, along the axis that is near it; where theirs are all ways, for they look
    down from around, whence they look."""
    up = -np.mean([one.turn[1] for one in cameras], axis=0).astype(np.float64)
    if np.linalg.norm(up) < 0.05:
        up = -np.mean([one.ahead for one in cameras], axis=0).astype(np.float64)
    if np.linalg.norm(up) < 0.05:
        up = np.array([0.0, 0.0, 1.0])
    up /= float(np.linalg.norm(up))
    axis = int(np.abs(up).argmax())
    if abs(up[axis]) > 0.8:
        up = np.sign(up[axis]) * np.eye(3)[axis]
    return float(up[0]), float(up[1]), float(up[2])


def _some(cameras: tuple[Camera, ...]) -> tuple[Camera, ...]:
    chosen = np.linspace(0, len(cameras) - 1, min(MOST_CAMERAS, len(cameras))).round()
    return tuple(cameras[int(number)] for number in chosen)


def _run(fit: Fit, unfinished: Path, on_iterate: OnIterate) -> None:
    kept = time.monotonic()
    try:
        while fit.state.step < fit.steps:
            loss = fit.advance()
            if time.monotonic() - kept > KEPT_EVERY:
                _keep(fit, unfinished)
                kept = time.monotonic()
            on_iterate(Iterate(fit.state.step, fit.steps, fit.picture, loss, Sentence("fitting the photographs")))
    except Stop:
        _keep(fit, unfinished)
        raise Refused(
            "stopped while the photographs were fitted: {done} of {steps} steps are kept",
            "the same command goes on from there",
            done=fit.state.step,
            steps=fit.steps,
        ) from None


def _keep(fit: Fit, unfinished: Path) -> None:
    state = fit.state
    parts = {f"moment{number}": one for number, one in enumerate(state.moments)}
    parts |= {"raw": state.raw, "colors": state.colors, "background": state.background}
    parts |= {"occupied": state.occupied, "seen": state.seen, "step": torch.tensor(state.step)}
    atomic_write_bytes(unfinished, save({name: one.detach().contiguous() for name, one in parts.items()}))


def _restore(fit: Fit, unfinished: Path) -> None:
    """Take up what was kept; what is damaged, or of another fit, is none."""
    try:
        parts = load(safe_files.read(unfinished, MOST_UNFINISHED))
        moments = [parts[f"moment{number}"] for number in range(6)]
        raw, colors, background, occupied, seen = (
            parts[name] for name in ("raw", "colors", "background", "occupied", "seen")
        )
        state = FitState(int(parts["step"]), raw, colors, background, moments, occupied, seen)
        fit.restore(state)
    except (OSError, ValueError, KeyError, SafetensorError, AutostyleError):
        return
