"""What reaches the terminal, and that it may go away under the app: its window is closed, its line drops. Then the app
leaves by itself.

Textual's own driver reads the end of its input over and over, and its writer dies of the first error, after which the
app waits for it for ever.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import select
import signal
import sys
from functools import partial
from threading import Thread
from typing import IO, Any

from rich.segment import Segment
from textual.color import Color
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import AppFocus
from textual.filter import LineFilter
from textual.message import Message


class TerminalLost(Message):
    """There is no terminal any more, or somebody wants the program to end.

    Args:
        code: to leave with.
    """

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


class TerminalDriver(LinuxDriver):
    """Textual's driver, with the app told of the end of its terminal, of SIGHUP and of SIGTERM."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        assert sys.__stderr__ is not None
        self._file: Any = _Lasting(sys.__stderr__)
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(number, partial(self._lose, number))
        Thread(target=self._watch, name="terminal", daemon=True).start()

    def run_input_thread(self) -> None:
        with contextlib.suppress(OSError):  # the watch sees it, too
            super().run_input_thread()

    def _watch(self) -> None:
        """Wait until the other end of the terminal is closed."""
        terminal = select.poll()
        terminal.register(self.fileno, 0)  # no event is asked for: a hangup is always told
        if any(flags & (select.POLLHUP | select.POLLERR) for _, flags in terminal.poll()):
            self.exit_event.set()
            self._lose(signal.SIGHUP)

    def _lose(self, number: signal.Signals) -> None:
        self._app.post_message(TerminalLost(128 + number))


def in_browser() -> bool:
    """Whether textual-serve has started this process, and relays it to a page."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def suitable_driver() -> type[Driver]:
    """The driver for what this process is connected to."""
    return _browser_driver() if in_browser() else TerminalDriver


def _browser_driver() -> type[Driver]:
    from textual.drivers.web_driver import WebDriver  # only there: the app paints sooner without it

    class BrowserDriver(WebDriver):
        """Textual's driver for textual-serve, with the app told when the page, or the relay, is gone."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            plain = self._write

            def write(data: bytes) -> int:
                try:
                    return plain(data)
                except OSError:
                    return len(data)  # the end of the input is told, too

            self._write = write  # type: ignore[assignment]

        def start_application_mode(self) -> None:
            super().start_application_mode()
            for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, partial(self._lose, number))
            # Textual begins without the focus, and would keep it so where the page has said before that it has it.
            self._app.call_later(self._app.post_message, AppFocus())

        def run_input_thread(self) -> None:
            super().run_input_thread()
            if not self.exit_event.is_set():
                self._lose(signal.SIGHUP)

        def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
            if packet_type == "quit":
                self._lose(signal.SIGHUP)
            else:
                super().on_meta(packet_type, payload)

        def _lose(self, number: signal.Signals) -> None:
            self._app.post_message(TerminalLost(128 + number))

    return BrowserDriver


class _Lasting:
    """A terminal that takes what is written to it even when it is gone."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction; a picture's placeholders are none of them."""


class ControlCharacterFilter(LineFilter):
    """Takes control characters out of the lines of widgets. Each widget cleans its words itself, before they are laid
    out; one that forgets it is only drawn askew."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub("", segment.text), segment.style)
            for segment in segments
        ]
