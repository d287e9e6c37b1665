"""What a brain hears of a study's end."""

from __future__ import annotations

from asyncio import Future
from pathlib import Path
from typing import Any

from autostyle.agent import lines
from autostyle.agent.messages import Attachment, Notice
from autostyle.agent.outputs import SearchEnded, SearchFailed
from autostyle.errors import AutostyleError
from autostyle.mediums.files import shown
from autostyle.sentences import Sentence, join_sentences


def of_end(study: str, ended: Future[dict[str, Any]]) -> Notice:
    """The notice of a search that is over: ``ended``, with the report's summary, or ``failed``, with the error."""
    error = ended.exception()
    if error is None:
        output = SearchEnded.model_validate(ended.result())
        return Notice("ended", f"The search of {study} has ended. {lines.found(output)}", output, _best(output))
    message, hint = (error.message, error.hint) if isinstance(error, AutostyleError) else (str(error), "")
    code = error.exit_code if isinstance(error, AutostyleError) else 1
    failed = SearchFailed(study=study, error=message, hint=hint, exit_code=code)
    said = Sentence(message) if not message.endswith(".") else message.rstrip(".")
    told = Sentence("The search of {study} has failed: {error}.", study=study, error=said)
    return Notice("failed", join_sentences([told, hint], " ") if hint else told, failed)


def _best(ended: SearchEnded) -> tuple[Attachment, ...]:
    image = shown(Path(ended.best.image)) if ended.best and ended.best.image else None
    return (Attachment.of(image),) if image is not None and image.is_file() else ()
