"""Each metric alone: what it must answer for pictures whose answer is known."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.codecs.color import match_color
from autostyle.errors import BadInput
from autostyle.methods.spec import MOST_LEAKAGE
from autostyle.scoring.color import color_distance, palette_quantiles
from autostyle.scoring.content import ms_ssim, ssim
from autostyle.scoring.features import THINGS, features
from autostyle.scoring.held_out import LookStatistics, agreement, directions
from autostyle.scoring.leakage import Squares, leakage
from autostyle.scoring.measure import Anchors, Sample, apart
from autostyle.scoring.scorer import scored_shape
from autostyle.scoring.style import StyleScore, boxes, embed, overlap
from autostyle.scoring.texture import likeness
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights
from tests.scoring.pictures import photo


def plain(r: float, g: float, b: float, size: int = 64) -> np.ndarray:
    return np.full((size, size, 3), (r, g, b), np.float32)


# --- anchors --------------------------------------------------------------------------------------------------------


def test_anchors_map_their_ends_to_0_and_1_and_do_not_clamp() -> None:
    anchors = Anchors(zero=0.2, one=0.6)
    assert [anchors.place(raw) for raw in (0.2, 0.6, 0.8, 0.0)] == pytest.approx([0, 1, 1.5, -0.5])


def test_anchors_work_for_distances_where_less_is_better() -> None:
    assert Anchors(zero=4.0, one=1.0).place(2.5) == pytest.approx(0.5)


def test_anchors_that_nearly_meet_are_bad_input() -> None:
    with pytest.raises(BadInput, match="too alike to score content"):
        apart(0.98, 1.0, 0.05, "content")


# --- content --------------------------------------------------------------------------------------------------------


def test_ssim_is_1_for_the_same_picture_and_blind_to_hue() -> None:
    picture = to_tensor(photo("chelsea"))
    assert ssim(picture, picture) == pytest.approx(1)
    grey = (
        picture.mul(torch.tensor([0.2126, 0.7152, 0.0722]).view(1, 3, 1, 1)).sum(1, keepdim=True).expand(-1, 3, -1, -1)
    )
    assert ssim(grey, picture) == pytest.approx(1, abs=1e-3)


def test_ssim_agrees_with_scikit_image() -> None:
    from skimage.metrics import structural_similarity

    a, b = photo("chelsea"), cv2.GaussianBlur(photo("chelsea"), (0, 0), 2)
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32)
    expected = structural_similarity(
        a @ weights, b @ weights, gaussian_weights=True, sigma=1.5, data_range=1.0, use_sample_covariance=False
    )
    assert ssim(to_tensor(b), to_tensor(a)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("shape", [(96, 256), (100, 256), (170, 256), (192, 256), (256, 256)])
def test_ms_ssim_takes_every_shape_that_is_scored(shape: tuple[int, int]) -> None:
    picture = torch.rand(1, 3, *shape)
    assert ms_ssim(picture, picture) == pytest.approx(1, abs=1e-4)
    assert ms_ssim(torch.rand(1, 3, *shape), picture) < 0.3


@pytest.mark.parametrize(
    ("size", "shape"), [((512, 384), (256, 192)), ((64, 64), (256, 256)), ((32, 3200), (96, 9600))]
)
def test_pictures_are_scored_at_one_size(size: tuple[int, int], shape: tuple[int, int]) -> None:
    assert scored_shape(*size) == shape


# --- style ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("height", "width"), [(256, 256), (256, 100), (112, 112), (96, 256)])
def test_crops_cover_the_whole_picture(height: int, width: int) -> None:
    covered = np.zeros((height, width), bool)
    for top, left, bottom, right in boxes(height, width, 112):
        covered[top:bottom, left:right] = True
        assert bottom - top == right - left == min(112, height, width)
    assert covered.all()


def test_overlap_is_the_covered_share() -> None:
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(0.5)
    assert overlap((0, 0, 10, 10), (20, 20, 30, 30)) == 0


class MeanColor:
    """A style model whose answer can be worked out by hand: the mean colour as a direction."""

    origin, long_side, crop = "mean colour", 64, 32

    def __call__(self, image: Tensor, visible: Tensor | None = None) -> Tensor:
        return F.normalize(image.mean(dim=(2, 3)), dim=1)


def test_style_is_0_for_the_content_and_1_for_the_style() -> None:
    content, style = to_tensor(plain(1, 0, 0)), to_tensor(plain(0.6, 0.8, 0))
    score = StyleScore.of(MeanColor(), Sample(content), Sample(style))
    # The style without its red is pure green; of the style itself, 0.8 points that way.
    torch.testing.assert_close(score.direction, torch.tensor([0.0, 1.0, 0.0]))
    assert score.anchors.zero == pytest.approx(0, abs=1e-6)
    assert score.anchors.one == pytest.approx(0.8)
    crops = embed(MeanColor(), style)
    assert score.anchors.place(score.raw(crops)) == pytest.approx(1)


def test_what_belongs_to_neither_lowers_style() -> None:
    score = StyleScore.of(MeanColor(), Sample(to_tensor(plain(1, 0, 0))), Sample(to_tensor(plain(0.6, 0.8, 0))))
    half = embed(MeanColor(), to_tensor(plain(0.5, 0.5, 0)))
    strange = embed(MeanColor(), to_tensor(plain(0.5, 0.5, 0.7)))
    assert score.raw(strange) < score.raw(half)


def test_a_style_that_looks_like_the_content_is_bad_input() -> None:
    with pytest.raises(BadInput, match="too alike"):
        StyleScore.of(MeanColor(), Sample(to_tensor(plain(0.5, 0.5, 0))), Sample(to_tensor(plain(0.5, 0.52, 0))))


# --- colour ---------------------------------------------------------------------------------------------------------


def test_color_distance_forgets_where_colours_are() -> None:
    picture = photo("coffee")
    shuffled = np.random.default_rng(0).permutation(picture.reshape(-1, 3)).reshape(picture.shape)
    # A distance of 2.3 is just noticeable; shrinking a shuffled picture would average its colours away.
    assert (
        color_distance(palette_quantiles(picture[:128, :128]), palette_quantiles(np.flipud(picture[:128, :128]))) < 0.01
    )
    assert color_distance(palette_quantiles(picture), palette_quantiles(shuffled)) > 2.3


def test_color_distance_is_in_units_of_lab() -> None:
    dark, light = palette_quantiles(plain(0.2, 0.2, 0.2)), palette_quantiles(plain(0.8, 0.8, 0.8))
    # The lightness differs by 61.6; half of the directions' mean |cosine| with any axis is 1/2.
    assert color_distance(dark, light) == pytest.approx(61.6 / 2, rel=0.03)


# --- leakage --------------------------------------------------------------------------------------------------------


@cache
def things(name: str) -> Tensor:
    return deepest(photo(name))


def deepest(picture: np.ndarray) -> Tensor:
    return features(Weights.open(offline=True).encoder("embedded"), to_tensor(picture))[THINGS]


def leaked(picture: np.ndarray, content: str = "astronaut", style: str = "coffee") -> float:
    """Leakage of a picture of ``content``'s size."""
    seen = (deepest(picture), things(content), things(style))
    middle = (seen[1].mean(dim=(2, 3), keepdim=True) + seen[2].mean(dim=(2, 3), keepdim=True)) / 2
    return leakage(*(Squares.of(each, middle) for each in seen))


