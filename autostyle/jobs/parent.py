"""The parent's side of a job: start a process, pass on what it says, return what it made."""

from __future__ import annotations

import queue
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

from autostyle import crash_reports
from autostyle.errors import AutostyleError, OutOfMemory
from autostyle.jobs.requests import AnyRequest
from autostyle.processes.process import Child
from autostyle.processes.protocol import ProtocolMessage, revive
from autostyle.sentences import Sentence

CHECK_EVERY = 0.2
"""Seconds between two looks at ``stop``."""


class JobFailed(AutostyleError):
    """The job process died or met a bug; the hint names its log."""


def ignore(message: ProtocolMessage) -> None:
    """An ``on_message`` for callers that do not watch."""


def run(
    request: AnyRequest,
    on_message: Callable[[ProtocolMessage], None] = ignore,
    stop: threading.Event | None = None,
    commands: queue.SimpleQueue[ProtocolMessage] | None = None,
) -> dict[str, Any]:
    """Carry out ``request`` in a process of its own.

    Args:
        request: what to do.
        on_message: called with every ``note`` (``text``) and ``progress`` (``step``, ``steps``, ``item``, ``items``,
            perhaps ``said``), and with what else this kind of request says while it works.
        stop: once set, the job ends early with the best it has.
        commands: what to tell the job while it works.

    Returns:
        The job's result, as JSON data.

    Raises:
        AutostyleError: whatever the job raised; JobFailed if it died or met a bug.
    """
    with JobProcess() as process:
        return process.carry_out(request, on_message, stop, commands)


class JobProcess:
    """A process that carries out requests, one after the other; leaving the ``with`` block stops it.

    Args:
        idle: seconds that it waits for a further request before it ends by itself; none is taken where it is 0.

    Attributes:
        ready: whether it waits for a request; not after a bug, or a want of memory, for who knows what is left then.
    """

    def __init__(self, idle: float = 0) -> None:
        # Without a name until it is worth keeping: a killed parent leaves no file behind.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self.ready = True
        self.child = Child(["autostyle.jobs.child", str(idle)], log=self._log)

    def carry_out(
        self,
        request: AnyRequest,
        on_message: Callable[[ProtocolMessage], None] = ignore,
        stop: threading.Event | None = None,
        commands: queue.SimpleQueue[ProtocolMessage] | None = None,
    ) -> dict[str, Any]:
        """As :func:`run`."""
        self._log.seek(0)
        self._log.truncate()
        try:
            return self._result(request, on_message, stop or threading.Event(), commands or queue.SimpleQueue())
        except RuntimeError as error:
            self._log.seek(0)
            where = crash_reports.write_log(self._log.read().decode("utf-8", "replace"), "job-")
            why = next(iter(error.args), "")
            raise JobFailed("the job failed: {error}", "this is a bug; {where}", error=why, where=where) from error

    def _result(
        self,
        request: AnyRequest,
        on_message: Callable[[ProtocolMessage], None],
        stop: threading.Event,
        commands: queue.SimpleQueue[ProtocolMessage],
    ) -> dict[str, Any]:
        self.ready = False
        self.child.send("job", request=request.model_dump(mode="json"))
        for message in _messages(self.child, stop, commands):
            if message["type"] == "done":
                self.ready = True
                result: dict[str, Any] = message["result"]
                return result
            if message["type"] == "error":
                error = revive(message)
                self.ready = not isinstance(error, RuntimeError | OutOfMemory)
                raise error
            on_message(message)
        self.child.wait()
        raise RuntimeError(Sentence("the job process ended with status {status}", status=self.child.returncode))

    def kill(self) -> None:
        """End it at once."""
        self.child.kill()
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.stop()
        self._log.close()


def _messages(
    child: Child, stop: threading.Event, commands: queue.SimpleQueue[ProtocolMessage]
) -> Iterator[ProtocolMessage]:
    """What ``child`` says until it ends; passes ``commands`` on, and ``stop`` once it is set."""
    told = False
    while True:
        while not commands.empty():
            command = commands.get()
            child.send(command.pop("type"), **command)
        if stop.is_set() and not told:
            child.send("stop")
            told = True
        try:
            message = child.inbox.get(timeout=CHECK_EVERY)[1]
        except queue.Empty:
            continue
        if message is None:
            return
        yield message
