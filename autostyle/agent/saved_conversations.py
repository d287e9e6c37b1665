"""The conversations there are, and what each of their files holds."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from autostyle import json_text, safe_files
from autostyle.agent import records
from autostyle.agent.events import NOTHING_SPENT, Spent
from autostyle.agent.messages import Message, UserMessage, repair_history
from autostyle.errors import BadInput
from autostyle.sentences import reason

MOST = 2**28
"""Bytes of a conversation that are read."""
LISTED = 50
"""Conversations a list shows, the newest."""


@dataclass(frozen=True)
class SavedConversation:
    """What the file of a conversation holds.

    Args:
        messages: of the conversation.
        workspace: the workspace as it was last, as :func:`records.encode_workspace` wrote it.
        workspaces: what it was before: after how many messages, and how.
        spent: tokens and dollars so far.
        started: UTC, ISO 8601.
    """

    messages: tuple[Message, ...] = ()
    workspace: dict[str, Any] | None = None
    workspaces: tuple[tuple[int, dict[str, Any]], ...] = ()
    spent: Spent = NOTHING_SPENT
    started: str = ""


@dataclass(frozen=True)
class ConversationSummary:
    """A line of the list of conversations: when it was started (UTC, ISO 8601), its first words, its study."""

    id: str
    started: str
    title: str
    study: str | None


def conversations_folder() -> Path:
    """Where conversations are kept, in the user's data folder; it may not exist."""
    return user_data_path("autostyle") / "sessions"


def list_conversations(folder: Path | None = None) -> list[ConversationSummary]:
    """The conversations there are, the newest first; files that cannot be read are left out."""
    found = []
    for path in _newest(folder):
        with contextlib.suppress(BadInput):
            kept = read(path)
            words = next((message.text for message in kept.messages if isinstance(message, UserMessage)), "")
            study = (kept.workspace or {}).get("study")
            found.append(ConversationSummary(path.stem, kept.started, " ".join(words.split())[:80], study))
    return found


def last(folder: Path | None = None) -> tuple[Path, SavedConversation] | None:
    """The file of the last conversation in which anything was said, and what it holds; None where there is none."""
    return next(recent(folder), None)


def recent(folder: Path | None = None) -> Iterator[tuple[Path, SavedConversation]]:
    """The files of conversations in which anything was said, and what they hold, the last one first."""
    for path in _newest(folder):
        with contextlib.suppress(BadInput):
            kept = read(path)
            if kept.messages:
                yield path, kept


def _newest(folder: Path | None) -> list[Path]:
    """The files of conversations, those first in which something was said last; a name may be of any kind."""
    found = []
    for path in (folder or conversations_folder()).glob("*.jsonl"):
        with contextlib.suppress(OSError):
            found.append((path.stat().st_mtime_ns, path.name, path))
    return [path for *_, path in sorted(found, reverse=True)[:LISTED]]


def is_open(path: Path) -> bool:
    """Whether a program has the conversation of a file open."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


def read(path: Path) -> SavedConversation:
    """What the file of a conversation holds; lines that are none are left out. Raises BadInput if it cannot be read."""
    try:
        lines = safe_files.read(path, MOST, follow=True).split(b"\n")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise BadInput("{path} cannot be read: {why}", "it holds this conversation", path=path, why=why) from error
    messages: list[Message] = []
    workspaces: list[tuple[int, dict[str, Any]]] = []
    spent = NOTHING_SPENT
    started = ""
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            record = json_text.loads(line)
            match record["kind"]:
                case "session":
                    started = str(record["at"])
                case "desk":
                    workspace = {name: value for name, value in record.items() if name not in ("kind", "at")}
                    workspaces.append((len(messages), workspace))
                case "rewound":
                    # Counted as it was then: in a history that had been repaired.
                    messages = repair_history(messages)[: int(record["messages"])]
                    workspaces = [(count, kept) for count, kept in workspaces if count <= len(messages)]
                case "spent":
                    spent = _spent(record)
                case _:
                    messages.append(records.decode_message(record))
    last = workspaces[-1][1] if workspaces else None
    return SavedConversation(tuple(messages), last, tuple(workspaces), spent, started)


def _spent(record: dict[str, Any]) -> Spent:
    price = record["price"]
    return Spent(int(record["tokens_in"]), int(record["tokens_out"]), None if price is None else float(price))
