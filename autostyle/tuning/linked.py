"""What the links of a study lead to, for recipes that lie in its folder."""

from __future__ import annotations

from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.mediums import links
from autostyle.mediums.spec import LINK
from autostyle.tuning import trust
from autostyle.tuning.handle import Handle
from autostyle.tuning.inputs import FOLDER
from autostyle.tuning.storage import explained


def beside(recipe: Path) -> dict[str, Path]:
    """SHA-256 -> file or folder, for the links in ``inputs/`` beside ``recipe``, or one folder up; those that are lost,
    or that the study did not begin with, are left out, and all where it is not the person's own, or trusted."""
    for folder in (recipe.absolute().parent, recipe.absolute().parent.parent):
        found = sorted((folder / FOLDER).glob(f"*{LINK}"))[: links.MOST_INPUTS]
        try:
            if found:
                with explained():
                    study = Handle.find(folder.parent, folder.name)
                    trust.require(study, None)
                    return dict(filter(None, (_followed(study, file) for file in found)))
        except AutostyleError:
            return {}
    return {}


def _followed(study: Handle, file: Path) -> tuple[str, Path] | None:
    try:
        return links.read(file).sha256, study.input(file.relative_to(study.folder))
    except AutostyleError:
        return None
