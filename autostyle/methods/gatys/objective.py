"""The loss that Gatys' method minimises, normalised so that one weight means the same for any pair and size.

Every style layer's loss is divided by its value at the content picture, so each starts at 1 there whatever the pair;
the content loss is relative to the content's own variance. The paper's raw sums need new weights for every picture.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.losses.content import content_loss
from autostyle.losses.style import distance, statistic
from autostyle.losses.variation import out_of_range, total_variation
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.tensors import resize

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
PIXELS = "pixels"
FLOOR = 0.02
"""A layer where content and style already agree is not blown up: its normaliser is at least this share of the style."""
STYLE_SIZE = 384
"""Long side in pixels at which an encoder's ``style_unit`` is measured: balanced pictures lie near style_weight = 1."""
TV_UNIT = 0.01
"""Calibrates tv_weight = 1 to a faint smoothing."""
BESIDE = 0.03
"""Share of the long side within which the content is held more beside what is left as it is."""
GAMUT = 20.0
"""Weight of the penalty on values outside 0..1: out-of-range paint costs more than it gains."""

Targets = Mapping[str, Tensor]
"""The statistics that a picture is to come to, by level."""
LossFunction = Callable[[Tensor, float], Tensor]
"""The loss of a picture at a style_weight."""
Term = Callable[[Tensor], Tensor]
"""A further part of the loss, whatever the style_weight."""


class SeenTerm(Protocol):
    """A further part of the loss that looks at what the encoder sees anyway."""

    @property
    def layers(self) -> Collection[str]:
        """That it looks at."""

    def look_at(self, image: Tensor) -> None:
        """What is minimised next begins at (1, 3, H, W)."""

    def __call__(self, found: Mapping[str, Tensor], factor: float) -> Tensor:
        """What it adds, by features, where the style's statistics count ``factor``."""


def style_weights(params: GatysParams) -> dict[str, float]:
    """Weights of the style levels that are on, normalised to sum 1."""
    weights = {PIXELS: params.pixels} | {layer: float(getattr(params, layer)) for layer in STYLE_LAYERS}
    weights = {layer: weight for layer, weight in weights.items() if weight > 0}
    total = sum(weights.values())
    return {layer: weight / total for layer, weight in weights.items()}


def style_factor(style_unit: float, long_side: int) -> float:
    """What a style_weight of 1 counts in the loss of a picture of this size in pixels, by the encoder's unit.

    It grows with the root of the size (measured): marks are as large as the network's sight, the things in a picture
    grow with it, so that at one factor a picture of 1024 px would keep half as much again of its content as one of 192.
    """
    return float(style_unit * (long_side / STYLE_SIZE) ** 0.5)


def content_layers(params: GatysParams) -> tuple[str, ...]:
    """The content layers named by ``relu3_1+relu4_1``."""
    layers = tuple(part.strip() for part in params.content_layers.split("+") if part.strip())
    if not layers:
        raise BadInput("content_layers is empty", "name at least one, e.g. content_layers=relu4_1")
    return layers


def style_targets(
    encoder: Encoder,
    params: GatysParams,
    styles: list[Tensor],
    shares: tuple[float, ...],
    *,
    seed: int,
    styles_visible: Sequence[Tensor | None] = (),
) -> Targets:
    """The statistics that a picture is to come to: those of ``styles`` (any sizes), blended by ``shares``.

    ``styles_visible``, of the styles, say how far places count; None, or nothing: all alike.

    Raises BadInput for a layer the encoder lacks.
    """
    weights = style_weights(params)
    encoder.check_layers(weights.keys() - {PIXELS})
    with torch.no_grad():
        seen = styles_visible or (None,) * len(styles)
        blended = [
            _statistics(params, _features(encoder, style, weights), seed, where)
            for style, where in zip(styles, seen, strict=True)
        ]
        return {
            layer: torch.stack([share * stats[layer] for share, stats in zip(shares, blended, strict=True)]).sum(0)
            for layer in weights
        }


@dataclass(frozen=True)
class Aim:
    """What a part of a picture is to come to.

    Args:
        targets: of :func:`style_targets`, for the same parameters and seed.
        where: how far each place counts for it, (1, 1, H, W), 0..1; None: all alike.
        share: how much it counts of the style's loss. As large as the part is, each of its places is painted as much as
            those of any other.
    """

    targets: Targets
    where: Tensor | None = None
    share: float = 1.0


