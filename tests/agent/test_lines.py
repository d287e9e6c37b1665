"""What a brain reads: short, however long the study was."""

from __future__ import annotations

from autostyle.agent import lines
from autostyle.agent.outputs import TrialOutput


def test_a_short_front_is_told_whole_and_a_long_one_from_end_to_end() -> None:
    def front(size: int) -> list[TrialOutput]:
        return [TrialOutput(number=n, method="gatys") for n in range(size)]

    assert lines.some(front(5)) == front(5)
    told = [entry.number for entry in lines.some(front(400))]
    assert len(told) == lines.MOST and (told[0], told[-1]) == (0, 399) and told == sorted(set(told))


def test_a_trial_is_told_with_its_scores_or_its_error_on_one_line() -> None:
    complete = TrialOutput(number=7, method="gatys", scores={"style": 0.812, "content": 0.66})
    leaking = complete.model_copy(update={"over": {"leakage": 0.1}})
    failed = TrialOutput(number=8, method="gatys", state="failed", error="out\nof memory")
    assert lines.trial(complete) == "trial 7 by gatys: style 0.81, content 0.66"
    assert lines.trial(leaking) == "trial 7 by gatys: style 0.81, content 0.66, over its limit of leakage"
    assert lines.trial(failed) == "trial 8 by gatys: failed, out of memory"


def test_a_recommended_trial_that_falls_short_is_said_to_have_failed() -> None:
    def told(style: float) -> str:
        return lines.recommended(TrialOutput(number=7, method="gatys", scores={"style": style, "content": 0.9}))

    assert "the search has failed" in told(-0.1)
    assert "failed" not in told(0.1)
