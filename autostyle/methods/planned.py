"""Methods that are planned and not built: naming one gets a plain "cannot yet", never another method in silence."""

from __future__ import annotations

from autostyle.methods.spec import MethodSpec

PLANNED: tuple[MethodSpec, ...] = (
    MethodSpec(
        "stylegan3",
        "StyleGAN3: networks whose details move with things",
        "image",
        needs=("a StyleGAN3 network",),
        aliases=("style gan 3", "스타일간3", "스타일갠3"),
    ),
)
