"""Trials whose process died: tried again, and set aside only where they killed it."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.plan import Plan
from autostyle.tuning import claims, ledger, storage
from autostyle.tuning.handle import Handle
from autostyle.tuning.result import TrialResult
from autostyle.tuning.study import hold_study

DEAD = {"host": socket.gethostname(), "pid": 2**31 - 1, "born": 0.0, "worker": 0}


@pytest.fixture
def handle(plan: Callable[..., Plan], home: Path) -> Handle:
    """A study of one trial."""
    with hold_study(plan(trials=1), home) as (made, _):
        return made


def killed(handle: Handle, **how: Any) -> str:
    """Take the trial, die at it, and have it closed by whoever comes next; its state then."""
    claim = claims.claim(handle, handle.plan, 0)
    assert claim is not None and claim.number == 0
    handle.storage.set_trial_user_attr(claim.trial._trial_id, ledger.OWNER, DEAD)
    (said,) = claims.close_orphans(handle, **how)
    (slot,) = handle.slots()
    assert ("set aside" in said) == slot.finished
    return slot.result.state or "waits"


def test_a_trial_that_kills_its_worker_three_times_is_set_aside(handle: Handle) -> None:
    assert [killed(handle) for _ in range(3)] == ["waits", "waits", "failed"]


def test_a_trial_is_not_to_blame_for_a_program_that_is_killed_with_its_workers(handle: Handle) -> None:
    assert {killed(handle, all_blameless=True) for _ in range(6)} == {"waits"}
    assert killed(handle) == "waits", "none of these counted"


def beat(home: Path, seconds_ago: int) -> None:
    """Move the last sign of life of every trial."""
    with sqlite3.connect(home / "autostyle.db") as connection:
        connection.execute("UPDATE trial_heartbeats SET heartbeat = datetime('now', ?)", (f"-{seconds_ago} seconds",))


@pytest.mark.parametrize(
    ("owner", "seconds_ago", "freed"),
    [
        ({"beats": True}, 0, False),
        ({"beats": True}, storage.SILENT - 30, False),
        ({"beats": True}, storage.SILENT + 30, True),
        ({}, 0, True),  # of an earlier version, which gives no signs
    ],
)
def test_a_trial_of_another_host_is_believed_for_as_long_as_it_gives_signs_of_life(
    handle: Handle, home: Path, owner: dict[str, bool], seconds_ago: int, freed: bool
) -> None:
    claim = claims.claim(handle, handle.plan, 0)
    assert claim is not None
    foreign = {**DEAD, "host": "elsewhere", **owner}
    handle.storage.set_trial_user_attr(claim.trial._trial_id, ledger.OWNER, foreign)
    beat(home, seconds_ago)
    assert claims.close_orphans(handle) == (
        ["a trial of adain is tried again: its host gives no sign of life"] if freed else []
    )
    (slot,) = handle.slots()
    assert slot.started == (not freed)
    if freed:  # should it live after all, what it tells is too late
        assert not claims.tell(handle, claim, TrialResult(state="failed", error=None))


def test_a_trial_that_runs_gives_signs_of_life(handle: Handle, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handle.storage._backend, "heartbeat_interval", 0.02)
    claim = claims.claim(handle, handle.plan, 0)
    assert claim is not None
    beat(home, 1000)
    with claims.beating(handle, claim):
        end = time.monotonic() + 10
        while handle.storage._get_stale_trial_ids(handle.study("adain")._study_id):
            assert time.monotonic() < end
            time.sleep(0.01)


def test_a_result_that_the_database_took_and_did_not_confirm_counts(handle: Handle) -> None:
    claim = claims.claim(handle, handle.plan, 0)
    assert claim is not None
    record = TrialResult(state="complete", scores={"style": 0.5, "content": 0.5}, params=claim.values)
    assert claims.tell(handle, claim, record)
    assert claims.tell(handle, claim, record), "told once more, it is the same"
    assert not claims.tell(handle, claim, record.model_copy(update={"scores": {"style": 0.6, "content": 0.5}}))
