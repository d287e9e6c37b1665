"""The measured look: pictures drawn for one property each, then the example styles as a person would describe them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image, resize
from autostyle.keywords import names
from autostyle.keywords.measured import describe
from autostyle.keywords.spoken import keywords

STYLES = Path(__file__).parents[2] / "studies" / "examples" / "styles"
Y, X = np.mgrid[0:320, 0:400].astype(np.float32)


def grey(plane: NDArray[np.floating]) -> Pixels:
    return np.repeat(plane[..., None], 3, axis=2).astype(np.float32)


def strokes(axis: int) -> Pixels:
    """Short strokes along one axis of the picture."""
    noise = np.random.default_rng(0).random((320, 400))
    smeared = np.apply_along_axis(np.convolve, axis, noise, np.ones(25) / 25, "same")
    return grey(np.clip(0.5 + 3 * (smeared - 0.5), 0, 1))


def bands(*colors: tuple[float, float, float]) -> Pixels:
    """Vertical bands of flat colour, the first twice as wide as the others."""
    wide = [colors[0], *colors]
    return np.array(wide, np.float32)[(X / 400 * len(wide)).astype(int)]


def test_colours_have_plain_names_in_both_languages() -> None:
    assert names.nearest((0.8, 0.1, 0.1)) == "red"
    assert names.nearest((0.1, 0.12, 0.35)) == "navy"
    assert names.nearest((0.5, 0.5, 0.5)) == "grey"
    assert names.korean("red") == "빨강"


def test_the_palette_is_ordered_by_area_and_its_shares_add_up() -> None:
    description = describe(bands((0.1, 0.3, 0.75), (0.95, 0.85, 0.1)))

    assert [name for name, _ in description.palette] == ["blue", "yellow"]
    assert sum(share for _, share in description.palette) == pytest.approx(1, abs=0.01)


def test_grey_is_not_what_a_picture_with_a_colour_is_named_after() -> None:
    assert describe(bands((0.5, 0.5, 0.5), (0.8, 0.1, 0.1))).pair[0] == "red"


@pytest.mark.parametrize(("axis", "words"), [(1, "horizontal strokes"), (0, "vertical strokes")])
def test_strokes_have_the_direction_in_which_they_were_drawn(axis: int, words: str) -> None:
    assert words in keywords(describe(strokes(axis)))


def test_broader_bands_are_broader_marks() -> None:
    thin, broad = (describe(grey(0.5 + 0.5 * np.sin(2 * np.pi * X / period))) for period in (8, 24))

    assert 2 < broad.mark / thin.mark < 4  # three times the period


def test_a_weave_repeats_itself_and_noise_does_not() -> None:
    weave = describe(grey(0.5 + 0.25 * (np.sin(X / 2) + np.sin(Y / 2))))
    noise = describe(grey(np.random.default_rng(0).random((320, 400))))

    assert weave.regularity > 0.6 > 0.3 > noise.regularity


def test_a_blurred_step_is_softer_than_a_hard_one() -> None:
    hard, soft = (describe(grey(1 / (1 + np.exp((200 - X.clip(160, 240)) / width)))) for width in (0.5, 8.0))

    assert hard.softness < 2 < soft.softness


def test_a_flat_picture_is_described_too() -> None:
    description = describe(np.full((64, 64, 3), 0.5, np.float32))

    assert description.mark == 0
    assert keywords(description)[0] == "grey"


@pytest.mark.parametrize(
    ("style", "said", "not_said"),
    [
        ("swirling-night-12", {"blue and yellow", "curving strokes", "cool tones"}, {"smooth surfaces"}),
        ("rainy-city-5", {"purple and orange", "vertical strokes", "vivid colour"}, {"cool tones"}),
        ("woodcut-wave-0", {"dark outlines", "repeating marks", "crisp edges"}, {"vivid colour"}),
        ("mosaic-wave-1", {"repeating marks", "fine marks"}, {"smooth surfaces"}),
        ("stained-glass-0", {"dark outlines", "vivid colour"}, {"light"}),
        ("watercolor-lake-2", {"light"}, {"dark outlines", "dark"}),
    ],
)
def test_the_example_styles_are_described_as_a_person_would(style: str, said: set[str], not_said: set[str]) -> None:
    words = set(keywords(describe(load_image(STYLES / f"{style}.jpg").pixels)))

    assert said <= words
    assert not words & not_said
    assert 3 <= len(words) <= 8


def test_a_thumbnail_is_described_like_its_original() -> None:
    pixels = load_image(STYLES / "swirling-night-12.jpg").pixels

    thumbnail, original = (keywords(describe(p)) for p in (resize(pixels, 400), pixels))

    assert "yellow" in thumbnail[0]
    assert set(thumbnail[1:]) == set(original[1:])


def test_korean_keywords_say_the_same() -> None:
    description = describe(load_image(STYLES / "swirling-night-12.jpg").pixels)

    assert len(keywords(description, "ko")) == len(keywords(description))
    assert keywords(description, "ko")[0] == "파랑, 노랑"


def test_a_cut_out_is_described_by_what_is_seen_of_it() -> None:
    """Stripes where nobody sees them, a little away from the edge, as far as filters reach, are not spoken of."""
    picture, left = strokes(0), X < 180
    spoilt = np.where(left[..., None] | (X[..., None] < 190), picture, grey((X % 6 < 3).astype(np.float64)))
    seen = describe(spoilt.astype(np.float32), left.astype(np.float32))
    wanted, counted = describe(picture), describe(spoilt.astype(np.float32))
    assert set(keywords(seen)) == set(keywords(wanted)) != set(keywords(counted))
    for figure in ("lightness", "contrast", "alignment", "oneness", "busyness", "mark"):
        assert getattr(seen, figure) == pytest.approx(getattr(wanted, figure), rel=0.15), figure
