"""The scorer on real pairs, with the shipped models: the self-tests every score must pass, and its promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from torch import Tensor

from autostyle.errors import BadInput, Missing
from autostyle.scoring import selftest
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import Scores
from autostyle.vision.encoder import Encoder
from autostyle.vision.weights import Weights
from tests.scoring.pictures import painting, photo

PAIRS = [
    ("astronaut", "swirling-night"),
    ("chelsea", "stained-glass"),
    ("coffee", "woodcut-wave"),
    ("astronaut", "fauve-hills"),
]
PROMISED = {"ssim", "ms_ssim", "style_similarity", "texture_similarity", "gram_mse", "color_distance", "leakage", "tv"}


def scorer(content: str = "astronaut", *styles: str) -> ImageScorer:
    return opened(content, styles or ("swirling-night",))


@cache
def opened(content: str, names: tuple[str, ...]) -> ImageScorer:
    shares = tuple(1 / len(names) for _ in names)
    weights = Weights.open(offline=True)
    pictures = tuple(painting(name) for name in names)
    return ImageScorer.open(photo(content), pictures, shares, weights=weights, device="cpu", model="embedded")


@cache
def probed(content: str = "astronaut", style: str = "swirling-night") -> dict[str, Scores]:
    """The scores of what the self-test looks at."""
    probes = selftest.probes(photo(content), painting(style))
    return {name: scorer(content, style).score(picture) for name, picture in probes.items()}


@pytest.mark.parametrize(
    ("content", "style"), [PAIRS[0], *(pytest.param(*p, marks=pytest.mark.slow) for p in PAIRS[1:])]
)
def test_scores_and_the_held_out_metric_pass_the_self_test(content: str, style: str) -> None:
    assert selftest.failures(probed(content, style)) == []


def test_the_self_test_can_fail() -> None:
    found = probed()
    assert any("blur" in line for line in selftest.failures(found | {"blur": found["style copy"]}))


def test_the_anchors_are_where_they_are_said_to_be() -> None:
    untouched = scorer().score(photo("astronaut"))
    assert untouched.objectives["style"] == pytest.approx(0, abs=1e-4)
    assert untouched.objectives["content"] == pytest.approx(1, abs=1e-5)
    assert untouched.held_out == pytest.approx({"style": 0, "content": 1}, abs=1e-4)
    copy = scorer().score(painting("swirling-night"))
    assert untouched.raw["leakage"] < 0 and copy.raw["leakage"] > 0.6
    assert copy.objectives["content"] == pytest.approx(0, abs=0.02)
    # Whole against whole is a little nearer than crops against the rest.
    assert 0.9 < copy.objectives["style"] < 1.5
    assert copy.raw["gram_mse"] == pytest.approx(0, abs=0.01)


def test_every_picture_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, forward = [], Encoder.forward

    def counted(self: Encoder, image: Tensor, layers: Collection[str]) -> dict[str, Tensor]:
        looks.append(image.shape)
        return forward(self, image, layers)

    monkeypatch.setattr(Encoder, "forward", counted)
    two_styles = opened.__wrapped__("chelsea", ("stained-glass", "fauve-hills"))
    assert len(looks) == 3
    two_styles.score(photo("chelsea")[::2])
    assert len(looks) == 4


def test_the_style_score_is_three_parts_texture_and_one_part_style_model() -> None:
    found, ends = scorer().score(0.5 * photo("astronaut") + 0.5 * painting("swirling-night")), scorer().identity.anchors

    def placed(name: str, raw: float) -> float:
        return Anchors(ends[f"{name}.1.zero"], ends[f"{name}.1.one"]).place(raw)

    parts = placed("texture", found.raw["texture_similarity"]), placed("style", found.raw["style_similarity"])
    assert found.objectives["style"] == pytest.approx(0.75 * parts[0] + 0.25 * parts[1])
    assert parts[0] != pytest.approx(parts[1], abs=0.01)


def test_everything_promised_is_recorded_and_finite() -> None:
    found = scorer().score(photo("astronaut"))
    assert set(found.raw) == PROMISED
    assert all(np.isfinite(value) for value in found.raw.values())


def test_a_result_at_another_size_scores_alike() -> None:
    large = photo("astronaut", 512)
    mixed = 0.5 * large + 0.5 * painting("swirling-night", 512)
    small = cv2.resize(mixed, (256, 256), interpolation=cv2.INTER_AREA)
    a, b = scorer().score(mixed), scorer().score(small)
    assert a.objectives["style"] == pytest.approx(b.objectives["style"], abs=0.03)
    assert a.objectives["content"] == pytest.approx(b.objectives["content"], abs=0.03)


def test_a_blend_takes_more_of_the_style_and_less_of_the_content() -> None:
    content, style = photo("astronaut"), painting("swirling-night")
    found = [scorer().score((1 - t) * content + t * style) for t in (0.0, 0.4, 0.8)]
    assert found[0].objectives["style"] < found[1].objectives["style"] < found[2].objectives["style"]
    assert found[0].objectives["content"] > found[1].objectives["content"] > found[2].objectives["content"]


@pytest.mark.slow
def test_two_styles_share_the_score() -> None:
    both = scorer("astronaut", "swirling-night", "stained-glass")
    alone = {name: scorer("astronaut", name) for name in ("swirling-night", "stained-glass")}
    picture = painting("stained-glass")
    mean = np.mean([one.score(picture).objectives["style"] for one in alone.values()])
    assert both.score(picture).objectives["style"] == pytest.approx(mean, abs=1e-4)
    assert {"style.1.one", "style.2.one"} <= set(both.identity.anchors)


def test_identity_is_the_same_each_time_and_names_the_model() -> None:
    again = ImageScorer.open(
        photo("astronaut"),
        (painting("swirling-night"),),
        (1.0,),
        weights=Weights.open(True),
        device="cpu",
        model="embedded",
    )
    # The last digits of a sum depend on how memory happened to be aligned.
    assert again.identity.anchors == pytest.approx(scorer().identity.anchors, abs=1e-5)
    assert again.identity == replace(scorer().identity, anchors=again.identity.anchors)
    assert again.identity.style == "embedded"
    assert len(again.identity.weights_hash) == 16


def test_a_stand_in_is_said_aloud() -> None:
    weights = Weights.open(offline=True)
    if weights.status()["clip"] == "present":
        pytest.skip("CLIP is here and nothing stands in for it")
    judge = ImageScorer.open(photo("astronaut"), (painting("fauve-hills"),), (1.0,), weights=weights, device="cpu")
    assert any("autostyle weights get clip" in note for note in judge.notes)
    assert scorer().notes == ()
    with pytest.raises(Missing):
        ImageScorer.open(
            photo("astronaut"), (painting("fauve-hills"),), (1.0,), weights=weights, device="cpu", model="clip"
        )


def test_a_style_like_the_content_is_refused() -> None:
    content = photo("coffee")
    nearly = np.clip(content * 0.99 + 0.005, 0, 1).astype(np.float32)
    with pytest.raises(BadInput, match="too alike"):
        ImageScorer.open(content, (nearly,), (1.0,), weights=Weights.open(True), device="cpu", model="embedded")


def test_a_result_without_numbers_is_bad_input() -> None:
    broken = photo("astronaut").copy()
    broken[10, 10] = np.nan
    with pytest.raises(BadInput, match="no numbers"):
        scorer().score(broken)


def test_inputs_are_left_alone_and_scores_are_repeatable() -> None:
    picture = painting("fauve-hills")
    before = picture.copy()
    first, second = scorer().score(picture), scorer().score(picture)
    assert second.objectives == pytest.approx(first.objectives, abs=1e-5)
    assert second.held_out == pytest.approx(first.held_out, abs=1e-5)
    np.testing.assert_array_equal(picture, before)
