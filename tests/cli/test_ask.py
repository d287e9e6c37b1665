"""`autostyle ask`: one request in words, from the plan to the report, and every way it can end."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autostyle.agent import setup
from autostyle.agent.brain import TextDelta
from autostyle.cli import app
from autostyle.codecs.recording_file import write_recording
from autostyle.jobs import requests
from autostyle.testing.inputs import speaking
from tests.agent.fakes import ScriptedBrain, call
from tests.cli.running import FAKE_RUNTIME, PROGRAM, Done
from tests.planned import PLANNED

pytestmark = pytest.mark.usefixtures("planned")

WISH = "make photo.png look like paint.png"
Ask = Callable[..., Done]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask in this process, offline and away from a terminal."""

    def run(request: str, *flags: str) -> Done:
        capsys.readouterr()
        code = app.run(["ask", request, "--offline", *flags])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture
def searches(fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Searches of the agent compute with the fake runtime."""
    monkeypatch.setattr(requests, "SearchRequest", functools.partial(requests.SearchRequest, runtime=FAKE_RUNTIME))
    return fake_runtime


def test_a_plan_with_everything_a_script_reads_and_nothing_on_disk(ask: Ask, alone: Path) -> None:
    done = ask(f"{WISH} but keep the colours, 12 trials", "--plan-only", "--output", "json")
    assert done.code == 0
    data = done.data
    assert data.keys() >= {
        *("schema", "language", "content", "style", "medium", "method", "preferred", "row", "reason", "alternatives"),
        *("wishes", "keywords", "trials", "minutes", "size", "questions"),
    }
    assert data["content"] == [str(alone / "photo.png")] and data["style"] == [str(alone / "paint.png")]
    assert (data["language"], data["method"], data["row"], data["trials"]) == ("en", "gatys", "one_off", 12)
    assert data["wishes"]["keep_color"] and data["questions"] == []
    assert sorted(path.name for path in alone.iterdir()) == ["paint.png", "photo.png"]


def test_what_is_held_mixed_and_saved_is_in_the_plan_and_in_its_words(ask: Ask, alone: Path) -> None:
    (alone / "more.png").write_bytes((alone / "paint.png").read_bytes())
    said = "photo.png with half paint.png and half more.png, alpha around .6, final 2000, save it as done/out.webp"
    data = ask(said, "--plan-only", "--json").data

    assert (
        data["method"] == "microast" and data["bounds"] == {"microast": {"alpha": [0.5, 0.7]}} and data["fixed"] == {}
    )
    assert (data["style_weights"], data["final_size"], data["prefer"]) == ([0.5, 0.5], 2000, 0.5)
    assert data["save"] == {"path": str(alone / "done" / "out.webp"), "format": "webp", "missing_folder": None}
    assert "the one that has alpha" in data["answer"] and "alpha 0.5–0.7" in data["answer"]
    assert "`paint.png` 50%" in data["answer"]


def test_a_desktop_that_is_not_there_is_told(ask: Ask, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(alone / "Desktop"))
    data = ask(f"{WISH} and save it as out.png on my desktop", "--plan-only", "--json").data

    assert "There is no folder" in data["answer"] and "Desktop" in data["answer"]
    assert data["save"]["missing_folder"] == str(alone / "Desktop")


def test_korean_is_answered_in_korean(ask: Ask) -> None:
    data = ask("photo.png를 paint.png처럼 바꿔줘, 20번만", "--plan-only", "--output", "json").data
    assert (data["language"], data["trials"]) == ("ko", 20)
    assert any("가" <= letter <= "힣" for letter in data["answer"])


def test_a_missing_picture_is_a_question_and_exit_code_2(ask: Ask) -> None:
    done = ask("make photo.png prettier", "--yes", "--json")
    assert done.code == 2
    assert len(done.data["questions"]) == 1 and "photo.png" in done.data["questions"][0]
    assert not Path("studies").exists()


def test_what_is_not_built_is_exit_code_3_with_what_would_be_right(ask: Ask) -> None:
    done = ask(f"make photo.png look like paint.png with {PLANNED}", "--yes", "--json")
    assert done.code == 3
    assert "cannot yet" in done.data["error"] and done.data["hint"]
    assert done.data["preferred"] == [PLANNED] and not Path("studies").exists()


def test_a_method_without_its_weights_is_exit_code_3_with_how_to_get_them(ask: Ask) -> None:
    done = ask("make photo.png look like paint.png with ip-adapter", "--plan-only", "--json")
    assert done.code == 3
    assert (done.data["method"], done.data["preferred"]) == (None, ["ip_adapter"])
    assert "weights get" in done.data["error"]


def test_a_yes_to_the_search_is_none_to_a_voice(ask: Ask, alone: Path) -> None:
    write_recording(alone / "mine.wav", speaking(1.0))
    write_recording(alone / "narrator.wav", speaking(1.0, seed=1, pitch=200, tract=1.2))
    done = ask("make my voice in mine.wav sound like narrator.wav", "--yes", "--json")
    assert done.code == 4 and "--consent" in done.data["hint"] and done.data["method"] == "voice_match"
    assert not Path("studies").exists()


def test_without_a_yes_the_plan_is_printed_and_nothing_runs(ask: Ask) -> None:
    done = ask(WISH)
    assert done.code == 4
    assert "gatys" in done.out and "photo.png" in done.out
    assert "--yes" in done.err and not Path("studies").exists()


def test_words_that_hold_it_back_go_before_the_flag_that_allows_it(ask: Ask) -> None:
    done = ask(f"don't start yet: {WISH}", "--yes")
    assert done.code == 0
    assert "Plan:" in done.out and not Path("studies").exists()


def test_flags_overrule_the_words(ask: Ask) -> None:
    data = ask(f"{WISH}, 20 trials", "--plan-only", "--json", "--trials", "5", "--minutes", "2").data
    assert (data["trials"], data["minutes"]) == (5, 2.0)


@pytest.mark.slow
def test_a_yes_brings_a_searched_study_and_its_report(ask: Ask, searches: Callable[..., None]) -> None:
    done = ask(f"{WISH}, 4 trials at 64 px", "--yes", "--output", "json")
    assert done.code == 0
    trials = done.data["trials"]
    assert trials.pop("pictures") >= 4
    assert trials == {"total": 4, "complete": 4, "pruned": 0, "failed": 0}
    assert done.data.keys() >= {
        "study",
        "method",
        "row",
        "best",
        "front",
        "held_out",
        "hypervolume",
        "report",
        "answer",
    }
    assert Path(done.data["report"]).is_file() and Path(done.data["best"]["image"]).is_file()
    assert str(done.data["best"]["number"]) in done.data["answer"]


@pytest.mark.slow
def test_from_words_to_a_painted_picture_with_nothing_faked(ask: Ask) -> None:
    done = ask(f"{WISH}, 2 trials at 64 px with adain", "--yes", "--device", "cpu", "--output", "json")
    assert done.code == 0
    assert (done.data["method"], done.data["trials"]["complete"]) == ("adain", 2)
    assert done.data["weights"]["encoder"] and Path(done.data["best"]["image"]).is_file()


@pytest.mark.slow
def test_ndjson_tells_everything_as_it_happens(ask: Ask, searches: Callable[..., None]) -> None:
    done = ask(f"{WISH} but only the subject, 2 trials at 64 px", "--yes", "--output", "ndjson")
    told = [json.loads(line) for line in done.out.splitlines()]
    kinds = [event["event"] for event in told]
    assert {"said", "tool_started", "tool_finished", "opened", "finished", "ended", "turn_ended"} <= set(kinds)
    assert kinds[-1] == "result" and told[-1]["trials"]["complete"] == 2
    assert "a guess that nobody was asked about" in told[-1]["notes"][-1], "where it was painted"


@pytest.mark.slow
def test_a_search_that_fails_ends_with_its_error(ask: Ask, searches: Callable[..., None]) -> None:
    searches(accidents=[{"do": "error"}])
    done = ask(f"{WISH}, 2 trials at 64 px", "--yes", "--json")
    assert done.code == 1 and "something broke" in done.data["error"]


@pytest.mark.slow
def test_a_model_that_would_be_told_yes_again_is_told(
    ask: Ask, searches: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    brain = ScriptedBrain(
        [call("plan_study", content=["photo.png"], styles=["paint.png"], trials=2, size=64)],
        [TextDelta("Shall I start?")],
        [call("start_study")],
        [TextDelta("It runs.")],
        [TextDelta("Trial 0 is the one.")],
    )
    monkeypatch.setattr(setup, "brain_for", lambda config: brain)
    done = ask(WISH, "--yes")
    assert done.code == 0
    assert done.out.strip().endswith("Trial 0 is the one.")


def test_a_model_without_a_plan_has_asked_something(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "brain_for", lambda config: ScriptedBrain([TextDelta("Which picture?")]))
    done = ask("make it pretty", "--json")
    assert (done.code, done.data["questions"]) == (2, ["Which picture?"])


class Running:
    """`autostyle ask` in a process of its own, in the middle of a long search."""

    def __init__(self, folder: Path) -> None:
        line = ["ask", f"{WISH}, 500 trials at 64 px", "--yes", "--offline", "--json"]
        self.process = subprocess.Popen([sys.executable, "-c", PROGRAM, *line], stdout=subprocess.PIPE, env=os.environ)
        deadline = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < deadline:
            logs = list(folder.glob("studies/*/log.jsonl"))
            if logs and '"finished"' in logs[0].read_text():
                break
            time.sleep(0.05)
        self.family = psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def running(alone: Path, searches: Callable[..., None]) -> Iterator[Running]:
    searches(seconds=0.3, steps=10)
    started = Running(alone)
    yield started
    started.process.kill()


@pytest.mark.slow
def test_ctrl_c_keeps_and_reports_what_was_found(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    out, _ = running.process.communicate(timeout=100)
    data: dict[str, Any] = json.loads(out)
    assert running.process.returncode == 130
    assert data["trials"]["complete"] >= 1 and Path(data["report"]).is_file()
    assert psutil.wait_procs(running.family, timeout=60)[1] == []


@pytest.mark.slow
def test_a_killed_program_leaves_no_process_behind(running: Running) -> None:
    assert len(running.family) == 2  # the job, and its worker
    running.process.kill()
    assert psutil.wait_procs(running.family, timeout=60)[1] == []


@pytest.mark.slow
def test_the_search_that_a_killed_program_left_is_offered_and_finished(
    ask: Ask, running: Running, alone: Path, searches: Callable[..., None]
) -> None:
    running.process.kill()
    psutil.wait_procs(running.family, timeout=60)
    searches()
    offered = ask("how far is it?", "--json")
    told = re.search(r"stopped at (\d+) of 500 trials", offered.err)
    assert offered.code == 0 and told is not None
    done = int(told[1])  # runs: of one that was killed on its way the pictures painted before are kept
    finished = ask(f"총 {done + 2}번 채워줘", "--yes", "--json")
    assert finished.code == 0
    assert finished.data["trials"]["total"] == finished.data["trials"]["complete"] == done + 2


@pytest.mark.slow
@pytest.mark.thorough
def test_what_is_said_after_a_search_is_about_its_study_or_the_one_that_is_named(
    ask: Ask, searches: Callable[..., None]
) -> None:
    study = ask(f"{WISH} with gatys, 4 trials at 64 px", "--yes", "--json").data["study"]
    more = ask("at least 0.2 content")
    assert more.code == 0 and "Nothing was computed" in more.out + more.err
    assert ask("show the front", "--study", study).out.count("Trial") > 1
    assert ask("a bit less style", "--study", "another").code == 2


def test_a_plan_that_nobody_said_yes_to_is_offered_by_the_next(ask: Ask) -> None:
    assert ask(f"{WISH}, 4 trials at 64 px").code == 4
    offered = ask("go on")
    assert offered.code == 4 and "was not begun: photo.png like paint.png, 4 trials" in offered.err
    assert "4" in offered.out and not Path("studies").exists()


def test_off_a_terminal_a_thinking_model_is_told_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pause() -> None:
        await asyncio.sleep(0.5)

    monkeypatch.setattr("autostyle.cli.progress.EVERY", 0.2)
    monkeypatch.setattr(setup, "brain_for", lambda config: ScriptedBrain([pause, TextDelta("Which picture?")]))
    assert app.run(["ask", WISH, "--output", "ndjson"]) == 2
    out, err = capsys.readouterr()
    waiting = [event for event in map(json.loads, out.splitlines()) if event["event"] == "waiting"]
    assert waiting and waiting[0]["for"] == "thinking" and waiting[0]["seconds"] > 0
    assert "… thinking" in err


def test_a_model_that_talks_and_uses_no_tool_is_told_to_have_done_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for said, notes in (("I am a being.", 1), ("Which picture?", 0)):
        monkeypatch.setattr(setup, "brain_for", lambda config, said=said: ScriptedBrain([TextDelta(said)]))
        assert app.run(["ask", WISH, "--json"]) == 2
        out, err = capsys.readouterr()
        data = json.loads(out)
        assert len(data["notes"]) == notes and data["answer"] == said
        assert ("used no tool" in err) is bool(notes)
