"""A folder that is watched: what comes into it is stylized, once it is whole.

Folders are looked through again and again, not listened to: that works on network folders, too, and costs little.
A file is taken when two looks in a row find the same bytes and time of it. What was made of which file is noted
beside the results, so that a watch that begins again does nothing twice, whatever became of the results meanwhile.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autostyle import json_text, safe_files
from autostyle.atomic import explain_write_errors
from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.jobs.failures import Failure, failure
from autostyle.mediums import registry
from autostyle.mediums.serving import result, service
from autostyle.methods import registry as methods
from autostyle.report.recipe import Recipe
from autostyle.sentences import Sentence, reason
from autostyle.use_cases.batch import output_name

NOTES = ".autostyle-watched.jsonl"
LOCK = ".autostyle-watched.lock"
MOST_NOTES = 2**27
"""Bytes of notes that are read."""
AGAIN = (30.0, 600.0)
"""Seconds after which something is tried again that failed for want of something else: at first, and at most."""
Stamp = tuple[int, int]
"""Bytes of a file, and when it was last written, in ns."""


@dataclass(frozen=True)
class ArrivedFile:
    """A file that is whole, and where what is made of it goes; ``again`` where it has changed since that was made."""

    source: Path
    target: Path
    stamp: Stamp
    again: bool = False


@dataclass
class WatchedFolder:
    """The folder ``inside``, and what was made of it in ``out`` by a recipe.

    Args:
        inside, out: absolute.
        recipe: what is made.
        settle: seconds for which a file has to stay as it is.
        force: make everything anew, once.
        clock: seconds.
    """

    inside: Path
    out: Path
    recipe: Recipe
    settle: float = 2.0
    force: bool = False
    clock: Callable[[], float] = time.monotonic
    skipped: dict[Path, str] = field(default_factory=dict)
    "What is left as it is: ``made`` in an earlier watch, or ``exists``: something is there that no watch made."
    _seen: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    "Since when a file is as it is."
    _made: dict[str, Stamp] = field(default_factory=dict)
    _foreign: dict[Path, Stamp] = field(default_factory=dict)
    "Files whose place is taken by something that no watch made."
    _failed: dict[Path, Stamp] = field(default_factory=dict)
    _later: dict[Path, tuple[float, float]] = field(default_factory=dict)
    "Until when a file waits that could not be made, and for how long."
    _key: str = ""
    _taken: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        look = self.recipe.model_dump(mode="json", exclude={"content", "study", "trial", "scores", "held_out"})
        self._key = hashlib.sha256(json.dumps(look, sort_keys=True).encode()).hexdigest()[:16]
        self._made = self._noted()

    def arrived(self) -> list[ArrivedFile]:
        """The files that are whole and to be made now, by name.

        Raises:
            BadInput: the folder cannot be read.
        """
        now, found = self.clock(), []
        there = dict(self._files())
        self._seen = {path: self._seen.get(path, (stamp, now)) for path, stamp in there.items()}
        self.skipped = {path: why for path, why in self.skipped.items() if path in there}
        for path, stamp in sorted(there.items()):
            before, since = self._seen[path]
            if before != stamp:
                self._seen[path] = stamp, now
            elif now - since >= self.settle and (one := self._due(path, stamp, now)) is not None:
                found.append(one)
        return found

    @property
    def waiting(self) -> int:
        """How many files are not whole yet, as far as is known."""
        now = self.clock()
        return sum(self._open(path) and now - since < self.settle for path, (_, since) in self._seen.items())

    def made(self, one: ArrivedFile) -> None:
        """Note that ``one`` was made; raises what hinders that."""
        name = self._name(one.source)
        self._made[name] = one.stamp
        self._taken.add(one.source)
        self._later.pop(one.source, None)
        line = json.dumps({"recipe": self._key, "file": name, "bytes": one.stamp[0], "time": one.stamp[1]})
        with explain_write_errors(self.out / NOTES):
            self.out.mkdir(parents=True, exist_ok=True)
            safe_files.append(self.out / NOTES, line + "\n")

    def failed(self, one: ArrivedFile, exit_code: int) -> float | None:
        """Note that ``one`` could not be made. What is wrong with it stays so until it changes; what only lacks
        something (``Missing``'s exit code) is tried again: the seconds until then."""
        if exit_code != Missing.exit_code:
            self._failed[one.source] = one.stamp
            return None
        pause = min(2 * self._later.get(one.source, (0.0, AGAIN[0] / 2))[1], AGAIN[1])
        self._later[one.source] = self.clock() + pause, pause
        return pause

    def _due(self, path: Path, stamp: Stamp, now: float) -> ArrivedFile | None:
        if self._failed.get(path) == stamp or self._later.get(path, (0.0, 0.0))[0] > now:
            return None
        known = self._made.get(self._name(path))
        anew = self.force and path not in self._taken
        if not anew and stamp in (known, self._foreign.get(path)):
            if path not in self._taken:
                self.skipped.setdefault(path, "made")
            return None
        target = self.out / path.relative_to(self.inside).parent / output_name(path, self._kind(path))
        if known is None and os.path.lexists(target) and not anew:
            self.skipped[path] = "exists"
            self._foreign[path] = stamp
            return None
        self.skipped.pop(path, None)
        return ArrivedFile(path, target, stamp, again=os.path.lexists(target))

    def _open(self, path: Path) -> bool:
        return path not in self.skipped and path not in self._taken and path not in self._failed

    def _kind(self, path: Path) -> str:
        return result(self.recipe.method, path)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.inside).as_posix()

    def _files(self) -> Iterator[tuple[Path, Stamp]]:
        """The files of the folder that the recipe's method takes, and of those below it; hidden ones and those of the
        results aside, and no folder that is a link."""
        endings = _endings(self.recipe.method)
        out = self.out.resolve()
        folders = [self.inside]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        path = Path(entry.path)
                        if entry.name.startswith("."):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            folders += [] if path.resolve() == out else [path]
                        elif path.suffix.lower() in endings:
                            with contextlib.suppress(OSError):  # gone meanwhile, or a link to nothing
                                found = entry.stat()
                                yield path, (found.st_size, found.st_mtime_ns)
            except OSError as error:
                if folder == self.inside:
                    raise BadInput(
                        "{path} cannot be read: {why}", "check the path and the disk", path=folder, why=reason(error)
                    ) from error

    def _noted(self) -> dict[str, Stamp]:
        found: dict[str, Stamp] = {}
        with contextlib.suppress(OSError, ValueError, BadInput):
            for line in safe_files.read(self.out / NOTES, MOST_NOTES).splitlines():
                with contextlib.suppress(ValueError, TypeError, KeyError):
                    said = json_text.loads(line)
                    if said["recipe"] == self._key:
                        found[str(said["file"])] = int(said["bytes"]), int(said["time"])
        return found


