"""Inputs of which nothing was made, as results and narration have them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autostyle.errors import AutostyleError
from autostyle.sentences import Sentence

Failure = dict[str, Any]
"""``input``, ``error``, ``hint`` and ``exit_code``."""


def failure(path: Path, error: AutostyleError) -> Failure:
    """What ``error`` says of the input ``path``."""
    return {"input": str(path), "error": error.message, "hint": error.hint, "exit_code": error.exit_code}


def exit_code(failed: Iterable[Failure]) -> int:
    """What to leave with: 1 if an input failed by a fault or for want of memory, else 3 if something needed was
    missing, else 2 if it was the inputs alone; 0 if none did."""
    codes = {entry["exit_code"] for entry in failed}
    return next((code for code in (1, 3, 2) if code in codes), 0)


def describe_failure(failed: Failure) -> str:
    """A failure in one line that names the input."""
    name = Path(failed["input"]).name
    return (
        Sentence("left out: {error}", error=failed["error"])
        if name in failed["error"]
        else Sentence("left out: {name}: {error}", name=name, error=failed["error"])
    )
