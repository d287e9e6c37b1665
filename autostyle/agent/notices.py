"""What a brain hears of a study's end."""

from __future__ import annotations

from asyncio import Future
from pathlib import Path
from typing import Any

from autostyle.agent import lines
from autostyle.agent.messages import Attachment, Notice
from autostyle.errors import AutostyleError
from autostyle.mediums.files import shown
from autostyle.sentences import Sentence, listed


def of_end(study: str, ended: Future[dict[str, Any]]) -> Notice:
    """The notice of a search that is over: ``ended``, with the report's summary, or ``failed``, with the error."""
    error = ended.exception()
    if error is None:
        summary = ended.result()
        return Notice("ended", f"The search of {study} has ended. {lines.found(summary)}", summary, _best(summary))
    message, hint = (error.message, error.hint) if isinstance(error, AutostyleError) else (str(error), "")
    code = error.exit_code if isinstance(error, AutostyleError) else 1
    data = {"study": study, "error": message, "hint": hint, "exit_code": code}
    said = Sentence(message) if not message.endswith(".") else message.rstrip(".")
    told = Sentence("The search of {study} has failed: {error}.", study=study, error=said)
    return Notice("failed", listed([told, hint], " ") if hint else told, data)


def _best(summary: dict[str, Any]) -> tuple[Attachment, ...]:
    image = shown(Path(summary["best"]["image"])) if summary["best"] else None
    return (Attachment.of(image),) if image is not None and image.is_file() else ()
