"""What tells one file from another: the SHA-256 of its bytes or of a folder's, and a short mark of weights."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from autostyle.errors import BadInput
from autostyle.safe_files import reading
from autostyle.sentences import Sentence

_END = 2**16
MOST_FILES = 100_000
"""In a folder that is told from others."""


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal; raises OSError if it cannot be read, BadInput if it is no file."""
    with reading(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(path: Path) -> str:
    """What tells a file or a folder from all others, 64 hex digits; one that did not change is read once a process.

    Of a file the SHA-256 of its bytes. Of a folder that of a line for each file in it, sorted: its SHA-256 and its path
    within the folder.

    Raises:
        OSError: something cannot be read.
        BadInput: it is neither, or a link, a pipe, a socket or a device is in the folder, or too many files.
    """
    return _digest(path, stamp(path))


def stamp(path: Path) -> str:
    """What changes when a file, or a file in a folder, is written: names, sizes and times; raises as :func:`digest`."""
    if not path.is_dir():
        return _state(path.stat())
    told = "".join(f"{name} {_state(status)}\n" for name, status in _tree(path))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def size(path: Path) -> int:
    """Bytes of a file, or of all files in a folder; raises as :func:`digest`."""
    return sum(status.st_size for _, status in _tree(path)) if path.is_dir() else path.stat().st_size


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"


def _tree(folder: Path) -> list[tuple[str, os.stat_result]]:
    """The files in a folder and below, by their path within it."""
    found: list[tuple[str, os.stat_result]] = []
    for entry in _entries(folder):
        if len(found) == MOST_FILES:
            raise BadInput(
                "there are more than {most} files in {folder}",
                "name a folder with what is meant",
                most=MOST_FILES,
                folder=folder,
            )
        found.append((Path(entry.path).relative_to(folder).as_posix(), entry.stat(follow_symlinks=False)))
    return sorted(found)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as listed:
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield entry
            else:
                link = stat.S_ISLNK(entry.stat(follow_symlinks=False).st_mode)
                what = Sentence("a link") if link else Sentence("no file")
                raise BadInput(
                    "{path} is {kind}",
                    "a folder is taken with plain files and folders in it",
                    path=entry.path,
                    kind=what,
                )


@lru_cache(maxsize=4096)
def _digest(path: Path, stamp: str) -> str:
    if not path.is_dir():
        return sha256(path)
    told = "".join(f"{sha256(path / name)} {name}\n" for name, _ in _tree(path))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def fingerprint(path: Path) -> str:
    """16 hex digits that tell weights from others; a file that did not change is read once a process.

    Of a file the beginning of its SHA-256. A folder of several gigabytes is told by names, sizes, and both ends of each
    of its files.
    """
    if not path.is_dir():
        return _whole(path, path.stat().st_mtime_ns)[:16]
    files = sorted(file for file in path.rglob("*") if file.is_file())
    told = "".join(f"{file.relative_to(path)} {_ends(file, file.stat().st_mtime_ns)}\n" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@lru_cache
def _whole(path: Path, changed: int) -> str:
    return sha256(path)


@lru_cache
def _ends(path: Path, changed: int) -> str:
    """Size and SHA-256 of the first and last 64 KiB of a file."""
    size, digest = path.stat().st_size, hashlib.sha256()
    with reading(path) as file:
        digest.update(file.read(_END))
        file.seek(max(0, size - _END))
        digest.update(file.read(_END))
    return f"{size} {digest.hexdigest()}"
