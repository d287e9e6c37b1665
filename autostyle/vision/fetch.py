"""One download: streamed, checked, and put in place only when it is whole."""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autostyle.errors import Missing
from autostyle.sentences import Sentence

OnBytes = Callable[[int, int], None]
"""Called with the bytes fetched and the total, 0 if the server does not say."""
CHUNK = 2**20
TIMEOUT = 30.0


def silent(done: int, total: int) -> None:
    """A :data:`OnBytes` that nobody watches."""


def fetch(url: str, target: Path, sha256: str, progress: OnBytes = silent) -> Path:
    """Download ``url`` to ``target``, whose folder is made.

    Raises:
        Missing: no connection, a full disk, or bytes whose sha256 is another. ``target`` is then as it was.
    """
    retry = Sentence("try again, or put the file there yourself")
    part: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(url, timeout=TIMEOUT) as reply:
            handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
            part = Path(name)
            total, done, digest = int(reply.headers.get("Content-Length", 0)), 0, hashlib.sha256()
            if total > shutil.disk_usage(target.parent).free:
                raise Missing(
                    "no room for {size:.0f} MB in {folder}",
                    "free some space and try again",
                    size=total / 2**20,
                    folder=target.parent,
                )
            with os.fdopen(handle, "wb") as file:
                while chunk := reply.read(CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    done += len(chunk)
                    progress(done, total)
        if digest.hexdigest() != sha256:
            raise Missing("what came from {url} is not the expected file (its sha256 differs)", retry, url=url)
        part.replace(target)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise Missing(
            "could not fetch {url} to {target}: {error}", retry, url=url, target=target, error=error
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    return target


def from_hub(repository: str, revision: str, files: Sequence[str], size: int, progress: OnBytes = silent) -> None:
    """Download ``files`` of one revision into the Hugging Face hub's own cache, where its other clients find them.

    What an earlier attempt left is taken up again.

    Args:
        size: of them all in bytes.

    Raises:
        Missing: no connection, a full disk, or the hub does not have them.
    """
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError
    from tqdm import tqdm  # type: ignore[import-untyped]

    class Told(tqdm):  # type: ignore[misc]
        """The hub client's own bar, shown to ``progress`` instead of the terminal."""

        def __init__(self, *args: Any, **options: Any) -> None:
            options.pop("name", None)
            super().__init__(*args, **options | {"file": io.StringIO(), "disable": False})

        def update(self, n: float | None = 1) -> None:
            super().update(n)
            progress(done + int(self.n), size)

    cache = Path(huggingface_hub.constants.HF_HUB_CACHE)
    done = 0
    try:
        cache.mkdir(parents=True, exist_ok=True)
        if size > shutil.disk_usage(cache).free:
            raise Missing(
                "no room for {size:.0f} MB in {cache}", "free some space and try again", size=size / 2**20, cache=cache
            )
        for file in files:
            path = huggingface_hub.hf_hub_download(repository, file, revision=revision, tqdm_class=Told)
            done += Path(path).stat().st_size
            progress(done, size)
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise Missing(
            "could not fetch {repository} to {cache}: {error}",
            "try again: it goes on where it stopped",
            repository=repository,
            cache=cache,
            error=error,
        ) from error


def whole_from_hub(repository: str, *, offline: bool = False) -> Path:
    """The folder of a repository in the hub's cache, fetched first unless it is there or ``offline``: its safetensors
    and configuration files, never a pickle.

    Raises:
        Missing: it is neither here nor to be had.
    """
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        patterns = ["*.safetensors", "*.json", "*.txt"]
        return Path(huggingface_hub.snapshot_download(repository, allow_patterns=patterns, local_files_only=offline))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:  # of a name that none can have
        raise Missing(
            "{repository} is not in the hub's cache and could not be fetched: {error}",
            "check the name",
            repository=repository,
            error=error,
        ) from error
