"""The line about everything that runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autostyle.tui.widgets.status_line import StatusFields, dollars, thousands

FULL = StatusFields("openai/gpt", "cpu", "embedded", "3/16", "rendering", 80.0, 12_400, 0.031)


def test_in_a_wide_terminal_everything_is_there() -> None:
    assert FULL.text(200) == "openai/gpt · cpu · embedded · rendering · 3/16 trials · 1:20 left · 12.4k tokens · $0.03"


@pytest.mark.parametrize("width", range(12, 100, 4))
def test_it_never_outgrows_its_place(width: int) -> None:
    assert len(FULL.text(width)) <= width


def test_trials_and_time_are_the_last_to_go() -> None:
    assert FULL.text(25) == "3/16 trials · 1:20 left"


def test_between_two_words_of_a_search_its_time_goes_on() -> None:
    running = replace(FULL, since=100.0, told=130.0)
    assert running.at(130.0).text(40) == "3/16 trials · 0:30 so far, 1:20 left"
    assert running.at(150.0).text(40) == "3/16 trials · 0:50 so far, 1:00 left"
    assert running.at(999.0).left == 1.0, "it is late, and not over"
    assert replace(running, left=None).at(110.0).text(40) == "rendering · 3/16 trials · 0:10 so far"
    assert replace(running, language="ko").at(150.0).text(40) == "16번 중 3번 · 0:50 지남, 1:00 남음"
    assert FULL.at(999.0) == FULL


def test_what_is_unknown_is_not_said() -> None:
    assert StatusFields(brain="embedded", tokens=0, price=0.0).text(80) == "embedded"
    assert StatusFields(brain="local", tokens=500, price=None).text(80) == "local · 500 tokens"


def test_numbers_for_people() -> None:
    assert [thousands(n) for n in (940, 12_400, 1_200_000)] == ["940", "12.4k", "1.2M"]
    assert [dollars(p) for p in (0.0, 0.004, 1.5)] == ["$0.00", "<$0.01", "$1.50"]
