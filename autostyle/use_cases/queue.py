"""Requests that run one after the other: a file in the home of studies, which outlives whoever works through it.

Each entry is a plan. One program at a time works through a queue and holds its lock for that; any other may look at it,
add to it and put it in another order meanwhile. Where the program is gone, the entry it was at is the next one, and its
study goes on where it stopped. An entry is signed like a study: one that somebody else put into the file is not run.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from autostyle import json_text, safe_files
from autostyle.atomic import atomic_write_text, explain_write_errors
from autostyle.errors import BadInput, wrong
from autostyle.plan import Plan
from autostyle.sentences import Sentence
from autostyle.tuning.signing import ENVIRONMENT, is_signed, signature

FILE = "queue.json"
LOCK, RUNNING = ".queue.lock", ".queue-running.lock"
MOST_BYTES = 2**24
MOST_OVER = 100
"""Entries that are over and still listed."""
PATIENCE = 10.0
"""Seconds that the file is waited for; whoever changes it has it for a moment."""
MOST_SAID = 4000
"""Characters of the words that an entry was asked for with."""
EntryState = Literal["waiting", "running", "done", "failed", "cancelled"]
OPEN: tuple[EntryState, ...] = ("running", "waiting")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class QueueEntry(_Model):
    """One request.

    Args:
        id: a short name for it, which stays.
        plan: what is searched; its paths are absolute.
        said: the request in the person's words, a message a line, where it was one in words.
        added, ended: when, ISO 8601 in UTC.
        error, hint: what it failed with.
        signed: the person's signature of id, words and plan.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{4,12}$")]
    plan: Plan
    said: Annotated[str, StringConstraints(max_length=MOST_SAID)] = ""
    state: EntryState = "waiting"
    added: str = ""
    ended: str = ""
    error: str = ""
    hint: str = ""
    signed: str = ""

    @property
    def study(self) -> str:
        return self.plan.study

    def data(self) -> dict[str, Any]:
        """It as JSON data, for people and scripts."""
        return {
            **{name: getattr(self, name) for name in ("id", "study", "state", "said", "added", "ended")},
            "content": str(self.plan.content),
            "style": [str(style) for style in self.plan.styles],
            "methods": [method.name for method in self.plan.methods],
            "trials": self.plan.budget.trials,
            "minutes": self.plan.budget.minutes,
            **({"error": self.error, "hint": self.hint} if self.error else {}),
        }


