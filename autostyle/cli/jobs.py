"""Work that a person waits for: with a bar, and Ctrl-C or SIGTERM as a request to finish well; a second Ctrl-C leaves
at once."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

from autostyle.errors import Refused

if TYPE_CHECKING:
    from autostyle.cli.context import Invocation
    from autostyle.jobs.requests import AnyRequest
    from autostyle.processes.protocol import ProtocolMessage

EXIT_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


class Interrupts:
    """While entered, signals set :attr:`stop` instead of killing; :attr:`exit_code` is what to leave with."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.exit_code = 0

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._received) for number in EXIT_CODES}
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self.exit_code and isinstance(error, Refused):  # stopped before there was anything to report
            error.exit_code = self.exit_code

    def _received(self, number: int, _: FrameType | None) -> None:
        if self.stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.exit_code = EXIT_CODES[signal.Signals(number)]
        self.stop.set()


def run_job(invocation: Invocation, request: AnyRequest) -> tuple[dict[str, Any], int]:
    """Carry out ``request`` in a job process, with a bar: its result, and the exit code (130, 143 if interrupted)."""
    from autostyle.cli.progress import Bar
    from autostyle.jobs.parent import run

    with Interrupts() as interrupts, Bar(invocation.console, "steps") as bar:

        def on_message(message: ProtocolMessage) -> None:
            if message["type"] == "note":
                invocation.console.say(message["text"])
                return
            items, steps = message["items"], message["steps"]
            note = f"picture {message['item'] + 1}/{items}" if items > 1 else message.get("said", "")
            done, total = message["item"] * steps + message["step"], items * steps
            bar.update(done, total, note, bar.extrapolated(done, total))

        result = run(request, on_message, interrupts.stop)
    return result, interrupts.exit_code
