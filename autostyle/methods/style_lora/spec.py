"""Style LoRA: a style learnt from a few pictures, kept in one small file, put on any content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from autostyle.diffusion import checks
from autostyle.diffusion.families import needs
from autostyle.diffusion.lora_files import parse, weights
from autostyle.methods.aids import AidSpec, AidValue
from autostyle.methods.diffusion.spec import Painting
from autostyle.methods.masks import KEPT_MASKS
from autostyle.methods.params import Choices, Range, Value
from autostyle.methods.spec import MOST_LEAKAGE, MethodSpec

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

LORA = "lora"


class StyleLoraParams(Painting):
    """Parameters of :data:`SPEC`."""

    lora_weights: Annotated[str, Choices(("",), tune=False, free=True)] = ""
    "The weight of each LoRA file in their order, as in 0.8,0.5; without any, each has weight 1."

    style_scale: Annotated[float, Range(0.0, 1.5, limit=3.0, moves={"marks": 1}, aliases=("스타일 스케일",))] = 1.0
    "How strongly it acts in the blocks that carry style."

    other_scale: Annotated[float, Range(0.0, 1.2, limit=3.0)] = 0.8
    "How strongly it acts in all other blocks."

    words_scale: Annotated[float, Range(0.0, 1.5, limit=3.0, tune=False)] = 1.0
    "How strongly it acts on the words, where it has a part for the text encoders."


def _read(texts: Sequence[str]) -> AidValue:
    """``FILE[@WEIGHT]``, or several with commas between them; weights are said where one is."""
    found = parse(",".join(texts))
    said = {"lora_weights": ",".join(f"{weight:g}" for _, weight in found)} if any("@" in t for t in texts) else {}
    return AidValue(tuple(file for file, _ in found), said)


def _fits(files: tuple[Path, ...], given: Mapping[str, Value], all_weights: Weights, base: str) -> None:
    weights(str(given.get("lora_weights", "")), len(files))
    checks.loras(files, all_weights, base)


SPEC = MethodSpec(
    name="style_lora",
    title="Style LoRA: one consistent style, learnt from a few pictures, on Stable Diffusion XL, 1.5 or 2.1",
    medium="image",
    params=StyleLoraParams,
    run="autostyle.methods.style_lora.run:StyleLora",
    needs=("a LoRA file", "a GPU, or patience"),
    weights=needs(),
    limits={"leakage": MOST_LEAKAGE},
    aids=(
        AidSpec(
            LORA,
            "The LoRA file, or several with weights of their own: FILE@0.8,OTHER@0.5. Its trigger word belongs in the "
            "prompt.",
            endings=(".safetensors",),
            required=True,
            many=True,
            read=_read,
            fits=_fits,
            aliases=("style lora", "로라"),
        ),
        *KEPT_MASKS,
    ),
    presets=(
        {"strength": 0.45},
        {"strength": 0.75},
        {"strength": 0.6, "style_scale": 1.2, "other_scale": 0.3},
    ),
    ratio="strength",
    aliases=("style lora", "lora", "로라"),
    source="Hu et al., LoRA, 2021; Frenkel et al., Implicit Style-Content Separation using B-LoRA, ECCV 2024",
)
