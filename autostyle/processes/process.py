"""The parent's end: start a child process, talk to it, end it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from autostyle.processes.protocol import MAX_LINE, ProtocolMessage, decode, encode
from autostyle.safe_files import open_file

GRACE = 10.0
"""Seconds a child has to end by itself after ``stop`` before it is killed."""


class Child:
    """One Python child process and its messages.

    It runs in a process group of its own, so that Ctrl-C in a terminal reaches the parent alone, and never sees the
    working directory on its import path. Leaving the ``with`` block stops it.

    Args:
        arguments: module name and arguments, as after ``python -m``.
        inbox: where its messages arrive as ``(child, message)``, and ``(child, None)`` once its stdout has ended; by
            default a queue of its own. Several children may share one.
        log: where its stderr goes, an open file or the path of one that is appended to; None discards it.
        threads: how many threads its numeric libraries may use; None leaves that to them.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        inbox: queue.Queue[tuple[Child, ProtocolMessage | None]] | None = None,
        log: Path | IO[bytes] | None = None,
        threads: int | None = None,
    ) -> None:
        self.inbox = inbox if inbox is not None else queue.Queue()
        with _opened(log) as stderr:
            self._process = start_python(arguments, stderr, _environment(threads))
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin: IO[bytes] = self._process.stdin
        self._lock = threading.Lock()
        threading.Thread(target=self._read, args=(self._process.stdout,), name="child", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit status, negative for the signal that ended it; None while it runs."""
        return self._process.poll()

    def send(self, type: str, /, **fields: Any) -> None:
        """Send one message; a child that is gone is no error here, its end arrives in the inbox.

        Raises:
            TypeError, ValueError: it cannot be said; the child would wait for it for ever.
        """
        line = encode({"type": type, **fields})
        with self._lock, contextlib.suppress(BrokenPipeError, ValueError):  # ValueError: its stdin is closed
            self._stdin.write(line)
            self._stdin.flush()

    def messages(self) -> Iterator[ProtocolMessage]:
        """Its messages until it ends. Only for a child with an inbox of its own."""
        while (message := self.inbox.get()[1]) is not None:
            yield message

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for its end; False if it still runs after ``timeout`` seconds."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        self._close()

    def stop(self, grace: float = GRACE) -> None:
        """Ask it to end; kill it if it does not within ``grace`` seconds."""
        self.send("stop")
        if not self.wait(grace):
            self._process.kill()
            self._process.wait()
        self._close()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _close(self) -> None:
        with self._lock, contextlib.suppress(BrokenPipeError):
            self._stdin.close()

    def _read(self, stdout: IO[bytes]) -> None:
        with stdout:
            while line := stdout.readline(MAX_LINE + 1):
                try:
                    message = decode(line)
                except ValueError:
                    continue  # not ours: a crashing interpreter's last words, for instance
                self.inbox.put((self, message))
        self.inbox.put((self, None))


def start_python(
    arguments: Sequence[str], stderr: IO[bytes] | int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    """A process of ``python -P -m`` and ``arguments`` in a process group of its own, with pipes to its stdin and
    stdout."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        process_group=0,
        env=environment,
    )


@contextlib.contextmanager
def _opened(log: Path | IO[bytes] | None) -> Iterator[IO[bytes] | int]:
    if isinstance(log, Path):
        with os.fdopen(open_file(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab") as file:
            yield file
    else:
        yield log or subprocess.DEVNULL


def _environment(threads: int | None) -> dict[str, str]:
    """The parent's environment, with thread pools that sleep while they wait (spinning ones fight over cores).

    NumPy and SciPy bring a pool of their own beside torch's. Their matrices are small here, and one thread is faster.
    """
    environment = {**os.environ}
    defaults = {"OMP_WAIT_POLICY": "PASSIVE", "KMP_BLOCKTIME": "0", "OPENBLAS_NUM_THREADS": "1"}
    if threads is not None:
        defaults["OMP_NUM_THREADS"] = str(threads)
    for name, value in defaults.items():
        environment.setdefault(name, value)
    return environment
