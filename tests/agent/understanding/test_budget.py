"""How long and how large, in digits and words."""

from __future__ import annotations

import pytest

from autostyle.agent.understanding import budget
from autostyle.agent.understanding.languages import number_of


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("ten minutes", "minutes", 10),
        ("5min", "minutes", 5),
        ("half an hour", "minutes", 30),
        ("an hour and a half", "minutes", 90),
        ("1.5 hours", "minutes", 90),
        ("1h30 max", "minutes", 90),
        ("2h15m", "minutes", 135),
        ("1 hour and 20 minutes", "minutes", 80),
        ("run it overnight", "minutes", 480),
        ("half a day", "minutes", 240),
        ("in 90 seconds", "minutes", 1.5),
        ("3-5 minutes", "minutes", 5),
        ("a couple of minutes", "minutes", 2),
        ("about 40 tries", "trials", 40),
        ("twenty five trials", "trials", 25),
        ("do thirty-two runs", "trials", 32),
        ("two dozen trials", "trials", 24),
        ("try 10 more", "trials", 10),
        ("10분만", "minutes", 10),
        ("삼십 분 정도", "minutes", 30),
        ("한 시간 반", "minutes", 90),
        ("1시간 30분", "minutes", 90),
        ("밤새 돌려", "minutes", 480),
        ("반나절", "minutes", 240),
        ("반시간 안에", "minutes", 30),
        ("5~10분", "minutes", 10),
        ("스무 번만", "trials", 20),
        ("열다섯번 시도", "trials", 15),
        ("이십번", "trials", 20),
        ("40회", "trials", 40),
        ("10에서 15분", "minutes", 15),
    ],
)
def test_amounts_are_read(text: str, unit: str, amount: float) -> None:
    (found,) = budget.find(text)

    assert (found.unit, found.amount) == (unit, pytest.approx(amount))


@pytest.mark.parametrize(
    "text",
    [
        "taken 10 minutes ago",
        "a radio from the 40s",
        "10분 전에 찍은",
        "한 번 해봐",
        "두 번째",
        "hundreds of paintings",
        "분위기",
        "이번에는",
        "as strong",
    ],
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert budget.find(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("1.5", 1.5),
        ("seventeen", 17),
        ("forty two", 42),
        ("스물셋", 23),
        ("열", 10),
        ("백이십", 120),
        ("cat", None),
    ],
)
def test_numbers_are_read(text: str, number: float | None) -> None:
    assert number_of(text) == number


def test_what_comes_before_a_number_is_no_range_unless_it_is_a_number() -> None:
    assert {(found.unit, found.amount) for found in budget.find("96픽셀에서 네 번만")} == {("trials", 4)}
