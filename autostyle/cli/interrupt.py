"""Ctrl-C and SIGTERM as a request to finish well: the first one stops the work, a second Ctrl-C leaves at once."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Self

EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Interrupts:
    """While entered, signals set :attr:`stop` instead of killing; :attr:`exit_code` is what to leave with."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.exit_code = 0

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._received) for number in EXIT_CODES}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _received(self, number: int, _: FrameType | None) -> None:
        if self.stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.exit_code = EXIT_CODES[signal.Signals(number)]
        self.stop.set()
