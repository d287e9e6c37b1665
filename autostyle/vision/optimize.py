"""Minimise an objective over a picture: L-BFGS or Adam, pixels or Laplacian pyramid."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.sentences import Sentence
from autostyle.vision.tensors import resize

ADAM_RATE = 0.02
ADAM_BETAS = (0.9, 0.99)
AVERAGE = 0.95
"""Decay of the average of Adam's iterates, whose bias is corrected; the average is the result."""
DESCENT_RATE = 0.02
"""Of the first step of :func:`descend`."""
HALF = 6e4
"""The largest number in half precision, nearly."""
LEAST_PULL = 1e-4
"""A gradient, of a loss that is a mean over the picture times its numbers, that is hardly one."""
STRIP = 256
"""Rows of a picture that are moved at once."""
FIRST_MOVE = 0.01
RESTARTS = 4
HISTORY = 12
"""Curvature pairs of L-BFGS; each costs two pictures of memory."""

Watch = Callable[[int, Tensor, float], None]
"""Called with (step, picture, loss); may raise Stop."""


@dataclass
class Best:
    """The best finite picture met so far."""

    image: Tensor
    loss: float = math.inf
    steps: int = 0
    notes: list[str] = field(default_factory=list)

    def offer(self, image: Tensor, loss: float) -> None:
        if math.isfinite(loss) and loss < self.loss:
            self.image, self.loss = image.detach().clone(), loss


# --- representations ---------------------------------------------------------------------------------------------


def laplacian(image: Tensor, smallest: int = 16) -> list[Tensor]:
    """Laplacian pyramid of (1, 3, H, W), finest first; :func:`collapse` is its exact inverse."""
    levels = []
    while min(image.shape[-2:]) // 2 >= smallest:
        small = F.avg_pool2d(image, 2, ceil_mode=True)
        levels.append(image - _grow(small, image))
        image = small
    return [*levels, image]


def collapse(levels: list[Tensor]) -> Tensor:
    """The picture whose Laplacian pyramid is ``levels``."""
    image = levels[-1]
    for level in reversed(levels[:-1]):
        image = level + _grow(image, level)
    return image


