"""Scenes: 3D Gaussian splats."""

from __future__ import annotations

from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.scoring.scores import SCENE_CONTENT, SCENE_STYLE
from autostyle.sentences import Sentence

TURNTABLE = ".turntable.mp4"
"""Ending of the clip beside a scene that goes once around it."""
VIEWS = ".views.jpg"
"""Ending of the picture beside a scene that shows it from the sides from which it is judged."""

SPEC = MediumSpec(
    name="scene",
    one="3D scene",
    many="3D scenes",
    readable=(".ply", ".splat", ".spz", ".field"),
    unreadable=(".obj", ".glb", ".gltf", ".usdz", ".ksplat", ".sog"),
    unreadable_hint=Sentence("export it as Gaussian splats in a .ply; SuperSplat does"),
    writable=(".ply", ".splat", ".spz", ".field"),
    scale=SizeRange("px", "long side of a view", low=64, high=1024, search=192, final=1024, own=256),
    best="best.ply",
    kept=".ply",
    companions=(TURNTABLE, VIEWS),
    objectives=(SCENE_STYLE, SCENE_CONTENT),
    run={"scene": "autostyle.mediums.scene.medium:SceneMedium"},
    styles=("image",),
    borrows={"image": Sentence("It paints views of the scene, and the splats take the colours nearest to all.")},
)
