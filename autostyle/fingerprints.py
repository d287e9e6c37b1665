"""What tells one file from another: the SHA-256 of its bytes, and a short mark of weights."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from autostyle.safe_files import reading

_END = 2**16


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal; raises OSError if it cannot be read, BadInput if it is no file."""
    with reading(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
