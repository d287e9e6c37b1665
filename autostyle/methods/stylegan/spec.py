"""StyleGAN: content and style are found among the pictures of a network, and mixed there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from autostyle.methods.aids import AidSpec, AidValue
from autostyle.methods.params import Choices, Params, Range
from autostyle.methods.spec import MOST_LEAKAGE, MemoryNeed, MethodSpec, TrialTime
from autostyle.sentences import Sentence
from autostyle.vision.registry import EMBEDDED

NETWORK, DIRECTIONS = "network", "directions"
DRAWN_HEADS = "drawn-heads"
"""What a person calls the small network that shows the mechanics."""
SHOWN = EMBEDDED / "stylegan.safetensors"
Band = Literal["coarse", "middle", "fine"]
BANDS: dict[str, int] = {"coarse": 4, "middle": 16, "fine": 64}
"""Side in pixels of the first features that are the style's (Karras et al., CVPR 2019, section 3.1)."""


class StyleGANParams(Params):
    """Parameters of :data:`SPEC`."""

    mix: Annotated[float, Range(0.0, 1.0, everyday=True)] = 0.7
    "How far the latents of the layers that take on the style go towards those of the style picture."

    layers: Annotated[Band, Choices(holds={"structure": ("coarse", "fine")})] = "middle"
    "The first layers that do: coarse: pose and shape, too; middle: features; fine: colours alone."

    truncation: Annotated[float, Range(0.4, 1.0)] = 1.0
    "How far the picture may be from the network's average one: less is more usual, and cleaner."

    space: Annotated[Literal["w", "w+"], Choices()] = "w+"
    "Where the pictures are looked for: one latent (w) is more editable, one a layer (w+) is truer to the picture."

    inversion_steps: Annotated[int, Range(5, 500, limit=2000, log=True, tune=False, timed=True)] = 150
    "Steps in which a picture is looked for."

    regularization: Annotated[float, Range(1e-4, 0.3, log=True, tune=False)] = 0.01
    "What counts that latents stay among those that the network knows."

    tuning_steps: Annotated[int, Range(0, 300, limit=1000, tune=False)] = 60
    "Steps in which the network is tuned to the content it was found for (pivotal tuning); 0 leaves it as it is."

    direction: Annotated[int, Range(0, 15, limit=511, tune=False, everyday=True)] = 0
    "Which direction the latents are moved along: those that change most come first, or those of the file given."

    amount: Annotated[float, Range(-3.0, 3.0, limit=10.0, tune=False, everyday=True)] = 0.0
    "How far, in deviations of the network's latents; 0 moves nothing."


# What follows opens files, and specs are read wherever methods are listed.


def _read(texts: Sequence[str]) -> AidValue:
    return AidValue(tuple(SHOWN if text == DRAWN_HEADS else Path(text).expanduser() for text in texts))


SPEC = MethodSpec(
    name="stylegan",
    title="StyleGAN: inversion, style mixing and edits with a StyleGAN2 or StyleGAN3 network of yours",
    medium="image",
    params=StyleGANParams,
    run="autostyle.methods.stylegan.run:StyleGAN",
    needs=("a StyleGAN2 or StyleGAN3 network",),
    presets=(
        {"layers": "fine"},
        {"mix": 0.4, "layers": "coarse"},
        {"mix": 1.0, "truncation": 0.8},
    ),
    limits={"leakage": MOST_LEAKAGE},
    aids=(
        AidSpec(
            NETWORK,
            Sentence(
                "A StyleGAN2 or StyleGAN3 network of the kind of picture that content and style show, in NVIDIA's "
                "layout (.pkl, .safetensors) or rosinality's (.pt). Look at its licence: NVIDIA's own are not for "
                "commerce."
            ),
            endings=(".pkl", ".pt", ".pth", ".safetensors"),
            required=True,
            read=_read,
            names=(DRAWN_HEADS,),
            aliases=("generator", "gan", "네트워크", "생성기", "신경망"),
        ),
        AidSpec(
            DIRECTIONS,
            Sentence(
                "Directions to move latents along: safetensors, one tensor each, as wide as a latent, "
                "or one row a layer."
            ),
            endings=(".safetensors",),
            aliases=("direction", "방향"),
        ),
    ),
    ratio="mix",
    path=8,
    styles=4,
    aliases=(
        *("style gan", "stylegan2", "style gan 2", "stylegan3", "style gan 3"),
        *("스타일간", "스타일갠", "스타일간2", "스타일갠2", "스타일간3", "스타일갠3"),
    ),
    time=TrialTime(30.0, 1e-7, further=0.05),
    memory=MemoryNeed(64, fixed=400_000_000),
    source=(
        "Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020; Karras et al., Alias-Free "
        "Generative Adversarial Networks, NeurIPS 2021; Abdal et al., "
        "Image2StyleGAN, ICCV 2019; Roich et al., Pivotal Tuning for Latent-based Editing of Real Images, TOG 2022; "
        "Shen & Zhou, Closed-Form Factorization of Latent Semantics in GANs, CVPR 2021"
    ),
)
