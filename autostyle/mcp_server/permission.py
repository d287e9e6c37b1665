"""Who has to say yes: the person behind the client, where it can ask them; else what the server was started with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autostyle.agent.allowed_files import is_allowed
from autostyle.agent.approval import Approve
from autostyle.agent.brains.replies import detail_rows
from autostyle.agent.calls import SAID_NO
from autostyle.agent.events import ApprovalAnswer, ApprovalAsked
from autostyle.agent.workspace import Workspace
from autostyle.errors import Refused
from autostyle.mcp_server.asking import current
from autostyle.sentences import Sentence

PATHS = ("content", "styles", "inputs", "images", "photos", "aids", "out")
"""Arguments of tools that are paths, lists of them, or paths by name."""
CANNOT = Sentence("this client cannot ask you")
"""How the refusal of a call begins that would have had to be asked about."""
LASTING = ("once", "session", "no")
"""The answers that are offered: what holds for good is said in the app, where no agent can say it."""


@dataclass(frozen=True)
class Beforehand:
    """What the person has said when they started the server.

    Args:
        compute, writes: such calls run unasked, however long they take.
        folders: whose files may be read and written into.
    """

    compute: bool = False
    writes: bool = False
    folders: tuple[Path, ...] = ()


def approval(beforehand: Beforehand) -> Approve:
    """Asks through the client of the call that is being answered."""

    async def approve(asked: ApprovalAsked) -> ApprovalAnswer:
        allowed = {"compute": beforehand.compute, "writes": beforehand.writes}.get(asked.cost, False)
        if allowed and not asked.overwrites:
            return "once"
        answers = [answer for answer in LASTING if answer in asked.answers]
        answer = await current.get().ask("\n".join(_told(asked)), answers)
        if answer is None:
            hint = Sentence("name another file") if asked.overwrites else _hint(asked.cost)
            raise Refused("{nobody}: {what}", hint, nobody=CANNOT, what=asked.what)
        return next(known for known in answers if known == answer)

    return approve


def _told(asked: ApprovalAsked) -> Iterator[str]:
    yield f"autostyle: {asked.what}?"
    yield from (f"{name}: {text}" if name else text for name, text in detail_rows("en", asked.details))


def _hint(cost: str) -> Sentence:
    if cost == "trust":
        return Sentence("`autostyle studies trust NAME` allows it beforehand")
    if cost == "consent":
        return Sentence("`autostyle tune CONTENT STYLE --consent`, typed by a person, says it")
    flag = "--yes" if cost == "compute" else "--allow-writes"
    return Sentence("`autostyle mcp {flag}` allows it beforehand", flag=flag)


async def allow_files(workspace: Workspace, arguments: dict[str, Any]) -> None:
    """See that a call names files only that the person has allowed, asking once for those that they have not.

    Raises:
        Refused: they said no, or cannot be asked.
    """
    outside = [path for path in dict.fromkeys(_named(arguments)) if not is_allowed(workspace, path)]
    if not outside:
        return
    names = ", ".join(map(str, outside))
    what = Sentence("use {names}, which is in none of the folders that were allowed", names=names)
    answer = await current.get().ask(f"autostyle: {what}?", ("once", "no"))
    if answer is None:
        raise Refused(
            "{nobody}: {what}",
            "`autostyle mcp --allow {folder}` allows it beforehand",
            nobody=CANNOT,
            what=what,
            folder=outside[0].parent,
        )
    if answer == "no":
        raise Refused(SAID_NO, "leave it, unless they ask for it again")
    workspace.named_files.update(outside)


def _named(arguments: dict[str, Any]) -> Iterator[Path]:
    for name in PATHS:
        yield from _paths(arguments.get(name))


def _paths(value: Any) -> Iterator[Path]:
    if isinstance(value, str):
        yield Path(value).expanduser().resolve()
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _paths(inner)
