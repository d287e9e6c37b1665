"""Signatures of what a person began themselves, by a key that only they have. No Optuna."""

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
from autostyle.errors import AutostyleError, Missing
from autostyle.sentences import reason

KEY = "studies.key"
KEY_BYTES = 32
ENVIRONMENT = "AUTOSTYLE_TRUST"
"""Set to 1, every study is taken as one's own: for containers, which forget their keys."""


def signature(what: Any) -> str:
    """Of JSON data; raises Missing where the person can keep no key."""
    return _signed(_kept_key(), what)


def is_signed(what: Any, found: str) -> bool:
    """Whether ``found`` is the person's signature of JSON data."""
    key = _key()
    return key is not None and hmac.compare_digest(_signed(key, what), found)


def _signed(key: bytes, what: Any) -> str:
    said = json.dumps(what, sort_keys=True, ensure_ascii=True)
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
