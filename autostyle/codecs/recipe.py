"""The recipe that travels inside a PNG: written by save_image, read back here. What it says is checked by others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

from autostyle import json_text
from autostyle.codecs import png
from autostyle.errors import BadInput
from autostyle.safe_files import reading
from autostyle.sentences import Sentence, reason

KEYWORD = "autostyle"
MAX_BYTES = 64 * 1024
_HINT = Sentence("give a recipe.json, or a PNG that autostyle wrote and no other program saved again")


def recipe_chunk(recipe: dict[str, Any]) -> png.Chunk:
    """``recipe`` as a PNG text chunk; raises BadInput if it is larger than what is read back."""
    text = json.dumps(recipe, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text.encode("utf-8", "backslashreplace")) > MAX_BYTES:
        raise BadInput("this recipe is too large for a PNG", "recipes are at most {most} KiB", most=MAX_BYTES // 1024)
    return png.text_chunk(KEYWORD, text)


def read_recipe(path: str | Path) -> dict[str, Any]:
    """The recipe inside a PNG that autostyle wrote, or of a recipe.json: whichever the file really is.

    At most 64 KiB are read or unpacked. The result is a JSON object and otherwise unchecked.

    Raises:
        BadInput: no such file, no recipe inside, too large, or no JSON object.
    """
    path = Path(path)
    if not path.is_file():
        raise BadInput("there is no recipe {path}", _HINT, path=path)
    try:
        with reading(path) as file:
            text = _text(file)
        recipe = json_text.loads(text) if text is not None else None
    except OSError as error:
        raise BadInput(
            "{path} cannot be read: {why}", "check the file's permissions", path=path, why=reason(error)
        ) from error
    except ValueError as error:  # a damaged PNG, text that is no UTF-8, no JSON, nested too deeply
        raise BadInput("{path} holds no recipe: {why}", _HINT, path=path, why=error) from error
    if not isinstance(recipe, dict):
        raise BadInput("{path} holds no recipe", _HINT, path=path)
    return recipe


def _text(file: BinaryIO) -> str | None:
    if file.read(len(png.SIGNATURE)) != png.SIGNATURE:
        file.seek(0)
        data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ValueError("too large")
        return data.decode("utf-8")
    file.seek(0)
    found = png.chunks(file, frozenset({b"iTXt"}), MAX_BYTES + 100)  # the text with its keyword and fields
    texts = (png.text_of(chunk, KEYWORD, MAX_BYTES) for chunk in found)
    return next((text for text in texts if text is not None), None)
