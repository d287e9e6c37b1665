"""What must be asked before anything can be planned."""

from __future__ import annotations

from autostyle.agent.understanding.model import Clarification, ClarificationKind, Understood


def questions(request: Understood) -> tuple[Clarification, ...]:
    """The open questions of a request, the most important first; none if it can be planned."""
    return (*request.problems, *_pictures(request))


def _pictures(request: Understood) -> tuple[Clarification, ...]:
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
