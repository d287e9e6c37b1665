"""What a study's database says is held against what can be; what cannot is set aside or refused, never run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import optuna
import pytest
from optuna.distributions import FloatDistribution
from optuna.trial import FrozenTrial, TrialState

from autostyle.errors import BadInput
from autostyle.report.export import export
from autostyle.tuning import ledger, validation
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.result import TrialResult

SHELL = "$(touch /tmp/pwned)"
DEEP = "[" * 100_000 + "]" * 100_000
SCORED = {"state": "complete", "params": {"alpha": 0.5}, "scores": {"style": 0.5, "content": 0.5}}


def attempt(
    state: TrialState = TrialState.FAIL, alpha: Any = 0.5, queued: Any = None, **attributes: Any
) -> FrozenTrial:
    trial = optuna.trial.create_trial(
        state=state,
        values=[0.5, 0.5] if state == TrialState.COMPLETE else None,
        params={"alpha": 0.5},
        distributions={"alpha": FloatDistribution(0, 1)},
        user_attrs={f"autostyle:{name}": value for name, value in attributes.items()},
        system_attrs={} if queued is None else {validation.QUEUED: queued},
    )
    trial._params = {"alpha": alpha}
    trial.number = 3
    return trial


@pytest.mark.parametrize(
    "found",
    [
        attempt(record=SCORED | {"notes": ["a"], "sampler": ["gp", "why"], "raw": {"ssim": float("nan")}}),
        attempt(start={"origin": "warm start", "given": {"alpha": 0.5}, "params": {"color_mode": "luminance"}}),
        attempt(start={"origin": "retry", "retry_of": 2, "crashes": 1}),
        attempt(owner={"host": "h", "pid": 1, "born": 1.5, "worker": 0}),
        attempt(TrialState.WAITING, queued={"alpha": 0.25}),
    ],
)
def test_what_autostyle_writes_holds(found: FrozenTrial) -> None:
    known = validation.trial("adain", found, ("style", "content"))
    assert not known.flaw
    assert known.trial.user_attrs == found.user_attrs or "nan" in str(found.user_attrs)


@pytest.mark.parametrize(
    "found",
    [
        *(attempt(alpha=value) for value in (SHELL, float("nan"), float("inf"), 7.0, None, [0.5], {"a": 1})),
        *(
            attempt(TrialState.WAITING, queued=queued)
            for queued in ({"alpha": SHELL}, {"alpha": float("nan")}, {"alpha": 1e300}, {SHELL: 1}, [1], {"alpha": {}})
        ),
        *(
            attempt(record=record)
            for record in (
                SHELL,
                [1],
                {"state": SHELL},
                SCORED | {"params": {"color_mode": SHELL}},
                SCORED | {"params": {"alpha": [0.5]}},
                SCORED | {"scores": {"style": float("nan"), "content": 0.5}},
                SCORED | {"scores": [0.5, 0.5]},
                {"state": "complete", "params": {}},
                SCORED | {"raw": {SHELL: 1.0}},
                SCORED | {"seconds": -1.0},
                SCORED | {"error": "x" * 100_000},
                SCORED | {"notes": [{"a": 1}]},
            )
        ),
        *(
            attempt(start=start)
            for start in (
                SHELL,
                {"origin": SHELL},
                {"params": {"color_mode": SHELL}},
                {"given": {SHELL: 1}},
                {"retry_of": 3},
                {"retry_of": 99},
                {"retry_of": "2"},
                {"crashes": -1},
            )
        ),
        *(attempt(owner=owner) for owner in (SHELL, {"host": "h"}, {"host": "h", "pid": 10**30, "born": 0.0})),
    ],
)
def test_what_cannot_be_makes_a_failed_trial_of_which_nothing_is_left(found: FrozenTrial) -> None:
    known = validation.trial("adain", found, ("style", "content"))
    assert known.flaw
    assert known.trial.params == {}
    assert known.trial.user_attrs == {ledger.RECORD: TrialResult(state="failed", error=known.flaw)}
    assert SHELL not in known.flaw


def changed(home: Path, change: str, *values: str) -> None:
    with closing(sqlite3.connect(home / "autostyle.db")) as database, database:
        database.execute(change, values)


def enqueue(home: Path, queued: str, start: str) -> None:
    changed(home, "INSERT INTO trials(trial_id, number, study_id, state) VALUES (100, 1, 1, 'WAITING')")
    for table, key, value in (("system", validation.QUEUED, queued), ("user", ledger.START, start)):
        changed(home, f"INSERT INTO trial_{table}_attributes(trial_id, key, value_json) VALUES (100, ?, ?)", key, value)


def test_a_queued_trial_that_cannot_be_is_set_aside_and_nothing_of_it_is_written(
    copied: Path, run: Callable[..., StudyRecord], home: Path
) -> None:
    enqueue(home, json.dumps({"alpha": SHELL}), json.dumps({"origin": "preset", "params": {"color_mode": SHELL}}))
    record = run(trials=3)
    assert [trial.state for trial in record.trials] == ["complete", "failed", "complete"]
    export(record)
    files = [path.read_text(errors="replace") for path in (home / "s").rglob("*") if path.is_file()]
    assert not any(SHELL in text for text in files)


ATTRIBUTE = "UPDATE study_user_attributes SET value_json = ? WHERE key = ?"


def test_a_database_that_says_what_cannot_be_is_an_error_in_one_line(copied: Path, home: Path) -> None:
    whole = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(home / "autostyle.db")) as database:
        database.backup(whole)
        found = database.execute("SELECT value_json FROM study_user_attributes WHERE key = 'autostyle:plan:0001'")
        revision = json.loads(found.fetchone()[0])

    def planned(**fields: Any) -> tuple[str, ...]:
        return (ATTRIBUTE, json.dumps(revision | {"plan": revision["plan"] | fields}), "autostyle:plan:0001")

    for change in (
        planned(content="/etc/passwd"),
        planned(content="../../pictures/swirl.png"),
        planned(study="other"),
        planned(methods=[{"name": SHELL}]),
        planned(methods=[{"name": "adain", "fixed": {"color_mode": SHELL}}]),
        planned(style_weights=[0.0]),
        planned(encoder="/tmp/own.pt"),
        (ATTRIBUTE, DEEP, "autostyle:plan:0001"),
        (ATTRIBUTE, "[" * 200 + "]" * 200, "autostyle:plan:0001"),
        ("UPDATE trial_user_attributes SET value_json = ?", DEEP),
        ("UPDATE trial_params SET distribution_json = ?", '{"a":' * 10_000 + "1" + "}" * 10_000),
        (ATTRIBUTE, '{"file": "/etc/passwd", "number": 0, "size": 64}', "autostyle:final"),
        (ATTRIBUTE, '"x"', "autostyle:scorer"),
        (ATTRIBUTE, '"2020-01-01T00:00:00+00:00"', "autostyle:session:0001"),
        ("UPDATE trials SET state = ?", SHELL),
        ("UPDATE trial_params SET distribution_json = ?", '{"name": "os.system", "attributes": {}}'),
        ("UPDATE studies SET study_name = ?", "s/.."),
        ("UPDATE alembic_version SET version_num = ?", "v9"),
        ("DELETE FROM study_directions",),
        ("CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",),
        ("CREATE TRIGGER t AFTER INSERT ON trials BEGIN DELETE FROM studies; END",),
    ):
        changed(home, *change)
        with pytest.raises(BadInput) as caught:
            load_record(home, "s")
        assert SHELL not in caught.value.message or "unknown method" in caught.value.message
        with closing(sqlite3.connect(home / "autostyle.db")) as database:
            whole.backup(database)


def test_a_finished_trial_that_cannot_be_shows_as_failed_and_no_search_goes_on_from_it(
    copied: Path, run: Callable[..., StudyRecord], home: Path
) -> None:
    changed(home, "UPDATE trial_params SET param_value = 'x' WHERE trial_id = 1")
    assert [trial.state for trial in load_record(home, "s").trials] == ["failed"]
    with pytest.raises(BadInput, match="cannot go on"):
        run(trials=3)
