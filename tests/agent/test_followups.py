"""What is said to a study against the rules: the intents, in order, with their numbers; scored as README.md says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from autostyle.agent.understanding.model import Act
from autostyle.agent.understanding.read import understand
from tests.agent.requests.corpus import (
    About,
    Apply,
    Intent,
    MoreBudget,
    Part,
    Prefer,
    Steer,
    SwitchMethod,
    followups,
)

LEAST = 0.9
NAMES = {"more": "more_budget", "method": "switch_method"}


def pulled(direction: str, up: bool) -> tuple[str, bool]:
    """Less style and more content pull the front the same way."""
    return ("style", not up) if direction == "content" else (direction, up)


def meant(act: Act) -> list[tuple[Any, ...]]:
    """An act as the corpus would write it."""
    match act.intent:
        case "steer":
            return [("steer", *pulled(name, step > 0)) for name, step in act.direction.items()]
        case "more":
            return [("more_budget", act.trials, act.minutes)]
        case "method":
            return [("switch_method", act.method)]
        case "prefer":
            return [("prefer", act.numbers, act.rank)]
        case "apply":
            return [("apply", tuple(map(str, act.files)))]
        case "explain" | "show" | "compare":
            return [(act.intent, act.numbers)]
        case _:
            return [(act.intent,)]


def due(intent: Intent) -> tuple[Any, ...]:
    match intent:
        case Steer():
            return ("steer", *pulled(intent.direction, intent.sign == "+"))
        case MoreBudget():
            return (intent.intent, intent.trials, intent.minutes)
        case SwitchMethod():
            return (intent.intent, intent.method)
        case Prefer():
            return (intent.intent, intent.numbers, intent.rank)
        case Apply():
            return (intent.intent, intent.files)
        case About():
            return (intent.intent, intent.numbers)
        case _:
            return (intent.intent,)


@pytest.mark.parametrize("part", ["open", "frozen", "unseen"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_followups_are_understood(language: str, part: Part, tmp_path: Path) -> None:
    entries = [f for f in followups(part) if f.id.startswith(language)]
    wrong = []
    for entry in entries:
        acts = understand(entry.text, tmp_path, study=True).acts
        got = [what for act in acts for what in meant(act)]
        if got != [due(intent) for intent in entry.expect]:
            wrong.append(entry.id if part != "open" else f"{entry.id} {entry.text!r}: {got}")

    score = f"{language} follow-ups, {part}: {len(entries) - len(wrong)}/{len(entries)}"
    sys.stdout.write("\n".join([score, *(f"  {line}" for line in wrong), ""]))
    assert len(wrong) <= (1 - LEAST) * len(entries), wrong
