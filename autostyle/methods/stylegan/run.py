"""StyleGAN on a content: both pictures found in the network, the style's latents put in the place of the content's.

Sources: those of :data:`autostyle.methods.stylegan.spec.SPEC`; style mixing: Karras et al., CVPR 2019.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from filecmp import cmp
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.codecs.image import fit_size
from autostyle.errors import BadInput
from autostyle.fingerprints import stamp
from autostyle.methods.contract import (
    ImageInputs,
    ImageResult,
    Iterate,
    Method,
    OnIterate,
    Stop,
    at_ratio,
    ignore,
)
from autostyle.methods.devices import out_of_memory, refuse_beyond, too_small
from autostyle.methods.stylegan.inversion import Likeness, invert, spread, tuned
from autostyle.methods.stylegan.spec import BANDS, DIRECTIONS, NETWORK, SHOWN, SPEC, StyleGANParams
from autostyle.sentences import Sentence
from autostyle.vision.stylegan.files import load_generator
from autostyle.vision.stylegan.generator import Generator
from autostyle.vision.tensors import LEAST, resize, to_pixels, to_tensor

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


LICENCE = Sentence("what may be done with it, the network's licence says: NVIDIA's own are not for commerce")


@dataclass(frozen=True)
class Inverted:
    """What was found: the latents of content and style, each (layers, w), and the network tuned to the content."""

    content: Tensor
    style: Tensor
    net: Generator


@dataclass(frozen=True)
class PreparedStyleGAN:
    """Both pictures as the network makes them, squeezed to its square.

    Args:
        shape: height and width of the result.
        directions: (n, layers, w) of a file; None: the network's own.
        notes: what is said of each result.
        found: by what an inversion depends on: a study looks for its pictures once, not in every trial.
    """

    net: Generator
    content: Tensor
    styles: tuple[tuple[float, Tensor], ...]
    shape: tuple[int, int]
    directions: Tensor | None
    notes: tuple[Sentence, ...]
    found: dict[tuple[object, ...], Inverted] = field(default_factory=dict, compare=False)


class StyleGAN(Method[StyleGANParams, PreparedStyleGAN]):
    """See the module's docstring."""

    spec = SPEC
    independent = True

    def load(self, weights: Weights, device: str) -> None:
        """Networks are loaded when it is known which."""
        self.device = device
        self.encoder = weights.encoder("embedded", device)

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin, "network": "the one given"}

    @out_of_memory()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedStyleGAN:
        shape = fit_size(inputs.content.shape[0], inputs.content.shape[1], size)
        if min(shape) < LEAST:
            raise too_small(*shape)
        if not inputs.aids.get(NETWORK):
            raise BadInput("no network was given", "--with network=FILE names one")
        path = inputs.aids[NETWORK][0]
        net = loaded(path, stamp(path), self.device)
        refuse_beyond(net.memory(), self.device)
        given = inputs.aids.get(DIRECTIONS, ())
        return PreparedStyleGAN(
            net,
            self._square(inputs.content, net),
            tuple(
                (share, self._square(exemplar, net))
                for share, exemplar in zip(inputs.style.shares, inputs.style.exemplars, strict=True)
            ),
            shape,
            _directions(given[0], net).to(self.device) if given else None,
            () if cmp(path, SHOWN, shallow=False) else (LICENCE,),
        )

    def _square(self, picture: Pixels, net: Generator) -> Tensor:
        return resize(to_tensor(picture).to(self.device), (net.side, net.side)).clamp(0, 1)

    def run(
        self, prepared: PreparedStyleGAN, params: StyleGANParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        return next(self.run_path(prepared, params, [params.mix], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedStyleGAN,
        params: StyleGANParams,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ImageResult]:
        """Both pictures are found once; each value is another mix of them."""
        with out_of_memory():
            watch = _Watch(prepared, params, on_iterate)
            try:
                inverted = self._inverted(prepared, params, seed, watch)
            except Stop:
                yield ImageResult(watch.latest(), watch.step, stopped=True, notes=prepared.notes)
                return
            for value in values:
                mixed = mix(inverted, at_ratio(self.spec, params, value), prepared.directions)
                with torch.inference_mode():
                    watch.see(inverted.net(mixed[None]))
                stopped = False
                try:
                    watch.tell(None)
                except Stop:
                    stopped = True
                yield ImageResult(watch.latest(), watch.step, stopped, prepared.notes)
                if stopped:
                    return
                watch.step, watch.steps = 0, 1

    def _inverted(self, prepared: PreparedStyleGAN, params: StyleGANParams, seed: int, watch: _Watch) -> Inverted:
        key = (params.space, params.inversion_steps, params.regularization, params.tuning_steps, seed)
        if key in prepared.found:
            watch.steps = 1
            return prepared.found[key]
        net, how = prepared.net, (params.space, params.inversion_steps, params.regularization, seed)
        like = Likeness(self.encoder, prepared.content)
        content = invert(net, like, *how, watch)
        style = torch.zeros_like(content)
        for share, picture in prepared.styles:
            style = style + share * invert(net, Likeness(self.encoder, picture), *how, watch)
        prepared.found[key] = found = Inverted(content, style, tuned(net, like, content, params.tuning_steps, watch))
        return found


class _Watch:
    """Tells whoever watches of each step, with the picture so far at the size of the result."""

    def __init__(self, prepared: PreparedStyleGAN, params: StyleGANParams, on_iterate: OnIterate) -> None:
        self._shape, self._on_iterate, self._picture = prepared.shape, on_iterate, prepared.content
        self.step = 0
        self.steps = params.inversion_steps * (1 + len(prepared.styles)) + params.tuning_steps + 1

    def __call__(self, picture: Tensor, loss: float) -> None:
        self.see(picture)
        self.tell(loss)

    def see(self, picture: Tensor) -> None:
        self._picture = picture

    def tell(self, loss: float | None) -> None:
        self.step += 1
        self._on_iterate(Iterate(self.step, self.steps, self.latest, loss))

    def latest(self) -> Pixels:
        return to_pixels(resize(self._picture, self._shape).clamp(0, 1))


def mix(inverted: Inverted, params: StyleGANParams, directions: Tensor | None = None) -> Tensor:
    """The latents (layers, w) of the result: the style's by its share from the first of its layers on, moved along a
    direction, and drawn towards the network's mean."""
    net = inverted.net
    first = first_layer(net, params.layers)
    mixed = inverted.content.clone()
    mixed[first:] = torch.lerp(inverted.content[first:], inverted.style[first:], params.mix)
    if params.amount:
        own = net.directions(0, net.layers)[:, None] if directions is None else directions
        if params.direction >= len(own):
            raise BadInput(
                "there are {n} directions, and none of number {number}",
                "the first has number 0",
                n=len(own),
                number=params.direction,
            )
        direction = own[params.direction]
        mixed = mixed + params.amount * spread(net, direction) * direction
    return torch.lerp(net.mapping.w_avg.expand_as(mixed), mixed, params.truncation)


def first_layer(net: Generator, band: str) -> int:
    """The number of the first latent that is the style's. A small network's finest is its last but one block."""
    side = min(BANDS[band], net.side // 2 if band != "coarse" else net.side)
    return next(number for number in range(net.layers) if net.layer_side(number) >= side)


def _directions(path: Path, net: Generator) -> Tensor:
    try:
        each = [tensor.float() for _, tensor in sorted(load_file(path).items())]
        found = torch.stack([(one if one.dim() == 2 else one[None]).expand(net.layers, net.latent) for one in each])
        unit: Tensor = found / found.norm(dim=2, keepdim=True).mean(1, keepdim=True).clamp_min(1e-9)
        if not bool(unit.isfinite().all()):
            raise ValueError(path)
        return unit
    except (OSError, RuntimeError, ValueError, SafetensorError) as error:
        raise BadInput(
            "{path} has no directions of this network",
            "a tensor is as wide as its latents, {n}, or has a row for each of its {layers} layers",
            path=path.name,
            n=net.latent,
            layers=net.layers,
        ) from error


@lru_cache(maxsize=2)
def loaded(path: Path, version: object, device: str) -> Generator:
    """The network in a file, ready to paint."""
    return load_generator(path).to(device)
