"""Several messages put together into one request, and a request as a brief."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from autostyle.agent.understanding.model import Understood
from autostyle.brief import Brief, Budget, Wishes


def merged(earlier: Understood, later: Understood) -> Understood:
    """What both say; where they differ, what was said last. Old problems are settled by a word on them."""
    content, styles = later.content, later.styles
    loose = later.loose
    if loose and earlier.content and not earlier.styles and not content:
        styles, loose = loose, ()
    elif loose and earlier.styles and not earlier.content and not styles:
        content, loose = loose, ()
    elif earlier.loose and bool(content) != bool(styles):
        content, styles = content or earlier.loose, styles or earlier.loose
    elif content and not styles and earlier.content and not earlier.styles:
        content, styles = (), content  # the answer to "which picture has the style?"
    elif styles and not content and earlier.styles and not earlier.content:
        content, styles = styles, ()
    settled = _settled(later, bool(content or styles))
    problems = (*(problem for problem in earlier.problems if problem.kind not in settled), *later.problems)
    return replace(
        later,
        content=content or earlier.content,
        styles=styles or earlier.styles,
        loose=loose,
        medium=later.medium or earlier.medium,
        wishes={**earlier.wishes, **later.wishes},
        trials=later.trials or earlier.trials,
        minutes=later.minutes or earlier.minutes,
        size=later.size or earlier.size,
        method=later.method or earlier.method,
        regions=tuple(dict.fromkeys((*earlier.regions, *later.regions))),
        hold=earlier.hold or later.hold,
        problems=tuple(dict.fromkeys(problems)),
    )


def _settled(later: Understood, pictures: bool) -> set[str]:
    """The kinds of questions that a message answers."""
    answered = {"missing", "address", "empty", "role"} if pictures else set()
    answered |= {"color"} if "keep_color" in later.wishes else set()
    answered |= {"strength"} if "strength" in later.wishes else set()
    answered |= {"photo"} if "photorealistic" in later.wishes else set()
    answered |= {"budget"} if later.trials or later.minutes else set()
    return answered | ({"method"} if later.method else set())


def brief(request: Understood) -> Brief:
    """The request as the rest of the house knows it; what was not said keeps its default."""
    said: dict[str, Any] = {"trials": request.trials} if request.trials else {}
    if request.minutes:
        said["minutes"] = request.minutes
    return Brief(
        content=request.content,
        styles=request.styles,
        medium=request.medium or "image",
        wishes=Wishes(**request.wishes),
        budget=Budget(**said),
    )
