"""What the links of a study lead to, for recipes that lie in its folder."""

from __future__ import annotations

from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.mediums import links
from autostyle.mediums.spec import LINK
from autostyle.tuning.inputs import FOLDER
from autostyle.tuning.study import is_own


def beside(recipe: Path) -> dict[str, Path]:
    """SHA-256 -> file or folder, for the links in ``inputs/`` beside ``recipe``, or one folder up; those that are lost
    are left out, and all where the study is not the person's own, or trusted."""
    for folder in (recipe.absolute().parent, recipe.absolute().parent.parent):
        found = sorted((folder / FOLDER).glob(f"*{LINK}"))[:64]
        try:
            if found and is_own(folder.parent, folder.name):
                return dict(filter(None, map(_followed, found)))
        except AutostyleError:
            return {}
    return {}


def _followed(file: Path) -> tuple[str, Path] | None:
    try:
        return links.read(file).sha256, links.follow(file)
    except AutostyleError:
        return None
