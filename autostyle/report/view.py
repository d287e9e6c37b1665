"""What the report says about a study, worked out once for the page and for the Markdown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autostyle.methods import registry
from autostyle.methods.params import ParamInfo, Value
from autostyle.report.charts import place
from autostyle.report.languages import said
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord

PARTS = ("prepare", "run", "score", "save")


@dataclass(frozen=True)
class ScoreRow:
    """One line of a table of scores, by metric; ``kind`` is content, style, reference, best or final."""

    kind: str
    label: str
    scores: Mapping[str, float | None]


@dataclass(frozen=True)
class Setting:
    """A parameter of the recommended trial beside its default and its range, places in 0..100."""

    info: ParamInfo
    value: Value
    role: str
    place: float | None
    default_place: float | None

    @property
    def changed(self) -> bool:
        return self.value != self.info.default


@dataclass(frozen=True)
class Time:
    """Where a method's trials spent their time, in seconds; ``within`` are the parts of the run that it tells of."""

    method: str
    trials: int
    total: float
    median: float
    parts: dict[str, float]
    within: dict[str, float]


@dataclass(frozen=True)
class View:
    """A study as the report tells it.

    Args:
        best: the recommended trial, None while nothing is complete.
        reference: the trial a person would have had without a search, and what it is (``the defaults``).
        rows: scores of the untouched content, the reference and the best.
        order: complete trials, the best and the front first, then by the sum of their scores.
        away: how the chosen method differs from what the row asks for, in words; empty where it does not.
        held_out: the same rows by the held-out metric; ``agreement`` is its rank correlation with the objective.
    """

    record: StudyRecord
    best: TrialRecord | None
    reference: TrialRecord | None
    reference_label: str
    rows: tuple[ScoreRow, ...]
    front: tuple[TrialRecord, ...]
    order: tuple[TrialRecord, ...]
    unfinished: tuple[TrialRecord, ...]
    settings: tuple[Setting, ...]
    times: tuple[Time, ...]
    away: str
    held_out: tuple[ScoreRow, ...]
    agreement: float | None

    @property
    def pending(self) -> str:
        """That the picture shown is not the final render, in a sentence; empty where it is."""
        record = self.record
        if not record.final_pending or record.final_size is None:
            return ""
        return said(
            record.plan.language,
            "This is trial {number} as the search made it, at {size}. Its render at {final} comes with the next "
            "search: {command}",
            number=record.best,
            size=record.plan.told(record.plan.size),
            final=record.plan.told(record.final_size),
            command=record.command,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What to call the content and the styles: the person's file names, where they are known."""
        return self.record.sources or tuple(path.name for path in (self.record.plan.content, *self.record.plan.styles))

    @property
    def running(self) -> bool:
        """True while trials of the budget are still to come."""
        return any(t.state in ("running", "waiting") for t in self.record.trials)

    @property
    def gain(self) -> dict[str, float]:
        """The recommended trial's scores less the reference's; empty where there is nothing to compare."""
        if self.best is None or self.reference is None or self.best is self.reference:
            return {}
        before, now = self.reference.scores, self.best.scores
        names = (metric.name for metric in self.record.objectives)
        return {name: now[name] - before[name] for name in names if name in now and name in before}

    @property
    def words_by(self) -> str:
        """Who put the style into words; empty where a person did."""
        kind, _, name = self.record.plan.keywords_by.partition(":")
        return {"measured": "measured, not seen", "clip": f"by CLIP ({name})"}.get(kind, f"by {name}" if name else "")

    def told(self, what: object) -> str:
        """What a revision changed: one line, or several joined."""
        return "; ".join(map(str, what)) if isinstance(what, list | tuple) else str(what)

    def changes(self, trial: TrialRecord) -> dict[str, Value]:
        """The parameters in which ``trial`` differs from its method's defaults."""
        infos = registry.params(trial.method).info()
        return {
            name: value for name, value in trial.params.items() if name not in infos or value != infos[name].default
        }


def build(record: StudyRecord) -> View:
    """Read ``record``; works for a study that runs, that failed, and that has not begun."""
    best = None if record.best is None else record.trial(record.best)
    complete = [t for t in record.trials if t.state == "complete"]
    reference, label = _reference(complete, best, record.plan.language)
    front = tuple(record.trial(number) for number in record.front)
    return View(
        record=record,
        best=best,
        reference=reference,
        reference_label=label,
        rows=_rows(record, best, reference, label),
        front=front,
        order=tuple(
            sorted(complete, key=lambda t: (t is not best, t.number not in record.front, -sum(t.scores.values())))
        ),
        unfinished=tuple(t for t in record.trials if t.state in ("failed", "pruned")),
        settings=_settings(record, best) if best is not None else (),
        times=tuple(_time(method, record) for method in dict.fromkeys(t.method for t in record.trials)),
        away=_away(record),
        held_out=_held_out(record, best, reference, label),
        agreement=_agreement(complete, record.objectives[0].name),
    )


def _reference(complete: list[TrialRecord], best: TrialRecord | None, language: str) -> tuple[TrialRecord | None, str]:
    """The best's method at its defaults, else its first preset: what a person has without a search."""
    same = [t for t in complete if best is not None and t.method == best.method]
    for trial in same:
        defaults = {name: info.default for name, info in registry.params(trial.method).info().items()}
        if {**defaults, **trial.params} == defaults:
            return trial, said(language, "{method} at its defaults", method=trial.method)
    preset = next((t for t in same if t.origin == "preset"), None)
    return preset, said(language, "the first preset of {method}", method=preset.method) if preset else ""


def _rows(
    record: StudyRecord, best: TrialRecord | None, reference: TrialRecord | None, label: str
) -> tuple[ScoreRow, ...]:
    language = record.plan.language
    rows = [
        ScoreRow("content", said(language, "the untouched content"), {m.name: m.of_content for m in record.objectives})
    ]
    if reference is not None and reference is not best:
        rows.append(
            _row(
                "reference",
                said(language, "{label} (trial {number})", label=label, number=reference.number),
                reference.scores,
            )
        )
    if best is not None:
        rows.append(_row("best", said(language, "the recommended trial {number}", number=best.number), best.scores))
    if best is not None and record.final_scores:
        rows.append(_row("final", said(language, "the same at its final size"), record.final_scores))
    return tuple(rows)


def _row(kind: str, label: str, scores: Mapping[str, Any]) -> ScoreRow:
    return ScoreRow(kind, label, {name: _number(value) for name, value in scores.items()})


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _held_out(
    record: StudyRecord, best: TrialRecord | None, reference: TrialRecord | None, label: str
) -> tuple[ScoreRow, ...]:
    if best is None or not record.held_out:
        return ()
    metrics = record.explained("held_out") or record.objectives
    language = record.plan.language
    rows = [
        ScoreRow(
            "content", said(language, "the untouched content, by definition"), {m.name: m.of_content for m in metrics}
        ),
    ]
    if any(m.of_style is not None for m in metrics):
        label_style = said(language, "the style picture, by definition")
        rows.append(ScoreRow("style", label_style, {m.name: m.of_style for m in metrics}))
    if reference is not None and reference is not best and reference.held_out:
        rows.append(
            _row(
                "reference",
                said(language, "{label} (trial {number})", label=label, number=reference.number),
                reference.held_out,
            )
        )
    return (*rows, _row("best", said(language, "the recommended trial {number}", number=best.number), record.held_out))


def _agreement(complete: list[TrialRecord], name: str) -> float | None:
    """Spearman's rank correlation of an objective with the held-out metric; None for fewer than 5 trials."""
    pairs = [(t.scores[name], t.held_out[name]) for t in complete if name in t.scores and name in t.held_out]
    values = np.array([p for p in pairs if all(map(math.isfinite, p))])
    if len(values) < 5 or (np.ptp(values, axis=0) == 0).any():
        return None
    ranks = np.array([[np.mean(np.flatnonzero(np.sort(column) == v)) for v in column] for column in values.T])
    return float(np.corrcoef(ranks)[0, 1])


def _settings(record: StudyRecord, best: TrialRecord) -> tuple[Setting, ...]:
    plan = next((m for m in record.plan.methods if m.name == best.method), None)
    found = []
    language = record.plan.language
    for name, info in registry.params(best.method).info().items():
        value = best.params.get(name, info.default)
        if plan is not None and name in plan.fixed:
            role = said(language, "fixed")
        elif plan is not None and name in plan.bounds:
            low, high = plan.bounds[name]
            role = said(language, "searched {low:g} to {high:g}", low=low, high=high)
        else:
            role = said(language, "searched" if info.tune else "at its default")
        found.append(Setting(info, value, role, place(info, value), place(info, info.default)))
    return tuple(found)


def _time(method: str, record: StudyRecord) -> Time:
    trials = [t for t in record.trials if t.method == method and t.seconds > 0]
    parts = {part: sum(t.seconds_by.get(part, 0.0) for t in trials) for part in PARTS}
    told = dict.fromkeys(name for t in trials for name in t.seconds_by if name not in (*PARTS, "propose"))
    within = {name: sum(t.seconds_by.get(name, 0.0) for t in trials) for name in told}
    total = sum(t.seconds for t in trials)
    parts["other"] = max(total - sum(parts.values()), 0.0)
    median = float(np.median([t.seconds for t in trials])) if trials else 0.0
    return Time(method, len(trials), total, median, parts, within)


def _away(record: StudyRecord) -> str:
    """The sentence that says aloud that another method ran than the one the row prefers."""
    choice = record.plan.choice
    if not choice.preferred or choice.method == choice.preferred[0]:
        return ""
    wanted = choice.preferred[0]
    spec = registry.METHODS.get(wanted)
    planned = "This row asks for {wanted} first, which is planned and not built yet; {method} ran instead."
    absent = "This row asks for {wanted} first, which could not run on this machine; {method} ran instead."
    why = planned if spec is not None and not spec.built else absent
    return said(record.plan.language, why, wanted=wanted, method=choice.method)
