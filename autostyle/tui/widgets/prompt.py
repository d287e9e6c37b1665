"""Where the person writes: several lines if need be, a history, and completion of commands and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from autostyle.report.text import one_line
from autostyle.sentences import Sentence
from autostyle.tui.completion import Completion, complete
from autostyle.tui.leaving import drawing
from autostyle.tui.theme import MUTED

PLACEHOLDER = Sentence("Say how a picture should look")
NEWLINE = frozenset({"shift+enter", "ctrl+j", "alt+enter"})


class PromptInput(TextArea):
    """The text itself. Keys that the list of completions wants are offered to :class:`Prompt` first."""

    BINDINGS = [
        Binding("pageup", "screen.scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "screen.scroll(1)", "Scroll down", show=False),
    ]

    async def _on_key(self, event: Key) -> None:
        prompt = self.parent
        assert isinstance(prompt, Prompt)
        if prompt.take(event.key):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)


class Prompt(Vertical):
    """The line and its completions.

    Args:
        commands: names of the slash commands, their help, and whether an argument must follow.
        told: that help, in the person's language.
    """

    @dataclass
    class Submitted(Message):
        """The person is done writing."""

        text: str

    @dataclass
    class Chosen(Message):
        """A digit in an empty line, while numbered pictures are shown."""

        digit: str

    def __init__(self, commands: Sequence[tuple[str, str, bool]], told: Callable[[str], str]) -> None:
        super().__init__()
        self._told = told
        self._commands = commands
        self.choosing = False
        "Whether a digit in the empty line chooses something."
        self._completion: Completion | None = None
        self._dismissed: str | None = None
        self._history: list[str] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        options = OptionList()
        options.can_focus = False
        options.display = False
        yield options
        yield PromptInput(
            placeholder=self._told(PLACEHOLDER),
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
        )

    @property
    def line(self) -> PromptInput:
        """The text area."""
        return self.query_one(PromptInput)

    @property
    def options(self) -> OptionList:
        """The list of completions."""
        return self.query_one(OptionList)

    @drawing
    def write(self, text: str) -> None:
        """Put ``text`` into the line, for the person to go on from."""
        self.line.text = text
        self.line.move_cursor(self.line.document.end)
        self.line.focus()

    def take_all(self) -> str:
        """The text, which is gone from the line."""
        text = self.line.text
        self.line.clear()
        return text

    @drawing
    def give_back(self, text: str) -> None:
        """Put ``text``, which was not sent or not heard, before what is in the line now."""
        self.write("\n".join(part for part in (text, self.line.text) if part))

    def take(self, key: str) -> bool:
        """Act on ``key`` if it is for the prompt rather than for the text; says whether it was."""
        self._look()  # the text may be further than the list: messages come after keys
        if self._completion is not None and self._take_completing(key):
            return True
        if self.choosing and len(key) == 1 and key.isdigit() and not self.line.text:
            self.post_message(self.Chosen(key))
        elif key == "enter":
            self._submit()
        elif key in NEWLINE:
            self.line.insert("\n")
        elif key == "up" and self.line.cursor_location[0] == 0:
            self._recall(-1)
        elif key == "down" and self.line.cursor_location[0] == self.line.document.line_count - 1:
            self._recall(1)
        else:
            return False
        return True

    def _take_completing(self, key: str) -> bool:
        assert self._completion is not None
        if key == "up":
            self.options.action_cursor_up()
        elif key == "down":
            self.options.action_cursor_down()
        elif key == "escape":
            self._dismissed = self.line.text
            self._offer(None)
        elif key in ("tab", "enter"):
            chosen = self._completion.options[self.options.highlighted or 0]
            self._insert(self._completion.start, chosen.insert)
            if key == "enter" and chosen.final:
                self._submit()
        else:
            return False
        return True

    def _insert(self, start: int, text: str) -> None:
        row, column = self.line.cursor_location
        self.line.replace(text, (row, start), (row, column))

    def _submit(self) -> None:
        text = self.line.text.strip()
        if not text:
            return
        self._history = [*(past for past in self._history if past != text), text]
        self._at = len(self._history)
        self.line.clear()
        self.post_message(self.Submitted(text))

    def _recall(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._history))
        self.write(self._history[self._at] if self._at < len(self._history) else "")

    @drawing
    def say_again(self) -> None:
        """Go on in the language that the person speaks now."""
        self.line.placeholder = self._told(PLACEHOLDER)

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _look(self) -> None:
        row, column = self.line.cursor_location
        before = self.line.document.get_line(row)[:column]
        recalled = self._history[self._at] if self._at < len(self._history) else None
        unwanted = self.line.text in (recalled, self._dismissed)
        self._offer(None if unwanted else complete(before, self._commands, Path.cwd()))

    def _offer(self, completion: Completion | None) -> None:
        """Show ``completion``; the list is only filled anew when it has changed, so that it does not flicker."""
        if completion == self._completion:
            return
        self._completion = completion
        self.options.display = completion is not None
        if completion is not None:
            with self.app.batch_update():
                self.options.set_options(
                    Option(self._row(option.label, self._told(option.help))) for option in completion.options
                )
                self.options.highlighted = 0

    def _row(self, label: str, help: str) -> Content:
        return Content.assemble(one_line(label).ljust(12), (f"  {help}" if help else "", MUTED))
