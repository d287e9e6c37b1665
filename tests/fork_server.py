"""Python processes of autostyle, forked from one that has imported what they import: of the seconds that a start takes,
nearly all are these imports, and tests start hundreds.

A process runs its module as ``python -P -m`` does, with pipes, environment, folder and process group of its own, and
ends by the same ways. What differs: its modules were imported by another process, whose child it is. Programs that
tests start by their command lines begin as a user's do, and so do their processes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

if __package__:  # what forks knows nothing of autostyle before it has imported it
    from autostyle.processes import process

IMPORTED = (
    "alembic.command",
    "alembic.migration",
    "optuna.samplers",
    "optuna.storages._rdb.models",
    "skimage.metrics",
    "skimage.segmentation",
    "sqlalchemy.dialects.sqlite",
    "torch",
    "autostyle.jobs.apply",
    "autostyle.jobs.child",
    "autostyle.jobs.reproduce",
    "autostyle.jobs.save",
    "autostyle.jobs.search",
    "autostyle.jobs.studies",
    "autostyle.jobs.stylize",
    "autostyle.keywords.measured",
    "autostyle.mediums.image.medium",
    "autostyle.methods.adain.run",
    "autostyle.methods.gatys.run",
    "autostyle.scoring.scorer",
    "autostyle.tuning.runner",
    "autostyle.tuning.runtime",
    "autostyle.tuning.worker",
)
RUN = ("autostyle.jobs.child", "autostyle.tuning.worker")
"""Those that are run as ``__main__``, and are not imported besides."""
ADDRESS = "FORK_SERVER"
"""The environment variable with the address of the one that is there for all test processes."""
LONGEST = 1 << 20
"""Bytes of a request."""


class ForkedProcess:
    """A process of ``python -P -m`` and ``arguments``, as subprocess.Popen has one."""

    def __init__(self, address: str, arguments: Sequence[str], stderr: IO[bytes] | int, env: dict[str, str]) -> None:
        self.returncode: int | None = None
        self._lock = threading.Lock()
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = {"arguments": list(arguments), "environment": env, "folder": str(Path.cwd()), "nice": os.nice(0)}
        source, own_sink = os.pipe()
        own_source, sink = os.pipe()
        nothing = os.open(os.devnull, os.O_WRONLY)
        errors = nothing if isinstance(stderr, int) else stderr.fileno()
        try:
            self._line.connect(address)
            socket.send_fds(self._line, [json.dumps(request).encode()], [source, sink, errors])
            self.pid = int(self._line.recv(64))
        finally:
            for end in (source, sink, nothing):
                os.close(end)
        self.stdin, self.stdout = os.fdopen(own_sink, "wb"), os.fdopen(own_source, "rb")

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; raises subprocess.TimeoutExpired."""
        ready = self.returncode is not None or select.select([self._line], [], [], timeout)[0]
        with self._lock:
            if self.returncode is None:
                if not ready:
                    raise subprocess.TimeoutExpired("python", timeout or 0)
                told = self._line.recv(64)
                self.returncode = int(told) if told else -signal.SIGKILL
                self._line.close()
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


@contextlib.contextmanager
def forked() -> Iterator[None]:
    """Fork what autostyle starts; the process that forks is one of all test processes, or starts with the first."""
    begin, before = threading.Lock(), process.start_python
    with contextlib.ExitStack() as ended:
        address = os.environ.get(ADDRESS, "")

        def start(arguments: Sequence[str], stderr: IO[bytes] | int, env: dict[str, str]) -> Any:
            nonlocal address
            with begin:
                address = address or ended.enter_context(forking())
            return ForkedProcess(address, arguments, stderr, env)

        process.start_python = start
        try:
            yield
        finally:
            process.start_python = before


@contextlib.contextmanager
def forking() -> Iterator[str]:
    """The address of a process that forks, which is no longer there in the end."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as line:
        address = str(Path(folder, "fork"))
        line.bind(address)
        line.listen(64)
        command = [sys.executable, "-P", __file__, address, str(line.fileno())]
        # Its stdin ends with this process.
        with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[line.fileno()]) as server:
            line.close()  # if that process ends, whoever asks is refused, and does not wait
            yield address
            server.kill()


def main(address: str, number: int) -> None:
    """Fork a process for each request that comes, and tell how each ends, until stdin does."""
    for name in IMPORTED:
        importlib.import_module(name)
    for name in RUN:
        del sys.modules[name]
    sys.modules["PIL.Image"].init()
    sys.modules["sqlalchemy.orm"].configure_mappers()
    gc.collect()
    gc.freeze()
    listener = socket.socket(fileno=number)
    ended, wake = os.pipe()
    for end in (ended, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    running: dict[int, socket.socket] = {}
    while True:
        ready = select.select([listener, ended, 0], [], [])[0]
        if 0 in ready:
            os._exit(0)
        if ended in ready:
            os.read(ended, 4096)
            for pid, status in _collected():
                with running.pop(pid) as line, contextlib.suppress(OSError):
                    line.send(str(os.waitstatus_to_exitcode(status)).encode())
        if listener in ready:
            line = listener.accept()[0]
            request, files, _, _ = socket.recv_fds(line, LONGEST, 3)
            if (pid := os.fork()) == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                for other in (listener, line, *running.values()):
                    other.close()
                os.close(ended)
                os.close(wake)
                return _become(address, files, **json.loads(request))
            with contextlib.suppress(OSError):
                os.setpgid(pid, pid)
            for file in files:
                os.close(file)
            running[pid] = line
            with contextlib.suppress(OSError):  # whoever asked may have been killed
                line.send(str(pid).encode())


def _collected() -> Iterator[tuple[int, int]]:
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found


def _become(
    address: str, files: Sequence[int], arguments: list[str], environment: dict[str, str], folder: str, nice: int
) -> None:
    os.setpgid(0, 0)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.nice(nice - os.nice(0))
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    import torch

    from autostyle.processes import process

    torch.set_num_threads(int(environment.get("OMP_NUM_THREADS") or os.cpu_count() or 1))
    process.start_python = lambda words, stderr, env: ForkedProcess(address, words, stderr, env)
    sys.argv[:] = arguments
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    # The folder of this file would be the first on the path of what is run; -P leaves it out.
    main(sys.argv[1], int(sys.argv[2]))
