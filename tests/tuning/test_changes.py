"""What differs between two plans: lines for people, which keep their values."""

from __future__ import annotations

from typing import Any

from autostyle.processes.protocol import decode, encode
from autostyle.tuning.changes import FieldChange, changes, read

BEFORE: dict[str, Any] = {"prefer": 0.5, "budget": {"trials": 16, "minutes": None}, "methods": [{"name": "adain"}]}
NOW: dict[str, Any] = {
    "prefer": 0.5,
    "budget": {"trials": 32, "minutes": 5.0},
    "methods": [{"name": "adain", "bounds": {"alpha": [0.1, 1.0]}}],
}


def test_a_change_is_one_line_a_field() -> None:
    assert changes(BEFORE, NOW) == [
        "budget.trials: 16 -> 32",
        "budget.minutes: nothing -> 5.0",
        "methods.adain.bounds.alpha: nothing -> [0.1, 1.0]",
    ]


def test_its_values_are_read_again_also_in_another_process() -> None:
    lines = decode(encode({"type": "steered", "what": changes(NOW, BEFORE)}))["what"]
    assert {read(line) for line in lines} == {
        FieldChange("budget.trials", 32, 16),
        FieldChange("budget.minutes", 5.0, None),
        FieldChange("methods.adain.bounds.alpha", (0.1, 1.0), None),
    }


def test_a_line_that_is_text_alone_says_no_values() -> None:
    assert read("budget.trials: 16 -> 32") is None
