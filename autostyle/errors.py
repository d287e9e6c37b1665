"""Every error autostyle raises on purpose.

    AutostyleError              message + hint; the root, never raised itself
    ├── BadInput                the request cannot be carried out as given            exit 2
    │   ├── Untrusted           a study of somebody else, to be looked at only        exit 2
    │   └── Outdated            a study that was painted or scored by other weights   exit 2
    ├── Missing                 weights, a package, a server or a medium is not here  exit 3
    ├── NotBuilt                a method or medium that is planned                    exit 3
    ├── Refused                 stopped by price, approval or a limit                 exit 4
    │   └── Unconsented         nobody has said that a voice may be imitated          exit 4
    ├── OutOfMemory             the device ran out of memory                          exit 1
    └── StudyFailed             every trial of a study failed                         exit 1

The command line prints ``error: message`` and ``hint: hint`` and leaves with the exit code; the app shows a dialog;
the agent hands both lines to the model.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from autostyle.sentences import Sentence, join_sentences

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


class AutostyleError(Exception):
    """An error with one line that says what is wrong and one that says what to do about it.

    Args:
        message, hint: templates, each the key of its translations, or sentences that are there already.
        values: what stands in the templates, ``BadInput("there is no file {path}", "check the path", path=path)``.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        self.message = message if isinstance(message, Sentence) else Sentence(message, **values)
        self.hint = hint if isinstance(hint, Sentence) else Sentence(hint, **values)
        super().__init__(self.message)


class BadInput(AutostyleError):
    """The request cannot be carried out as given: a bad picture, an unknown parameter, a value out of range."""

    exit_code = 2


class Untrusted(BadInput):
    """A study that this person neither made nor said to trust; the message is :meth:`of`'s, or that of one."""

    @staticmethod
    def of(study: str) -> Untrusted:
        return Untrusted(
            "study {study} was not made here: it is only looked at",
            "if it is yours, or you trust who made it: autostyle studies trust {study}, or --trust, once",
            study=study,
        )

    @property
    def study(self) -> str:
        """Its name, also after the error came from another process."""
        return str(self.message.values["study"])


class Outdated(BadInput):
    """A study whose pictures were painted, or scored, by other weights than are here now."""


class Missing(AutostyleError):
    """Something needed is not on this machine; the hint says how to get it."""

    exit_code = 3


class NotBuilt(Missing):
    """A method or a medium that is planned and not built yet."""


class Refused(AutostyleError):
    """Stopped by a price, an approval or a limit before anything completed."""

    exit_code = 4


class Unconsented(Refused):
    """A person's voice is to be imitated, and nobody has said that this person agreed to it; the message is
    :meth:`of`'s."""

    @staticmethod
    def of(voices: str) -> Unconsented:
        return Unconsented(
            "a voice is to be imitated, and nobody has said that its owner agreed: {voices}",
            "ask whose voice it is; if they agreed, or it is yours: --consent",
            voices=voices,
        )

    @property
    def voices(self) -> str:
        """The files that have the voice."""
        return str(self.message.values["voices"])


class OutOfMemory(AutostyleError):
    """The device ran out of memory; the tuner counts such a trial as infeasible."""


class StudyFailed(AutostyleError):
    """Every trial of the study failed; the hint names the log."""


def wrong(error: ValidationError, most: int = 1) -> Sentence:
    """What pydantic found wrong, ``most`` things of it: ``where: what``, or only what where the whole is meant."""
    found = []
    for entry in error.errors(include_url=False, include_input=False)[:most]:
        where, what = ".".join(map(str, entry["loc"])), _what(entry)
        found.append(Sentence("{where}: {what}", where=Sentence(where), what=what) if where else what)
    return join_sentences(found, "; ")


def _what(entry: ErrorDetails) -> Sentence:
    """One thing by pydantic's own template, or as a sentence that a check of ours raised a ValueError with."""
    ctx = entry.get("ctx") or {}
    ours = ctx.get("error")
    if isinstance(ours, Exception):
        said = entry["msg"].partition(", ")[2]
        return next((arg for arg in ours.args if isinstance(arg, Sentence) and arg == said), Sentence(said))
    from pydantic_core import PydanticKnownError

    with contextlib.suppress(KeyError, TypeError, ValueError):
        context = {name: f"{value:g}" if isinstance(value, float) else value for name, value in ctx.items()}
        told = Sentence(PydanticKnownError(entry["type"], ctx or None).message_template, **context)  # type: ignore[arg-type]
        if told == entry["msg"]:
            return told
    return Sentence(entry["msg"])
