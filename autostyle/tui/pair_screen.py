"""Two trials side by side, as large as the terminal allows: which of them is better?"""

from __future__ import annotations

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

TAKE_BACK = -1
"""In place of the number of a trial."""


@dataclass(frozen=True)
class PairQuestion:
    """Which of two trials is better.

    Args:
        title: the question.
        numbers: of the left and the right trial; ``labels`` and ``pictures`` are theirs.
        given: whether an earlier answer can be taken back.
    """

    title: str
    numbers: tuple[int, int]
    labels: tuple[str, str]
    pictures: tuple[Path, Path]
    given: bool


class PairScreen(Screen[int | None]):
    """Left with the number of the better one, :data:`TAKE_BACK`, or None for no answer.

    Args:
        asked: the question, in the person's language.
        language: theirs.
    """

    CSS_PATH = "look.tcss"
    BINDINGS = [
        Binding("1", "answer(0)", Sentence("Left")),
        Binding("2", "answer(1)", Sentence("Right")),
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

    def __init__(self, asked: PairQuestion, language: str) -> None:
        super().__init__()
        self._asked, self._language = asked, language
        self._pictures = PictureCache()
        self._open_from = end_of_grace()

    def compose(self) -> ComposeResult:
        from autostyle.agent.brains.replies import translate

        yield Static(Content.styled(self._asked.title, "bold"), id="title", markup=False)
        yield Comparison(lambda picture: in_words(picture, self._language), id="comparison")
        with Horizontal(id="labels"):
            for key, label in enumerate(self._asked.labels, 1):
                yield Static(Content.assemble((f"{key}  ", "$accent"), label), markup=False)
        yield KeyLine(lambda sentence: translate(self._language, sentence), without=("quit", "command_palette"))

    def on_mount(self) -> None:
        self.run_worker(self._load())

    async def _load(self) -> None:
        left, right = [await self._pictures.get(path) for path in self._asked.pictures]
        comparison = self.query_one(Comparison)
        comparison.mode = "beside"
        comparison.show(left, right)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An answer can be taken back once there is one."""
        return self._asked.given if action == "take_back" else True

    def action_answer(self, side: int) -> None:
        """This one is better."""
        self._leave(self._asked.numbers[side])

    def action_take_back(self) -> None:
        """The last answer was none."""
        self._leave(TAKE_BACK)

    def action_leave(self) -> None:
        """No answer."""
        self._leave(None)

    def _leave(self, answer: int | None) -> None:
        """Not by a key that was pressed for what was here just now."""
        if takes_keys(self._open_from):
            self.dismiss(answer)

    def action_zoom(self, steps: int) -> None:
        """Both nearer, or farther."""
        comparison = self.query_one(Comparison)
        comparison.look(view=comparison.view.enlarged(STEP**steps))

    def action_whole(self) -> None:
        """All of both."""
        self.query_one(Comparison).look(view=Viewpoint())

    def action_move(self, right: int, down: int) -> None:
        """To another place of both."""
        self.query_one(Comparison).move(right, down)
