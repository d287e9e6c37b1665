"""`autostyle tune` and what belongs to studies, end to end on the fake runtime: real processes, no torch."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.cli import tune as command
from autostyle.cli.console import Console
from autostyle.cli.context import Invocation
from autostyle.cli.jobs import Interrupts
from autostyle.config import Config
from autostyle.errors import Outdated
from autostyle.plan import Plan
from autostyle.tuning import runner
from autostyle.tuning.folder import PLAN_FILE
from tests.cli.running import FAKE_RUNTIME, PROGRAM, Done
from tests.use_cases.test_aspects import PLAN

SEARCH = "tune photo.png paint.png --study s --trials 4 --size 64 --final-size 64 --offline"


@pytest.fixture
def studied(searched: tuple[Path, Done], alone: Path) -> Done:
    """The finished study s is here; what its search said."""
    folder, done = searched
    shutil.copytree(folder / "studies", alone / "studies")
    return done


def test_ends_with_one_object(studied) -> None:  # type: ignore[no-untyped-def]
    assert studied.code == 0
    data = studied.data
    assert data.keys() >= {
        *("schema", "study", "method", "row", "reason", "weights", "trials", "best"),
        *("front", "held_out", "hypervolume", "seconds", "report"),
    }
    assert data["trials"].items() >= {"total": 4, "complete": 4, "pruned": 0, "failed": 0}.items()
    assert data["best"].keys() >= {"number", "method", "params", "scores", "raw", "image"}
    assert Path(data["report"]).is_file() and Path(data["best"]["image"]).is_file()


def test_says_why_this_method_and_what_stands_in(studied) -> None:  # type: ignore[no-untyped-def]
    assert "gatys: " in studied.err and "microast: searched beside it" in studied.err
    assert "scored by a stand-in" in studied.err
    assert "best: trial" in studied.err


def test_without_json_the_answer_is_the_report(studied, autostyle) -> None:  # type: ignore[no-untyped-def]
    again = autostyle(SEARCH)
    assert again.code == 0
    assert Path(again.out.strip()).name == "report.html"
    assert "4/4 trials done" in again.err and "nothing was run" not in again.err


def test_a_value_that_no_trial_is_run_with_any_more_is_said(studied, autostyle) -> None:  # type: ignore[no-untyped-def]
    again = autostyle("tune --study s -p alpha=0.35 --offline")
    assert again.code == 0
    assert (
        "nothing was run: the trials of s were spent before, none of them with microast alpha=0.35; more" in again.err
    )


@pytest.mark.slow
def test_quiet_says_nothing_but_the_answer(autostyle, fake_runtime) -> None:  # type: ignore[no-untyped-def]
    assert autostyle(f"{SEARCH} --quiet").err == ""


@pytest.mark.slow
@pytest.mark.thorough
def test_the_trials_are_a_total_over_sessions(studied, autostyle, fake_runtime) -> None:  # type: ignore[no-untyped-def]
    assert autostyle(f"{SEARCH} --trials 6 --json").data["trials"]["total"] == 6


def test_other_pictures_under_the_same_name_are_refused(studied, autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle("tune paint.png photo.png --study s --size 64")
    assert done.code == 2 and "the content picture differs" in done.err


@pytest.mark.slow
def test_a_study_that_fails_altogether_has_a_report_all_the_same(autostyle, fake_runtime) -> None:  # type: ignore[no-untyped-def]
    fake_runtime(accidents=[{"do": "error"}])
    done = autostyle(f"{SEARCH} --json")
    assert done.code == 1
    assert Path("studies/s/report.html").is_file()


def test_report_writes_it_again_elsewhere(studied, autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle("report s -o again --json")
    assert done.data["best"]["number"] == studied.data["best"]["number"]
    assert Path("again/report.html").is_file()
    assert autostyle("report s -o again").code == 2
    assert autostyle("report s -o again --force").code == 0


def test_the_report_calls_pictures_by_the_persons_names(studied) -> None:  # type: ignore[no-untyped-def]
    page = Path(studied.data["report"]).with_suffix(".md").read_text()
    assert "Content: photo" in page and "Style: paint" in page


def test_the_study_can_be_run_again_from_its_folder_as_the_report_says(  # type: ignore[no-untyped-def]
    studied, autostyle, monkeypatch
) -> None:
    monkeypatch.chdir("studies/s")
    (line,) = [line for line in Path("report.md").read_text().splitlines() if "autostyle tune" in line]
    again = autostyle(line.strip().removeprefix("autostyle "))
    assert again.code == 0 and "4/4 trials done" in again.err


def test_studies_are_listed_with_their_size_and_removed(studied, autostyle) -> None:  # type: ignore[no-untyped-def]
    (listed,) = autostyle("studies --json").data
    assert (listed["name"], listed["done"], listed["total"]) == ("s", 4, 4)
    assert listed["size"] > 1000
    assert autostyle("studies rm s").code == 0
    assert not Path("studies/s").exists()
    assert autostyle("studies --json").data == []


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_with_what_was_found(
    number: signal.Signals, code: int, fake_runtime: Callable[..., None], alone: Path
) -> None:
    fake_runtime(seconds=0.3, steps=10)
    line = [*SEARCH.replace("--trials 4", "--trials 500").split(), "--json"]
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, *line], stdout=subprocess.PIPE, env=os.environ)
    log = alone / "studies" / "s" / "log.jsonl"
    deadline = time.monotonic() + 60
    while (
        process.poll() is None
        and time.monotonic() < deadline
        and not (log.is_file() and '"finished"' in log.read_text())
    ):
        time.sleep(0.05)
    process.send_signal(number)
    out, _ = process.communicate(timeout=100)
    data = json.loads(out)
    assert process.returncode == code
    assert data["trials"]["complete"] >= 1 and Path(data["report"]).is_file()


def test_a_study_of_an_earlier_version_is_left_as_it_is_where_nobody_named_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    searched: list[str] = []

    def search(invocation: Invocation, plan: Plan, storage: str | None, interrupts: Interrupts) -> dict[str, Any]:
        searched.append(plan.study)
        (tmp_path / plan.study).mkdir()
        (tmp_path / plan.study / PLAN_FILE).write_text(plan.to_yaml())
        if len(searched) < 3:
            raise Outdated("the scorer is not what it began with", "start a new study")
        return {}

    monkeypatch.setattr(command, "search", search)
    here = Invocation(Config(home=tmp_path), Console(as_json=False, quiet=True, verbose=False))
    assert command._going_on(here, PLAN, None, Interrupts(), named=False) == {}
    assert searched == [PLAN.study, f"{PLAN.study}-2", f"{PLAN.study}-3"]
    shutil.rmtree(tmp_path / PLAN.study)
    searched.clear()
    with pytest.raises(Outdated):
        command._going_on(here, PLAN, None, Interrupts(), named=True)


@pytest.mark.slow
def test_a_worker_with_nothing_left_to_do_says_so_and_ends(studied, autostyle, fake_runtime, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(runner, "join", functools.partial(runner.join, runtime=FAKE_RUNTIME))
    done = autostyle("worker --study s --offline")
    assert done.code == 0
    assert re.search(r"study s in .*, (\d+)/\1 trials done", done.err)
