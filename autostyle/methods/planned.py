"""Methods that are planned and not built: naming one gets a plain "cannot yet", never another method in silence."""

from __future__ import annotations

from autostyle.methods.spec import MethodSpec

PLANNED: tuple[MethodSpec, ...] = (
    MethodSpec(
        "stylegan",
        "StyleGAN inversion and edit",
        "image",
        needs=("a StyleGAN checkpoint", "a GPU"),
        aliases=("style gan", "스타일간", "스타일갠"),
    ),
    MethodSpec("nerf_style", "Stylized 3D scenes (NeRF)", "scene", needs=("a GPU",), aliases=("nerf style",)),
)
