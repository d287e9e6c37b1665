"""The plain textbook loop to measure against: one scale, float32, L-BFGS, 300 iterations.

Gatys, Ecker & Bethge (CVPR 2016) as tutorials write it: content at relu4_2, Gram matrices of relu1_1 .. relu5_1, the
picture starts at the content. The Gram losses are divided by the style's own energy so that the sum is meaningful.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.vision.encoder import Encoder

STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
CONTENT_LAYER = "relu4_2"
STYLE_WEIGHT = 10.0
ITERATIONS = 300


def gram(features: Tensor) -> Tensor:
    flat = features.flatten(2)[0]
    return flat @ flat.T / flat.shape[1]


def textbook_loss(encoder: Encoder, content: Tensor, style: Tensor) -> Callable[[Tensor], Tensor]:
    """The loss of a (1, 3, H, W) picture."""
    layers = (*STYLE_LAYERS, CONTENT_LAYER)
    with torch.no_grad():
        kept = encoder(content, layers)[CONTENT_LAYER]
        variance = (kept - kept.mean(dim=(2, 3), keepdim=True)).square().mean()
        targets = {layer: gram(f) for layer, f in encoder(style, STYLE_LAYERS).items()}

    def loss(image: Tensor) -> Tensor:
        found = encoder(image, layers)
        style_part = sum(
            ((gram(found[layer]) - target).square().sum() / target.square().sum() for layer, target in targets.items()),
            start=torch.zeros(()),
        ) / len(targets)
        return F.mse_loss(found[CONTENT_LAYER], kept) / variance + STYLE_WEIGHT * style_part

    return loss


def run(loss: Callable[[Tensor], Tensor], content: Tensor, iterations: int = ITERATIONS) -> tuple[Tensor, float, int]:
    """The picture after ``iterations``, the seconds they took and the evaluations of the loss."""
    image = content.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([image], max_iter=1, line_search_fn="strong_wolfe", tolerance_change=0.0)
    evaluations = 0

    def closure() -> Tensor:
        nonlocal evaluations
        evaluations += 1
        optimizer.zero_grad()
        value = loss(image)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.param_groups[0]["max_iter"] = iterations
    optimizer.param_groups[0]["max_eval"] = iterations * 3
    started = time.perf_counter()
    optimizer.step(closure)
    return image.detach().clamp(0, 1), time.perf_counter() - started, evaluations
