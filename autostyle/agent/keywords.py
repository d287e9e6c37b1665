"""A style in words: by the chat model if it sees, else by a model of this machine, by CLIP, or measured."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from autostyle import resources
from autostyle.agent.work import work
from autostyle.agent.workspace import Workspace
from autostyle.codecs.image import load_image
from autostyle.errors import AutostyleError
from autostyle.jobs import requests
from autostyle.keywords.words import MOST as MOST_WORDS
from autostyle.keywords.words import StyleKeywords
from autostyle.sentences import Sentence
from autostyle.vision.weights import Weights

LANGUAGES: tuple[Literal["en", "ko"], ...] = ("en", "ko")
MOST = 4
"""Style pictures that are put into words."""
OnNote = Callable[[str], None]
KeywordData = dict[str, Any]


async def of(workspace: Workspace, styles: Sequence[Path], note: OnNote) -> KeywordData:
    """The ``keywords`` of ``styles``, ``by`` whom, as in a plan, and the measured ``description`` of the first.

    Whoever sees nothing, may not be shown the pictures, or gives no answer of use is passed over, the last aloud.
    """
    measured = await asyncio.to_thread(_measured, styles[:MOST])
    for look in (_by_chat, _by_model, _by_clip):
        try:
            seen = await look(workspace, styles[:MOST], note)
        except AutostyleError as error:
            note(Sentence("the style is not seen: {error}", error=error.message))
            continue
        if seen is not None:
            return {**seen, "description": measured["description"]}
    return measured


async def _by_chat(workspace: Workspace, styles: Sequence[Path], note: OnNote) -> KeywordData | None:
    if workspace.vision_model is None:
        return None
    found = await workspace.vision_model.look(styles, resources.read("style_keywords.md").text, StyleKeywords)
    return None if found is None else {"keywords": list(found.words()), "by": f"model:{workspace.vision_model.name}"}


async def _by_model(workspace: Workspace, styles: Sequence[Path], note: OnNote) -> KeywordData | None:
    name = workspace.config.keywords.model
    return None if name is None else await work(_job(workspace, styles, name), note)


async def _by_clip(workspace: Workspace, styles: Sequence[Path], note: OnNote) -> KeywordData | None:
    here = Weights.open(offline=True).status()["clip"] == "present"
    return await work(_job(workspace, styles), note) if here else None


def _job(workspace: Workspace, styles: Sequence[Path], model: str | None = None) -> requests.KeywordsRequest:
    config = workspace.config
    return requests.KeywordsRequest(device=config.device, offline=config.offline, pictures=tuple(styles), model=model)


def _measured(styles: Sequence[Path]) -> KeywordData:
    """Of the first style all words, of the others what they add."""
    # Imported here: it brings scikit-image, which a program that has not been shown a picture need not wait for.
    from autostyle.keywords.measured import describe
    from autostyle.keywords.spoken import keywords

    pictures = [load_image(path).as_style for path in styles]
    found = [describe(picture.pixels, picture.visible) for picture in pictures]
    words = {language: dict.fromkeys(w for d in found for w in keywords(d, language)) for language in LANGUAGES}
    return {
        "keywords": list(words["en"])[:MOST_WORDS],
        "keywords_ko": list(words["ko"])[:MOST_WORDS],
        "by": "measured",
        "description": found[0].as_json(),
    }
