"""Optuna's artifact store, without what Optuna would load for S3.

Where boto3 is installed, ``optuna.artifacts`` imports it, and with it urllib3, which binds a socket to see whether
there is IPv6. ``--offline`` means no socket at all, and nothing here speaks S3: these names are taken from here only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _not_importable(name: str) -> Iterator[None]:
    before = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


with _not_importable("boto3"):
    from optuna.artifacts import FileSystemArtifactStore, get_all_artifact_meta, upload_artifact
    from optuna.artifacts.exceptions import ArtifactNotFound

__all__ = ["ArtifactNotFound", "FileSystemArtifactStore", "get_all_artifact_meta", "upload_artifact"]
