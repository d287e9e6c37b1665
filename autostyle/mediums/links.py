"""Links: what stands in a study's folder for a file that is too large to be copied, and for a folder.

A link says where the file is, and what it was when it was linked. It may come from anybody, as the folder it lies in:
to read one opens nothing else. Only :func:`follow` goes where it leads, and whoever calls that has seen that the study
is the person's own, or trusted.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from autostyle import json_text, safe_files
from autostyle.atomic import atomic_write_text
from autostyle.errors import AutostyleError, BadInput
from autostyle.filenames import legible
from autostyle.fingerprints import digest, size, stamp
from autostyle.mediums.spec import LINK

LARGEST_COPY = 64 * 2**20
"""Bytes of a file that is still copied."""
MOST_INPUTS = 2048
"""Files in an ``inputs/`` that are looked through for one: a study has fewer, with as many aids as there may be."""
_MOST = 2**16
_FIELDS = {
    "path": r"/[^\x00-\x1f\x7f]{1,4095}",
    "medium": r"([a-z][a-z0-9_]{0,63})?",
    "sha256": r"[0-9a-f]{64}",
    "stamp": r"[0-9a-f ]{1,80}",
}


class Lost(BadInput):
    """What a link leads to is gone, or is no longer what it was."""


@dataclass(frozen=True)
class Link:
    """A file or folder elsewhere.

    Args:
        path: absolute.
        medium: of the work that it is; empty where it is none.
        sha256: as :func:`autostyle.fingerprints.digest` has it.
        bytes: how large it was.
        stamp: as :func:`autostyle.fingerprints.stamp` had it when the digest was last found to hold.
    """

    path: str
    medium: str
    sha256: str
    bytes: int
    stamp: str

    @property
    def name(self) -> str:
        """What the person calls it."""
        return legible(Path(self.path).name)

    def write(self, file: Path) -> None:
        """Write it down."""
        atomic_write_text(file, json.dumps(asdict(self), indent=1) + "\n")


def is_link(path: Path) -> bool:
    """Whether a path of a study names a link."""
    return path.suffix == LINK


def is_due(path: Path) -> bool:
    """Whether the file or folder at ``path`` is linked where others are copied."""
    return path.is_dir() or path.stat().st_size > LARGEST_COPY


def to(path: Path, medium: str = "", before: Link | None = None) -> Link:
    """A link to ``path``; where ``before`` is one to the same, and it did not change, it is not read again.

    Raises:
        OSError: it cannot be read.
        BadInput: a link or what is no file is in the folder, or its name cannot be written down.
    """
    path = path.absolute()
    now = stamp(path)
    if before is not None and (before.path, before.stamp, before.medium) == (str(path), now, medium):
        return before
    if not re.fullmatch(_FIELDS["path"], str(path)):
        name = legible(path.name)
        raise BadInput("{name!r} cannot be linked to", "give it a plain name, or a shorter path", name=name)
    return Link(str(path), medium, digest(path), size(path), now)


def read(file: Path) -> Link:
    """The link at ``file``; raises BadInput where there is none."""
    try:
        said = json_text.loads(safe_files.read(file, _MOST))
        whole = said.keys() == Link.__dataclass_fields__.keys() and isinstance(said["bytes"], int)
        if whole and all(re.fullmatch(pattern, said[name]) for name, pattern in _FIELDS.items()):
            return Link(**said)
    except (OSError, ValueError, TypeError, AttributeError):
        pass
    raise BadInput("{path} is no link of a study", "the study is damaged: start a new one", path=file)


def read_link(file: Path) -> Link | None:
    """The link at ``file``; None where there is none, or a damaged one."""
    try:
        return read(file) if is_link(file) else None
    except AutostyleError:
        return None


def follow(file: Path) -> Path:
    """What the link at ``file`` leads to, which is still what it was; a file that was touched is read once more.

    Raises:
        Lost: it is gone, or has changed.
        BadInput: there is no link.
    """
    link = read(file)
    path = Path(link.path)
    try:
        now = stamp(path)
        if now != link.stamp:
            if digest(path) != link.sha256:
                raise Lost(
                    "{path} has changed since the study began",
                    "bring the same again, or start a new study",
                    path=path,
                )
            with contextlib.suppress(AutostyleError, OSError):  # where it cannot be kept it is read again next time
                replace(link, stamp=now).write(file)
    except OSError:
        raise Lost(
            "{path} is gone, and the study has no copy of it",
            "put it back, or name the study's content, styles and aids again where they are now",
            path=path,
        ) from None
    return path
