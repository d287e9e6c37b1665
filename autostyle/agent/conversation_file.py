"""Conversations on disk: one JSON object a line, written as things happen, readable by their owner only.

    {"kind": "session", "at": ..., "schema": 1, "id": ...}
    {"kind": "user" | "assistant" | "tool" | "notice", ...}                a message
    {"kind": "desk", ...}                                                  the workspace, when it has changed
    {"kind": "spent", "tokens_in": ..., "tokens_out": ..., "price": ...}
    {"kind": "rewound", "messages": ...}                                   only the first so many messages still count

Pictures are kept by path and SHA-256; keys and passwords are not kept. A kill in the middle of a line loses that line.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autostyle.agent import records
from autostyle.agent.events import Spent
from autostyle.agent.messages import Message
from autostyle.agent.redaction import redact_secrets
from autostyle.agent.saved_conversations import SavedConversation, conversations_folder, last, read
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.safe_files import open_file
from autostyle.sentences import Sentence, reason

SCHEMA = 1
LAST = "last"
"""The name under which the last conversation is taken up."""
MOST = 64
"""Characters of a conversation's name."""
_NAME = re.compile(rf"[\w-]{{1,{MOST}}}")


class ConversationFile:
    """The file of one conversation; it comes into being with the first message.

    Each ``keep`` returns None, or the first time that it cannot write, a line for the person; what could not be
    written is tried again with the next line.
    """

    def __init__(self, id: str | None = None, folder: Path | None = None) -> None:
        self.id = id or f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        self.path = (folder or conversations_folder()) / f"{self.id}.jsonl"
        self._handle: int | None = None
        self._waiting = b""
        self._troubled = False
        self._workspace: dict[str, Any] | None = None

    @classmethod
    def resume(cls, id: str, folder: Path | None = None) -> tuple[ConversationFile, SavedConversation]:
        """Take up a conversation again; raises BadInput if there is none of that id or it is open elsewhere."""
        file = cls(id, folder)
        if id not in {path.stem for path in file.path.parent.glob("*.jsonl")}:
            raise BadInput(
                "there is no conversation {id}", "autostyle chat, then /resume, lists those there are", id=id
            )
        file._open()
        kept = read(file.path)
        file._workspace = kept.workspace
        return file, kept

    @classmethod
    def named(cls, name: str, folder: Path | None = None) -> tuple[ConversationFile, SavedConversation]:
        """Take up the conversation of a name, or begin it; ``last`` is the one in which something was said last.

        Raises:
            BadInput: the name is none, there is no last one, or it is open elsewhere.
        """
        if name == LAST:
            found = last(folder)
            if found is None:
                raise BadInput("there is no earlier conversation", "each is kept as it goes on")
            name = found[0].stem
        if not _NAME.fullmatch(name):
            raise BadInput(
                "{name!r} is no name of a conversation",
                "letters, digits, - and _, at most {most}",
                name=name,
                most=MOST,
            )
        file = cls(name, folder)
        return cls.resume(name, folder) if file.path.exists() else (file, SavedConversation())

    def keep(self, message: Message) -> str | None:
        """Write a message."""
        return self._write(records.encode_message(message))

    def keep_workspace(self, workspace: Workspace) -> str | None:
        """Write the workspace, if it has changed."""
        encoded = records.encode_workspace(workspace)
        if encoded == self._workspace:
            return None
        self._workspace = encoded
        return self._write({"kind": "desk", **encoded})

    def keep_spent(self, spent: Spent) -> str | None:
        """Write what was spent so far."""
        return self._write({"kind": "spent", **asdict(spent)})

    def keep_rewound(self, messages: int) -> str | None:
        """Write that the conversation goes on from its first ``messages``; what came behind stays in the file."""
        return self._write({"kind": "rewound", "messages": messages})

    def close(self) -> None:
        """Give the file free for others."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        """The file, locked, at its end; a line that was cut off is taken away, so that the next starts afresh."""
        if self._handle is None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = open_file(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600, follow=True)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(handle)
                raise BadInput(
                    "the conversation {id} is open in another program", "close it there first", id=self.id
                ) from error
            self._handle = handle
            whole = self.path.read_bytes()
            os.ftruncate(handle, whole.rfind(b"\n") + 1)
        return self._handle

    def _write(self, record: dict[str, Any]) -> str | None:
        if not self._waiting and self._handle is None and not self.path.exists():
            self._waiting = self._line({"kind": "session", "schema": SCHEMA, "id": self.id})
        self._waiting += self._line(record)
        try:
            handle = self._open()
            size = os.fstat(handle).st_size
            try:
                _write_all(handle, self._waiting)
            except OSError:
                os.ftruncate(handle, size)
                raise
        except (OSError, BadInput) as error:
            said, self._troubled = self._troubled, True
            why = reason(error) if isinstance(error, OSError) else str(error)
            return (
                None
                if said
                else Sentence("this conversation is not being saved: {why} ({path})", why=why, path=self.path)
            )
        self._waiting, self._troubled = b"", False
        return None

    @staticmethod
    def _line(record: dict[str, Any]) -> bytes:
        stamped = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", **record}
        return (json.dumps(redact_secrets(stamped), ensure_ascii=False, default=str) + "\n").encode("utf-8", "replace")


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
