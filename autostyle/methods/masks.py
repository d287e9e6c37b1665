"""The aids of methods that know regions; :mod:`autostyle.methods.regions` makes regions of them."""

from __future__ import annotations

from pathlib import Path

from autostyle.methods.aids import AidSpec

CONTENT_MASK, STYLE_MASK = "content_mask", "style_mask"


def _refuse_no_mask(path: Path) -> None:
    from autostyle.codecs.masks import read_mask  # with OpenCV, and specs are read wherever methods are listed

    read_mask(path)


def _refuse_no_content_mask(path: Path) -> None:
    from autostyle.codecs.mask_clips import MaskClip, is_clip

    if is_clip(path):
        MaskClip(path)
    else:
        _refuse_no_mask(path)


_KEEPS = "black where all is left as it is, grey in between"
_CLIPS = "Of a clip it may be a clip as long, a mask for each frame."
KEPT_MASKS = (
    AidSpec(
        CONTENT_MASK,
        f"Which of the content is painted: white where the style goes, {_KEEPS}. {_CLIPS}",
        check=_refuse_no_content_mask,
        of_content=True,
    ),
)
"""Of methods that paint one style, and leave parts as they are."""
MASKS = (
    AidSpec(
        CONTENT_MASK,
        f"The content's regions: white where the style goes, {_KEEPS}; or a colour for each region. {_CLIPS}",
        check=_refuse_no_content_mask,
        of_content=True,
    ),
    AidSpec(
        STYLE_MASK,
        "For each style picture, in order: which part of it is for which region, in the colours of content_mask.",
        many=True,
        check=_refuse_no_mask,
    ),
)
"""Of methods that paint each region in a style of its own."""
