"""The terminal app as a person feels it: how soon it is there, and how soon a key shows, at rest and while it searches.

The real program on a pseudo-terminal. A key is a Korean syllable that was not on the screen before, so that its bytes
in the output are its echo and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from autostyle.agent.conversation_file import ConversationFile
from autostyle.agent.messages import AssistantMessage, UserMessage
from benchmarks.common import EXAMPLES, report

READY = b"Say how a picture should look"
ROWS, COLUMNS = 36, 120
STARTS = 9
KEYS = 150
PAUSE = 0.07
"""Seconds between two keys: a quick typist."""
MESSAGES = 1000


class Terminal:
    """The app on a pseudo-terminal.

    Args:
        home: an empty folder for everything it keeps; its working directory.
    """

    def __init__(self, home: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._output = bytearray()
        self._news = threading.Condition()
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autostyle", "--offline", "chat"],
            stdin=slave, stdout=slave, stderr=slave, cwd=home, start_new_session=True, env=environment(home),
        )  # fmt: skip
        os.close(slave)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait(self, text: bytes, after: int = 0, seconds: float = 240.0) -> float:
        """When ``text`` was put out behind the first ``after`` bytes."""
        with self._news:
            if not self._news.wait_for(lambda: self._output.find(text, after) >= 0, seconds):
                raise TimeoutError(f"never saw {text.decode()!r}")
        return time.perf_counter()

    @property
    def computed(self) -> float:
        times = psutil.Process(self._process.pid).cpu_times()
        return times.user + times.system

    @property
    def mark(self) -> int:
        return len(self._output)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                return
            with self._news:
                self._output += data
                self._news.notify_all()


def environment(home: Path) -> dict[str, str]:
    """Nothing of the person who runs this, and the same terminal everywhere."""
    folders = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "AUTOSTYLE_CONFIG")}
    own = {name: value for name, value in os.environ.items() if not name.startswith("AUTOSTYLE_")}
    return {**own, **folders, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def first_paint() -> tuple[float, float]:
    """Seconds from the start of the process to the prompt, and those of them that a core computed."""
    with tempfile.TemporaryDirectory() as home, Terminal(Path(home)) as terminal:
        seconds = terminal.wait(READY) - terminal.started
        return seconds, terminal.computed


def first_answer(words: str, answer: bytes) -> float:
    """Seconds from the Enter behind the first words of a conversation to the first of the answer."""
    with tempfile.TemporaryDirectory() as home, Terminal(Path(home)) as terminal:
        terminal.wait(READY)
        time.sleep(5)
        terminal.press(words)
        time.sleep(0.5)
        pressed = time.perf_counter()
        terminal.press("\r")
        return terminal.wait(answer, seconds=60) - pressed


def echoes(terminal: Terminal, first: int) -> dict[str, float]:
    """Milliseconds from a key to its echo; ``first`` picks syllables that were not used yet."""
    times = []
    for number in range(KEYS):
        syllable = chr(0xAC00 + first + number * 28)
        mark, pressed = terminal.mark, time.perf_counter()
        terminal.press(syllable)
        times.append((terminal.wait(syllable.encode(), mark, 10) - pressed) * 1000)
        if number % 20 == 19:
            terminal.press("\x01\x0b")  # to the start of the line, and away with it
        time.sleep(PAUSE)
    terminal.press("\x01\x0b")
    time.sleep(PAUSE)  # what is typed in one go with it would be joined to what it clears
    return {
        "median_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1],
        "max_ms": max(times),
    }


def searching(terminal: Terminal) -> dict[str, Any]:
    """Keys while trials run in a search that the app itself has started."""
    terminal.press("make photo.jpg look like painting.jpg, 2000 trials at 128 px\r")
    terminal.wait(b"May this run?")
    time.sleep(0.6)
    terminal.press("\x1b[A\x1b[A\x1b[A\r")
    terminal.wait(b" left")  # is known once a trial is finished
    return echoes(terminal, 1)


def long_conversation(home: Path, terminal: Terminal) -> dict[str, float]:
    """Keys at the end of a conversation of a thousand messages."""
    session = ConversationFile(folder=home / "xdg_data_home" / "autostyle" / "sessions")
    for number in range(MESSAGES // 2):
        session.keep(UserMessage(f"question {number}"))
        session.keep(AssistantMessage(f"An **answer** of some length, number {number}, with `code`.\n\n- one\n- two"))
    session.close()
    terminal.press("/resume\r")
    terminal.wait(b"Go on with which conversation?")
    time.sleep(0.6)
    terminal.press("1")
    terminal.wait(f"number {MESSAGES // 2 - 1}".encode())
    time.sleep(1)
    return echoes(terminal, 2)


def main() -> None:
    starts, computed = zip(*(first_paint() for _ in range(STARTS)), strict=True)
    with tempfile.TemporaryDirectory() as folder, Terminal(home := Path(folder)) as terminal:
        shutil.copy(EXAMPLES / "content" / "astronaut.jpg", home / "photo.jpg")
        shutil.copy(EXAMPLES / "styles" / "swirling-night-12.jpg", home / "painting.jpg")
        terminal.wait(READY)
        time.sleep(8)  # it asks a job process for the device
        rest = echoes(terminal, 0)
        long = long_conversation(home, terminal)
        busy = searching(terminal)
    answers = {"en": first_answer("hello", b"Tell me which"), "ko": first_answer("안녕", "알려 주세요".encode())}
    figures = {
        "first_answer_seconds": answers,
        "first_answer_wanted": "<= 0.3 s",
        "first_paint_seconds": {
            "median": statistics.median(starts),
            "max": max(starts),
            "computed": statistics.median(computed),
        },
        "first_paint_wanted": "<= 0.7 s",
        "key_to_echo": {"at_rest": rest, "after_1000_messages": long, "while_trials_run": busy},
        "key_to_echo_wanted": "p95 <= 50 ms while a trial runs",
    }
    report("app", figures)


if __name__ == "__main__":
    main()
