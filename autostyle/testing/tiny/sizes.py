"""How wide the diffusion models are that tests and measurements use, and what tells their families apart.

Importing this module imports no torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class UNetShape:
    """What tells the UNets apart; widths aside these are the real values.

    Args:
        down, up: the blocks.
        depth: transformer layers of each block.
        heads: attention heads of each block at the true widths, counted under diffusers' misnomer.
        words: which text encoders of :class:`Widths` it listens to.
        linear: what leads into and out of its transformers is linear, not a convolution.
        side: of the latents it was trained on.
    """

    down: tuple[str, ...]
    up: tuple[str, ...]
    depth: tuple[int, ...]
    heads: int | tuple[int, ...]
    words: tuple[int, ...]
    linear: bool
    side: int


@dataclass(frozen=True)
class Transformer:
    """Width, layers and heads of an encoder of words or pictures."""

    width: int
    layers: int
    heads: int


@dataclass(frozen=True)
class Widths:
    """How wide everything is.

    Args:
        unet: of its blocks; ``true_heads`` takes the shape's own number of heads, else there are two.
        groups, vae_groups: of the normalisations.
        moment: of the embedding of a number that SDXL is told.
        words: the text encoders: SD 1.5's, which is also the first of SDXL, the second of SDXL, and SD 2.1's. They
            differ, because readers of single files tell them by their widths.
        seen: the width of what the image encoder says of a picture.
    """

    unet: tuple[int, ...]
    groups: int
    vae: tuple[int, ...]
    vae_groups: int
    moment: int
    words: tuple[Transformer, Transformer, Transformer]
    picture: Transformer
    side: int
    patch: int
    seen: int
    true_heads: bool = False


TINY = Widths(
    unet=(16, 32, 32, 32),
    groups=8,
    vae=(8, 8, 16, 16),
    vae_groups=4,
    moment=8,
    words=(Transformer(32, 2, 2), Transformer(40, 2, 2), Transformer(48, 2, 2)),
    picture=Transformer(32, 2, 2),
    side=32,
    patch=8,
    seen=24,
)
TRUE = Widths(
    unet=(320, 640, 1280, 1280),
    groups=32,
    vae=(128, 256, 512, 512),
    vae_groups=32,
    moment=256,
    words=(Transformer(768, 12, 12), Transformer(1280, 32, 20), Transformer(1024, 23, 16)),
    picture=Transformer(1280, 32, 16),
    side=224,
    patch=14,
    seen=1024,
    true_heads=True,
)
"""The published widths: with random numbers they take the time and the memory of the real models."""
XL = UNetShape(
    down=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    depth=(1, 2, 10),
    heads=(5, 10, 20),
    words=(0, 1),
    linear=True,
    side=128,
)
V1 = UNetShape(
    down=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    up=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    depth=(1, 1, 1, 1),
    heads=8,
    words=(0,),
    linear=False,
    side=64,
)
V2 = replace(V1, heads=(5, 10, 20, 20), words=(2,), linear=True, side=96)
SHAPES = {"sdxl": XL, "sd15": V1, "sd21": V2}
