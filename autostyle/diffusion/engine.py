"""A loaded base model with its parts, shared by every diffusion method of a process, and what it has computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.diffusion import checks, loader, previews
from autostyle.diffusion.animating import with_motion
from autostyle.diffusion.caches import Memo, digest
from autostyle.diffusion.conditions import DepthEstimator, canny, load_estimator
from autostyle.diffusion.families import ENCODER, ESTIMATOR, FAMILIES, ControlKind, Family
from autostyle.diffusion.lora import Lora, Loras
from autostyle.diffusion.memory import Memory
from autostyle.vision.tensors import to_pixels, to_tensor

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

EnginePart = Literal["adapter", "canny", "depth", "motion"]
CELL = 8
"""Side in pixels of one latent cell."""
PLAIN = "high quality"
"""The prompt where nobody gave one: a UNet guided by nothing at all paints mud."""


@dataclass(frozen=True)
class EncodedPrompt:
    """A prompt and its negative, encoded; the pooled ones are SDXL's."""

    prompt: Tensor
    negative: Tensor
    pooled: Tensor | None = None
    negative_pooled: Tensor | None = None

    def arguments(self) -> dict[str, Tensor]:
        """As a pipeline's call takes them."""
        found = {"prompt_embeds": self.prompt, "negative_prompt_embeds": self.negative}
        if self.pooled is not None and self.negative_pooled is not None:
            found |= {"pooled_prompt_embeds": self.pooled, "negative_pooled_prompt_embeds": self.negative_pooled}
        return found


