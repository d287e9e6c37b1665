"""A search in a job process, as an event loop holds it."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Self

from autostyle.errors import BadInput
from autostyle.jobs.parent import run
from autostyle.jobs.requests import SearchRequest
from autostyle.plan import Plan
from autostyle.processes.protocol import ProtocolMessage, revive
from autostyle.tuning import events
from autostyle.tuning.following import Following


class RunningSearch(Following):
    """One search, made by :meth:`start`. Everything here belongs to the event loop it was started on.

    A process that dies takes the search with it: the job sees its stdin close, and its workers see it die.

    Args:
        request: which study.
        on_event: called with everything that happens in it.
    """

    def __init__(self, request: SearchRequest, on_event: events.OnEvent) -> None:
        super().__init__(total=request.plan.budget.trials)
        self.study = request.plan.study
        self.folder = request.home / self.study
        self._loop = asyncio.get_running_loop()
        # A thread's own context is empty; listeners (a Textual timer, for one) count on that of whoever started this.
        self._context = contextvars.copy_context()
        self.ended: asyncio.Future[dict[str, Any]] = self._loop.create_future()
        "The report's summary once the job has ended, or the error it ended with."
        # Nobody may be left who asks how it ended; asyncio would complain of an error that was never looked at.
        self.ended.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        self._opened = self._loop.create_future()
        self._steered: deque[asyncio.Future[tuple[str, ...]]] = deque()
        self._on_event = on_event
        self._stop = threading.Event()
        self._commands: queue.SimpleQueue[ProtocolMessage] = queue.SimpleQueue()
        # A daemon, unlike the loop's own threads: a program that ends does not wait for a search to end.
        threading.Thread(target=self._work, args=(request,), name="search", daemon=True).start()

    @classmethod
    async def start(cls, request: SearchRequest, on_event: events.OnEvent) -> Self:
        """Start a search; returns once its study is open. Raises what opening it raised."""
        search = cls(request, on_event)
        try:
            await asyncio.wait({search._opened, search.ended}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            search._stop.set()
            raise
        if search.ended.done():
            search.ended.result()
        return search

    @property
    def running(self) -> bool:
        """Whether the job process is still at it."""
        return not self.ended.done()

    async def steer(self, plan: Plan, why: str) -> tuple[str, ...]:
        """Put a revised plan into force for the trials to come: what changed, one line a field.

        Raises:
            BadInput: it cannot be, or the search is over.
        """
        if not self.running:
            raise self._over()
        answer: asyncio.Future[tuple[str, ...]] = self._loop.create_future()
        self._steered.append(answer)
        self._commands.put({"type": "steer", "plan": plan.model_dump(mode="json"), "why": why})
        return await answer

    async def stop(self) -> None:
        """End the search early; everything finished is kept. Returns once the job process has ended."""
        self._stop.set()
        await asyncio.wait({self.ended})

    def _work(self, request: SearchRequest) -> None:
        try:
            result = run(request, lambda message: self._tell(self._heard, message), self._stop, self._commands)
        except Exception as error:
            self._tell(self._end, error)
        else:
            self._tell(self._end, result)

    def _tell(self, hear: Callable[[Any], None], what: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            self._loop.call_soon_threadsafe(hear, what, context=self._context)

    def _heard(self, message: ProtocolMessage) -> None:
        match message["type"]:
            case "event":
                event = events.parse({name: value for name, value in message.items() if name != "type"})
                self.follow(event)
                if isinstance(event, events.Opened):
                    self._opened.set_result(None)
                self._on_event(event)
            case "steered":
                self._answered(lambda answer: answer.set_result(tuple(message["what"])))
            case "refused":
                self._answered(lambda answer: answer.set_exception(revive(message)))

    def _answered(self, settle: Callable[[asyncio.Future[tuple[str, ...]]], None]) -> None:
        answer = self._steered.popleft()
        if not answer.done():  # whoever asked may have been cancelled
            settle(answer)

    def _end(self, how: dict[str, Any] | Exception) -> None:
        if isinstance(how, Exception):
            self.ended.set_exception(how)
        else:
            self.ended.set_result(how)
        while self._steered:
            self._answered(lambda answer: answer.set_exception(self._over()))

    def _over(self) -> BadInput:
        return BadInput("the search of {study} is over", "start it again: it goes on where it was", study=self.study)
