"""Two trials side by side, as large as the terminal allows: which of them is better?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from autostyle.sentences import Sentence
from autostyle.tui.captions import in_words
from autostyle.tui.looking import STEP, Viewpoint
from autostyle.tui.picture_cache import PictureCache
from autostyle.tui.widgets.comparison import Comparison
from autostyle.tui.widgets.key_line import KeyLine
from autostyle.tui.widgets.question import end_of_grace, takes_keys

TAKE_BACK, NEITHER = -1, -2
"""In place of the number of a trial."""


@dataclass(frozen=True)
class PairQuestion:
    """Which of two trials is better.

    Args:
        title: the question.
        numbers: of the left and the right trial; ``labels`` and ``pictures``, None where there is none, are theirs.
        given: whether an earlier answer can be taken back.
    """

    title: str
    numbers: tuple[int, int]
    labels: tuple[str, str]
    pictures: tuple[Path | None, Path | None]
    given: bool


class PairScreen(Screen[None]):
    """Asks one question after the other; while an answer is dealt with, its keys do nothing.

    Args:
        language: the person's.
    """

    CSS_PATH = "look.tcss"
    BINDINGS = [
        Binding("1", "answer(0)", Sentence("Left")),
        Binding("2", "answer(1)", Sentence("Right")),
        Binding("3,s,n", "neither", Sentence("Neither")),
        Binding("u,ctrl+z", "take_back", Sentence("Take back")),
        Binding("plus,equals_sign", "zoom(1)", Sentence("Zoom"), key_display="+-"),
        Binding("minus", "zoom(-1)", Sentence("Zoom"), show=False),
        Binding("0", "whole", Sentence("Whole"), show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("escape,q", "leave", Sentence("Never mind")),
    ]

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._pictures = PictureCache()
        self._question = Static("", id="title", markup=False)
        self._comparison = Comparison(lambda picture: in_words(picture, language), id="comparison")
        self._comparison.mode = "beside"
        self._labels = Static("", markup=False), Static("", markup=False)
        self._asked: PairQuestion | None = None
        self._answer: asyncio.Future[int | None] | None = None
        self._open_from, self._over = 0.0, False

    def compose(self) -> ComposeResult:
        from autostyle.agent.brains.replies import translate

        yield self._question
        yield self._comparison
        yield Horizontal(*self._labels, id="labels")
        yield KeyLine(lambda sentence: translate(self._language, sentence), without=("quit", "command_palette"))

    async def ask(self, asked: PairQuestion) -> int | None:
        """The number of the better one, :data:`NEITHER`, :data:`TAKE_BACK`, or None for no answer.

        Args:
            asked: in the person's language.
        """
        left, right = [None if path is None else await self._pictures.get(path) for path in asked.pictures]
        if self._over:
            return None
        self._comparison.show(left, right)
        self._question.update(Content.styled(asked.title, "bold"))
        for key, (place, label) in enumerate(zip(self._labels, asked.labels, strict=True), 1):
            place.update(Content.assemble((f"{key}  ", "$accent"), label))
        self._asked, self._answer = asked, asyncio.get_running_loop().create_future()
        self._open_from = end_of_grace()
        self.refresh_bindings()
        return await self._answer

    def close(self) -> None:
        """Nothing more is asked; what lies over it goes first."""
        self._over = True
        if self.is_current:
            self.dismiss()

    def on_screen_resume(self) -> None:
        if self._over:
            self.dismiss()

    def on_unmount(self) -> None:
        self._over = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An answer can be taken back once there is one."""
        return action != "take_back" or (self._asked is not None and self._asked.given)

    def action_answer(self, side: int) -> None:
        """This one is better."""
        if self._asked is not None:
            self._settle(self._asked.numbers[side])

    def action_neither(self) -> None:
        """Neither, or nobody can tell."""
        self._settle(NEITHER)

    def action_take_back(self) -> None:
        """The last answer was none."""
        self._settle(TAKE_BACK)

    def action_leave(self) -> None:
        """No answer."""
        self._settle(None)

    def _settle(self, answer: int | None) -> None:
        """Not by a key that was pressed for what was here just now."""
        if takes_keys(self._open_from) and self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def action_zoom(self, steps: int) -> None:
        """Both nearer, or farther."""
        self._comparison.look(view=self._comparison.view.enlarged(STEP**steps))

    def action_whole(self) -> None:
        """All of both."""
        self._comparison.look(view=Viewpoint())

    def action_move(self, right: int, down: int) -> None:
        """To another place of both."""
        self._comparison.move(right, down)
