"""The app: its looks, its one screen, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import monotonic
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.events import DescendantFocus, Event, Key, Paste
from textual.filter import LineFilter
from textual.screen import Screen

from autostyle.config import Config
from autostyle.sentences import Sentence
from autostyle.tui import commands
from autostyle.tui.conversation import Connect
from autostyle.tui.driver import ControlCharacterFilter, TerminalLost, suitable_driver
from autostyle.tui.main_screen import LEAVING, MainScreen
from autostyle.tui.settings import language
from autostyle.tui.theme import DARK, THEMES
from autostyle.tui.widgets.canvas import Canvas


class AutostyleApp(App[None]):
    """The terminal app.

    Args:
        config: the settings.
        connect: makes the agent, after the first paint.
    """

    TITLE = "autostyle"
    CSS_PATH = "styles.tcss"
    BINDINGS: ClassVar = [
        Binding("ctrl+p", "command_palette", Sentence("Commands"), priority=True),
        Binding("ctrl+q", "quit", Sentence("Quit"), priority=True),
    ]

    def __init__(self, config: Config, connect: Connect) -> None:
        super().__init__(driver_class=suitable_driver())
        self._config = config
        self._connect = connect
        self.pressed = 0.0
        self._inert = ControlCharacterFilter()
        self.canvas = Canvas(config.app.images, self)
        self.canvas.language = language()
        self._early: list[Event] | None = []
        "What was typed before there was a prompt."
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = config.app.theme if config.app.theme in self.available_themes else DARK.name

    def get_default_screen(self) -> Screen[None]:
        return MainScreen(self._config, self._connect)

    async def on_event(self, event: Event) -> None:
        """Keep what is typed until the prompt has the focus: before, Textual gives it to nobody."""
        if isinstance(event, Key):
            self.pressed = monotonic()
        if self._early is not None and isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self._early.append(event)
        else:
            await super().on_event(event)

    async def on_descendant_focus(self, _: DescendantFocus) -> None:
        early, self._early = self._early, None
        for event in early or ():
            # A terminal that is not the app's yet gives Enter as a line feed.
            line_feed = isinstance(event, Key) and event.key == "ctrl+j"
            await self.on_event(Key("enter", "\r") if line_feed else event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return (*super().get_line_filters(), self._inert)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The slash commands again; those that want an argument are left to be written."""
        if isinstance(screen, MainScreen):
            for command in commands.COMMANDS:
                yield SystemCommand(
                    f"/{command.name}", screen.told(command.help), lambda command=command: screen.begin(command)
                )

    async def action_quit(self) -> None:
        """Leave; the screen asks first where a search runs."""
        while self.screen is not self._desk:  # nobody answers a question that they do not see
            self.pop_screen()
        self._desk.run_worker(self._desk.ask_to_leave(), group=LEAVING)

    def action_help_quit(self) -> None:
        """Ctrl+C copies what is selected; who meant to leave is told how."""
        self.notify(self._desk.told(Sentence("Ctrl+Q leaves; Ctrl+C copies what is selected")))

    def on_terminal_lost(self, lost: TerminalLost) -> None:
        """Leave without a question: nobody is there to answer it."""
        self._desk.run_worker(self._desk.leave(lost.code), group=LEAVING, exclusive=True)

    @property
    def _desk(self) -> MainScreen:
        return next(screen for screen in self.screen_stack if isinstance(screen, MainScreen))
