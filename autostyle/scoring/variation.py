"""How restless a result is, at the size at which everything is scored."""

from __future__ import annotations

from autostyle.losses.visible import mean, pairs
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric


class TotalVariation(Measure):
    metric = Metric(
        "tv",
        "Total variation",
        "raw",
        "mean absolute difference of neighbouring pixels, down and across",
        zero="one even colour",
        direction="neither",
        bounds=(0.0, 2.0),
    )

    def __init__(self, references: References) -> None:
        """Nothing is held against anything."""

    def __call__(self, result: Sample) -> float:
        image, visible = result.image, result.visible
        if visible is None:
            return float(image.diff(dim=-2).abs().mean() + image.diff(dim=-1).abs().mean())
        steps = (image.diff(dim=dim).abs() for dim in (-2, -1))
        return float(sum(mean(step, both) for step, both in zip(steps, pairs(visible), strict=True)))
