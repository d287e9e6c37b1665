"""Every example plan runs, as shipped but for its size and budget."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autostyle.plan import Plan

FOLDER = Path(__file__).parent.parent / "studies" / "examples"
ALIKE = ("glass-cat", "low-high", "night-portrait", "woodcut-coffee")
"""Those whose methods and media other tests search with."""
SIZES = {"image": 96, "audio": 8000, "font": 32}
"""Medium -> the smallest size that a study of it takes."""
QUICK = {"gatys": "steps=4", "sound_mosaic": "iterations=5"}
"""Method -> what keeps a run of it short."""
EXAMPLES = [
    pytest.param(path, id=path.stem, marks=[pytest.mark.thorough] if path.stem in ALIKE else [])
    for path in sorted(FOLDER.glob("*.yaml"))
]


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_plan_runs_to_a_report(path: Path, tmp_path: Path) -> None:
    plan = Plan.from_yaml(path.read_text("utf-8"))
    size = str(SIZES[plan.medium])
    flags = ["--trials", "2", "--size", size, "--final-size", size]
    for quick in (QUICK[method.name] for method in plan.methods if method.name in QUICK):
        flags += ["-p", quick]
    command = [sys.executable, "-m", "autostyle", "tune", "--plan", str(path), "--offline", "--json"]
    done = subprocess.run([*command, "--home", str(tmp_path), *flags], capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["trials"]["complete"] == 2
    assert Path(found["report"]).is_file()
