"""How far views of a scene are from showing the same at the same points.

Which points two views both show, the geometry says exactly. A splat's marks are seen from every side, but where large
splats lie over each other another one is in front from another side: marks slide, unless the splats that take each
other's place agree. The loss is of what is seen, so that they need not agree where nobody sees them change.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from autostyle.vision.same_points import SamePoints
from autostyle.vision.scene_view import SceneView

WIDE, WIDEST = np.cos(np.deg2rad([70.0, 100.0])).tolist()
"""Of the angle between two views that are held against each other: more, and they show little of the same. Where views
are few and none is that near, the nearest is taken, if it is not beyond the second, where they show hardly any."""
PARTNERS = 4
"""Views that one is held against, in turn: the nearest, the farthest, and some between them."""


class Alike:
    """A part of the loss of a view: the mean squared difference to another one carried to it, where both show the same
    points, over the variance of the scene's colours."""

    def __init__(self, views: Sequence[SceneView], variance: float, random: np.random.Generator) -> None:
        self._views, self._variance, self._random = views, max(variance, 1e-4), random
        self._partners = [self._found(number) for number in range(len(views))]
        self._known: dict[tuple[int, int], SamePoints] = {}

    def _found(self, number: int) -> list[int]:
        ahead = self._views[number].camera.ahead
        cosines = {n: float(ahead @ one.camera.ahead) for n, one in enumerate(self._views) if n != number}
        others = sorted(cosines, key=lambda n: -cosines[n])
        near = [n for n in others if cosines[n] > WIDE] or [n for n in others[:1] if cosines[n] > WIDEST]
        return [near[int(at)] for at in np.linspace(0, len(near) - 1, min(PARTNERS, len(near))).round()]

    def __call__(self, number: int, picture: Tensor, colors: Tensor, background: Tensor) -> Tensor:
        """Of the view of a ``number``, (1, 3, H, W), of ``colors``, (N, 3); 0 where no other one shows any of it."""
        if not self._partners[number]:
            return picture.new_zeros(())
        other = int(self._random.choice(self._partners[number]))
        if (number, other) not in self._known:
            self._known[number, other] = SamePoints.between(self._views[number], self._views[other])
        same = self._known[number, other]
        apart = picture - same.carried(self._views[other].picture(colors, background))
        seen = same.seen.float()
        return (apart.square().mean(dim=1)[0] * seen).sum() / seen.sum().clamp_min(1) / self._variance
