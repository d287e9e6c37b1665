"""Scores of stylized scenes: those of pictures, on views that no method paints, and how alike views are.

What is the same point in two views, the geometry of the content says exactly: it is seen where the splats are, and
stays there. A view, carried along it to another, is to look as that does (the warp error of clips, with the true
geometry in the place of the flow): from near by, and from far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.scene import Camera, Scene
from autostyle.errors import BadInput
from autostyle.scoring.scorer import LONG_SIDE, ImageScorer
from autostyle.scoring.scores import OF_SCENES, Metric, ProfileName, ScorerId, Scores
from autostyle.vision.rendering import viewer
from autostyle.vision.same_points import SamePoints
from autostyle.vision.scene_view import SceneView
from autostyle.vision.tensors import to_pixels
from autostyle.vision.weights import Weights

VERSION = 2
"""Raised whenever the same scene would score differently, beside the version of pictures."""
VIEW_ERROR = Metric(
    "view_error",
    "View error",
    "raw",
    "mean absolute difference of a view to one a thirtieth of a turn away that is carried to it along the geometry, "
    "where both show the same point",
    zero="every side looks the same",
    direction="minimize",
    bounds=(0.0, 1.0),
)
VIEW_ERROR_FAR = replace(
    VIEW_ERROR, name="view_error_far", title="View error, far", how="the same, of a view a sixth of a turn away"
)
VIEW_EXCESS = Metric(
    "view_excess",
    "View error beyond the content's",
    "raw",
    "the larger of both view errors, less what the untouched scene has",
    zero="as alike from every side as the untouched scene",
    direction="minimize",
)


class SceneScorer:
    """Scores scenes of one content scene and its styles; attributes as those of :class:`ImageScorer`."""

    def __init__(
        self,
        content: Scene,
        cameras: Sequence[tuple[Camera, Camera, Camera]],
        styles: tuple[Pixels, ...],
        shares: tuple[float, ...],
        *,
        weights: Weights,
        device: str,
        model: str = "auto",
        profile: ProfileName = "art",
        styles_visible: Sequence[Visibility | None] = (),
    ) -> None:
        """``cameras`` of autostyle.methods.viewpoints; the rest, and errors, as those of :meth:`ImageScorer.open`."""
        self._cameras = [[one.at(LONG_SIDE) for one in each] for each in cameras]
        self._content = content
        self._views = self._seen(content)
        self._ways = [tuple(SamePoints.between(each[0], other) for other in each[1:]) for each in self._views]
        self._scorers = [
            ImageScorer.open(
                to_pixels(each[0].picture(torch.from_numpy(content.colors))),
                styles,
                shares,
                weights=weights,
                device=device,
                model=model,
                profile=profile,
                visible=each[0].covered.numpy(),
                styles_visible=styles_visible,
            )
            for each in self._views
        ]
        frozen = [scorer.identity for scorer in self._scorers]
        self._own = self._errors(content, self._views)
        anchors = {name: float(np.mean([one.anchors[name] for one in frozen])) for name in frozen[0].anchors}
        anchors |= {f"view_error.{name}": value for name, value in zip(("near", "far"), self._own, strict=True)}
        metrics = tuple(OF_SCENES.get(metric, metric) for metric in frozen[0].metrics)
        metrics = (*metrics, VIEW_ERROR, VIEW_ERROR_FAR, VIEW_EXCESS)
        version = 100 * frozen[0].version + VERSION
        self.identity: ScorerId = replace(frozen[0], anchors=anchors, metrics=metrics, version=version)
        self.notes = self._scorers[0].notes

    @torch.inference_mode()
    def score(self, scene: Scene) -> Scores:
        """Score a result; raises BadInput if it holds no numbers."""
        if not (np.isfinite(scene.colors).all() and np.isfinite(scene.harmonics).all()):
            raise BadInput("this result holds values that are no numbers", "take parameters nearer to the defaults")
        views = self._views if self._is_same(scene) else self._seen(scene)
        colors = torch.from_numpy(scene.colors)
        looks = [
            scorer.score(to_pixels(each[0].picture(colors))) for scorer, each in zip(self._scorers, views, strict=True)
        ]
        near, far = self._errors(scene, views)
        excess = max(near - self._own[0], far - self._own[1])
        means = [
            {name: float(np.mean([getattr(look, kind)[name] for look in looks])) for name in getattr(looks[0], kind)}
            for kind in ("objectives", "raw", "held_out")
        ]
        errors = {"view_error": near, "view_error_far": far, "view_excess": excess}
        return Scores(means[0], means[1] | errors, means[2])

    def views_error(self, pictures: Sequence[Sequence[Tensor]]) -> tuple[float, float]:
        """Both view errors of pictures that were made of the views themselves, (1, 3, H, W) each."""
        found = [
            [way.error(each[0], other) for way, other in zip(ways, each[1:], strict=True)]
            for ways, each in zip(self._ways, pictures, strict=True)
        ]
        near, far = np.mean(found, axis=0)
        return float(near), float(far)

    def content_views(self) -> list[list[Pixels]]:
        """What the cameras see of the content: of each judged view itself, the near and the far one."""
        colors = torch.from_numpy(self._content.colors)
        return [[to_pixels(one.picture(colors)) for one in each] for each in self._views]

    def score_views(self, pictures: Sequence[Pixels]) -> list[Scores]:
        """Scores of pictures that were made of the judged views themselves."""
        return [scorer.score(one) for scorer, one in zip(self._scorers, pictures, strict=True)]

    def _errors(self, scene: Scene, views: Sequence[Sequence[SceneView]]) -> tuple[float, float]:
        colors = torch.from_numpy(scene.colors)
        return self.views_error([[one.picture(colors).clamp(0, 1) for one in each] for each in views])

    def _seen(self, scene: Scene) -> list[list[SceneView]]:
        see = viewer(scene)
        return [[see(one) for one in each] for each in self._cameras]

    def _is_same(self, scene: Scene) -> bool:
        """Whether a scene's splats are where the content's are, and change with the side as these do."""
        own = self._content
        return len(scene) == len(own) and all(
            one is other or np.array_equal(one, other)
            for one, other in ((scene.positions, own.positions), (scene.harmonics, own.harmonics))
        )
