"""The folder of a training: what stands in it under which name, and whether a training may begin or go on there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autostyle import safe_files
from autostyle.errors import BadInput
from autostyle.train import checkpoint
from autostyle.train.checkpoint import TrainingRecord


class TrainingFolder:
    """Of one training; ``model`` is the name of the file that is passed on."""

    def __init__(self, path: Path, model: str) -> None:
        self.path = path
        self.model = path / model
        self.checkpoint = path / "checkpoint.safetensors"
        self.record = path / "training.json"
        self.card = path / "README.md"
        self.previews = path / "previews"

    def begun(self, identity: Mapping[str, Any], force: bool) -> TrainingRecord:
        """How far the training of ``identity`` has come here; nothing if it begins, or ``force`` begins it anew.

        Raises:
            BadInput: another training, or something else altogether, is in the folder, or a link leads out of it.
        """
        safe_files.confine(self.path)
        if not self.path.exists():
            return TrainingRecord()
        if not self.path.is_dir():
            raise BadInput("{folder} is a file", "-o names a folder here", folder=self.path)
        safe_files.check_folder(self.path, self.path)
        if force:
            return TrainingRecord()
        if not self.checkpoint.exists():
            # Previews alone are of a training that has come to its first checkpoint just now, or was cut off before it.
            if any(inside.name[0] != "." and inside != self.previews for inside in self.path.iterdir()):
                raise BadInput("{path} is in use", "name another folder; --force writes into this one", path=self.path)
            return TrainingRecord()
        known, record = checkpoint.head(self.checkpoint)
        if known != identity:
            differing = sorted(name for name in {*known, *identity} if known.get(name) != identity.get(name))
            raise BadInput(
                "the training in {path} began with other {what}",
                "take the same again, or another folder; --force begins anew",
                path=self.path,
                what=", ".join(differing),
            )
        return record

    @contextlib.contextmanager
    def held(self, anew: bool) -> Iterator[None]:
        """The folder made, and nobody else training in it; ``anew`` removes what an earlier training left."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise BadInput(
                "another process is training in {path}", "wait, or name another folder", path=self.path
            ) from error
        try:
            if anew:
                old = [self.model, self.checkpoint, self.record, self.card, *self.previews.glob("step-*.png")]
                for file in old:
                    file.unlink(missing_ok=True)
            yield
        finally:
            lock.release()
