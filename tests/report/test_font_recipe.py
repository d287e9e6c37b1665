"""The recipe of a font has the size of the em that it was drawn at, not of the picture that stands for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autostyle.report.export import _size_of
from tests.report.study import study


def test_a_preview_is_no_measure_of_a_font(tmp_path: Path) -> None:
    found = study(tmp_path)
    plan = found.plan.model_copy(update={"medium": "font", "size": 64, "final_size": 96})
    record = replace(found, plan=plan, final_image=Path("best.ttf"))
    assert _size_of(record, Path("best.ttf"), tmp_path / "best.preview.png") == 96
    assert _size_of(record, Path("front", "1.ttf"), tmp_path / "1.preview.png") == 64
