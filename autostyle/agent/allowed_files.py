"""Which files the tools may touch: those the person named, and the home of the studies.

A model invents paths, and a text in a picture may ask for some; what the person never said is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from autostyle import named_styles
from autostyle.agent.understanding import clauses, paths, read
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.languages import language
from autostyle.agent.understanding.on_disk import only_picture
from autostyle.agent.workspace import Workspace
from autostyle.errors import BadInput
from autostyle.filenames import find
from autostyle.use_cases import files


def hear(workspace: Workspace, text: str) -> None:
    """Take note of what the person said, and of the files and folders it names."""
    here = Path.cwd()
    said = clauses.normal(text)
    files = paths.find(said, here)
    workspace.said.append(text)
    workspace.named_files.update((here / file.path).resolve() for file in files if not file.url)
    misspelt = (near for file in files if not (file.url or file.exists) for near in read.near(file.path, here))
    workspace.named_files.update((here / near).resolve() for near in misspelt)  # the brain asks whether it was meant
    if only_picture(here, [file.path for file in files]) is not None:
        meant = understand_cached(text, here, study=workspace.study is not None, before=workspace.language).only
        if meant is not None:  # whoever says "my picture" has named it
            workspace.named_files.add((here / meant).resolve())
    workspace.language = language(clauses.words(said, files), workspace.language)


def spoke_of(workspace: Workspace, parameter: str) -> bool:
    """Whether the person has named this parameter, with underscores or without."""
    said = "\n".join(workspace.said).lower()
    return parameter in said or parameter.replace("_", " ") in said


def is_allowed(workspace: Workspace, real: Path) -> bool:
    """Whether a path without links lies in what the person named, in the home of the studies or among the styles that
    come with autostyle."""
    places = {*workspace.named_files, workspace.config.home.resolve(), named_styles.FOLDER.resolve()}
    return real in places or not places.isdisjoint(real.parents)


def allowed(workspace: Workspace, name: str) -> Path:
    """The path that ``name`` stands for, absolute; raises BadInput if it is none that :func:`is_allowed`."""
    path = Path(name).expanduser()
    path = find(path) or path
    if not is_allowed(workspace, path.resolve()):
        raise BadInput(
            "the person has not named {name}", "use the paths of the conversation, or ask for one", name=name
        )
    return path.absolute()


def place(workspace: Workspace, name: str) -> Path:
    """Where something may be written, absolute: what :func:`allowed` allows, or a name that the person said as it is
    ("put them into styled"); raises BadInput otherwise."""
    word = re.compile(rf"(?<![\w./~-]){re.escape(clauses.normal(name))}(?![\w/~-])")
    if any(word.search(clauses.normal(text)) for text in workspace.said):
        path = Path(name).expanduser()
        return (find(path) or path).absolute()
    return allowed(workspace, name)


def works(workspace: Workspace, names: Iterable[str], kinds: Collection[str] | None = None) -> tuple[Path, ...]:
    """The works called ``names``, folders replaced by those in them; of ``kinds`` where those are given.

    Raises:
        BadInput: one is not there, or was not named.
        NotBuilt: one is a file of another medium.
    """
    found = files.expand_folders((allowed(workspace, name) for name in names), kinds)
    if kinds is not None:
        files.only(found, kinds)
    return found


def styles(workspace: Workspace, names: Iterable[str], content: Sequence[Path]) -> tuple[Path, ...]:
    """Like :func:`works`, of media that may be the style of ``content``."""
    return works(workspace, names, files.style_mediums(content[0] if content else None))
