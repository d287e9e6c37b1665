"""What ``apply`` made in a folder, and of what: so that the same request again makes only what is missing.

The notes are lines of JSON in a hidden file beside the results. Each is written before its result is, which is put in
place whole; where something is replaced, what was noted of it is taken back first, and the note comes last.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from autostyle import json_text, safe_files
from autostyle.atomic import explain_write_errors
from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.mediums.sides import SaidSize
from autostyle.methods.aids import Aids
from autostyle.report.recipe import Recipe
from autostyle.sentences import reason

NAME = ".autostyle-applied.jsonl"
_MOST = 2**26


def key(recipe: Recipe, source: Path, size: SaidSize | None, aids: Aids, told: Callable[[Path], str]) -> str:
    """What tells what ``recipe`` makes of ``source`` with ``aids`` at a long side of ``size`` from all else.

    Args:
        told: what tells a content from all others.

    Raises:
        BadInput: ``source`` cannot be read.
    """
    styles = [[style.sha256, style.webp or style.packed, style.weight] for style in recipe.styles]
    try:
        used = {name: [digest(file) for file in files] for name, files in aids.items()}
        look = [recipe.method, recipe.params, recipe.path, styles, recipe.prompt, recipe.seed]
        made_by = [*look, size, told(source), used]
    except OSError as error:
        raise BadInput(
            "{path} cannot be read: {why}", "check the path and the disk", path=source, why=reason(error)
        ) from error
    return hashlib.sha256(json.dumps(made_by, sort_keys=True, default=str).encode()).hexdigest()


def read_note(target: Path) -> str:
    """The last :func:`key` that was noted for ``target``; empty where there is none."""
    found = ""
    with contextlib.suppress(OSError, ValueError, BadInput):
        for line in safe_files.read(target.parent / NAME, _MOST).splitlines():
            with contextlib.suppress(ValueError, TypeError, KeyError):
                said = json_text.loads(line)
                found = str(said["key"]) if said["name"] == target.name else found
    return found


def note(target: Path, made_by: str) -> None:
    """Note what ``target`` is made of, nothing where that is not known; raises Missing or BadInput where its folder
    cannot be written."""
    with explain_write_errors(target):
        safe_files.append(target.parent / NAME, json.dumps({"name": target.name, "key": made_by}) + "\n")
