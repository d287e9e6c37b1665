"""A style in words: by the chat model where it sees, else measured."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autostyle import resources
from autostyle.agent.understanding.model import Language
from autostyle.agent.workspace import Workspace
from autostyle.errors import Missing, Refused
from autostyle.media.image import load_image

LANGUAGES: tuple[Language, ...] = ("en", "ko")
MOST = 4
"""Style pictures that are put into words."""
MOST_WORDS = 8


async def of(workspace: Workspace, styles: Sequence[Path], note: Callable[[str], None]) -> dict[str, Any]:
    """The ``keywords`` of ``styles``, ``by`` whom (model or measured), and the measured ``description`` of the first.

    What was measured stands in where the model sees nothing, may not be shown the pictures, or gives no answer of use;
    the last is told to ``note``.
    """
    measured = await asyncio.to_thread(_measured, styles[:MOST])
    seen = await _seen(workspace, styles[:MOST], note)
    return measured if seen is None else {"keywords": seen, "by": "model", "description": measured["description"]}


async def _seen(workspace: Workspace, styles: Sequence[Path], note: Callable[[str], None]) -> list[str] | None:
    from autostyle.keywords.words import StyleKeywords

    if workspace.eyes is None:
        return None
    try:
        answer = await workspace.eyes.look(styles, resources.read("style_keywords.md").text, StyleKeywords)
    except (Missing, Refused) as error:
        note(f"{error.message}: the style is measured instead")
        return None
    return None if answer is None else list(answer.words())


def _measured(styles: Sequence[Path]) -> dict[str, Any]:
    """Of the first style all words, of the others what they add."""
    # Imported here: it brings scikit-image, which a program that has not been shown a picture need not wait for.
    from autostyle.keywords.measured import describe
    from autostyle.keywords.spoken import keywords

    found = [describe(load_image(path).pixels) for path in styles]
    words = {language: dict.fromkeys(w for d in found for w in keywords(d, language)) for language in LANGUAGES}
    return {
        "keywords": list(words["en"])[:MOST_WORDS],
        "keywords_ko": list(words["ko"])[:MOST_WORDS],
        "by": "measured",
        "description": found[0].as_json(),
    }
