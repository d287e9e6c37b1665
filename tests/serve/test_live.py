"""How far a study is, read from its log."""

from __future__ import annotations

import fcntl
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from autostyle.serve.live import LiveStudy, latest
from autostyle.tuning import events

OPENED = events.Opened("s", "s", 0, 4, False)
FINISHED = events.TrialFinished(0, "adain", 1, "complete", 1, 4, 2.0, best=0, left=100.0, pictures=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    (folder / "live").mkdir(parents=True)
    return folder


def write(folder: Path, *told: events.StudyEvent) -> None:
    with (folder / "log.jsonl").open("a") as log:
        log.writelines(json.dumps({"at": "2026", **event.as_json()}) + "\n" for event in told)


def hold(folder: Path) -> Any:
    lock = (folder / ".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def started(number: int, worker: int = 0) -> events.TrialStarted:
    return events.TrialStarted(number, "adain", "sampler", worker)


def test_a_running_study_is_told_with_its_pictures(folder: Path) -> None:
    live = LiveStudy(folder)
    with hold(folder):
        write(folder, OPENED, started(0, 1), started(1, 0))
        before = live.look()
        (folder / "live" / "worker-0.webp").touch()
        write(folder, FINISHED)
        state = live.look()
    assert [work["trial"] for work in before["working"]] == [0, 1] and before["working"][1]["picture"] is None
    assert state["running"] and (state["far"], state["total"]) == (1, 4)
    assert state["told"] == "1 of 4 runs done, 3 pictures, about 2 min left"
    (work,) = state["working"]
    assert (work["trial"], work["method"]) == (1, "adain") and work["picture"].startswith("live/worker-0.webp?")
    assert state["stamp"] != before["stamp"]


def test_it_is_told_in_the_language_of_its_page(folder: Path) -> None:
    with hold(folder):
        write(folder, OPENED, started(1, 0), FINISHED)
        live = LiveStudy(folder)
        assert live.look("ko")["told"] == "4번 가운데 1번 끝남, 그림 3장, 2분쯤 남음"
        assert live.look("<b>")["told"] == live.look("en")["told"]


def test_a_study_at_rest_has_nothing_under_way(folder: Path) -> None:
    write(folder, OPENED, started(0))
    state = LiveStudy(folder).look()
    assert not state["running"] and state["working"] == []


def test_a_step_that_changes_no_page_changes_no_stamp(folder: Path) -> None:
    live = LiveStudy(folder)
    write(folder, OPENED)
    before = live.look()["stamp"]
    write(folder, started(0), events.Note("a worker was restarted"))
    assert live.look()["stamp"] == before
    assert live.look()["told"].endswith(". a worker was restarted")


def test_half_a_line_is_waited_for(folder: Path) -> None:
    live = LiveStudy(folder)
    line = json.dumps(OPENED.as_json())
    (folder / "log.jsonl").write_text(line[:20])
    assert live.look()["total"] == 0
    (folder / "log.jsonl").write_text(line + "\n")
    assert live.look()["total"] == 4


def test_a_study_begun_anew_under_its_name_is_read_anew(folder: Path) -> None:
    live = LiveStudy(folder)
    write(folder, OPENED, started(0), FINISHED)
    assert live.look()["far"] == 1
    (folder / "log.jsonl").unlink()
    write(folder, OPENED)
    assert live.look()["far"] == 0


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        "[]",
        "{}",
        '{"event": "none"}',
        '{"event": "opened", "study": "s", "folder": "s", "done": "<b>", "total": [], "resumed": 0}',
        '{"event": "started", "number": 1, "method": "m", "origin": "", "worker": "../../../secret"}',
        "[" * 100_000,
    ],
)
def test_lines_of_somebody_else_are_no_harm(folder: Path, line: str) -> None:
    (folder / "log.jsonl").write_text(line + "\n")
    write(folder, OPENED)
    with hold(folder):
        state = LiveStudy(folder).look()
    assert (state["total"], state["working"]) == (4, [])


def test_several_pages_at_a_time_read_every_line_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parse = events.parse

    def slowly(data: Any) -> events.StudyEvent:
        time.sleep(0.01)
        return parse(data)

    monkeypatch.setattr(events, "parse", slowly)
    write(folder, OPENED, FINISHED, FINISHED)
    live = LiveStudy(folder)
    with ThreadPoolExecutor(4) as pages:
        stamps = set(pages.map(lambda page: live.stamp(), range(4)))
    assert stamps == {LiveStudy(folder).stamp()}


def test_a_log_that_is_a_link_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", OPENED)
    (folder / "log.jsonl").symlink_to(tmp_path / "other" / "log.jsonl")
    assert LiveStudy(folder).look()["total"] == 0


def test_the_latest_of_none_is_none(tmp_path: Path) -> None:
    assert latest(tmp_path / "none") is None and latest(tmp_path) is None