def build(
    encoder: Encoder,
    params: GatysParams,
    content: Tensor,
    aims: Sequence[Aim],
    *,
    seed: int,
    finest: int,
    visible: Tensor | None = None,
    kept: Tensor | None = None,
    also: Term | None = None,
    seen_term: SeenTerm | None = None,
) -> LossFunction:
    """The loss of a (1, 3, H, W) picture against ``content`` (same shape) and all ``aims``.

    Args:
        finest: the long side in pixels of the finished picture; ``content`` may be a smaller size of its pyramid.
        visible: how far places count, (1, 1, H, W), 0..1; None: all alike.
        kept: how far each place is left as it is in ``content``, alike: the loss is of the picture with it put in.
        also, seen_term: further parts of the loss.

    Raises:
        BadInput: a layer the encoder lacks.
    """
    weights, held = style_weights(params), content_layers(params)
    unit = style_factor(encoder.style_unit, finest)
    encoder.check_layers(held)
    seen = {*weights, *held, *(() if seen_term is None else seen_term.layers)}

    with torch.no_grad():
        start = _features(encoder, content, seen)
        held_at = {layer: start[layer].float() for layer in held}
        scales = [_scales(_statistics(params, start, seed, aim.where), aim.targets) for aim in aims]
        roughness = total_variation(content, visible).clamp_min(1e-5)

    shown = 1.0 if visible is None else float(visible.mean())
    holding = visible if kept is None else held_beside(kept, visible, params.protect)
    holds = 1.0 if holding is None else float(holding.mean()) / shown

    def loss(image: Tensor, style_weight: float) -> Tensor:
        whole = image if kept is None else torch.lerp(image, content, kept)
        found = _features(encoder, whole, seen)
        content_part = torch.stack([content_loss(found[layer], held_at[layer], holding) for layer in held]).mean()
        total = holds * content_part
        if weights:
            style_part = torch.stack(
                [aim.share * _style_loss(aim, scale, found) for aim, scale in zip(aims, scales, strict=True)]
            ).sum()
            total = total + unit * style_weight * style_part
        if seen_term is not None:
            total = total + seen_term(found, unit * style_weight)
        if also is not None:
            total = total + also(whole)
        total = total + TV_UNIT * params.tv_weight * total_variation(whole, visible) / roughness
        # Of all places: what nobody sees is within sight of what is seen, and must not run away.
        return total + GAMUT * out_of_range(image) / shown

    def _style_loss(aim: Aim, scale: Targets, found: Mapping[str, Tensor]) -> Tensor:
        stats = _statistics(params, found, seed, aim.where)
        return torch.stack(
            [w * distance(stats[name], aim.targets[name]) / scale[name] for name, w in weights.items()]
        ).sum()

    return loss


def _scales(at_content: Targets, targets: Targets) -> Targets:
    return {layer: scale_of(at_content[layer], target) for layer, target in targets.items()}


def scale_of(at_content: Tensor, target: Tensor) -> Tensor:
    """What a level's distance is divided by: what it is at the content."""
    return distance(at_content, target).clamp_min(FLOOR * target.square().sum()).clamp_min(1e-8)


def held_beside(kept: Tensor, visible: Tensor | None, protect: float) -> Tensor:
    """How much the content counts at each place: more beside what is left as it is, so that paint thins out there."""
    reach = max(1, round(BESIDE * max(kept.shape[-2:])))
    near = F.pad(kept, (reach,) * 4, mode="replicate")
    for kernel in ((2 * reach + 1, 1), (1, 2 * reach + 1)):
        near = F.avg_pool2d(near, kernel, stride=1)
    holding = 1 + protect * near
    return holding if visible is None else holding * visible


def _features(encoder: Encoder, image: Tensor, levels: Collection[str]) -> dict[str, Tensor]:
    """What the encoder sees at ``levels``, and the pixels themselves."""
    found: dict[str, Tensor] = encoder(image.contiguous(memory_format=torch.channels_last), {*levels} - {PIXELS})
    return found | {PIXELS: image}


def _statistics(
    params: GatysParams, found: Mapping[str, Tensor], seed: int, visible: Tensor | None
) -> dict[str, Tensor]:
    # The palette is a distribution, not a texture: three channels are few enough to match it whole by slices. At half
    # the size it costs a quarter to sort.
    return {
        layer: statistic("sliced", halved(found[layer]), seed, visible)
        if layer == PIXELS
        else statistic(params.style_loss, found[layer], seed + index, visible)
        for index, layer in enumerate(style_weights(params))
    }


def halved(image: Tensor) -> Tensor:
    """(1, C, H, W) at half its size, by weights 1 3 3 1 a side.

    Means of 2 x 2 pixels would move each four as one, and at the smaller sizes of the pyramid paint squares.
    """
    shape = (image.shape[-2] // 2, image.shape[-1] // 2)
    return F.interpolate(image, size=shape, mode="bilinear", align_corners=False, antialias=True)


def over_sizes(objectives: list[tuple[tuple[int, int], LossFunction]], coarse: float) -> LossFunction:
    """Objectives that each see the picture at their own (height, width), the largest last: it counts ``1 - coarse``.

    A network's marks have a size in pixels. Judged at its largest size alone, a picture would lose the large marks that
    the smaller sizes of the pyramid gave it, and one setting would mean less style the larger the picture.
    """

    def loss(image: Tensor, style_weight: float) -> Tensor:
        if coarse == 0 or len(objectives) == 1:
            return objectives[-1][1](image, style_weight)
        seen = [_at_once(objective, resize(image, shape), style_weight) for shape, objective in objectives[:-1]]
        finest = objectives[-1][1](image, style_weight)
        return torch.lerp(finest, torch.stack(seen).mean(), coarse)

    return loss


def _at_once(objective: LossFunction, image: Tensor, style_weight: float) -> Tensor:
    """An objective's loss of ``image``, whose gradient is found now: what the encoder saw is not kept until then."""
    if not (torch.is_grad_enabled() and image.requires_grad):
        return objective(image, style_weight)
    here = image.detach().requires_grad_()
    value = objective(here, style_weight)
    if not value.requires_grad:
        return value
    (gradient,) = torch.autograd.grad(value, here, materialize_grads=True)
    # Its value, with that gradient.
    return value.detach() + ((image - here.detach()) * gradient).sum()
