"""Several messages put together into one request, what must be asked of it first, and it as a brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from autostyle.agent.understanding.model import Clarification, ClarificationKind, Save, Understood
from autostyle.brief import Brief, Budget, Wishes

Paths = tuple[Path, ...]


def merge_requests(earlier: Understood, later: Understood) -> Understood:
    """What both say; where they differ, what was said last. Old problems are settled by a word on them."""
    if later.swapped and not (later.content or later.styles):
        earlier = replace(earlier, content=earlier.styles, styles=earlier.content)
    if later.agreed and later.method is None and (accepted := _accepted(earlier)) is not None:
        return merge_requests(accepted, replace(later, agreed=False))
    if later.loose and (lost := _problem(earlier, "missing")):
        return merge_requests(_instead(earlier, lost, later.loose), replace(later, loose=()))
    content, styles, loose = _pictures(earlier, later)
    settled = _settled(later, bool(content or styles))
    problems = (*(problem for problem in earlier.problems if problem.kind not in settled), *later.problems)
    return replace(
        later,
        **_each(earlier, later),
        content=content or earlier.content,
        styles=styles or earlier.styles,
        loose=loose,
        shape=later.shape if later.final_size else earlier.shape,
        side=later.side if later.final_size else earlier.side,
        by_looks=later.by_looks or (earlier.by_looks and not (later.swapped or content or styles)),
        shares=_shares(earlier, later, styles),
        equal=later.equal or (earlier.equal and not later.shares and styles in ((), earlier.styles)),
        save=_saved(earlier.save, later.save),
        problems=tuple(dict.fromkeys(problems)),
    )


def _pictures(earlier: Understood, later: Understood) -> tuple[Paths, Paths, Paths]:
    """Content, styles and loose pictures that the later message brings, by what lacked so far."""
    content, styles = later.content, later.styles
    loose = later.loose
    if earlier.loose and not (loose or content or styles):
        loose = earlier.loose
    elif loose and earlier.loose and not (earlier.content or earlier.styles or content or styles):
        content, styles, loose = earlier.loose, loose, ()  # in the order in which they are named, as in one message
    elif loose and earlier.content and not earlier.styles and not content:
        styles, loose = loose, ()
    elif loose and earlier.styles and not earlier.content and not styles:
        content, loose = loose, ()
    elif earlier.loose and bool(content) != bool(styles):
        others = tuple(path for path in earlier.loose if path not in (*content, *styles))
        content, styles = content or others, styles or others
    elif content and not styles and earlier.content not in ((), content) and not earlier.styles:
        content, styles = (), content  # the answer to "which picture has the style?"
    elif styles and not content and earlier.styles and not earlier.content:
        content, styles = styles, ()
    return content, styles, loose


def _each(earlier: Understood, later: Understood) -> dict[str, Any]:
    """What both say, where a field by itself tells how that is put together."""
    found: dict[str, Any] = {}
    for part in fields(Understood):
        first, last = getattr(earlier, part.name), getattr(later, part.name)
        match part.metadata.get("merge"):
            case "last":
                found[part.name] = last or first
            case "both" if isinstance(first, Mapping):
                found[part.name] = {**first, **last}
            case "both":
                found[part.name] = tuple(dict.fromkeys((*first, *last)))
    return found


def _shares(earlier: Understood, later: Understood, styles: tuple[Path, ...]) -> tuple[float, ...]:
    """The shares that were said last, of these styles."""
    if later.portions and len(later.portions) == len(styles or earlier.styles):
        return later.portions
    return later.shares or (earlier.shares if styles in ((), earlier.styles) else ())


def _saved(earlier: Save | None, later: Save | None) -> Save | None:
    """The place and the format that were said last."""
    if earlier is None or later is None:
        return later or earlier
    place = later if later.path or later.absent else earlier
    return Save(place.path, later.format or earlier.format, place.folder, place.absent)


def merge_answer(request: Understood, said: Understood) -> Understood | None:
    """The request with a short answer to the question it was met with taken in; None if it is none."""
    if said.acts[0].intent == "start" and (accepted := _accepted(request)) is not None:
        return accepted
    if len(request.loose) == 2 and (first := _ordinal(said)) is not None:
        named, other = request.loose[first], request.loose[1 - first]
        photo, style = (other, named) if said.role == "styles" else (named, other)
        return replace(request, content=(photo,), styles=(style,), loose=())
    bare = said.acts[0].intent in ("unclear", "stylize") and not (said.wishes or said.content or said.styles)
    if request.loose and not request.problems and said.role and bare:
        content = said.role == "content"
        return replace(
            request,
            content=request.loose if content else request.content,
            styles=request.styles if content else request.loose,
            loose=(),
        )
    return None


def _ordinal(said: Understood) -> int | None:
    """Which of two is meant by "the first one", counted from 0."""
    return {1: 0, 2: 1, -1: 1}.get(said.rank or 0)


def _accepted(request: Understood) -> Understood | None:
    """The request with what it was asked "did you mean ...?" about; None where that was not asked."""
    if (lost := _problem(request, "missing")) and len(lost.about) > 1:
        return _instead(request, lost, (Path(lost.about[1]),))
    if (name := _problem(request, "method")) and len(name.about) > 1:
        others = tuple(problem for problem in request.problems if problem != name)
        unheard = tuple(words for words in request.unheard if name.about[0] not in words.lower())
        return replace(request, method=name.about[1], problems=others, unheard=unheard)
    return None


def _problem(request: Understood, kind: str) -> Clarification | None:
    return next((problem for problem in request.problems if problem.kind == kind), None)


def _instead(request: Understood, lost: Clarification, found: tuple[Path, ...]) -> Understood:
    """The request with files that are there in the place of one that is not."""

    def mended(paths: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(new for path in paths for new in (found if str(path) == lost.about[0] else (path,)))

    return replace(
        request,
        content=mended(request.content),
        styles=mended(request.styles),
        loose=mended(request.loose),
        problems=tuple(problem for problem in request.problems if problem != lost),
    )


def _settled(later: Understood, pictures: bool) -> set[str]:
    """The kinds of questions that a message answers."""
    answered = {"missing", "address", "empty", "role", "other"} if pictures else set()
    answered |= {"color"} if "keep_color" in later.wishes else set()
    answered |= {"strength"} if "strength" in later.wishes else set()
    answered |= {"photo"} if "photorealistic" in later.wishes else set()
    answered |= {"budget"} if later.trials or later.minutes else set()
    return answered | ({"method"} if later.method else set())


def questions(request: Understood) -> tuple[Clarification, ...]:
    """The open questions of a request, the most important first; none if it can be planned."""
    return (*request.problems, *_of_pictures(request))


def _of_pictures(request: Understood) -> tuple[Clarification, ...]:
    if request.loose:
        kind: ClarificationKind = "which" if len(request.loose) > 1 else "role"
        return (Clarification(kind, tuple(str(path) for path in request.loose)),)
    if request.painter and not request.styles:
        return (Clarification("painter", (request.painter, *(str(path) for path in request.offers))),)
    if not request.content and not request.styles:
        return (Clarification("pictures"),)
    if not request.content:
        return (Clarification("content", tuple(str(path) for path in request.styles)),)
    if not request.styles:
        return (Clarification("style", tuple(str(path) for path in request.content)),)
    return ()


def take_only_picture(request: Understood) -> Understood | None:
    """The request for the only picture of the folder, where no other is to be had; None where nobody needs it."""
    lacks = next((question.kind for question in questions(request)), None)
    only = request.only
    if only is None or lacks not in ("pictures", "content") or (request.medium or "image") != "image":
        return None
    if only.name in {path.name for path in request.styles}:
        return None  # it was named in an earlier message, as the style
    return replace(request, content=(only,), medium="image", only=None)


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
