"""The colours of a scene's splats, optimised so that its views take on the style; the splats stay where they are.

Zhang, Kolkin, Bi, Luan, Xu, Shechtman & Snavely, "ARF: Artistic Radiance Fields", ECCV 2022: nearest neighbours of
features, colours matched before and after, a content loss. Departures: a view is linear in the colours of splats, so
that views are one sparse product each (autostyle.vision.splats) and nothing is rendered anew; statistics of gatys stand
beside the neighbours, for at a few iterations these alone paint little; views are few and chosen once, and two of them
are held to show the same at the same points (alike.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs.color import match_spread
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import Scene
from autostyle.codecs.scene_division import divided
from autostyle.errors import BadInput
from autostyle.losses.nearest import nearest
from autostyle.methods.aids import Aids
from autostyle.methods.contract import Inputs, Iterate, OnIterate, Pixels, SceneMethod, SceneResult, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.gatys.objective import Aim, LossFunction, Targets, build, over_sizes, style_factor, style_targets
from autostyle.methods.gatys.run import strength
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.splat_style.alike import Alike
from autostyle.methods.splat_style.spec import SPEC, SplatStyleParams, ViewPaintingParams
from autostyle.methods.viewpoints import painted
from autostyle.vision.encoder import Encoder
from autostyle.vision.precision import fast
from autostyle.vision.rendering import viewer
from autostyle.vision.scene_view import SceneView
from autostyle.vision.tensors import LEAST, as_tensor, long_side_for, resize, resize_long, to_pixels, to_visible

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

FURTHER = 0.35
"""Share of ``steps`` that a path takes from one weight to the next."""
COARSE = 0.5
"""Share of the loss that is judged at half of the size of a view, which keeps large marks."""
NEIGHBOURS = "relu3_1"
"""The layer at which nearest neighbours are looked for, as in ARF."""
MOST_VIEWS = 200
"""Views that may be asked for."""
LARGE = 1.5
"""Pixels of a splat's largest deviation, as it is seen in the middle of a scene, above which it may be divided."""
MOST_PARTS = 2**18
"""Splats that a scene may be divided into, or four times as many as it has."""
MOST_NEIGHBOURS = 2048
"""Places of a style, and of a view, that are looked through."""
BARE = 0.02
"""How far a pixel is filled with splats at most to be seen as empty."""
BESIDE = 16
"""Pixels of what is empty that are looked at beside what is not."""
WHOLE = 32
"""Pixels that a side of what is looked at is a multiple of: a place of the deepest layer at half size."""


@dataclass(frozen=True)
class PreparedScene:
    """A scene, its style, and its views at the size of a run, which are found when they are first asked for."""

    scene: Scene
    style: Style
    aids: Aids
    size: int
    device: str
    _known: dict[tuple[int, int], tuple[Scene, tuple[SceneView, ...]]] = field(default_factory=dict, repr=False)

    def views(self, count: int, rounds: int = 0) -> tuple[Scene, tuple[SceneView, ...]]:
        """The scene, its large splats divided so many times, and so many views around it."""
        if (count, rounds) not in self._known:
            self._known.clear()
            cameras = [one.at(self.size) for one in painted(self.scene, self.aids, count)]
            away = float(np.linalg.norm(cameras[0].place - self.scene.middle))
            longest = LARGE * away / cameras[0].focal[0]
            scene = divided(self.scene, longest, rounds, max(MOST_PARTS, 4 * len(self.scene)))
            self._known[count, rounds] = scene, tuple(map(viewer(scene, self.device), cameras))
        return self._known[count, rounds]


