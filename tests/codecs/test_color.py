"""luminance_only, match_color, palette."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage.color import rgb2hsv

from autostyle.codecs.color import ColorSpread, luminance_only, match_color, palette, recolor

Pixels = NDArray[np.float32]
LUMA = np.array([0.2126, 0.7152, 0.0722])


def noise(seed: int, mean: tuple[float, float, float], mix: NDArray[np.float64], size: int = 64) -> Pixels:
    """Normally distributed colours that stay inside 0..1."""
    samples = np.random.default_rng(seed).standard_normal((size, size, 3)).clip(-3, 3) @ mix.T + mean
    assert samples.min() > 0
    assert samples.max() < 1
    return samples.astype(np.float32)


@pytest.fixture
def pixels(photo: NDArray[np.uint8]) -> Pixels:
    return (photo / 255).astype(np.float32)


WARM = np.array([[0.08, 0.02, 0.0], [0.03, 0.06, 0.01], [0.0, 0.01, 0.04]])
COLD = np.array([[0.03, 0.0, 0.02], [0.0, 0.05, -0.02], [0.01, -0.04, 0.07]])


def test_luminance_only_takes_luma_from_one_and_chroma_from_the_other(pixels: Pixels) -> None:
    painted = np.clip(pixels[::-1] * 0.3 + 0.4, 0, 1)
    result = luminance_only(painted, pixels)
    assert result.dtype == np.float32
    assert result @ LUMA == pytest.approx(painted @ LUMA, abs=1e-4)
    chroma = (result - (result @ LUMA)[..., None]).reshape(-1, 3)
    wanted = (pixels - (pixels @ LUMA)[..., None]).reshape(-1, 3)
    cosine = (chroma * wanted).sum(1) / (np.linalg.norm(chroma, axis=1) * np.linalg.norm(wanted, axis=1))
    assert cosine.min() > 0.999, "the hue is the content's"


def test_luminance_only_keeps_hue_and_luma_even_at_the_edge_of_the_gamut() -> None:
    red = np.full((2, 2, 3), (0.9, 0.1, 0.1), np.float32)
    for level in (0.05, 0.5, 0.95):  # a red as light or as dark as these cannot be that red
        result = luminance_only(np.full((2, 2, 3), level, np.float32), red)
        assert result @ LUMA == pytest.approx(level, abs=1e-5)
        assert rgb2hsv(result)[..., 0] == pytest.approx(0, abs=1e-4)
        assert (result.min() >= 0, result.max() <= 1) == (True, True)


def test_luminance_only_of_a_picture_with_itself_is_the_picture(pixels: Pixels) -> None:
    assert luminance_only(pixels, pixels) == pytest.approx(pixels, abs=1e-5)


def test_luminance_only_of_grey_content_is_grey(pixels: Pixels) -> None:
    grey = np.repeat(pixels[..., :1], 3, axis=-1)
    assert np.ptp(luminance_only(pixels, grey), axis=-1).max() < 1e-5


def test_match_color_gives_the_targets_mean_and_covariance() -> None:
    source, target = noise(0, (0.5, 0.4, 0.3), WARM), noise(1, (0.4, 0.5, 0.6), COLD, size=50)
    result = match_color(source, target)
    assert (result.shape, result.dtype) == (source.shape, np.float32)
    got, wanted = result.reshape(-1, 3), target.reshape(-1, 3)
    assert got.mean(axis=0) == pytest.approx(wanted.mean(axis=0), abs=1e-3)
    assert np.cov(got.T) == pytest.approx(np.cov(wanted.T), abs=1e-4)


def test_match_color_to_itself_changes_nothing() -> None:
    source = noise(0, (0.5, 0.4, 0.3), WARM)
    assert match_color(source, source) == pytest.approx(source, abs=1e-5)


@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_match_color_of_a_flat_source_is_the_targets_mean(level: float) -> None:
    target = noise(1, (0.4, 0.5, 0.6), COLD)
    result = match_color(np.full((8, 8, 3), level, np.float32), target)
    assert result == pytest.approx(np.broadcast_to(target.mean(axis=(0, 1)), (8, 8, 3)), abs=1e-4)


def test_match_color_to_a_flat_target_is_flat() -> None:
    result = match_color(noise(0, (0.5, 0.4, 0.3), WARM), np.full((8, 8, 3), (0.2, 0.4, 0.6), np.float32))
    assert result == pytest.approx(np.broadcast_to((0.2, 0.4, 0.6), result.shape), abs=1e-4)


def test_match_color_of_grey_to_colour_does_not_blow_up_its_noise(pixels: Pixels) -> None:
    """A third of a grey level of coloured noise, as JPEG leaves in grey pictures, stays invisible."""
    ramp = np.repeat(np.linspace(0.1, 0.9, 64, dtype=np.float32)[None, :, None], 64, axis=0).repeat(3, axis=2)
    noisy = ramp + np.random.default_rng(0).normal(0, 1 / 3 / 255, ramp.shape).astype(np.float32)
    clean, result = match_color(ramp, pixels), match_color(noisy, pixels)
    assert np.abs(result - clean).mean() < 5 / 255
    assert result.mean(axis=(0, 1)) == pytest.approx(pixels.mean(axis=(0, 1)), abs=0.03)


def test_match_color_to_grey_is_grey() -> None:
    grey = np.linspace(0.2, 0.8, 64 * 64, dtype=np.float32).reshape(64, 64, 1).repeat(3, axis=2)
    assert np.ptp(match_color(noise(0, (0.5, 0.4, 0.3), WARM), grey), axis=-1).max() < 1e-5


def test_match_color_counts_colours_as_far_as_they_are_seen() -> None:
    source, target = noise(0, (0.5, 0.4, 0.3), WARM), noise(1, (0.4, 0.5, 0.6), COLD, size=50)
    spoilt, left = target.copy(), np.arange(50)[None].repeat(50, axis=0) < 20
    spoilt[~left] = (1, 0, 0)
    alone = match_color(source, target[:, :20])
    assert match_color(source, spoilt, None, left.astype(np.float32)) == pytest.approx(alone, abs=1e-3)
    half = np.arange(source.shape[1])[None].repeat(len(source), axis=0) < source.shape[1] // 2
    hidden = np.where(half[..., None], source, np.float32(0))
    seen = recolor(hidden, (ColorSpread.of(spoilt, left.astype(np.float32)),), (1.0,), 1.0, half.astype(np.float32))
    assert seen[half].mean(axis=0) == pytest.approx(target[left].mean(axis=0), abs=2e-3)


def test_match_color_to_the_one_pixel_that_is_seen_is_its_colour() -> None:
    target, seen = noise(1, (0.4, 0.5, 0.6), COLD, size=50), np.zeros((50, 50), np.float32)
    seen[7, 9] = 1
    result = match_color(noise(0, (0.5, 0.4, 0.3), WARM), target, None, seen)
    assert result == pytest.approx(np.broadcast_to(target[7, 9], result.shape), abs=1e-5)


def test_recolored_goes_part_of_the_way_to_the_blend_of_the_styles() -> None:
    content = noise(1, (0.5, 0.5, 0.5), WARM)
    warm, cold = noise(2, (0.7, 0.4, 0.3), WARM), noise(3, (0.3, 0.4, 0.7), COLD)
    styles = (ColorSpread.of(warm), ColorSpread.of(cold))
    assert recolor(content, styles, (0.5, 0.5), 0) is content
    means = [recolor(content, styles, (0.75, 0.25), amount).mean(axis=(0, 1)) for amount in (0.5, 1.0)]
    goal = 0.75 * warm.mean(axis=(0, 1)) + 0.25 * cold.mean(axis=(0, 1))
    assert means[1] == pytest.approx(goal, abs=0.01)
    assert means[0] == pytest.approx((goal + content.mean(axis=(0, 1))) / 2, abs=0.01)


def test_palette_finds_the_colours_and_their_shares() -> None:
    picture = np.empty((100, 100, 3), np.float32)
    picture[:60] = (0.9, 0.1, 0.1)
    picture[60:90] = (0.1, 0.2, 0.8)
    picture[90:] = (0.95, 0.9, 0.3)
    swatches = palette(picture, 3)
    assert [round(s.share, 2) for s in swatches] == [0.6, 0.3, 0.1]
    for swatch, color in zip(swatches, [(0.9, 0.1, 0.1), (0.1, 0.2, 0.8), (0.95, 0.9, 0.3)], strict=True):
        assert swatch.rgb == pytest.approx(color, abs=0.01)


def test_palette_of_a_photograph(pixels: Pixels) -> None:
    swatches = palette(pixels)
    assert len(swatches) == 5
    assert sum(s.share for s in swatches) == pytest.approx(1)
    assert [s.share for s in swatches] == sorted((s.share for s in swatches), reverse=True)
    assert all(0 <= value <= 1 for s in swatches for value in s.rgb)
    assert palette(pixels) == swatches, "the same every time"


@pytest.mark.filterwarnings("error")
def test_palette_of_few_colours_has_no_more_than_they_are() -> None:
    flat = np.full((40, 40, 3), 0.5, np.float32)
    assert [s.share for s in palette(flat)] == [1.0]
    flat[:10] = 0.9
    assert [round(s.share, 2) for s in palette(flat)] == [0.75, 0.25]


def test_palette_of_a_large_picture_is_quick_and_honest() -> None:
    picture = np.zeros((3000, 2000, 3), np.float32)
    picture[:1500] = 1
    assert sorted(round(s.share, 1) for s in palette(picture, 2)) == [0.5, 0.5]
