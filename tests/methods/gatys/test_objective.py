"""The loss of Gatys' method: what one setting means, whatever the pair and the size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autostyle.errors import BadInput
from autostyle.methods.gatys.objective import Aim, LossFunction, build, over_sizes, style_factor, style_targets
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.weights import Weights


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Weights.open(offline=True).encoder("embedded", "cpu", pooling="avg")


def picture(seed: int, size: int = 64) -> Tensor:
    coarse = torch.rand(1, 3, 6, 6, generator=torch.Generator().manual_seed(seed))
    return torch.nn.functional.interpolate(coarse, size=(size, size), mode="bicubic").clamp(0, 1)


def objective(
    encoder: Encoder,
    content: Tensor,
    style: Tensor,
    *,
    finest: int = 64,
    style_weight: float = 1.0,
    **params: float | str,
) -> Callable[[Tensor], Tensor]:
    settings = GatysParams(**{"tv_weight": 0.0} | params)  # type: ignore[arg-type]
    targets = style_targets(encoder, settings, [style], (1.0,), seed=0)
    built = build(encoder, settings, content, [Aim(targets)], seed=0, finest=finest)
    return lambda image: built(image, style_weight)


@pytest.mark.parametrize("pair", [(0, 1), (2, 3)])
def test_at_the_content_picture_the_style_loss_is_one_for_every_pair(encoder: Encoder, pair: tuple[int, int]) -> None:
    content, style = picture(pair[0]), picture(pair[1])
    with torch.no_grad():
        loss = float(objective(encoder, content, style, style_weight=1.0)(content))
    assert loss == pytest.approx(style_factor(encoder.style_unit, 64), rel=0.1), "the content loss is 0 there"


def test_the_palette_moves_pixels_and_no_squares_of_them(encoder: Encoder) -> None:
    alone: dict[str, float | str] = {f"relu{block}_1": 0.0 for block in range(1, 6)}
    image = picture(0).requires_grad_()
    objective(encoder, picture(0), picture(1), **alone)(image).backward()  # the content loss is least here
    assert image.grad is not None
    steps = image.grad.diff(dim=-1).abs()
    within, between = float(steps[..., 0::2].mean()), float(steps[..., 1::2].mean())
    assert within == pytest.approx(between, rel=0.2)


def test_one_style_weight_counts_by_the_unit_of_the_encoder() -> None:
    narrow = {"widths": (4, 4, 4), "last": "relu2_1", "mean": (0.5,) * 3, "std": (0.25,) * 3}
    layers: dict[str, float | str] = {"content_layers": "relu2_1", "relu3_1": 0.0, "relu4_1": 0.0, "relu5_1": 0.0}
    losses = []
    for unit in (2.0, 8.0):
        torch.manual_seed(0)
        encoder = Encoder(**narrow, style_unit=unit)  # type: ignore[arg-type]
        with torch.no_grad():
            losses.append(float(objective(encoder, picture(0), picture(1), style_weight=1.0, **layers)(picture(0))))
    assert losses[1] == pytest.approx(4 * losses[0], rel=1e-4)


def test_the_style_counts_more_the_larger_the_finished_picture(encoder: Encoder) -> None:
    content, style = picture(0), picture(1)
    with torch.no_grad():
        small, large = (
            float(objective(encoder, content, style, style_weight=1.0, finest=size)(content)) for size in (64, 256)
        )
    assert large == pytest.approx(2 * small, rel=1e-4)


def test_without_style_weight_the_content_itself_is_the_best_picture(encoder: Encoder) -> None:
    content, style = picture(0), picture(1)
    loss = objective(encoder, content, style, style_weight=0.0)
    with torch.no_grad():
        assert float(loss(content)) == pytest.approx(0.0, abs=1e-6)
        assert float(loss(style)) > 0.1


def test_a_picture_out_of_gamut_costs(encoder: Encoder) -> None:
    content = picture(0)
    loss = objective(encoder, content, picture(1), style_weight=0.0)
    with torch.no_grad():
        assert float(loss(content + 1)) > float(loss((content + 1).clamp(0, 1)))


def test_smaller_sizes_have_the_coarse_share() -> None:
    sizes: list[tuple[tuple[int, int], LossFunction]] = [
        ((8, 8), lambda image, weight: image.mean() * 0 + 1),
        ((16, 16), lambda image, weight: image.mean() * 0 + 3),
        ((32, 32), lambda image, weight: image.mean() * 0 + 10),
    ]
    image = torch.rand(1, 3, 32, 32)
    assert float(over_sizes(sizes, 0.0)(image, 1)) == 10
    assert float(over_sizes(sizes, 0.25)(image, 1)) == pytest.approx(0.75 * 10 + 0.25 * 2)
    assert float(over_sizes(sizes[:1], 0.25)(image, 1)) == 1, "alone it is the finest"


def test_a_layer_the_backbone_lacks_is_refused(encoder: Encoder) -> None:
    with pytest.raises(BadInput, match="relu5_4"):
        objective(encoder, picture(0), picture(1), content_layers="relu5_4")


def test_the_content_is_held_more_beside_what_is_left_as_it_is_and_that_itself_is_never_painted(
    encoder: Encoder,
) -> None:
    content, image = picture(0), picture(1).requires_grad_()
    kept = torch.zeros(1, 1, 64, 64)
    kept[..., :16] = 1
    losses = []
    for protect in (0.0, 20.0):
        settings = GatysParams(tv_weight=0.0, protect=protect)
        targets = style_targets(encoder, settings, [picture(2)], (1.0,), seed=0)
        built = build(encoder, settings, content, [Aim(targets, 1 - kept, 0.75)], seed=0, finest=64, kept=kept)
        losses.append(built(image, 1.0))
    losses[0].backward()
    assert image.grad is not None
    assert float(image.grad[..., :16].abs().max()) < 0.01 * float(image.grad[..., 16:].abs().max())
    assert losses[1].item() > 1.02 * losses[0].item()
