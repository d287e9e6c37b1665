"""The profile for photographs that stay photographs: it likes a look, and nothing that gives a picture away."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.errors import BadInput
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import PHOTO_CONTENT, PHOTO_STYLE, Scores
from autostyle.vision.weights import Weights
from tests.scoring.pictures import photo


def graded(pixels: Pixels) -> Pixels:
    """Warm, faded, of less contrast."""
    return np.clip(pixels**0.8 * (0.9, 0.78, 0.6) + (0.08, 0.06, 0.05), 0, 1).astype(np.float32)


@cache
def scorer() -> ImageScorer:
    weights = Weights.open(offline=True)
    style = graded(photo("coffee"))
    return ImageScorer.open(
        photo("astronaut"), (style,), (1.0,), weights=weights, device="cpu", model="embedded", profile="photo"
    )


@cache
def scores(kind: str) -> Scores:
    content = photo("astronaut")
    made = {
        "untouched": lambda: content,
        "graded": lambda: graded(content),
        "blurred": lambda: cv2.GaussianBlur(content, (0, 0), 4).astype(np.float32),
        "grainy": lambda: np.clip(content + np.random.default_rng(0).normal(0, 0.08, content.shape), 0, 1),
        "banded": lambda: (np.floor(content * 8) / 8).astype(np.float32),
        "burnt": lambda: np.clip(content * 1.9, 0, 1),
        "green": lambda: np.clip(content * (0.5, 1.1, 0.6), 0, 1),
        "inverted": lambda: 1 - content,
        "style": lambda: cv2.resize(graded(photo("coffee")), content.shape[1::-1]),
    }[kind]()
    return scorer().score(np.asarray(made, np.float32))


def test_anchors_are_the_untouched_photograph_and_the_style_photograph() -> None:
    untouched, style = scores("untouched"), scores("style")
    assert untouched.objectives == pytest.approx({"style": 0, "content": 1}, abs=1e-4)
    assert style.objectives["style"] > 0.9
    assert abs(style.objectives["content"]) < 0.05


def test_a_grade_gains_style_and_hardly_loses_content() -> None:
    assert scores("graded").objectives["style"] > 0.2
    assert scores("graded").objectives["content"] > 0.9


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("blurred", "edges"), ("grainy", "texture"), ("banded", "banding"), ("burnt", "clipping"), ("green", "skin_turn")],
)
def test_what_gives_a_picture_away_costs_content_and_is_named(kind: str, raw: str) -> None:
    found, graded = scores(kind), scores("graded")
    assert found.objectives["content"] < graded.objectives["content"] - 0.1
    worse = found.raw[raw] - graded.raw[raw]
    assert (-worse if raw == "edges" else worse) > 0.03


def test_burnt_skin_is_told() -> None:
    assert scores("burnt").raw["skin_clipping"] > 0.05 > scores("graded").raw["skin_clipping"]


def test_the_scorer_says_which_profile_it_is_and_explains_it() -> None:
    identity = scorer().identity
    assert identity.profile == "photo"
    assert identity.metrics[:2] == (PHOTO_STYLE, PHOTO_CONTENT)
    given = {*scores("graded").raw, *scores("graded").held_out, *identity.objectives}
    assert given == {metric.name for metric in identity.metrics}


def test_two_photographs_of_one_look_are_refused() -> None:
    with pytest.raises(BadInput, match="too alike"):
        ImageScorer.open(
            photo("astronaut"),
            (np.ascontiguousarray(photo("astronaut")[:, ::-1]),),
            (1.0,),
            weights=Weights.open(True),
            device="cpu",
            model="embedded",
            profile="photo",
        )
