"""What servers of one's own answer, made into the stream of chat chunks that OpenAI's protocol promises.

Servers bend that protocol in many ways, and the libraries between them and us drop what they do not expect: an answer
that is not streamed, content in parts, calls without index or id. So the bytes are mended before a library sees them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from autostyle import json_text
from autostyle.sentences import Sentence

DONE = "[DONE]"
FINISHES = frozenset({"stop", "length", "tool_calls", "content_filter"})
LONGEST = 32 * 2**20
"""Bytes of an answer that is not streamed, or of one event; more is no chat."""


class NoAnswer(Exception):
    """The server answered with something that is no chat: a page, most often."""


async def mend(response: httpx.Response) -> None:
    """Make the body of a successful answer well-formed; an event hook of httpx for its responses."""
    if response.status_code == 200 and response.request.method == "POST":
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = MendedReply(response.stream)


class MendedReply(httpx.AsyncByteStream):
    """The body of an answer as server-sent events of chat chunks, whatever it was."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = Chunks()
        async for data in _events(self._body):
            for mended in _read(data, chunks):
                yield f"data: {mended}\n\n".encode()

    async def aclose(self) -> None:
        await self._body.aclose()


async def _events(body: httpx.AsyncByteStream) -> AsyncIterator[str]:
    """The data of every event, as soon as it is whole; a body that is no stream of events is one event."""
    pending = whole = ""
    streamed: bool | None = None
    async for line in _lines(body):
        if streamed is None and line.strip():
            if line.lstrip().startswith("<"):
                raise NoAnswer(Sentence("a page, not the answer of a model"))
            streamed = not line.lstrip().startswith(("{", "["))
        if not streamed:
            whole += f"{line}\n"
            if len(whole) > LONGEST:
                raise NoAnswer("more than any answer of a model")
        elif line.startswith("data:"):
            pending += f"{line[5:].strip()}\n"
            if len(pending) > LONGEST:
                raise NoAnswer("more than any answer of a model")
            if _whole(pending):  # some servers forget the empty line behind it
                yield pending.strip()
                pending = ""
        elif not line and pending:
            yield pending.strip()
            pending = ""
    if pending:
        yield pending.strip()
    if whole.strip():
        yield whole.strip()
        yield DONE


def _whole(data: str) -> bool:
    if data.strip() == DONE:
        return True
    try:
        json_text.loads(data)
    except ValueError:
        return False
    return True


async def _lines(body: httpx.AsyncByteStream) -> AsyncIterator[str]:
    rest = b""
    async for piece in body:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.removesuffix(b"\r").decode("utf-8", "replace")
        if len(rest) > LONGEST:
            raise NoAnswer("more than any answer of a model")
    if rest:
        yield rest.decode("utf-8", "replace")


def _read(data: str, chunks: Chunks) -> Iterator[str]:
    """The chunks in one event: one, or a line each where the whole body was one event."""
    try:
        found = [json_text.loads(data)]
    except json_text.TooDeep as error:
        raise NoAnswer("what no model answers: lists within lists without end") from error
    except ValueError:
        found = []
        for line in data.splitlines():
            try:
                found.append(json_text.loads(line))
            except ValueError:
                yield line  # DONE; what is broken, the library refuses
    for event in found:
        for item in event if isinstance(event, list) else [event]:
            if isinstance(item, dict) and (mended := chunks.mended(item)) is not None:
                yield json.dumps(mended)


