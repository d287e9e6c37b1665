"""Every example plan runs, as shipped but for its size and budget."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "studies" / "examples"
ALIKE = ("glass-cat", "woodcut-coffee")
"""Pictures by the methods of night-portrait."""
EXAMPLES = [
    pytest.param(path, id=path.stem, marks=[pytest.mark.thorough] if path.stem in ALIKE else [])
    for path in sorted(FOLDER.glob("*.yaml"))
]


@pytest.mark.slow
@pytest.mark.parametrize("plan", EXAMPLES)
def test_the_plan_runs_to_a_report(plan: Path, tmp_path: Path) -> None:
    flags = ["--trials", "2", "--size", "96", "--final-size", "96", "-p", "steps=4"]
    if "adain" in plan.read_text() and "gatys" not in plan.read_text():
        flags = flags[:-2]
    if "medium: audio" in plan.read_text():
        flags = ["--trials", "2", "--size", "8000", "--final-size", "8000", "-p", "iterations=5"]
    if "medium: font" in plan.read_text():
        flags = ["--trials", "2", "--size", "32", "--final-size", "32"]
    command = [sys.executable, "-m", "autostyle", "tune", "--plan", str(plan), "--offline", "--json"]
    done = subprocess.run([*command, "--home", str(tmp_path), *flags], capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["trials"]["complete"] == 2
    assert Path(found["report"]).is_file()
