"""A study as JSON: the object that commands print, and everything the report knows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autostyle.mediums import registry as mediums
from autostyle.mediums.files import companions
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord

SCHEMA = 1


def summary(record: StudyRecord, report: Path | None = None, base: Path | None = None) -> dict[str, Any]:
    """The object that ``tune --json`` and ``report --json`` end with (schema 1).

    Args:
        record: the study.
        report: where report.html is.
        base: what the paths of pictures are joined to; None leaves them relative to the study's folder.
    """
    best = None if record.best is None else record.trial(record.best)
    data: dict[str, Any] = finite(
        {
            "schema": SCHEMA,
            "study": record.plan.study,
            "method": record.plan.choice.method,
            "row": record.plan.choice.row,
            "reason": record.plan.choice.reason,
            "weights": dict(record.weights),
            "trials": {
                "total": sum(trial.leads for trial in record.trials),
                "complete": record.count("complete"),
                "pruned": record.count("pruned"),
                "failed": record.count("failed"),
                "pictures": record.pictures,
            },
            "best": None
            if best is None
            else {
                "number": best.number,
                "method": best.method,
                "params": dict(best.params),
                "scores": dict(best.scores),
                "raw": dict(best.raw),
                "over": dict(best.over),
                "image": _path(record.result, base),
            },
            "front": [
                {
                    "number": trial.number,
                    "method": trial.method,
                    "scores": dict(trial.scores),
                    "over": dict(trial.over),
                    "image": _path(trial.full_image or trial.image, base),
                }
                for trial in map(record.trial, record.front)
            ],
            "final": _final(record, base),
            "held_out": record.held_out,
            "hypervolume": record.hypervolume,
            "seconds": record.seconds,
            "report": None if report is None else str(report),
            "profile": record.plan.judged_by,
        }
    )
    return data


def full(record: StudyRecord) -> dict[str, Any]:
    """The content of report.json: the summary, paths relative to the file, and all the rest of the study."""
    data: dict[str, Any] = finite(
        {
            **summary(record, Path("report.html")),
            "done": record.done,
            "total": record.total,
            "unfinished": record.unfinished,
            "rule": record.rule,
            "metrics": [asdict(metric) for metric in record.metrics],
            "limits": record.limits,
            "points": {number: list(point) for number, point in record.points.items()},
            "prefer": record.plan.prefer,
            "preferred": list(record.plan.choice.preferred),
            "alternatives": list(record.plan.choice.alternatives),
            "final_image": _path(record.final_image, None),
            "hypervolume_history": list(record.hypervolume_history),
            "importances": record.importances,
            "scorer": record.scorer,
            "notes": list(record.notes),
            "answers": [dict(answer) for answer in record.answers],
            "skipped": [list(pair) for pair in record.skipped],
            "revisions": [dict(revision) for revision in record.revisions],
            "plan": record.plan.model_dump(mode="json"),
            "elsewhere": [dict(entry) for entry in record.elsewhere],
            "aids": {name: [dict(file) for file in files] for name, files in record.aids.items()},
            "command": record.command,
            "all_trials": [trial_data(trial) for trial in record.trials],
        }
    )
    return data


def parse(data: Any, folder: Path) -> StudyRecord:
    """The record of the study in ``folder`` of which :func:`full` wrote ``data``. What is not told is left empty, and
    what was no number is left out.

    Raises:
        ValueError, LookupError, TypeError, AttributeError, AutostyleError: it is none.
    """
    final, best = data.get("final") or {}, data.get("best")
    same = ("rule", "hypervolume", "hypervolume_history", "importances", "weights", "scorer", "held_out", "seconds")
    more = ("metrics", "points", "limits", "notes", "revisions", "answers", "skipped", "command", "elsewhere", "aids")
    record = StudyRecord.from_json(
        {name: data[name] for name in (*same, "plan")}
        | {name: data[name] for name in more if name in data}
        | {
            "folder": folder,
            "trials": [_numbers(trial) for trial in data["all_trials"]],
            "front": [trial["number"] for trial in data["front"]],
            "best": best and best["number"],
            "time_is_up": data["done"] < data["total"] and not data["unfinished"],
            "final_image": data.get("final_image"),
            "final_size": final.get("size"),
            "final_pending": final.get("pending", False),
            "final_scores": final.get("scores", {}),
        }
    )
    if not {*record.front, *([] if best is None else [record.best])} <= {trial.number for trial in record.trials}:
        raise ValueError("it recommends a trial that there is not")
    return record


def _numbers(trial: Mapping[str, Any]) -> dict[str, Any]:
    figures = ("scores", "raw", "over", "held_out", "seconds_by")
    told = {group: {name: value for name, value in trial[group].items() if value is not None} for group in figures}
    return {**trial, **told}


def trial_data(trial: TrialRecord) -> dict[str, Any]:
    """One trial as JSON data; paths are relative to the study's folder."""
    data: dict[str, Any] = finite(_trial(trial))
    return data


def _final(record: StudyRecord, base: Path | None) -> dict[str, Any] | None:
    """What ``best.<ext>`` shows: which trial, from which parameters, at which long side, and whether the picture at the
    search's size stands in for it still."""
    if record.best is None or record.final_image is None:
        return None
    best = record.trial(record.best)
    return {
        "file": _path(record.final_image, base),
        "companions": [
            _path(file.relative_to(record.folder), base) for file in companions(record.folder / record.final_image)
        ],
        "trial": best.number,
        "method": best.method if record.final_pending else record.plan.finishing(best.method),
        "params": dict(best.params),
        "size": record.final_size,
        "unit": mediums.scale(record.plan.medium).unit,
        "pending": record.final_pending,
        "scores": dict(record.final_scores),
    }


def _trial(trial: TrialRecord) -> dict[str, Any]:
    return {
        "number": trial.number,
        "method": trial.method,
        "run": trial.run,
        "path": list(trial.path),
        "state": trial.state,
        "origin": trial.origin,
        "sampler": trial.sampler,
        "seed": trial.seed,
        "params": dict(trial.params),
        "scores": dict(trial.scores),
        "raw": dict(trial.raw),
        "over": dict(trial.over),
        "held_out": dict(trial.held_out),
        "image": _path(trial.image, None),
        "full_image": _path(trial.full_image, None),
        "error": trial.error,
        "seconds": trial.seconds,
        "seconds_by": dict(trial.seconds_by),
    }


def _path(path: Path | None, base: Path | None) -> str | None:
    if path is None:
        return None
    return path.as_posix() if base is None else str(base / path)


def finite(value: Any) -> Any:
    """``value`` as plain JSON data; a number that is not finite becomes None, as JSON has no word for it."""
    if isinstance(value, Mapping):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return str(value)
