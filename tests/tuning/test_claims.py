"""Trials whose process died: tried again, and set aside only where they killed it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.plan import Plan
from autostyle.tuning import claims, ledger
from autostyle.tuning.handle import Handle
from autostyle.tuning.study import opened

DEAD = {"host": socket.gethostname(), "pid": 2**31 - 1, "born": 0.0, "worker": 0}


@pytest.fixture
def handle(plan: Callable[..., Plan], home: Path) -> Handle:
    """A study of one trial."""
    with opened(plan(trials=1), home) as (made, _):
        return made


def killed(handle: Handle, **how: Any) -> str:
    """Take the trial, die at it, and have it closed by whoever comes next; its state then."""
    claim = claims.claim(handle, handle.plan, 0)
    assert claim is not None and claim.number == 0
    handle.storage.set_trial_user_attr(claim.trial._trial_id, ledger.OWNER, DEAD)
    (said,) = claims.close_orphans(handle, **how)
    (slot,) = handle.slots()
    assert ("set aside" in said) == slot.finished
    return str(ledger.record(slot.attempt).get("state", "waits"))


def test_a_trial_that_kills_its_worker_three_times_is_set_aside(handle: Handle) -> None:
    assert [killed(handle) for _ in range(3)] == ["waits", "waits", "failed"]


def test_a_trial_is_not_to_blame_for_a_program_that_is_killed_with_its_workers(handle: Handle) -> None:
    assert {killed(handle, all_blameless=True) for _ in range(6)} == {"waits"}
    assert killed(handle) == "waits", "none of these counted"
