"""What a run has finished is taken up by the same run alone."""

from __future__ import annotations

import pytest

from autostyle.mediums import identity
from autostyle.mediums.contract import Order
from autostyle.methods.contract import Style
from autostyle.methods.params import Params
from tests.methods.test_steady import STYLE, Nervous


def test_another_content_style_seed_or_version_is_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    order, method = Order(Style((STYLE,)), Params(), 0, 64), Nervous()
    known = [identity.run_identity(method, order, "a"), identity.run_identity(method, order, "b")]
    for other in (Order(Style((1 - STYLE,)), Params(), 0, 64), Order(Style((STYLE,)), Params(), 1, 64)):
        known.append(identity.run_identity(method, other, "a"))
    assert identity.run_identity(method, order, "a") == known[0]
    monkeypatch.setattr(identity, "__version__", "another")
    known.append(identity.run_identity(method, order, "a"))
    assert len(set(known)) == 5
