"""The grade of one photograph on another: one table of colours, at every size, in every frame."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.codecs.clip import Clip
from autostyle.codecs.lut_files import identity
from autostyle.methods.contract import ClipInputs, ImageInputs, Style
from autostyle.methods.look.run import LookTransfer, PreparedLook
from autostyle.methods.look.spec import SPEC, LookParams
from autostyle.methods.tabled import Tabled
from autostyle.testing.inputs import scene
from autostyle.vision.color_table import apply_table
from autostyle.vision.weights import Weights

CONTENT = scene(120, 160, seed=3)
WARM = np.clip(scene(90, 120, seed=4) ** 0.8 * (1.0, 0.75, 0.45), 0, 1).astype(np.float32)


@cache
def method() -> LookTransfer:
    made = LookTransfer()
    made.load(Weights.open(offline=True), "cpu")
    return made


def prepared(size: int = 160, style: Pixels = WARM) -> PreparedLook:
    return method().prepare(ImageInputs(CONTENT, Style((style,))), size)


def test_a_warm_photograph_makes_another_warmer() -> None:
    made = method().run(prepared(), LookParams(), seed=0).image
    assert (made[..., 0] - made[..., 2]).mean() > (CONTENT[..., 0] - CONTENT[..., 2]).mean() + 0.03


def test_strength_0_leaves_every_pixel_as_it_is() -> None:
    assert np.abs(method().run(prepared(), LookParams(strength=0), seed=0).image - CONTENT).max() < 1e-5


def test_the_table_is_the_same_at_every_size() -> None:
    small, large = (method().table(prepared(size), LookParams()) for size in (64, 160))
    assert np.array_equal(small, large)


def test_the_result_is_the_content_through_the_table_that_is_given_with_it() -> None:
    result = method().run(prepared(), LookParams(match=0.5), seed=0)
    assert result.table is not None
    assert np.array_equal(result.image, apply_table(result.table, CONTENT))


@pytest.mark.parametrize(
    "params",
    [
        LookParams(strength=1.5),
        LookParams(match=1.0),
        *(
            LookParams(**preset)
            for preset in SPEC.presets  # type: ignore[arg-type]
        ),
    ],
)
def test_skies_have_no_bands_and_greys_rise(params: LookParams) -> None:
    """A ramp of a sky in 1024 steps: its slope changes by less than anybody sees."""
    table = method().table(prepared(), params)
    share = np.linspace(0, 1, 1024, dtype=np.float32)[None, :, None]
    sky = np.array([0.25, 0.45, 0.8], np.float32) * (1 - share) + np.array([0.85, 0.9, 0.97], np.float32) * share
    assert np.abs(np.diff(apply_table(table, sky), 2, axis=1)).max() * 255 < 0.25
    greys = apply_table(table, np.repeat(share, 3, axis=2))[0] @ np.array([0.2126, 0.7152, 0.0722])
    assert np.diff(greys[::4]).min() * 255 > -0.25
    assert np.diff(table[(np.arange(len(table)),) * 3] @ np.array([0.2126, 0.7152, 0.0722])).min() >= 0
    assert table.min() >= 0 and table.max() <= 1


def test_color_0_changes_lightness_alone_and_tone_0_colours_alone() -> None:
    luma = np.array([0.2126, 0.7152, 0.0722], np.float32)
    light = method().run(prepared(), LookParams(skin=0, match=1, color=0), seed=0).image
    color = method().run(prepared(), LookParams(skin=0, match=1, tone=0), seed=0).image
    assert np.abs((light - light @ luma[:, None]) - (CONTENT - CONTENT @ luma[:, None])).mean() < 0.01
    assert np.abs(color @ luma - CONTENT @ luma).mean() < 0.01


def test_skin_keeps_its_hue_as_far_as_it_is_asked_to() -> None:
    skin = np.full((4, 4, 3), (0.78, 0.57, 0.46), np.float32)
    green = np.clip(WARM[..., ::-1] * (0.5, 1.2, 0.8), 0, 1).astype(np.float32)

    def moved(share: float) -> float:
        made = apply_table(method().table(prepared(style=green), LookParams(skin=share, match=0.6)), skin)[0, 0]
        return float(np.abs((made - made.mean()) - (skin[0, 0] - skin[0, 0].mean())).sum())

    assert moved(1.0) < 0.6 * moved(0.0)


def test_all_parts_of_a_clip_go_through_one_table() -> None:
    """A part is told what the whole clip is like, and a frame is what the picture would be."""
    light, dark = (np.clip(CONTENT * by, 0, 1).astype(np.float32) for by in (1.0, 0.4))
    whole = Clip.of([light, light, light], Fraction(24))
    clip = Tabled(method())
    style, fps = Style((WARM,)), Fraction(24)
    ready = [clip.prepare(ClipInputs(Clip.of([part], fps), style, whole=whole), 160) for part in (light, dark)]
    parts = [clip.run(one, LookParams(), seed=0) for one in ready]
    assert parts[0].table is not None and np.array_equal(parts[0].table, parts[1].table)
    still = method().run(method().prepare(ImageInputs(whole.middle, Style((WARM,))), 160), LookParams(), seed=0)
    assert np.abs(parts[0].clip[0] - still.image).max() < 1.01 / 255


def test_identity_is_what_an_unchanged_table_is() -> None:
    assert np.allclose(method().table(prepared(), LookParams(strength=0)), identity(), atol=1e-6)
