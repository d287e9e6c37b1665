"""How far a study is, by its log: cheap enough to be asked every second, and no database is opened."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autostyle import json_text, safe_files
from autostyle.errors import BadInput
from autostyle.report.languages import said
from autostyle.report.text import one_line
from autostyle.tuning import events
from autostyle.tuning.folder import LOG
from autostyle.tuning.following import Following
from autostyle.tuning.study_lock import is_held

MOST = 64 * 2**20
"""Bytes of a log that are read: a hundred thousand trials'."""
REPORT = "report.json"
"""Written whenever a study at rest has changed."""
CHANGING = (events.Opened, events.Revised, events.TrialFinished, events.Ended)
"""Events after which the page is another one."""


@dataclass(eq=False)
class LiveStudy:
    """One study; :meth:`look` takes in what has happened since.

    Args:
        folder: of the study.
    """

    folder: Path
    _read: int = 0
    _changes: int = 0
    _following: Following = field(default_factory=Following)
    _working: dict[int, events.TrialStarted] = field(default_factory=dict)
    "By worker."
    _note: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    "Several pages ask at a time."

    def look(self, language: str = "en") -> dict[str, Any]:
        """Its state, as the page reads it, told in its language."""
        with self._lock:
            self._follow()
            running = is_held(self.folder)
            following = self._following
            working = list(self._working.values()) if running else []
            return {
                "stamp": self._stamp(running),
                "running": running,
                "told": self._told(language, bool(working)),
                "far": following.done,
                "total": following.total,
                "working": [
                    {"trial": one.number, "method": one.method, "picture": self._picture(one.worker)} for one in working
                ],
            }

    def stamp(self) -> tuple[str, bool]:
        """What changes when the page does, and whether a search is under way."""
        with self._lock:
            self._follow()
            running = is_held(self.folder)
            return self._stamp(running), running

    def _stamp(self, running: bool) -> str:
        try:
            written = (self.folder / REPORT).stat().st_mtime_ns
        except OSError:
            written = 0
        return f"{self._changes}-{written}-{running:d}"

    def _told(self, language: str, working: bool) -> str:
        following = self._following
        told = [said(language, "{done} of {total} runs done", done=following.done, total=following.total)]
        if following.pictures > following.done:
            told.append(said(language, "{n} pictures", n=following.pictures))
        if following.left and working:
            told.append(_left(language, following.left))
        if not working and following.done >= following.total:
            told.append(said(language, "the best one is rendered at full size"))
        return ", ".join(told) + (f". {self._note}" if self._note else "")

    def _picture(self, worker: int) -> str | None:
        """The address of the picture that a worker paints at, beside the page; another one when it has changed."""
        name = f"live/worker-{worker}.webp"
        try:
            changed = (self.folder / name).stat().st_mtime
        except OSError:
            return None
        return f"{name}?{changed:.2f}"

    def _follow(self) -> None:
        try:
            with safe_files.reading(self.folder / LOG, follow=False) as log:
                if log.seek(0, 2) < self._read:  # another study of the same name
                    self._forget()
                log.seek(self._read)
                new = log.read(MOST)
        except (OSError, BadInput):
            return
        whole = new[: new.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            try:
                data = json_text.loads(line)
                data.pop("at", None)
                event = events.parse(data)
                if _sound(event):
                    self._hear(event)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue  # of another version, or nothing of ours

    def _hear(self, event: events.StudyEvent) -> None:
        self._following.follow(event)
        self._changes += isinstance(event, CHANGING)
        match event:
            case events.Opened() | events.Ended():
                self._working.clear()
                self._note = ""
            case events.TrialStarted():
                self._working[event.worker] = event
                self._note = ""
            case events.TrialFinished():
                self._working.pop(event.worker, None)
            case events.Note():
                self._note = one_line(event.text)

    def _forget(self) -> None:
        self._read, self._following = 0, Following()
        self._changes += 1
        self._working.clear()


def _sound(event: events.StudyEvent) -> bool:
    """Whether the figures of an event are some: the log may be anybody's."""
    counts = [getattr(event, name, 0) for name in ("done", "total", "pictures", "number", "worker")]
    left = getattr(event, "left", None)
    return all(type(count) is int for count in counts) and (left is None or isinstance(left, int | float))


def _left(language: str, seconds: float) -> str:
    if seconds < 90:
        return said(language, "about {n} s left", n=round(seconds))
    return said(language, "about {n} min left", n=round(seconds / 60))


def latest(home: Path) -> str | None:
    """The study that something was last written in; None where there is none."""
    found = [(_changed(folder), folder.name) for folder in home.iterdir()] if home.is_dir() else []
    return max((entry for entry in found if entry[0]), default=(0.0, None))[1]


def _changed(folder: Path) -> float:
    try:
        return (folder / LOG).stat().st_mtime
    except OSError:
        return 0.0
