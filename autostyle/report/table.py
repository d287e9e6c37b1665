"""trials.csv: one row a trial, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from autostyle.report.text import cell
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord


def trials_csv(record: StudyRecord) -> str:
    """All trials by number; scores, figures and parameters each have a column, empty where a trial has none."""
    groups = {
        "score": sorted({name for t in record.trials for name in t.scores}),
        "raw": sorted({name for t in record.trials for name in t.raw}),
        "held_out": sorted({name for t in record.trials for name in t.held_out}),
        "param": list(dict.fromkeys(name for t in record.trials for name in t.params)),
        "seconds": sorted({name for t in record.trials for name in t.seconds_by}),
    }
    head = ["number", "method", "state", "origin", "front", "best", "seed", "seconds", "run"]
    names = [f"{group}.{name}" for group, members in groups.items() for name in members]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([cell(name) for name in [*head, *names, "image", "error"]])
    for trial in record.trials:
        rows.writerow([cell(value) for value in _row(trial, record, groups)])
    return out.getvalue()


def _row(trial: TrialRecord, record: StudyRecord, groups: dict[str, list[str]]) -> list[object]:
    values: dict[str, Mapping[str, object]] = {
        "score": trial.scores,
        "raw": trial.raw,
        "held_out": trial.held_out,
        "param": trial.params,
        "seconds": trial.seconds_by,
    }
    return [
        trial.number,
        trial.method,
        trial.state,
        trial.origin,
        trial.number in record.front,
        trial.number == record.best,
        trial.seed,
        trial.seconds,
        trial.run,
        *(values[group].get(name, "") for group, members in groups.items() for name in members),
        trial.image.as_posix() if trial.image else "",
        trial.error or "",
    ]
