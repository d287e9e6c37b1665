"""The pictures a LoRA learns from, with their captions; some of them are kept out to judge it by. No torch."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autostyle import safe_files
from autostyle.codecs import Pixels
from autostyle.codecs.image import ImageFile, load_image
from autostyle.errors import BadInput
from autostyle.keywords.measured import describe
from autostyle.keywords.spoken import MOST, keywords

LEAST = {"all": 3, "style": 1}
"""Fewest pictures: from one or two, layers that carry content learn what they show. B-LoRA shows that one can do."""
JUDGED_FROM = 4
"""With fewer pictures than this all are learnt from and none judges."""
MOST_JUDGES = 4
LONGEST_CAPTION = 1000


@dataclass(frozen=True)
class Example:
    """One picture, (H, W, 3) 0..1, the words that go with it, and the sha256 of its file."""

    path: Path
    pixels: Pixels
    caption: str
    sha256: str


def read(paths: Sequence[Path], caption: str | None, name: str) -> tuple[Example, ...]:
    """The pictures of ``paths`` with their captions.

    A text file of a picture's name beside it is its caption. Else it is ``caption``; else ``in NAME style`` and the
    style keywords that most of the pictures share.

    Raises:
        BadInput: a picture or a caption cannot be read, or the same picture is there twice.
    """
    pictures: dict[Path, ImageFile] = {}
    hashes: dict[str, Path] = {}
    for path in paths:
        picture = load_image(path).as_style
        if picture.sha256 in hashes:
            raise BadInput(
                "{content} and {style} are the same picture", "give it once", content=hashes[picture.sha256], style=path
            )
        pictures[path], hashes[picture.sha256] = picture, path
    own = {path: _beside(path) for path in paths}
    if caption is None and None in own.values():
        caption = ", ".join([f"in {name} style", *_shared(list(pictures.values()))])
    return tuple(
        Example(path, pictures[path].pixels, own[path] or caption or "", sha256) for sha256, path in hashes.items()
    )


def check(examples: Sequence[Example], blocks: Literal["all", "style"], size: int) -> None:
    """Raises BadInput where there are too few pictures, or one would have to be blown up more than twice."""
    if len(examples) < LEAST[blocks]:
        raise BadInput(
            "{count} pictures are too few to learn from",
            "give {least} or more, or --blocks style, which learns from one"
            if blocks == "all"
            else "give {least} or more",
            count=len(examples),
            least=LEAST[blocks],
        )
    for example in examples:
        height, width = example.pixels.shape[:2]
        if 2 * min(height, width) < size:
            raise BadInput(
                "{path} is too small to learn from: {width} x {height} pixels, for squares of {size}",
                "give a larger picture, or a smaller --size",
                path=example.path,
                width=width,
                height=height,
                size=size,
            )


def split(examples: Sequence[Example], seed: int) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Pictures to learn from, and a fifth to judge by; which, depends on ``seed`` and their content alone."""
    if len(examples) < JUDGED_FROM:
        return tuple(examples), ()
    known = sorted(examples, key=lambda example: example.sha256)
    kept = random.Random(seed).sample(known, min(MOST_JUDGES, max(1, len(known) // 5)))
    return tuple(example for example in known if example not in kept), tuple(kept)


def _beside(path: Path) -> str | None:
    """The caption in a text file beside a picture; None where there is none."""
    file = path.with_suffix(".txt")
    if not file.is_file():
        return None
    try:
        text = " ".join(safe_files.read(file, 2**16, follow=True).decode("utf-8").split())
    except (OSError, ValueError, BadInput) as error:
        raise BadInput(
            "the caption {path} cannot be read: {why}", "write it as UTF-8 text", path=file, why=error
        ) from error
    if not text or len(text) > LONGEST_CAPTION:
        raise BadInput(
            "the caption {path} has {count} characters",
            "write 1 to {most}, or remove it",
            path=file,
            count=len(text),
            most=LONGEST_CAPTION,
        )
    return text


def _shared(pictures: Sequence[ImageFile]) -> tuple[str, ...]:
    """The style keywords of at least half of ``pictures``, or else the most frequent three."""
    counted = Counter(word for one in pictures for word in keywords(describe(one.pixels, one.visible)))
    common = [word for word, count in counted.most_common(MOST) if 2 * count >= len(pictures)]
    return tuple(common or (word for word, _ in counted.most_common(3)))
