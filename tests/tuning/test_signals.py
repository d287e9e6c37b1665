"""Killing things: nothing finished is lost, nothing is counted twice, no process is left behind."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autostyle.plan import Plan
from autostyle.tuning.load import load_record
from autostyle.tuning.record import StudyRecord

DRIVE = Path(__file__).parent / "drive.py"
Event = dict[str, Any]


class Driven:
    """A study in a process of its own, and the events it prints."""

    def __init__(self, plan: Path, home: Path) -> None:
        self.process = subprocess.Popen([sys.executable, DRIVE, plan, home], stdout=subprocess.PIPE, text=True)
        self._events: queue.Queue[Event | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._events.put(json.loads(line))
        self._events.put(None)

    def until(self, kind: str, **fields: Any) -> Event:
        """Wait for an event of this kind with these fields."""
        while (event := self._events.get(timeout=60)) is not None:
            if event["event"] == kind and fields.items() <= event.items():
                return event
        raise AssertionError(f"it ended before {kind}")

    def worker(self) -> psutil.Process:
        (child,) = psutil.Process(self.process.pid).children()
        return child

    def end(self) -> int:
        return self.process.wait(timeout=60)


@pytest.fixture
def drive(plan: Callable[..., Plan], home: Path, tmp_path: Path) -> Iterator[Callable[..., Driven]]:
    """Start a study in a process of its own."""
    started: list[Driven] = []

    def start(**fields: Any) -> Driven:
        (tmp_path / "plan.yaml").write_text(plan(**fields).to_yaml())
        started.append(Driven(tmp_path / "plan.yaml", home))
        return started[-1]

    yield start
    for driven in started:
        driven.process.kill()


pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def slow_enough_to_interrupt(fake: Callable[..., None]) -> None:
    fake(seconds=0.6, steps=6)


def check_resumed(before: StudyRecord, home: Path, trials: int) -> None:
    """The finished study holds all that was finished before, unchanged, and every trial once."""
    record = load_record(home, "s")
    kept = {trial.number: trial for trial in before.trials if trial.state == "complete"}
    assert {number: record.trial(number).scores for number in kept} == {n: t.scores for n, t in kept.items()}
    assert [trial.number for trial in record.trials] == list(range(trials))
    assert record.count("complete") == trials


def gone(process: psutil.Process, seconds: float = 5.0) -> bool:
    """Whether the process ends within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_an_interrupted_study_keeps_what_it_found_and_goes_on(drive: Callable[..., Driven], home: Path) -> None:
    first = drive(trials=4)
    first.until("finished")
    first.until("progress")
    worker = first.worker()
    first.process.send_signal(signal.SIGTERM)
    assert first.end() == 143
    assert gone(worker)
    before = load_record(home, "s")
    assert before.count("complete") >= 1 and before.count("running") == 0

    assert drive(trials=4).end() == 0
    check_resumed(before, home, 4)


def test_a_killed_worker_loses_at_most_its_running_trial(drive: Callable[..., Driven], home: Path) -> None:
    study = drive(trials=4)
    study.until("finished")
    study.until("progress")
    study.worker().kill()
    before = load_record(home, "s")
    assert study.end() == 0
    check_resumed(before, home, 4)


def test_a_killed_parent_leaves_no_orphan_and_the_same_command_goes_on_at_once(
    drive: Callable[..., Driven], home: Path
) -> None:
    first = drive(trials=4)
    first.until("finished")
    first.until("progress")
    worker = first.worker()
    first.process.kill()
    assert gone(worker)
    before = load_record(home, "s")
    assert before.count("running") == 1  # nobody was left to close it

    again = drive(trials=4)
    assert again.until("opened")["done"] == before.count("complete")
    assert again.end() == 0
    check_resumed(before, home, 4)


def test_a_second_process_on_the_same_study_is_refused(drive: Callable[..., Driven]) -> None:
    first = drive(trials=4)
    first.until("started")
    first.worker().send_signal(signal.SIGINT)  # a worker leaves Ctrl-C to its parent
    second = drive(trials=4)
    assert "is being run by another process" in second.until("error")["message"]
    assert second.end() == 2
    assert first.end() == 0


def test_two_creators_of_one_study_leave_one_study(drive: Callable[..., Driven], home: Path) -> None:
    both = [drive(trials=2), drive(trials=2)]
    codes = [driven.end() for driven in both]
    assert sorted(codes) in ([0, 2], [0, 0])  # the later one is refused, or finds everything done
    record = load_record(home, "s")
    assert [trial.number for trial in record.trials] == [0, 1]
