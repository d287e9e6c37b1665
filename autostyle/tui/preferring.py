"""Which of two trials is better: asked where the prompt is, and on demand beside both as large as the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.sentences import Sentence
from autostyle.tui.actions import Actions
from autostyle.tui.pair_screen import NEITHER, TAKE_BACK, PairQuestion, PairScreen
from autostyle.tui.widgets.question import AnswerOption

if TYPE_CHECKING:
    from autostyle.agent.outputs import Pair

LARGER = -3
"""In place of the number of a trial: both are to be seen as large as the terminal."""


async def prefer(actions: Actions, _: str) -> None:
    """One pair after the other until the taste is settled, or the person has had enough; then the picture follows."""
    from autostyle.agent.brains.rules.study import preferred_line, rendered_line
    from autostyle.agent.outputs import Pair, Preferred, Rendered, Steered

    language = actions.conversation.agent.workspace.language
    given, pending, settled = 0, False, False
    large: PairScreen | None = None
    try:
        while not settled and (asked := await actions.use(Pair)):
            better = LARGER if large is not None else await _better(actions, asked[1], given)
            if better == LARGER:
                if large is None:
                    large = PairScreen(language)
                    await actions.chat.app.push_screen(large)
                better = await large.ask(_question(asked[1], given, language))
            if better is None:
                break
            if better == TAKE_BACK:
                back = await actions.use(Steered, undo=True, why="The person took the answer back.")
                if back is None:
                    break
                given, pending = given - 1, back[1].pending
            elif told := await actions.use(Preferred, pair=asked[1].pair, **_said(better)):
                given, pending, settled = given + 1, told[1].pending, told[1].next is None
                await actions.chat.remark(preferred_line(language, told[1], None if better == NEITHER else better))
            else:
                break
    finally:
        if large is not None:
            large.close()
    if pending and (done := await actions.use(Rendered)):
        await actions.chat.remark(rendered_line(language, done[1]).replace("`", ""))


async def _better(actions: Actions, asked: Pair, given: int) -> int | None:
    """Which of the pair is liked better; :data:`NEITHER` where none is, :data:`TAKE_BACK` where an earlier answer is to
    be asked for again, :data:`LARGER` where both are to be seen larger, None where nobody wants to say."""
    answers = [AnswerOption(label, number) for label, number in zip(_labels(asked), asked.pair, strict=True)]
    answers.append(AnswerOption(Sentence("can't tell, or neither"), NEITHER))
    if all(_pictures(asked)):
        answers.append(AnswerOption(Sentence("show both as large as the terminal"), LARGER))
    if given:
        answers.append(AnswerOption(Sentence("take the last answer back"), TAKE_BACK))
    better: int | None = await actions.chat.ask(_title(asked), answers)
    return better


def _said(better: int) -> dict[str, Any]:
    return {"neither": True} if better == NEITHER else {"better": better}


def _question(asked: Pair, given: int, language: str) -> PairQuestion:
    """The same, beside both as large as the terminal."""
    from autostyle.agent.brains.replies import translate

    left, right = (translate(language, label) for label in _labels(asked))
    return PairQuestion(translate(language, _title(asked)), asked.pair, (left, right), _pictures(asked), given > 0)


def _title(asked: Pair) -> str:
    return Sentence("Which of these two do you like better? (at most {n} answers settle it)", n=asked.questions)


def _labels(asked: Pair) -> tuple[str, str]:
    left, right = asked.pair
    return Sentence("the left one, trial {number}", number=left), Sentence(
        "the right one, trial {number}", number=right
    )


def _pictures(asked: Pair) -> tuple[Path | None, Path | None]:
    """Those of the pair, left and right; None where there is none."""
    there = {trial.number: Path(trial.image) for trial in asked.trials if trial.image}
    left, right = asked.pair
    return there.get(left), there.get(right)