def test_leakage_is_below_0_for_the_content_and_high_for_the_style() -> None:
    assert leaked(photo("astronaut")) < 0
    assert leaked(photo("coffee")) > 0.6


def test_a_thing_of_the_style_leaks_wherever_it_is_put_and_a_palette_does_not() -> None:
    content, style = photo("astronaut"), photo("coffee")
    for top, left in ((0, 0), (64, 128)):
        pasted = content.copy()
        pasted[top : top + 128, left : left + 128] = style[32:160, 48:176]
        assert leaked(pasted) > MOST_LEAKAGE
    assert leaked(match_color(content, style)) < 0


def test_leakage_counts_what_is_to_be_seen() -> None:
    found = things("astronaut")
    seen = torch.zeros(1, 1, *photo("astronaut").shape[:2])
    middle = found.mean(dim=(2, 3), keepdim=True)
    whole = len(Squares.of(found, middle).lengths)
    seen[..., : seen.shape[-1] // 2] = 1
    half, all_seen = (Squares.of(found, middle, shown).kept for shown in (seen, torch.ones_like(seen)))
    assert half is not None and all_seen is not None
    assert 0 < int(half.sum()) < whole == int(all_seen.sum())


# --- texture --------------------------------------------------------------------------------------------------------


def test_covariances_are_alike_where_they_are_in_direction_and_in_size() -> None:
    a, b = torch.diag(torch.tensor([1.0, 0.0])), torch.diag(torch.tensor([0.0, 3.0]))
    assert likeness([a, b], [a, b]) == pytest.approx(1)
    assert likeness([a], [b]) == pytest.approx(0)
    assert likeness([a], [2 * a]) == pytest.approx(0.8)
    assert likeness([a], [0 * a]) == pytest.approx(0)


# --- held out -------------------------------------------------------------------------------------------------------


def stripes(angle: float, period: float = 8, size: int = 128) -> np.ndarray:
    y, x = np.mgrid[:size, :size].astype(np.float32)
    wave = 0.5 + 0.4 * np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period)
    return np.repeat(wave[..., None], 3, axis=2).astype(np.float32)


def test_the_filters_see_direction_and_size_of_marks() -> None:
    base = LookStatistics.of(stripes(0.0))
    assert base.distance(LookStatistics.of(stripes(0.0))) == 0
    assert base.distance(LookStatistics.of(stripes(np.pi / 2))) > 0.5
    assert base.distance(LookStatistics.of(stripes(0.0, period=16))) > 0.5


def test_the_filters_do_not_see_where_marks_are() -> None:
    base = LookStatistics.of(stripes(0.0))
    moved, turned = LookStatistics.of(np.roll(stripes(0.0), 3, axis=1)), LookStatistics.of(stripes(np.pi / 2))
    # Not quite 0: on a grid, stripes of a few pixels look different where they fall between two of them.
    assert base.distance(moved) < 0.2 * base.distance(turned)


def test_edges_agree_whatever_the_colours_and_the_contrast() -> None:
    picture = photo("chelsea")
    edges = directions(picture)
    assert agreement(directions(1 - 0.5 * picture), edges) == pytest.approx(1, abs=0.01)
    assert agreement(directions(picture[:, ::-1]), edges) < 0.5
