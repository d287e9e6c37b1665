"""`autostyle watch`, a process of its own, on the true AdaIN: pictures come while it runs, and it is interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Done

Run = Callable[[str], Done]
WATCH = "watch in --recipe look.png -o out --size 64 --every 0.2 --settle 0.6 --offline --json"


def wait_for(true: Callable[[], object], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
def test_pictures_that_come_are_made_once_whole_ones_only_and_ctrl_c_ends_it_well(autostyle: Run, alone: Path) -> None:
    made = autostyle("stylize photo.png paint.png -o look.png -m adain --size 64 --offline")
    assert made.code == 0
    Path("in/trip").mkdir(parents=True)
    whole = Path("photo.png").read_bytes()
    Path("in/first.png").write_bytes(whole)
    with Path("said").open("w", encoding="utf-8") as said:
        watching = subprocess.Popen(
            [sys.executable, "-m", "autostyle", *WATCH.split()], stdout=said, stderr=subprocess.PIPE, text=True
        )
    try:
        wait_for(Path("out/first.png").exists)
        with Path("in/trip/slow.png").open("wb") as file:
            for begin in range(0, len(whole), len(whole) // 5):
                file.write(whole[begin : begin + len(whole) // 5])
                file.flush()
                os.fsync(file.fileno())
                time.sleep(0.25)
        Path("in/half.png").write_bytes(whole[: len(whole) // 2])
        wait_for(Path("out/trip/slow.png").exists)
        wait_for(lambda: '"failed"' in Path("said").read_text())
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=60) == 130
    finally:
        watching.kill()
    events = [json.loads(line) for line in Path("said").read_text().splitlines()]
    names = [(event["event"], Path(event["input"]).name) for event in events[:-1]]
    assert sorted(names) == [("failed", "half.png"), ("made", "first.png"), ("made", "slow.png")]
    assert events[-1] | {"event": "ended", "made": 2, "failed": 1, "stopped": True} == events[-1]
    Path("out/first.png").unlink()
    Path("in/half.png").write_bytes(whole)
    again = autostyle(f"{WATCH} --once")
    assert again.code == 0 and Path("out/half.png").is_file() and not Path("out/first.png").exists()
    assert json.loads(again.out.splitlines()[-1]) | {"made": 1, "kept": 2, "failed": 0} == json.loads(
        again.out.splitlines()[-1]
    )


@pytest.mark.slow
@pytest.mark.thorough
def test_a_trial_is_saved_wider_than_it_was_searched_by_a_process_of_its_own(autostyle: Run) -> None:
    search = "tune photo.png paint.png --study s -m adain --trials 2 --size 64 --final-size 64 --offline --json"
    found = autostyle(search)
    assert found.code == 0
    number = found.data["front"][-1]["number"]
    saved = autostyle(f"save s -n {number} -o big.tif --width 200 --offline --json")
    assert (saved.code, saved.data["size"], saved.data["painted"]) == (0, [200, 150], True)
    assert autostyle(f"save s -n {number} -o big.tif --offline").code == 2
    beyond = autostyle("save s -o huge.png --size 9000 --offline")
    assert beyond.code == 2 and "out of range" in beyond.err and not Path("huge.png").exists()
