"""A question with a few answers, asked where the prompt is: approvals, preferences, picking from a list."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from autostyle.report.text import one_line
from autostyle.sentences import Sentence
from autostyle.tui.theme import MUTED
from autostyle.tui.widgets.prompt import NEWLINE

GRACE = 0.5
"""Seconds in which no key answers: it was pressed for the prompt that was here just now."""
LONGEST = 4096
"""Characters of a path that are shown: all of them."""


def end_of_grace() -> float:
    """When a question that comes now takes keys, on the monotonic clock."""
    return monotonic() + GRACE


def takes_keys(since: float) -> bool:
    """Whether a question does whose time of grace ends at ``since``."""
    return monotonic() >= since


@dataclass(frozen=True)
class AnswerOption:
    """One answer: what is shown, a word about it, and what it stands for."""

    label: str
    value: Any
    help: str = ""


@dataclass(frozen=True)
class FreeText:
    """A question that may also be answered in words: then no single key picks an answer, for it may begin a word.

    Args:
        wanted: what stands in the empty line.
        sent: what is said once there are words in it.
    """

    wanted: str
    sent: str


@dataclass(frozen=True)
class TypedAnswer:
    """An answer in the person's own words; ``early`` if some were there before the question could be read."""

    text: str
    early: bool


class AnswerInput(TextArea):
    """Where the words are written. The question is offered every key first."""

    BINDINGS = [
        Binding("pageup", "screen.scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "screen.scroll(1)", "Scroll down", show=False),
    ]

    async def _on_key(self, event: Key) -> None:
        question = self.parent
        assert isinstance(question, Question)
        if question.take(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)


class Question(Vertical):
    """One question.

    Args:
        title: the question.
        answers: at least one; where words are no answer, the first nine can be picked by their digit.
        otherwise: the value of Esc.
        picked: the answer the cursor stands on at first.
        details: rows of a name and a text, shown in full.
        words: whether words are an answer, too; :class:`TypedAnswer` is its value then.
        begun: words that the person was writing when the question came.
    """

    BINDINGS = [Binding("escape", "leave", Sentence("Never mind"), priority=True)]

    def __init__(
        self,
        title: str,
        answers: Sequence[AnswerOption],
        otherwise: Any = None,
        picked: int = 0,
        *,
        details: Iterable[tuple[str, str]] = (),
        words: FreeText | None = None,
        begun: str = "",
    ) -> None:
        super().__init__()
        self._title, self._answers = one_line(title), tuple(answers)
        self._otherwise, self._picked = otherwise, picked
        self._details, self._words = tuple(details), words
        self._text = begun
        self._early = bool(begun)
        self.put_aside = ""
        "Words that were taken out of the line again."
        self._open_from = end_of_grace()
        self.answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(self._title, "bold"), markup=False)
        for name, text in self._details:
            with Horizontal(classes="detail"):
                yield Static(name, classes="name", markup=False)
                yield Static(one_line(text, LONGEST), classes="text", markup=False)
        options = OptionList(*(Option(self._line(i, answer)) for i, answer in enumerate(self._answers)))
        options.can_focus = self._words is None
        yield options
        if self._words is not None:
            yield AnswerInput(
                self._text,
                placeholder=self._words.wanted,
                show_line_numbers=False,
                highlight_cursor_line=False,
                compact=True,
            )
            yield Static("", classes="sent", markup=False)

    def on_mount(self) -> None:
        self._options.highlighted = self._picked
        if self._words is None:
            self._options.focus()
        else:
            line = self.query_one(AnswerInput)
            line.move_cursor(line.document.end)
            line.focus()
            self._look()

    @property
    def unsent(self) -> str:
        """The words that are written and not sent."""
        return f"{self.put_aside}{self._text}"

    def take(self, key: str) -> bool:
        """Act on ``key`` if it is for the question rather than for the words; says whether it was."""
        self._look()  # the text may be further than what is known of it: messages come after keys
        written = bool(self._text.strip())
        if key == "enter":
            self._settle(TypedAnswer(self._text.strip(), self._early) if written else self._highlighted)
        elif key in NEWLINE:
            self.query_one(AnswerInput).insert("\n")
        elif key in ("tab", "shift+tab"):
            if not written:
                self._move(-1 if key == "shift+tab" else 1)
        elif key in ("up", "down") and not written:
            self._move(-1 if key == "up" else 1)
        else:
            return False
        return True

    def on_key(self, event: Key) -> None:
        picks = self._words is None and event.key.isdigit() and 0 < int(event.key) <= len(self._answers)
        if picks:
            event.stop()
            self._settle(self._answers[int(event.key) - 1].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._settle(self._answers[event.option_index].value)

    def action_leave(self) -> None:
        """Put away the words, where there are some; else do not answer."""
        if self._text.strip():
            self.put_aside += self._text
            self.query_one(AnswerInput).clear()
            self._look()
        else:
            self._settle(self._otherwise)

    @on(TextArea.Changed)
    def _look(self) -> None:
        """While there are words, Enter sends them, so no answer stands out."""
        if self._words is not None:
            self._text = self.query_one(AnswerInput).text
        written = bool(self._text.strip())
        self._early = written and (self._early or monotonic() < self._open_from)
        if not written and self._options.highlighted is None:
            self._options.highlighted = self._picked
        elif written:
            self._options.highlighted = None
        if self._words is not None:
            self.query_one(".sent", Static).update(self._words.sent if written else "")
            self.query_one(".sent").display = written

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    @property
    def _highlighted(self) -> Any:
        at = self._options.highlighted
        return self._otherwise if at is None else self._answers[at].value

    def _move(self, step: int) -> None:
        if step < 0:
            self._options.action_cursor_up()
        else:
            self._options.action_cursor_down()

    def _settle(self, value: Any) -> None:
        if takes_keys(self._open_from) and not self.answered.done():
            self.answered.set_result(value)

    def _line(self, index: int, answer: AnswerOption) -> Content:
        digit = "" if self._words is not None else f"{index + 1}  " if index < 9 else "   "
        help = f"  {one_line(answer.help)}" if answer.help else ""
        return Content.assemble((digit, "$accent"), one_line(answer.label), (help, MUTED))
