"""Which of two trials is better: asked where the prompt is, and on demand beside both as large as the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autostyle.sentences import Sentence
from autostyle.tui.actions import Actions
from autostyle.tui.pair_screen import TAKE_BACK, PairQuestion, PairScreen
from autostyle.tui.widgets.question import AnswerOption

if TYPE_CHECKING:
    from autostyle.agent.outputs import Pair

LARGER = -2
"""In place of the number of a trial: both are to be seen as large as the terminal."""


async def prefer(actions: Actions, _: str) -> None:
    """One pair after the other until the taste is settled, or the person has had enough; then the picture follows."""
    from autostyle.agent.brains.rules.study import preferred_line, rendered_line
    from autostyle.agent.outputs import Pair, Preferred, Rendered, Steered

    language = actions.conversation.agent.workspace.language
    given, pending, settled, larger = 0, False, False, False
    while not settled and (asked := await actions.use(Pair)):
        better = None if larger else await _better(actions, asked[1], given)
        if larger or better == LARGER:
            larger, better = True, await _better_larger(actions, asked[1], given)
        if better is None:
            break
        if better == TAKE_BACK:
            back = await actions.use(Steered, undo=True, why="The person took the answer back.")
            if back is None:
                break
            given, pending = given - 1, back[1].pending
        elif told := await actions.use(Preferred, pair=asked[1].pair, better=better):
            given, pending, settled = given + 1, told[1].pending, told[1].next is None
            await actions.chat.remark(preferred_line(language, told[1], better))
        else:
            break
    if pending and (done := await actions.use(Rendered)):
        await actions.chat.remark(rendered_line(language, done[1]).replace("`", ""))


async def _better(actions: Actions, asked: Pair, given: int) -> int | None:
    """Which of the pair is liked better; :data:`TAKE_BACK` where an earlier answer is to be asked for again,
    :data:`LARGER` where both are to be seen larger, None where nobody wants to say."""
    answers = [AnswerOption(label, number) for label, number in zip(_labels(asked), asked.pair, strict=True)]
    if len(_pictures(asked)) == 2:
        answers.append(AnswerOption(Sentence("show both as large as the terminal"), LARGER))
    if given:
        answers.append(AnswerOption(Sentence("take the last answer back"), TAKE_BACK))
    better: int | None = await actions.chat.ask(_title(asked), answers)
    return better


async def _better_larger(actions: Actions, asked: Pair, given: int) -> int | None:
    """The same, beside both as large as the terminal."""
    from autostyle.agent.brains.replies import translate

    language = actions.conversation.agent.workspace.language
    left, right = (translate(language, label) for label in _labels(asked))
    first, second = _pictures(asked)
    question = PairQuestion(translate(language, _title(asked)), asked.pair, (left, right), (first, second), given > 0)
    screen = PairScreen(question, language)
    better: int | None = await actions.chat.app.push_screen(screen, wait_for_dismiss=True)
    return better


def _title(asked: Pair) -> str:
    return Sentence("Which of these two do you like better? (at most {n} such questions)", n=asked.questions)


def _labels(asked: Pair) -> tuple[str, str]:
    left, right = asked.pair
    return Sentence("the left one, trial {number}", number=left), Sentence(
        "the right one, trial {number}", number=right
    )


def _pictures(asked: Pair) -> list[Path]:
    """Those of the pair that are there, left and right."""
    there = {trial.number: trial.image for trial in asked.trials}
    return [Path(image) for number in asked.pair if (image := there.get(number))]
