"""What tiled.py collects of a picture from its tiles: the statistics of its style, how far it is from the content, how
rough it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import torch
from torch import Tensor

from autostyle.losses.style import distance, random_directions
from autostyle.losses.sums import Sums, ends, sums_of
from autostyle.losses.visible import pairs, shares
from autostyle.methods.gatys.objective import PIXELS, Aim, halved, scale_of, style_weights
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.heap import give_back
from autostyle.vision.tiles import Tile, sight, stride_of, tiles

ROWS = 128
"""Of the palette, sorted into bins at once."""


class Sight:
    """The tiles of a picture of a shape, and what the encoder sees at their own places at ``layers``."""

    def __init__(self, encoder: Encoder, layers: Collection[str], shape: Sequence[int], side: int) -> None:
        self._encoder, self._layers = encoder, layers
        # Where no layer is looked at, the nearest pixels are: those that roughness is measured against.
        stride = max(map(stride_of, layers), default=1)
        beyond = -(-max(1, sight(encoder, layers) if layers else 1) // stride) * stride
        self.tiles = tiles(shape[-2], shape[-1], side, beyond, stride)

    def see(self, tile: Tile, part: Tensor, layers: Collection[str] | None = None) -> dict[str, Tensor]:
        """Features of the own places of a ``tile``, of which ``part`` is what it sees."""
        layers = self._layers if layers is None else layers
        found: dict[str, Tensor] = self._encoder(part, layers) if layers else {}
        return {layer: tile.own(feature, stride_of(layer)) for layer, feature in found.items()}

    def own(self, tile: Tile, picture: Tensor, layers: Collection[str] | None = None) -> dict[str, Tensor]:
        """The same of the whole ``picture``; nothing leads back to it."""
        with torch.no_grad():
            return self.see(tile, tile.part(picture).contiguous(memory_format=torch.channels_last), layers)

    def features(self, picture: Tensor) -> Iterator[tuple[Tile, dict[str, Tensor]]]:
        """The same of one tile after the other."""
        for tile in self.tiles:
            yield tile, self.own(tile, picture)
            give_back()


class PlaceCounts:
    """How far the places of any level count, of what is ``visible``, (1, 1, H, W); None: all alike."""

    def __init__(self, visible: Tensor | None) -> None:
        self._visible, self._known = visible, dict[int, Tensor]()

    def whole(self, stride: int) -> Tensor | None:
        """Of places that stand for ``stride`` pixels a side."""
        if self._visible is None:
            return None
        if stride not in self._known:
            height, width = self._visible.shape[-2:]
            self._known[stride] = shares(
                self._visible, self._visible.new_empty(1, 1, height // stride, width // stride)
            )
        return self._known[stride]

    def of(self, tile: Tile, stride: int) -> Tensor | None:
        """Of a tile's own places."""
        whole = self.whole(stride)
        return None if whole is None else tile.of(whole, stride)

    def total(self, height: int, width: int, stride: int) -> float:
        """Of all places of a picture."""
        whole = self.whole(stride)
        return float((height // stride) * (width // stride)) if whole is None else float(whole.sum())


class StyleSums:
    """The statistics of pictures of one shape at the levels of a style, collected from their tiles."""

    def __init__(self, params: GatysParams, seed: int, sight: Sight, where: Tensor | None) -> None:
        self.weights = style_weights(params)
        self._kind, self._seed, self._sight, self.counts = params.style_loss, seed, sight, PlaceCounts(where)
        self._ends: dict[str, Tensor] = {}

    def widen(self, picture: Tensor, known: Mapping[str, Tensor]) -> None:
        """The ranges of what is sorted into bins take in those of ``picture``, and of the ``known`` statistics."""
        self._widen({PIXELS: halved(picture)} if PIXELS in self.weights else {}, known)
        if self._kind == "sliced":
            for _, found in self._sight.features(picture):
                self._widen(found, known)

    def collect(self, picture: Tensor) -> dict[str, Sums]:
        """Those of (1, 3, H, W), by level."""
        sums: dict[str, Sums] = {}
        if PIXELS in self.weights:
            sums[PIXELS] = self._empty(PIXELS, picture)
            for strip in self.palette(picture):
                sums[PIXELS].add(*strip)
        layers = self.weights.keys() - {PIXELS}
        for tile, found in self._sight.features(picture) if layers else ():
            for layer in layers:
                if layer not in sums:
                    sums[layer] = self._empty(layer, found[layer])
                sums[layer].add(found[layer], self.counts.of(tile, stride_of(layer)))
        return sums

    def palette(self, picture: Tensor) -> Iterable[tuple[Tensor, Tensor | None]]:
        """What is sorted of the pixels themselves, and how far it counts, in strips."""
        small, whole = halved(picture), self.counts.whole(2)
        strips = small.split(ROWS, dim=-2)
        return zip(strips, [None] * len(strips) if whole is None else whole.split(ROWS, dim=-2), strict=True)

    def _empty(self, level: str, features: Tensor) -> Sums:
        kind = "sliced" if level == PIXELS else self._kind
        return sums_of(kind, features.shape[1], self._seed_of(level), features.device, self._ends.get(level))

    def _seed_of(self, level: str) -> int:
        return self._seed if level == PIXELS else self._seed + list(self.weights).index(level)

    def _widen(self, found: Mapping[str, Tensor], known: Mapping[str, Tensor]) -> None:
        for level, features in found.items():
            if level in self.weights:
                directions = random_directions(features.shape[1], self._seed_of(level), features.device)
                before = self._ends.get(level, known[level][:, [0, -1]] if level in known else None)
                self._ends[level] = ends(features, directions, before)


def tiled_targets(
    encoder: Encoder, params: GatysParams, style: Tensor, where: Tensor | None, seed: int, side: int
) -> dict[str, Tensor]:
    """What :func:`autostyle.methods.gatys.objective.style_targets` finds in one style, tile by tile."""
    with torch.no_grad():
        sight = Sight(encoder, sorted(style_weights(params).keys() - {PIXELS}), style.shape, side)
        sums = StyleSums(params, seed, sight, where)
        sums.widen(style, {})
        return {level: found.statistic() for level, found in sums.collect(style).items()}


class LevelStatistics:
    """The statistics of a picture at the levels of its style, beside those that it is to come to."""

    def __init__(self, params: GatysParams, seed: int, aim: Aim, sight: Sight, content: Tensor) -> None:
        self._aim, self._style = aim, StyleSums(params, seed, sight, aim.where)
        self._style.widen(content, aim.targets)
        self._scales = {
            level: scale_of(found.statistic(), aim.targets[level])
            for level, found in self._style.collect(content).items()
        }

    def follow(self, image: Tensor) -> float:
        """Collect the statistics of (1, 3, H, W), and be ready to say what they say to each place: the loss."""
        self._sums, loss = self._style.collect(image), 0.0
        for level, found in self._sums.items():
            with torch.enable_grad():
                statistic = found.statistic().requires_grad_()
                off = distance(statistic, self._aim.targets[level]) / self._scales[level]
                part = self._aim.share * self._style.weights[level] * off
                found.follow(torch.autograd.grad(part, statistic)[0])
            loss += float(part.detach())
        return loss

    def add_gradient(self, tile: Tile, layer: str, features: Tensor, share: float, gradient: Tensor) -> None:
        """Add ``share`` of the gradient of the loss with respect to the features of a tile's own places."""
        if layer in self._sums:
            pull = self._sums[layer].gradient(features, self._style.counts.of(tile, stride_of(layer)))
            gradient.add_(pull, alpha=share)

    def add_palette(self, image: Tensor, share: float, gradient: Tensor) -> None:
        """Add ``share`` of the gradient of the pixels' own part of the loss."""
        if PIXELS not in self._sums:
            return
        pull = torch.cat([self._sums[PIXELS].gradient(*strip) for strip in self._style.palette(image)], dim=-2)
        with torch.enable_grad():
            seen = image.detach().requires_grad_()
            gradient.add_(torch.autograd.grad(halved(seen), seen, pull)[0], alpha=share)


class HeldLayer:
    """How far features of a layer are from the content's: :func:`autostyle.losses.content.content_loss`."""

    def __init__(self, counts: PlaceCounts, layer: str, shape: Sequence[int]) -> None:
        self._counts, self._stride = counts, stride_of(layer)
        self._total = counts.total(shape[-2], shape[-1], self._stride)
        self._count, self._mean, self._spread = 0.0, torch.zeros(()), torch.zeros(())
        self.bytes = 0
        "Of the features that were seen."

    def see(self, tile: Tile, features: Tensor) -> None:
        """Take in the content's features at a tile's own places."""
        self.bytes += features.nbytes
        features, counts = features.float(), self._counts.of(tile, self._stride)
        counts = torch.ones_like(features[:, :1]) if counts is None else counts
        count = float(counts.sum())
        if count == 0:
            return
        # By parts, each about its own mean: many features are far from zero and hardly vary.
        mean = (features * counts).sum((2, 3)) / count
        spread = ((features - mean[..., None, None]).square() * counts).sum((2, 3))
        total, apart = self._count + count, mean - self._mean.to(mean)
        self._spread = self._spread.to(mean) + spread + apart.square() * (self._count * count / total)
        self._mean = self._mean.to(mean) + apart * (count / total)
        self._count = total

    def gradient(self, tile: Tile, features: Tensor, kept: Tensor) -> tuple[float, Tensor]:
        """The part that a tile has in the loss, and its gradient."""
        unit = 1 / (max(1e-6, float(self._spread.mean()) / self._count) * self._total * features.shape[1])
        off, counts = features.float() - kept.float(), self._counts.of(tile, self._stride)
        weighted = off if counts is None else off * counts
        return unit * float((weighted * off).sum()), 2 * unit * weighted


class Roughness:
    """:func:`autostyle.losses.variation.total_variation` of a picture of a shape, tile by tile."""

    def __init__(self, shape: Sequence[int], visible: Tensor | None) -> None:
        height, width = shape[-2:]
        self._both = None if visible is None else pairs(visible)
        self._totals = (
            (float((height - 1) * width), float(height * (width - 1)))
            if self._both is None
            else (float(self._both[0].sum()), float(self._both[1].sum()))
        )

    def of(self, tile: Tile, part: Tensor) -> Tensor:
        """What the pairs of a tile's own pixels, and the next ones below and to the right, add; ``part`` is what it
        sees."""
        rows, columns = tile.rows.own(1), tile.columns.own(1)
        below = part[..., rows.start : rows.stop + 1, columns].diff(dim=-2).square()
        beside = part[..., rows, columns.start : columns.stop + 1].diff(dim=-1).square()
        if self._both is not None:
            down, right = self._both
            below = below * tile.of(down)
            beside = beside * tile.of(right)
        totals = [max(1e-12, total * part.shape[1]) for total in self._totals]
        return below.sum() / totals[0] + beside.sum() / totals[1]
