"""How trials are laid down in Optuna, and how they are counted.

A person counts *slots*: 16 trials are 16 slots. A slot may take several attempts, each an Optuna trial: when a worker
is killed or stopped in the middle, the attempt is closed and another one with the same parameters takes its place
under the same number. Closed attempts are never counted.

Where a run goes along its ratio it makes several slots, its *points*: samplers, importances, fronts and
optuna-dashboard see a point as they see any trial. The first is the run's own: it is taken from a queue or a sampler,
and what becomes of it becomes of the run. The trial of the next point is there, running, before that of the one before
is told; a point that is never told is no trial. So a run that ends early, however, keeps the points it has, and none is
painted twice. A budget is spent by runs.

Optuna's ids rise with creation over all studies of a storage, so the rank of a slot's first attempt by id is a number
that the methods of a study share and that never changes. The files of a trial carry this number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from optuna.trial import FrozenTrial, TrialState
from pydantic import ValidationError

from autostyle.tuning.result import TrialResult

OWNER = "autostyle:owner"
"""Trial attribute: which process runs it: host, pid, born (its start time), worker; beats: it gives signs of life."""
START = "autostyle:start"
"""Trial attribute of an enqueued trial: origin, params, and for a further attempt: retry_of, crashes."""
RUN = "autostyle:run"
"""Trial attribute of a further point of a run: ``of``, the number of the attempt that began it in its Optuna study, and
``path``, the values of the ratio that were painted before."""
RECORD = "autostyle:record"
"""Trial attribute: all that is known about a finished trial, as one value, because every write costs a commit."""
NOTHING = TrialResult()


@dataclass(frozen=True)
class Slot:
    """One trial as a person counts them.

    Args:
        number: from 0, over all methods of the study.
        method: which method.
        attempt: the Optuna trial that stands for it now.
        leader: number of the first point of its run; None where it is that itself.
    """

    number: int
    method: str
    attempt: FrozenTrial
    leader: int | None = None

    @property
    def run(self) -> int:
        """Number of its run, which is that of the run's first point."""
        return self.number if self.leader is None else self.leader

    @property
    def leads(self) -> bool:
        """Whether it stands for its run."""
        return self.run == self.number

    @property
    def path(self) -> tuple[float, ...]:
        """Values of the ratio that its run painted before."""
        return tuple(further(self.attempt).get("path", ()))

    @property
    def started(self) -> bool:
        return self.attempt.state != TrialState.WAITING

    @property
    def finished(self) -> bool:
        return self.attempt.state.is_finished()

    @property
    def result(self) -> TrialResult:
        """What is written down of it; of nothing before it is finished."""
        return result(self.attempt)

    @property
    def complete(self) -> bool:
        return self.result.state == "complete"

    @property
    def within(self) -> bool:
        """Complete, and over no limit of its method."""
        return self.complete and not self.result.over

    @property
    def params(self) -> dict[str, Any]:
        """The full set that it was run with; empty unless complete."""
        return self.result.params or {}

    @property
    def scores(self) -> dict[str, float]:
        """Objective -> score, in the order of the study's objectives; empty unless complete."""
        return self.result.scores or {}

    @property
    def seconds(self) -> float:
        """What it took; 0 while it runs."""
        return self.result.seconds

    @property
    def stem(self) -> str:
        """Name of its files, without suffix. Studies of earlier versions named them by the attempt."""
        known = self.result
        earlier = known.model_fields_set and not known.stem
        return f"{self.method}-{self.attempt.number:04d}" if earlier else self.own_stem

    @property
    def own_stem(self) -> str:
        """Name of the files that it is given now."""
        return stem(self.number, self.method)


def stem(number: int, method: str) -> str:
    """Name of the files of trial ``number``: the number a person reads, then the method."""
    return f"{number:04d}-{method}"


def result(trial: FrozenTrial) -> TrialResult:
    """What was written down of a finished trial; nothing before, or where the database says what cannot be."""
    data = trial.user_attrs.get(RECORD) if trial.state.is_finished() else None
    if isinstance(data, TrialResult):  # it was checked before
        return data
    try:
        return NOTHING if data is None else TrialResult.model_validate(data)
    except ValidationError:
        return NOTHING


def start(trial: FrozenTrial) -> dict[str, Any]:
    """What an enqueued trial was enqueued with; empty for one the sampler proposed."""
    data = trial.user_attrs.get(START)
    return data if isinstance(data, dict) else {}


def further(trial: FrozenTrial) -> dict[str, Any]:
    """Of a further point of a run: ``of`` and ``path`` of :data:`RUN`; empty for any other trial."""
    data = trial.user_attrs.get(RUN)
    return data if isinstance(data, dict) else {}


def slots(trials: Mapping[str, Sequence[FrozenTrial]]) -> tuple[Slot, ...]:
    """All slots of a study by number, from the trials of its methods.

    A trial that was one too many keeps its number for itself: those of the others never change.
    """
    first_ids: list[tuple[int, str, FrozenTrial]] = []
    for method, attempts in trials.items():
        followers: dict[int, FrozenTrial] = {}
        for attempt in attempts:
            before = start(attempt).get("retry_of")
            if before is not None:
                followers.setdefault(before, attempt)
        for attempt in attempts:
            if start(attempt).get("retry_of") is None:
                latest = attempt
                while latest.number in followers:
                    latest = followers[latest.number]
                first_ids.append((attempt._trial_id, method, latest))
    ordered = sorted(first_ids, key=lambda entry: entry[0])
    numbers = {(method, latest.number): number for number, (_, method, latest) in enumerate(ordered)}
    numbered = (
        Slot(number, method, latest, numbers.get((method, further(latest).get("of", -1))))
        for number, (_, method, latest) in enumerate(ordered)
    )
    return tuple(slot for slot in numbered if not slot.result.void)


def runs_done(counted: Iterable[Slot]) -> int:
    """How many runs will paint nothing any more."""
    known = tuple(counted)
    going_on = {slot.run for slot in known if not slot.finished}
    return sum(slot.leads and slot.run not in going_on for slot in known)


def run_seconds(counted: Iterable[Slot]) -> dict[int, float]:
    """run -> what all its points took together."""
    spent: dict[int, float] = {}
    for slot in counted:
        spent[slot.run] = spent.get(slot.run, 0.0) + slot.seconds
    return spent


def points(counted: Sequence[Slot]) -> dict[int, tuple[float, ...]]:
    """number -> scores of the complete trials: those within the limits of their methods, if there are any."""
    found = [slot for slot in counted if slot.within] or [slot for slot in counted if slot.complete]
    return {slot.number: tuple(slot.scores.values()) for slot in found}


def seconds_spent(trials: Mapping[str, Sequence[FrozenTrial]], sessions: Sequence[str]) -> float:
    """Wall time of all sessions, each from its start to the last trial told in it.

    Args:
        trials: method -> every attempt.
        sessions: when each began, ISO 8601, oldest first.
    """
    told = sorted(
        trial.datetime_complete
        for attempts in trials.values()
        for trial in attempts
        if trial.datetime_complete
        and "seconds" in result(trial).model_fields_set  # orphans are closed much later than they ended
    )
    begun = [datetime.fromisoformat(text) for text in sessions]
    total = 0.0
    for begin, end in zip(begun, [*begun[1:], datetime.max], strict=False):  # nothing begun, nothing spent
        within = [moment for moment in told if begin <= moment < end]
        total += (within[-1] - begin).total_seconds() if within else 0.0
    return total