class QueueFile(_Model):
    """What the file says."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    entries: tuple[QueueEntry, ...] = ()

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )


def entries(home: Path) -> tuple[QueueEntry, ...]:
    """All there are, in their order, those that are over first; raises BadInput where the file cannot be read."""
    try:
        data = json_text.loads(safe_files.read(home / FILE, MOST_BYTES))
        return QueueFile.model_validate(data).entries
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        raise _unreadable(home, wrong(error)) from error
    except (OSError, ValueError) as error:
        raise _unreadable(home, error) from error


def to_come(home: Path) -> tuple[QueueEntry, ...]:
    """Those that are not over, in the order in which they run."""
    found = entries(home)
    return tuple(entry for state in OPEN for entry in found if entry.state == state)


def add(home: Path, plan: Plan, said: str = "", *, running: bool = False) -> QueueEntry:
    """Put a plan at the end of the queue, or one that is already running at its beginning.

    Raises:
        BadInput: the same study is in it already.
    """
    plan = plan.placed(Path.cwd())
    one = QueueEntry(
        id=secrets.token_hex(3),
        plan=plan,
        said=said,
        state="running" if running else "waiting",
        added=_now(),
    )
    one = one.model_copy(update={"signed": signature(_signed(one))})

    def change(before: tuple[QueueEntry, ...]) -> tuple[QueueEntry, ...]:
        if any(entry.study == plan.study and entry.state in OPEN for entry in before):
            raise BadInput("{study} is in the queue already", "`autostyle queue` lists what is in it", study=plan.study)
        return (*before, one)

    _change(home, change)
    return one


def move(home: Path, name: str, place: int) -> tuple[QueueEntry, ...]:
    """Put an entry that waits at a place among those that wait, from 1; what is to come afterwards."""

    def change(before: tuple[QueueEntry, ...]) -> tuple[QueueEntry, ...]:
        one = _waiting(before, name)
        rest = [entry for entry in before if entry is not one]
        others = [number for number, entry in enumerate(rest) if entry.state == "waiting"]
        at = others[place - 1] if 0 < place <= len(others) else len(rest)
        return (*rest[:at], one, *rest[at:])

    _change(home, change)
    return to_come(home)


def cancel(home: Path, *names: str) -> None:
    """Take entries that wait out of the queue, all or, where one of them does not, none; their studies, where they have
    begun, are kept."""

    def change(before: tuple[QueueEntry, ...]) -> tuple[QueueEntry, ...]:
        return _cancelled(before, [_waiting(before, name) for name in names])

    _change(home, change)


def clear(home: Path) -> None:
    """Take all that wait out of the queue."""
    _change(home, lambda before: _cancelled(before, [entry for entry in before if entry.state == "waiting"]))


def end(home: Path, entry: str, *, error: str = "", hint: str = "", again: bool = False) -> None:
    """Say how an entry, by its id, ended; ``again``: it was cut short, and is the next one."""

    def change(before: tuple[QueueEntry, ...]) -> tuple[QueueEntry, ...]:
        one = next((one for one in before if one.id == entry), None)
        if one is None:
            return before
        if again:
            return _replaced(before, one, state="waiting")
        return _replaced(
            before, one, state="failed" if error else "done", ended=_now(), error=str(error), hint=str(hint)
        )

    _change(home, change)


def take(home: Path) -> QueueEntry | None:
    """The next entry, which is running from now on; None where there is none. For whoever holds :class:`QueueLock`."""
    taken: list[QueueEntry] = []

    def change(before: tuple[QueueEntry, ...]) -> tuple[QueueEntry, ...]:
        for one in (entry for state in OPEN for entry in before if entry.state == state):
            if not _own(one):
                why = Sentence("it was not put into the queue here")
                before = _replaced(before, one, state="failed", ended=_now(), error=why)
                continue
            taken.append(one.model_copy(update={"state": "running"}))
            return _replaced(before, one, state="running")
        return before

    _change(home, change)
    return next(iter(taken), None)


class QueueLock(contextlib.AbstractContextManager[bool]):
    """The right to work through the queue of ``home``: whether it is ours, for no other program has it. It ends with
    the block, or with the program."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock: FileLock | None = None

    def __enter__(self) -> bool:
        return self.begin()

    def begin(self) -> bool:
        """Take it, unless another program has it; again and again does no harm."""
        if self._lock is None:
            lock = _lock(self._home, RUNNING)
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                self._lock = lock
        return self._lock is not None

    def end(self) -> None:
        """Give it back."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __exit__(self, *_: object) -> None:
        self.end()


def find(among: Sequence[QueueEntry], name: str) -> QueueEntry:
    """The entry of that id or study, the latest; raises BadInput where there is none."""
    one = next((entry for entry in reversed(among) if name in (entry.id, entry.study)), None)
    if one is None:
        raise BadInput("there is no {name!r} in the queue", "`autostyle queue` lists what is in it", name=name)
    return one


def _waiting(among: Sequence[QueueEntry], name: str) -> QueueEntry:
    open_ = [entry for entry in among if entry.state in OPEN]
    one = find(open_, name)
    if one.state != "waiting":
        raise BadInput("{study} is running", "stop its search instead; what was found is kept", study=one.study)
    return one


def _signed(entry: QueueEntry) -> list[Any]:
    return [entry.id, entry.said, entry.plan.model_dump(mode="json")]


def _own(entry: QueueEntry) -> bool:
    return os.environ.get(ENVIRONMENT) == "1" or is_signed(_signed(entry), entry.signed)


def _cancelled(before: tuple[QueueEntry, ...], those: Sequence[QueueEntry]) -> tuple[QueueEntry, ...]:
    for one in those:
        before = _replaced(before, one, state="cancelled", ended=_now())
    return before


def _replaced(before: tuple[QueueEntry, ...], one: QueueEntry, **fields: Any) -> tuple[QueueEntry, ...]:
    return tuple(entry.model_copy(update=fields) if entry.id == one.id else entry for entry in before)


def _change(home: Path, change: Callable[[tuple[QueueEntry, ...]], tuple[QueueEntry, ...]]) -> None:
    """Write the queue as ``change`` leaves it, unless that is as it was; no file is made for nothing."""
    if not os.path.lexists(home / FILE) and not change(()):
        return
    with _held(home):
        before = entries(home)
        found = change(before)
        if found == before:
            return
        over = [entry for entry in found if entry.state not in OPEN]
        gone = {entry.id for entry in over[:-MOST_OVER]}
        kept = QueueFile(entries=tuple(entry for entry in found if entry.id not in gone))
        text = json.dumps(kept.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
        atomic_write_text(home / FILE, text + "\n")


@contextlib.contextmanager
def _held(home: Path) -> Iterator[None]:
    lock = _lock(home, LOCK)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise BadInput("the queue of {home} is in use", "try again", home=home) from None
    try:
        yield
    finally:
        lock.release()


def _lock(home: Path, name: str) -> FileLock:
    with explain_write_errors(home / name):
        home.mkdir(parents=True, exist_ok=True)
        safe_files.refuse_other_kinds(home / name)
    return FileLock(home / name, thread_local=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unreadable(home: Path, why: object) -> BadInput:
    return BadInput(
        "{path} cannot be read: {why}", "move it away, and the queue begins anew", path=home / FILE, why=why
    )
