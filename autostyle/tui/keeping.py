"""``/save``: where, as what and how large, asked where it was not said; then the tool that does it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.errors import BadInput
from autostyle.sentences import Sentence
from autostyle.tui.actions import Actions
from autostyle.tui.widgets.question import AnswerOption, FreeText, TypedAnswer

if TYPE_CHECKING:
    from autostyle.agent.understanding.model import Save

SIZES = (2000, 3000, 4000)
"""Widths that are offered; any other can be typed."""


async def save(actions: Actions, text: str) -> None:
    """Save a trial by its number, else the one that is being looked at, else the recommended one."""
    from autostyle.agent.brains.replies import say
    from autostyle.agent.brains.rules.request import absent_line, unwritten_line
    from autostyle.agent.outputs import Saved
    from autostyle.agent.understanding.saving import writable

    workspace = actions.conversation.agent.workspace
    if workspace.study is None:
        raise BadInput("there is no picture to save yet", "say which picture should look like which, and search")
    number = read_number(text, Sentence("for example /save 7")) if text else workspace.viewed
    where = await _place(actions, number)
    if where is not None and where.size is None:
        where = await _size(actions, where)
    if where is None:
        return
    language = workspace.language
    for line in absent_line(language, where):
        await actions.chat.remark(line)
    medium = None if workspace.plan is None else workspace.plan.medium
    can = writable(where, medium)
    if can is None or can is not where:
        await actions.chat.remark(unwritten_line(language, where, medium))
    if can is None:
        return
    where = can
    if where.path is not None:  # it was chosen, or typed, by the person
        workspace.named_files.add(where.path.expanduser().resolve())
    arguments: dict[str, Any] = {"format": where.format, "trial": number, "size": where.size}
    arguments |= {"out": str(where.path) if where.path else None, "side": where.side if where.size else None}
    if done := await actions.use(Saved, **arguments):
        made = done[1]
        key = "saved:trial:painted" if made.painted else "saved:trial"
        said = say(language, key, number=made.number, path=f"`{made.image}`", size=made.measure)
        await actions.chat.tell(said)


def read_number(text: str, example: str) -> int:
    """The number of a trial, as it was typed; raises BadInput with an ``example`` if it is none."""
    try:
        return int(text.removeprefix("#"))
    except ValueError:
        raise BadInput("{text!r} is no number of a trial", example, text=text) from None


async def _place(actions: Actions, number: int | None) -> Save | None:
    """Where to; None where the person thought better of it."""
    from autostyle.agent.understanding.model import Save

    answers = [
        AnswerOption(label, Save(folder, folder=True), str(folder))
        for label, folder in (await asyncio.to_thread(_folders)).items()
    ]
    words = FreeText(Sentence("or a file: ~/pictures/dog.tiff, 3000 px wide"), Sentence("Enter saves it as this"))
    title = (
        Sentence("Save the recommended picture where?")
        if number is None
        else Sentence("Save trial {number} where?", number=number)
    )
    answer = await actions.chat.ask(title, answers, words=_told(actions, words))
    chosen: Save | None = await asyncio.to_thread(_read, answer.text) if isinstance(answer, TypedAnswer) else answer
    return chosen


async def _size(actions: Actions, where: Save) -> Save | None:
    """``where``, with how large; None where the person thought better of it."""
    answers = [AnswerOption(Sentence("as large as the final render"), where)]
    answers += [
        AnswerOption(Sentence("{pixels} px wide", pixels=pixels), replace(where, size=pixels, side="width"))
        for pixels in SIZES
    ]
    answers.append(AnswerOption(Sentence("as large as the photograph"), replace(where, size="own")))
    words = FreeText(Sentence("or say it: 2500 px wide, 4k"), Sentence("Enter takes this size"))
    answer: Save | TypedAnswer | None = await actions.chat.ask(
        Sentence("How large?"), answers, words=_told(actions, words)
    )
    if not isinstance(answer, TypedAnswer):
        return answer
    from autostyle.agent.understanding import sizes

    text = answer.text.lower()
    if sizes.own(text) or text == "own":
        return replace(where, size="own")
    said = sizes.find(f"{text} px" if text.isdigit() else text)
    if not (said.final or said.search):
        raise BadInput("{text!r} is no size", "for example 3000 px wide, 2000 px tall, or 4k", text=answer.text)
    return replace(where, size=said.final or said.search, side=said.side)


def _told(actions: Actions, words: FreeText) -> FreeText:
    from autostyle.agent.brains.replies import translate

    language = actions.conversation.agent.workspace.language
    return FreeText(translate(language, words.wanted), translate(language, words.sent))


def _folders() -> dict[str, Path]:
    """The folders that are offered and are there."""
    import platformdirs

    found = {
        Sentence("this folder"): Path.cwd(),
        Sentence("desktop"): platformdirs.user_desktop_path(),
        Sentence("downloads"): platformdirs.user_downloads_path(),
    }
    return {label: folder for label, folder in found.items() if folder.is_dir()}


def _read(text: str) -> Save:
    """What a person typed as a place: a path, "dog.tiff on my desktop, 3000 px wide"."""
    from autostyle.agent.understanding.cached import understand_cached
    from autostyle.agent.understanding.model import Save

    found = []
    for words in (
        *(f"save this one as {text}", f"{text} 저장해줘", f"{text}로 저장해줘"),
        *(f"save this one {text}", f"save this one to {text}", f"{text}에 저장해줘"),
    ):
        act = understand_cached(words, Path.cwd(), study=True).acts[0]
        if act.save is not None and act.save != Save():
            found.append(act.save)
    # The reading that makes most of it: a file rather than the folder it goes to.
    whole = [save for save in found if save.path is not None and save.path.suffix]
    known = [save for save in found if save.folder or save.absent]
    return next(iter(whole or known or found), Save(Path(text).expanduser()))
