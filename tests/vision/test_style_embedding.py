"""What the style embedding sees by construction, and what the shipped one must be able to tell apart."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autostyle.vision.style_embedding import DIM, PALETTE_SHARE, StyleEmbedding, palette


@pytest.fixture(scope="module")
def model() -> StyleEmbedding:
    torch.manual_seed(0)
    return StyleEmbedding().eval()


def test_it_is_small_enough_to_ship(model: StyleEmbedding) -> None:
    assert sum(p.numel() for p in model.parameters()) * 2 <= 2**20


@pytest.mark.parametrize("size", [(64, 64), (112, 112), (96, 256)])
@torch.inference_mode()
def test_any_crop_becomes_a_unit_vector(model: StyleEmbedding, size: tuple[int, int]) -> None:
    vectors = model(torch.rand(2, 3, *size))
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(2))


@torch.inference_mode()
def test_the_palette_has_its_share_of_the_cosine_and_the_hand_the_rest(model: StyleEmbedding) -> None:
    image = torch.rand(1, 3, 112, 112)
    hand, colors = model(image).split([DIM, 4800], dim=1)
    assert float(colors.square().sum()) == pytest.approx(PALETTE_SHARE, abs=1e-5)
    assert float(hand.square().sum()) == pytest.approx(1 - PALETTE_SHARE, abs=1e-5)


def test_the_palette_forgets_places_and_knows_colours() -> None:
    image = torch.rand(1, 3, 64, 64)
    moved = image.roll(10, dims=3)
    torch.testing.assert_close(palette(moved), palette(image))
    red, blue = torch.zeros(2, 1, 3, 16, 16)
    red[:, 0], blue[:, 2] = 1, 1
    assert float(palette(red) @ palette(blue).T) == 0


def test_near_colours_share_bins() -> None:
    """A hard histogram would call two greys on either side of a bin's edge strangers."""
    grey = torch.full((1, 3, 16, 16), 0.5)
    likeness = [float(palette(grey) @ palette(grey + step).T) for step in (0.02, 0.06, 0.3)]
    assert likeness[0] > 0.85 > likeness[1] > likeness[2]


@pytest.mark.slow
@torch.inference_mode()
def test_the_shipped_embedding_finds_the_hand_again_even_recoloured() -> None:
    """Top-1 retrieval over twelve hands it never saw, repainting other pictures than the ones it is asked about."""
    from skimage import data

    from autostyle.vision.weights import Weights
    from training.data import to_tensor
    from training.style_embedding import exam, histogram, recolor, repainted, top1

    photos = [getattr(data, name)()[:300:2, :400:2] for name in ("astronaut", "chelsea", "coffee", "rocket")]
    gallery, queries = exam(repainted([np.ascontiguousarray(photo) for photo in photos], 12, 2, seed=77))
    model = Weights.open(offline=True).style_model("embedded")
    plain = to_tensor(queries)
    changed = recolor(plain, torch.Generator().manual_seed(3))
    known = model(to_tensor(gallery)).numpy()
    assert top1(known, model(plain).numpy()).mean() > 0.85
    found = top1(known, model(changed).numpy()).mean()
    assert found > 0.4
    assert found > top1(histogram(to_tensor(gallery)), histogram(changed)).mean() + 0.15
