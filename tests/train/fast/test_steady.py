"""Motions made from stills: what a net is asked to keep is what a true motion keeps, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from autostyle.testing.inputs import scene
from autostyle.train.fast import steady
from autostyle.train.fast.steady import moved, unsteadiness

CONTENTS = torch.stack([torch.from_numpy(scene(64, 64, seed)).permute(2, 0, 1) for seed in range(3)])


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera without noise."""
    monkeypatch.setattr(steady, "NOISE", 0.0)


def marks(seed: int) -> Tensor:
    """That hang on nothing."""
    return torch.rand(CONTENTS.shape, generator=torch.Generator().manual_seed(seed))


def test_what_moves_with_the_content_is_steady_whatever_crosses_it(quiet: None) -> None:
    motion = moved(np.random.default_rng(1), CONTENTS)
    assert float((motion.contents - CONTENTS).abs().mean()) > 0.01
    assert 0.5 < float(motion.seen.mean()) < 0.98
    assert float(unsteadiness(CONTENTS, motion.contents, motion)) < 1e-6
    inverted = unsteadiness(1 - CONTENTS, 1 - motion.contents, motion)
    assert float(inverted) < 1e-6, "so is every painter that looks at single pixels"


def test_marks_that_hang_on_nothing_are_twice_their_own_contrast_apart_and_paler_ones_no_steadier() -> None:
    motion = moved(np.random.default_rng(2), CONTENTS)
    found = float(unsteadiness(marks(1), marks(2), motion))
    assert 1.5 < found < 2.2
    paler = float(unsteadiness(0.5 + 0.1 * marks(1), 0.5 + 0.1 * marks(2), motion))
    assert paler == pytest.approx(found, rel=0.02)


def test_the_same_step_draws_the_same_motion() -> None:
    first, again = (moved(np.random.default_rng((3, 7)), CONTENTS) for _ in range(2))
    assert torch.equal(first.contents, again.contents) and torch.equal(first.places, again.places)
