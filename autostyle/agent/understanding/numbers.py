"""Numbers in digits and words."""

from __future__ import annotations

import re

from autostyle.agent.understanding.languages import spoken


def value(text: str) -> float | None:
    """The number that ``text`` is, or None: ``12``, ``1.5``, ``twenty five``, ``a dozen``, ``스무``, ``삼십``."""
    bare = " ".join(text.split())
    if re.fullmatch(r"\d+(\.\d+)?", bare):
        return float(bare)
    numbers = (number(bare) for number in spoken().number)
    return next((found for found in numbers if found is not None), None)
