"""A search of a study while it runs: its events, its end."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

from autostyle.jobs import warm
from autostyle.jobs.parent import run
from autostyle.jobs.requests import SearchRequest as Request
from autostyle.processes.protocol import ProtocolMessage
from autostyle.tuning import events
from autostyle.tuning.events import StudyEvent

CHECK_EVERY = 0.2
"""Seconds between two looks at what a waiting thread may be told by a signal."""


class Search:
    """A search that runs in a process of its own; :meth:`autostyle.Study.run` starts one.

    Whoever iterates over it watches it: leaving the loop early, by ``break`` or by Ctrl-C, ends the search. What was
    found is kept, in either case. Left alone it goes on until its budget is spent, :meth:`stop` is called, or the
    program ends.
    """

    def __init__(self, request: Request) -> None:
        self.study = request.plan.study
        self._stop = threading.Event()
        warm.end()  # its memory is the search's now
        self._events: queue.SimpleQueue[StudyEvent | None] = queue.SimpleQueue()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, args=(request,), name="search", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at it."""
        return self._thread.is_alive()

    def __iter__(self) -> Iterator[StudyEvent]:
        """Its events, as they happen; raises what it ended with: see :func:`autostyle.tune`."""
        ended = False
        try:
            while not ended:
                try:
                    event = self._events.get(timeout=CHECK_EVERY)
                except queue.Empty:
                    ended = not self.running and self._events.empty()
                    continue
                if event is None:
                    ended = True
                else:
                    yield event
        finally:
            if not ended:
                self.stop()
        self._raise()

    def wait(self, on_event: Callable[[StudyEvent], None] | None = None) -> None:
        """Wait for its end, ``on_event`` called with every event meanwhile; raises what it ended with."""
        for event in self:
            if on_event is not None:
                on_event(event)

    def stop(self) -> None:
        """End it early; everything finished is kept, and a report is written. Returns once it has ended."""
        self._stop.set()
        while self._thread.is_alive():
            self._thread.join(CHECK_EVERY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Search of {self.study}, {'running' if self.running else 'over'}>"

    def _work(self, request: Request) -> None:
        try:
            run(request, self._heard, self._stop)
        except Exception as error:
            self._error = error
        finally:
            self._events.put(None)

    def _heard(self, message: ProtocolMessage) -> None:
        if message["type"] == "event":
            fields: dict[str, Any] = {name: value for name, value in message.items() if name != "type"}
            self._events.put(events.parse(fields))

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error
