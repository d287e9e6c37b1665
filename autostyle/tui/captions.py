"""What stands below the pictures of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from autostyle.mediums.files import shown


def captions(paths: Iterable[Path], data: Mapping[str, Any], language: str) -> list[str]:
    """``trial 3`` and below it ``style 0.91 · content 0.42`` for a trial that ``data`` tells of, else its file."""
    from autostyle.agent.brains.replies import say

    trials = {shown(Path(trial["image"])): trial for trial in _trials(data) if trial.get("image")}

    def caption(path: Path) -> str:
        trial = trials.get(path)
        if trial is None:
            return path.name
        told = [f"{score(language, name)} {value:.2f}" for name, value in trial["scores"].items() if value is not None]
        return say(language, "caption", number=trial["number"], scores=" · ".join(told))

    return [caption(path) for path in paths]


def score(language: str, name: str) -> str:
    """What the score ``name`` is called where there is little room."""
    from autostyle.agent.brains.replies import scored, words

    return words(language).get(f"caption:{name}") or scored(language, name)


def _trials(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The trials that an answer or a notice tells of, with their pictures, the recommended one last."""
    for several in (data.get("front"), data.get("trials")):
        if isinstance(several, Sequence):
            yield from several
    if data.get("best"):
        yield data["best"]
