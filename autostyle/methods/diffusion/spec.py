"""Parameters that every diffusion method has, and groups that several have; a method's own class joins them."""

from __future__ import annotations

from typing import Annotated, Literal

from autostyle.diffusion.schedule import ScheduleShape
from autostyle.methods.params import Choices, Params, Range


class Painting(Params):
    """Image to image: the content is noised by ``strength`` and painted again."""

    strength: Annotated[float, Range(0.2, 1.0, moves={"structure": -1}, everyday=True)] = 0.6
    "Share of the content that is painted anew: low keeps its shapes, 1 keeps nothing of it."

    guidance: Annotated[float, Range(1.0, 12.0, everyday=True)] = 5.0
    "How closely the words, and what the adapter adds to them, are followed; high values burn colours."

    steps: Annotated[int, Range(1, 100, tune=False, everyday=True, timed=True)] = 24
    "Denoising steps really taken, whatever the strength."

    scheduler: Annotated[Literal["dpm++", "euler", "ddim"], Choices(tune=False)] = "dpm++"
    "How a step is taken: dpm++ needs the fewest, euler and ddim are plainer."

    negative: Annotated[str, Choices(("photo, text, watermark, blurry, low quality", ""), tune=False, free=True)] = (
        "photo, text, watermark, blurry, low quality"
    )
    "What the picture should not be, in words of your own."

    color_mode: Annotated[
        Literal["style", "luminance"], Choices(tune=False, holds={"color": ("luminance", "style")})
    ] = "style"
    "style: the style's palette; luminance: keep the content's colours."


class Injected(Painting):
    """A style picture that acts in some blocks and at some steps."""

    style_scale: Annotated[float, Range(0.0, 1.2, limit=2.0, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "How strongly the style picture acts in the blocks that carry style."

    layout_scale: Annotated[float, Range(0.0, 0.8, limit=1.5)] = 0.0
    "How strongly it acts in the blocks that carry layout: composition comes along, and so may the things it shows."

    other_scale: Annotated[float, Range(0.0, 0.5, limit=1.5)] = 0.0
    "How strongly it acts in all other blocks."

    adapter_start: Annotated[float, Range(0.0, 0.4, limit=1.0)] = 0.0
    "Share of the run before the style picture begins to act."

    adapter_end: Annotated[float, Range(0.5, 1.0)] = 1.0
    "Share of the run after which it acts no more."

    adapter_shape: ScheduleShape = "constant"
    "How its strength moves in between."
