"""The study on the table: its pictures, its front, its trials, its log."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import DataTable, RichLog, Static

from autostyle.mediums import links
from autostyle.mediums.files import shown
from autostyle.report.text import one_line
from autostyle.sentences import Sentence
from autostyle.tui.captions import score
from autostyle.tui.front_plot import draw, pick
from autostyle.tui.leaving import drawing
from autostyle.tui.study_state import StudyState
from autostyle.tui.widgets.picture import CaptionedPicture
from autostyle.tui.widgets.trials_table import TrialsTable
from autostyle.tuning.trial_record import TrialRecord

EMPTY = Sentence("No study yet.\n\nSay which picture should look like which,\nand what is found shows here.")
BEST = Sentence("best so far")


class FrontPlot(Static):
    """The front, drawn to its own size; a click on a mark opens its trial."""

    class Picked(Message):
        """The mark of a trial was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    state = StudyState()
    language = "en"

    def show(self, state: StudyState, language: str) -> None:
        """Draw ``state``."""
        self.state, self.language = state, language
        names = [score(language, name) for name in state.objectives]
        self.update(draw(state.points, state.front, state.best, *self.content_size, names=names))

    def on_resize(self, event: Resize) -> None:
        self.show(self.state, self.language)

    def on_click(self, event: Click) -> None:
        event.stop()
        at = event.get_content_offset(self)
        number = None if at is None else pick(self.state.points, self.state.front, *self.content_size, at.x, at.y)
        if number is not None:
            self.post_message(self.Picked(number))


class StudyPanel(Vertical):
    """Everything about one study; ``show``, ``show_inputs``, ``log_line`` and ``speak`` are its only ways in."""

    class Viewed(Message):
        """Another trial takes the third place: its number, None where it is the recommended one."""

        def __init__(self, number: int | None) -> None:
            super().__init__()
            self.number = number

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._state = StudyState()
        self._language = "en"
        self._shown: tuple[int, str, Path | None] | None = None

    def compose(self) -> ComposeResult:
        yield Static(EMPTY, id="empty", markup=False)
        with Horizontal(id="pictures"):
            yield CaptionedPicture("content", id="content")
            yield CaptionedPicture("style", id="style")
            yield CaptionedPicture(BEST, id="best")
        with Vertical(id="figures"):
            yield FrontPlot(id="front", markup=False)
            yield TrialsTable()
        yield RichLog(id="log", wrap=True, markup=False, highlight=False, max_lines=500, min_width=20)

    @drawing
    def speak(self, language: str) -> None:
        """Go on in ``language``."""
        if language == self._language:
            return
        self._language = language
        self.query_one("#empty", Static).update(self._told(EMPTY))
        if self._shown is None:
            self.query_one("#best", CaptionedPicture).show(None, self._told(BEST))
        if self.has_class("searched"):
            self.show(self._state)

    @drawing
    def show_inputs(self, content: Path | None, styles: tuple[Path, ...]) -> None:
        """The pictures that the conversation is about."""
        if content is None and not styles:
            return
        self.add_class("begun")
        if content is not None:
            picture, name = _standing_for(content)
            self.query_one("#content", CaptionedPicture).show(picture, f"{self._called('content')}\n{name}")
        if styles:
            more = f" +{len(styles) - 1}" if len(styles) > 1 else ""
            picture, name = _standing_for(styles[0])
            self.query_one("#style", CaptionedPicture).show(picture, f"{self._called('style')}\n{name}{more}")

    @drawing
    def log_line(self, line: str) -> None:
        """Add a line to the log."""
        self.query_one(RichLog).write(one_line(self._told(line), 600))

    @drawing
    def log_revision(self, what: Iterable[str]) -> None:
        """Add to the log what was changed in the plan."""
        from autostyle.agent.brains.replies import say
        from autostyle.agent.brains.rules import changes

        if told := changes.told(self._language, what):
            self.log_line(say(self._language, "revised", what=told))

    @drawing
    def show(self, state: StudyState) -> None:
        """Draw ``state``."""
        self._state = state
        self.add_class("begun", "searched")
        self.query_one(FrontPlot).show(state, self._language)
        self.query_one(TrialsTable).show(state, self._language)
        best = state.trials.get(state.best) if state.best is not None else None
        if best is not None:
            so_far, at_last = (
                Sentence("best so far: {number}", number=best.number),
                Sentence("best: {number}", number=best.number),
            )
            self._show_trial(best, so_far if state.running else at_last)
        elif state.preview is not None:
            self.query_one("#best", CaptionedPicture).show(
                state.preview, f"{self._told(Sentence('as it grows'))}\n{self._told(state.doing)}"
            )

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A row was opened: its picture takes the third place, its settings go to the log."""
        self._open(self._state.trials[int(str(event.row_key.value))])

    @on(FrontPlot.Picked)
    def _picked(self, message: FrontPlot.Picked) -> None:
        """A mark of the front was clicked: the same, and the table goes there."""
        table = self.query_one(TrialsTable)
        table.move_cursor(row=table.get_row_index(str(message.number)))
        self._open(self._state.trials[message.number])

    def _open(self, trial: TrialRecord) -> None:
        self._show_trial(trial, Sentence("trial {number}", number=trial.number))
        settings = ", ".join(f"{name} {_short(value)}" for name, value in trial.params.items())
        self.log_line(Sentence("trial {number}: {settings}", number=trial.number, settings=settings))

    def _show_trial(self, trial: TrialRecord, what: str) -> None:
        image = self._state.image(trial)
        what = self._told(what)
        shown = (trial.number, what, image)
        if image is None or shown == self._shown:
            return
        self._shown = shown
        self.post_message(self.Viewed(None if trial.number == self._state.best else trial.number))
        self.query_one("#best", CaptionedPicture).show(image, f"{what}\n{trial.method}")

    def _told(self, sentence: str) -> str:
        from autostyle.agent.brains.replies import translate

        return translate(self._language, sentence)

    def _called(self, role: str) -> str:
        """What a picture of the plan is called."""
        from autostyle.agent.brains.replies import say

        return say(self._language, f"plan:{role}")


def _short(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _standing_for(path: Path) -> tuple[Path, str]:
    """The picture to show for an input, and its name; of one that a study links to, the preview beside the link."""
    link = links.read_link(path)
    return (path, path.name) if link is None else (shown(path), link.name)