class ViewNeighbours:
    """Each place of a view against the place of the styles that is most like it, by the cosine of features (ARF)."""

    layers: Collection[str] = (NEIGHBOURS,)

    def __init__(self, bank: Tensor, weight: float) -> None:
        self._bank, self._weight = bank, weight

    def look_at(self, image: Tensor) -> None:
        """ViewNeighbours are found anew at every iteration."""

    def __call__(self, found: Mapping[str, Tensor], factor: float) -> Tensor:
        rows = found[NEIGHBOURS].float().flatten(2)[0].T
        step = -(-len(rows) // MOST_NEIGHBOURS)
        rows = rows[::step]
        with torch.no_grad():
            goal = self._bank[nearest(rows, self._bank)]
        return factor * self._weight * (1 - F.cosine_similarity(rows, goal, dim=1, eps=1e-6)).mean()


V = TypeVar("V", bound=ViewPaintingParams, contravariant=True)


class ViewPainting(SceneMethod[V, PreparedScene]):
    """What paints a scene by views of it, be these of splats or of a field."""

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.encoder: Encoder = fast(weights.encoder("auto", device, pooling="avg"), device)

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin}

    def prepare(self, inputs: Inputs[Scene, Pixels], size: int) -> PreparedScene:
        for camera in (one.at(size) for one in painted(inputs.content, inputs.aids, MOST_VIEWS)):
            if min(camera.width, camera.height) < LEAST:
                raise too_small(camera.height, camera.width)
        return PreparedScene(inputs.content, inputs.style, inputs.aids, size, self.device)

    def seen(self, prepared: PreparedScene, params: V) -> tuple[Scene, tuple[SceneView, ...]]:
        """What is painted, and the views of it."""
        return prepared.views(params.views)

    def held_alike(self, params: V) -> float:
        """How much views are held to show the same at the same points, beside the style."""
        return 0.0

    def run(self, prepared: PreparedScene, params: V, *, seed: int, on_iterate: OnIterate = ignore) -> SceneResult:
        return next(self.run_path(prepared, params, [params.style_weight], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedScene,
        params: V,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[SceneResult]:
        """From each weight's colours to the next one's."""
        with out_of_memory():
            seen, alike = self.seen(prepared, params), self.held_alike(params)
            run = _Run(self.encoder, prepared, seen, alike, params, seed, on_iterate)
            for number, weight in enumerate(values):
                run.paint(weight, params.steps if not number else max(1, round(params.steps * FURTHER)))
                yield run.result()
                if run.stopped:
                    return


class SplatStyle(ViewPainting[SplatStyleParams]):
    """See the module's docstring."""

    spec = SPEC

    def prepare(self, inputs: Inputs[Scene, Pixels], size: int) -> PreparedScene:
        if isinstance(inputs.content, RadianceField):
            raise BadInput("splat_style takes splats, and this is a radiance field", "name nerf_style, or no method")
        return super().prepare(inputs, size)

    def seen(self, prepared: PreparedScene, params: SplatStyleParams) -> tuple[Scene, tuple[SceneView, ...]]:
        return prepared.views(params.views, params.divide)

    def held_alike(self, params: SplatStyleParams) -> float:
        return params.alike


class _Run:
    """One run: its colours go along the weights."""

    def __init__(
        self,
        encoder: Encoder,
        prepared: PreparedScene,
        seen: tuple[Scene, tuple[SceneView, ...]],
        held_alike: float,
        params: ViewPaintingParams,
        seed: int,
        on_iterate: OnIterate,
    ) -> None:
        self._encoder, self._prepared, self._params = encoder, prepared, params
        self._on_iterate, self._seed = on_iterate, seed
        self._scene, self._views = seen
        self._windows = [filled(one.covered) for one in self._views]
        self._random = np.random.default_rng(seed)
        self.stopped, self._done = False, 0
        own = torch.from_numpy(self._scene.colors).to(prepared.device)
        if params.highlights != 1:
            self._views = tuple(_dimmed(one, params.highlights) for one in self._views)
        whole = (one.back @ torch.ones(one.covered.numel(), 1, device=own.device) for one in self._views)
        self._counts = torch.stack(list(whole)).sum(0)
        self._own, self._colors = own, own.clone()
        self._low, self._high = own.clamp_max(0), own.clamp_min(1)
        self._background = (own * self._counts).sum(0) / self._counts.sum().clamp_min(1e-6)
        self._held_alike = held_alike * style_factor(encoder.style_unit, prepared.size)
        if held_alike:
            self._alike = Alike(self._views, float(own.var(dim=0).mean()), np.random.default_rng((seed, 1)))
        self._weight: float | None = None
        self._style = [as_tensor(one, prepared.device) for one in prepared.style.exemplars]
        self._objectives: list[LossFunction] = []

    def paint(self, weight: float, steps: int) -> None:
        """Go on to the colours of a ``weight``."""
        if self._weight is None or strength(weight) != strength(self._weight):
            before = self._own if self._weight is None else self._recolored(self._weight)
            start = self._recolored(weight)
            self._colors = self._colors + start - before
            self._objectives = self._aimed(start)
        self._weight = weight
        variable = self._colors.clone().requires_grad_()
        optimizer = torch.optim.Adam([variable], lr=self._params.rate, betas=(0.9, 0.99))
        order: list[int] = []
        try:
            for step in range(steps):
                if not order:
                    order = list(self._random.permutation(len(self._views)))
                number = order.pop()
                # The colours come to rest: what is left at the end is a mean over views.
                optimizer.param_groups[0]["lr"] = self._params.rate * (1 - 0.9 * step / steps)
                optimizer.zero_grad()
                loss = self._loss(number, variable, weight)
                loss.backward()
                optimizer.step()
                with torch.no_grad():
                    torch.maximum(torch.minimum(variable, self._high), self._low, out=variable)
                self._colors = variable.detach()
                self._done += 1
                self._on_iterate(Iterate(step + 1, steps, self._picture, float(loss.detach())))
        except Stop:
            self.stopped = True

    def result(self) -> SceneResult:
        """What it has come to."""
        colors = self._colors
        amount = self._params.match_palette * strength(self._weight or 0)
        if amount:
            colors = self._moved(colors, amount)
        made = self._scene.with_colors(colors.cpu().numpy(), self._params.highlights)
        return SceneResult(made, self._done, self.stopped)

    def _picture(self) -> Pixels:
        return to_pixels(self._views[0].picture(self._colors))

    def _loss(self, number: int, colors: Tensor, weight: float) -> Tensor:
        picture = self._views[number].picture(colors, self._background)
        loss = self._objectives[number](self._filled(number, picture), weight)
        if not self._held_alike:
            return loss
        return loss + self._held_alike * weight * self._alike(number, picture, colors, self._background)

    def _filled(self, number: int, picture: Tensor) -> Tensor:
        """The part of a view's picture that is not empty."""
        rows, columns = self._windows[number]
        return picture[..., rows, columns]

    def _recolored(self, weight: float) -> Tensor:
        return self._moved(self._own, self._params.recolor * strength(weight))

    def _moved(self, colors: Tensor, amount: float) -> Tensor:
        """``colors`` with their palette moved towards the styles'; each splat counts as far as it is seen."""
        if not amount:
            return colors
        style = self._prepared.style
        flat, counts = colors.cpu().numpy()[:, None], self._counts.cpu().numpy()
        goal = sum(s * match_spread(flat, c, counts) for s, c in zip(style.shares, style.colors, strict=True))
        return torch.lerp(colors, torch.from_numpy(np.asarray(goal, np.float32)[:, 0]).to(colors.device), amount)

    @torch.no_grad()
    def _aimed(self, colors: Tensor) -> list[LossFunction]:
        """The loss of each view, held against what it shows in ``colors``."""
        size, params = self._prepared.size, self._params
        gatys = GatysParams(content_layers=params.content_layers, style_scale=params.style_scale, pixels=0.5)
        short = min(min(one.camera.height, one.camera.width) for one in self._views)
        sizes = [size] if short < 2 * LEAST else [round(size / 2), size]
        targets = [self._targets(gatys, each) for each in sizes]
        found = []
        for number, (one, window) in enumerate(zip(self._views, self._windows, strict=True)):
            picture = self._filled(number, one.picture(colors, self._background)).clamp(0, 1)
            covered = one.covered[window].cpu().numpy()
            levels = []
            for each, (aims, bank) in zip(sizes, targets, strict=True):
                shape = (max(1, round(covered.shape[0] * each / size)), max(1, round(covered.shape[1] * each / size)))
                visible = to_visible(covered, shape, colors.device)
                term = ViewNeighbours(bank, params.nearest) if params.nearest and each == size else None
                loss = build(
                    self._encoder,
                    gatys,
                    resize(picture, shape).clamp(0, 1),
                    [Aim(aims, visible)],
                    seed=self._seed,
                    finest=size,
                    visible=visible,
                    seen_term=term,
                )
                levels.append((shape, loss))
            found.append(over_sizes(levels, COARSE))
        return found

    def _targets(self, gatys: GatysParams, size: int) -> tuple[Targets, Tensor]:
        style = self._prepared.style
        scaled = [_scaled(one, round(size * gatys.style_scale)) for one in self._style]
        seen = [
            to_visible(where, one.shape[-2:], one.device) for one, (_, where) in zip(scaled, style.seen, strict=True)
        ]
        targets = style_targets(self._encoder, gatys, scaled, style.shares, seed=self._seed, styles_visible=seen)
        banks = []
        for one, share in zip(scaled, style.shares, strict=True):
            rows = self._encoder(one, [NEIGHBOURS])[NEIGHBOURS].float().flatten(2)[0].T
            most = max(1, round(MOST_NEIGHBOURS * share))
            banks.append(rows[:: -(-len(rows) // most)])
        return targets, torch.cat(banks)


def filled(covered: Tensor) -> tuple[slice, slice]:
    """The rows and columns of a view, (H, W), in which anything is, and some beside them; all where nothing is."""
    rows, columns = (_span((covered > BARE).any(dim=1 - axis), 2 * LEAST) for axis in (0, 1))
    return rows, columns


def _span(filled: Tensor, least: int) -> slice:
    found = filled.nonzero()[:, 0]
    if not len(found):
        return slice(0, len(filled))
    low, high = int(found[0]) - BESIDE, int(found[-1]) + 1 + BESIDE
    long = max(least, -(-(high - low) // WHOLE) * WHOLE)
    if long >= len(filled):
        return slice(0, len(filled))
    # At half size it begins at a whole pixel, too.
    begin = min(max(0, (low + high - long) // 2), len(filled) - long) // 2 * 2
    return slice(begin, begin + long)


def _scaled(style: Tensor, size: int) -> Tensor:
    return resize_long(style, long_side_for(style.shape[-2], style.shape[-1], size))


def _dimmed(one: SceneView, highlights: float) -> SceneView:
    return (
        one
        if one.beside is None
        else SceneView(one.camera, one.weights, one.back, one.covered, one.beside * highlights, one.depths)
    )
