"""Style keywords as a job: by a local model that sees, or by CLIP."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import Any

from autostyle import resources
from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image, resize
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import KeywordsRequest
from autostyle.keywords import tags, words
from autostyle.tuning.runtime import OFFLINE

LONG_SIDE = 336
"""Of pictures that CLIP sees; its own input is smaller yet."""


def keywords(request: KeywordsRequest, reporter: Reporter) -> dict[str, Any]:
    """``keywords`` of the pictures, and ``by`` whom: ``vlm:NAME`` or ``clip:MODEL``."""
    pictures = [load_image(path).as_style.pixels for path in request.pictures]
    os.environ.update(OFFLINE)  # whatever is needed is on this machine, or missing
    if request.model is not None:
        return _seen(request.model, request.device, pictures)
    return _tagged(request.device, pictures)


def _seen(name: str, device: str, pictures: Sequence[Pixels]) -> dict[str, Any]:
    from autostyle.methods.devices import resolve
    from autostyle.vision import vlm

    model = vlm.load(name, resolve(device))
    question = resources.read("style_keywords.md").text
    found = [words.ask_for_keywords(partial(model.ask, picture), question, model.name) for picture in pictures]
    said = dict.fromkeys(word for style in found for word in style.words())
    return {"keywords": list(said)[: words.MOST], "by": f"vlm:{model.name}"}


def _tagged(device: str, pictures: Sequence[Pixels]) -> dict[str, Any]:
    from autostyle.methods.devices import resolve
    from autostyle.vision.weights import Weights

    tagger = Weights.open(offline=True).tagger(resolve(device))
    small = [resize(picture, LONG_SIDE) for picture in pictures]
    return {"keywords": list(tags.tags(lambda texts: tagger.fits(small, texts))), "by": tagger.origin}
