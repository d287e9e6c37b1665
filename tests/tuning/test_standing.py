"""How trials stand: within limits, on the front, recommended, by the scores or by what a person likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import optuna
import pytest
from optuna.trial import TrialState, create_trial

from autostyle.tuning import ledger
from autostyle.tuning.preference import Preference
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.standing import Standing, standing
from tests.report.study import study

FRONT = ((0.2, 0.9), (0.85, 0.6), (0.95, 0.1))


def slots(*points: tuple[float, float], over: dict[int, dict[str, float]] | None = None) -> tuple[ledger.Slot, ...]:
    """Complete trials with these scores; ``over`` by number."""
    made = optuna.create_study(directions=["maximize"] * 2)
    for number, (style, content) in enumerate(points):
        record = {"state": "complete", "scores": {"style": style, "content": content}}
        record["over"] = (over or {}).get(number, {})
        made.add_trial(
            create_trial(state=TrialState.COMPLETE, values=[style, content], user_attrs={ledger.RECORD: record})
        )
    return ledger.slots({"m": made.trials})


def stand(
    *points: tuple[float, float], answers: tuple[Preference, ...] = (), prefer: float = 0.5, **more: Any
) -> Standing:
    return standing(slots(*points, **more), prefer, [answer.as_json() for answer in answers])


def test_a_trial_over_a_limit_is_on_no_front_and_not_recommended_while_others_are_within() -> None:
    found = stand(*FRONT, (0.97, 0.95), over={3: {"leakage": 0.2}})
    assert (found.front, found.best) == ((0, 1, 2), 1) and 3 not in found.points
    assert stand((0.95, 0.95), over={0: {"leakage": 0.2}}).best == 0


@pytest.mark.parametrize("over", [{}, {3: {"leakage": 0.2}}])
def test_the_trial_a_person_likes_is_recommended_whatever_its_scores(over: dict[int, dict[str, float]]) -> None:
    liked = Preference(better=3, worse=1, prefer=0.5, known=4)
    found = stand(*FRONT, (0.3, 0.3), answers=(liked,), over=over)
    assert found.best == 3 and found.front == (0, 1, 2)
    assert found.rule == "A person likes trial 3 better than trial 1"


def test_it_stands_until_they_prefer_something_else_or_a_later_trial_outranks_the_others() -> None:
    liked = Preference(better=3, worse=1, prefer=0.5, known=4)
    assert stand(*FRONT, (0.3, 0.3), answers=(liked,), prefer=1.0).best == 2
    assert stand(*FRONT, (0.3, 0.3), (0.1, 0.1), answers=(liked,)).best == 3
    assert stand(*FRONT, (0.3, 0.3), (0.9, 0.8), answers=(liked,)).best == 4
    assert stand(*FRONT, (0.3, 0.3), answers=(liked, Preference(1, 3, 0.5, 4))).best == 1


def test_answers_of_earlier_versions_leave_the_scores_to_decide() -> None:
    assert standing(slots(*FRONT, (0.3, 0.3)), 0.5, [{"better": 3, "worse": 1}]).best == 1


def test_a_record_is_the_same_after_its_way_through_another_process(tmp_path: Path) -> None:
    record = study(tmp_path)
    again = StudyRecord.from_json(record.as_json())
    assert again.trials[:4] == record.trials[:4] and again.plan == record.plan and again.folder == tmp_path
    assert str(again.trial(4).raw["gram_mse"]) == "nan"
    assert (again.front, again.best, again.final_image) == (record.front, record.best, record.final_image)


def test_there_are_never_fewer_trials_to_be_than_are_done(tmp_path: Path) -> None:
    record = study(tmp_path)
    few = record.plan.model_copy(update={"budget": record.plan.budget.model_copy(update={"trials": 3})})
    assert (record.done, record.total, record.unfinished) == (23, 32, True)
    assert StudyRecord.from_json({**record.as_json(), "plan": few.model_dump(mode="json")}).total == 23
