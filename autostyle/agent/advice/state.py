"""What whoever gives advice sees of a search: its state, not its log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autostyle.plan import Plan
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord


@dataclass(frozen=True)
class AdviceState:
    """A search between two rounds.

    Args:
        plan: in force.
        trials: the complete ones, by number.
        front: numbers of the non-dominated ones, by rising style.
        failed: method -> trials that ended without a picture.
        importances: method -> objective -> parameter -> share; empty where little is known.
        history: hypervolume after each complete trial.
    """

    plan: Plan
    trials: tuple[TrialRecord, ...]
    front: tuple[int, ...]
    failed: Mapping[str, int] = field(default_factory=dict)
    importances: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    history: tuple[float, ...] = ()

    @classmethod
    def of(cls, record: StudyRecord) -> AdviceState:
        """The state that a study's record tells of."""
        lost = [trial.method for trial in record.trials if trial.state in ("pruned", "failed")]
        return cls(
            plan=record.plan,
            trials=tuple(trial for trial in record.trials if trial.complete),
            front=record.front,
            failed={method: lost.count(method) for method in set(lost)},
            importances=record.importances,
            history=record.hypervolume_history,
        )

    @property
    def done(self) -> int:
        """Trials that have ended."""
        return len(self.trials) + sum(self.failed.values())

    @property
    def left(self) -> int:
        """Trials of the budget that are still to come."""
        return max(0, self.plan.budget.trials - self.done)

    def complete(self, method: str) -> tuple[TrialRecord, ...]:
        return tuple(trial for trial in self.trials if trial.method == method)

    def best(self, method: str) -> tuple[TrialRecord, ...]:
        """The trials of a method on the front of all, by rising style."""
        mine = {trial.number: trial for trial in self.complete(method)}
        return tuple(mine[number] for number in self.front if number in mine)
