"""A parent and a real child process: messages, stops, deaths."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.processes.process import Child
from autostyle.processes.protocol import MAX_LINE, Channel, decode, describe, encode, one_line, revive

pytestmark = pytest.mark.usefixtures("unforked")
CHILD = """
import os, sys, time
from autostyle.processes.protocol import Channel, die_with_parent
from autostyle.errors import BadInput

channel = Channel.take_over()
print("a library prints")
os.write(1, b"so does native code\\n")
while not channel.stop.is_set():
    command = channel.receive(timeout=0.02)
    if command is None:
        continue
    match command["type"]:
        case "echo":
            channel.send("echoed", text=command["text"])
        case "pools":
            channel.send("pools", names={k: v for k, v in os.environ.items() if k.startswith(("OMP_", "OPENBLAS_"))})
        case "fail":
            channel.fail(BadInput("bad", "try good"))
        case "crash":
            os._exit(9)
        case "hang":
            die_with_parent()
            channel.send("hanging")
            time.sleep(3600)
        case "progress":
            end = time.monotonic() + 1
            while time.monotonic() < end:
                if channel.progress_due():
                    channel.send("progress")
            channel.send("end")
channel.send("bye")
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    (tmp_path / "line_child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    with Child(["line_child"], log=tmp_path / "log") as started:
        yield started


def test_messages_go_both_ways_whatever_their_text(child: Child) -> None:
    text = 'a line\nbreak, "quotes", 한국어, \u2028'
    child.send("echo", text=text)
    assert next(child.messages()) == {"type": "echoed", "text": text}


def test_what_libraries_print_goes_to_the_log(child: Child, tmp_path: Path) -> None:
    child.send("echo", text="")
    assert next(child.messages())["type"] == "echoed"
    child.stop()
    assert sorted((tmp_path / "log").read_text().split("\n")) == ["", "a library prints", "so does native code"]


@pytest.mark.parametrize("own", [None, "3"])
def test_numpy_has_one_thread_beside_torchs_unless_a_person_says_otherwise(
    own: str | None, tmp_path: Path, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if own is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", own)
    with Child(["line_child"], log=tmp_path / "log") as started:
        started.send("pools")
        assert next(started.messages())["names"]["OPENBLAS_NUM_THREADS"] == (own or "1")


def test_an_error_arrives_as_the_same_error(child: Child) -> None:
    child.send("fail")
    error = revive(next(child.messages()))
    assert isinstance(error, BadInput)
    assert (error.message, error.hint) == ("bad", "try good")


def test_a_stop_lets_it_finish(child: Child) -> None:
    child.send("stop")
    assert [message["type"] for message in child.messages()] == ["bye"]
    assert child.wait(60) and child.returncode == 0


def test_the_end_of_a_crashed_child_arrives_and_sending_to_it_is_no_error(child: Child) -> None:
    child.send("crash")
    assert list(child.messages()) == []
    assert child.wait(60) and child.returncode == 9
    child.send("echo", text="too late")


def test_one_that_hangs_is_killed(child: Child) -> None:
    child.send("hang")
    assert next(child.messages())["type"] == "hanging"
    child.stop(grace=0.1)
    assert child.returncode == -signal.SIGKILL


def test_progress_comes_at_most_four_times_a_second(child: Child) -> None:
    child.send("progress")
    kinds = []
    for message in child.messages():
        kinds.append(message["type"])
        if message["type"] == "end":
            break
    assert 1 <= kinds.count("progress") <= 5  # one second, both ends counted; a busy machine sends fewer


@pytest.mark.parametrize("busy", [False, True])
def test_no_child_outlives_a_killed_parent(child: Child, tmp_path: Path, busy: bool) -> None:
    """Also one that is deep in work and reads nothing."""
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from autostyle.processes.process import Child; child = Child(['line_child']);"
            "child.send('hang' if sys.argv[1] == 'True' else 'echo', text='x'); next(child.messages());"
            "print(child.pid, flush=True); time.sleep(3600)",
            str(busy),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    grandchild = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    end = time.monotonic() + 60
    while grandchild.is_running() and grandchild.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end, "an orphan"
        time.sleep(0.02)


def test_a_line_is_a_message_or_nothing() -> None:
    assert decode(encode({"type": "x", "n": 1})) == {"type": "x", "n": 1}
    for line in (b"words\n", b"[1]\n", b'{"no": "type"}\n', b'{"type": 3}\n', b'{"type":"x","t":"' + b"a" * MAX_LINE):
        with pytest.raises(ValueError):
            decode(line)


def test_errors_we_do_not_know_are_our_own_failure() -> None:
    revived = revive(describe(KeyError("x")))
    assert type(revived) is RuntimeError and str(revived) == "KeyError: 'x'"
    assert type(revive({"type": "error", "error": "SystemExit", "message": "no"})) is RuntimeError
    assert isinstance(revive(describe(Missing("a", "b"))), AutostyleError)


def test_one_line_is_one_line() -> None:
    assert one_line(ValueError("a\n  b")) == "ValueError: a b"
    assert one_line(BadInput("as it is")) == "as it is"
    assert len(one_line(ValueError("x" * 1000))) == 300


def test_the_record_of_a_study_of_ten_thousand_trials_is_one_message() -> None:
    trial = {"params": {f"parameter_{n}": 0.123456789 for n in range(30)}, "image": "trials/gatys-0001.webp"}
    message = {"type": "done", "result": [trial] * 10_000}
    assert len(encode(message)) > 5 << 20
    assert decode(encode(message)) == message


def test_what_is_no_unicode_travels_and_what_cannot_be_said_is_no_silence() -> None:
    name = os.fsdecode("바다.png".encode("cp949"))
    assert decode(encode({"type": "x", "path": name})) == {"type": "x", "path": name}
    for message in ({"type": "x", "path": Path("a")}, {"type": "x", "text": "a" * (MAX_LINE + 1)}):
        with pytest.raises((TypeError, ValueError)):
            encode(message)


def test_a_message_that_cannot_be_sent_is_an_error_for_both_ends(child: Child) -> None:
    with pytest.raises(TypeError):
        child.send("say", what=Path("a"))
    sent: list[bytes] = []

    class Sink:
        def write(self, line: bytes) -> None:
            sent.append(line)

        def flush(self) -> None:
            """Nothing is held back."""

    channel = Channel(io.BytesIO(), Sink(), lambda: None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        channel.send("done", result=Path("a"))
    channel.fail(TypeError("it cannot be said"))
    assert [decode(line)["type"] for line in sent] == ["error"]
