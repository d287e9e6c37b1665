"""How long a search may take, against what searches took."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest

from autostyle.agent import estimate
from autostyle.agent.tools.registry import TOOLS
from autostyle.agent.workspace import Workspace
from autostyle.brief import Budget
from autostyle.codecs.recording_file import write_recording
from autostyle.methods import registry
from autostyle.methods.params import Value
from autostyle.plan import Choice, MethodPlan, Plan
from autostyle.report.payload import full
from autostyle.testing.inputs import plucked
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord
from tests.agent.tools.conftest import Call

TWO = {"content": ["photo.png"], "styles": ["paint.png"]}


def plan(method: str, trials: int, size: int, final: int | None, **fixed: Value) -> Plan:
    return Plan(
        study="s",
        content=Path("photo.png"),
        styles=(Path("paint.png"),),
        choice=Choice(method=method),
        methods=(MethodPlan(name=method, fixed=fixed),),
        budget=Budget(trials=trials),
        size=size,
        final_size=final,
    )


def reported(study: str, size: int, *trials: tuple[str, float], done: int = 0) -> None:
    """A report of a study that has run so far; ``done`` trials more could not run here."""
    run = [TrialRecord(n, method, "complete", seconds=seconds) for n, (method, seconds) in enumerate(trials)]
    run += [TrialRecord(len(run) + n, "gatys", "pruned") for n in range(done)]
    none: dict[str, Any] = {"rule": "", "importances": {}, "weights": {}, "scorer": {}, "held_out": {}}
    folder = Path("studies", study)
    folder.mkdir(parents=True)
    record = StudyRecord(plan("gatys", 32, size, None), folder, tuple(run), (), None, hypervolume=0.0,
                         hypervolume_history=(), seconds=60.0, **none)  # fmt: skip
    (folder / "report.json").write_text(json.dumps(full(record)))


@pytest.mark.parametrize(
    ("method", "size", "trials", "final", "measured"),
    [
        ("gatys", 64, 8, 64, 8.9),
        # These took 19.1, 37.0 and 42.7 s, 5 of them to start, with an encoder whose iteration was that much shorter
        # (benchmarks/results/README.md).
        ("gatys", 192, 6, 192, 5 + 14.1 * 2.4),
        ("gatys", 384, 4, 384, 5 + 32.0 * 2.5),
        ("gatys", 64, 2, 1024, 5 + 37.7 * 2.6),
        ("adain", 64, 10, 64, 5.8),
        ("adain", 192, 10, 192, 6.6),
        ("adain", 384, 10, 384, 7.6),
        ("adain", 64, 2, 1024, 5.9),
    ],
)
def test_it_is_what_whole_searches_took_on_two_cores(
    workspace: Workspace, method: str, size: int, trials: int, final: int, measured: float
) -> None:
    single: dict[str, Value] = {"style_weight": 2.0} if method == "gatys" else {}
    assert estimate.search(plan(method, trials, size, final, **single), workspace) == pytest.approx(measured, rel=0.25)


@pytest.mark.slow
def test_a_long_recording_takes_longer_than_its_trials(workspace: Workspace, tmp_path: Path) -> None:
    def seconds(lasts: float) -> float:
        write_recording(tmp_path / "talk.wav", plucked(lasts), overwrite=True)
        said = {"medium": "audio", "size": 22_050, "final_size": 44_100, "content": tmp_path / "talk.wav"}
        return estimate.search(plan("tone_match", 4, 384, None).model_copy(update=said), workspace)

    assert seconds(80.0) - seconds(4.0) == pytest.approx(2 * 9.0, rel=0.01)


def test_a_run_that_paints_a_whole_curve_takes_longer_and_less_than_so_many_runs(workspace: Workspace) -> None:
    single = estimate.search(plan("gatys", 100, 192, 192, style_weight=2.0), workspace)
    assert 2 * single < estimate.search(plan("gatys", 100, 192, 192), workspace) < 5 * single


def test_it_follows_trials_size_and_what_was_measured_here(call: Call, workspace: Workspace) -> None:
    def seconds(**arguments: Any) -> float:
        return float(call("plan_study", **TWO, **arguments).data["seconds_estimate"])

    assert seconds(trials=4) < seconds(trials=40) < seconds(trials=40, size=768)
    before = seconds(trials=40)
    workspace.pace["image"] = {"gatys": (0.1, 384)}
    assert seconds(trials=40) < before / 5
    reported(call("plan_study", **TWO, trials=40).data["study"], 384, done=30)
    assert seconds(trials=40) < before / 10  # thirty of them are done
    start = next(tool for tool in TOOLS if tool.name == "start_study")
    assert start.seconds(workspace, start.arguments()) == seconds(trials=40)


def test_of_a_method_that_was_never_timed_nothing_is_said_before_its_first_trial(workspace: Workspace) -> None:
    search = plan("ip_adapter", 10, 512, 512)
    assert estimate.search(search, workspace) == math.inf
    assert "unknown on this machine until the first trial" in estimate.format_estimate(math.inf)
    estimate.learn(search, workspace, "ip_adapter", 3.0)
    assert estimate.search(search, workspace) == pytest.approx(33, abs=estimate.START_UP)


def test_a_study_s_own_trials_count_before_those_of_others(workspace: Workspace) -> None:
    workspace.pace["image"] = {"gatys": (0.2, 384)}
    reported("s", 384, ("gatys", 30.0), ("gatys", 34.0), ("gatys", 31.0))
    assert estimate.trials(plan("gatys", 20, 384, 384), 10, workspace) == 310


def test_a_clip_s_trials_say_nothing_of_another_study(workspace: Workspace) -> None:
    clip = plan("flow_microast", 4, 384, 384).model_copy(update={"content": Path("clip.mp4"), "medium": "video"})
    estimate.learn(clip, workspace, "flow_microast", 8.0)
    assert estimate.trials(clip, 2, workspace) == 16
    usual = registry.find("flow_microast").time
    assert usual is not None and usual.at(384) < 8
    assert estimate.trials(clip.model_copy(update={"study": "other"}), 2, workspace) == pytest.approx(2 * usual.at(384))


def test_the_own_size_of_a_picture_that_pillow_does_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(np.zeros((40, 56, 3), np.uint8), lossless=True))
    (tmp_path / "none.jxl").write_bytes(b"no picture")
    begun = plan("gatys", 4, 384, None)
    assert estimate._own_size(begun.model_copy(update={"content": tmp_path / "a.jxl"})) == 56
    assert estimate._own_size(begun.model_copy(update={"content": tmp_path / "none.jxl"})) == 1024
