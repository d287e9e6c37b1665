"""What must be asked before anything can be planned."""

from __future__ import annotations

from autostyle.agent.understanding.model import Question, QuestionKind, Understood


def questions(request: Understood) -> tuple[Question, ...]:
    """The open questions of a request, the most important first; none if it can be planned."""
    return (*request.problems, *_pictures(request))


def _pictures(request: Understood) -> tuple[Question, ...]:
    if request.loose:
        kind: QuestionKind = "which" if len(request.loose) > 1 else "role"
        return (Question(kind, tuple(str(path) for path in request.loose)),)
    if request.painter and not request.styles:
        return (Question("painter", (request.painter, *(str(path) for path in request.offers))),)
    if not request.content and not request.styles:
        return (Question("pictures"),)
    if not request.content:
        return (Question("content", tuple(str(path) for path in request.styles)),)
    if not request.styles:
        return (Question("style", tuple(str(path) for path in request.content)),)
    return ()
