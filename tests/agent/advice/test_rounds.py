"""The rounds of a search: when they end, and what a brain is then told."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle import resources
from autostyle.agent.advice.rounds import EVERY, SECONDS, Rounds, notice
from autostyle.agent.advice.state import AdviceState
from autostyle.agent.brain import BrainRequest
from autostyle.agent.brains.language.wire import chat
from autostyle.agent.tools.registry import TOOLS
from autostyle.tuning import events
from autostyle.tuning.record import StudyRecord
from tests.report.study import study


@pytest.fixture
def report(tmp_path: Path) -> StudyRecord:
    """A study of two methods, as jobs hand it out."""
    return StudyRecord.from_json(study(tmp_path, hostile=False).as_json())


def finished(done: int, total: int = 32) -> events.TrialFinished:
    return events.TrialFinished(done, "gatys", 0, "complete", done, total, 1.0)


def test_a_round_ends_after_so_many_trials() -> None:
    rounds = Rounds(clock=lambda: 0.0)

    assert [n for n in range(1, EVERY + 2) if rounds.due(finished(n))] == [EVERY]


def test_a_resumed_study_counts_from_where_it_was() -> None:
    assert not Rounds(done=5).due(finished(EVERY))
    assert Rounds(done=5).due(finished(5 + EVERY))


def test_a_fast_method_has_a_round_every_so_often() -> None:
    now = [0.0]
    rounds = Rounds(clock=lambda: now[0])
    assert rounds.due(finished(EVERY, 100))

    now[0] = SECONDS - 1
    assert not rounds.due(finished(2 * EVERY, 100))
    now[0] = SECONDS
    assert rounds.due(finished(2 * EVERY + 1, 100))


def test_the_last_trial_ends_the_search_and_no_round() -> None:
    assert not Rounds().due(finished(32))


def test_the_state_is_read_from_the_report(report: StudyRecord) -> None:
    state = AdviceState.of(report)

    assert len(state.trials) == report.count("complete")
    assert sum(state.failed.values()) == report.count("failed") + report.count("pruned")
    assert [t.number for m in ("gatys", "adain") for t in state.best(m)] != []


def test_a_brain_hears_the_front_the_ranges_and_what_rules_would_do(report: StudyRecord) -> None:
    heard = notice(report)

    for number in AdviceState.of(report).front:
        assert f"On the front: trial {number} by" in heard.text
    assert "gatys searches style_weight" in heard.text
    assert "Rules would" in heard.text
    assert heard.data["done"] == 23
    assert 1 <= len(heard.pictures) <= 4


def test_a_language_model_is_told_once_how_to_judge_a_round(report: StudyRecord) -> None:
    (_, *rounds) = chat(BrainRequest((notice(report), notice(report)), TOOLS))

    first, second = (str(message["content"]) for message in rounds)
    judging = resources.read("critique.md").text.splitlines()[0]
    assert judging in first and judging not in second
    assert "On the front" in first and "On the front" in second
