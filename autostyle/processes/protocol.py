"""What parent and child say to each other, and the child's end of the line.

Every message is one JSON object on one line with a ``type``. Its sentences keep their templates
(:mod:`autostyle.sentences`). Three types mean the same everywhere:

    stop    parent -> child   finish soon; the child ends by itself
    error   child -> parent   what went wrong: class name, message, hint
    *       child -> parent   anything else belongs to the two that talk

A child whose stdin closes has lost its parent and is gone at once, wherever it was: files are replaced atomically
and databases keep their transactions, so nothing half-done is left behind and no orphan outlives a killed parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from autostyle import errors
from autostyle.errors import AutostyleError
from autostyle.filenames import legible
from autostyle.sentences import pack_sentences, unpack_sentences

ProtocolMessage = dict[str, Any]
MAX_LINE = 1 << 26
"""Longest line read, in bytes; a longer one is a broken peer. The record of a study takes 1 to 2 KB a trial."""
PROGRESS_EVERY = 0.25
"""Least seconds between two progress messages of one child."""
_SENTENCES = "sentences"
"""The key of a message under which the templates of its sentences travel."""
_PR_SET_PDEATHSIG = 1


def encode(message: ProtocolMessage) -> bytes:
    """``message`` as one line of ASCII, so that what is no Unicode text (a file's name may not be) travels, too.

    Raises:
        TypeError: there is something in it that JSON has no word for.
        ValueError: it is longer than anybody would read, or has itself inside of it.
    """
    text = json.dumps(message, separators=(",", ":"))
    if sentences := pack_sentences(message):
        text = json.dumps({**message, _SENTENCES: sentences}, separators=(",", ":"))
    line = text.encode("ascii") + b"\n"
    if len(line) > MAX_LINE:
        raise ValueError(f"a message of the type {message.get('type')!r} is {len(line) >> 20} MiB long")
    return line


def decode(line: bytes) -> ProtocolMessage:
    """The message in a line, its sentences with their templates; raises ValueError if it is none."""
    if len(line) > MAX_LINE:
        raise ValueError("line too long")
    message = json.loads(line)
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise ValueError("no message")
    unpack_sentences(message, message.pop(_SENTENCES, []))
    return message


def describe(error: BaseException) -> ProtocolMessage:
    """``error`` as a message."""
    message, hint = (error.message, error.hint) if isinstance(error, AutostyleError) else (one_line(error), "")
    return {"type": "error", "error": type(error).__name__, "message": message, "hint": hint}


def revive(message: ProtocolMessage) -> Exception:
    """The exception that :func:`describe` put into ``message``; what autostyle does not know is a RuntimeError."""
    kind = getattr(errors, str(message.get("error")), None)
    if isinstance(kind, type) and issubclass(kind, AutostyleError):
        return kind(message.get("message", ""), message.get("hint", ""))
    return RuntimeError(str(message.get("message")))


def one_line(error: BaseException) -> str:
    """``error`` in one line of at most 300 characters; an unexpected one starts with its class."""
    text = " ".join(legible(str(error)).split())
    if isinstance(error, AutostyleError) and text == error.message and len(text) <= 300:
        return error.message  # which keeps its template
    if not isinstance(error, AutostyleError):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return text if len(text) <= 300 else text[:297] + "..."


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends (Linux; elsewhere nothing happens).

    A belt beside the watch on stdin, for native code that never lets go of the interpreter. Only for children whose
    parent thread lives as long as they do.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)


class Channel:
    """The child's end: sends messages, receives commands, notices a stop and the parent's death.

    Args:
        source, sink: the streams from and to the parent.
        on_close: called from the reading thread once ``source`` ends.
    """

    def __init__(self, source: BinaryIO, sink: BinaryIO, on_close: Callable[[], None]) -> None:
        self.stop = threading.Event()
        self._sink = sink
        self._lock = threading.Lock()
        self._commands: queue.Queue[ProtocolMessage] = queue.Queue()
        self._progress_at = 0.0
        self._on_close = on_close
        threading.Thread(target=self._read, args=(source,), name="parent", daemon=True).start()

    @classmethod
    def take_over(cls) -> Channel:
        """Claim this process's stdin and stdout; whatever a library prints goes to stderr from here on."""
        source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        # Ctrl-C reaches a whole terminal; the parent decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return cls(source, sink, lambda: os._exit(0))

    def send(self, type: str, /, **fields: Any) -> None:
        """Send one message; safe from any thread. Raises as :func:`encode` does, and sends nothing then."""
        line = encode({"type": type, **fields})
        with self._lock, contextlib.suppress(BrokenPipeError):  # the reader notices a dead parent
            self._sink.write(line)
            self._sink.flush()

    def fail(self, error: BaseException) -> None:
        """Send ``error``."""
        message = describe(error)
        self.send(message.pop("type"), **message)

    def progress_due(self) -> bool:
        """Whether a progress message may be sent now: at most four a second. Saying yes starts the next wait."""
        now = time.monotonic()
        if now - self._progress_at < PROGRESS_EVERY:
            return False
        self._progress_at = now
        return True

    def receive(self, timeout: float | None = None) -> ProtocolMessage | None:
        """The next command, or None after ``timeout`` seconds; ``stop`` is no command but sets :attr:`stop`."""
        try:
            return self._commands.get(timeout=timeout)
        except queue.Empty:
            return None

    def _read(self, source: BinaryIO) -> None:
        while line := source.readline(MAX_LINE + 1):
            try:
                message = decode(line)
            except ValueError:
                break
            if message["type"] == "stop":
                self.stop.set()
            else:
                self._commands.put(message)
        self._on_close()