@dataclass
class Chunks:
    """Mends the chunks of one answer, one after the other."""

    _ids: dict[str, int] = field(default_factory=dict)
    _last: int = -1

    def mended(self, event: dict[str, Any]) -> dict[str, Any] | None:
        """``event`` as a chunk, or as an error; None where it says nothing."""
        if error := _error(event):
            return {"error": error}
        choice = _choice(event)
        usage = _usage(event.get("usage"))
        if choice is None and usage is None:
            return None
        head = {"id": str(event.get("id") or "chat"), "object": "chat.completion.chunk", "created": 0}
        chunk: dict[str, Any] = {**head, "model": str(event.get("model") or ""), "choices": []}
        if usage is not None:
            chunk["usage"] = usage
        if choice is not None:
            finish = choice.get("finish_reason") or event.get("done_reason")
            finish = finish if not finish or (isinstance(finish, str) and finish in FINISHES) else "stop"
            chunk["choices"] = [{"index": 0, "delta": self._delta(_said(choice)), "finish_reason": finish or None}]
        return chunk

    def _delta(self, said: Mapping[str, Any]) -> dict[str, Any]:
        text, thought = _content(said.get("content"))
        delta: dict[str, Any] = {"role": "assistant", "content": text or _content(said.get("refusal"))[0] or None}
        apart = ("".join(_content(said.get(name))) for name in ("reasoning_content", "reasoning", "thinking"))
        if thought := thought or next(filter(None, apart), ""):
            delta["reasoning_content"] = thought
        calls = said.get("tool_calls") or []
        if isinstance(said.get("function_call"), dict):
            calls = [{"function": said["function_call"]}]
        calls = calls if isinstance(calls, list) else [calls]
        if fragments := [self._call(call) for call in calls if isinstance(call, dict)]:
            delta["tool_calls"] = fragments
        return delta

    def _call(self, call: dict[str, Any]) -> dict[str, Any]:
        function = call["function"] if isinstance(call.get("function"), dict) else call
        name = function.get("name") if isinstance(function.get("name"), str) else None
        arguments = function.get("arguments", function.get("parameters"))
        if arguments is None:
            arguments = ""
        elif not isinstance(arguments, str):
            arguments = json.dumps(arguments)
        id = str(call["id"]) if call.get("id") not in (None, "") else None
        fragment: dict[str, Any] = {"index": self._index(call.get("index"), id), "type": "function"}
        fragment["function"] = {"arguments": arguments} | ({"name": name} if name else {})
        return fragment | ({"id": id} if id else {})

    def _index(self, given: object, id: str | None) -> int:
        """The index of a fragment; where it has none, a new id begins a call."""
        if isinstance(given, int | str) and str(given).isdecimal():
            index = int(given)
        else:
            index = self._ids.get(id, self._last + 1) if id else max(self._last, 0)
        if id:
            self._ids.setdefault(id, index)
        self._last = max(self._last, index)
        return index


def _error(event: dict[str, Any]) -> dict[str, Any] | None:
    """What the server says went wrong, in OpenAI's form."""
    error = event.get("error")
    if not error and event.get("object") == "error":
        error = event
    if not error and "choices" not in event and "detail" in event:
        error = {"message": event["detail"]}
    if not error:
        return None
    return error if isinstance(error, dict) and error.get("message") else {"message": _text(error)}


def _choice(event: dict[str, Any]) -> dict[str, Any] | None:
    """The first of the choices; the whole event where it is the choice itself, as Ollama's own protocol has it."""
    choices = event.get("choices")
    if isinstance(choices, dict):
        choices = [choices]
    if isinstance(choices, list):
        found = [choice for choice in choices if isinstance(choice, dict)]
        return next((c for c in found if c.get("index") in (0, None, "0")), None)
    return event if isinstance(event.get("message"), dict) else None


def _said(choice: dict[str, Any]) -> Mapping[str, Any]:
    for name in ("delta", "message"):
        if isinstance(choice.get(name), dict):
            return dict(choice[name])
    return {"content": choice.get("text")}


def _content(content: object) -> tuple[str, str]:
    """The text and the thoughts of a message's content: a text, or parts of either."""
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return (content if isinstance(content, str) else "" if content is None else _text(content)), ""
    text = thought = ""
    for part in content:
        if isinstance(part, dict) and part.get("type") in ("thinking", "reasoning"):
            inside = next((part[name] for name in ("thinking", "reasoning", "text", "content") if name in part), "")
            thought += "".join(_content(inside))
        elif isinstance(part, dict):
            more = _content(part.get("text", part.get("content")))
            text, thought = text + more[0], thought + more[1]
        elif isinstance(part, str):
            text += part
    return text, thought


def _usage(usage: object) -> dict[str, Any] | None:
    if not isinstance(usage, dict):
        return None
    names = ("prompt_tokens", "completion_tokens")
    counts = {name: usage[name] for name in names if isinstance(usage.get(name), int)}
    return {**usage, **counts, "total_tokens": sum(counts.values())} if len(counts) == len(names) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
