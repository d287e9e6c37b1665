"""Optuna's artifact store, without what Optuna would load for S3.

Where boto3 is installed, ``optuna.artifacts`` imports it, and with it urllib3, which binds a socket to see whether
there is IPv6. ``--offline`` means no socket at all, and nothing here speaks S3: these names are taken from here only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from autostyle.errors import BadInput
from autostyle.safe_files import open_file


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
    from optuna.artifacts import FileSystemArtifactStore, upload_artifact
    from optuna.artifacts._upload import ARTIFACTS_ATTR_PREFIX
    from optuna.artifacts.exceptions import ArtifactNotFound


class ArtifactStore(FileSystemArtifactStore):
    """The store in a folder that may come from somebody else: what is read lies in it, and is a file."""

    def open_reader(self, artifact_id: str) -> BinaryIO:
        try:
            return os.fdopen(open_file(self._get_filepath(artifact_id)), "rb")
        except (BadInput, OSError) as error:
            raise ArtifactNotFound(f"there is no artifact {artifact_id}") from error


__all__ = ["ARTIFACTS_ATTR_PREFIX", "ArtifactNotFound", "ArtifactStore", "upload_artifact"]