@dataclass
class Engine:
    """One base model on one device.

    Attributes:
        pipeline: diffusers' image-to-image pipeline; ``controlled`` are those with a ControlNet, by what it looks at,
            ``animated`` is the one with a motion adapter, all of the same networks.
        estimator: of depth, where its ControlNet is loaded.
        origins: role -> the weights that play it, for reports.
        memo: everything encoded so far.
    """

    family: Family
    pipeline: Any
    weights: Weights
    device: str
    memory: Memory
    origins: dict[str, str]
    controlled: dict[ControlKind, Any] = field(default_factory=dict)
    animated: Any = None
    estimator: DepthEstimator | None = None
    memo: Memo = field(default_factory=Memo)
    loras: Loras = field(default_factory=Loras)

    @classmethod
    def shared(
        cls, weights: Weights, device: str, sets: tuple[tuple[str, ...], ...] = (), base: str = "auto"
    ) -> Engine:
        """The engine of ``base``, or of the base model that ``weights`` chooses for ``sets``; loaded once a process.

        Raises:
            Missing: its weights are not on this machine.
            BadInput: they are of another kind, or numbers in them are infinite or none.
        """
        base = weights.base(base, sets)
        return weights.kept(("diffusion", base, device), lambda: cls.open(weights, base, device))

    @classmethod
    def open(cls, weights: Weights, base: str, device: str) -> Engine:
        """An engine of one's own on the base model ``base``, read from its files; raises as :meth:`shared`."""
        path = _checked(base, weights)
        config = None if path.is_dir() or weights.lacking([base]) else weights.path(f"{base}_config")
        family = FAMILIES[base]
        pipeline = loader.load_base(path, family, loader.precision(device), config)
        return cls(family, pipeline, weights, device, Memory(device), {"base": weights.origin(base)})

    def add(self, part: EnginePart) -> None:
        """Load ``part`` unless it is here; raises as :meth:`shared`."""
        if part in self.origins:
            return
        self.memory.release(self.pipeline)
        if part == "motion":
            adapter = loader.load_motion(_checked(self.family.motion, self.weights), self.pipeline.unet.dtype)
            self.animated = with_motion(self.pipeline, adapter)
            self.origins[part] = self.weights.origin(self.family.motion)
            return
        if part == "adapter":
            encoder = _checked(ENCODER, self.weights)
            loader.load_adapter(self.pipeline, _checked(self.family.adapter, self.weights), encoder)
            self.origins |= {part: self.weights.origin(self.family.adapter), ENCODER: self.weights.origin(ENCODER)}
            nets = {kind: controlled.controlnet for kind, controlled in self.controlled.items()}
        else:
            id = self.family.depth if part == "depth" else self.family.canny
            nets = {part: loader.load_controlnet(_checked(id, self.weights), self.pipeline.unet.dtype)}
            if part == "depth":
                self.estimator = load_estimator(_checked(ESTIMATOR, self.weights), self.device)
                self.origins[ESTIMATOR] = self.weights.origin(ESTIMATOR)
            self.origins[part] = self.weights.origin(id)
        for kind, net in nets.items():
            self.controlled[kind] = loader.with_controlnet(self.pipeline, net, self.family)

    def weights_used(self, *parts: EnginePart) -> dict[str, str]:
        """The weights of the base model and of ``parts`` by role; other methods may have loaded more."""
        roles = ["base", *parts, *([ENCODER] if "adapter" in parts else [])]
        return {role: self.origins[role] for role in roles}

    @property
    def adapted(self) -> bool:
        """Whether the UNet has an IP-Adapter in it, which then wants a picture in every run."""
        return "adapter" in self.origins

    def placed(self) -> Any:
        """The pipeline, with its networks where the device can use them."""
        rung = self.memory.rung
        if rung is None:
            rung = self.memory.choose(self.pipeline, self.family.native**2)
        self.memory.settle(self.pipeline, rung)
        return self.pipeline

    @torch.inference_mode()
    def latents(self, picture: Tensor) -> Tensor:
        """(1, 3, H, W) values 0..1 -> (1, 4, H / 8, W / 8), the mean of what the VAE says, scaled for the UNet."""

        def encode() -> Tensor:
            vae = self.placed().vae
            said = vae.encode((2 * picture - 1).to(self.device, vae.dtype)).latent_dist.mode()
            scaled: Tensor = (said * vae.config.scaling_factor).to(self.pipeline.unet.dtype)
            return scaled

        return self.memo.get("vae", digest(to_pixels(picture)), encode)

    @torch.inference_mode()
    def words(self, prompt: str | None, negative: str, loras: tuple[Lora, ...] = ()) -> EncodedPrompt:
        """A prompt and its negative, as the UNet takes them; ``loras`` may have a word in it."""

        def encode() -> EncodedPrompt:
            self.loras.use(self.pipeline, loras)
            return EncodedPrompt(
                *self.placed().encode_prompt(prompt=prompt or PLAIN, negative_prompt=negative, **self._one)
            )

        return self.memo.get("text", (prompt, negative, *((lora.file, lora.words) for lora in loras)), encode)

    @torch.inference_mode()
    def seen(self, styles: tuple[Pixels, ...], shares: tuple[float, ...]) -> Tensor:
        """(2, 1, D): what the image encoder sees in nothing, and in the styles, blended by their shares."""

        def look(pixels: Pixels) -> Tensor:
            image = (255 * pixels).round().astype("uint8")
            embeds, nothing = self.placed().encode_image(image, self.device, 1)
            return torch.stack([nothing, embeds])

        seen = [self.memo.get("image", digest(style), partial(look, style)) for style in styles]
        return torch.stack([share * one for share, one in zip(shares, seen, strict=True)]).sum(0)

    def edges(self, picture: Tensor, detail: float) -> Tensor:
        """What the edge ControlNet looks at: (1, 3, H, W), 0..1."""
        return self.memo.get("edges", (digest(to_pixels(picture)), detail), lambda: canny(picture, detail))

    def depth(self, picture: Tensor) -> Tensor:
        """What the depth ControlNet looks at: (1, 3, H, W), 1 near, 0 far; its part must have been added."""
        assert self.estimator is not None
        return self.memo.get("depth", digest(to_pixels(picture)), partial(self.estimator, picture))

    def unseen(self) -> Tensor:
        """What :meth:`seen` would say of no picture at all."""
        return torch.zeros(2, 1, self.pipeline.image_encoder.config.projection_dim, device=self.device).to(
            self.pipeline.unet.dtype
        )

    @torch.inference_mode()
    def decode(self, latents: Tensor) -> Tensor:
        """(1, 4, h, w) -> (1, 3, 8 h, 8 w), 0..1; what a safety checker of the model objects to comes back black."""
        vae, processor = self.placed().vae, self.pipeline.image_processor
        image = vae.decode((latents / vae.config.scaling_factor).to(vae.dtype), return_dict=False)[0]
        objected = None
        if getattr(self.pipeline, "safety_checker", None) is not None:
            image, objected = self.pipeline.run_safety_checker(image, self.device, self.pipeline.unet.dtype)
        spread = [not black for black in objected or [False]]
        picture: Tensor = processor.postprocess(image, output_type="pt", do_denormalize=spread)
        return picture.float()

    def preview(self, latents: Tensor, shape: tuple[int, int]) -> Tensor:
        """A rough picture of ``latents`` at (height, width), 0..1, in a thousandth of the decoder's time."""

        def fit() -> Tensor:
            chart = previews.chart(CELL)
            return previews.fit_colours(self.latents(chart).float().cpu(), chart)

        return previews.rough(latents.float().cpu(), self.memo.get("colours", "", fit), shape)

    @property
    def _one(self) -> dict[str, Any]:
        """One picture a prompt, with guidance; the two families call the same thing by the same names."""
        return {"device": self.device, "num_images_per_prompt": 1, "do_classifier_free_guidance": True}


def pad_to_cells(content: Pixels) -> Tensor:
    """A picture as (1, 3, H, W), its edges repeated up to whole latent cells."""
    image = to_tensor(content)
    height, width = image.shape[-2:]
    return F.pad(image, (0, -width % CELL, 0, -height % CELL), mode="replicate")


def _checked(id: str, weights: Weights) -> Path:
    """The file or folder of ``id``, of the right kind."""
    path = weights.path(id)
    (checks.own if path.parent == weights.yours else checks.part)(id, path, weights)
    return path
