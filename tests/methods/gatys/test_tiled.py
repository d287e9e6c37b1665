"""A picture that is painted tile by tile has the loss, and the gradient, of the whole one."""

from __future__ import annotations

from typing import Any, Literal

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from autostyle.methods.gatys.objective import Aim, Term, build, over_sizes, style_targets
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys.tiled import Further, LevelLoss, Tiled, Whole, add_over_sizes
from autostyle.vision.encoder import VGG16_BLOCKS, Encoder, by_block
from autostyle.vision.tensors import resize

UNEVEN = (75, 102)
"""Height and width in pixels, odd and even, neither a multiple of what a place of the deepest layer stands for."""


def narrow(pooling: str = "avg", padding: Literal["reflect", "zeros"] = "reflect", last: str = "relu5_3") -> Encoder:
    torch.manual_seed(0)
    widths = by_block((8, 8, 8, 8, 8), VGG16_BLOCKS)
    made = Encoder(widths, last, (0.5,) * 3, (0.25,) * 3, padding, pooling, blocks=VGG16_BLOCKS, style_unit=2.0)
    for parameter in made.parameters():
        if parameter.dim() > 1:  # features that vary as a trained network's do
            torch.nn.init.kaiming_normal_(parameter)
        else:
            torch.nn.init.zeros_(parameter)
    return made


def picture(seed: int, height: int, width: int) -> Tensor:
    noise = torch.rand(1, 3, height // 4, width // 4, generator=torch.Generator().manual_seed(seed))
    return torch.nn.functional.interpolate(noise, size=(height, width), mode="bicubic") * 1.3 - 0.15


def seen_from_the_left(height: int, width: int) -> Tensor:
    return torch.linspace(1, 0, width).expand(1, 1, height, width).contiguous()


def gradients(
    encoder: Encoder,
    visible: Tensor | None = None,
    kept: Tensor | None = None,
    also: Term | None = None,
    **settings: Any,
) -> tuple[tuple[float, Tensor], tuple[float, Tensor]]:
    """Loss and gradient of the whole picture, and those of its tiles."""
    params = GatysParams(**{"tv_weight": 3.0, "pixels": 0.0, "relu5_1": 0.0} | settings)
    content, image, style = picture(0, *UNEVEN), picture(1, *UNEVEN), picture(2, 60, 80)
    with torch.no_grad():
        targets = style_targets(encoder, params, [style], (1.0,), seed=0)
        other = style_targets(encoder, params, [1 - style], (1.0,), seed=0)
    aims = [Aim(targets, visible)] if kept is None else [Aim(targets, visible, 0.7), Aim(other, 1 - kept, 0.3)]
    given: dict[str, Any] = {"seed": 0, "finest": 102, "visible": visible, "kept": kept}
    whole, tiled = torch.zeros_like(image), torch.zeros_like(image)
    loss = Whole(build(encoder, params, content, aims, **given, also=also)).add_gradient(image, 2.0, 1.0, whole)
    parts: LevelLoss = Tiled(encoder, params, content, aims, side=40, **given)
    if also is not None:
        parts = Further(parts, also, content, kept)
    return (loss, whole), (parts.add_gradient(image, 2.0, 1.0, tiled), tiled)


def assert_alike(whole: tuple[float, Tensor], tiled: tuple[float, Tensor], share: float = 1e-4) -> None:
    assert tiled[0] == pytest.approx(whole[0], rel=share)
    assert_close(tiled[1], whole[1], rtol=0, atol=share * float(whole[1].abs().max()))


@pytest.mark.parametrize(
    ("pooling", "padding", "kind"),
    [("avg", "reflect", "moments"), ("max", "zeros", "moments"), ("avg", "zeros", "gram")],
)
def test_tiles_have_the_gradient_of_the_whole_picture(
    pooling: str, padding: Literal["reflect", "zeros"], kind: str
) -> None:
    assert_alike(*gradients(narrow(pooling, padding), style_loss=kind, content_layers="relu3_1+relu4_2"))


@pytest.mark.parametrize("kind", ["moments", "gram"])
def test_what_is_hidden_counts_as_little_in_tiles(kind: str) -> None:
    assert_alike(*gradients(narrow(), seen_from_the_left(*UNEVEN), style_loss=kind))


def test_regions_have_styles_of_their_own_in_tiles_or_are_left_as_they_are() -> None:
    kept = (seen_from_the_left(*UNEVEN).flip(-1) - 0.5).clamp_min(0)
    assert_alike(*gradients(narrow(), seen_from_the_left(*UNEVEN), kept))


def test_a_further_part_of_the_loss_counts_in_tiles_too() -> None:
    kept = seen_from_the_left(*UNEVEN)
    assert_alike(*gradients(narrow(), kept=kept, also=lambda image: 5 * image.square().mean()))


@pytest.mark.parametrize("settings", [{"pixels": 2.0}, {"style_loss": "sliced"}])
def test_sorted_levels_lose_as_much_in_tiles_and_lead_where_the_loss_falls(settings: dict[str, Any]) -> None:
    encoder, content, image = narrow(), picture(0, *UNEVEN), picture(1, *UNEVEN)
    params = GatysParams(**{"pixels": 0.0, "relu5_1": 0.0} | settings)
    with torch.no_grad():
        aims = [Aim(style_targets(encoder, params, [picture(2, 60, 80)], (1.0,), seed=0))]
        whole = build(encoder, params, content, aims, seed=0, finest=102)
    tiled, gradient = Tiled(encoder, params, content, aims, seed=0, finest=102, side=40), torch.zeros_like(image)
    assert tiled.add_gradient(image, 2.0, 1.0, gradient) == pytest.approx(whole(image, 2.0).item(), rel=2e-3)
    step = 1e-3 / gradient.abs().max()
    with torch.no_grad():
        fell = float(whole(image - step * gradient, 2.0) - whole(image + step * gradient, 2.0)) / 2
    assert fell == pytest.approx(-float(step * gradient.square().sum()), rel=0.05)


def test_smaller_sizes_count_in_tiles_too() -> None:
    encoder, params = narrow(), GatysParams(pixels=0.0, relu5_1=0.0)
    content, image, small = picture(0, *UNEVEN), picture(1, *UNEVEN), (38, 51)
    with torch.no_grad():
        aims = [Aim(style_targets(encoder, params, [picture(2, 60, 80)], (1.0,), seed=0))]
    loss = build(encoder, params, content, aims, seed=0, finest=102)
    below = build(encoder, params, resize(content, small), aims, seed=0, finest=102)
    whole, tiled = torch.zeros_like(image), torch.zeros_like(image)
    both = Whole(over_sizes([(small, below), (UNEVEN, loss)], 0.6)).add_gradient(image, 1.0, 1.0, whole)
    finest = Tiled(encoder, params, content, aims, seed=0, finest=102, side=40)
    parts = add_over_sizes([(small, Whole(below)), (UNEVEN, finest)], 0.6, image, 1.0, tiled)
    assert_alike((both, whole), (parts, tiled))
