"""What stands below the pictures of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.mediums.files import shown
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from PIL.Image import Image

    from autostyle.agent.outputs import ToolOutput


def captions(paths: Iterable[Path], output: ToolOutput | None, language: str) -> list[str]:
    """``trial 3`` and below it ``style 0.91 · content 0.42`` for a trial that ``output`` tells of, else its file."""
    from autostyle.agent.brains.replies import say

    told = () if output is None else output.pictured
    trials = {shown(Path(trial.image)): trial for trial in told if trial.image}

    def caption(path: Path) -> str:
        trial = trials.get(path)
        if trial is None:
            return path.name
        told = [f"{score(language, name)} {value:.2f}" for name, value in trial.scores.items() if value is not None]
        return say(language, "caption", number=trial.number, scores=" · ".join(told))

    return [caption(path) for path in paths]


def score(language: str, name: str) -> str:
    """What the score ``name`` is called where there is little room."""
    from autostyle.agent.brains.replies import score_title, words

    return words(language).get(f"caption:{name}") or score_title(language, name)


def in_words(picture: Image, language: str) -> str:
    """What is seen in a picture, where none can be drawn."""
    import numpy as np

    from autostyle.agent.brains.replies import translate
    from autostyle.keywords.measured import describe
    from autostyle.keywords.spoken import keywords

    small = picture.copy()
    small.thumbnail((384, 384))
    seen = describe(np.asarray(small, np.float32) / np.float32(255))
    words = keywords(seen, "ko" if language == "ko" else "en")
    return translate(language, Sentence("What is seen: {words}", words=", ".join(words)))