def _grow(small: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(small, size=like.shape[-2:], mode="bilinear", align_corners=False)


# --- optimisers --------------------------------------------------------------------------------------------------


def lbfgs(loss: Callable[[Tensor], Tensor], best: Best, steps: int, watch: Watch, *, pyramid: bool) -> None:
    """``steps`` iterations of L-BFGS from ``best.image``, with a strong-Wolfe line search (some pairs stall without).

    ``best`` holds the result, also when ``watch`` raises. A line search that fails, as rounding now and then makes it,
    ends L-BFGS early; it is then started afresh from the best picture.
    """
    for _ in range(RESTARTS):
        before = best.steps
        _lbfgs(loss, best, steps - best.steps, watch, pyramid=pyramid)
        if best.steps >= steps:
            return
        if best.steps == before:
            break
    best.notes.append(
        Sentence("L-BFGS found nothing better after {done} of {steps} iterations", done=best.steps, steps=steps)
    )


def _lbfgs(loss: Callable[[Tensor], Tensor], best: Best, steps: int, watch: Watch, *, pyramid: bool) -> None:
    levels = laplacian(best.image) if pyramid else [best.image]
    # The optimiser's first step is a gradient of unit length in the L1 norm: a millionth of a pixel value, lost in
    # half precision. In these units it moves an average pixel by FIRST_MOVE.
    unit = FIRST_MOVE * sum(level.numel() for level in levels)
    variables = [(level / unit).requires_grad_() for level in levels]
    optimizer = torch.optim.LBFGS(
        variables,
        max_iter=steps,
        max_eval=3 * steps,
        history_size=HISTORY,
        line_search_fn="strong_wolfe",
        tolerance_grad=0.0,
        tolerance_change=0.0,
    )
    already, seen = best.steps, 0

    def closure() -> Tensor:
        nonlocal seen
        optimizer.zero_grad()
        image = collapse([variable * unit for variable in variables])
        value = loss(image)
        value.backward()
        best.offer(image, float(value.detach()))
        step = int(optimizer.state[variables[0]].get("n_iter", 0))
        if step > seen:
            seen = step
            best.steps = already + step
            watch(best.steps, best.image, best.loss)
        return value

    optimizer.step(closure)


def descend(
    add_gradient: Callable[[Tensor, Tensor], float], image: Tensor, steps: int, watch: Watch, done: int = 0
) -> list[str]:
    """``steps`` of Adam on ``image`` itself, for pictures of which few copies have room; those before ``done`` are
    over.

    Each step is shorter than the one before, down to nothing: the last picture is then as good as an average of many,
    which would be one more copy. Moments are kept in half precision, of gradients that are scaled to fit it.

    Ten steps leave 1.01 to 1.03 times the loss that L-BFGS leaves in as many processor seconds (``gatys`` at 256 px,
    from what its smaller size came to, on three pairs), without its 24 pictures of memory.

    Args:
        add_gradient: called with the picture and zeros, adds the gradient to these and returns the loss.

    Returns:
        What is to be said. After a divergence ``image`` is the last finite one.
    """
    pull = torch.zeros_like(image)
    first, root = torch.zeros_like(image, dtype=torch.half), torch.zeros_like(image, dtype=torch.half)
    for step in range(done + 1, steps + 1):
        loss = add_gradient(image, pull.zero_())
        if not math.isfinite(loss) or not math.isfinite(float(pull.sum())):
            return [Sentence("diverged at step {step}; the best picture before it is returned", step=step)]
        rate = DESCENT_RATE * (1 - (step - 1) / steps)
        taken = step - done
        for x, g, m, r in zip(*(t.split(STRIP, dim=-2) for t in (image, pull, first, root)), strict=True):
            g.mul_(image.numel())
            mean = torch.lerp(m.float(), g, 1 - ADAM_BETAS[0])
            square = torch.lerp(r.float().square(), g.square(), 1 - ADAM_BETAS[1])
            m.copy_(mean.clamp_(-HALF, HALF))
            r.copy_(square.sqrt().clamp_(max=HALF))
            mean /= 1 - ADAM_BETAS[0] ** taken
            x.addcdiv_(mean, (square / (1 - ADAM_BETAS[1] ** taken)).sqrt_().add_(LEAST_PULL), value=-rate)
        watch(step, image, loss)
    return []


@dataclass
class AdamState:
    """Adam's moments, carried from one size to the next (as Crowson's style-transfer-pytorch does)."""

    first: list[Tensor]
    second: list[Tensor]
    count: int


def adam(
    loss: Callable[[Tensor], Tensor],
    best: Best,
    steps: int,
    watch: Watch,
    *,
    pyramid: bool,
    carried: AdamState | None = None,
) -> AdamState | None:
    """``steps`` of Adam from ``best.image``; the result is the bias-corrected average of the iterates.

    ``best`` holds it, also when ``watch`` raises; after a divergence it holds the best finite iterate instead, and the
    moments are dropped (None).
    """
    start = best.image
    variables = [level.clone().requires_grad_() for level in (laplacian(start) if pyramid else [start])]
    optimizer = torch.optim.Adam(variables, lr=ADAM_RATE, betas=ADAM_BETAS)
    if carried is not None:
        # Levels pair up from the coarsest: a larger size has one more, finest, level that starts afresh.
        offset = len(variables) - len(carried.first)
        for index, (m, v) in enumerate(zip(carried.first, carried.second, strict=True)):
            if (target := index + offset) >= 0:
                shape = (variables[target].shape[-2], variables[target].shape[-1])
                optimizer.state[variables[target]] = {
                    "step": torch.tensor(float(carried.count)),
                    "exp_avg": resize(m, shape),
                    "exp_avg_sq": F.relu(resize(v, shape)),
                }
    average, weight = torch.zeros_like(start), 0.0
    try:
        for step in range(1, steps + 1):
            optimizer.zero_grad()
            image = collapse(variables)
            value = loss(image)
            value.backward()
            number = float(value.detach())
            if not math.isfinite(number):
                best.notes.append(
                    Sentence("diverged at step {step}; the best picture before it is returned", step=step)
                )
                return None
            best.offer(image, number)
            optimizer.step()
            average = AVERAGE * average + (1 - AVERAGE) * image.detach()
            weight = AVERAGE * weight + (1 - AVERAGE)
            best.steps = step
            watch(step, average / weight, number)
    finally:
        if weight and bool(torch.isfinite(average).all()) and not best.notes:
            best.image = average / weight
    states = [optimizer.state[v] for v in variables]
    return AdamState([s["exp_avg"] for s in states], [s["exp_avg_sq"] for s in states], steps)
