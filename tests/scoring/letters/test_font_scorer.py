"""Scores of fonts: what is pale on a ground is hardly read there, and colour counts inside the letters."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.scoring.letters.scorer import FontScorer
from autostyle.testing.letters import small_font
from autostyle.typography.building import drawn
from autostyle.typography.font import Font
from autostyle.typography.outlines import Drawings, InkLayer
from autostyle.vision.weights import Weights

CONTENT = small_font("SphinxAB가각")
WEIGHTS = Weights.open(offline=True)


def paint() -> Pixels:
    y, x = np.mgrid[:160, :160]
    return np.stack([(x + y) // 11 % 2, (x - y) // 9 % 2 * 0.6, np.zeros_like(x)], axis=2).astype(np.float32)


def inked(color: tuple[float, float, float]) -> Font:
    return drawn(CONTENT, Drawings(dict.fromkeys(CONTENT.names, (InkLayer(0),)), (color,)))


@pytest.fixture(scope="module")
def scorer() -> FontScorer:
    return FontScorer.open(CONTENT, [paint()], [1.0], weights=WEIGHTS, device="cpu", model="embedded")


def test_the_untouched_font_is_read_in_full_and_has_no_style(scorer: FontScorer) -> None:
    scores = scorer.score(CONTENT)
    assert scores.objectives["content"] == pytest.approx(1) and scores.held_out["content"] == pytest.approx(1)
    assert scores.objectives["style"] == pytest.approx(0, abs=1e-3)


def test_what_is_pale_on_one_ground_is_read_less_and_its_colour_counts(scorer: FontScorer) -> None:
    middle, pale, red = (scorer.score(inked(color)) for color in ((0.5,) * 3, (0.97,) * 3, (0.8, 0.3, 0.0)))
    assert middle.objectives["content"] > 0.9 > 0.8 > pale.objectives["content"]
    assert middle.held_out["content"] > pale.held_out["content"]
    assert red.objectives["style"] > middle.objectives["style"]


def test_strokes_are_judged_by_their_widths() -> None:
    heavy = 1 - np.repeat((np.mgrid[:320, :320].sum(axis=0) % 24 < 8)[..., None], 3, axis=2).astype(np.float32)
    scorer = FontScorer.open(
        CONTENT, [heavy], [1.0], weights=WEIGHTS, device="cpu", model="embedded", profile="strokes"
    )
    bold = small_font(CONTENT.sample, width=150)
    assert scorer.score(CONTENT).objectives["style"] == pytest.approx(0, abs=1e-6)
    assert scorer.score(bold).objectives["style"] > 0.1 and scorer.identity.profile == "strokes"
