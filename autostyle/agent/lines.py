"""What is known about studies and trials, in words for a brain: short, and every number from the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autostyle.agent.outputs import FinalOutput, MetricOutput, RangeEnd, Summary, TrialOutput
from autostyle.report.text import one_line
from autostyle.tuning.record import SHORT, falls_short

MOST = 12
"""Trials of a front that a brain is told of; the data have them all."""
MOVERS = 4
"""Parameters that a brain is told of for each score."""


def scores(found: Mapping[str, float | None]) -> str:
    """``style 0.81, content 0.66``."""
    return ", ".join(f"{name} {value:.2f}" for name, value in found.items() if value is not None) or "no scores"


def trial(entry: TrialOutput) -> str:
    """``trial 7 by gatys: style 0.81, content 0.66``; with its error and the limits it is over, if any."""
    what = f"{entry.state}, {one_line(entry.error)}" if entry.error else scores(entry.scores)
    over = f", over its limit of {' and '.join(entry.over)}" if entry.over else ""
    return f"trial {entry.number} by {entry.method}: {what}{over}"


def params(values: Mapping[str, Any]) -> str:
    """``style_weight=0.31, style_loss=gram``."""
    return ", ".join(
        f"{name}={value:.3g}" if isinstance(value, float) else f"{name}={value}" for name, value in values.items()
    )


def recommended(best: TrialOutput) -> str:
    """``Recommended: trial 7 by gatys: style 0.81, content 0.66; style_weight=0.31``."""
    short = f". {SHORT}" if falls_short(best.scores) else ""
    return f"Recommended: {trial(best)}; {params(best.params)}{short}"


def pending(final: FinalOutput | None) -> Iterator[str]:
    """That ``best.<ext>`` is not the full render yet, where it is not."""
    if final and final.pending:
        yield (
            f"{one_line(final.file)} shows trial {final.trial} at the search's size; render_best renders it at "
            f"{final.size} {final.unit}."
        )


def meaning(metrics: Sequence[MetricOutput]) -> Iterator[str]:
    """What 0 and 1 of each objective are."""
    for metric in metrics:
        if metric.kind == "objective" and metric.zero:
            yield f"{metric.name} is 0 for {metric.zero} and 1 for {metric.one}."


def moving(importances: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Iterator[str]:
    """Which parameters move which score of which method, the weightiest first."""
    for method, objectives in importances.items():
        for objective, shares in objectives.items():
            top = sorted(shares.items(), key=lambda item: -item[1])[:MOVERS]
            yield f"What moves {objective} of {method}: {', '.join(f'{name} {share:.0%}' for name, share in top)}."


def leaning(ends: Sequence[RangeEnd]) -> Iterator[str]:
    """The ends of search ranges that a front leans on."""
    for end in ends:
        yield f"The front leans on the {end.side} end of {end.parameter} of {end.method} ({end.bound:g})."


def some(front: Sequence[TrialOutput]) -> list[TrialOutput]:
    """The whole of a front, or :data:`MOST` trials of a long one from end to end."""
    if len(front) <= MOST:
        return list(front)
    return [front[round(n * (len(front) - 1) / (MOST - 1))] for n in range(MOST)]


def found(summary: Summary) -> str:
    """What a study found, from the report's summary: trials, the recommended one, the front, the report."""
    count = summary.trials
    said = [f"{count.complete} of {count.total} trials complete"]
    if count.pictures > count.complete:
        said = [f"{count.complete} of {count.total} runs complete, {count.pictures} pictures, each a trial"]
    if count.pruned or count.failed:
        said[0] += f", {count.pruned} could not run here, {count.failed} failed"
    if best := summary.best:
        said += [recommended(best), *(line.removesuffix(".") for line in pending(summary.final))]
        told = ", ".join(str(entry.number) for entry in some(summary.front))
        said.append(f"On the front of {len(summary.front)} by rising style: {told}")
        said.append(f"Held-out metric, which no search saw: {params(_numbers(summary.held_out))}")
    if summary.report:
        said.append(f"Report: {summary.report}")
    return ". ".join(said) + "."


def _numbers(held_out: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held_out.items() if isinstance(value, int | float | str)}
