"""How attempts become trials as a person counts them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import optuna
from optuna.trial import TrialState, create_trial

from autostyle.tuning import ledger

MONDAY = datetime(2026, 1, 5, 12)


def study(*trials: tuple[TrialState, dict[str, Any]]) -> list[optuna.trial.FrozenTrial]:
    made = optuna.create_study()
    for state, attributes in trials:
        values = {"value": 0.0} if state == TrialState.COMPLETE else {}
        made.add_trial(create_trial(state=state, user_attrs=attributes, **values))
    return made.trials


def retry(of: int) -> dict[str, Any]:
    return {ledger.START: {"retry_of": of}}


def test_a_retry_takes_the_number_of_the_trial_it_replaces() -> None:
    attempts = study(
        (TrialState.COMPLETE, {}), (TrialState.FAIL, {}), (TrialState.COMPLETE, {}), (TrialState.COMPLETE, retry(1))
    )
    slots = ledger.slots({"m": attempts})
    assert [(slot.number, slot.attempt.number) for slot in slots] == [(0, 0), (1, 3), (2, 2)]


def test_a_chain_of_retries_is_one_trial() -> None:
    attempts = study((TrialState.FAIL, {}), (TrialState.FAIL, retry(0)), (TrialState.WAITING, retry(1)))
    (slot,) = ledger.slots({"m": attempts})
    assert slot.attempt.number == 2 and not slot.started


def test_two_retries_of_one_trial_count_once() -> None:
    attempts = study((TrialState.FAIL, {}), (TrialState.COMPLETE, retry(0)), (TrialState.WAITING, retry(0)))
    (slot,) = ledger.slots({"m": attempts})
    assert slot.attempt.number == 1


def test_one_trial_too_many_is_no_trial() -> None:
    attempts = study((TrialState.FAIL, {ledger.RECORD: {"void": True}}), (TrialState.COMPLETE, {}))
    assert [slot.attempt.number for slot in ledger.slots({"m": attempts})] == [1]


def test_methods_share_one_numbering_by_creation() -> None:
    storage = optuna.storages.InMemoryStorage()
    first, second = (optuna.create_study(storage=storage, study_name=name) for name in "ab")
    for made in (first, second, first):
        made.add_trial(create_trial(state=TrialState.WAITING))
    slots = ledger.slots({"b": second.trials, "a": first.trials})
    assert [(slot.number, slot.method) for slot in slots] == [(0, "a"), (1, "b"), (2, "a")]


def test_time_is_counted_from_each_sessions_start_to_the_last_trial_told_in_it() -> None:
    def told(minute: int, record: dict[str, Any]) -> optuna.trial.FrozenTrial:
        trial = create_trial(state=TrialState.FAIL, user_attrs={ledger.RECORD: record})
        trial.datetime_complete = MONDAY + timedelta(minutes=minute)
        return trial

    finished = {"state": "failed", "seconds": 1.0}
    # 5 minutes, a break with an orphan closed at its end, 2 minutes; a third session told nothing.
    trials = [told(3, finished), told(5, finished), told(60, {}), told(62, finished)]
    sessions = [(MONDAY + timedelta(minutes=minute)).isoformat() for minute in (0, 60, 90)]
    assert ledger.seconds_spent({"m": trials}, sessions) == 7 * 60


def test_trials_over_a_limit_count_only_while_there_are_no_others() -> None:
    def trial(style: float, **over: float) -> tuple[TrialState, dict[str, Any]]:
        scores = {"style": style, "content": 0.5}
        return TrialState.COMPLETE, {ledger.RECORD: {"state": "complete", "scores": scores, "over": over}}

    leaking, proper = trial(0.9, leakage=0.1), trial(0.4)
    assert ledger.points(ledger.slots({"m": study(leaking)})) == {0: (0.9, 0.5)}
    assert ledger.points(ledger.slots({"m": study(leaking, proper)})) == {1: (0.4, 0.5)}
