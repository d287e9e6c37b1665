"""Where parts of a long work lie until it is whole, so that an interrupted run goes on where it was."""

from __future__ import annotations

import glob
import hashlib
import shutil
from pathlib import Path

from autostyle.errors import BadInput


def parts_folder(place: Path, kind: str, order: str) -> Path:
    """The hidden folder of the parts of ``order`` for the work at ``place``; it is made, and other orders' are removed.

    Args:
        kind: what the parts are called.
        order: everything that decides how they look.

    Raises:
        BadInput: a link is in its place.
    """
    stem = f".{place.name}.{kind}-"
    own = place.parent / f"{stem}{hashlib.sha256(order.encode()).hexdigest()[:16]}"
    for other in place.parent.glob(f"{glob.escape(stem)}*"):
        if other != own:
            shutil.rmtree(other, ignore_errors=True)
    own.mkdir(parents=True, exist_ok=True)
    if own.is_symlink():
        raise BadInput("{path} is a link, and a folder's place", "take it away", path=own)
    return own
