"""A question with a few answers, asked where the prompt is: approvals, preferences, picking from a list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from autostyle.report.text import one_line
from autostyle.tui.theme import MUTED

GRACE = 0.5
"""Seconds in which keys are ignored: they were typed for the prompt that was here just now."""


@dataclass(frozen=True)
class Answer:
    """One answer: what is shown, a word about it, and what it stands for."""

    label: str
    value: Any
    help: str = ""


class Question(Vertical):
    """One question.

    Args:
        title: the question.
        answers: at least one; the first nine can be picked by their digit.
        otherwise: the value of Esc.
        picked: the answer the cursor stands on at first.
    """

    BINDINGS = [Binding("escape", "leave", "Never mind", priority=True)]

    def __init__(
        self,
        title: str,
        answers: Sequence[Answer],
        otherwise: Any = None,
        picked: int = 0,
    ) -> None:
        super().__init__()
        self._title, self._answers = one_line(title), tuple(answers)
        self._otherwise, self._picked = otherwise, picked
        self._open_from = monotonic() + GRACE
        self.answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._title, "bold"), markup=False)
        yield OptionList(*(Option(self._line(i, answer)) for i, answer in enumerate(self._answers)))

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = self._picked
        options.focus()

    def on_key(self, event: Key) -> None:
        if event.key.isdigit() and 0 < int(event.key) <= len(self._answers):
            event.stop()
            self._settle(self._answers[int(event.key) - 1].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._settle(self._answers[event.option_index].value)

    def action_leave(self) -> None:
        self._settle(self._otherwise)

    def _settle(self, value: Any) -> None:
        if monotonic() >= self._open_from and not self.answered.done():
            self.answered.set_result(value)

    def _line(self, index: int, answer: Answer) -> Content:
        digit = f"{index + 1}  " if index < 9 else "   "
        help = f"  {one_line(answer.help)}" if answer.help else ""
        return Content.assemble((digit, "$accent"), one_line(answer.label), (help, MUTED))
