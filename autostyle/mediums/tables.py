"""What lies beside works that are a content through a table of colours: the table, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.formats import head

if TYPE_CHECKING:
    from autostyle.codecs import ColorTable

CUBE, HALD = ".cube", ".hald.png"
ENDINGS = (CUBE, HALD)
TITLE = "autostyle look"


def files_of(table: ColorTable | None) -> Mapping[str, bytes]:
    """The companions of a work, by ending; none where it is not of a table alone."""
    if table is None:
        return {}
    from autostyle.codecs.lut_files import cube, hald  # scipy, which no command that lists media waits for

    return {CUBE: cube(table, TITLE), HALD: hald(table)}


def is_ours(path: Path) -> bool:
    """Whether a file with the ending of a companion was written here: a .cube beside a picture may be anybody's."""
    return path.suffix.lower() != CUBE or (head(path) or b"").startswith(f'TITLE "{TITLE}"'.encode())
