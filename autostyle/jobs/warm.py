"""Requests by a job process that is kept for the next one: most of what a short one takes is the start, with torch.

One process is kept for a while, by the program that started it: it ends with that program, when nothing was asked of it
for so long (:data:`IDLE` unless said), or when it would see another folder, environment or device than the program now.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autostyle.jobs.parent import JobProcess, ignore
from autostyle.jobs.requests import AnyRequest, JobRequest
from autostyle.processes.protocol import ProtocolMessage

IDLE = 120.0
"""Seconds; what is kept for requests without torch is small, and may be kept longer."""
MARGIN = 10.0
"""Seconds before its end from which on a process is asked nothing more."""


@dataclass(frozen=True)
class _Spare:
    process: JobProcess
    began_with: tuple[Any, ...]
    until: float

    def fits(self, now: tuple[Any, ...]) -> bool:
        return self.began_with == now and time.monotonic() < self.until and self.process.child.returncode is None

    def end(self) -> None:
        """It is at nothing, and nothing is lost."""
        self.process.kill()


_spare: _Spare | None = None
_lock = threading.Lock()


def run(
    request: AnyRequest,
    on_message: Callable[[ProtocolMessage], None] = ignore,
    stop: threading.Event | None = None,
    *,
    idle: float | None = None,
) -> dict[str, Any]:
    """As :func:`autostyle.jobs.parent.run`, by the process that is kept where there is one, which is kept again unless
    it was stopped: for ``idle`` seconds, :data:`IDLE` where nothing is said."""
    idle = IDLE if idle is None else idle
    now = (*_seen(request), idle)
    process = _taken(now) or JobProcess(idle)
    try:
        return process.carry_out(request, on_message, stop)
    finally:
        if process.ready and not (stop and stop.is_set()):
            _keep(process, now, idle)
        else:  # by an interrupt, or an error of ``on_message``
            process.kill()


def end() -> None:
    """End the process that is kept."""
    if (spare := _swapped(None)) is not None and spare.began_with[0] == os.getpid():  # a fork's is its parent's
        spare.end()


def _seen(request: JobRequest) -> tuple[Any, ...]:
    """What a process takes over from the program that starts it, and what it keeps of a request."""
    return os.getpid(), Path.cwd(), dict(os.environ), request.device, request.offline


def _taken(now: tuple[Any, ...]) -> JobProcess | None:
    spare = _swapped(None)
    if spare is None:
        return None
    if spare.fits(now):
        return spare.process
    if spare.began_with[0] == now[0]:
        spare.end()
    return None


def _keep(process: JobProcess, now: tuple[Any, ...], idle: float) -> None:
    if (other := _swapped(_Spare(process, now, time.monotonic() + idle - MARGIN))) is not None:  # another thread's
        other.end()


def _swapped(spare: _Spare | None) -> _Spare | None:
    global _spare
    with _lock:
        before, _spare = _spare, spare
    return before


atexit.register(end)
