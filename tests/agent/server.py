"""A model's server on loopback, OpenAI's chat protocol, that does what the script says; standard library only."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Says:
    """Streams a reply: pieces of text, then the pieces of calls, then why it ends and what it cost.

    Args:
        text: pieces of it, ``pause`` seconds before each.
        calls: fragments, as ``delta.tool_calls`` has them, one a chunk.
        finish: ``stop``, ``tool_calls`` or ``length``; None breaks the connection off before the end.
        usage: prompt and completion tokens; None sends none.
        hang: seconds of silence after the text.
        thoughts: pieces of its reasoning, before the text, ``pause`` seconds before each.
    """

    text: Sequence[str] = ()
    calls: Sequence[dict[str, Any]] = ()
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (100, 10)
    hang: float = 0.0
    thoughts: Sequence[str] = ()
    pause: float = 0.0


@dataclass(frozen=True)
class Fails:
    """Answers with a status other than 200: an error as JSON, with what stands beside its message, or a page."""

    status: int
    message: str = "no"
    headers: dict[str, str] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    page: bool = False


@dataclass(frozen=True)
class Raw:
    """Answers 200 with these bytes, which may be no chat at all."""

    body: bytes
    type: str = "text/event-stream"

    def __add__(self, more: Raw) -> Raw:
        return Raw(self.body + more.body, self.type)


Reply = Says | Fails | Raw


@dataclass
class Received:
    """One request as it came."""

    body: dict[str, Any]
    headers: dict[str, str]


class ModelServer:
    """The running server. The last reply of the script is repeated."""

    def __init__(self, script: Sequence[Reply]) -> None:
        self.received: list[Received] = []
        self.released = threading.Event()
        self.models: tuple[str, ...] = ()
        "Listed under /v1/models, and nowhere else."
        self.props: dict[str, Any] = {}
        "What llama.cpp's server says of itself under /props."
        self._script = list(script)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def script(self, *replies: Reply) -> None:
        """What is said from now on; what was received before is forgotten."""
        self._script = list(replies)
        self.received.clear()
        self.models, self.props = (), {}

    def next(self) -> Reply:
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def stop(self) -> None:
        self.released.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@contextmanager
def serving(*script: Reply) -> Iterator[ModelServer]:
    server = ModelServer(script)
    try:
        yield server
    finally:
        server.stop()


def events(*data: dict[str, Any] | bytes, done: bool = True) -> Raw:
    """A stream of these events, chunks or bytes as they are."""
    frames = [part if isinstance(part, bytes) else f"data: {json.dumps(part)}\n\n".encode() for part in data]
    return Raw(b"".join(frames) + (b"data: [DONE]\n\n" if done else b""))


def chunk(delta: object, finish: object = None, **beside: Any) -> dict[str, Any]:
    """One chunk of a reply."""
    head = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    return {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], **beside}


def whole(message: dict[str, Any]) -> Raw:
    """A reply that is not streamed."""
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": "stop"}
    data = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    return Raw(json.dumps(data).encode(), "application/json")


def fragment(index: int = 0, id: str | None = None, name: str | None = None, arguments: str = "") -> dict[str, Any]:
    """A piece of a tool call."""
    function = {"arguments": arguments} | ({"name": name} if name else {})
    return {"index": index, "function": function} | ({"id": id, "type": "function"} if id else {})


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None: ...

        def do_GET(self) -> None:
            if self.path == "/v1/models" and server.models:
                body = json.dumps({"object": "list", "data": [{"id": name} for name in server.models]})
                self._send(200, body.encode(), {"content-type": "application/json"})
            elif self.path == "/props" and server.props:
                self._send(200, json.dumps(server.props).encode(), {"content-type": "application/json"})
            else:
                self._fail(Fails(404, "not found"))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.received.append(Received(body, {name.lower(): value for name, value in self.headers.items()}))
            match server.next():
                case Fails() as reply:
                    self._fail(reply)
                case Says() as reply:
                    self._say(reply)
                case Raw() as reply:
                    self._send(200, reply.body, {"content-type": reply.type})

        def _fail(self, reply: Fails) -> None:
            error = {"message": reply.message, "type": "error", "code": reply.status, **reply.beside}
            body = reply.message if reply.page else json.dumps({"error": error})
            kind = "text/html" if reply.page else "application/json"
            self._send(reply.status, body.encode(), {"content-type": kind, **reply.headers})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _say(self, reply: Says) -> None:
            self.close_connection = True
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            try:
                for name, pieces in (("reasoning_content", reply.thoughts), ("content", reply.text)):
                    for piece in pieces:
                        server.released.wait(reply.pause)
                        self._delta({name: piece})
                server.released.wait(reply.hang)
                for call in reply.calls:
                    self._delta({"tool_calls": [call]})
                if reply.finish is None:
                    return  # without the last, empty chunk: the client sees the connection break
                self._delta({}, reply.finish)
                if reply.usage is not None:
                    sent, got = reply.usage
                    usage = {"prompt_tokens": sent, "completion_tokens": got, "total_tokens": sent + got}
                    self._event({"choices": [], "usage": usage})
                self._chunk(b"data: [DONE]\n\n")
                self._chunk(b"")
            except OSError:
                pass  # the client has hung up

        def _delta(self, delta: dict[str, Any], finish: str | None = None) -> None:
            self._event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

        def _event(self, data: dict[str, Any]) -> None:
            frame = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", **data}
            self._chunk(f"data: {json.dumps(frame)}\n\n".encode())

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    return Handler
