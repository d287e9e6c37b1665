"""A recipe has the size that a work was drawn at (an em, a view), not that of the picture that stands for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autostyle.report.export import _size_of
from tests.report.study import study


@pytest.mark.parametrize(("medium", "ending"), [("font", ".ttf"), ("scene", ".ply")])
def test_a_preview_is_no_measure(medium: str, ending: str, tmp_path: Path) -> None:
    found = study(tmp_path)
    plan = found.plan.model_copy(update={"medium": medium, "size": 64, "final_size": None})
    best, front = Path(f"best{ending}"), Path("front", f"1{ending}")
    record = replace(found, plan=plan, final_image=best, final_size=96)
    assert _size_of(record, best, tmp_path / "best.preview.png") == 96
    assert _size_of(record, front, tmp_path / "1.preview.png") == 64
