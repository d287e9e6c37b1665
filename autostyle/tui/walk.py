"""Through which pictures of a study one walks, and what is told of each."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.tui.study_state import StudyState
from autostyle.tuning.trial_record import TrialRecord


@dataclass(frozen=True)
class Station:
    """A picture on the way.

    Args:
        path: its file.
        number: of the trial; None for the content.
        ratio: name and value of the parameter that weighs style against content, where it has one.
        scores: of the objectives, by name.
        best: whether it is the recommended one.
    """

    path: Path
    number: int | None = None
    ratio: tuple[str, float] | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    best: bool = False


def curve(state: StudyState, number: int | None, content: Path | None) -> list[Station]:
    """From the content along the run of trial ``number``, its style weighing more and more; where a run makes but one
    picture, along the front."""
    trial = None if number is None else state.trials.get(number)
    along = [] if trial is None else [other for other in _seen(state) if other.run == trial.run]
    if len(along) > 1:
        found = sorted(along, key=lambda trial: (_value(trial), trial.number))
    else:
        found = _front(state)
        if trial is not None and trial not in found and trial in _seen(state):
            found = sorted([*found, trial], key=lambda trial: _first_score(state, trial))
    begin = [] if content is None else [Station(content)]
    return [*begin, *(station(state, trial) for trial in found)]


def front(state: StudyState) -> list[Station]:
    """The front, by rising first score (style)."""
    return [station(state, trial) for trial in _front(state)]


def station(state: StudyState, trial: TrialRecord) -> Station:
    """A trial that has a picture."""
    name = ratio(trial.method)
    value = trial.params.get(name)
    told = (name, float(value)) if isinstance(value, int | float) else None
    return Station(state.picture(trial), trial.number, told, trial.scores, trial.number == state.best)


def number_of(state: StudyState, path: Path) -> int | None:
    """The trial that a file shows; None where it is none of the study's."""
    if state.folder not in path.parents:
        return None
    names = {trial.image.stem: trial.number for trial in state.trials.values() if trial.image is not None}
    return state.best if path.stem.partition(".")[0] == "best" else names.get(path.stem.partition(".")[0])


def nearest(stations: Sequence[Station], state: StudyState, number: int | None) -> int:
    """Which of ``stations`` is trial ``number``, or else the closest to it by its first score; the content for None."""
    at = next((place for place, station in enumerate(stations) if station.number == number), None)
    if at is not None or number is None or number not in state.trials:
        return at or 0
    wanted = _first_score(state, state.trials[number])
    first = state.objectives[0]
    return min(range(len(stations)), key=lambda place: abs(stations[place].scores.get(first, 0.0) - wanted), default=0)


def ratio(method: str) -> str:
    """The name of the parameter that weighs style against content in ``method``; empty where there is none."""
    # Imported here: all methods' declarations take longer than the first paint.
    from autostyle.methods import registry

    with contextlib.suppress(AutostyleError):  # of a package that is not here any more
        return registry.find_built(method).ratio
    return ""


def _seen(state: StudyState) -> list[TrialRecord]:
    return [trial for trial in state.trials.values() if trial.complete and trial.image is not None]


def _front(state: StudyState) -> list[TrialRecord]:
    return [trial for number in state.front if (trial := state.trials[number]).image is not None]


def _value(trial: TrialRecord) -> float:
    value = trial.params.get(ratio(trial.method), 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def _first_score(state: StudyState, trial: TrialRecord) -> float:
    return trial.scores.get(state.objectives[0], 0.0)
