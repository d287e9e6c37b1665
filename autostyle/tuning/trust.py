"""Whose a study is: those made on this machine are signed with a key that only the person has.

A folder of studies may come from anybody. One that this person neither made nor said to trust is looked at, and no
more: nothing in it is run, and its database is not written. The signature lies in the study's database, so a home that
is copied or moved stays its owner's; the key lies in the person's data folder, and whoever works on several machines
copies it there, or trusts the studies once more. A study on a database server is its users': they named the server.

The signature tells who began a study, not what was done to it since; what its database says is checked in any case.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from autostyle import safe_files
from autostyle.errors import AutostyleError, Missing, Untrusted
from autostyle.sentences import reason
from autostyle.tuning.folder import check_name
from autostyle.tuning.handle import FROZEN, SIGNATURE, Handle
from autostyle.tuning.storage import is_server, open_storage

KEY = "studies.key"
KEY_BYTES = 32
ENVIRONMENT = "AUTOSTYLE_TRUST"
"""Set to 1, every study is taken as one's own: for containers, which forget their keys."""


def require(handle: Handle, storage_url: str | None) -> None:
    """Raises Untrusted where a study that exists is neither the person's own nor trusted."""
    if not is_trusted(handle, storage_url):
        raise Untrusted.of(handle.name)


def is_trusted(handle: Handle, storage_url: str | None) -> bool:
    """Whether more may be done with a study than to look at it."""
    if is_server(storage_url) or os.environ.get(ENVIRONMENT) == "1":
        return True
    if not handle.exists:
        # Its creator was killed half-way, and it is made anew; but no creator of ours leaves trials then.
        return not any(handle.trials().values())
    key = _key()
    return key is not None and any(
        hmac.compare_digest(_signature(key, handle.name, handle.get(FROZEN)), found)
        for found in handle.numbered(SIGNATURE)
    )


def sign(handle: Handle, frozen: dict[str, Any]) -> None:
    """Sign a study that began with ``frozen`` as the person's own; raises Missing where they can keep no key."""
    handle.append(SIGNATURE, _signature(_kept_key(), handle.name, frozen))


def trust(home: Path, name: str, storage_url: str | None = None) -> None:
    """Take a study as the person's own from now on; raises BadInput where there is none, Missing as :func:`sign`."""
    handle = Handle.find(home, name, storage_url)
    if not is_trusted(handle, storage_url):
        sign(handle, handle.get(FROZEN))


def trust_if_there(home: Path, name: str, storage_url: str | None = None) -> None:
    """:func:`trust`, where there is such a study."""
    handle = Handle(home, check_name(name), open_storage(home, storage_url))
    handle.refresh()
    if handle.exists:
        trust(home, name, storage_url)


def _signature(key: bytes, name: str, frozen: Any) -> str:
    said = json.dumps([name, frozen], sort_keys=True, ensure_ascii=True)
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes | None:
    """The person's key; None where there is none, or nobody can read it."""
    try:
        return _read(_place())
    except (AutostyleError, OSError, ValueError):
        return None


def _kept_key() -> bytes:
    """The person's key, which is made where there is none; raises Missing where none can be kept."""
    file = _place()
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(file)
        return _read(file)
    except (AutostyleError, OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise Missing(
            "the key of your studies cannot be kept in {file}: {why}",
            "XDG_DATA_HOME names another folder, {environment}=1 does without a key",
            file=file,
            why=why,
            environment=ENVIRONMENT,
        ) from error


def _place() -> Path:
    return user_data_path("autostyle") / KEY


def _read(file: Path) -> bytes:
    key = safe_files.read(file, KEY_BYTES)
    if len(key) != KEY_BYTES:
        raise ValueError("what is there is no key")
    return key


def _make(file: Path) -> None:
    """Write a new key whole; where another process was quicker, its key is it."""
    part = file.with_name(f".{KEY}.{secrets.token_hex(8)}")
    made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(made, "wb") as written:
            written.write(secrets.token_bytes(KEY_BYTES))
            written.flush()
            os.fsync(written.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(part, file)
    finally:
        part.unlink()
