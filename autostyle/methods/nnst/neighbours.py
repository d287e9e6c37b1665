"""The part of the loss that nearest neighbours make: what each place of a picture is to look like, and how far it is
from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from autostyle.losses.nearest import (
    column_units,
    cosine_distance,
    fair_prices,
    hypercolumns,
    nearest,
    self_similarity,
    self_similarity_loss,
)
from autostyle.losses.style import positions
from autostyle.losses.visible import shares
from autostyle.methods.gatys.levels import AimedPart
from autostyle.methods.nnst.spec import NNSTParams
from autostyle.vision.encoder import Encoder

LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
"""Those that the statistics look at anyway, without the deepest, which the paper leaves out, too."""
BANK = 4096
"""Places of a style picture, its turns among them, in which neighbours are looked for, at most: a random choice."""
ASKED = 1024
"""Places of the picture by which it is told how often each of them would be found."""
SAMPLE = 512
"""Places whose likeness to each other is held."""
LEAST = 0.1
"""A picture as near to its neighbours as this, by cosine, is not made to seem far from them."""
AT_ONCE = 8192
"""Places that are held against their neighbours at once; what that takes is not kept until the gradient is found."""
MOSTLY = 0.5
"""Of a place of the style that neighbours are found in, at least so much is to be seen."""


class Bank:
    """The places of one style picture.

    Args:
        units: of the hypercolumns; None: this picture's own.
    """

    def __init__(
        self,
        encoder: Encoder,
        picture: Tensor,
        visible: Tensor | None,
        units: Mapping[str, float] | None,
        rotations: int,
        generator: torch.Generator,
    ) -> None:
        turned = []
        for turns in range(rotations):
            upright = torch.rot90(picture, turns, (-2, -1)).contiguous(memory_format=torch.channels_last)
            found: dict[str, Tensor] = encoder(upright, LAYERS)
            units = column_units(found) if units is None else units
            turned.append(torch.rot90(hypercolumns(found, units), -turns, (-2, -1)))
        height, width = (min(cells.shape[side] for cells in turned) for side in (-2, -1))
        each = [positions(cells[..., :height, :width]) for cells in turned]
        if visible is not None:
            seen = shares(visible, turned[0][..., :height, :width]).flatten()
            each = [rows[seen >= min(MOSTLY, float(seen.max()))] for rows in each]
        some = torch.randperm(len(each[0]), generator=generator)[: BANK // rotations].to(picture.device)
        assert units is not None
        self.units, self.turns, self.middle = units, rotations, each[0].mean(dim=0)
        self.rows = torch.cat([rows[some] for rows in each]) - self.middle


class Neighbours:
    """The neighbours of one run; :class:`autostyle.methods.gatys.levels.SeenTerms`."""

    def __init__(self, encoder: Encoder, params: NNSTParams, seed: int) -> None:
        self._encoder, self._params, self._seed = encoder, params, seed
        self._banks: dict[int, list[list[Bank]]] = {}

    def at(self, size: int, content: Tensor, parts: Sequence[AimedPart]) -> NearestTerm:
        with torch.no_grad():
            if size not in self._banks:
                self._banks[size] = self._read(parts)
            return NearestTerm(self._encoder, self._params, self._seed, content, parts, self._banks[size])

    def _read(self, parts: Sequence[AimedPart]) -> list[list[Bank]]:
        generator = torch.Generator().manual_seed(self._seed)
        units: Mapping[str, float] | None = None
        read = []
        for part in parts:
            banks = []
            for picture, visible in zip(part.pictures, part.visible, strict=True):
                turns = 4 if self._params.rotations else 1
                banks.append(Bank(self._encoder, picture, visible, units, turns, generator))
                units = banks[0].units
            read.append(banks)
            units = read[0][0].units
        return read


class NearestTerm:
    """At one size; :class:`autostyle.methods.gatys.objective.SeenTerm`."""

    layers = LAYERS

    def __init__(
        self,
        encoder: Encoder,
        params: NNSTParams,
        seed: int,
        content: Tensor,
        parts: Sequence[AimedPart],
        banks: list[list[Bank]],
    ) -> None:
        self._encoder, self._params, self._parts, self._banks = encoder, params, parts, banks
        self._units = banks[0][0].units
        cells = self._cells(content)
        own = positions(cells)
        self._content = own - own.mean(dim=0)
        self._counts = [None if part.where is None else shares(part.where, cells).flatten() for part in parts]
        self._seed = seed
        self._some = self._order(len(own))[:SAMPLE].to(own.device)
        self._alike = self_similarity(self._content[self._some])
        self._middles = [
            torch.stack([share * bank.middle for share, bank in zip(part.shares, mine, strict=True)]).sum(0)
            for part, mine in zip(parts, banks, strict=True)
        ]
        self._find(self._content)
        self._scales = [max(LEAST, float(off)) for off in self._off(own)]

    @torch.no_grad()
    def look_at(self, image: Tensor) -> None:
        rows = positions(self._cells(image))
        self._find((rows - rows.mean(dim=0)).lerp_(self._content, self._params.alpha))

    def __call__(self, found: Mapping[str, Tensor], factor: float) -> Tensor:
        rows = positions(hypercolumns({layer: found[layer] for layer in LAYERS}, self._units))
        some = rows[self._some]
        loss = self._params.self_similarity * self_similarity_loss(some - some.mean(dim=0), self._alike)
        for part, scale, off in zip(self._parts, self._scales, self._off(rows), strict=True):
            loss = loss + self._params.nearest * factor * part.share * off / scale
        return loss

    def _order(self, count: int) -> Tensor:
        """Of at most ASKED of so many places, by chance."""
        return torch.randperm(count, generator=torch.Generator().manual_seed(self._seed))[:ASKED]

    def _cells(self, image: Tensor) -> Tensor:
        return hypercolumns(self._encoder(image.contiguous(memory_format=torch.channels_last), LAYERS), self._units)

    def _find(self, queries: Tensor) -> None:
        """Each place's neighbour in each style of each part."""
        self._found = []
        for mine, counts in zip(self._banks, self._counts, strict=True):
            asked = queries if counts is None else queries[counts >= MOSTLY * counts.max()]
            asked = asked[self._order(len(asked))]
            found = []
            for bank in mine:
                prices = self._params.balance * fair_prices(asked, bank.rows, bank.turns)
                found.append(nearest(queries, bank.rows, prices))
            self._found.append(found)

    def _off(self, rows: Tensor) -> list[Tensor]:
        """How far the places of each part are from their neighbours."""
        pieces = [(start, start + AT_ONCE) for start in range(0, len(rows), AT_ONCE)]
        found = []
        for number, counts in enumerate(self._counts):
            off = [
                checkpoint(self._apart, rows[start:end], number, start, use_reentrant=False, preserve_rng_state=False)
                for start, end in pieces
            ]
            total = len(rows) if counts is None else counts.sum().clamp_min(1e-6)
            found.append(torch.stack(off).sum() / total)
        return found

    def _apart(self, rows: Tensor, number: int, start: int) -> Tensor:
        """How far ``rows``, the places from ``start`` on, are from what the styles of a part blend to there, in all."""
        part, places = self._parts[number], slice(start, start + len(rows))
        goals = sum(
            share * bank.rows[found[places]]
            for share, bank, found in zip(part.shares, self._banks[number], self._found[number], strict=True)
        )
        assert isinstance(goals, Tensor)
        off = cosine_distance(rows - self._middles[number], goals)
        counts = self._counts[number]
        return off.sum() if counts is None else (off * counts[places]).sum()