def _endings(method: str) -> frozenset[str]:
    """Of the files that ``method`` makes something of: a folder that is watched holds all kinds of others, too."""
    spec = methods.find(method)
    served = [kind for kind in registry.built() if service(spec, kind.name) is not None]
    return frozenset(ending for kind in served for ending in kind.readable)


@contextlib.contextmanager
def held(out: Path) -> Iterator[None]:
    """Be the one watch that writes into ``out``; raises BadInput where another one does."""
    with explain_write_errors(out / LOCK):
        out.mkdir(parents=True, exist_ok=True)
        safe_files.refuse_other_kinds(out / LOCK)
        lock = FileLock(out / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise BadInput("another watch writes into {out}", "end it, or name another -o", out=out) from None
    try:
        yield
    finally:
        # Before it is released: whoever waits for the file that is gone takes a new one instead.
        (out / LOCK).unlink(missing_ok=True)
        lock.release()


def check(inside: Path, out: Path) -> tuple[Path, Path]:
    """Both folders, absolute; raises BadInput where one is none, or results would be taken for pictures that come."""
    inside, out = inside.absolute(), out.absolute()
    if not inside.is_dir():
        raise BadInput("there is no folder {path}", "name the folder that pictures come into", path=inside)
    if out.exists() and not out.is_dir():
        raise BadInput("{folder} is a file", "-o names a folder here", folder=out)
    if out.resolve() == inside.resolve() or inside.resolve().is_relative_to(out.resolve()):
        raise BadInput(
            "{inside} lies in {out}, where the results go", "name another -o: beside it, or inside of it",
            inside=inside, out=out,
        )  # fmt: skip
    return inside, out


PaintArrived = Callable[[ArrivedFile], dict[str, Any]]
"""Makes one: what a job that applies a recipe answers, of one picture."""
TellWatch = Callable[[str, dict[str, Any]], None]
"""Told what happened: ``made``, ``failed``, ``later``, ``lost``, ``back``, ``idle``; and about what."""


def watch(
    watched: WatchedFolder,
    paint: PaintArrived,
    heard: TellWatch,
    wait: Callable[[float], bool],
    *,
    every: float = 2.0,
    once: bool = False,
) -> list[Failure]:
    """Make what arrives until told to end; what went wrong with single files, each of which is also told.

    Args:
        paint: makes one file.
        wait: waits for some seconds; says whether to end.
        every: seconds between two looks.
        once: end when everything that is there was made.

    Raises:
        AutostyleError: nothing can be made at all: what the first one lacked.
    """
    failures: list[Failure] = []
    lost, done = False, 0
    while True:
        try:
            arrived = watched.arrived()
        except BadInput as error:
            if not lost:
                heard("lost", {"error": error.message})
            arrived, lost = [], True
        else:
            if lost:
                heard("back", {})
            lost = False
        for one in arrived:
            if wait(0):
                return failures
            entry = _make(one, paint, raises=not done and not failures)
            if entry is None:  # stopped
                return failures
            failures = [failed for failed in failures if failed["input"] != str(one.source)]
            if "error" not in entry:
                watched.made(one)
                done += 1
                heard("made", entry)
                continue
            failures.append(entry)
            again = watched.failed(one, entry["exit_code"])
            heard("failed" if again is None else "later", entry | ({} if again is None else {"again": again}))
        if arrived and not watched.waiting:
            heard("idle", {"made": done, "failed": len(failures)})
        if (once and not arrived and not watched.waiting) or wait(every):
            return failures


def _make(one: ArrivedFile, paint: PaintArrived, *, raises: bool) -> dict[str, Any] | None:
    """What was made of one, or why not; None where it was stopped."""
    try:
        answer = paint(one)
    except AutostyleError as error:
        if raises and isinstance(error, Missing):  # weights, a package: it lacks for all that may come
            raise
        return failure(one.source, error)
    if answer["failed"]:
        entry: Failure = answer["failed"][0]
        return entry
    return next(iter(answer["images"]), None)


def told(failed: Failure, again: float) -> Sentence:
    """That something is tried again."""
    return Sentence(
        "{name} waits: {error}; again in {seconds} s",
        name=Path(failed["input"]).name,
        error=failed["error"],
        seconds=round(again),
    )
